//! The words of notes and talks that are written.

use super::{labels, words};

words! {
    draft_kept(name): "The draft on {name} is kept", "{name}の下書きを残しました";
    note_empty: "The note is empty", "メモが空です";
    note_keys: "Ctrl-S save · Ctrl-T note, call, meeting … · F2 who and when · Ctrl-E editor · Esc keep as draft · !action @owner ^date #tag //private", "Ctrl-S 保存 · Ctrl-T メモ・電話・会議… · F2 相手と日時 · Ctrl-E エディタ · Esc 下書きに残す · !アクション @担当 ^期日 #タグ //非公開";
    note_for(name): "Note on {name}", "{name}のメモ";
    search_title(name): "Past notes of {name} · Tab: all accounts", "{name}の過去の記録 · Tab: 全アカウント";
    field_talk: "Kind", "種類";
    field_talk_at: "When", "日時";
    talk_at_hint: "14:30 · yesterday 14:30 · empty for now", "14:30 · 昨日 14:30 · 空欄で今";
    talk_title: "The talk: with whom and when", "会話の相手と日時";
    not_a_past_time: "Not a time that has passed: try 14:30 or yesterday 14:30", "過去の時刻として読めません: 14:30、昨日 14:30 など";
    search_title_all: "Past notes of all accounts", "全アカウントの過去の記録";
    searching: "Searching …", "検索中 …";
}

labels! {
    words for crate::domain::facts::touch::TouchKind {
        Call: "call", "電話";
        Meeting: "meeting", "会議";
        Email: "email", "メール";
        Chat: "chat", "チャット";
        Webinar: "webinar", "ウェビナー";
        Training: "training", "研修";
        Other: "other", "その他";
    }
}
