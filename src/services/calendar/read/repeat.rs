//! The occurrences of a rule, as readings of a wall clock. Zones and ends in UTC are the caller's.

use std::ops::ControlFlow;

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

use super::rule::{Every, Rule};

/// How much may still be counted for a file, so that no file takes for ever.
#[derive(Debug, Clone, Copy)]
pub struct Budget(pub u64);

impl Budget {
    /// Whether something more may be counted.
    pub fn take(&mut self, cost: u64) -> bool {
        match self.0.checked_sub(cost) {
            Some(left) => {
                self.0 = left;
                true
            }
            None => false,
        }
    }
}

/// Where a rule begins.
#[derive(Debug, Clone, Copy)]
pub struct Begin {
    pub start: NaiveDateTime,
    /// The start is an occurrence, also where it does not fit the rule (RFC 5545, 3.8.5.3).
    pub counts: bool,
    /// Occurrences before this day may be left out.
    pub from: NaiveDate,
}

/// Visits the occurrences from the start on, in their order, until the visitor breaks. Returns
/// false when the budget did not last.
pub fn repeat(
    rule: &Rule,
    begin: Begin,
    budget: &mut Budget,
    visit: &mut dyn FnMut(NaiveDateTime) -> ControlFlow<()>,
) -> bool {
    let start = begin.start;
    let filled = Filled::of(rule, start);
    // A rule with a count is counted from its beginning.
    let from = match rule.count {
        Some(_) => start.date(),
        None => begin.from.max(start.date()),
    };
    let mut left = rule.count;
    if begin.counts {
        left = left.map(|n| n.saturating_sub(1));
        if visit(start).is_break() {
            return true;
        }
    }
    let counted = |at: &NaiveDateTime| *at > start || (*at == start && !begin.counts);
    let mut period = filled.first(from);
    // Periods without any occurrence are left behind, up to the last day that there is.
    while let Some(days) = filled.days(period) {
        if !budget.take(1 + days.0 as u64 / 8) {
            return false;
        }
        for group in filled.groups(&days.1) {
            if !budget.take(group.len() as u64) {
                return false;
            }
            for at in filled.chosen(&group).filter(counted) {
                if let Some(left) = &mut left {
                    if *left == 0 {
                        return true;
                    }
                    *left -= 1;
                }
                if visit(at).is_break() {
                    return true;
                }
            }
        }
        if left == Some(0) || visit_ended(&days.1) {
            return true;
        }
        period += 1;
    }
    true
}

/// No calendar has days after this year.
const LAST_YEAR: i32 = 9_999;

fn visit_ended(days: &[NaiveDate]) -> bool {
    days.last().is_some_and(|d| d.year() > LAST_YEAR)
}

/// A rule with what it takes from its start.
struct Filled {
    rule: Rule,
    start: NaiveDateTime,
}

impl Filled {
    fn of(rule: &Rule, start: NaiveDateTime) -> Self {
        let mut rule = rule.clone();
        let no_day =
            rule.month_days.is_empty() && rule.year_days.is_empty() && rule.weekdays.is_empty();
        if no_day && !rule.weeks.is_empty() {
            rule.weekdays = vec![(0, start.weekday())];
        } else if no_day {
            match rule.every {
                Every::Year => {
                    if rule.months.is_empty() {
                        rule.months = vec![start.month() as i32];
                    }
                    rule.month_days = vec![start.day() as i32];
                }
                Every::Month => rule.month_days = vec![start.day() as i32],
                Every::Week => rule.weekdays = vec![(0, start.weekday())],
                _ => {}
            }
        }
        if rule.hours.is_empty() && rule.every > Every::Hour {
            rule.hours = vec![start.hour() as i32];
        }
        if rule.minutes.is_empty() && rule.every > Every::Minute {
            rule.minutes = vec![start.minute() as i32];
        }
        if rule.seconds.is_empty() && rule.every > Every::Second {
            rule.seconds = vec![start.second() as i32];
        }
        Self { rule, start }
    }

    fn interval(&self) -> i64 {
        i64::from(self.rule.interval)
    }

    /// The number of the period that contains a day, or of the last one before it.
    fn first(&self, from: NaiveDate) -> i64 {
        let start = self.start.date();
        let months = |d: NaiveDate| i64::from(d.year()) * 12 + i64::from(d.month0());
        let past = match self.rule.every {
            Every::Year => i64::from(from.year() - start.year()),
            Every::Month => months(from) - months(start),
            Every::Week => (self.week(from) - self.week(start)).num_days() / 7,
            Every::Day => (from - start).num_days(),
            // The days of shorter periods are visited one by one.
            _ => return (from - start).num_days().max(0),
        };
        (past / self.interval()).max(0)
    }

    fn week(&self, day: NaiveDate) -> NaiveDate {
        week_of(day, self.rule.week_starts)
    }

    /// The number of days that a period has, and those of them that fit. None after the last day.
    fn days(&self, period: i64) -> Option<(usize, Vec<NaiveDate>)> {
        let steps = period.checked_mul(self.interval())?;
        let start = self.start.date();
        let all: Vec<NaiveDate> = match self.rule.every {
            Every::Year => {
                let year = i32::try_from(i64::from(start.year()).checked_add(steps)?).ok()?;
                if year > LAST_YEAR {
                    return None;
                }
                let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
                self.of_year(first)
            }
            Every::Month => {
                let month = i64::from(start.year()) * 12 + i64::from(start.month0()) + steps;
                let year = i32::try_from(month.div_euclid(12)).ok()?;
                if year > LAST_YEAR {
                    return None;
                }
                let first = NaiveDate::from_ymd_opt(year, month.rem_euclid(12) as u32 + 1, 1)?;
                first
                    .iter_days()
                    .take_while(|d| d.month() == first.month())
                    .collect()
            }
            Every::Week => {
                let first = self
                    .week(start)
                    .checked_add_signed(Duration::try_weeks(steps)?)?;
                first.iter_days().take(7).collect()
            }
            Every::Day => vec![start.checked_add_signed(Duration::try_days(steps)?)?],
            _ => vec![start.checked_add_signed(Duration::try_days(period)?)?],
        };
        if all.first().is_some_and(|d| d.year() > LAST_YEAR) {
            return None;
        }
        let length = all.len();
        Some((length, all.into_iter().filter(|d| self.fits(*d)).collect()))
    }

    /// The days of a year, of its chosen months only.
    fn of_year(&self, first: NaiveDate) -> Vec<NaiveDate> {
        let months = &self.rule.months;
        (1..=12)
            .filter(|m| months.is_empty() || months.contains(m))
            .filter_map(|m| first.with_month(m as u32))
            .flat_map(|month| {
                month
                    .iter_days()
                    .take_while(move |d| d.month() == month.month())
            })
            .collect()
    }

    fn fits(&self, day: NaiveDate) -> bool {
        let rule = &self.rule;
        let has = |list: &[i32], value: u32, length: u32| {
            let value = value as i32;
            list.is_empty() || list.contains(&value) || list.contains(&(value - length as i32 - 1))
        };
        let days_of_year = if day.leap_year() { 366 } else { 365 };
        (rule.months.is_empty() || rule.months.contains(&(day.month() as i32)))
            && has(&rule.month_days, day.day(), days_of_month(day))
            && has(&rule.year_days, day.ordinal(), days_of_year)
            && (rule.weeks.is_empty() || {
                let (week, weeks) = self.week_number(day);
                has(&rule.weeks, week, weeks)
            })
            && (rule.weekdays.is_empty() || rule.weekdays.iter().any(|w| self.is_nth(day, *w)))
    }

    fn is_nth(&self, day: NaiveDate, (nth, weekday): (i32, Weekday)) -> bool {
        if day.weekday() != weekday {
            return false;
        }
        let year = self.rule.every == Every::Year && self.rule.months.is_empty();
        let (place, length) = match self.rule.every {
            _ if nth == 0 => return true,
            Every::Year if year => (day.ordinal(), if day.leap_year() { 366 } else { 365 }),
            Every::Year | Every::Month => (day.day(), days_of_month(day)),
            // Numbers have no meaning in a week or a day.
            _ => return true,
        };
        let (ahead, back) = ((place - 1) / 7 + 1, (length - place) / 7 + 1);
        nth == ahead as i32 || nth == -(back as i32)
    }

    /// The number of the week of a day, and how many weeks its year has.
    fn week_number(&self, day: NaiveDate) -> (u32, u32) {
        let week = self.week(day);
        // The year in which most days of the week lie.
        let year = (week + Duration::days(3)).year();
        let first =
            |year| NaiveDate::from_ymd_opt(year, 1, 4).map_or(week, |fourth| self.week(fourth));
        let weeks = |to: NaiveDate| (to - first(year)).num_days() / 7;
        (weeks(week) as u32 + 1, weeks(first(year + 1)) as u32)
    }

    /// The occurrences on some days, in the groups within which positions count.
    fn groups(&self, days: &[NaiveDate]) -> Vec<Vec<NaiveDateTime>> {
        match self.rule.every {
            Every::Second => self.within(days, 1),
            Every::Minute => self.within(days, 60),
            Every::Hour => self.within(days, 3_600),
            _ => {
                let times = self.times();
                let all = days
                    .iter()
                    .flat_map(|d| times.iter().map(|t| d.and_time(*t)));
                vec![all.collect()]
            }
        }
    }

    fn times(&self) -> Vec<NaiveTime> {
        let mut out = Vec::new();
        for h in &self.rule.hours {
            for m in &self.rule.minutes {
                for s in &self.rule.seconds {
                    out.extend(NaiveTime::from_hms_opt(*h as u32, *m as u32, *s as u32));
                }
            }
        }
        out
    }

    /// The occurrences of a rule that repeats by hours, minutes or seconds of so many seconds.
    fn within(&self, days: &[NaiveDate], unit: i64) -> Vec<Vec<NaiveDateTime>> {
        let Some(day) = days.first() else {
            return Vec::new();
        };
        let rule = &self.rule;
        let has = |list: &[i32], value: i64| list.is_empty() || list.contains(&(value as i32));
        let start = self.start.and_utc().timestamp().div_euclid(unit);
        let midnight = day
            .and_time(NaiveTime::MIN)
            .and_utc()
            .timestamp()
            .div_euclid(unit);
        // The first period of the day that is a multiple of the interval after the start.
        let skip = (start - midnight).rem_euclid(self.interval());
        let mut out = Vec::new();
        let step = usize::try_from(self.interval()).unwrap_or(usize::MAX);
        for at in (skip..86_400 / unit).step_by(step) {
            let second = at * unit;
            let (h, m, s) = (second / 3_600, second / 60 % 60, second % 60);
            if !has(&rule.hours, h) || (unit < 3_600 && !has(&rule.minutes, m)) {
                continue;
            }
            if unit == 1 && !has(&rule.seconds, s) {
                continue;
            }
            let (one_minute, one_second) = ([m as i32], [s as i32]);
            let minutes = if unit == 3_600 {
                &rule.minutes
            } else {
                &one_minute[..]
            };
            let seconds = if unit > 1 {
                &rule.seconds
            } else {
                &one_second[..]
            };
            let times = minutes
                .iter()
                .flat_map(|m| seconds.iter().map(move |s| (*m, *s)));
            out.push(
                times
                    .filter_map(|(m, s)| day.and_hms_opt(h as u32, m as u32, s as u32))
                    .collect(),
            );
        }
        out
    }

    /// The occurrences of a group that count.
    fn chosen<'a>(&self, group: &'a [NaiveDateTime]) -> impl Iterator<Item = NaiveDateTime> + 'a {
        let (length, positions) = (group.len(), self.rule.positions.clone());
        group.iter().enumerate().filter_map(move |(i, at)| {
            let (ahead, back) = (i as i32 + 1, i as i32 - length as i32);
            let counts =
                positions.is_empty() || positions.contains(&ahead) || positions.contains(&back);
            counts.then_some(*at)
        })
    }
}

fn week_of(day: NaiveDate, starts: Weekday) -> NaiveDate {
    let past = day.weekday().days_since(starts);
    day.checked_sub_signed(Duration::days(i64::from(past)))
        .unwrap_or(day)
}

fn days_of_month(day: NaiveDate) -> u32 {
    match day.month() {
        2 if day.leap_year() => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
