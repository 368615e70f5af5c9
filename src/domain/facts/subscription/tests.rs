//! The ends of terms.

use super::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("day")
}

fn sub(start: NaiveDate, months: u32) -> Subscription {
    Subscription {
        start: Some(start),
        period_months: Some(months),
        ..Subscription::new("s".into(), "a".into())
    }
}

#[test]
fn a_term_without_an_end_ends_after_whole_terms() {
    let next = |s: &Subscription, on: NaiveDate| s.next_end(on);
    let yearly = sub(day(2023, 8, 31), 12);
    assert_eq!(next(&yearly, day(2026, 11, 22)), Some(day(2027, 8, 30)));
    assert_eq!(
        next(&yearly, day(2027, 8, 30)),
        Some(day(2027, 8, 30)),
        "the day itself"
    );
    assert_eq!(
        next(&sub(day(2026, 11, 22), 12), day(2026, 11, 22)),
        Some(day(2027, 11, 21))
    );
}

#[test]
fn a_yearly_contract_that_is_billed_by_the_month_renews_once_a_year() {
    let stated = Subscription {
        term_months: Some(12),
        ..sub(day(2026, 4, 1), 1)
    };
    assert_eq!(stated.next_end(day(2026, 5, 1)), Some(day(2027, 3, 31)));
    let unknown = sub(day(2026, 4, 1), 1);
    assert_eq!(unknown.next_end(day(2026, 5, 1)), None, "a bill is no term");
    let days = Subscription {
        end: Some(day(2026, 4, 10)),
        ..sub(day(2026, 4, 1), 1)
    };
    assert_eq!(
        days.next_months(),
        None,
        "some days are no months to renew for"
    );
    let longer = Subscription {
        term_months: Some(24),
        renews_for: Some(12),
        ..sub(day(2024, 4, 1), 1)
    };
    assert_eq!(longer.next_end(day(2026, 3, 31)), Some(day(2026, 3, 31)));
    assert_eq!(longer.next_end(day(2026, 4, 1)), Some(day(2027, 3, 31)));
}

#[test]
fn an_ended_subscription_does_not_renew() {
    let ended = Subscription {
        end: Some(day(2024, 4, 12)),
        ..sub(day(2023, 12, 23), 1)
    };
    assert_eq!(ended.next_end(day(2026, 11, 22)), None);
    assert_eq!(ended.next_end(day(2024, 4, 1)), Some(day(2024, 4, 12)));
}
