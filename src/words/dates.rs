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
