//! From the rules of a place to its days.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use super::rule::{Holiday, Named, Observed, When};
use crate::domain::checkin::agenda::Words;

/// The years whose days are computed.
const YEARS: RangeInclusive<i32> = 2020..=2050;

/// The days of a region by date; without a region, those of the whole country.
pub fn days(holidays: &[Holiday], region: Option<usize>) -> Vec<(NaiveDate, Named)> {
    let own: Vec<&Holiday> = holidays
        .iter()
        .filter(|h| h.regions.is_empty() || region.is_some_and(|r| h.regions.contains(&r)))
        .collect();
    // A substitute may be in the year before, so one more year is computed.
    let mut found: Vec<(NaiveDate, usize)> = own
        .iter()
        .enumerate()
        .flat_map(|(i, h)| dates(h).into_iter().map(move |day| (day, i)))
        .collect();
    found.sort_unstable();
    let mut taken: BTreeSet<NaiveDate> = found.iter().map(|f| f.0).collect();
    let mut out: BTreeMap<NaiveDate, Named> = BTreeMap::new();
    for (day, i) in found {
        let holiday = own[i];
        let substitute = substitute(day, holiday.observed, &taken);
        if substitute.is_none() || !holiday.moves {
            put(&mut out, day, &holiday.name, false);
        }
        if let Some(instead) = substitute {
            taken.insert(instead);
            put(&mut out, instead, &holiday.name, !holiday.moves);
        }
    }
    out.into_iter()
        .filter(|(day, _)| YEARS.contains(&day.year()))
        .collect()
}

/// Adds a holiday; two on one day are named together.
fn put(out: &mut BTreeMap<NaiveDate, Named>, day: NaiveDate, name: &Words, observed: bool) {
    match out.get_mut(&day) {
        None => {
            let name = name.clone();
            out.insert(day, Named { name, observed });
        }
        Some(held) => {
            held.name = Words {
                ja: format!("{}・{}", held.name.ja, name.ja),
                en: format!("{} / {}", held.name.en, name.en),
            };
            held.observed &= observed;
        }
    }
}

/// The day that makes up for a holiday on a weekend.
fn substitute(
    day: NaiveDate,
    observed: Observed,
    taken: &BTreeSet<NaiveDate>,
) -> Option<NaiveDate> {
    let weekend = |d: NaiveDate| matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
    let next = || {
        (1..8)
            .map(|n| day + Duration::days(n))
            .find(|d| !weekend(*d) && !taken.contains(d))
    };
    match (observed, day.weekday()) {
        (Observed::Next, Weekday::Sat | Weekday::Sun) | (Observed::Sunday, Weekday::Sun) => next(),
        (Observed::Nearest, Weekday::Sat) => Some(day - Duration::days(1)),
        (Observed::Nearest, Weekday::Sun) => Some(day + Duration::days(1)),
        _ => None,
    }
}

/// The dates of a holiday, weekends included.
fn dates(holiday: &Holiday) -> Vec<NaiveDate> {
    let years = *YEARS.start() - 1..=*YEARS.end() + 1;
    let by_rule = |rule: &dyn Fn(i32) -> Option<NaiveDate>| -> Vec<NaiveDate> {
        years
            .clone()
            .filter(|y| holiday.years.0 <= *y && *y <= holiday.years.1)
            .filter_map(rule)
            .filter(|d| !holiday.except.contains(d))
            .collect()
    };
    match &holiday.when {
        When::Fixed(month, day) => by_rule(&|y| NaiveDate::from_ymd_opt(y, *month, *day)),
        When::Nth {
            nth,
            weekday,
            month,
        } => by_rule(&|y| nth_weekday(y, *month, *weekday, *nth)),
        When::Easter(offset) => by_rule(&|y| Some(easter(y)? + Duration::days(*offset))),
        When::Before(weekday, month, day) => by_rule(&|y| {
            let end = NaiveDate::from_ymd_opt(y, *month, *day)?;
            (1..8)
                .map(|n| end - Duration::days(n))
                .find(|d| d.weekday() == *weekday)
        }),
        When::From(weekday, month, day) => by_rule(&|y| {
            let start = NaiveDate::from_ymd_opt(y, *month, *day)?;
            (0..7)
                .map(|n| start + Duration::days(n))
                .find(|d| d.weekday() == *weekday)
        }),
        When::Dates(dates) => dates.clone(),
    }
}

fn nth_weekday(year: i32, month: u32, weekday: Weekday, nth: i8) -> Option<NaiveDate> {
    if let Ok(nth) = u8::try_from(nth) {
        return NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth);
    }
    let fifth = NaiveDate::from_weekday_of_month_opt(year, month, weekday, 5);
    fifth.or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, weekday, 4))
}

/// Easter Sunday of the Gregorian calendar (the computation of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, (days / 31) as u32, (days % 31 + 1) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("day")
    }

    fn holiday(en: &str, when: When, observed: Observed, regions: Vec<usize>) -> Holiday {
        Holiday {
            name: Words::both(en),
            when,
            observed,
            moves: false,
            regions,
            years: (0, 9999),
            except: Vec::new(),
        }
    }

    #[test]
    fn easter_is_where_the_church_puts_it() {
        // The earliest and the latest of the covered years, and two with exceptions in the computation.
        let known = [
            (2024, 3, 31),
            (2027, 3, 28),
            (2035, 3, 25),
            (2038, 4, 25),
            (2049, 4, 18),
            (1954, 4, 18),
        ];
        for (y, m, d) in known {
            assert_eq!(easter(y), Some(day(y, m, d)));
        }
    }

    #[test]
    fn a_substitute_avoids_the_holidays_of_its_own_region() {
        // 1 January 2023 was a Sunday. Region 0 (as Scotland) has 2 January as well.
        let rules = [
            holiday("One", When::Fixed(1, 1), Observed::Next, vec![]),
            holiday("Two", When::Fixed(1, 2), Observed::Next, vec![0]),
        ];
        let observed = |region| -> Vec<NaiveDate> {
            days(&rules, region)
                .into_iter()
                .filter(|(d, n)| d.year() == 2023 && n.observed)
                .map(|(d, _)| d)
                .collect()
        };
        assert_eq!(observed(Some(0)), [day(2023, 1, 3)]);
        assert_eq!(observed(Some(1)), [day(2023, 1, 2)]);
        assert_eq!(observed(None), [day(2023, 1, 2)]);
    }

    #[test]
    fn a_substitute_may_be_in_the_year_before() {
        let rules = [holiday("One", When::Fixed(1, 1), Observed::Nearest, vec![])];
        let found = days(&rules, None);
        assert!(
            found
                .iter()
                .any(|(d, n)| *d == day(2027, 12, 31) && n.observed)
        );
        // 1 January 2051 is a Sunday: its substitute is beyond the covered years.
        assert!(found.iter().all(|(d, _)| YEARS.contains(&d.year())));
    }

    #[test]
    fn two_holidays_on_one_day_are_named_together() {
        let rules = [
            holiday("One", When::Fixed(10, 2), Observed::Never, vec![]),
            holiday(
                "Two",
                When::Dates(vec![day(2025, 10, 2)]),
                Observed::Never,
                vec![],
            ),
        ];
        let found = days(&rules, None);
        let of = |y| {
            found
                .iter()
                .find(|(d, _)| *d == day(y, 10, 2))
                .map(|(_, n)| n.name.en.clone())
        };
        assert_eq!(of(2025).as_deref(), Some("One / Two"));
        assert_eq!(of(2026).as_deref(), Some("One"));
    }
}
