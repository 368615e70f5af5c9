//! `config/cadence.toml`: intervals, steps, hours, holidays and what a week holds `[cadence.model]`.
//! Larger than most rooms: each table of the file is read beside its mistakes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::Deserialize;
use toml::{Spanned, Table};

use super::file::{CADENCE, Mistake, mistake};
use crate::domain::account::{Stage, Tier};
use crate::domain::cadence::policy::{
    Closure, Effort, Intervals, Policy, RenewalStep, Steps, table,
};
use crate::domain::cadence::{Every, Kind};

/// Years whose holidays are known.
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2035;

/// Japan's holidays in those years: worked out once, for it takes longer than reading all the files.
static JAPAN: LazyLock<BTreeMap<NaiveDate, String>> =
    LazyLock::new(|| YEARS.flat_map(yasumi::year_holidays).collect());

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    floor_days: Option<Spanned<i64>>,
    slack_percent: Option<Spanned<i64>>,
    slack_most_days: Option<Spanned<i64>>,
    catch_up_days: Option<Spanned<i64>>,
    budget_hours: Option<Spanned<f64>>,
    target_percent: Option<Spanned<i64>>,
    hours: Option<Hours>,
    holidays: Option<Holidays>,
    closure: Option<Vec<Spanned<WrittenClosure>>>,
    minutes: Option<Spanned<Table>>,
    check_in_minutes: Option<Spanned<Table>>,
    trouble: Option<Spanned<Table>>,
    slowest: Option<Spanned<Table>>,
    intervals: Option<Vec<Spanned<Table>>>,
    step: Option<Vec<Spanned<WrittenSteps>>>,
    renewal: Option<Vec<Spanned<WrittenRenewal>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hours {
    weekdays: Option<Spanned<Vec<String>>>,
    from: Option<Spanned<String>>,
    to: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holidays {
    country: Option<Spanned<String>>,
    #[serde(default)]
    add: Vec<Spanned<Added>>,
    #[serde(default)]
    remove: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Added {
    date: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClosure {
    name: crate::domain::checkin::agenda::Words,
    from: String,
    to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSteps {
    kind: String,
    #[serde(default)]
    tiers: Vec<String>,
    days: Vec<i64>,
    slack: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRenewal {
    days: i64,
    latest: i64,
    kind: String,
    #[serde(default)]
    tiers: Vec<String>,
}

/// What a file says, on top of the shipped one.
pub fn parse(text: &str) -> Result<Policy, Vec<Mistake>> {
    let own = text != CADENCE.text;
    let base = if own { parse(CADENCE.text)? } else { bare() };
    let written: Written = toml::from_str(text).map_err(|e| vec![mistake(&e)])?;
    let mut reader = Reader {
        policy: base,
        mistakes: Vec::new(),
    };
    reader.numbers(&written);
    reader.hours(written.hours);
    reader.holidays(written.holidays, !own);
    if let Some(closures) = written.closure {
        reader.policy.closures.clear();
        closures.into_iter().for_each(|c| reader.closure(c));
    }
    reader.minutes(written.minutes);
    reader.talks(written.check_in_minutes);
    let (trouble, slowest) = (
        reader.by_tier(written.trouble),
        reader.by_tier(written.slowest),
    );
    reader.policy.trouble.extend(trouble);
    reader.policy.slowest.extend(slowest);
    // One's own intervals stand over the shipped ones; steps are a list, and take its place.
    written
        .intervals
        .into_iter()
        .flatten()
        .for_each(|i| reader.intervals(i));
    reader.policy.table = table(&reader.policy.intervals);
    if let Some(steps) = written.step {
        reader.policy.steps.clear();
        steps.into_iter().for_each(|s| reader.steps(s));
    }
    if let Some(steps) = written.renewal {
        reader.policy.renewal.clear();
        steps.into_iter().for_each(|s| reader.renewal(s));
        reader
            .policy
            .renewal
            .sort_by_key(|s| std::cmp::Reverse(s.days));
    }
    if reader.mistakes.is_empty() {
        Ok(reader.policy)
    } else {
        Err(reader.mistakes)
    }
}

/// What the shipped file fills.
fn bare() -> Policy {
    let time = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap_or_default();
    Policy {
        intervals: Vec::new(),
        table: Default::default(),
        steps: Vec::new(),
        renewal: Vec::new(),
        trouble: BTreeMap::new(),
        slowest: BTreeMap::new(),
        floor: 30,
        slack_percent: 80,
        slack_most: 30,
        catch_up: 20,
        effort: [Effort::default(); Kind::COUNT],
        talk_of_tier: BTreeMap::new(),
        budget: 24 * 60,
        target: 90,
        weekdays: [true, true, true, true, true, false, false],
        hours: (time(9), time(18)),
        holidays: BTreeMap::new(),
        closures: Vec::new(),
    }
}

struct Reader {
    policy: Policy,
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn wrong(&mut self, at: usize, why: impl Into<String>) {
        self.mistakes.push((at, why.into()));
    }

    fn number(
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

    fn numbers(&mut self, w: &Written) {
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

    fn time(&mut self, text: &Option<Spanned<String>>) -> Option<NaiveTime> {
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

    fn hours(&mut self, hours: Option<Hours>) {
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

    fn holidays(&mut self, holidays: Option<Holidays>, shipped: bool) {
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

    fn closure(&mut self, closure: Spanned<WrittenClosure>) {
        let at = closure.span().start;
        let closure = closure.into_inner();
        let mut day = |text: &str| {
            let parts = text
                .split_once('-')
                .and_then(|(m, d)| Some((m.parse::<u32>().ok()?, d.parse::<u32>().ok()?)));
            // 29 February is a day of some years.
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

    fn minutes(&mut self, table: Option<Spanned<Table>>) {
        let Some(table) = table else { return };
        let at = table.span().start;
        for (name, value) in table.into_inner() {
            let parts: Option<Vec<u32>> = value.as_array().map(|a| {
                a.iter()
                    .filter_map(|v| {
                        v.as_integer()
                            .and_then(|n| u32::try_from(n).ok())
                            .filter(|n| *n <= 600)
                    })
                    .collect()
            });
            match (Kind::parse(&name), parts.as_deref()) {
                (Some(kind), Some([talk, prepare, follow_up])) => {
                    self.policy.effort[kind.index()] = Effort {
                        talk: *talk,
                        prepare: *prepare,
                        follow_up: *follow_up,
                    }
                }
                (None, _) => {
                    self.wrong(at, not_a("kind", &name, Kind::ALL.iter().map(|k| k.key())))
                }
                (Some(_), _) => self.wrong(
                    at,
                    format!(
                        "{name} = {value}: minutes of the talk, before and after it, each up to 600"
                    ),
                ),
            }
        }
    }

    fn talks(&mut self, table: Option<Spanned<Table>>) {
        let Some(table) = table else { return };
        let at = table.span().start;
        for (name, value) in table.into_inner() {
            let minutes = value
                .as_integer()
                .and_then(|n| u32::try_from(n).ok())
                .filter(|n| (1..=600).contains(n));
            match (Tier::parse(&name), minutes) {
                (Some(tier), Some(minutes)) => drop(self.policy.talk_of_tier.insert(tier, minutes)),
                (None, _) => {
                    self.wrong(at, not_a("tier", &name, Tier::ALL.iter().map(|k| k.key())))
                }
                (Some(_), None) => {
                    self.wrong(at, format!("{name} = {value}: minutes from 1 to 600"))
                }
            }
        }
    }

    fn by_tier(&mut self, table: Option<Spanned<Table>>) -> BTreeMap<Tier, Every> {
        let mut out = BTreeMap::new();
        let Some(table) = table else { return out };
        let at = table.span().start;
        for (name, value) in table.into_inner() {
            match (Tier::parse(&name), value.as_str().and_then(Every::parse)) {
                (Some(tier), Some(every)) => drop(out.insert(tier, every)),
                (None, _) => {
                    self.wrong(at, not_a("tier", &name, Tier::ALL.iter().map(|k| k.key())))
                }
                (Some(_), None) => self.wrong(at, format!("{name} = {value}: an interval like 2w")),
            }
        }
        out
    }

    fn intervals(&mut self, table: Spanned<Table>) {
        let at = table.span().start;
        let mut table = table.into_inner();
        let mut word = |name: &str| {
            table
                .remove(name)
                .map(|v| v.as_str().unwrap_or_default().to_owned())
        };
        let (tier, stage) = (word("tier"), word("stage"));
        let mut out = Intervals {
            tier: tier.as_deref().and_then(Tier::parse),
            stage: stage.as_deref().and_then(Stage::parse),
            every: BTreeMap::new(),
        };
        if let Some(text) = tier.filter(|_| out.tier.is_none()) {
            self.wrong(at, not_a("tier", &text, Tier::ALL.iter().map(|k| k.key())));
        }
        if let Some(text) = stage.filter(|_| out.stage.is_none()) {
            self.wrong(
                at,
                not_a("stage", &text, Stage::ALL.iter().map(|k| k.key())),
            );
        }
        for (name, value) in table {
            let every = match value.as_str() {
                Some("none") => Some(None),
                Some(text) => Every::parse(text).map(Some),
                None => None,
            };
            match (Kind::parse(&name), every) {
                (Some(kind), Some(every)) => drop(out.every.insert(kind, every)),
                (None, _) => {
                    self.wrong(at, not_a("kind", &name, Kind::ALL.iter().map(|k| k.key())))
                }
                (Some(_), None) => self.wrong(
                    at,
                    format!("{name} = {value}: an interval like 2w, or \"none\""),
                ),
            }
        }
        self.policy.intervals.push(out);
    }

    fn kind_and_tiers(
        &mut self,
        at: usize,
        kind: &str,
        tiers: &[String],
    ) -> Option<(Kind, Vec<Tier>)> {
        let mut known = Vec::new();
        for text in tiers {
            match Tier::parse(text) {
                Some(tier) => known.push(tier),
                None => self.wrong(at, not_a("tier", text, Tier::ALL.iter().map(|k| k.key()))),
            }
        }
        let found = Kind::parse(kind);
        if found.is_none() {
            self.wrong(at, not_a("kind", kind, Kind::ALL.iter().map(|k| k.key())));
        }
        Some((found?, known))
    }

    fn steps(&mut self, steps: Spanned<WrittenSteps>) {
        let at = steps.span().start;
        let steps = steps.into_inner();
        if steps.days.is_empty()
            || !steps.days.is_sorted()
            || steps.days.iter().any(|d| !(0..=730).contains(d))
            || !(0..=90).contains(&steps.slack)
        {
            self.wrong(at, "days: rising, from 0 to 730; slack: from 0 to 90");
        }
        if let Some((kind, tiers)) = self.kind_and_tiers(at, &steps.kind, &steps.tiers) {
            self.policy.steps.push(Steps {
                kind,
                tiers,
                days: steps.days,
                slack: steps.slack,
            });
        }
    }

    fn renewal(&mut self, step: Spanned<WrittenRenewal>) {
        let at = step.span().start;
        let step = step.into_inner();
        if !(1..=365).contains(&step.days) || !(0..=step.days).contains(&step.latest) {
            self.wrong(at, "days: from 1 to 365; latest: from 0 to days");
        }
        if let Some((kind, tiers)) = self.kind_and_tiers(at, &step.kind, &step.tiers) {
            self.policy.renewal.push(RenewalStep {
                days: step.days,
                latest: step.latest,
                kind,
                tiers,
            });
        }
    }
}

fn not_a<'a>(what: &str, text: &str, all: impl Iterator<Item = &'a str>) -> String {
    format!(
        "`{text}` is not a {what}: {}",
        all.collect::<Vec<_>>().join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> (usize, String) {
        let (at, why) = parse(text)
            .expect_err("a mistake")
            .into_iter()
            .next()
            .expect("one");
        (super::super::line_of(text, at), why)
    }

    #[test]
    fn the_shipped_cadence_is_the_table_of_the_field() {
        let p = parse(CADENCE.text).expect("sound");
        let every = |kind, tier, stage| p.every(kind, tier, stage);
        assert_eq!(
            every(Kind::Checkin, Tier::Enterprise, Stage::Growth),
            Some(Every::months(1))
        );
        assert_eq!(
            every(Kind::Review, Tier::Enterprise, Stage::Adoption),
            Some(Every::months(3))
        );
        assert_eq!(
            every(Kind::Checkin, Tier::MidMarket, Stage::Growth),
            Some(Every::months(2))
        );
        assert_eq!(
            every(Kind::Checkin, Tier::MidMarket, Stage::Adoption),
            Some(Every::months(1))
        );
        assert_eq!(every(Kind::Checkin, Tier::TechTouch, Stage::Growth), None);
        assert_eq!(every(Kind::Review, Tier::TechTouch, Stage::Growth), None);
        assert_eq!(
            every(Kind::Checkin, Tier::Enterprise, Stage::Onboarding),
            None
        );
        assert_eq!(p.slack(Every::months(1)), 24);
        assert_eq!(
            p.renewal
                .iter()
                .filter(|s| s.tiers.contains(&Tier::Enterprise) || s.tiers.is_empty())
                .map(|s| s.days)
                .collect::<Vec<_>>(),
            [120, 90, 60, 30, 14, 7]
        );
    }

    #[test]
    fn holidays_are_those_of_the_country_and_the_house() {
        let p = parse(CADENCE.text).expect("sound");
        let name = |y, m, d| {
            p.holidays
                .get(&NaiveDate::from_ymd_opt(y, m, d).expect("day"))
                .map(String::as_str)
        };
        // A substitute, a day between two holidays, the moved days of 2021, and a far equinox.
        assert_eq!(name(2026, 5, 6), Some("憲法記念日 振替休日"));
        assert_eq!(name(2026, 9, 22), Some("国民の休日"));
        assert_eq!(name(2032, 9, 21), Some("国民の休日"));
        assert_eq!(name(2021, 7, 22), Some("海の日"));
        assert_eq!(name(2021, 10, 11), None);
        assert_eq!(name(2035, 9, 23), Some("秋分の日"));
        let own = parse("[holidays]\nadd = [{ date = \"2027-05-06\", name = \"創立記念日\" }]\nremove = [\"2027-02-11\"]\n").expect("sound");
        let at = |y, m, d| {
            own.holidays
                .get(&NaiveDate::from_ymd_opt(y, m, d).expect("day"))
                .map(String::as_str)
        };
        assert_eq!(
            (at(2027, 5, 6), at(2027, 2, 11)),
            (Some("創立記念日"), None)
        );
        assert!(
            parse("[holidays]\ncountry = \"none\"\n")
                .expect("sound")
                .holidays
                .is_empty()
        );
    }

    #[test]
    fn a_file_of_ones_own_says_only_what_is_different() {
        let own = parse("budget_hours = 12\n\n[[intervals]]\ntier = \"smb\"\ncheck-in = \"2m\"\n")
            .expect("sound");
        assert_eq!(own.budget, 720);
        assert_eq!(
            own.every(Kind::Checkin, Tier::Smb, Stage::Growth),
            Some(Every::months(2))
        );
        assert_eq!(
            own.every(Kind::Review, Tier::Smb, Stage::Growth),
            Some(Every::months(12))
        );
        assert_eq!(
            own.steps.len(),
            parse(CADENCE.text).expect("sound").steps.len()
        );
    }

    #[test]
    fn mistakes_are_named_where_they_stand() {
        assert!(matches!(first("\nfloor_days = 3\n"), (2, why) if why.contains("7 to 90")));
        assert!(matches!(first("[hours]\nfrom = \"9\"\n"), (2, why) if why.contains('9')));
        assert!(matches!(first("[hours]\nfrom = \"19:00\"\n"), (2, why) if why.contains("before")));
        assert!(
            matches!(first("[[intervals]]\ntier = \"gold\"\n"), (1, why) if why.contains("gold") && why.contains("smb"))
        );
        assert!(
            matches!(first("[[intervals]]\ntier = \"smb\"\ncheck-in = \"often\"\n"), (1, why) if why.contains("often"))
        );
        assert!(
            matches!(first("[[step]]\nkind = \"email\"\ndays = [3, 1]\nslack = 1\n"), (1, why) if why.contains("rising"))
        );
        assert!(
            matches!(first("[[closure]]\nname = { ja = \"x\", en = \"x\" }\nfrom = \"13-01\"\nto = \"01-03\"\n"), (1, why) if why.contains("13-01"))
        );
        assert!(matches!(first("[holidays]\ncountry = \"fr\"\n"), (2, why) if why.contains("fr")));
    }
}
