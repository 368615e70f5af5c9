//! Recurrences, spans and hours as people type them, in both languages: `second tue 10:00`,
//! `every 2 weeks thu`, `第2火曜 10:00`, `隔週木曜`, `毎月15日`; `12/1-12/31`; `10:00-16:00`.

use chrono::{Duration, NaiveDate, NaiveTime, Weekday};

use super::dates;
use crate::domain::cadence::recurrence::{On, Recurrence};
use crate::domain::cadence::rhythm::Blackout;
use crate::domain::text::nfkc;

/// Reads an agreed recurrence; none when it is not one. It begins tomorrow.
pub fn read(text: &str, today: NaiveDate) -> Option<Recurrence> {
    let text = nfkc(text.trim())
        .to_lowercase()
        .replace(['、', ',', '・', '('], " ")
        .replace(')', "");
    let (words, time) = match text.rsplit_once(char::is_whitespace) {
        Some((words, last)) if clock(last).is_some() => (words.trim().to_owned(), clock(last)),
        _ => (text, None),
    };
    let (on, every) = japanese(&words).or_else(|| english(&words))?;
    (1..=60).contains(&every).then_some(Recurrence {
        on,
        every,
        from: today + Duration::days(1),
        time,
    })
}

fn clock(text: &str) -> Option<NaiveTime> {
    let text = text.replace('時', ":").replace('分', "");
    let (h, m) = text.split_once(':')?;
    NaiveTime::from_hms_opt(
        h.parse().ok()?,
        if m.is_empty() { 0 } else { m.parse().ok()? },
        0,
    )
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
    let weekday = |w: &str| {
        w.trim_end_matches('s')
            .parse::<Weekday>()
            .ok()
            .or_else(|| w.parse().ok())
    };
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
    const DAYS: [char; 7] = ['月', '火', '水', '木', '金', '土', '日'];
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let weekday = |rest: &str| {
        let mut chars = rest.chars();
        let first = chars.next()?;
        matches!(chars.as_str(), "" | "曜" | "曜日").then_some(())?;
        Weekday::try_from(DAYS.iter().position(|d| *d == first)? as u8).ok()
    };
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
    let monthly = text.strip_prefix("毎月").unwrap_or(&text);
    if let Some(rest) = monthly
        .strip_prefix("最終")
        .or_else(|| monthly.strip_prefix("最後の"))
    {
        return Some((
            On::Nth {
                nth: -1,
                weekday: weekday(rest)?,
            },
            months,
        ));
    }
    if let Some(rest) = monthly.strip_prefix('第') {
        let mut chars = rest.chars();
        let n = chars.next()?;
        let nth = n
            .to_digit(10)
            .or_else(|| {
                "一二三四五"
                    .chars()
                    .position(|c| c == n)
                    .map(|i| i as u32 + 1)
            })
            .filter(|n| (1..=5).contains(n))?;
        return Some((
            On::Nth {
                nth: nth as i8,
                weekday: weekday(chars.as_str())?,
            },
            months,
        ));
    }
    if let Some(rest) = text
        .strip_prefix("毎月")
        .or((months > 1).then_some(text.as_str()))
        && let Some(day) = rest
            .strip_suffix('日')
            .and_then(|d| d.parse::<u32>().ok())
            .filter(|d| (1..=31).contains(d))
    {
        return Some((On::Day { day }, months));
    }
    if let Some(rest) = text.strip_prefix("隔週") {
        return Some((
            On::Week {
                weekday: weekday(rest)?,
            },
            2,
        ));
    }
    if let Some(rest) = text.strip_prefix("毎週") {
        return Some((
            On::Week {
                weekday: weekday(rest)?,
            },
            1,
        ));
    }
    let (n, rest) = text.split_once("週ごと")?;
    Some((
        On::Week {
            weekday: weekday(rest.trim_start_matches('の'))?,
        },
        n.parse().ok()?,
    ))
}

/// As it would be typed again.
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

/// Blackouts parted by commas: `12/1-12/31*`, `2027-01-10..2027-02-05`.
pub fn spans(text: &str, today: NaiveDate) -> Option<Vec<Blackout>> {
    let text = nfkc(text.trim());
    text.split([',', '、', ';'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(|part| span(part, today))
        .collect()
}

fn span(part: &str, today: NaiveDate) -> Option<Blackout> {
    let (part, reason) = match part.split_once(char::is_whitespace) {
        Some((p, reason)) => (p, reason.trim().to_owned()),
        None => (part, String::new()),
    };
    let (part, yearly) = part.strip_suffix('*').map_or((part, false), |p| (p, true));
    let (from, to) = part
        .split_once("..")
        .or_else(|| part.split_once('~'))
        .or_else(|| part.split_once('〜'))
        .or_else(|| {
            if part.contains('/') {
                part.split_once('-')
            } else {
                None
            }
        })?;
    let from = day(from.trim(), today)?;
    let to = day(to.trim(), from)?;
    (from <= to && (to - from).num_days() < 366).then_some(Blackout {
        from,
        to,
        yearly,
        reason,
    })
}

/// A day; one of this year that is over for less than a month may be meant still.
fn day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    dates::read(
        text,
        today - Duration::days(if text.contains('/') { 0 } else { 1 }),
    )
}

pub fn typed_spans(blackouts: &[Blackout]) -> String {
    let one = |b: &Blackout| {
        let reason = if b.reason.is_empty() {
            String::new()
        } else {
            format!(" {}", b.reason)
        };
        format!(
            "{}..{}{}{reason}",
            b.from,
            b.to,
            if b.yearly { "*" } else { "" }
        )
    };
    blackouts.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// `10:00-16:00`
pub fn hours(text: &str) -> Option<(NaiveTime, NaiveTime)> {
    let text = nfkc(text.trim()).replace(['~', '〜'], "-");
    let (from, to) = text.split_once('-')?;
    Some((clock(from.trim())?, clock(to.trim())?)).filter(|(from, to)| from != to)
}

/// A moment that lies ahead: `tue 10:00`, `12/8 14:30`, `明日 9:00`, `12月8日 14時30分`.
pub fn moment(text: &str, now: crate::domain::when::Now) -> Option<chrono::DateTime<chrono::Utc>> {
    let text = nfkc(text.trim()).to_lowercase();
    let (date, time) = match text.rsplit_once([' ', 't']) {
        Some((date, time)) => (dates::read(date.trim(), now.today())?, clock(time)?),
        None => (now.today(), clock(&text)?),
    };
    Some(now.zone.instant(date.and_time(time)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).expect("day")
    }

    #[test]
    fn recurrences_in_both_languages() {
        let ten = NaiveTime::from_hms_opt(10, 0, 0);
        let second = (
            On::Nth {
                nth: 2,
                weekday: Weekday::Tue,
            },
            1,
        );
        let thursdays = (
            On::Week {
                weekday: Weekday::Thu,
            },
            2,
        );
        for (text, (on, every), time) in [
            ("second tue 10:00", second, ten),
            ("second Tuesday of each month, 10:00", second, ten),
            ("第2火曜 10:00", second, ten),
            ("毎月第二火曜日 10時", second, ten),
            ("every 2 weeks thu", thursdays, None),
            ("every other thursday", thursdays, None),
            ("隔週木曜", thursdays, None),
            (
                "毎週金 9:30",
                (
                    On::Week {
                        weekday: Weekday::Fri,
                    },
                    1,
                ),
                NaiveTime::from_hms_opt(9, 30, 0),
            ),
            ("day 15", (On::Day { day: 15 }, 1), None),
            ("毎月１５日", (On::Day { day: 15 }, 1), None),
            (
                "last fri",
                (
                    On::Nth {
                        nth: -1,
                        weekday: Weekday::Fri,
                    },
                    1,
                ),
                None,
            ),
            (
                "最終金曜",
                (
                    On::Nth {
                        nth: -1,
                        weekday: Weekday::Fri,
                    },
                    1,
                ),
                None,
            ),
            (
                "3か月ごと第1月曜",
                (
                    On::Nth {
                        nth: 1,
                        weekday: Weekday::Mon,
                    },
                    3,
                ),
                None,
            ),
        ] {
            assert_eq!(
                read(text, today()),
                Some(Recurrence {
                    on,
                    every,
                    from: today() + Duration::days(1),
                    time
                }),
                "{text}"
            );
        }
        for text in [
            "",
            "tue",
            "10:00",
            "sixth tue",
            "day 32",
            "隔週",
            "第6火曜",
            "whenever",
        ] {
            assert_eq!(read(text, today()), None, "{text}");
        }
    }

    #[test]
    fn spans_hours_and_moments() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).expect("day");
        let found = spans("12/1-12/31* 繁忙期, 2027-01-10..2027-02-05", today()).expect("spans");
        assert_eq!(
            (
                found[0].from,
                found[0].to,
                found[0].yearly,
                found[0].reason.as_str()
            ),
            (day(12, 1), day(12, 31), true, "繁忙期")
        );
        assert_eq!(
            found[1].from,
            NaiveDate::from_ymd_opt(2027, 1, 10).expect("day")
        );
        assert_eq!(spans(&typed_spans(&found), today()), Some(found));
        assert_eq!(spans("", today()), Some(vec![]));
        assert_eq!(spans("12/1", today()), None);
        assert_eq!(
            hours("10:00〜16:00"),
            NaiveTime::from_hms_opt(10, 0, 0).zip(NaiveTime::from_hms_opt(16, 0, 0))
        );
        assert_eq!(hours("10-16"), None);
        let now = crate::domain::when::Now {
            at: chrono::DateTime::UNIX_EPOCH + Duration::days(20_781),
            zone: crate::domain::when::Zone::utc(),
        };
        assert_eq!(
            moment("12/8 14:30", now).map(|m| m.naive_utc()),
            Some(day(12, 8).and_hms_opt(14, 30, 0).expect("time"))
        );
        assert_eq!(moment("soon", now), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(nth in prop::sample::select(vec![-1_i8, 1, 2, 3, 4, 5]), w in 0_u8..7, every in 1_u32..7, kind in 0..3, day in 1_u32..=31, time in prop::option::of((0_u32..24, 0_u32..60)), ja in any::<bool>()) {
            let weekday = Weekday::try_from(w).expect("weekday");
            let on = match kind { 0 => On::Week { weekday }, 1 => On::Nth { nth, weekday }, _ => On::Day { day } };
            let r = Recurrence { on, every, from: today() + Duration::days(1), time: time.and_then(|(h, m)| NaiveTime::from_hms_opt(h, m, 0)) };
            prop_assert_eq!(read(&typed(&r, ja), today()), Some(r.clone()), "{}", typed(&r, ja));
        }
    }
}
