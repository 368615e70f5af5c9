//! The words of the command line.

use super::{Lang, words};

words! {
    key_word: "Key", "キー";
    does_word: "What it does", "動作";
    help_about: "A terminal workbench for customer success managers", "カスタマーサクセスマネージャーのためのターミナルワークベンチ";
    help_home: "Folder for data and configuration", "データと設定のフォルダ";
    help_lang: "Language: ja or en", "言語: ja または en";
    help_json: "Print JSON", "JSON で出力";
    help_demo: "Open a demo portfolio", "デモのポートフォリオを開く";
    help_demo_accounts: "Number of accounts", "アカウント数";
    help_demo_seed: "Random seed", "乱数のシード";
    help_demo_write: "Create the demo data without opening it", "デモデータの作成のみで、開かない";
    help_import: "Import CSV, TSV, Excel or JSON files", "CSV・TSV・Excel・JSON を取り込む";
    help_paths: "Files or folders", "ファイルまたはフォルダ";
    help_as(kinds): "Kind of data: {kinds}", "データの種類: {kinds}";
    help_map: "Column mapping to use", "使用する列マッピング";
    help_set: "Column of a field, as field=header", "項目に対応する列（項目=列名）";
    help_save_map: "Save the column mapping under this name", "列マッピングをこの名前で保存";
    help_sheet: "Sheet of an Excel file", "Excel のシート名";
    help_account_all: "Assign all rows to this account", "すべての行をこのアカウントに割り当てる";
    help_create: "Create accounts for unknown names", "未登録の名前のアカウントを作成";
    help_currency: "Currency of amounts without one", "通貨の記載がない金額の通貨";
    help_order: "Order of ambiguous dates: dmy or mdy", "あいまいな日付の順序: dmy または mdy";
    help_dry: "Preview without writing", "プレビューのみで、書き込まない";
    help_yes: "Write without asking", "確認せずに書き込む";
    help_accounts: "List accounts by risk", "アカウントをリスク順に一覧表示";
    help_band: "Only this health band: red (at risk), yellow (caution), green (healthy), unknown", "このヘルスのみ: red（危険）・yellow（注意）・green（健全）・unknown（不明）";
    help_query: "Search words; accounts also take portfolio filters", "検索する語。accounts ではポートフォリオの絞り込みも可";
    help_brief: "Show what to know before a check-in", "チェックイン前に確認することを表示";
    help_health: "Explain the health score", "ヘルススコアとその理由を表示";
    help_account: "Account id, name or part of the name (kana, kanji or romaji)", "アカウントの ID・名前・名前の一部（かな・漢字・ローマ字）";
    help_note: "Write a note: text ! action @owner ^date #tag", "メモを書く: 本文 !アクション @担当 ^期日 #タグ";
    help_text: "Text, or - to read standard input", "本文（- で標準入力から読み込み）";
    help_action: "Add, list and complete actions", "アクションの追加・一覧・完了";
    help_action_add: "Add an action: what @owner ^date", "アクションを追加: 内容 @担当 ^期日";
    help_action_list: "List open actions", "未完了アクションの一覧";
    help_action_done: "Complete an action", "アクションを完了にする";
    help_action_all: "Only this account", "このアカウントのみ";
    help_id: "Action id or its first characters", "アクション ID またはその先頭";
    help_checkin: "Start a check-in", "チェックインを始める";
    help_type(templates): "Template: {templates}", "テンプレート: {templates}";
    help_export: "Export data", "データを書き出す";
    help_export_all: "Folder for everything, as JSON that can be imported back", "全データの JSON を書き出すフォルダ（取り込むと元の状態に戻る）";
    help_export_note: "Id of the note", "メモの ID";
    help_format: "md, html, json, crm, minutes, mail or eml", "md・html・json・crm・minutes・mail・eml";
    help_backup: "Create a backup", "バックアップを作成";
    help_restore: "Rebuild the store from its journal, or restore a backup", "ジャーナルからデータストアを再構築、またはバックアップから復元";
    help_file: "File", "ファイル";
    help_verify: "Check the store, its journal and snapshots", "データストア・ジャーナル・スナップショットを検査";
    help_undo: "Undo the last change or import", "直前の変更や取り込みを元に戻す";
    help_redo: "Redo the last undone change", "元に戻した変更をやり直す";
    help_log: "Show the history of changes, newest first", "変更履歴を新しい順に表示";
    help_where: "Show the data and configuration folders", "データと設定のフォルダを表示";
    help_completions: "Print shell completions", "シェル補完を出力";
    help_man: "Print the man page", "man ページを出力";
    help_keys: "Print all keys", "キー一覧を出力";
    word_usage: "Usage:", "使い方:";
    word_commands: "Commands", "コマンド";
    word_options: "Options", "オプション";
    word_help: "Print help", "ヘルプを表示";
    word_version: "Print version", "バージョンを表示";
    help_default(value): " [default: {value}]", "（既定: {value}）";
    usage_unknown(arg): "no argument {arg}", "{arg} という引数はありません";
    usage_command(command): "no command {command}", "{command} というコマンドはありません";
    usage_value(value, arg): "invalid value {value} for {arg}", "{value} は {arg} の値として使えません";
    usage_no_value(arg): "{arg} needs a value", "{arg} には値が必要です";
    usage_missing(arg): "missing argument: {arg}", "引数が不足しています: {arg}";
    usage_missing_command(command, commands): "{command} needs one of the commands: {commands}", "{command} にはコマンドが必要です: {commands}";
    usage_conflict(arg, other): "{arg} cannot be used with {other}", "{arg} は {other} と同時に使えません";
    usage_twice(arg): "{arg} can be used only once", "{arg} は一度だけ指定できます";
    usage_too_many(value, arg): "unexpected value {value} for {arg}", "{arg} の値が多すぎます: {value}";
    usage_near(names): "did you mean {names}?", "もしかして: {names}";
    usage_other: "cannot read the arguments", "引数を読み取れません";
    usage_help: "see --help", "使い方は --help で確認できます";
    help_screens: "Export the demo screens as SVG files", "デモ画面を SVG に書き出す";
    help_accept_loss: "Continue with the remaining data after a loss", "データの一部を失ったまま、残りで続ける";
    did_accepted: "Continuing with the remaining data", "残ったデータで続けます";
    help_private: "Include private lines (for your own copy)", "非公開の行も含める（自分用の控え）";
    help_export_actions: "Open actions as csv or ics", "未完了のアクションを csv か ics で";
    help_log_talk: "Log a call, meeting, email or chat that was not planned", "予定外の電話・面談・メール・チャットを記録";
    help_log_kind: "Type: call, meeting, email or chat", "種類: call・meeting・email・chat";
    help_log_with: "Attendees, separated with commas", "参加者（カンマ区切り）";
    help_log_at: "Time: 10:30, yesterday 15:00 or 2026-11-20 15:00; now if omitted", "日時: 10:30、昨日 15:00、2026-11-20 15:00 など（省略時は現在）";
    help_action_told: "Mark the customer as informed of a completed action", "完了をお客様に連絡済みとして記録";
    only_checkins: "this format is only for check-in notes", "この形式はチェックインメモ専用です";
    did_told(what): "Customer informed: {what}", "お客様に連絡済み: {what}";
    did_logged(kind, name, count): "Logged {kind} with {name} ({count} action{count:#})", "記録しました: {name}との{kind}（アクション {count}件）";
    help_signals: "List early signals of one account, or of all", "早期シグナルを表示（省略時は全アカウント）";
    help_account_signals: "Only this account: id, name or part of the name", "このアカウントのみ（ID・名前・名前の一部）";
    help_backtest: "Test the health score against known outcomes", "ヘルススコアを実際の結果で検証";
    help_fit: "Also fit weights from history and compare them on held-out accounts", "過去の結果から重みを推定し、検証用のアカウントで比較";
    help_fit_accept: "Write the fitted weights to health.toml if they do better; the old file is saved beside it", "推定した重みの方が良ければ health.toml に書き込む（元のファイルも残す）";
    help_lead: "Score accounts this many days before their outcome", "結果の何日前の状態で採点するか";
    help_store: "Inspect the store", "データストアの情報";
    help_stats: "Show the contents and size of the store", "データストアの内容と容量を表示";
    stats_records: "Records", "レコード";
    help_action_untold: "Mark the customer as not informed", "お客様に未連絡として記録し直す";
    did_untold(what): "Customer not informed: {what}", "お客様に未連絡: {what}";
    stats_files: "Files", "ファイル";
    stats_operations(operations, undoable, free): "{operations} operation{operations:#}, {undoable} can be undone; {free} free on disk", "操作 {operations} 件（うち {undoable} 件は元に戻せます）、ディスクの空き {free}";
    help_notes: "Search the notes of all accounts, newest first", "全アカウントのメモを検索（新しい順）";
    no_notes_found: "No note contains all of these words", "すべての語を含むメモはありません";
    today_nothing: "Nothing needs attention now.", "いま対応が必要なものはありません。";
    did_today_rest(count): "… and {count} more account{count:#} with lower priority", "… ほか{count}社（優先度が低いもの）";
    did_no_actions: "No open actions", "未完了のアクションはありません";
    help_today: "List what needs attention now, with reasons", "いま対応が必要なものを理由とともに表示";
    help_rule: "Override an account's health, or remove the override", "アカウントのヘルスを手動で判定、または判定を解除";
    help_verdict: "red (at risk), yellow (caution), green (healthy), lost (accepted loss), or none to remove", "red（危険）・yellow（注意）・green（健全）・lost（解約を容認）・none（解除）";
    help_reason: "Reason", "理由";
    help_until: "Last day of the override", "手動判定の最終日";
    ruled(name, verdict): "{name}: health set to {verdict}", "{name}: {verdict}と手動で判定しました";
    unruled(name): "{name}: override removed", "{name}: 手動判定を解除しました";
    help_context: "Record or list business context of an account", "アカウントの事業の動きを記録・一覧表示";
    help_topic: "Topic", "種類";
    help_source: "Source", "出典";
    help_on: "Date", "日付";
    no_context: "No business context recorded.", "事業の動きの記録はありません。";
    context_noted(name, topic): "Saved business context of {name}: {topic}", "事業の動きを記録しました: {name}・{topic}";
    help_brief_format: "text, md or html (printable page)", "text・md・html（印刷用ページ）";
    did_written(path): "Wrote {path}", "書き出しました: {path}";
    did_imported: "Imported. Run kenshin undo to undo it.", "取り込みました。kenshin undo で元に戻せます。";
    did_nothing: "Nothing to import", "取り込むデータはありません";
    did_ask: "Import this? [y/N] ", "取り込みますか？ [y/N] ";
    did_not_asked: "Nothing was imported. Add --yes to import.", "取り込んでいません。取り込むには --yes を付けてください。";
    did_rejects(path): "Rejected rows, to correct and import again: {path}", "取り込めなかった行（修正して再度取り込めます）: {path}";
    did_noted(name, count): "Saved note on {name} ({count} action{count:#})", "{name}のメモを保存しました（アクション {count}件）";
    did_added(action): "Saved action: {action}", "アクションを保存しました: {action}";
    did_done(what): "Completed: {what}", "完了しました: {what}";
    did_backup(path, records, bytes): "Backup: {path} ({records} record{records:#}, {bytes} bytes)", "バックアップ: {path}（レコード {records} 件、{bytes} バイト）";
    did_restored(path): "Restored. The previous data is in {path}", "復元しました。以前のデータ: {path}";
    did_rebuilt: "Rebuilt the store from its journal", "ジャーナルからデータストアを再構築しました";
    did_verify_ok(records, operations, snapshots): "No problems: {records} record{records:#}, {operations} journal operation{operations:#}, {snapshots} snapshot{snapshots:#}", "問題はありません: レコード {records} 件、ジャーナル {operations} 件、スナップショット {snapshots} 件";
    did_verify_bad(count): "{count} problem{count:#}:", "問題 {count} 件:";
    did_exported(path, count): "Exported {count} record{count:#} to {path}", "レコード {count} 件を書き出しました: {path}";
    did_undone(what): "Undone: {what}", "元に戻しました: {what}";
    did_demo(accounts, home): "Created {accounts} demo account{accounts:#} in {home}", "デモアカウントを {accounts} 件作成しました: {home}";
    did_home(path): "Data: {path}", "データ: {path}";
    did_config(path): "Configuration: {path}", "設定: {path}";
    did_more(count): "… and {count} more", "… ほか {count} 件";
    did_hint(hint): "Hint: {hint}", "ヒント: {hint}";
    did_via_desk: "(through the open Kenshin)", "（開いている Kenshin 経由）";
    did_not_terminal: "Kenshin needs a terminal", "ターミナルが必要です";
    did_rows(rows): "{rows} row{rows:#} read", "{rows} 行を読み取りました";
    help_cadence: "List an account's touchpoints for the next 12 months, with their rules", "アカウントの今後12か月のタッチポイントと、その根拠を表示";
    help_calendar: "Export meetings to a calendar, or import a calendar", "面談をカレンダーに書き出す、カレンダーを取り込む";
    help_export_word: "Export agreed meetings as iCalendar; a repeated export updates them", "合意した面談を iCalendar で書き出す（再度書き出すと更新）";
    help_import_word: "Import an .ics file; its events count as busy", ".ics ファイルを予定ありとして取り込む";
    help_name: "Calendar name; the same name replaces it", "カレンダーの名前（同じ名前は置き換え）";
    help_out: "File to write (default: standard output)", "書き出すファイル（省略時は標準出力）";
    help_planned: "Include planned meetings that are not agreed yet", "未合意の面談予定も含める";
    help_account_word: "Only this account", "このアカウントのみ";
}

/// The name of a group of records in `store stats`.
pub fn stored(lang: Lang, name: &str) -> &str {
    let (en, ja) = match name {
        "accounts" => ("accounts", "アカウント"),
        "contacts" => ("people", "お客様担当者"),
        "subscriptions" => ("subscriptions", "契約"),
        "tickets" => ("tickets", "チケット"),
        "surveys" => ("surveys", "アンケート"),
        "touches" => ("logged contacts", "連絡"),
        "outcomes" => ("outcomes", "結果"),
        "notes" => ("notes", "メモ"),
        "open-actions" => ("open actions", "未完了のアクション"),
        "closed-actions" => ("completed actions", "完了したアクション"),
        "open-checkins" => ("check-ins in progress", "進行中のチェックイン"),
        "closed-checkins" => ("finished check-ins", "完了したチェックイン"),
        "agreed-meetings" => ("agreed meetings", "合意した面談"),
        "past-meetings" => ("past meetings", "過去の面談"),
        "views" => ("views", "ビュー"),
        "absences" => ("absences", "不在"),
        "usage" => ("usage", "利用状況"),
        "history" => ("score history", "スコアの履歴"),
        "log" => ("history", "変更履歴"),
        "other" => ("other", "その他"),
        other => return other,
    };
    super::Text::new(en, ja).of(lang)
}
