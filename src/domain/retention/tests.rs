//! Movements of value, and that retention is bounded.

use proptest::prelude::*;

use super::*;
use crate::domain::account::Account;
use crate::domain::facts::amendment::Earlier;
use crate::domain::facts::subscription::Subscription;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn yen(minor: i64) -> Money {
    let currency = Currency::parse("JPY").expect("yen");
    Money { minor, currency }
}

fn dollars(minor: i64) -> Money {
    let currency = Currency::parse("USD").expect("dollars");
    Money { minor, currency }
}

fn contract(id: &str, start: &str, end: &str, arr: Money) -> Subscription {
    Subscription {
        start: Some(day(start)),
        end: (!end.is_empty()).then(|| day(end)),
        arr: Some(arr),
        ..Subscription::new(id.into(), "a".into())
    }
}

fn with(subscriptions: Vec<Subscription>) -> Dossier {
    let mut d = Dossier::new(Account::new("a".into(), "A"));
    d.subscriptions = subscriptions;
    d
}

fn movement(subscriptions: Vec<Subscription>) -> Vec<(i64, i64, Movement)> {
    let period = (day("2026-10-01"), day("2026-12-31"));
    let rows = moved(&with(subscriptions), period, None);
    rows.iter()
        .map(|r| (r.before, r.after, r.movement))
        .collect()
}

#[test]
fn a_value_moves_from_the_close_of_the_day_before_to_the_close_of_the_last_day() {
    let until_march = |arr| contract("s", "2026-04-01", "2027-03-31", yen(arr));
    assert_eq!(
        movement(vec![until_march(100)]),
        [(100, 100, Movement::Same)]
    );
    let new = contract("s", "2026-10-01", "2027-09-30", yen(70));
    assert_eq!(
        movement(vec![new]),
        [(0, 70, Movement::New)],
        "its first day is in the period"
    );
    let ended = contract("s", "2025-10-01", "2026-12-30", yen(70));
    assert_eq!(movement(vec![ended.clone()]), [(70, 0, Movement::Lost)]);
    let last = contract("s", "2025-10-01", "2026-12-31", yen(70));
    assert_eq!(
        movement(vec![last]),
        [(70, 70, Movement::Same)],
        "the last day is paid"
    );
    let more = contract("t", "2026-11-01", "", yen(30));
    assert_eq!(
        movement(vec![until_march(100), more.clone()]),
        [(100, 130, Movement::Expanded)]
    );
    assert_eq!(
        movement(vec![until_march(100), ended]),
        [(170, 100, Movement::Contracted)],
        "a part that ends"
    );
    let gone = contract("s", "2024-04-01", "2025-03-31", yen(50));
    assert_eq!(movement(vec![gone, more]), [(0, 30, Movement::Back)]);
}

#[test]
fn two_joined_contracts_do_not_count_twice() {
    let first = contract("s", "2025-10-01", "2026-09-30", yen(100));
    let second = contract("t", "2026-10-01", "2027-09-30", yen(100));
    let d = with(vec![first, second]);
    for on in ["2026-09-30", "2026-10-01"] {
        assert_eq!(value_on(&d, day(on)).single(), Some(yen(100)), "{on}");
    }
}

#[test]
fn a_change_within_a_term_counts_from_its_day() {
    let mut s = contract("s", "2026-04-01", "2027-03-31", yen(60));
    s.earlier = vec![Earlier {
        until: day("2026-11-14"),
        arr: Some(yen(100)),
        seats: None,
        decided: None,
        why: String::new(),
    }];
    let on = |text: &str| value_on(&with(vec![s.clone()]), day(text)).single();
    assert_eq!(on("2026-11-14"), Some(yen(100)));
    assert_eq!(on("2026-11-15"), Some(yen(60)));
    assert_eq!(movement(vec![s.clone()]), [(100, 60, Movement::Contracted)]);
    assert_eq!(
        s.due_at(day("2027-03-31")),
        Some(yen(60)),
        "more than 120 days before"
    );
    assert_eq!(
        s.due_at(day("2027-03-14")),
        Some(yen(100)),
        "within 120 days: due as before"
    );
}

#[test]
fn a_currency_that_changes_is_left_out_by_name() {
    let before = contract("s", "2025-11-01", "2026-10-31", yen(100));
    let after = contract("t", "2026-11-01", "2027-10-31", dollars(1));
    let rows = moved(
        &with(vec![before, after]),
        (day("2026-10-01"), day("2026-12-31")),
        None,
    );
    let figures = Retention::of(&rows);
    assert_eq!(figures.left_out, ["A"]);
    assert!(figures.by_currency.is_empty(), "{figures:?}");
}

#[test]
fn the_figures_are_sums_of_their_rows() {
    let row = |before, after, movement| Moved {
        account: "a".into(),
        name: "A".into(),
        currency: yen(0).currency,
        before,
        after,
        movement,
        unsaid: None,
    };
    let rows = [
        row(100, 150, Movement::Expanded),
        row(100, 60, Movement::Contracted),
        row(50, 0, Movement::Lost),
        row(0, 40, Movement::New),
        row(0, 10, Movement::Back),
        row(50, 50, Movement::Same),
    ];
    let figures = Retention::of(&rows);
    let all = figures.by_currency.values().next().expect("yen");
    assert_eq!(
        (all.before, all.after, all.kept, all.of_those),
        (300, 310, 210, 260)
    );
    assert_eq!((all.gross(), all.net()), (Some(70), Some(86)));
    let moves = all.new + all.reactivated + all.expanded - all.contracted - all.lost;
    assert_eq!(all.before + moves, all.after);
}

proptest! {
    /// Gross retention is at most 100 %, and net retention at least that; nothing is negative; the movements lead from
    /// the value before to the value after.
    #[test]
    fn retention_is_bounded(terms in prop::collection::vec((0_i64..900, 1_i64..500, 1_i64..1_000, any::<bool>()), 0..12)) {
        let first = day("2025-01-01");
        let contracts = terms.iter().enumerate().map(|(n, (start, length, value, open))| {
            let start = first + chrono::Duration::days(*start);
            let end = (!open).then(|| start + chrono::Duration::days(*length));
            Subscription {
                start: Some(start),
                end,
                arr: Some(yen(*value)),
                ..Subscription::new(format!("s{n}").as_str().into(), "a".into())
            }
        });
        let d = with(contracts.collect());
        let rows = moved(&d, (day("2026-04-01"), day("2026-06-30")), None);
        for r in Retention::of(&rows).by_currency.values() {
            prop_assert!(r.kept <= r.before && r.kept <= r.of_those && r.kept >= 0);
            let moves = r.new + r.reactivated + r.expanded - r.contracted - r.lost;
            prop_assert_eq!(r.before + moves, r.after);
        }
    }
}
