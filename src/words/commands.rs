//! The words of the command line.

use super::{Lang, words};

words! {
    key_word: "Key", "キー";
    does_word: "What it does", "はたらき";
    help_about: "A terminal workbench for customer success managers", "カスタマーサクセスのための端末ワークベンチ";
    help_home: "Folder of the store", "保管庫のフォルダ";
    help_lang: "Language: ja or en", "言語: ja または en";
    help_json: "Print one JSON value", "JSON で出力";
    help_demo: "Open an invented portfolio", "架空のポートフォリオを開く";
    help_demo_accounts: "How many accounts", "アカウント数";
    help_demo_seed: "Seed of the invention", "乱数の種";
    help_demo_write: "Only fill the home, do not open the desk", "データを作るだけで開かない";
    help_import: "Bring in CSV, TSV, Excel or JSON exports", "CSV・TSV・Excel・JSON を取り込む";
    help_paths: "Files or folders", "ファイルまたはフォルダ";
    help_as(kinds): "What the files are: {kinds}", "ファイルの種類: {kinds}";
    help_map: "Name of the mapping to use", "使うマッピングの名前";
    help_set: "field=header: which column a field is in", "項目=列名";
    help_save_map: "Save the mapping under this name", "マッピングをこの名前で保存";
    help_sheet: "Sheet of an Excel file", "Excel のシート名";
    help_account_all: "All rows belong to this account", "すべての行をこのアカウントのものとする";
    help_create: "Make accounts for names that are not known", "未知の名前のアカウントを作る";
    help_currency: "Currency of amounts that name none", "通貨の記載がない金額の通貨";
    help_order: "Order of ambiguous dates: dmy or mdy", "曖昧な日付の順: dmy または mdy";
    help_dry: "Only say what would happen", "確認だけで書き込まない";
    help_yes: "Write without asking", "確認せずに書き込む";
    help_accounts: "List accounts, riskiest first", "アカウント一覧（リスク順）";
    help_band: "Only this band: red, yellow, green, unknown", "この区分のみ: red, yellow, green, unknown";
    help_query: "Filter, as in the portfolio", "ポートフォリオと同じ絞り込み";
    help_brief: "What to know before a check-in", "チェックイン前に知るべきこと";
    help_health: "The score and its reasons", "スコアと理由";
    help_account: "An id, a name, or a few letters of it (kana, kanji, romaji)", "ID・名前・その一部（かな・漢字・ローマ字）";
    help_note: "Keep a note: text ! action @owner ^date #tag", "メモを残す: 本文 !アクション @担当 ^期日 #タグ";
    help_text: "The text, or - to read it from standard input", "本文。- で標準入力から読む";
    help_action: "Add, list and finish actions", "アクションの追加・一覧・完了";
    help_action_add: "Add an action: what @owner ^date", "アクションを追加: 内容 @担当 ^期日";
    help_action_list: "List open actions", "未完了アクションの一覧";
    help_action_done: "Finish an action by its id", "アクションを完了にする";
    help_action_all: "Those of one account", "このアカウントのもの";
    help_id: "Id, or its beginning", "ID またはその先頭";
    help_checkin: "Open the desk on a check-in", "チェックインを開く";
    help_type(what): "Template: {what}", "テンプレート: {what}";
    help_export: "Write data out", "データを書き出す";
    help_export_all: "Everything, as JSON that imports to the same state", "すべてを JSON で（取り込むと同じ状態に戻る）";
    help_export_note: "The note with this id", "この ID のメモ";
    help_format: "md, html, json, crm, minutes, mail or eml", "md・html・json・crm・minutes・mail・eml";
    help_backup: "Write a backup file", "バックアップを作る";
    help_restore: "Rebuild from the journal, or take over a backup", "ジャーナルから再構築、またはバックアップから復元";
    help_file: "The file", "ファイル";
    help_verify: "Check the store, its journal and snapshots", "保管庫・ジャーナル・スナップショットを検査";
    help_undo: "Take back the last edit or import", "直前の編集や取り込みを取り消す";
    help_redo: "Do the last undone edit again", "取り消した操作をやり直す";
    help_log: "Who did what, newest first", "操作の履歴（新しい順）";
    help_where: "Where data and configuration live", "データと設定の場所";
    help_completions: "Print shell completions", "シェル補完を出力";
    help_man: "Print the man page", "man ページを出力";
    help_keys: "Print the key reference", "キー一覧を出力";
    word_usage: "Usage:", "使い方:";
    word_commands: "Commands", "コマンド";
    word_options: "Options", "オプション";
    word_help: "Print help", "ヘルプを表示";
    word_version: "Print version", "バージョンを表示";
    help_default(to_string_lossy): " [default: {to_string_lossy}]", "（既定: {to_string_lossy}）";
    usage_unknown(arg): "There is no argument {arg} here", "{arg} という引数はありません";
    usage_command(ubcommand): "There is no command {ubcommand}", "{ubcommand} というコマンドはありません";
    usage_value(value, arg): "{value} is no value for {arg}", "{value} は {arg} の値として使えません";
    usage_no_value(arg): "{arg} needs a value", "{arg} には値が必要です";
    usage_missing(arg): "Missing: {arg}", "足りない引数: {arg}";
    usage_missing_command(ubcommand, ubcommand_2): "{ubcommand} needs a command: {ubcommand_2}", "{ubcommand} にはコマンドが必要です: {ubcommand_2}";
    usage_conflict(arg, prior): "{arg} does not go with {prior}", "{arg} は {prior} と一緒に使えません";
    usage_twice(arg): "{arg} can be given only once", "{arg} は一度だけ指定できます";
    usage_too_many(value, arg): "{value} is one value too many for {arg}", "{value} は {arg} の値として余分です";
    usage_near(near): "did you mean {near}?", "もしかして: {near}";
    usage_other: "The arguments cannot be understood", "引数を読み取れません";
    usage_help: "--help tells what there is", "--help で使い方を表示します";
    help_screens: "Render the demo's screens to SVG files", "デモ画面を SVG に書き出す";
    help_accept_loss: "Go on with what is left after a loss", "失われた後、残ったデータで続ける";
    did_accepted: "Going on with what is left", "残ったデータで続けます";
    help_private: "Take private lines along (for your own copy)", "非公開の行も含める（自分用の控え）";
    help_export_actions: "Open actions as csv or ics", "未完了アクションを csv か ics で";
    help_log_talk: "Keep a talk that was not planned: call, meeting, mail or chat", "予定外のやり取りを残す（電話・会議・メール・チャット）";
    help_log_kind: "call, meeting, email or chat", "call・meeting・email・chat";
    help_log_with: "Who took part, separated with commas", "参加者（カンマ区切り）";
    help_log_at: "When: 10:30, yesterday 15:00, 2026-11-20 15:00; now without it", "日時: 10:30、昨日 15:00、2026-11-20 15:00。省略すると今";
    help_action_untold: "The customer does not know yet that it is done", "お客様に未連絡の状態へ戻す";
    help_action_told: "The customer knows that it is done", "完了をお客様に伝えたことを記録";
    only_checkins: "This form is for the note of a check-in", "この形式はチェックイン記録専用です";
    did_untold(what): "Not told: {what}", "未連絡: {what}";
    did_told(what): "Told: {what}", "伝達済み: {what}";
    did_logged(kind, name, count): "Kept: {kind} with {name} ({count} action{count:#})", "保存しました: {kind}（{name}、アクション {count}件）";
    help_signals: "Early signals of an account, or of all", "アカウント（省略時は全件）の早期シグナル";
    help_account_signals: "Only this account: an id, a name or part of it", "このアカウントのみ（ID・名前・その一部）";
    help_backtest: "Hold the health score against what really happened", "健康スコアを実際の結果と突き合わせる";
    help_fit: "Also fit weights from history and compare them on held-back accounts", "過去の結果から重みも推定し、取り分けたアカウントで比べる";
    help_fit_accept: "Write the fitted weights to health.toml, if they do better; the old file is kept", "推定した重みの方が良ければ health.toml に書く（元のファイルは残る）";
    help_lead: "Days before the outcome at which accounts are scored", "結果の何日前の姿で採点するか";
    help_store: "The store itself", "保管庫について";
    help_stats: "What the store holds and how much room it takes", "保管庫の中身と大きさ";
    stats_records: "Records", "記録";
    stats_files: "Files", "ファイル";
    stats_operations(operations, in_reach, free): "{operations} operations so far, {in_reach} of them in reach of an undo; {free} free on the disk", "操作 {operations} 件（うち取り消せる範囲 {in_reach} 件）、ディスクの空き {free}";
    help_notes: "Find notes of all accounts by their words, newest first", "全アカウントの記録を言葉で探す（新しい順）";
    no_notes_found: "No note holds all of these words", "すべての言葉を含む記録はありません";
    today_nothing: "Nothing needs you now.", "いま対応が必要なものはありません。";
    did_today_rest(rest): "… and {rest} more account{rest:#} that press less", "… ほか{rest}社（優先度はこれより低め）";
    did_no_actions: "No open actions", "未完了のアクションはありません";
    help_today: "What needs you now, in order, with reasons", "いま対応が必要なものを、理由とともに順に";
    help_rule: "Judge an account's health by hand, or take it back", "アカウントの健康を自分で判断する・取り消す";
    help_verdict: "red, yellow, green, lost (accepted), or none", "red・yellow・green・lost（離脱を受容）・none";
    help_reason: "Why", "理由";
    help_until: "The last day on which it stands", "判断の期限";
    ruled(name, verdict): "{name}: {verdict}", "{name}: {verdict}";
    unruled(name): "{name}: by the numbers again", "{name}: 数値どおりに戻しました";
    help_context: "Note what happens in an account's business, or list it", "アカウントの事業の動きを記録・一覧";
    help_topic: "What it is about", "種類";
    help_source: "Who says so", "出典";
    help_on: "When it happened", "日付";
    no_context: "Nothing noted of their business.", "事業の動きの記録はありません。";
    context_noted(name, topic): "Noted: {name} · {topic}", "記録しました: {name} · {topic}";
    help_brief_format: "text, md or html (a page to print)", "text・md・html（印刷用ページ）";
    did_written(path): "Written: {path}", "書き込みました: {path}";
    did_imported: "Imported. kenshin undo takes it back.", "取り込みました。kenshin undo で取り消せます。";
    did_nothing: "Nothing to write", "書き込むものはありません";
    did_ask: "Import this? [y/N] ", "取り込みますか？ [y/N] ";
    did_not_asked: "Nothing was written. Say --yes to import.", "書き込んでいません。--yes で取り込みます。";
    did_rejects(path): "Rejected rows to mend: {path}", "修正用の拒否行: {path}";
    did_noted(name, count): "Kept: note on {name} ({count} action{count:#})", "保存しました: {name}のメモ（アクション {count}件）";
    did_added(name): "Kept: {name}", "保存しました: {name}";
    did_done(what): "Done: {what}", "完了: {what}";
    did_backup(path, records, bytes): "Backup: {path} ({records} records, {bytes} bytes)", "バックアップ: {path}（{records} 件、{bytes} バイト）";
    did_restored(aside): "Restored. What stood there is in {aside}", "復元しました。元のデータ: {aside}";
    did_rebuilt: "Rebuilt from the journal", "ジャーナルから再構築しました";
    did_verify_ok(records, operations, snapshots): "All is well: {records} records, {operations} journal entries, {snapshots} snapshots", "正常です: {records} 件、ジャーナル {operations} 件、スナップショット {snapshots} 件";
    did_verify_bad(count): "{count} problem{count:#}:", "問題 {count} 件:";
    did_exported(path, count): "Exported to {path}: {count} records", "{path} に書き出しました: {count} 件";
    did_undone(done): "Taken back: {done}", "取り消しました: {done}";
    did_demo(accounts, home): "{accounts} demo accounts in {home}", "{accounts} 件のデモアカウント: {home}";
    did_home(home): "Data: {home}", "データ: {home}";
    did_config(config): "Configuration: {config}", "設定: {config}";
    did_more(more): "… and {more} more", "… ほか {more} 件";
    did_hint(hint): "Hint: {hint}", "ヒント: {hint}";
    did_via_desk: "(through the open desk)", "（開いている Kenshin 経由）";
    did_not_terminal: "The desk needs a terminal", "端末が必要です";
    did_rows(rows): "{rows} rows read", "{rows} 行読み取り";
    help_cadence: "The touches of an account over the next twelve months, each with its rule", "顧客の今後12か月の接点と、その根拠となる規則";
    help_calendar: "Meetings out to a calendar, or a calendar in", "面談をカレンダーへ書き出す・カレンダーを取り込む";
    help_export_word: "Write agreed meetings as iCalendar; again, they update", "合意した面談をiCalendarで書き出す（再取り込みで更新）";
    help_import_word: "Take in an .ics file: its times count as busy", ".icsファイルを予定ありとして取り込む";
    help_name: "The calendar's name; the same name again replaces it", "カレンダーの名前（同じ名前は置き換え）";
    help_out: "The file to write; without it, standard output", "書き出すファイル。なければ標準出力";
    help_planned: "With talks that are planned and not agreed yet", "未合意の面談予定も含める";
    help_account_word: "One account's only", "一社のみ";
}

/// A group of records as `store stats` names it.
pub fn stored(lang: Lang, name: &str) -> &str {
    let (en, ja) = match name {
        "accounts" => ("accounts", "アカウント"),
        "contacts" => ("people", "担当者"),
        "subscriptions" => ("subscriptions", "契約"),
        "tickets" => ("tickets", "チケット"),
        "surveys" => ("surveys", "アンケート"),
        "touches" => ("touches", "接点"),
        "outcomes" => ("outcomes", "結果"),
        "notes" => ("notes", "メモ"),
        "open-actions" => ("open actions", "未完了アクション"),
        "closed-actions" => ("closed actions", "完了アクション"),
        "open-checkins" => ("check-ins under way", "進行中チェックイン"),
        "closed-checkins" => ("finished check-ins", "完了チェックイン"),
        "agreed-meetings" => ("agreed meetings", "約束した会議"),
        "past-meetings" => ("past meetings", "過去の会議"),
        "views" => ("views", "ビュー"),
        "absences" => ("absences", "不在"),
        "usage" => ("usage", "利用"),
        "history" => ("score history", "スコア履歴"),
        "log" => ("log", "操作ログ"),
        "other" => ("other", "その他"),
        other => return other,
    };
    super::Text::new(en, ja).of(lang)
}
