//! A repetition as calendars write it: RRULE of RFC 5545.

use chrono::Weekday;

use super::values::{Written, written};

/// How often a rule repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Every {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// A repetition. Empty lists do not restrict it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub every: Every,
    /// The number of periods from one to the next, 1 or more.
    pub interval: u32,
    /// The number of occurrences, 1 or more.
    pub count: Option<u32>,
    /// The last moment; it counts.
    pub until: Option<Written>,
    pub week_starts: Weekday,
    pub months: Vec<i32>,
    /// Days of the month; negative ones count from its end. The same holds for the lists below.
    pub month_days: Vec<i32>,
    pub year_days: Vec<i32>,
    pub weeks: Vec<i32>,
    /// Weekdays, each with its number in the month or year; 0 is every one.
    pub weekdays: Vec<(i32, Weekday)>,
    pub hours: Vec<i32>,
    pub minutes: Vec<i32>,
    pub seconds: Vec<i32>,
    /// Which of the occurrences of a period count.
    pub positions: Vec<i32>,
}

impl Rule {
    /// Reads a rule; none for one that is not understood in full.
    pub fn read(text: &str) -> Option<Self> {
        let mut every = None;
        let mut rule = Self {
            every: Every::Day,
            interval: 1,
            count: None,
            until: None,
            week_starts: Weekday::Mon,
            months: vec![],
            month_days: vec![],
            year_days: vec![],
            weeks: vec![],
            weekdays: vec![],
            hours: vec![],
            minutes: vec![],
            seconds: vec![],
            positions: vec![],
        };
        let text = text.trim().to_ascii_uppercase();
        for part in text.split(';').map(str::trim).filter(|p| !p.is_empty()) {
            let (name, value) = part.split_once('=')?;
            let value = value.trim();
            match name.trim() {
                "FREQ" => every = Some(frequency(value)?),
                "INTERVAL" => rule.interval = value.parse().ok().filter(|n| *n > 0)?,
                "COUNT" => rule.count = Some(value.parse().ok().filter(|n| *n > 0)?),
                "UNTIL" => rule.until = Some(written(value)?),
                "WKST" => rule.week_starts = weekday(value)?,
                "BYMONTH" => rule.months = numbers(value, 1, 12, false)?,
                "BYMONTHDAY" => rule.month_days = numbers(value, 1, 31, true)?,
                "BYYEARDAY" => rule.year_days = numbers(value, 1, 366, true)?,
                "BYWEEKNO" => rule.weeks = numbers(value, 1, 53, true)?,
                "BYHOUR" => rule.hours = numbers(value, 0, 23, false)?,
                "BYMINUTE" => rule.minutes = numbers(value, 0, 59, false)?,
                "BYSECOND" => rule.seconds = numbers(value, 0, 59, false)?,
                "BYSETPOS" => rule.positions = numbers(value, 1, 366, true)?,
                "BYDAY" => {
                    let days = value.split(',').map(str::trim).filter(|d| !d.is_empty());
                    rule.weekdays = days.map(numbered).collect::<Option<_>>()?;
                }
                "RSCALE" if value == "GREGORIAN" => {}
                "SKIP" if value == "OMIT" => {}
                // A program's own remarks.
                name if name.starts_with("X-") => {}
                _ => return None,
            }
        }
        rule.every = every?;
        Some(rule)
    }
}

fn frequency(text: &str) -> Option<Every> {
    Some(match text {
        "SECONDLY" => Every::Second,
        "MINUTELY" => Every::Minute,
        "HOURLY" => Every::Hour,
        "DAILY" => Every::Day,
        "WEEKLY" => Every::Week,
        "MONTHLY" => Every::Month,
        "YEARLY" => Every::Year,
        _ => return None,
    })
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}

/// A weekday with its number: `MO`, `2TU`, `-1FR`.
fn numbered(text: &str) -> Option<(i32, Weekday)> {
    let (number, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let number = match number.trim() {
        "" => 0,
        number => number
            .parse()
            .ok()
            .filter(|n: &i32| *n != 0 && n.abs() <= 53)?,
    };
    Some((number, weekday(day)?))
}

/// A list of numbers from `least` to `most`; with `back` also from the end, as negative ones.
fn numbers(text: &str, least: i32, most: i32, back: bool) -> Option<Vec<i32>> {
    let mut out = text
        .split(',')
        .map(str::trim)
        .filter(|n| !n.is_empty())
        .map(|n| n.parse::<i32>().ok())
        .map(|n| n.filter(|n| (least..=most).contains(n) || (back && (least..=most).contains(&-n))))
        .collect::<Option<Vec<_>>>()?;
    out.sort_unstable();
    out.dedup();
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_in_full_or_not_at_all() {
        let rule =
            Rule::read(" freq=monthly;byday=2TU, -1FR;bysetpos=-1;X-MINE=1; ").expect("a rule");
        assert_eq!(rule.every, Every::Month);
        assert_eq!(rule.weekdays, [(2, Weekday::Tue), (-1, Weekday::Fri)]);
        assert_eq!(rule.positions, [-1]);
        for text in [
            "",
            "COUNT=2",
            "FREQ=FORTNIGHTLY",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;UNTIL=soon",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=MONTHLY;BYDAY=0MO",
            "FREQ=MONTHLY;BYDAY=é",
            "FREQ=YEARLY;RSCALE=CHINESE",
            "FREQ=MONTHLY;SKIP=BACKWARD",
            "FREQ=WEEKLY;BYDAYS=MO",
            "W1 MO #5",
        ] {
            assert_eq!(Rule::read(text), None, "{text}");
        }
    }
}
