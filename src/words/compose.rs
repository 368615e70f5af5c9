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
    editor_missing(program): "The editor {program} was not found: set VISUAL or EDITOR to a program that is installed", "エディタ {program} が見つかりません。VISUAL か EDITOR にインストール済みのプログラムを設定してください";
    editor_refused(why): "The editor cannot be started: {why}", "エディタを起動できません: {why}";
    editor_open_quote(variable, value): "A quotation mark in {variable} is not closed: {value}", "{variable} のクォートが閉じていません: {value}";
    by_signal(signal): "signal {signal}", "シグナル {signal}";
    with_code(code): "code {code}", "コード {code}";
    editor_ended(program, how): "{program} ended with {how}; the text is as before", "{program} が{how}で終了しました。本文は変わっていません";
    editor_ended_changed(program, how): "{program} ended with {how}; what it had saved is taken over (Ctrl-Z undoes)", "{program} が{how}で終了しました。保存されていた内容を取り込みました（Ctrl-Z で元に戻せます）";
    editor_no_text(program, path): "What {program} saved is not UTF-8 text and stays in {path}", "{program} が保存した内容は UTF-8 のテキストではないため、{path} に残しました";
    editor_left_note(name): "Your editor saved a text after Kenshin had ended: it is in the draft of the note on {name}", "Kenshin の終了後にエディタで保存された文章を、{name}のメモの下書きに入れました";
    editor_left_new: "Your editor saved a text after Kenshin had ended: it is a new text under Alt-t, Import notes from text", "Kenshin の終了後にエディタで保存された文章を、Alt-t「テキストからメモを取り込む」の下書きに入れました";
    editor_left_file(path): "Your editor saved something that is no UTF-8 text; it stays in {path}", "エディタで保存された内容は UTF-8 のテキストではないため、{path} に残しています";
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
