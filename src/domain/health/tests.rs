//! Tables for the score: known data counts, unknown data is left out.

use chrono::{Duration, NaiveDate};

use super::{Band, Dimension, Fact, Input, Per, Score, score};
use crate::domain::account::Account;
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
        curves: crate::domain::curves::Curves::default(),
        profile: None,
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
fn an_account_without_data_is_unknown_and_never_green() {
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
fn usage_down_by_a_third_is_red_with_the_fact() {
    let mut d = dossier();
    flat_usage(&mut d, 60.0, 40.0);
    let s = scored(&d);
    assert_eq!(s.band, Band::Red);
    assert!(
        matches!(s.facts(Dimension::Usage)[0], Fact::Level { best, now, .. } if best == 60.0 && now == 40.0)
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
fn an_escalated_ticket_lowers_the_score_from_its_day_on() {
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
        resolution: String::new(),
        csat: None,
        oddities: vec![],
    });
    let s = scored(&d);
    assert_eq!(s.parts[Dimension::Support.index()].score, Some(53));
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
    // No tickets are no merit.
    assert_eq!(before.parts[Dimension::Support.index()].score, None);
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
    let mean = s.capped.map_or(s.score, |c| Some(c.mean));
    assert!((sum - f64::from(mean.expect("scored"))).abs() < 1.0);
}

#[test]
fn a_new_account_needs_more_before_it_has_a_band() {
    let mut d = dossier();
    flat_usage(&mut d, 50.0, 55.0);
    d.account.contract_start = Some(day(11, 1));
    assert_eq!(scored(&d).band, Band::Unknown);
}

#[test]
fn monthly_values_are_compared_by_month_and_leave_no_gap() {
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
    // The last day of November with the next number due tomorrow: other accounts' data is as old.
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
        Some(100),
        "as good as at its best"
    );
    // March against the shorter February.
    let march = on(3, 10).facts(Dimension::Usage);
    assert!(
        matches!(march[0], Fact::Level { now, per: Per::Month, .. } if now == 20.0),
        "{march:?}"
    );
}

#[test]
fn data_becomes_stale_then_unknown_with_the_fact() {
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

mod facts;
mod held;
mod profile;
mod properties;
mod support;

#[test]
fn an_unopened_newsletter_is_no_missed_meeting() {
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
