//! An agreed recurrence: reads typed text, and writes it in a form that can be typed again.

use chrono::{Duration, NaiveDate, Weekday};

use crate::domain::cadence::recurrence::{On, Recurrence};
use crate::domain::text::nfkc;
use crate::services::dates::{self, weekday_ja};

/// Reads an agreed recurrence that begins tomorrow; none for other text.
pub fn read(text: &str, today: NaiveDate) -> Option<Recurrence> {
    let text = nfkc(text.trim())
        .to_lowercase()
        .replace(['、', ',', '・', '('], " ")
        .replace(')', "");
    let (words, time) = match dates::time_at_end(&text) {
        Some((words, time)) => (words, Some(time)),
        None => (text.as_str(), None),
    };
    let (on, every) = japanese(words).or_else(|| english(words))?;
    (1..=60).contains(&every).then_some(Recurrence {
        on,
        every,
        from: today + Duration::days(1),
        time,
    })
}

fn english(text: &str) -> Option<(On, u32)> {
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|w| !matches!(*w, "of" | "each" | "the" | "on" | "month" | "at"))
        .collect();
    let nth = |w: &str| match w {
        "first" | "1st" => Some(1),
        "second" | "2nd" => Some(2),
        "third" | "3rd" => Some(3),
        "fourth" | "4th" => Some(4),
        "fifth" | "5th" => Some(5),
        "last" => Some(-1),
        _ => None,
    };
    let weekday = dates::weekday_en;
    match &words[..] {
        [n, day] if nth(n).is_some() => Some((
            On::Nth {
                nth: nth(n)?,
                weekday: weekday(day)?,
            },
            1,
        )),
        [n, day, "every", every, "months"] if nth(n).is_some() => Some((
            On::Nth {
                nth: nth(n)?,
                weekday: weekday(day)?,
            },
            every.parse().ok()?,
        )),
        ["every", n, day] if nth(n).is_some() => Some((
            On::Nth {
                nth: nth(n)?,
                weekday: weekday(day)?,
            },
            1,
        )),
        ["every", every, "weeks", day] | [day, "every", every, "weeks"] => Some((
            On::Week {
                weekday: weekday(day)?,
            },
            every.parse().ok()?,
        )),
        ["every", "other", day] | ["biweekly", day] => Some((
            On::Week {
                weekday: weekday(day)?,
            },
            2,
        )),
        ["every", day] | ["weekly", day] => Some((
            On::Week {
                weekday: weekday(day)?,
            },
            1,
        )),
        ["day", n] | ["every", "day", n] | ["monthly", n] => Some((
            On::Day {
                day: n.parse().ok().filter(|d| (1..=31).contains(d))?,
            },
            1,
        )),
        ["day", n, "every", every, "months"] => Some((
            On::Day {
                day: n.parse().ok().filter(|d| (1..=31).contains(d))?,
            },
            every.parse().ok()?,
        )),
        _ => None,
    }
}

fn japanese(text: &str) -> Option<(On, u32)> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (text, months) = match text
        .split_once("か月ごと")
        .or_else(|| text.split_once("ヶ月ごと"))
    {
        Some((n, rest)) => (
            rest.trim_start_matches(['の', '毎']).to_owned(),
            n.parse().ok()?,
        ),
        None => (text, 1),
    };
    monthly_ja(&text, months).unwrap_or_else(|| weekly_ja(&text))
}

/// A day of every `months`-th month. The outer value is none where the text is about weeks, the
/// inner one where it is about months and is no recurrence.
fn monthly_ja(text: &str, months: u32) -> Option<Option<(On, u32)>> {
    let monthly = text.strip_prefix("毎月").unwrap_or(text);
    if let Some(rest) = monthly
        .strip_prefix("最終")
        .or_else(|| monthly.strip_prefix("最後の"))
    {
        return Some(weekday_ja(rest).map(|weekday| (On::Nth { nth: -1, weekday }, months)));
    }
    if let Some(rest) = monthly.strip_prefix('第') {
        return Some(nth_ja(rest).map(|on| (on, months)));
    }
    let rest = text.strip_prefix("毎月").or((months > 1).then_some(text))?;
    let day = rest
        .strip_suffix('日')
        .and_then(|d| d.parse::<u32>().ok())
        .filter(|d| (1..=31).contains(d))?;
    Some(Some((On::Day { day }, months)))
}

/// `2火曜`, `二火曜日`: the n-th weekday of a month.
fn nth_ja(text: &str) -> Option<On> {
    let mut chars = text.chars();
    let n = chars.next()?;
    let kanji = || "一二三四五".chars().position(|c| c == n);
    let nth = n
        .to_digit(10)
        .or_else(|| kanji().map(|i| i as u32 + 1))
        .filter(|n| (1..=5).contains(n))?;
    let weekday = weekday_ja(chars.as_str())?;
    Some(On::Nth {
        nth: nth as i8,
        weekday,
    })
}

fn weekly_ja(text: &str) -> Option<(On, u32)> {
    let week = |rest: &str, every: u32| {
        let weekday = weekday_ja(rest)?;
        Some((On::Week { weekday }, every))
    };
    if let Some(rest) = text.strip_prefix("隔週") {
        return week(rest, 2);
    }
    if let Some(rest) = text.strip_prefix("毎週") {
        return week(rest, 1);
    }
    let (n, rest) = text.split_once("週ごと")?;
    week(rest.trim_start_matches('の'), n.parse().ok()?)
}

/// The recurrence as it would be typed.
pub fn typed(r: &Recurrence, japanese: bool) -> String {
    const EN: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    const JA: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
    let day = |w: Weekday| {
        if japanese {
            JA[w.num_days_from_monday() as usize]
        } else {
            EN[w.num_days_from_monday() as usize]
        }
    };
    let words = match (r.on, japanese) {
        (On::Week { weekday }, true) => match r.every {
            1 => format!("毎週{}曜", day(weekday)),
            2 => format!("隔週{}曜", day(weekday)),
            n => format!("{n}週ごと{}曜", day(weekday)),
        },
        (On::Week { weekday }, false) => match r.every {
            1 => format!("every {}", day(weekday)),
            n => format!("every {n} weeks {}", day(weekday)),
        },
        (On::Nth { nth, weekday }, true) => {
            let nth = if nth < 0 {
                "最終".to_owned()
            } else {
                format!("第{nth}")
            };
            let every = if r.every > 1 {
                format!("{}か月ごと", r.every)
            } else {
                String::new()
            };
            format!("{every}{nth}{}曜", day(weekday))
        }
        (On::Nth { nth, weekday }, false) => {
            let nth = ["last", "first", "second", "third", "fourth", "fifth"]
                [usize::try_from(nth).unwrap_or(0).min(5)];
            let every = if r.every > 1 {
                format!(" every {} months", r.every)
            } else {
                String::new()
            };
            format!("{nth} {}{every}", day(weekday))
        }
        (On::Day { day }, true) => {
            if r.every > 1 {
                format!("{}か月ごと{day}日", r.every)
            } else {
                format!("毎月{day}日")
            }
        }
        (On::Day { day }, false) => {
            let every = if r.every > 1 {
                format!(" every {} months", r.every)
            } else {
                String::new()
            };
            format!("day {day}{every}")
        }
    };
    match r.time {
        Some(time) => format!("{words} {}", time.format("%H:%M")),
        None => words,
    }
}
