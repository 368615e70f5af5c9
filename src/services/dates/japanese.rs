//! Days in Japanese words: `明日`, `来週金`, `来月5日`, `3営業日後`, `月末`, `今月中`, `年度末`, `金曜まで`.

use chrono::{Datelike, Duration, NaiveDate};

use super::counted::{Unit, in_week, last_business, next_weekday, shift, week_start};
use super::fiscal;
use super::ja_month::{FIRST, LAST, within_month};
use super::ja_years::{of_fiscal, of_year};
use super::names::weekday_ja;
use super::on::On;
use super::scan::Scan;
use super::written::month_end;
use crate::domain::when::add_months;

/// The whole text as a day; none for other text.
pub(super) fn japanese(text: &str, on: On) -> Option<NaiveDate> {
    if text.is_ascii() {
        return None;
    }
    let text: String = text.chars().filter(|c| *c != ' ').collect();
    let text = text.as_str();
    named(text, on)
        .or_else(|| counted(text, on))
        .or_else(|| of_weekday(text, on))
        .or_else(|| of_week(text, on))
        .or_else(|| of_fiscal(text, on))
        .or_else(|| of_year(text, on))
        .or_else(|| of_month(text, on))
        .or_else(|| bare(text, on))
        .or_else(|| day_alone(text, on))
}

fn named(text: &str, on: On) -> Option<NaiveDate> {
    let days = match text {
        "今日" | "本日" | "きょう" | "今朝" | "今夜" | "今晩" | "今夕" | "即日" | "当日" => {
            0
        }
        "明日" | "あした" | "あす" | "明朝" | "明晩" | "翌日" | "翌朝" => 1,
        "明後日" | "あさって" | "翌々日" => 2,
        "明々後日" | "明明後日" | "しあさって" => 3,
        "昨日" | "きのう" | "昨夜" | "昨晩" | "前日" => -1,
        "一昨日" | "おととい" | "前々日" => -2,
        "翌営業日" | "次の営業日" | "次営業日" => {
            return shift(on.today, 1, Unit::Business);
        }
        "前営業日" => return shift(on.today, -1, Unit::Business),
        "翌々営業日" => return shift(on.today, 2, Unit::Business),
        _ => return None,
    };
    Some(on.today + Duration::days(days))
}

/// `3営業日後`, `一週間後`, `1か月後`, `2週間前`, `3日以内`, `半年後`, `+3日`.
fn counted(text: &str, on: On) -> Option<NaiveDate> {
    let mut scan = Scan::new(text);
    let plus = scan.eat("+");
    let (n, unit) = if scan.eat("半年") {
        (6, Unit::Months)
    } else if scan.eat("半月") {
        (15, Unit::Days)
    } else {
        let n = i64::from(scan.count()?);
        let months = [
            "か月間",
            "ヶ月間",
            "か月",
            "ヶ月",
            "ケ月",
            "カ月",
            "ヵ月",
            "ヵ月間",
            "箇月",
            "個月",
        ];
        let unit = if scan.eat("営業日") {
            Unit::Business
        } else if scan.eat_any(&["日間", "日"]) {
            Unit::Days
        } else if scan.eat_any(&["週間", "週"]) {
            Unit::Weeks
        } else if scan.eat_any(&months) || (plus && scan.eat("月")) {
            Unit::Months
        } else if scan.eat_any(&["年間", "年"]) {
            Unit::Years
        } else {
            return None;
        };
        (n, unit)
    };
    let sign = match scan.rest() {
        "後" | "のち" | "先" | "以内" | "以内に" | "経過後" => 1,
        "" if plus => 1,
        "前" if !plus => -1,
        _ => return None,
    };
    shift(on.today, sign * n, unit)
}

/// `金`, `金曜日`, `今度の金曜`, `第2火曜`.
fn of_weekday(text: &str, on: On) -> Option<NaiveDate> {
    if let Some(day) = weekday_ja(text) {
        return on.weekday(day);
    }
    let next = ["今度の", "次の", "この", "直近の", "こんどの"];
    if let Some(day) = next
        .iter()
        .find_map(|p| text.strip_prefix(p))
        .and_then(weekday_ja)
    {
        return Some(next_weekday(on.today, day));
    }
    (text.starts_with('第') || text.starts_with("最終"))
        .then(|| on.nearest_month(|first| within_month(first, text)))?
}

/// `来週`, `来週の金曜`, `今週末`, `来週中`, `再来週明け`.
fn of_week(text: &str, on: On) -> Option<NaiveDate> {
    const WEEKS: [(&str, i64); 8] = [
        ("再来週", 2),
        ("先々週", -2),
        ("来週", 1),
        ("次週", 1),
        ("翌週", 1),
        ("今週", 0),
        ("先週", -1),
        ("前週", -1),
    ];
    let (rest, weeks) = WEEKS
        .iter()
        .find_map(|(name, n)| Some((text.strip_prefix(name)?, *n)))?;
    let rest = rest.strip_prefix('の').unwrap_or(rest);
    let monday = week_start(on.today) + Duration::days(7 * weeks);
    let friday = monday + Duration::days(4);
    // Of this week, a day that has passed means the one of the next; unless the past is asked for.
    let ahead = |day: NaiveDate| {
        if weeks == 0 && day < on.today && !on.past {
            day + Duration::days(7)
        } else {
            day
        }
    };
    match rest {
        "" if weeks == 0 => Some(ahead(friday)),
        "" => Some(monday),
        "半ば" | "なかば" | "中頃" | "中ごろ" => Some(monday + Duration::days(2)),
        rest if LAST.contains(&rest) => Some(ahead(friday)),
        rest if FIRST.contains(&rest) => Some(monday),
        rest => Some(ahead(in_week(monday, weekday_ja(rest)?))),
    }
}

/// `来月5日`, `今月中`, `12月末`, `12月上旬`, `3月第2火曜`.
fn of_month(text: &str, on: On) -> Option<NaiveDate> {
    const MONTHS: [(&str, i32); 10] = [
        ("再来月", 2),
        ("先々月", -2),
        ("来月", 1),
        ("翌月", 1),
        ("次月", 1),
        ("今月", 0),
        ("当月", 0),
        ("本月", 0),
        ("先月", -1),
        ("前月", -1),
    ];
    let this = on.today.with_day(1)?;
    if let Some((rest, n)) = MONTHS
        .iter()
        .find_map(|(name, n)| Some((text.strip_prefix(name)?, *n)))
    {
        let first = add_months(this, n);
        return if rest.is_empty() && n != 0 {
            Some(first)
        } else {
            within_month(first, rest)
        };
    }
    let mut scan = Scan::new(text);
    let month = scan.count()?;
    scan.eat("月").then_some(())?;
    let rest = scan.rest();
    // A plain day was read before; here a wrong weekday would find it in another year.
    if scan.count().is_some() && scan.eat("日") {
        return None;
    }
    on.nearest(|years| {
        let first = NaiveDate::from_ymd_opt(on.today.year() + years, month, 1)?;
        within_month(first, rest)
    })
}

/// Periods without a word for which: `月末`, `週明け`, `年内`, `四半期末`.
fn bare(text: &str, on: On) -> Option<NaiveDate> {
    let today = on.today;
    let this = today.with_day(1)?;
    let next_year = NaiveDate::from_ymd_opt(today.year() + 1, 1, 1)?;
    match text {
        "週末" | "週内" | "週いっぱい" => Some(on.week_end()),
        "週明け" | "週初め" | "週頭" | "週明けすぐ" => {
            Some(week_start(today) + Duration::days(7))
        }
        "月末" | "月末日" | "月内" | "月いっぱい" => Some(month_end(today)),
        "月初" | "月頭" | "月初め" | "月明け" => Some(add_months(this, 1)),
        "月半ば" | "月中旬" => on.nearest_month(|first| first.with_day(15)),
        "年末" | "年内" | "年いっぱい" | "大晦日" | "大みそか" => {
            next_year.pred_opt()
        }
        "年明け" | "年始" | "年初" | "年頭" | "元日" | "元旦" => Some(next_year),
        "四半期末" | "四半期内" => Some(fiscal::around(today, on.year_starts, 3, 0).1),
        "半期末" | "半期内" => Some(fiscal::around(today, on.year_starts, 6, 0).1),
        "最終営業日" => Some(last_business(today)),
        _ => None,
    }
}

/// `28日`, `28日(土)`: the next such day of a month.
fn day_alone(text: &str, on: On) -> Option<NaiveDate> {
    let mut scan = Scan::new(text);
    let n = scan.count().filter(|n| (1..=31).contains(n))?;
    let rest = scan.rest();
    // The month must be long enough, and the weekday right, in the nearest month alone.
    rest.starts_with('日').then_some(())?;
    let first = on.nearest_month(|first| first.with_day(n))?.with_day(1)?;
    within_month(first, text)
}
