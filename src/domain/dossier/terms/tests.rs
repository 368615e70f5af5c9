//! The status of each term, and what settles it.

use super::*;
use crate::domain::account::Account;
use crate::domain::facts::outcome::Settles;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn sub(id: &str, start: &str, end: &str) -> Subscription {
    let json = format!(r#"{{"id":"{id}","account":"a","start":"{start}","end":"{end}"}}"#);
    serde_json::from_str(&json).expect("a subscription")
}

fn outcome(kind: OutcomeKind, date: &str) -> Outcome {
    let json = format!(
        r#"{{"id":"o{date}","account":"a","kind":"{}","date":"{date}"}}"#,
        kind.key()
    );
    serde_json::from_str(&json).expect("an outcome")
}

fn by_hand(kind: OutcomeKind, contract: Option<&str>, ends_on: &str, decided: &str) -> Outcome {
    Outcome {
        settles: Some(Settles {
            agreed: None,
            open_ended: false,
            contract: contract.map(Into::into),
            ends_on: day(ends_on),
            due: None,
            value: None,
            until: None,
            cause: None,
            rival: String::new(),
            said_by: String::new(),
            by_import: false,
        }),
        ..outcome(kind, decided)
    }
}

fn with(subscriptions: Vec<Subscription>, outcomes: Vec<Outcome>) -> Dossier {
    let mut d = Dossier::new(Account::new("a".into(), "A"));
    (d.subscriptions, d.outcomes) = (subscriptions, outcomes);
    d
}

fn statuses(d: &Dossier, on: &str) -> Vec<Status> {
    let all = terms(d);
    let on = TermsOn::new(d, day(on), None);
    all.iter().map(|t| on.status(t)).collect()
}

#[test]
fn a_term_has_one_status() {
    let term = || sub("s", "2025-04-01", "2026-03-31");
    let on = "2026-04-10";
    let alone = with(vec![term()], vec![]);
    assert_eq!(
        statuses(&alone, "2026-03-31"),
        [Status::Open],
        "the last day is paid"
    );
    assert_eq!(statuses(&alone, "2026-04-01"), [Status::Overdue]);
    let itself = Subscription {
        auto_renew: Some(true),
        ..term()
    };
    assert_eq!(
        statuses(&with(vec![itself], vec![]), on),
        [Status::Unconfirmed]
    );
    let next = sub("t", "2026-04-01", "2027-03-31");
    let joined = with(vec![term(), next], vec![]);
    assert_eq!(statuses(&joined, on), [Status::Renewed, Status::Open]);
    let beside = Subscription {
        plan: "other".into(),
        ..sub("t", "2025-09-01", "2026-08-31")
    };
    let both = with(vec![term(), beside], vec![]);
    assert_eq!(statuses(&both, on), [Status::Overdue, Status::Open]);
    let late = sub("t", "2026-06-01", "2027-05-31");
    let returned = with(vec![term(), late], vec![]);
    assert_eq!(
        statuses(&returned, "2026-06-10"),
        [Status::Overdue, Status::Open],
        "a gap"
    );
    let first = Some(day("2026-05-01"));
    let t = &terms(&alone)[0];
    assert_eq!(
        TermsOn::new(&alone, day("2026-05-02"), first).status(t),
        Status::BeforeUse
    );
}

#[test]
fn an_outcome_settles_its_term_and_a_hand_made_one_stands_over_imports() {
    let term = || vec![sub("s", "2025-04-01", "2026-03-31")];
    let on = "2026-04-10";
    for (kind, status) in [
        (OutcomeKind::Renewed, Status::Renewed),
        (OutcomeKind::Downgraded, Status::Renewed),
        (OutcomeKind::Churned, Status::Lost),
        (OutcomeKind::Extended, Status::Extended),
    ] {
        let imported = with(term(), vec![outcome(kind, "2026-03-05")]);
        assert_eq!(statuses(&imported, on), [status]);
        let hand = by_hand(kind, Some("s"), "2026-03-31", "2026-02-01");
        let said = with(term(), vec![hand.clone()]);
        assert_eq!(statuses(&said, on), [status]);
        let other = match kind {
            OutcomeKind::Churned => OutcomeKind::Renewed,
            _ => OutcomeKind::Churned,
        };
        let both = with(term(), vec![outcome(other, "2026-03-30"), hand]);
        assert_eq!(statuses(&both, on), [status], "by hand");
    }
    let far = with(term(), vec![outcome(OutcomeKind::Renewed, "2025-06-01")]);
    assert_eq!(statuses(&far, on), [Status::Overdue], "of the term before");
    let other = by_hand(OutcomeKind::Renewed, Some("t"), "2026-03-31", "2026-02-01");
    assert_eq!(statuses(&with(term(), vec![other]), on), [Status::Overdue]);
}

#[test]
fn a_decided_loss_is_still_paid_until_its_last_day() {
    let lost = by_hand(OutcomeKind::Churned, Some("s"), "2026-03-31", "2026-01-31");
    let d = with(vec![sub("s", "2025-04-01", "2026-03-31")], vec![lost]);
    assert_eq!(churned(&d, day("2026-02-10")), None);
    assert_eq!(churned(&d, day("2026-03-31")), None);
    assert_eq!(
        churned(&d, day("2026-04-01")),
        Some(Left::On(day("2026-03-31")))
    );
    assert_eq!(statuses(&d, "2026-02-10"), [Status::Lost]);
}

#[test]
fn the_fields_of_an_account_are_one_contract_where_there_is_no_other() {
    let mut d = with(vec![], vec![]);
    d.account.renewal = Some(day("2026-04-01"));
    d.account.term_months = Some(6);
    let all = terms(&d);
    assert_eq!((all.len(), all[0].ends_on), (1, day("2026-03-31")));
    assert_eq!(all[0].next_end(), day("2026-09-30"));
    assert_eq!(statuses(&d, "2026-04-01"), [Status::Overdue]);
    d.outcomes = vec![by_hand(
        OutcomeKind::Renewed,
        None,
        "2026-03-31",
        "2026-04-02",
    )];
    assert_eq!(statuses(&d, "2026-04-02"), [Status::Renewed]);
    d.subscriptions = vec![sub("s", "2025-04-01", "2026-03-31")];
    assert_eq!(
        terms(&d)[0].contract(),
        Some(&"s".into()),
        "a contract is the truth"
    );
}

#[test]
fn the_next_term_is_as_long_as_this_one() {
    for (start, end, next) in [
        ("2025-04-01", "2026-03-31", "2027-03-31"),
        ("2025-01-31", "2025-02-27", "2025-03-30"),
        ("2024-03-01", "2025-02-28", "2026-02-28"),
        ("2025-12-01", "2026-02-28", "2026-05-31"),
        // Not whole months: a year.
        ("2025-12-05", "2026-02-17", "2027-02-17"),
    ] {
        let d = with(vec![sub("s", start, end)], vec![]);
        assert_eq!(terms(&d)[0].next_end(), day(next), "{start} to {end}");
    }
}

#[test]
fn a_subscription_takes_over_from_one_only() {
    let plan = |s: Subscription, plan: &str| Subscription {
        plan: plan.into(),
        ..s
    };
    let two = vec![
        plan(sub("a", "2025-04-01", "2026-03-31"), "Core"),
        plan(sub("b", "2025-04-01", "2026-03-31"), "Plus"),
        plan(sub("c", "2026-04-01", "2027-03-31"), "Plus"),
    ];
    let d = with(two, vec![]);
    let on = TermsOn::new(&d, day("2026-04-10"), None);
    let all = terms(&d);
    let statuses: Vec<Status> = all.iter().map(|t| on.status(t)).collect();
    assert_eq!(
        statuses,
        [Status::Overdue, Status::Renewed, Status::Open],
        "its own plan first"
    );
}

#[test]
fn a_lost_contract_takes_no_other_along() {
    let lost = by_hand(
        OutcomeKind::Churned,
        Some("add-on"),
        "2026-03-31",
        "2026-02-01",
    );
    let d = with(
        vec![
            sub("add-on", "2025-04-01", "2026-03-31"),
            sub("core", "2025-04-11", "2026-04-10"),
        ],
        vec![lost],
    );
    assert_eq!(statuses(&d, "2026-04-20"), [Status::Lost, Status::Overdue]);
    assert_eq!(churned(&d, day("2026-04-20")), None);
    let also = by_hand(
        OutcomeKind::Churned,
        Some("core"),
        "2026-04-10",
        "2026-04-01",
    );
    let d = Dossier {
        outcomes: [d.outcomes.clone(), vec![also]].concat(),
        ..d
    };
    assert_eq!(
        churned(&d, day("2026-04-20")),
        Some(Left::On(day("2026-04-10")))
    );
}

#[test]
fn an_imported_outcome_is_of_the_nearest_term_only() {
    let two = || {
        vec![
            sub("a", "2025-04-01", "2026-03-31"),
            sub("b", "2025-06-01", "2026-05-31"),
        ]
    };
    let d = with(two(), vec![outcome(OutcomeKind::Churned, "2026-04-02")]);
    assert_eq!(statuses(&d, "2026-04-20"), [Status::Lost, Status::Open]);
    let d = with(two(), vec![outcome(OutcomeKind::Expanded, "2026-01-10")]);
    assert_eq!(
        statuses(&d, "2026-04-20"),
        [Status::Overdue, Status::Open],
        "within the term"
    );
}

#[test]
fn more_seats_within_a_term_are_no_renewal() {
    let d = with(
        vec![
            sub("s", "2025-12-01", "2026-11-30"),
            sub("seats", "2026-06-01", "2027-05-31"),
        ],
        vec![],
    );
    assert_eq!(statuses(&d, "2026-07-01"), [Status::Open, Status::Open]);
    assert_eq!(statuses(&d, "2026-12-02"), [Status::Overdue, Status::Open]);
}

#[test]
fn an_extension_is_as_long_as_the_contract_it_extends() {
    let mut bridge = by_hand(OutcomeKind::Extended, Some("s"), "2026-10-31", "2026-10-20");
    bridge.settles.as_mut().expect("of a term").until = Some(day("2026-11-30"));
    let d = with(
        vec![
            sub("s", "2025-11-01", "2026-10-31"),
            sub("t", "2026-11-01", "2026-11-30"),
        ],
        vec![bridge],
    );
    let all = terms(&d);
    assert_eq!(
        (all[1].months, all[1].next_end()),
        (Some(12), day("2027-11-30"))
    );
}

#[test]
fn a_later_loss_is_news_and_an_undated_one_closes_nothing() {
    let renewed = || by_hand(OutcomeKind::Renewed, Some("s"), "2026-03-31", "2026-03-20");
    let ended = || vec![sub("s", "2025-04-01", "2026-03-31")];
    for (date, left) in [
        ("2026-03-30", None),
        ("2026-05-20", Some(Left::On(day("2026-05-20")))),
    ] {
        let d = with(
            ended(),
            vec![renewed(), outcome(OutcomeKind::Churned, date)],
        );
        assert_eq!(churned(&d, day("2026-06-10")), left, "{date}");
    }
    let undated = Outcome {
        date: None,
        ..outcome(OutcomeKind::Churned, "2026-01-01")
    };
    assert_eq!(
        statuses(&with(ended(), vec![undated]), "2026-04-20"),
        [Status::Overdue]
    );
}
