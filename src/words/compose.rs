//! The words of the note editor and the search of notes.

use super::{labels, words};

words! {
    draft_kept(name): "Draft on {name} saved", "{name}の下書きを保存しました";
    note_empty: "The note is empty", "メモが空です";
    note_keys: "Ctrl-S save · Ctrl-T note, call, meeting … · F2 who and when · Ctrl-E editor · Esc save as draft · !action @owner ^date #tag //private", "Ctrl-S 保存 · Ctrl-T メモ・電話・面談… · F2 相手と日時 · Ctrl-E エディタ · Esc 下書きに保存 · !アクション @担当 ^期日 #タグ //非公開";
    note_for(name): "Note on {name}", "{name}のメモ";
    search_title(name): "Past notes on {name} · Tab: all accounts", "{name}の過去のメモ · Tab: 全アカウント";
    field_talk: "Type", "種類";
    field_talk_at: "When", "日時";
    talk_at_hint: "14:30 · yesterday 14:30 · empty for now", "14:30 · 昨日 14:30 · 空欄は現在";
    talk_title: "Attendees and time", "相手と日時";
    not_a_past_time: "Not a past time: try 14:30 or yesterday 14:30", "過去の日時として読み取れません（例: 14:30、昨日 14:30）";
    search_title_all: "Past notes, all accounts", "全アカウントの過去のメモ";
    search_cut(count): "The newest {count} notes; more words find older ones", "新しい順に {count} 件。語を足すと古いメモも探せます";
    searching: "Searching…", "検索中…";
}

labels! {
    words for crate::domain::facts::touch::TouchKind {
        Call: "call", "電話";
        Meeting: "meeting", "面談";
        Email: "email", "メール";
        Chat: "chat", "チャット";
        Webinar: "webinar", "ウェビナー";
        Training: "training", "トレーニング";
        Other: "other", "その他";
    }
}
