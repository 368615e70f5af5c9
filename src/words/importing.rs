//! The words of imports: the preview, flags, reasons for rejected rows and files.

use super::{labels, words};

words! {
    imported: "Imported. u undoes it.", "取り込みました。u で元に戻せます。";
    imported_rejects(path): "Imported. Rejected rows: {path}", "取り込みました。取り込めなかった行: {path}";
    import_title: "Import files", "ファイルの取り込み";
    import_hint: "paths of CSV, TSV, Excel or JSON files, separated by spaces", "CSV・TSV・Excel・JSON のパス（空白区切り）";
    who_is(text): "Which account is “{text}”?", "「{text}」はどのアカウントですか";
    title: "Import preview", "取り込みのプレビュー";
    planning(rows): "Reading… {rows} rows", "読み取り中… {rows}行";
    writing: "Writing…", "書き込み中…";
    new: "new", "新規";
    changed: "changed", "変更";
    unchanged: "unchanged", "変更なし";
    rejected: "rejected", "エラー";
    flagged: "flagged", "要確認";
    unknown: "Names that match no account (Enter picks one)", "一致しないアカウント名（Enter で指定）";
    ignored(columns): "ignored columns: {columns}", "読み込まない列: {columns}";
    keys: "y import · Enter pick account · Esc cancel", "y 取り込む · Enter アカウントを指定 · Esc キャンセル";
    empty: "Nothing new to import", "新しいデータはありません";
    rows_n(rows): "{rows} row{rows:#}", "{rows}行";
    row_no_account: "account is missing", "アカウントの記載がありません";
    row_unknown_account: "account not found", "該当するアカウントがありません";
    row_several(candidates): "several accounts have this name: {candidates}", "同じ名前のアカウントが複数あります: {candidates}";
    row_unknown_subscription: "subscription not found", "該当する契約がありません";
    row_unknown_contact: "person not found", "該当する担当者がいません";
    row_not_date: "not a date", "日付として読み取れません";
    row_no_order: "day or month first? Add --date-order dmy or mdy", "日と月の順序が不明です。--date-order dmy か mdy を付けてください";
    row_not_number: "not a number", "数値として読み取れません";
    row_no_currency: "no currency; add --currency", "通貨が不明です。--currency を付けてください";
    row_word(allowed): "not one of: {allowed}", "次のいずれかにしてください: {allowed}";
    row_missing(field): "{field} is missing", "{field} がありません";
    row_duplicate(line): "same id as line {line}, with different values", "{line}行目と ID が同じで、内容が異なります";
    row_unreadable(reason): "cannot be read: {reason}", "読み取れません: {reason}";
    row_near(names): "similar: {names}", "近い名前: {names}";
    file_empty: "the file is empty", "ファイルが空です";
    file_unrecognised: "columns not recognised; add --as KIND and --set field=header", "列を認識できません。--as 種類 と --set 項目=列名 を付けてください";
    file_unreadable(line, reason): "line {line}: {reason}", "{line}行目: {reason}";
    import_failed(why): "Import stopped, nothing was saved: {why}", "取り込みを中止しました。何も保存していません: {why}";
    leave: "Esc cancel", "Esc 中止";
    sheet(chosen, sheets): "Sheet {chosen} of: {sheets} (s: next sheet)", "シート {chosen}（{sheets}）s で次のシート";
    file_calendar: "not a calendar; an .ics file is needed", "カレンダーではありません（.ics ファイルが必要です）";
    file_again(first): "same content as {first}, read once", "{first} と同じ内容のため、一度だけ読み込みます";
    kept_columns(columns): "saved as extra columns: {columns}", "追加の列として保存: {columns}";
}

labels! {
    words for crate::domain::facts::Oddity {
        SolvedBeforeOpened: "solved before it was opened", "受付より前に解決";
        AnsweredAfterSolved: "solved before the first answer", "初回回答より前に解決";
        ScoreOutOfRange: "score out of range", "範囲外の点数";
        BeforeContract: "before the contract start", "契約開始前";
        EndBeforeStart: "ends before it starts", "開始より前に終了";
        InFuture: "in the future", "未来の日付";
        Negative: "negative", "負の値";
        AmbiguousDate: "ambiguous date", "日付があいまい";
        MixedCurrencies: "several currencies", "通貨が混在";
        TooLong: "a text of more than 4,000 characters was cut", "4,000文字を超える本文を切り詰めました";
        NoCurrency: "no currency: saved as a plain number (--currency sets one)", "通貨が不明（数値として保存。--currency で指定できます）";
    }
}
