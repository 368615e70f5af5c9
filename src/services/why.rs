//! Why the number is what it is, in words: what the desk and the command line say of it.

use crate::domain::account::Account;
use crate::domain::health::why::Why;
use crate::domain::health::{Fact, Score};
use crate::domain::policy::Policy;
use crate::i18n::{Strings, fill};

fn number(score: Option<u8>) -> String {
    score.map_or_else(|| "--".to_owned(), |n| n.to_string())
}

fn share(points: Option<f64>) -> String {
    points.map_or_else(|| "–".to_owned(), |p| format!("{p:.1}"))
}

/// What one asks about.
pub fn title(t: &Strings, account: &Account, score: &Score) -> String {
    fill(
        t.why_title,
        &[&account.name, &number(score.score), &t.band(score.band)],
    )
}

/// The two scores, what holds the band, the way to green, and each dimension then and now: the ones
/// that moved most come first, as far as anything is known of them.
pub fn lines(t: &Strings, why: &Why, policy: &Policy) -> Vec<String> {
    let mut out = Vec::new();
    match &why.then {
        Some(then) => {
            out.push(fill(
                t.why_then,
                &[
                    &why.before,
                    &number(then.score),
                    &why.day,
                    &number(why.now.score),
                ],
            ));
            out.push(fill(
                t.why_coverage,
                &[
                    &format!("{}%", then.coverage),
                    &format!("{}%", why.now.coverage),
                ],
            ));
        }
        None => out.extend([
            fill(t.why_young, &[&why.before]),
            fill(t.coverage, &[&why.now.coverage]),
        ]),
    }
    out.extend(why.left.map(|left| t.left(left)));
    out.extend(t.held(&why.now));
    out.extend(
        t.to_green(&why.now, policy)
            .filter(|_| why.left.is_none() && !why.now.is_accepted_loss()),
    );
    out.extend(
        why.recorded
            .map(|score| fill(t.why_recorded, &[&why.before, &score])),
    );
    out.extend(why.rules.iter().map(|day| fill(t.why_rules, &[day])));
    for d in why.by_movement() {
        let moved = why.moved(d);
        out.push(String::new());
        let facts = |facts: &[Fact]| {
            facts
                .iter()
                .map(|f| t.fact(f))
                .collect::<Vec<_>>()
                .join(" · ")
        };
        if moved.scores == (None, None) {
            let known: Vec<Fact> = moved.new.iter().chain(&moved.same).cloned().collect();
            out.push(format!(
                "{}  {}",
                t.dimension(d),
                if known.is_empty() {
                    t.no_data.to_owned()
                } else {
                    facts(&known)
                }
            ));
            continue;
        }
        let change = moved
            .change()
            .map(|c| format!("  ({c:+.1})"))
            .unwrap_or_default();
        let values = [
            t.dimension(d),
            &number(moved.scores.0),
            &number(moved.scores.1),
            &share(moved.points.0),
            &share(moved.points.1),
        ];
        let weight = moved
            .weights
            .map(|(then, now)| format!("  {}", fill(t.why_weight, &[&then.round(), &now.round()])))
            .unwrap_or_default();
        out.push(format!(
            "{}{change}{weight}",
            fill(
                t.why_points,
                &values.each_ref().map(|v| v as &dyn std::fmt::Display)
            )
        ));
        if !moved.old.is_empty() {
            out.push(format!(
                "  {}",
                fill(t.why_then_facts, &[&why.before, &facts(&moved.old)])
            ));
        }
        if !moved.new.is_empty() {
            out.push(format!(
                "  {}",
                fill(t.why_now_facts, &[&facts(&moved.new)])
            ));
        }
        if !moved.same.is_empty() {
            out.push(format!(
                "  {}",
                fill(t.why_same_facts, &[&facts(&moved.same)])
            ));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::domain::account::{Goal, GoalStatus};
    use crate::domain::dossier::Dossier;
    use crate::domain::facts::feedback::{Outcome, OutcomeKind};
    use crate::domain::facts::usage::{ACTIVE_USERS, Series, day_number};
    use crate::domain::freshness::DataFreshness;
    use crate::domain::health::why::why;
    use crate::domain::health::{Dimension, score};
    use crate::domain::when::Zone;
    use crate::i18n::Lang;
    use chrono::NaiveDate;

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).expect("day")
    }

    fn words(d: &Dossier, feeds: DataFreshness, rules: &Policy) -> String {
        let why = why(d, feeds, rules, day(11, 22), Zone::utc(), 30);
        lines(Lang::En.strings(), &why, rules).join("\n")
    }

    #[test]
    fn nothing_is_said_of_days_before_the_contract_and_who_left_has_no_way_to_green() {
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
        let feeds = DataFreshness {
            tickets: Some(day(11, 22)),
            usage: Some(day(11, 22)),
        };
        d.account.contract_start = Some(day(11, 12));
        let young = words(&d, feeds, &rules);
        assert!(
            young.contains("No customer yet on 2026-10-23") && !young.contains("→  2026"),
            "{young}"
        );
        d.account.contract_start = Some(day(1, 1));
        let old = words(&d, feeds, &rules);
        assert!(
            old.contains("→  2026-11-22") && old.contains("Green with"),
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
            oddities: vec![],
        });
        let gone = words(&d, feeds, &rules);
        assert!(
            !gone.contains("Green with") && gone.contains("2026-11-20"),
            "{gone}"
        );
        // An export may say that they left, and not when.
        d.outcomes[0].date = None;
        let gone = words(&d, feeds, &rules);
        assert!(
            !gone.contains("Green with") && gone.contains("nobody noted when"),
            "{gone}"
        );
        // What is known with its day goes before what is known without.
        d.outcomes.push(Outcome {
            id: "p".into(),
            kind: OutcomeKind::Renewed,
            date: Some(day(11, 1)),
            ..d.outcomes[0].clone()
        });
        assert!(words(&d, feeds, &rules).contains("Green with"));
    }

    #[test]
    fn what_weighs_nothing_gives_no_points() {
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
