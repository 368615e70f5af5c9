//! Rates, running terms and the periods of contracts without an end.

use super::due::due;
use super::*;
use crate::domain::dossier::Dossier;
use crate::domain::facts::subscription::Subscription;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn row(ends_on: &str, status: Status, due: Option<i64>, new: Option<i64>) -> Due {
    let money = |minor| Money {
        minor,
        currency: Currency::parse("JPY").expect("yen"),
    };
    Due {
        account: "a".into(),
        name: "A".into(),
        contract: None,
        plan: String::new(),
        ends_on: day(ends_on),
        due: due.map(money),
        new: new.map(money),
        status,
        rolling: false,
        was: None,
        bridge: None,
        into: None,
        step: None,
        stands: None,
    }
}

#[test]
fn a_rate_counts_overdue_terms_as_not_renewed_and_leaves_out_what_is_not_known() {
    let rows = [
        row("2026-10-31", Status::Renewed, Some(100), Some(150)),
        row("2026-10-31", Status::Renewed, Some(100), Some(80)),
        row("2026-11-10", Status::Lost, Some(50), None),
        row("2026-11-15", Status::Overdue, Some(70), None),
        row("2026-11-15", Status::Renewed, None, Some(10)),
        row("2026-11-16", Status::Extended, Some(1_000), None),
        row("2026-11-17", Status::Unconfirmed, Some(1_000), None),
        // Renewed early: not before its day.
        row("2026-12-31", Status::Renewed, Some(500), Some(500)),
        row("2026-12-31", Status::Open, Some(500), None),
        Due {
            rolling: true,
            ..row("2026-11-01", Status::Lost, Some(9), None)
        },
    ];
    let figures = Figures::of(&rows, day("2026-11-20"));
    assert_eq!(
        figures.rate,
        Rate {
            renewed: 3,
            lost: 1,
            overdue: 1
        }
    );
    let yen = figures.values.values().next().expect("yen");
    assert_eq!(
        *yen,
        Values {
            due: 320,
            kept: 180,
            net: 230
        }
    );
    assert_eq!((figures.without_amount, figures.rolling), (1, 1));
    assert_eq!(
        figures.counts.iter().sum::<usize>(),
        rows.len() - 1,
        "each is counted once"
    );
    assert_eq!(percent(yen.kept, yen.due), Some(56));
    assert_eq!(percent(999, 1_000), Some(99), "100 only where all is kept");
    assert_eq!(percent(0, 0), None);
}

#[test]
fn a_renewal_in_another_currency_has_no_rate() {
    let mut changed = row("2026-10-31", Status::Renewed, Some(100), Some(1));
    changed.new = changed.new.map(|m| Money {
        currency: Currency::parse("USD").expect("dollars"),
        ..m
    });
    let figures = Figures::of(&[changed], day("2026-11-20"));
    assert_eq!((figures.without_amount, figures.values.len()), (1, 0));
}

#[test]
fn a_subscription_without_an_end_goes_on_by_contract_at_each_period() {
    let of = |start: &str, months: u32, from: &str, to: &str, on: &str| {
        let json = format!(
            r#"{{"id":"s","account":"a","start":"{start}","term_months":{months},"period_months":1}}"#
        );
        let s: Subscription = serde_json::from_str(&json).expect("a subscription");
        let mut d = Dossier::new(crate::domain::account::Account::new("a".into(), "A"));
        d.subscriptions = vec![s];
        let found = due(&d, (day(from), day(to)), day(on), None);
        let of = |r: &Due| (r.ends_on.to_string(), r.status, r.rolling);
        found.iter().map(of).collect::<Vec<_>>()
    };
    let quarter = ("2026-10-01", "2026-12-31");
    let term = |end: &str, status| vec![(end.to_owned(), status, false)];
    let yearly = |on: &str| of("2023-11-15", 12, quarter.0, quarter.1, on);
    assert_eq!(
        yearly("2026-11-14"),
        term("2026-11-14", Status::Open),
        "the last day is paid"
    );
    assert_eq!(
        yearly("2026-11-15"),
        term("2026-11-14", Status::Unconfirmed)
    );
    assert_eq!(
        of("2023-08-31", 6, "2026-01-01", "2026-03-31", "2026-02-01"),
        term("2026-02-27", Status::Open)
    );
    assert_eq!(
        of("2026-10-05", 12, quarter.0, quarter.1, "2026-11-01"),
        [],
        "its first year runs"
    );
    let monthly = of("2026-01-01", 1, quarter.0, quarter.1, "2026-11-15");
    assert_eq!(monthly.len(), 3);
    assert!(monthly.iter().all(|(_, _, rolling)| *rolling));
}
