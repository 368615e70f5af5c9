//! The profile: what the columns of an account say by a fitted model.

use super::*;
use crate::domain::profile::{Column, Profile, number};

fn model() -> Profile {
    let column = |name: &str| Column {
        name: name.into(),
        ..Column::default()
    };
    Profile {
        share: 0.5,
        base: -1.0,
        columns: vec![
            Column {
                words: [("monthly".to_owned(), 1.0), ("yearly".to_owned(), -1.0)].into(),
                ..column("plan")
            },
            Column {
                mean: 20.0,
                per: -0.1,
                missing: 0.5,
                ..column("Seats sold")
            },
        ],
    }
}

fn with_model(d: &Dossier, profile: Option<Profile>) -> Score {
    let policy = Policy {
        profile,
        ..policy()
    };
    score(
        d,
        DataFreshness::default(),
        &policy,
        day(11, 22),
        Zone::utc(),
    )
}

fn part(s: &Score) -> Option<u8> {
    s.parts[Dimension::Profile.index()].score
}

#[test]
fn points_are_what_the_model_says_of_accounts_alike() {
    let mut d = dossier();
    d.account.plan = "monthly".into();
    // -1 + 1 + 0.5: 62 of 100 left.
    let s = with_model(&d, Some(model()));
    assert_eq!((part(&s), s.score, s.coverage), (Some(38), Some(38), 50));
    let facts = s.facts(Dimension::Profile);
    assert_eq!(facts[0], Fact::Alike { percent: 62 });
    // Without the plan 38 of 100 would have left.
    let Fact::Column { column, points } = &facts[1] else {
        panic!("{facts:?}")
    };
    assert_eq!((column.as_str(), points.round()), ("plan = monthly", -24.0));
    d.account
        .attributes
        .insert("Seats sold".into(), "１，０４０".into());
    assert_eq!(part(&with_model(&d, Some(model()))), Some(100));
    d.account
        .attributes
        .insert("Seats sold".into(), "20".into());
    assert_eq!(part(&with_model(&d, Some(model()))), Some(50));
}

#[test]
fn an_account_without_the_columns_has_no_profile() {
    let mut d = dossier();
    let mut known = model();
    known.columns[1].missing = 0.0;
    for plan in ["", "a plan that nobody had"] {
        d.account.plan = plan.into();
        let s = with_model(&d, Some(known.clone()));
        assert_eq!((part(&s), s.score), (None, None));
        // It is shown as a dimension without data, and without a model it is not shown.
        assert_eq!(s.dimensions().count(), 7);
        assert_eq!(with_model(&d, None).dimensions().count(), 6);
    }
}

#[test]
fn a_profile_takes_its_share_and_holds_nothing_down() {
    let mut d = dossier();
    flat_usage(&mut d, 50.0, 50.0);
    d.account.plan = "monthly".into();
    let (without, with) = (with_model(&d, None), with_model(&d, Some(model())));
    let (usage, profile) = (
        without.exact.expect("a score"),
        100.0 / (1.0 + 0.5_f64.exp()),
    );
    // Usage has 40 of 100 of the weight, the profile as much as all of them.
    let mean = (usage * 40.0 + profile * 100.0) / 140.0;
    assert!((with.exact.expect("a score") - mean).abs() < 0.01);
    assert_eq!(with.capped, None);
    // Nobody changes what an account is.
    let way = with.to_green(&Policy {
        profile: Some(model()),
        ..policy()
    });
    assert!(
        way.iter().all(|(d, ..)| *d != Dimension::Profile),
        "{way:?}"
    );
}

#[test]
fn the_rules_change_with_the_model_alone() {
    let version = |profile| {
        Policy {
            profile,
            ..policy()
        }
        .version()
    };
    let mut other = model();
    other.base = -1.1;
    assert_ne!(version(None), version(Some(model())));
    assert_ne!(version(Some(other)), version(Some(model())));
}

#[test]
fn cells_are_numbers_only_where_they_are() {
    for (cell, n) in [
        ("1,040", Some(1_040.0)),
        (" 12.5 ", Some(12.5)),
        ("１２", Some(12.0)),
        ("-3", Some(-3.0)),
        ("", None),
        ("Yes", None),
        ("1e400", None),
        ("NaN", None),
    ] {
        assert_eq!(number(cell), n, "{cell}");
    }
}
