//! The words of calendar files.

use super::words;

words! {
    exported(count, path): "Exported {count} meeting{count:#} to {path}", "面談{count}件を{path}に書き出しました";
    unrecorded: "The store is read-only, so this export is not recorded: export again when the loss is settled", "読み取り専用のため、この書き出しは記録されていません。失われたデータへの対応後に、もう一度書き出してください";
    ics_read(name, count): "{name}: {count} busy time{count:#} in the next 13 months", "{name}: 今後13か月の予定 {count}件";
    ics_bad(line, why): "line {line}: {why}", "{line}行目: {why}";
    ics_declined(count): "{count} event{count:#} that somebody declined count as busy: set mail in desk.toml to leave out what you declined", "誰かが辞退した予定{count}件も予定ありとしています。自分が辞退した予定を除くには、desk.tomlのmailに自分のアドレスを設定します";
    ics_title: "Import calendar", "カレンダーの取り込み";
    ics_hint: "path of an .ics file; its events count as busy", ".icsファイルのパス（予定ありとして扱います）";
    calendar_summary(name, kind): "{name}: {kind}", "{name}: {kind}";
    calendar_brief(id): "Brief: kenshin brief {id}", "事前準備: kenshin brief {id}";
}
