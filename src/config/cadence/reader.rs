//! Reads the numbers, hours and holidays of the cadence into its policy; each mistake has its
//! place.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime, Weekday};
use toml::Spanned;

use super::written::{Holidays, Hours, Written, WrittenClosure};
use crate::config::file::Mistake;
use crate::domain::cadence::policy::{Closure, Policy};

/// The years with known holidays.
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2035;

/// Japan's holidays in those years, computed once: computing them takes longer than reading all
/// files.
static JAPAN: LazyLock<BTreeMap<NaiveDate, String>> =
    LazyLock::new(|| YEARS.flat_map(yasumi::year_holidays).collect());

pub struct Reader {
    pub policy: Policy,
    pub mistakes: Vec<Mistake>,
}

impl Reader {
    pub fn wrong(&mut self, at: usize, why: impl Into<String>) {
        self.mistakes.push((at, why.into()));
    }

    pub fn number(
        &mut self,
        name: &str,
        value: &Option<Spanned<i64>>,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        let value = value.as_ref()?;
        if range.contains(value.get_ref()) {
            return Some(*value.get_ref());
        }
        self.wrong(
            value.span().start,
            format!(
                "{name} = {}: a number from {} to {}",
                value.get_ref(),
                range.start(),
                range.end()
            ),
        );
        None
    }

    pub fn numbers(&mut self, w: &Written) {
        let floor = self.number("floor_days", &w.floor_days, 7..=90);
        let percent = self.number("slack_percent", &w.slack_percent, 10..=100);
        let most = self.number("slack_most_days", &w.slack_most_days, 1..=90);
        let catch_up = self.number("catch_up_days", &w.catch_up_days, 1..=60);
        self.policy.catch_up = catch_up.unwrap_or(self.policy.catch_up);
        let target = self.number("target_percent", &w.target_percent, 1..=100);
        self.policy.floor = floor.unwrap_or(self.policy.floor);
        self.policy.slack_percent = percent.unwrap_or(self.policy.slack_percent);
        self.policy.slack_most = most.unwrap_or(self.policy.slack_most);
        self.policy.target = target.map_or(self.policy.target, |n| n as u8);
        if let Some(hours) = &w.budget_hours {
            match hours.get_ref() {
                h if (1.0..=100.0).contains(h) => self.policy.budget = (h * 60.0).round() as u32,
                h => self.wrong(
                    hours.span().start,
                    format!("budget_hours = {h}: a number from 1 to 100"),
                ),
            }
        }
    }

    pub fn time(&mut self, text: &Option<Spanned<String>>) -> Option<NaiveTime> {
        let text = text.as_ref()?;
        let time = NaiveTime::parse_from_str(text.get_ref(), "%H:%M").ok();
        if time.is_none() {
            self.wrong(
                text.span().start,
                format!("`{}` is not a time (one is 09:00)", text.get_ref()),
            );
        }
        time
    }

    pub fn hours(&mut self, hours: Option<Hours>) {
        let Some(hours) = hours else { return };
        if let Some(days) = &hours.weekdays {
            let mut on = [false; 7];
            for day in days.get_ref() {
                match day.parse::<Weekday>() {
                    Ok(d) => on[d.num_days_from_monday() as usize] = true,
                    Err(_) => self.wrong(
                        days.span().start,
                        format!("`{day}` is not a weekday (one is mon)"),
                    ),
                }
            }
            if on == [false; 7] {
                self.wrong(days.span().start, "weekdays: at least one");
            }
            self.policy.weekdays = on;
        }
        let (from, to) = (
            self.time(&hours.from).unwrap_or(self.policy.hours.0),
            self.time(&hours.to).unwrap_or(self.policy.hours.1),
        );
        if from >= to {
            self.wrong(
                hours.from.or(hours.to).map_or(0, |t| t.span().start),
                "hours: `from` must be before `to`",
            );
        }
        self.policy.hours = (from, to);
    }

    pub fn holidays(&mut self, holidays: Option<Holidays>, shipped: bool) {
        let country = holidays.as_ref().and_then(|h| h.country.as_ref());
        match country.map(|c| c.get_ref().as_str()) {
            Some("jp") if shipped || self.policy.holidays.is_empty() => {
                self.policy.holidays.clone_from(&JAPAN);
            }
            Some("none") => self.policy.holidays.clear(),
            Some("jp") | None => {}
            Some(other) => {
                let why = format!(
                    "country = \"{other}\": \"jp\" or \"none\", and days of your own under `add`"
                );
                let at = country.map_or(0, |c| c.span().start);
                self.wrong(at, why);
            }
        }
        let Some(holidays) = holidays else { return };
        for day in holidays.add {
            match day.get_ref().date.parse::<NaiveDate>() {
                Ok(date) => drop(self.policy.holidays.insert(date, day.into_inner().name)),
                Err(_) => self.wrong(
                    day.span().start,
                    format!("`{}` is not a date (one is 2027-05-06)", day.get_ref().date),
                ),
            }
        }
        for day in holidays.remove {
            match day.get_ref().parse::<NaiveDate>() {
                Ok(date) => drop(self.policy.holidays.remove(&date)),
                Err(_) => self.wrong(
                    day.span().start,
                    format!("`{}` is not a date (one is 2027-02-11)", day.get_ref()),
                ),
            }
        }
    }

    pub fn closure(&mut self, closure: Spanned<WrittenClosure>) {
        let at = closure.span().start;
        let closure = closure.into_inner();
        let mut day = |text: &str| {
            let parts = text
                .split_once('-')
                .and_then(|(m, d)| Some((m.parse::<u32>().ok()?, d.parse::<u32>().ok()?)));
            // 29 February exists in some years only.
            let found = parts.filter(|(m, d)| NaiveDate::from_ymd_opt(2024, *m, *d).is_some());
            if found.is_none() {
                self.mistakes.push((
                    at,
                    format!("`{text}` is not a day of the year (one is 12-29)"),
                ));
            }
            found.unwrap_or((1, 1))
        };
        let (from, to) = (day(&closure.from), day(&closure.to));
        self.policy.closures.push(Closure {
            name: closure.name,
            from,
            to,
        });
    }
}
