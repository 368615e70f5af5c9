//! Whatever is recorded in whatever order: a term is due once and paid once, and undo takes all of it back.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::*;
use crate::domain::colleague::People;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::going_on::contracts_on;
use crate::domain::dossier::terms::to_settle;
use crate::domain::facts::step::StepKind;
use crate::domain::ids::Mint;
use crate::domain::money::Currency;
use crate::domain::renewals::Figures;
use crate::domain::renewals::due::due;
use crate::domain::retention::value_on;
use crate::domain::when::{Now, Zone, add_months};
use crate::ops::Author;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn at(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(1, 0, 0).expect("a time").and_utc()
}

fn contract(months: i32, auto_renew: Option<bool>, open: bool) -> Subscription {
    let start = day("2024-01-31");
    Subscription {
        plan: "Suite".into(),
        start: Some(start),
        end: (!open).then(|| add_months(start, months) - Duration::days(1)),
        term_months: open.then_some(months.unsigned_abs()),
        arr: Some(Money {
            minor: 1_000,
            currency: Currency::parse("JPY").expect("yen"),
        }),
        auto_renew,
        ..Subscription::new("s".into(), "a".into())
    }
}

/// The records without their order.
fn records(d: &Dossier) -> Vec<String> {
    let mut out: Vec<String> = d.records().map(|r| format!("{r:?}")).collect();
    out.sort();
    out
}

fn is_sound(d: &Dossier, today: NaiveDate) -> Result<(), TestCaseError> {
    let (first, last) = (day("2023-12-01"), day("2034-12-31"));
    for on in first.iter_days().step_by(5).take_while(|on| *on <= last) {
        let contracts = contracts_on(d, on);
        let paying: Vec<_> = contracts.iter().filter(|s| s.active(on)).collect();
        prop_assert!(paying.len() <= 1, "{on}: {paying:?}");
        prop_assert!(value_on(d, on).iter().all(|m| m.minor >= 0));
    }
    let rows = due(d, (first, last), today, None);
    let names: HashSet<_> = rows
        .iter()
        .map(|r| (r.contract.clone(), r.ends_on))
        .collect();
    prop_assert_eq!(names.len(), rows.len(), "{:?}", rows);
    let figures = Figures::of(&rows, today);
    prop_assert!(figures.counts.iter().sum::<usize>() <= rows.len());
    for values in figures.values.values() {
        prop_assert!(values.kept <= values.due && values.kept <= values.net);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn a_term_is_due_once_and_paid_once(
        months in 1_i32..25,
        auto_renew in any::<Option<bool>>(),
        open in any::<bool>(),
        steps in prop::collection::vec((0_usize..6, 0_i64..260, 0_usize..4, 0_i64..3_000), 1..9),
    ) {
        let author = Author { name: "Sato".into(), device: "d".into(), ours: People::default() };
        let mut mint = Mint::new(7);
        let mut d = Dossier::new(Account::new("a".into(), "A"));
        d.subscriptions = vec![contract(months, auto_renew, open)];
        let mut today = add_months(day("2024-01-31"), months) - Duration::days(40);
        for (what, days, which, value) in steps {
            today += Duration::days(days);
            let all = to_settle(&d, today, None);
            let Some((term, status)) = all.get(which % all.len().max(1)).cloned() else { continue };
            let mut by = By { author: &author, now: Now::new(at(today), Zone::utc()), mint: &mut mint };
            let value = value.to_string();
            let until = (term.ends_on + Duration::days(45)).to_string();
            let early = (term.ends_on - Duration::days(10)).to_string();
            let typed = |value, until| Typed { value, until, ..Typed::default() };
            let made = match what {
                0 => settle(&d.account, &d.outcomes, &term, Became::Renewed, Typed::default(), &mut by),
                1 => settle(&d.account, &d.outcomes, &term, Became::Renewed, typed(&value, ""), &mut by),
                2 => settle(&d.account, &d.outcomes, &term, Became::Extended, typed("", &until), &mut by),
                3 => settle(&d.account, &d.outcomes, &term, Became::Lost, Typed::default(), &mut by),
                4 => settle(&d.account, &d.outcomes, &term, Became::Lost, typed("", &early), &mut by),
                _ => step(&d.account, &d.steps, (&term, status), StepKind::Notice, Typed::default(), &mut by),
            };
            let Ok(operation) = made else { continue };
            let before = d.clone();
            operation.changes.iter().for_each(|change| d.apply(change));
            is_sound(&d, today)?;
            let mut undone = d.clone();
            for change in operation.changes.iter().rev() {
                undone.apply(&Change { before: change.after.clone(), after: change.before.clone() });
            }
            prop_assert_eq!(records(&undone), records(&before));
        }
    }
}
