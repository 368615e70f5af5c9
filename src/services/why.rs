//! The reasons of a score in words, the same for the desk and the command line.

use crate::domain::account::Account;
use crate::domain::health::why::Why;
use crate::domain::health::{Dimension, Fact, Score};
use crate::domain::policy::Policy;
use crate::words::{self, Lang};

fn number(score: Option<u8>) -> String {
    score.map_or_else(|| "--".to_owned(), |n| n.to_string())
}

fn share(points: Option<f64>) -> String {
    points.map_or_else(|| "--".to_owned(), |p| format!("{p:.1}"))
}

/// The account and its score.
pub fn title(t: Lang, account: &Account, score: &Score) -> String {
    words::health::why_title(t, &account.name, number(score.score), score.band.words(t))
}

/// Both scores, the cap on the band, the way to green, and each dimension then and now: the largest
/// changes first, as far as they are known.
pub fn lines(t: Lang, why: &Why, policy: &Policy) -> Vec<String> {
    let mut out = Vec::new();
    match &why.then {
        Some(then) => {
            out.push(words::health::why_then(
                t,
                why.before,
                number(then.score),
                why.day,
                number(why.now.score),
            ));
            out.push(words::health::why_coverage(
                t,
                format!("{}%", then.coverage),
                format!("{}%", why.now.coverage),
            ));
        }
        None => out.extend([
            words::health::why_young(t, why.before),
            words::health::coverage(t, why.now.coverage),
        ]),
    }
    out.extend(why.left.map(|left| words::signals::left(t, left)));
    out.extend(words::health::held_down(t, &why.now));
    out.extend(words::health::held(t, &why.now));
    out.extend(
        words::health::to_green(t, &why.now, policy)
            .filter(|_| why.left.is_none() && !why.now.is_accepted_loss()),
    );
    out.extend(
        why.recorded
            .map(|score| words::health::why_recorded(t, why.before, score)),
    );
    out.extend(why.rules.iter().map(|day| words::health::why_rules(t, day)));
    for d in why.by_movement() {
        out.push(String::new());
        out.extend(dimension(t, why, d));
    }
    out
}

/// One dimension then and now, with its facts on both days.
fn dimension(t: Lang, why: &Why, d: Dimension) -> Vec<String> {
    let mut out = Vec::new();
    let moved = why.moved(d);
    let facts = |facts: &[Fact]| {
        facts
            .iter()
            .map(|f| words::health::fact(t, f))
            .collect::<Vec<_>>()
            .join(" · ")
    };
    if moved.scores == (None, None) {
        let known: Vec<Fact> = moved.new.iter().chain(&moved.same).cloned().collect();
        out.push(format!(
            "{}  {}",
            d.words(t),
            if known.is_empty() {
                words::common::no_data(t).to_owned()
            } else {
                facts(&known)
            }
        ));
        return out;
    }
    let change = moved
        .change()
        .map(|c| format!("  ({c:+.1})"))
        .unwrap_or_default();
    let values = [
        d.words(t),
        &number(moved.scores.0),
        &number(moved.scores.1),
        &share(moved.points.0),
        &share(moved.points.1),
    ];
    let weight = moved
        .weights
        .map(|(then, now)| {
            format!(
                "  {}",
                words::health::why_weight(t, then.round(), now.round())
            )
        })
        .unwrap_or_default();
    out.push(format!(
        "{}{change}{weight}",
        words::health::why_points(t, values[0], values[1], values[2], values[3], values[4])
    ));
    if !moved.old.is_empty() {
        out.push(format!(
            "  {}",
            words::health::why_then_facts(t, why.before, facts(&moved.old))
        ));
    }
    if !moved.new.is_empty() {
        out.push(format!(
            "  {}",
            words::health::why_now_facts(t, facts(&moved.new))
        ));
    }
    if !moved.same.is_empty() {
        out.push(format!(
            "  {}",
            words::health::why_same_facts(t, facts(&moved.same))
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::domain::account::{Goal, GoalStatus};
    use crate::domain::dossier::Dossier;
    use crate::domain::facts::outcome::{Outcome, OutcomeKind};
    use crate::domain::facts::usage::{ACTIVE_USERS, Series, day_number};
    use crate::domain::freshness::DataFreshness;
    use crate::domain::health::score;
    use crate::domain::health::why::why;
    use crate::domain::when::Zone;
    use crate::words::Lang;
    use chrono::NaiveDate;

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).expect("day")
    }

    fn words(d: &Dossier, freshness: DataFreshness, rules: &Policy) -> String {
        let why = why(d, freshness, rules, day(11, 22), Zone::utc(), 30);
        lines(Lang::En, &why, rules).join("\n")
    }

    #[test]
    fn days_before_the_contract_are_left_out_and_a_churned_account_has_no_way_to_green() {
        let rules = Config::load(None).0.policy;
        let mut d = Dossier::new(Account::new("a".into(), "A"));
        let points = (0..120)
            .map(|i| {
                (
                    day_number(day(11, 22)) - i,
                    if i < 30 { 10.0 } else { 50.0 },
                )
            })
            .collect();
        d.usage
            .0
            .insert(ACTIVE_USERS.into(), Series::from_points(points));
        let freshness = DataFreshness {
            tickets: Some(day(11, 22)),
            usage: Some(day(11, 22)),
        };
        d.account.contract_start = Some(day(11, 12));
        let young = words(&d, freshness, &rules);
        assert!(
            young.contains("Not yet a customer on 2026-10-23") && !young.contains("→  2026"),
            "{young}"
        );
        d.account.contract_start = Some(day(1, 1));
        let old = words(&d, freshness, &rules);
        assert!(
            old.contains("→  2026-11-22") && old.contains("To healthy"),
            "{old}"
        );
        let (id, account) = ("o".into(), "a".into());
        d.outcomes.push(Outcome {
            id,
            account,
            kind: OutcomeKind::Churned,
            date: Some(day(11, 20)),
            reason: String::new(),
            comment: String::new(),
            amount: None,
            settles: None,
            oddities: vec![],
        });
        let gone = words(&d, freshness, &rules);
        assert!(
            !gone.contains("To healthy") && gone.contains("2026-11-20"),
            "{gone}"
        );
        // An export may record a churn without its day.
        d.outcomes[0].date = None;
        let gone = words(&d, freshness, &rules);
        assert!(
            !gone.contains("To healthy") && gone.contains("churned, date unknown"),
            "{gone}"
        );
        // A dated outcome goes before an undated one.
        d.outcomes.push(Outcome {
            id: "p".into(),
            kind: OutcomeKind::Renewed,
            date: Some(day(11, 1)),
            ..d.outcomes[0].clone()
        });
        assert!(words(&d, freshness, &rules).contains("To healthy"));
    }

    #[test]
    fn a_dimension_without_weight_gives_no_points() {
        let rules = Policy {
            weights: [1.0, 1.0, 1.0, 1.0, 0.0, 1.0],
            overrides: vec![],
            ..Config::load(None).0.policy
        };
        let mut d = Dossier::new(Account::new("a".into(), "A"));
        d.account.goals.push(Goal {
            text: "Go live".into(),
            status: GoalStatus::Reached,
            due: None,
            reached: None,
        });
        let s = score(
            &d,
            DataFreshness::default(),
            &rules,
            day(11, 22),
            Zone::utc(),
        );
        assert_eq!(
            (
                s.score,
                s.parts[Dimension::Outcomes.index()].score.is_some()
            ),
            (None, true)
        );
        assert_eq!(
            (s.points(Dimension::Outcomes), s.share(Dimension::Outcomes)),
            (None, 0.0)
        );
        let words = words(&d, DataFreshness::default(), &rules);
        assert!(!words.contains("NaN"), "{words}");
    }
}
