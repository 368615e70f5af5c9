//! A day of a given month in Japanese: `5日`, `末`, `中旬`, `第2火曜`, `最終営業日`.

use chrono::{Datelike, NaiveDate};

use super::counted::{last_business, nth_business, nth_weekday};
use super::names::{weekday_ja, weekday_tail};
use super::scan::Scan;
use super::written::month_end;

/// What makes a period its last day. The longer ones come first.
pub(super) const LAST: [&str; 17] = [
    "末まで",
    "末日",
    "末",
    "までには",
    "までに",
    "まで",
    "迄に",
    "迄",
    "いっぱい",
    "一杯",
    "中に",
    "中",
    "内に",
    "内",
    "以内",
    "ぎりぎり",
    "最終日",
];
/// What makes a period its first day.
pub(super) const FIRST: [&str; 10] = [
    "初め",
    "始め",
    "はじめ",
    "初旬",
    "初日",
    "初",
    "頭",
    "あたま",
    "早々",
    "明け",
];

/// A day of the month that begins on `first`: `5日`, `末`, `中旬`, `第2火曜`, `最終営業日`.
pub(super) fn within_month(first: NaiveDate, text: &str) -> Option<NaiveDate> {
    let text = text.strip_prefix('の').unwrap_or(text);
    match text {
        "上旬" => return first.with_day(10),
        "中旬" => return first.with_day(20),
        "下旬" => return Some(month_end(first)),
        "半ば" | "なかば" | "中頃" | "中ごろ" => return first.with_day(15),
        "最終営業日" | "最終平日" => return Some(last_business(first)),
        _ if LAST.contains(&text) => return Some(month_end(first)),
        _ if FIRST.contains(&text) => return Some(first),
        _ => {}
    }
    if let Some(day) = ["最終", "最後の"]
        .iter()
        .find_map(|p| text.strip_prefix(p))
        .and_then(weekday_ja)
    {
        return nth_weekday(first, -1, day);
    }
    let mut scan = Scan::new(text);
    if scan.eat("第") {
        let n = scan.count()?;
        if scan.rest() == "営業日" {
            return nth_business(first, n);
        }
        return nth_weekday(first, i32::try_from(n).ok()?, weekday_ja(scan.rest())?);
    }
    let n = scan.count()?;
    if scan.eat("営業日目") && scan.is_done() {
        return nth_business(first, n);
    }
    scan.eat("日").then_some(())?;
    let day = first.with_day(n)?;
    let weekday = weekday_tail(&mut scan)?;
    (scan.is_done() && weekday.is_none_or(|w| w == day.weekday())).then_some(day)
}
