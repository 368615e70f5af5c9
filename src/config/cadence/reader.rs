//! Reads the numbers and hours of the cadence into its policy; each mistake has its
//! place.

use chrono::{NaiveTime, Weekday};
use toml::Spanned;

use super::written::{Hours, Written};
use crate::config::file::Mistake;
use crate::domain::cadence::policy::Policy;

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
}
