//! Tables for the score: what is known counts, what is not is left out.

use chrono::{Duration, NaiveDate};

use super::{Band, Dimension, Fact, Input, Score, band_of, score};
use crate::domain::account::{Account, HealthOverride, Verdict};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::dossier::Dossier;
use crate::domain::facts::feedback::{Survey, SurveyKind};
use crate::domain::facts::ticket::{Priority, Status, Ticket};
use crate::domain::facts::usage::{ACTIVE_USERS, Series, day_number};
use crate::domain::freshness::DataFreshness;
use crate::domain::policy::Policy;
use crate::domain::when::Zone;

fn day(m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, m, d).expect("day")
}

fn policy() -> Policy {
    Policy {
        weights: [40.0, 20.0, 10.0, 15.0, 10.0, 5.0],
        overrides: vec![],
        red_max: 50,
        yellow_max: 75,
        min_coverage: 40,
        new_coverage: 60,
        new_days: 30,
        mood_caps: true,
        stale_share: 0.5,
        usage_unknown: 60,
        support_unknown: 30,
        sentiment_unknown: 120,
        survey_unknown: 180,
        engaged_priority: (35, 60),
        engaged_others: (65, 90),
        tier_arr: vec![],
        tier_seats: [500, 100, 10],
    }
}

fn dossier() -> Dossier {
    Dossier::new(Account::new("a".into(), "A"))
}

fn scored(d: &Dossier) -> Score {
    score(
        d,
        DataFreshness {
            tickets: d
                .tickets
                .iter()
                .filter_map(|t| t.opened)
                .map(|o| o.date_naive())
                .max(),
            usage: d.usage.last_day(),
        },
        &policy(),
        day(11, 22),
        Zone::utc(),
    )
}

fn flat_usage(d: &mut Dossier, from: f64, to: f64) {
    let end = day_number(day(11, 22));
    let points = (0..60)
        .map(|i| (end - i, if i < 30 { to } else { from }))
        .collect();
    d.usage
        .0
        .insert(ACTIVE_USERS.into(), Series::from_points(points));
}

#[test]
fn nothing_known_is_unknown_and_never_green() {
    let s = scored(&dossier());
    assert_eq!((s.score, s.band, s.coverage), (None, Band::Unknown, 0));
}

#[test]
fn missing_dimensions_are_left_out_not_zero() {
    let mut d = dossier();
    flat_usage(&mut d, 50.0, 55.0);
    let s = scored(&d);
    assert_eq!(s.parts[Dimension::Usage.index()].score, Some(100));
    assert_eq!((s.score, s.coverage, s.band), (Some(100), 40, Band::Green));
    assert_eq!(s.points(Dimension::Usage), Some(100.0));
    assert_eq!(s.points(Dimension::Support), None);
}

#[test]
fn too_little_coverage_is_unknown_however_good_the_rest() {
    let mut d = dossier();
    d.surveys.push(Survey {
        id: "s".into(),
        account: "a".into(),
        kind: SurveyKind::Nps,
        score: 10.0,
        date: Some(day(11, 1)),
        respondent: String::new(),
        comment: String::new(),
        oddities: vec![],
    });
    let s = scored(&d);
    assert_eq!(
        (s.score, s.coverage, s.band),
        (Some(100), 15, Band::Unknown)
    );
}

#[test]
fn a_fall_of_a_third_is_red_and_says_so() {
    let mut d = dossier();
    flat_usage(&mut d, 60.0, 40.0);
    let s = scored(&d);
    assert_eq!(s.band, Band::Red);
    assert!(
        matches!(s.facts(Dimension::Usage)[0], Fact::UsageChange { before, now, .. } if before == 60.0 && now == 40.0)
    );
}

#[test]
fn old_usage_is_unknown_not_low() {
    let mut d = dossier();
    flat_usage(&mut d, 60.0, 60.0);
    let s = score(
        &d,
        DataFreshness::default(),
        &policy(),
        day(11, 22) + Duration::days(61),
        Zone::utc(),
    );
    assert_eq!(s.parts[0].score, None);
    assert_eq!(
        s.facts(Dimension::Usage),
        vec![Fact::UsageStale { days: 61 }]
    );
}

#[test]
fn an_escalated_ticket_costs_and_a_later_one_is_not_known_yet() {
    let mut d = dossier();
    let opened = day(11, 10).and_hms_opt(3, 0, 0).expect("time").and_utc();
    d.tickets.push(Ticket {
        id: "t".into(),
        account: "a".into(),
        subject: "down".into(),
        body: String::new(),
        status: Status::Open,
        priority: Priority::High,
        opened: Some(opened),
        first_answer: None,
        solved: None,
        escalated: true,
        category: String::new(),
        requester: String::new(),
        csat: None,
        oddities: vec![],
    });
    let s = scored(&d);
    assert_eq!(s.parts[Dimension::Support.index()].score, Some(45));
    let before = score(
        &d,
        DataFreshness {
            tickets: Some(day(11, 10)),
            usage: None,
        },
        &policy(),
        day(11, 9),
        Zone::utc(),
    );
    assert_eq!(before.parts[Dimension::Support.index()].score, Some(80));
}

#[test]
fn points_add_up_to_the_score() {
    let mut d = dossier();
    flat_usage(&mut d, 60.0, 50.0);
    d.surveys.push(Survey {
        id: "s".into(),
        account: "a".into(),
        kind: SurveyKind::Nps,
        score: 7.0,
        date: Some(day(11, 1)),
        respondent: String::new(),
        comment: String::new(),
        oddities: vec![],
    });
    let s = scored(&d);
    let sum: f64 = Dimension::ALL.iter().filter_map(|d| s.points(*d)).sum();
    assert!((sum - f64::from(s.score.expect("scored"))).abs() < 1.0);
}

#[test]
fn a_new_account_needs_more_before_it_has_a_band() {
    let mut d = dossier();
    flat_usage(&mut d, 50.0, 55.0);
    d.account.contract_start = Some(day(11, 1));
    assert_eq!(scored(&d).band, Band::Unknown);
}

#[test]
fn a_bad_talk_keeps_an_account_from_green_and_says_so() {
    use crate::domain::checkin::wrapup::Wrapup;
    use crate::domain::checkin::{Checkin, Event, EventKind, Kind};
    let mut d = dossier();
    flat_usage(&mut d, 50.0, 55.0);
    let at =
        |d: u32| chrono::TimeZone::with_ymd_and_hms(&chrono::Utc, 2026, 11, d, 9, 0, 0).unwrap();
    d.checkins.push(Checkin {
        id: "k".into(),
        account: "a".into(),
        kind: Kind::Health,
        template: "standard".into(),
        title: None,
        author: "me".into(),
        created: at(20),
        sections: vec![],
        events: vec![
            Event {
                at: at(20),
                what: EventKind::Started,
            },
            Event {
                at: at(20),
                what: EventKind::Ended,
            },
        ],
        notes: vec![],
        prepared: None,
        noted: None,
        wrapup: Wrapup {
            sentiment: Some(Sentiment::Frustrated),
            ..Wrapup::default()
        },
    });
    // Little weight on how it felt, so that the numbers alone say green.
    let mut lenient = policy();
    lenient.weights = [90.0, 5.0, 1.0, 2.0, 1.0, 1.0];
    let feeds = DataFreshness {
        tickets: None,
        usage: d.usage.last_day(),
    };
    let s = score(&d, feeds, &lenient, day(11, 22), Zone::utc());
    assert_eq!(
        (s.band, s.held.as_ref().map(|h| h.by_numbers)),
        (Band::Yellow, Some(Band::Green))
    );
    assert!(
        s.score.is_some_and(|n| n > 75),
        "the number stays what it is"
    );
    let free = Policy {
        mood_caps: false,
        ..lenient.clone()
    };
    assert_eq!(
        score(&d, feeds, &free, day(11, 22), Zone::utc()).band,
        Band::Green
    );
    // Before the talk nobody knew.
    assert_eq!(
        score(&d, feeds, &lenient, day(11, 19), Zone::utc()).held,
        None
    );
}

#[test]
fn a_ruling_stands_until_it_expires_and_shows_the_numbers_beside_it() {
    let mut d = dossier();
    flat_usage(&mut d, 50.0, 55.0);
    let health_override = |verdict| {
        Some(HealthOverride {
            verdict,
            reason: "the sponsor told us".into(),
            author: "sato".into(),
            set: day(11, 10),
            until: Some(day(11, 22)),
        })
    };
    d.account.health_override = health_override(Verdict::Red).map(Box::new);
    let on = |d: &Dossier, day| {
        score(
            d,
            DataFreshness {
                tickets: None,
                usage: d.usage.last_day(),
            },
            &policy(),
            day,
            Zone::utc(),
        )
    };
    let s = on(&d, day(11, 22));
    assert_eq!(
        (s.band, s.held.map(|h| h.by_numbers)),
        (Band::Red, Some(Band::Green))
    );
    assert_eq!(on(&d, day(11, 23)).held, None, "expired");
    assert_eq!(on(&d, day(11, 9)).held, None, "not said yet");
    d.account.health_override = health_override(Verdict::Lost).map(Box::new);
    assert!(on(&d, day(11, 20)).is_accepted_loss());
}

#[test]
fn the_way_to_green_leads_to_green_and_no_farther() {
    let mut d = dossier();
    flat_usage(&mut d, 50.0, 30.0);
    let s = scored(&d);
    assert_ne!(s.band, Band::Green);
    let way = s.to_green(&policy());
    let mut there = s.clone();
    for (dimension, from, to) in &way {
        assert!(to > from);
        there.parts[dimension.index()].score = Some(*to);
    }
    let sum: f64 = Dimension::ALL.iter().filter_map(|d| there.points(*d)).sum();
    assert_eq!(
        band_of(sum.round() as u8, &policy()),
        Band::Green,
        "{way:?}"
    );
    flat_usage(&mut d, 50.0, 55.0);
    assert_eq!(scored(&d).to_green(&policy()), vec![]);
    assert_eq!(scored(&dossier()).to_green(&policy()), vec![]);
}

#[test]
fn monthly_numbers_are_compared_month_by_month_and_nobody_is_missing_between_them() {
    let mut d = dossier();
    let first = |m: u32| day_number(day(m, 1));
    d.usage.0.insert(
        ACTIVE_USERS.into(),
        Series::from_points(
            (1..=11)
                .map(|m| (first(m), if m == 3 { 20.0 } else { 40.0 }))
                .collect(),
        ),
    );
    // The last day of November, the next number due tomorrow: other accounts' data is as old.
    let on = |m, dd| {
        score(
            &d,
            DataFreshness {
                tickets: None,
                usage: Some(day(m, dd)),
            },
            &policy(),
            day(m, dd),
            Zone::utc(),
        )
    };
    let november = on(11, 30);
    assert!(
        !november
            .facts(Dimension::Usage)
            .iter()
            .any(|f| matches!(f, Fact::NoUseFor { .. })),
        "{november:?}"
    );
    assert_eq!(
        november.parts[Dimension::Usage.index()].score,
        Some(80),
        "no change"
    );
    // March against February, though February is short.
    let march = on(3, 10).facts(Dimension::Usage);
    assert!(
        march.contains(&Fact::UsageChange {
            metric: ACTIVE_USERS.into(),
            before: 40.0,
            now: 20.0
        }),
        "{march:?}"
    );
}

#[test]
fn data_grows_stale_then_unknown_and_says_so() {
    let mut d = dossier();
    flat_usage(&mut d, 50.0, 50.0);
    d.contacts.clear();
    let on = |days: i64| {
        let day = day(11, 22) + Duration::days(days);
        score(
            &d,
            DataFreshness {
                tickets: None,
                usage: Some(day),
            },
            &Policy {
                usage_unknown: 60,
                ..policy()
            },
            day,
            Zone::utc(),
        )
    };
    assert_eq!(
        (on(0).coverage, on(30).coverage),
        (40, 40),
        "fresh for half of the time"
    );
    let stale = on(45);
    assert!((20..40).contains(&stale.coverage), "{stale:?}");
    assert!(
        stale.facts(Dimension::Usage).iter().any(|f| matches!(
            f,
            Fact::Ageing {
                input: Input::Usage,
                days: 45,
                percent: 75
            }
        )),
        "{stale:?}"
    );
    assert_eq!(
        (
            on(61).coverage,
            on(61).parts[Dimension::Usage.index()].score
        ),
        (0, None)
    );
    for (a, b) in (0..62).zip(1..) {
        assert!(
            on(b).coverage <= on(a).coverage,
            "coverage never rises with age"
        );
    }
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    /// Any mixture of data, some of it of the future, some of it nonsense.
    fn any_dossier() -> impl Strategy<Value = Dossier> {
        let usage = proptest::collection::vec((0..200_i32, 0.0..500.0_f64), 0..80);
        let surveys = proptest::collection::vec((-20..300_i64, -2.0..13.0_f64), 0..6);
        let tickets = proptest::collection::vec(
            (-5..200_i64, 0..3_000_i64, any::<bool>(), any::<bool>()),
            0..12,
        );
        (
            usage,
            surveys,
            tickets,
            proptest::option::of(-30..900_i64),
            proptest::option::of(0..400_u32),
        )
            .prop_map(|(usage, surveys, tickets, start, seats)| {
                let mut d = dossier();
                let end = day_number(day(11, 22));
                d.account.contract_start = start.map(|s| day(11, 22) - Duration::days(s));
                d.account.seats = seats;
                if !usage.is_empty() {
                    d.usage.0.insert(
                        ACTIVE_USERS.into(),
                        Series::from_points(
                            usage
                                .into_iter()
                                .map(|(ago, v)| (end + 5 - ago, v.round()))
                                .collect(),
                        ),
                    );
                }
                for (i, (ago, score)) in surveys.into_iter().enumerate() {
                    let id = format!("s{i}");
                    let date = Some(day(11, 22) - Duration::days(ago));
                    d.surveys.push(Survey {
                        id: id.as_str().into(),
                        account: "a".into(),
                        kind: SurveyKind::Nps,
                        score,
                        date,
                        respondent: String::new(),
                        comment: String::new(),
                        oddities: vec![],
                    });
                }
                for (i, (ago, hours, solved, escalated)) in tickets.into_iter().enumerate() {
                    let id = format!("t{i}");
                    let opened = day(11, 22).and_hms_opt(9, 0, 0).expect("time").and_utc()
                        - Duration::days(ago);
                    d.tickets.push(Ticket {
                        id: id.as_str().into(),
                        account: "a".into(),
                        subject: String::new(),
                        body: String::new(),
                        status: if solved { Status::Solved } else { Status::Open },
                        priority: Priority::Normal,
                        opened: Some(opened),
                        first_answer: None,
                        solved: solved.then(|| opened + Duration::hours(hours)),
                        escalated,
                        category: String::new(),
                        requester: String::new(),
                        csat: None,
                        oddities: vec![],
                    });
                }
                d
            })
    }

    proptest! {
        #[test]
        fn a_score_is_of_a_hundred_and_its_points_add_up(d in any_dossier()) {
            let s = scored(&d);
            prop_assert!(s.coverage <= 100 && s.score.is_none_or(|n| n <= 100));
            // Exactly then there is none: nothing is known, or too little of an account's first days.
            let young = d.account.contract_start.is_some_and(|c| c <= day(11, 22) && day(11, 22) < c + Duration::days(30));
            prop_assert_eq!(s.score.is_none(), s.coverage == 0 || (young && s.coverage < 60));
            let points: f64 = Dimension::ALL.iter().filter_map(|dim| s.points(*dim)).sum();
            prop_assert!(s.score.is_none_or(|n| (f64::from(n) - points).abs() <= 0.5 + 1e-9));
            prop_assert_eq!(scored(&d), s, "the same data, the same score");
        }

        #[test]
        fn taking_data_away_never_raises_coverage(d in any_dossier()) {
            let whole = scored(&d).coverage;
            let mut less = d.clone();
            less.usage = Default::default();
            prop_assert!(scored(&less).coverage <= whole);
            less.surveys.clear();
            prop_assert!(scored(&less).coverage <= whole);
            less.tickets.clear();
            prop_assert!(scored(&less).coverage <= whole);
        }

        /// Where the rule only falls, the score does: a worse answer of the same person, a talk longer
        /// ago, a meeting missed, an open ticket escalated.
        #[test]
        fn what_is_worse_never_scores_better(d in any_dossier(), answer in 0.0..10.0_f64, worse in 0.0..10.0_f64, spoke in 0..200_i64, longer in 0..200_i64) {
            let with = |answer: f64, spoke: i64, missed: usize, escalated: bool| {
                let mut d = d.clone();
                let touch = |id: &str, days: i64, attendance: &str| -> crate::domain::facts::touch::Touch {
                    let at = day(11, 22).and_hms_opt(9, 0, 0).expect("time").and_utc() - Duration::days(days);
                    serde_json::from_value(serde_json::json!({ "id": id, "account": "a", "kind": "call", "at": at, "attendance": attendance })).expect("a touch")
                };
                d.touches.push(touch("spoke", spoke, "held"));
                (0..missed).for_each(|i| d.touches.push(touch(&format!("missed{i}"), 10, "no-show")));
                let survey = serde_json::json!({ "id": "said", "account": "a", "kind": "nps", "score": answer, "date": day(11, 1), "respondent": "Ken" });
                d.surveys.push(serde_json::from_value(survey).expect("a survey"));
                if escalated {
                    d.tickets.iter_mut().for_each(|t| t.escalated = true);
                }
                scored(&d)
            };
            let low = answer.min(worse);
            let base = with(answer, spoke, 0, false);
            for other in [with(low, spoke, 0, false), with(answer, spoke + longer, 0, false), with(answer, spoke, 2, false), with(answer, spoke, 0, true)] {
                prop_assert!(other.score <= base.score, "{:?} > {:?}", other.score, base.score);
                prop_assert_eq!(other.coverage, base.coverage);
            }
        }

        /// What is dated later says nothing of a day: the past looked at from then and from now is the same.
        #[test]
        fn the_future_says_nothing_of_today(d in any_dossier()) {
            use crate::domain::recorded::AsOf;
            let (on, feeds) = (day(9, 1), DataFreshness { tickets: Some(day(9, 1)), usage: Some(day(9, 1)) });
            let then = d.as_of(&AsOf::new(on, Zone::utc(), false));
            let from = |d: &Dossier| score(d, feeds, &policy(), on, Zone::utc());
            prop_assert_eq!(from(&then), from(&d));
        }
    }
}

#[test]
fn a_newsletter_that_was_not_opened_is_no_missed_meeting() {
    let touch = |n: i64, kind: &str, attendance: &str| {
        let at = Zone::utc().instant(
            (day(11, 20) - chrono::Duration::days(n))
                .and_hms_opt(9, 0, 0)
                .expect("time"),
        );
        serde_json::from_value(serde_json::json!({ "id": format!("t{n}"), "account": "a", "kind": kind, "at": at, "attendance": attendance })).expect("a touch")
    };
    let missed = |touches: Vec<crate::domain::facts::touch::Touch>| {
        let mut d = dossier();
        d.touches = touches;
        let s = scored(&d);
        s.facts(Dimension::Relationship).into_iter().find_map(|f| {
            if let Fact::Missed { count } = f {
                Some(count)
            } else {
                None
            }
        })
    };
    assert_eq!(
        missed((0..6).map(|n| touch(n, "email", "no-show")).collect()),
        None
    );
    assert_eq!(
        missed(vec![
            touch(1, "meeting", "no-show"),
            touch(2, "training", "declined"),
            touch(3, "meeting", "moved"),
            touch(4, "chat", "no-show")
        ]),
        Some(2)
    );
}
