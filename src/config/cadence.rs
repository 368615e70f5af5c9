//! `config/cadence.toml`: intervals, steps, hours, holidays and the capacity of a week.

mod days_off;
mod reader;
mod tables;
mod written;

use std::collections::BTreeMap;

use chrono::NaiveTime;

use super::file::{self, CADENCE, Mistake};
use crate::domain::cadence::Kind;
use crate::domain::cadence::places::Places;
use crate::domain::cadence::policy::{Effort, Policy, table};
use reader::Reader;
use written::Written;

/// A file's policy, based on the shipped one. `places` are the countries that it may name.
pub fn parse(text: &str, places: &Places) -> Result<Policy, Vec<Mistake>> {
    let own = text != CADENCE.text;
    let base = if own {
        parse(CADENCE.text, places)?
    } else {
        bare(places)
    };
    let written: Written = file::parse(text)?;
    let mut reader = Reader {
        policy: base,
        mistakes: Vec::new(),
    };
    reader.numbers(&written);
    reader.hours(written.hours);
    reader.holidays(written.holidays);
    if let Some(closures) = written.closure {
        reader.policy.closures.clear();
        closures.into_iter().for_each(|c| reader.closure(c));
    }
    if let Some(blackouts) = written.blackout {
        reader.policy.seasons.clear();
        blackouts.into_iter().for_each(|b| reader.blackout(b));
    }
    reader.minutes(written.minutes);
    reader.talks(written.check_in_minutes);
    let (trouble, slowest) = (
        reader.by_tier(written.trouble),
        reader.by_tier(written.slowest),
    );
    reader.policy.trouble.extend(trouble);
    reader.policy.slowest.extend(slowest);
    // The user's intervals override the shipped ones; steps are a list and replace it.
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

/// An empty policy, to be filled by the shipped file.
fn bare(places: &Places) -> Policy {
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
        lengths: Default::default(),
        budget: 24 * 60,
        target: 90,
        weekdays: [true, true, true, true, true, false, false],
        hours: (time(9), time(18)),
        places: places.clone(),
        here: None,
        holidays: BTreeMap::new(),
        closures: Vec::new(),
        seasons: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::holidays::shipped;
    use crate::domain::account::{Stage, Tier};
    use crate::domain::cadence::Every;
    use chrono::NaiveDate;

    fn parse_own(text: &str) -> Result<Policy, Vec<Mistake>> {
        parse(text, &shipped())
    }

    fn first(text: &str) -> (usize, String) {
        let (at, why) = parse_own(text)
            .expect_err("a mistake")
            .into_iter()
            .next()
            .expect("one");
        (super::super::line_of(text, at), why)
    }

    #[test]
    fn the_shipped_cadence_has_the_usual_intervals() {
        let p = parse(CADENCE.text, &shipped()).expect("sound");
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
    fn holidays_come_from_the_country_and_the_team() {
        let p = parse(CADENCE.text, &shipped()).expect("sound");
        let name = |y, m, d| {
            p.holidays
                .get(&NaiveDate::from_ymd_opt(y, m, d).expect("day"))
                .map(|n| n.name.ja.as_str())
        };
        // A substitute, a day between two holidays, the moved days of 2021, and a far equinox.
        assert_eq!(name(2026, 5, 6), Some("憲法記念日 振替休日"));
        assert_eq!(name(2026, 9, 22), Some("国民の休日"));
        assert_eq!(name(2032, 9, 21), Some("国民の休日"));
        assert_eq!(name(2021, 7, 22), Some("海の日"));
        assert_eq!(name(2021, 10, 11), None);
        assert_eq!(name(2035, 9, 23), Some("秋分の日"));
        let own = parse_own("[holidays]\nadd = [{ date = \"2027-05-06\", name = \"創立記念日\" }]\nremove = [\"2027-02-11\"]\n").expect("sound");
        let at = |y, m, d| {
            own.holidays
                .get(&NaiveDate::from_ymd_opt(y, m, d).expect("day"))
                .map(|n| n.name.ja.as_str())
        };
        assert_eq!(
            (at(2027, 5, 6), at(2027, 2, 11)),
            (Some("創立記念日"), None)
        );
        assert!(
            parse_own("[holidays]\ncountry = \"none\"\n")
                .expect("sound")
                .holidays
                .is_empty()
        );
    }

    #[test]
    fn a_users_file_overrides_only_its_own_keys() {
        let own =
            parse_own("budget_hours = 12\n\n[[intervals]]\ntier = \"smb\"\ncheck-in = \"2m\"\n")
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
            parse(CADENCE.text, &shipped()).expect("sound").steps.len()
        );
    }

    #[test]
    fn mistakes_have_their_place() {
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
        assert!(
            matches!(first("[holidays]\ncountry = \"xx\"\n"), (2, why) if why.contains("xx") && why.contains("\"de\""))
        );
        assert!(
            matches!(first("[holidays]\ncountry = \"gb\"\nregion = \"kent\"\n"), (3, why) if why.contains("kent") && why.contains("wales"))
        );
        assert!(
            matches!(first("[holidays]\nregion = \"by\"\n"), (2, why) if why.contains("no regions"))
        );
        let blackout =
            "[[blackout]]\nname = { ja = \"x\", en = \"x\" }\nfrom = \"12-01\"\nto = \"12-31\"\n";
        assert!(
            matches!(first(&format!("{blackout}places = [\"de\", \"mars\"]\n")), (5, why) if why.contains("mars"))
        );
        assert!(
            matches!(first(&format!("{blackout}kinds = [\"lunch\"]\n")), (5, why) if why.contains("lunch") && why.contains("review"))
        );
        assert!(
            matches!(first(&format!("{blackout}industries = [\" \"]\n")), (1, why) if why.contains("empty"))
        );
    }

    #[test]
    fn the_team_may_be_in_any_place() {
        let named = |text: &str, y, m, d| {
            let policy = parse_own(text).expect("sound");
            let day = NaiveDate::from_ymd_opt(y, m, d).expect("day");
            policy.holidays.get(&day).map(|n| n.name.en.clone())
        };
        let bavaria = "[holidays]\ncountry = \"de\"\nregion = \"by\"\n";
        assert_eq!(named(bavaria, 2027, 1, 6).as_deref(), Some("Epiphany"));
        assert_eq!(named("[holidays]\ncountry = \"de\"\n", 2027, 1, 6), None);
        assert_eq!(
            named("[holidays]\ncountry = \"DE-BY\"\n", 2027, 1, 6).as_deref(),
            Some("Epiphany")
        );
        // A country without a region has the assumed one: Easter Monday is no holiday in Scotland.
        assert_eq!(
            named("[holidays]\ncountry = \"gb\"\n", 2027, 3, 29).as_deref(),
            Some("Easter Monday")
        );
        assert_eq!(
            named(
                "[holidays]\ncountry = \"gb\"\nregion = \"scotland\"\n",
                2027,
                3,
                29
            ),
            None
        );
        // A file of before, without a country, keeps Japan.
        assert_eq!(
            named("budget_hours = 12\n", 2026, 11, 3).as_deref(),
            Some("Culture Day")
        );
    }

    #[test]
    fn a_users_blackouts_take_the_place_of_the_shipped_ones() {
        assert_eq!(parse_own("").expect("sound").seasons.len(), 1);
        let own = "[[blackout]]\nname = { ja = \"x\", en = \"x\" }\nfrom = \"10-01\"\nto = \"11-15\"\nplaces = [\"Germany\", \"gb-scotland\"]\n";
        let seasons = parse_own(own).expect("sound").seasons;
        let places: Vec<_> = seasons.iter().flat_map(|s| s.places.clone()).collect();
        assert_eq!(
            places,
            [("de".into(), None), ("gb".into(), Some("scotland".into()))]
        );
        assert!(
            parse_own("blackout = []\n")
                .expect("sound")
                .seasons
                .is_empty()
        );
    }
}
