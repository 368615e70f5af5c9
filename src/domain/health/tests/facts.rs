//! Bad news never raises the score, good news never lowers it, for every kind of fact.

use super::properties::any_dossier;
use super::*;
use crate::domain::account::{Goal, GoalStatus};
use crate::domain::profile::{Column, Profile};
use proptest::prelude::*;
use serde_json::json;

fn put<T: serde::de::DeserializeOwned>(list: &mut Vec<T>, value: serde_json::Value) {
    list.push(serde_json::from_value(value).expect("a record"));
}

/// Adds a fact. Each has its own sort of record, and names no person or issue that is known.
type Adds = fn(&mut Dossier);

fn ticket(d: &mut Dossier, priority: &str, days: u32, escalated: bool) {
    let opened = day(11, 22 - days);
    put(
        &mut d.tickets,
        json!({ "id": "new", "account": "a", "subject": "Alarm bell", "status": "open", "priority": priority, "opened": format!("{opened}T01:00:00Z"), "escalated": escalated }),
    );
}

fn survey(d: &mut Dossier, kind: &str, score: f64) {
    put(
        &mut d.surveys,
        json!({ "id": "new", "account": "a", "kind": kind, "score": score, "date": day(11, 20), "respondent": "Somebody new" }),
    );
}

fn talk(d: &mut Dossier, attendance: &str, sentiment: Option<&str>) {
    put(
        &mut d.touches,
        json!({ "id": "new", "account": "a", "kind": "meeting", "at": "2026-11-21T01:00:00Z", "attendance": attendance, "sentiment": sentiment }),
    );
}

fn goal(d: &mut Dossier, status: GoalStatus) {
    d.account.goals.push(Goal {
        text: "new".into(),
        status,
        due: None,
        reached: None,
    });
}

fn subscription(d: &mut Dossier) {
    put(
        &mut d.subscriptions,
        json!({ "id": "paid", "account": "a", "start": day(1, 1) }),
    );
}

const BAD: [(&str, Adds); 19] = [
    ("an urgent ticket", |d| ticket(d, "urgent", 0, false)),
    ("an old high ticket", |d| ticket(d, "high", 20, false)),
    ("a normal ticket", |d| ticket(d, "normal", 3, false)),
    ("a low ticket", |d| ticket(d, "low", 1, false)),
    ("an escalated ticket", |d| ticket(d, "normal", 1, true)),
    ("a detractor of 0", |d| survey(d, "nps", 0.0)),
    ("a detractor of 6", |d| survey(d, "nps", 6.0)),
    ("CSAT 1", |d| survey(d, "csat", 1.0)),
    ("CSAT 2", |d| survey(d, "csat", 2.0)),
    ("a frustrated talk", |d| talk(d, "held", Some("frustrated"))),
    ("a disappointed talk", |d| {
        talk(d, "held", Some("disappointed"))
    }),
    ("a missed meeting", |d| talk(d, "no-show", None)),
    ("a declined meeting", |d| talk(d, "declined", None)),
    ("a champion who left", |d| {
        put(
            &mut d.contacts,
            json!({ "id": "new", "account": "a", "name": "C", "role": "champion", "status": "left", "since": day(11, 10) }),
        )
    }),
    ("a goal that slipped", |d| goal(d, GoalStatus::Slipped)),
    ("a late payment", |d| {
        d.subscriptions.iter_mut().for_each(|s| s.past_due = true);
    }),
    ("a downgrade", |d| {
        put(
            &mut d.outcomes,
            json!({ "id": "new", "account": "a", "kind": "downgraded", "date": day(11, 1) }),
        )
    }),
    ("a churn", |d| {
        put(
            &mut d.outcomes,
            json!({ "id": "new", "account": "a", "kind": "churned", "date": day(11, 1) }),
        )
    }),
    ("the same issue again", |d| {
        for n in 0..3 {
            put(
                &mut d.tickets,
                json!({ "id": format!("again{n}"), "account": "a", "subject": "Alarm bell", "status": "solved", "priority": "normal", "opened": "2026-11-10T01:00:00Z", "solved": "2026-11-11T01:00:00Z" }),
            );
        }
    }),
];

const GOOD: [(&str, Adds); 7] = [
    ("a promoter of 9", |d| survey(d, "nps", 9.0)),
    ("a promoter of 10", |d| survey(d, "nps", 10.0)),
    ("CSAT 5", |d| survey(d, "csat", 5.0)),
    ("a goal that was reached", |d| goal(d, GoalStatus::Reached)),
    ("an enthusiastic talk", |d| {
        talk(d, "held", Some("enthusiastic"))
    }),
    ("all tickets solved", |d| {
        for t in &mut d.tickets {
            t.status = Status::Solved;
            t.solved = t.solved.or(t.opened.map(|o| o + Duration::hours(1)));
        }
    }),
    ("no ticket escalated", |d| {
        d.tickets.iter_mut().for_each(|t| t.escalated = false)
    }),
];

/// More of what an account may have.
fn any_more() -> impl Strategy<Value = Dossier> {
    let pick = |n: usize| proptest::collection::vec(0..n, 0..4);
    (
        any_dossier(),
        pick(BAD.len()),
        pick(GOOD.len()),
        any::<bool>(),
    )
        .prop_map(|(mut d, bad, good, paid)| {
            if paid {
                subscription(&mut d);
            }
            for (n, adds) in bad
                .iter()
                .map(|i| BAD[*i].1)
                .chain(good.iter().map(|i| GOOD[*i].1))
                .enumerate()
            {
                let known = (d.tickets.len(), d.surveys.len(), d.touches.len());
                adds(&mut d);
                // Whoever is known already is somebody else than the new ones.
                d.tickets[known.0..].iter_mut().for_each(|t| {
                    t.subject = format!(
                        "Issue of its own {}",
                        [
                            "one", "two", "three", "four", "five", "six", "seven", "eight"
                        ][n]
                    )
                });
                d.surveys[known.1..]
                    .iter_mut()
                    .for_each(|s| s.respondent = format!("Known {n}"));
            }
            d
        })
}

/// A profile that makes an account of the plan `basic` as bad or as good as any; often none.
fn any_profile() -> impl Strategy<Value = Option<Profile>> {
    proptest::option::of(
        (0.1..0.8_f64, -4.0..4.0_f64).prop_map(|(share, odds)| Profile {
            share,
            base: 0.0,
            columns: vec![Column {
                name: "plan".into(),
                words: [("basic".to_owned(), odds)].into(),
                ..Column::default()
            }],
        }),
    )
}

/// The points of the parts and of the whole. A score that is not shown counts as well.
fn numbers(s: &Score) -> Vec<Option<f64>> {
    let parts = s.parts.iter().map(|p| p.score.map(|_| p.exact));
    parts.chain([s.exact]).collect()
}

fn compare(
    d: &Dossier,
    profile: Option<&Profile>,
    (name, adds): &(&str, Adds),
    bad: bool,
) -> Result<(), TestCaseError> {
    let mut more = d.clone();
    adds(&mut more);
    let on = |d: &Dossier| {
        let freshness = DataFreshness {
            tickets: Some(day(11, 22)),
            usage: Some(day(11, 22)),
        };
        score(
            d,
            freshness,
            &Policy {
                new_coverage: 0,
                profile: profile.cloned(),
                ..policy()
            },
            day(11, 22),
            Zone::utc(),
        )
    };
    let (before, after) = (on(d), on(&more));
    for (a, b) in numbers(&before).into_iter().zip(numbers(&after)) {
        // A part that was unknown has no former value.
        if let (Some(a), Some(b)) = (a, b) {
            let right = if bad { b <= a + 1e-6 } else { b >= a - 1e-6 };
            prop_assert!(right, "{name}: {a} → {b}\n{before:?}\n{after:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn bad_news_never_raises_a_part_or_the_whole(mut d in any_more(), profile in any_profile()) {
        d.account.plan = "basic".into();
        for fact in &BAD {
            compare(&d, profile.as_ref(), fact, true)?;
        }
    }

    #[test]
    fn good_news_never_lowers_a_part_or_the_whole(mut d in any_more(), profile in any_profile()) {
        d.account.plan = "basic".into();
        // Where nothing but bad news is known, the whole is as good as the worst of it, which may be better
        // than any good news.
        if d.subscriptions.is_empty() {
            subscription(&mut d);
        }
        for fact in &GOOD {
            compare(&d, profile.as_ref(), fact, false)?;
        }
    }
}
