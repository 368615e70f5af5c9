//! The words of calendars as files.

use super::words;

words! {
    exported(meetings, path): "{meetings} meeting{meetings:#} in {path}", "面談{meetings}件を{path}に書き出しました";
    ics_read(name, count): "{name}: {count} busy time{count:#} in the next 13 months", "{name}: 今後13か月の予定 {count}件";
    ics_bad(line, why): "line {line}: {why}", "{line}行目: {why}";
    ics_title: "Take in a calendar", "カレンダーの取り込み";
    ics_hint: "the path of an .ics file: its times count as busy", ".icsファイルのパス（予定ありとして扱います）";
    calendar_summary(name, kind): "{name}: {kind}", "{name}: {kind}";
    calendar_brief(id): "Brief: kenshin brief {id}", "事前準備: kenshin brief {id}";
}
