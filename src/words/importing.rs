//! The words of imports: the preview, flags, reasons for rejected rows and files.

use super::{labels, words};

words! {
    imported: "Imported. u undoes it.", "取り込みました。u で元に戻せます。";
    imported_rejects(path): "Imported. Rejected rows: {path}", "取り込みました。取り込めなかった行: {path}";
    import_title: "Import files", "ファイルの取り込み";
    import_hint: "paths of CSV, TSV, Excel, JSON or note files (.txt, .md); or paste notes", "CSV・TSV・Excel・JSON・メモ（.txt・.md）のパス。メモの貼り付けも可";
    who_is(text): "Which account is “{text}”?", "「{text}」はどのアカウントですか";
    title: "Import preview", "取り込みのプレビュー";
    planning(rows): "Reading… {rows} rows", "読み取り中… {rows}行";
    writing: "Writing…", "書き込み中…";
    new: "new", "新規";
    changed: "changed", "変更";
    unchanged: "unchanged", "変更なし";
    rejected: "rejected", "エラー";
    flagged: "flagged", "要確認";
    ignored(columns): "ignored columns: {columns}", "読み込まない列: {columns}";
    empty: "Nothing new to import", "新しいデータはありません";
    rows_n(rows): "{rows} row{rows:#}", "{rows}行";
    row_no_account: "account is missing", "アカウントの記載がありません";
    row_unknown_account: "account not found", "該当するアカウントがありません";
    row_several(candidates): "several accounts have this name: {candidates}", "同じ名前のアカウントが複数あります: {candidates}";
    row_unknown_subscription: "subscription not found", "該当する契約がありません";
    row_unknown_contact: "person not found", "該当する担当者がいません";
    row_not_date: "not a date", "日付として読み取れません";
    row_no_order: "day, month or year first? Add --date-order dmy, mdy or ymd", "年・月・日の順序が不明です。--date-order dmy、mdy、ymd のいずれかを付けてください";
    row_not_number: "not a number", "数値として読み取れません";
    row_not_score: "not a score on the scale", "点数として読み取れません";
    row_no_decimal_mark: "thousands or decimals? The column does not show it", "桁区切りか小数点か、列から判断できません";
    row_trailing_minus: "is the minus at the end a sign? Write it in front", "末尾の「-」が負の符号か判断できません。先頭に付けてください";
    row_unclear_truth: "yes or no to what? The column's name does not say", "「はい・いいえ」の意味が列名から判断できません";
    row_undecodable: "bytes that are no text in the file's encoding", "ファイルの文字コードで読めない文字があります";
    row_unclosed(lines): "a quotation mark is not closed; read as rows of their own: the next {lines} line{lines:#}", "「\"」が閉じていません。続く{lines}行は別の行として読みました";
    row_stray_quote: "a quotation mark here closed one of an earlier row", "この行の「\"」が、前の行の「\"」を閉じていました";
    row_extra_cells(cells, columns): "{cells} cells, but the header has {columns}", "見出しは{columns}列ですが、この行は{cells}列あります";
    row_outside(cell, columns): "cell {cell} is outside the table: the header has {columns} columns", "セル {cell} は表の外にあります（見出しは{columns}列）";
    row_cut_off: "the file ends within this row", "この行の途中でファイルが終わっています";
    flag_placeholder: "a word for nothing, left blank", "「なし」を表す語のため空欄にしました";
    flag_short: "fewer cells than the header", "見出しより列が少ない行";
    flag_looks_like: "a new account that looks like an existing one", "既存のアカウントと似た新規アカウント";
    hand_edit(record, field, theirs, mine): "{record} · {field}: the file says “{theirs}”, edited by hand to “{mine}”; the edit stays", "{record} · {field}: ファイルは「{theirs}」、手入力は「{mine}」。手入力を残します";
    hand_edit_of(record, field, theirs, mine, day): "{record} · {field}: the file says “{theirs}”, edited by hand to “{mine}” on {day}; the edit stays", "{record} · {field}: ファイルは「{theirs}」、手入力は「{mine}」（{day} に編集）。手入力を残します";
    update(record, field, old, new): "{record} · {field}: {old} → {new}", "{record} · {field}: {old} → {new}";
    flag_too_long: "over 4,000 characters or 1,000 entries: only the beginning is kept", "4,000文字または1,000件を超えるため先頭だけを保存します";
    ask_column(column, field, samples): "“{column}” is not read ({samples}). Is it {field}?", "「{column}」は読み込みません（{samples}）。{field} ですか";
    ask_same(name, id, existing_name, existing): "“{name}” ({id}) looks like {existing_name} ({existing}). Is it the same?", "「{name}」（{id}）は {existing_name}（{existing}）と似ています。同じですか";
    ask_total(name): "“{name}” may be a total. It was read as an account", "「{name}」は合計行かもしれません。アカウントとして読みました";
    ask_short_ids(column, number, id, name, numbers): "{column}: {number} may be {id} ({name}) without its leading zeros, and so may {numbers} numbers in all. If they are: --value 'account.*=leading-zeros'", "{column}: {number} は先頭の0が落ちた {id}（{name}）かもしれません（同様の番号は {numbers} 件）。そうであれば --value 'account.*=leading-zeros' を付けてください";
    row_short_id(id, name): "no account has this number; {id} ({name}) has it with leading zeros", "この番号のアカウントはありません（先頭に0を付けると {id} {name}）";
    left_out(what): "Left out: {what}", "対象外: {what}";
    unknown_word(column, words, allowed): "{column}: {words}: which of {allowed}?", "{column}: {words} → {allowed} のどれですか";
    metrics(names): "metrics: {names}", "指標: {names}";
    row_two_currencies: "the amount names another currency than the row", "金額の通貨が、行の通貨と異なります";
    flag_month_only: "only a month: read as its first day, an end as its last", "月のみの記載（初日、終了日は末日として読みました）";
    flag_day_after: "read as the first day after the term: the last paid day is the day before", "更新日（次の契約期間の初日）として読み、前日を満了日とします";
    flag_last_day: "read as the last paid day: the renewal is the day after", "満了日（契約の最終日）として読み、翌日を更新日とします";
    row_no_currency: "no currency; add --currency", "通貨が不明です。--currency を付けてください";
    row_word(allowed): "not one of: {allowed}", "次のいずれかにしてください: {allowed}";
    row_missing(field): "{field} is missing", "{field} がありません";
    row_duplicate(line): "same id as line {line}, with different values", "{line}行目と ID が同じで、内容が異なります";
    row_unreadable(reason): "cannot be read: {reason}", "読み取れません: {reason}";
    row_near(names): "similar: {names}", "近い名前: {names}";
    file_empty: "the file is empty", "ファイルが空です";
    file_unrecognised: "columns not recognised; add --as KIND and --set field=header", "列を認識できません。--as 種類 と --set 項目=列名 を付けてください";
    file_missing(kind, fields): "not enough columns for {kind}: no column for {fields}; add --set field=header", "{kind}に必要な列がありません: {fields}（--set 項目=列名 で指定できます）";
    file_no_column(header): "no column “{header}”", "「{header}」という列はありません";
    file_unsure(kind, doubt, key): "perhaps {kind}, but {doubt}; left out. To import it, add --as {key}", "{kind}のようですが、{doubt}。取り込みません。取り込むには --as {key} を付けてください";
    file_no_table: "no table here; left out", "表がないため取り込みません";
    file_other(name): "{name}: not imported", "{name}のため取り込みません";
    or: " or ", " または ";
    file_unreadable(line, reason): "line {line}: {reason}", "{line}行目: {reason}";
    import_failed(why): "Import stopped, nothing was saved: {why}", "取り込みを中止しました。何も保存していません: {why}";
    planning_panicked(reason): "a defect in Kenshin, not in your data: {reason}. Everything else works on", "データではなく Kenshin の不具合です: {reason}。ほかの操作は続けられます";
    keeps_changing: "the data keeps changing while the import is planned; try again", "取り込みの準備中にデータが変わり続けています。もう一度お試しください";
    all_sheets: "all", "すべて";
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
        NoCurrency: "no currency: saved as a plain number (--currency sets one)", "通貨が不明（数値として保存。--currency で指定できます）";
    }
}
