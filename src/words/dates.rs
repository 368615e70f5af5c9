//! Days and weekdays in words.

use super::{Lang, words};
use chrono::{Datelike, Weekday};

words! {
    day_format: "%-d %b", "%-m/%-d";
    day_year_format: "%-d %b %y", "%Y/%-m/%-d";
    in_days(days): "{days}d", "{days}日";
    until_day(date): "data until {date}", "データは{date}まで";
    day_and_weekday(day, weekday): "{weekday} {day}", "{day}({weekday})";
    month_format: "%B %Y", "%Y年%-m月";
    full_format: "%-d %b", "%-m月%-d日";
    full_year_format: "%-d %b %Y", "%Y年%-m月%-d日";
}

/// A day in a list, without the year if it is the current one.
pub fn day(lang: Lang, day: chrono::NaiveDate, today: chrono::NaiveDate) -> String {
    day.format(if day.year() == today.year() {
        day_format(lang)
    } else {
        day_year_format(lang)
    })
    .to_string()
}

/// A day with its weekday, as it is shown to who typed it: `Fri 4 Dec`, `12月4日(金)`.
pub fn in_full(lang: Lang, day: chrono::NaiveDate, today: chrono::NaiveDate) -> String {
    let format = if day.year() == today.year() {
        full_format(lang)
    } else {
        full_year_format(lang)
    };
    day_and_weekday(lang, day.format(format), weekday(lang, day.weekday()))
}

/// A day as it is typed, with its weekday: `Tue 2026-11-24`.
pub fn with_weekday(lang: Lang, day: chrono::NaiveDate) -> String {
    day_and_weekday(lang, day, weekday(lang, day.weekday()))
}

/// A short weekday.
pub fn weekday(lang: Lang, day: Weekday) -> &'static str {
    weekdays(lang)[day.num_days_from_monday() as usize]
}

/// A day without its month, for narrow columns.
pub fn short_day(lang: Lang, day: chrono::NaiveDate) -> String {
    day_and_weekday(lang, day.day(), weekday(lang, day.weekday()))
}

/// The short weekdays, Monday first.
pub fn weekdays(lang: Lang) -> [&'static str; 7] {
    match lang {
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        Lang::Ja => ["月", "火", "水", "木", "金", "土", "日"],
    }
}

/// A Japanese holiday in English; any other name is returned unchanged.
pub fn holiday(name: &str) -> String {
    const NAMES: [(&str, &str); 17] = [
        ("元日", "New Year's Day"),
        ("成人の日", "Coming of Age Day"),
        ("建国記念の日", "National Foundation Day"),
        ("天皇誕生日", "Emperor's Birthday"),
        ("春分の日", "Vernal Equinox"),
        ("昭和の日", "Showa Day"),
        ("憲法記念日", "Constitution Day"),
        ("みどりの日", "Greenery Day"),
        ("こどもの日", "Children's Day"),
        ("海の日", "Marine Day"),
        ("山の日", "Mountain Day"),
        ("敬老の日", "Respect for the Aged Day"),
        ("秋分の日", "Autumnal Equinox"),
        ("スポーツの日", "Sports Day"),
        ("文化の日", "Culture Day"),
        ("勤労感謝の日", "Labour Thanksgiving Day"),
        ("国民の休日", "Citizens' Holiday"),
    ];
    let (plain, substitute) = name
        .strip_suffix(" 振替休日")
        .map_or((name, ""), |n| (n, " (observed)"));
    match NAMES.iter().find(|(ja, _)| *ja == plain) {
        Some((_, en)) => format!("{en}{substitute}"),
        None => name.to_owned(),
    }
}
