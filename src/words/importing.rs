//! The words of imports: the review, oddities, why a row or a file stays out.

use super::{labels, words};

words! {
    imported: "Imported. u takes it back.", "取り込みました。u で取り消せます。";
    imported_rejects(path): "Imported. Rejected rows are in {path}", "取り込みました。拒否された行: {path}";
    import_title: "Import files", "ファイルの取り込み";
    import_hint: "paths of CSV, TSV, Excel or JSON files, parted by blanks", "CSV・TSV・Excel・JSON のパス（空白区切り）";
    who_is(text): "Which account is “{text}”?", "「{text}」はどのアカウントですか";
    title: "Import: what would happen", "取り込みの確認";
    planning(rows): "Reading… {rows} rows", "読み取り中… {rows}行";
    writing: "Writing…", "書き込み中…";
    new: "new", "新規";
    changed: "changed", "変更";
    unchanged: "unchanged", "同一";
    rejected: "rejected", "拒否";
    flagged: "flagged", "要確認";
    unknown: "Names that match no account (Enter says which it is)", "一致しないアカウント名（Enter で指定）";
    ignored(ignored): "not read: {ignored}", "読み取らない列: {ignored}";
    keys: "y import · Enter answer · Esc leave", "y 取り込む · Enter 指定 · Esc やめる";
    empty: "Nothing new to import", "新しいものはありません";
    rows_n(rows): "{rows} row{rows:#}", "{rows}行";
    row_no_account: "no account is named", "アカウントの記載なし";
    row_unknown_account: "no such account", "該当アカウントなし";
    row_several(candidates): "several accounts have this name: {candidates}", "同名のアカウントが複数: {candidates}";
    row_unknown_subscription: "no such subscription", "該当する契約なし";
    row_unknown_contact: "no such person", "該当する担当者なし";
    row_not_date: "not a date", "日付として読めない";
    row_no_order: "day or month first? say --date-order dmy or mdy", "日と月の順が不明。--date-order dmy か mdy を指定";
    row_not_number: "not a number", "数値として読めない";
    row_no_currency: "no currency; say --currency", "通貨が不明。--currency を指定";
    row_word(allowed): "not one of: {allowed}", "次のいずれでもない: {allowed}";
    row_missing(field): "{field} is missing", "{field} がない";
    row_duplicate(line): "the same id as line {line}, with other values", "{line}行目と同じ ID で内容が異なる";
    row_unreadable(reason): "cannot be read: {reason}", "読めない: {reason}";
    row_near(ec): "nearest: {ec}", "近いもの: {ec}";
    file_empty: "there is nothing in it", "中身がありません";
    file_unrecognised: "its columns were not recognised; say --as KIND and --set field=header", "列を認識できません。--as 種類 と --set 項目=列名 を指定してください";
    file_unreadable(line, reason): "line {line}: {reason}", "{line}行目: {reason}";
    import_failed(why): "The import stopped. Nothing of it was kept: {why}", "取り込みを中止しました。何も残していません: {why}";
    leave: "Esc leave", "Esc やめる";
    sheet(chosen, list_comma): "Sheet {chosen} of: {list_comma} (s takes the next)", "シート {chosen}（{list_comma}）s で次のシート";
    file_calendar: "no calendar: an .ics file is needed", "カレンダーではありません（.ics が必要です）";
    file_again(first): "the same content as {first}: read once", "{first} と同じ内容のため、一度だけ読みます";
    kept_columns(kept): "kept with the account: {kept}", "アカウントにそのまま保持: {kept}";
}

labels! {
    words for crate::domain::facts::Oddity {
        SolvedBeforeOpened: "solved before it was opened", "受付より前に解決";
        AnsweredAfterSolved: "solved before the first answer", "初回回答より前に解決";
        ScoreOutOfRange: "score outside its scale", "範囲外の点数";
        BeforeContract: "before the contract", "契約前";
        EndBeforeStart: "ends before it starts", "開始より前に終了";
        InFuture: "in the future", "未来の日付";
        Negative: "negative", "負の値";
        AmbiguousDate: "ambiguous date", "日付が曖昧";
        MixedCurrencies: "several currencies", "通貨が混在";
        NoCurrency: "no currency: kept as a bare number (--currency makes it money)", "通貨が不明(数値のまま保持。--currency で金額に)";
    }
}
