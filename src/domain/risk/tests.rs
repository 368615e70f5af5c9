//! Lanes, proposals and what people say.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::assessment::{Assessment, Voice, Why};
use super::board::{Board, levels, stakes};
use super::*;
use crate::config::Config;
use crate::domain::account::{Account, HealthOverride, Tier, Verdict};
use crate::domain::dossier::Dossier;
use crate::domain::facts::outcome::Cause;
use crate::domain::facts::step::{RenewalStep, StepKind};
use crate::domain::money::{Currency, Money};
use crate::domain::portfolio::row::Row;
use crate::domain::standing::standing;
use crate::domain::when::{Now, Zone};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn today() -> NaiveDate {
    day("2026-11-22")
}

fn row(dossier: &Dossier) -> Row {
    let (config, failures) = Config::load(None);
    assert!(failures.is_empty(), "{failures:?}");
    let now = Now::new("2026-11-22T01:00:00Z".parse().expect("a time"), Zone::utc());
    Row {
        account: dossier.account.clone(),
        standing: standing(dossier, Default::default(), config.scoring_context(), now),
    }
}

fn account(id: &str, arr: i64, currency: Currency) -> Account {
    let mut account = Account::new(id.into(), id);
    account.arr = Some(Money {
        minor: arr,
        currency,
    });
    account
}

fn said(voice: Voice, on: &str) -> Assessment {
    Assessment {
        id: on.into(),
        account: "a".into(),
        voice,
        said_by: String::new(),
        on: day(on),
        recorded_by: "Sato".into(),
        at: format!("{on}T01:00:00Z").parse().expect("a time"),
        at_risk: true,
        likelihood: None,
        chance: None,
        cause: None,
        rival: String::new(),
        value: None,
        lane: None,
        why: None,
        words: String::new(),
    }
}

fn with(words: Vec<Assessment>) -> Option<Box<Risk>> {
    let mut dossier = Dossier::new(account("a", 100, Currency::JPY));
    dossier.assessments = words;
    row(&dossier).standing.risk
}

#[test]
fn the_lanes_follow_the_table() {
    use Chance::{Good, Medium, Poor};
    let expected = [
        (Level::High, [Lane::One, Lane::One, Lane::Three]),
        (Level::Medium, [Lane::Two, Lane::Two, Lane::Three]),
        (Level::Low, [Lane::Three, Lane::Three, Lane::Four]),
    ];
    for (value, lanes) in expected {
        assert_eq!([Good, Medium, Poor].map(|c| lane(value, Some(c))), lanes);
        assert_eq!(lane(value, None), lane(value, Some(Medium)));
    }
}

#[test]
fn an_account_without_any_hint_is_on_no_board() {
    assert_eq!(with(Vec::new()), None);
}

#[test]
fn a_person_s_word_puts_an_account_on_the_board_and_takes_it_off() {
    let first = Assessment {
        chance: Some(Chance::Good),
        cause: Some(Cause::Price),
        ..said(Voice::Csm, "2026-11-01")
    };
    let second = Assessment {
        chance: Some(Chance::Poor),
        ..said(Voice::Csm, "2026-11-10")
    };
    let risk = with(vec![second.clone(), first.clone()]).expect("at risk");
    assert_eq!(risk.gates, [Gate::Said]);
    // What the second leaves out, the first still says.
    assert_eq!(
        (risk.chance(), risk.cause()),
        (Some(Chance::Poor), Some(Cause::Price))
    );
    let over = Assessment {
        at_risk: false,
        ..said(Voice::Csm, "2026-11-12")
    };
    assert_eq!(
        with(vec![first.clone(), second.clone(), over.clone()]),
        None
    );
    let again = Assessment {
        likelihood: Some(Level::High),
        ..said(Voice::Csm, "2026-11-15")
    };
    let risk = with(vec![first, second, over, again]).expect("at risk");
    assert_eq!(risk.cause(), None, "what was taken back is not said");
}

#[test]
fn two_voices_stand_side_by_side_and_the_newer_decides() {
    let csm = Assessment {
        chance: Some(Chance::Good),
        ..said(Voice::Csm, "2026-11-10")
    };
    let manager = Assessment {
        chance: Some(Chance::Poor),
        ..said(Voice::Manager, "2026-11-12")
    };
    let risk = with(vec![csm.clone(), manager.clone()]).expect("at risk");
    assert_eq!(risk.chance(), Some(Chance::Poor));
    assert!(risk.is_disputed());
    let later = Assessment {
        on: day("2026-11-13"),
        ..csm
    };
    let risk = with(vec![later, manager]).expect("at risk");
    assert_eq!(risk.chance(), Some(Chance::Good));
}

#[test]
fn a_poor_chance_is_proposed_on_hard_evidence_alone() {
    let mut dossier = Dossier::new(account("a", 100, Currency::JPY));
    dossier.account.renewal = Some(day("2027-01-01"));
    dossier.assessments = vec![Assessment {
        words: "they are angry".into(),
        ..said(Voice::Csm, "2026-11-10")
    }];
    let risk = row(&dossier).standing.risk.expect("at risk");
    assert_eq!((risk.hard, risk.chance()), (None, None));
    dossier.steps = vec![RenewalStep {
        id: "s".into(),
        account: "a".into(),
        contract: None,
        ends_on: None,
        kind: StepKind::Notice,
        on: day("2026-11-20"),
        words: String::new(),
        said_by: String::new(),
    }];
    let risk = row(&dossier).standing.risk.expect("at risk");
    assert_eq!(
        (risk.hard, risk.chance()),
        (Some(Hard::Notice), Some(Chance::Poor))
    );
    assert!(
        risk.evidence
            .iter()
            .any(|(e, points)| matches!(e, Evidence::Notice { .. }) && *points == 40)
    );
    // A person knows better.
    dossier.assessments[0].chance = Some(Chance::Good);
    let risk = row(&dossier).standing.risk.expect("at risk");
    assert_eq!(risk.chance(), Some(Chance::Good));
    assert!(
        risk.is_old(&risk.csm.clone().expect("a word"), &policy(), today()),
        "notice came since"
    );
}

fn policy() -> policy::RiskPolicy {
    Config::load(None).0.risk
}

#[test]
fn an_accepted_loss_stands_at_the_exit_unless_it_was_moved() {
    let mut dossier = Dossier::new(account("a", 100, Currency::JPY));
    dossier.account.health_override = Some(Box::new(HealthOverride {
        verdict: Verdict::Lost,
        reason: "closed down".into(),
        author: "Sato".into(),
        set: day("2026-11-01"),
        until: None,
    }));
    let lane_of = |dossier: &Dossier| {
        let board = Board::of(&[Arc::new(row(dossier))], &policy(), today());
        board.cards().next().map(|card| card.lane)
    };
    assert_eq!(lane_of(&dossier), Some(Lane::Exit));
    dossier.assessments = vec![Assessment {
        lane: Some(Lane::Watch),
        why: Some(Why::Heard),
        ..said(Voice::Csm, "2026-11-10")
    }];
    assert_eq!(lane_of(&dossier), Some(Lane::Watch));
}

/// The most valuable accounts make half of the value of their currency, the next ones up to four fifths.
#[test]
fn value_is_a_share_of_the_portfolio_currency_by_currency() {
    let mut rows: Vec<Arc<Row>> = Vec::new();
    let mut add = |id: &str, arr: i64, currency| {
        rows.push(Arc::new(row(&Dossier::new(account(id, arr, currency)))));
    };
    for (id, arr) in [
        ("y1", 500),
        ("y2", 200),
        ("y3", 150),
        ("y4", 100),
        ("y5", 50),
    ] {
        add(id, arr, Currency::JPY);
    }
    // A small amount of dollars is large among dollars.
    add("u1", 30, Currency::USD);
    add("u2", 1, Currency::USD);
    let mut unknown = Account::new("n1".into(), "n1");
    unknown.tier = Some(Tier::Enterprise);
    rows.push(Arc::new(row(&Dossier::new(unknown))));
    let levels = levels(&rows, &policy(), today());
    let of = |id: &str| levels[&id.into()];
    assert_eq!(of("y1"), Level::High);
    assert_eq!((of("y2"), of("y3")), (Level::Medium, Level::Medium));
    assert_eq!((of("y4"), of("y5")), (Level::Low, Level::Low));
    assert_eq!((of("u1"), of("u2")), (Level::High, Level::Low));
    assert_eq!(of("n1"), Level::High, "by tier");
}

#[test]
fn what_is_at_stake_shows_its_parts() {
    let mut dossier = Dossier::new(account("a", 1_000, Currency::JPY));
    dossier.account.expansion = Some(Money {
        minor: 400,
        currency: Currency::JPY,
    });
    dossier.account.lifetime_value = Some(Money {
        minor: 9_000,
        currency: Currency::USD,
    });
    dossier.account.strategic.logo = true;
    let stakes = stakes(&row(&dossier), &policy().weights, today());
    assert_eq!(stakes.len(), 1);
    // A value in another currency is not added.
    assert_eq!(stakes[0].amount, 1_000 + 200 + 100);
}

proptest! {
    /// A worse word never puts an account in a lane of more effort than a better one.
    #[test]
    fn a_worse_chance_never_gets_more_effort(value in 0..3_usize) {
        let value = Level::ALL[value];
        let lanes = Chance::ALL.iter().map(|chance| lane(value, Some(*chance)));
        let lanes: Vec<Lane> = lanes.collect();
        prop_assert!(lanes.is_sorted());
    }
}

proptest! {
    // Each case scores up to twenty accounts.
    #![proptest_config(ProptestConfig::with_cases(32))]
    /// Every account at risk is on the board once, and its counts and lanes agree.
    #[test]
    fn the_board_holds_each_account_once(arrs in prop::collection::vec(0..1_000_i64, 1..20)) {
        let rows = arrs.iter().enumerate().map(|(i, arr)| {
            let mut dossier = Dossier::new(account(&format!("a{i}"), *arr, Currency::JPY));
            dossier.assessments = vec![said(Voice::Csm, "2026-11-10")];
            dossier.assessments[0].chance = Some(Chance::ALL[i % 3]);
            Arc::new(row(&dossier))
        });
        let rows: Vec<Arc<Row>> = rows.collect();
        let board = Board::of(&rows, &policy(), today());
        prop_assert_eq!(board.cards().count(), rows.len());
        let counted: usize = board.counts().iter().flatten().sum();
        prop_assert_eq!(counted, rows.len());
        let levels = levels(&rows, &policy(), today());
        for card in board.cards() {
            let chance = card.row.standing.risk.as_ref().and_then(|r| r.chance());
            prop_assert_eq!(card.lane, lane(levels[&card.row.account.id], chance));
        }
    }
}
