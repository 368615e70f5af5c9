//! The portfolio's rows: rows updated after each change equal rows computed from the whole store,
//! whatever happened before.

use crate::common;

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, TimeZone, Utc};
use kenshin::testing::app::portfolio::state as portfolio;
use kenshin::testing::config::Config;
use kenshin::testing::domain::account::Account;
use kenshin::testing::domain::book::Book;
use kenshin::testing::domain::change::{Change, Operation, UsageChange};
use kenshin::testing::domain::facts::usage::day_number;
use kenshin::testing::domain::health::Holder;
use kenshin::testing::domain::ids::{AccountId, Mint};
use kenshin::testing::domain::records::Record;
use kenshin::testing::domain::standing::Row;
use kenshin::testing::domain::view::Order;
use kenshin::testing::domain::when::{Now, Zone};
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::store::Store;
use kenshin::testing::store::rows::Scoring;
use kenshin::testing::words::Lang;
use proptest::prelude::*;

const ACCOUNTS: usize = 3;

fn now() -> Now {
    Now::new(
        Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap(),
        Zone::Named(chrono_tz::Asia::Tokyo),
    )
}

fn scoring(config: &Config) -> Scoring<'_> {
    Scoring {
        context: config.scoring_context(),
        policy_stamp: config.policy_stamp,
        now: now(),
    }
}

fn open(home: &std::path::Path) -> Store {
    common::build::store(home, now().at)
}

fn operation(id: String, changes: Vec<Change>) -> Operation {
    common::build::operation(&id, now().at, changes)
}

fn account(n: usize) -> AccountId {
    format!("a{n}").as_str().into()
}

fn ago(days: i64) -> DateTime<Utc> {
    now().at - Duration::days(days)
}

/// A record of one of the kinds that affect a score.
fn record(kind: u8, id: &str, of: usize, days: i64, value: u8) -> Record {
    let of = account(of);
    let date = ago(days).date_naive();
    let made = match kind {
        0 => {
            serde_json::json!({ "Survey": { "id": id, "account": of, "kind": "nps", "score": value % 11, "date": date, "comment": "slow" } })
        }
        1 => {
            let solved =
                (!value.is_multiple_of(3)).then(|| ago(days) + Duration::hours(i64::from(value)));
            let status = if solved.is_some() { "solved" } else { "open" };
            serde_json::json!({ "Ticket": { "id": id, "account": of, "subject": "Login fails", "status": status, "priority": "high", "opened": ago(days), "solved": solved, "escalated": value.is_multiple_of(5) } })
        }
        _ => {
            serde_json::json!({ "Touch": { "id": id, "account": of, "kind": if value.is_multiple_of(2) { "call" } else { "email" }, "at": ago(days), "attendance": if value.is_multiple_of(7) { "no-show" } else { "held" } } })
        }
    };
    let (variant, body) = made
        .as_object()
        .and_then(|o| o.iter().next())
        .expect("a matching account");
    match variant.as_str() {
        "Survey" => Record::Survey(serde_json::from_value(body.clone()).expect("valid JSON")),
        "Ticket" => Record::Ticket(serde_json::from_value(body.clone()).expect("valid JSON")),
        _ => Record::Touch(serde_json::from_value(body.clone()).expect("valid JSON")),
    }
}

/// Thirty days of values.
fn usage(of: usize, days: i64, value: u8) -> UsageChange {
    let last = day_number(ago(days).date_naive());
    let after = (0..30)
        .map(|i| (last - i, Some(f64::from(value / 8))))
        .collect();
    UsageChange {
        account: account(of),
        metric: "active_users".into(),
        before: (0..30).map(|i| (last - i, None)).collect(),
        after,
    }
}

fn without_history(
    rows: impl IntoIterator<Item = impl Borrow<Row>>,
) -> BTreeMap<AccountId, serde_json::Value> {
    rows.into_iter()
        .map(|r| {
            (
                r.borrow().account.id.clone(),
                serde_json::to_value(r.borrow()).expect("the value serialises"),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn rows_updated_after_each_change_equal_rows_computed_from_scratch(steps in proptest::collection::vec((0..5_u8, 0..ACCOUNTS, 0..90_i64, any::<u8>()), 1..12)) {
        let (config, _) = Config::load(None);
        let home = tempfile::tempdir().expect("temporary folder");
        let mut store = open(home.path());
        let first = (0..ACCOUNTS).map(|n| Change::create(Account::new(account(n), "A"))).collect();
        store.commit(&operation("first".into(), first)).expect("the operation is committed");
        let mut mint = Mint::new(3);
        let mut kept = without_history(store.rows(scoring(&config)).expect("rows from the store"));
        for (i, (kind, of, days, value)) in steps.into_iter().enumerate() {
            let id = format!("r{i}");
            let operations = match kind {
                4 => match store.undo(&mut mint, now().at) {
                    // Operations that created accounts stay: their undo is redone.
                    Ok(taken) if taken.iter().any(|op| op.changes.iter().any(|c| matches!(c.before, Some(Record::Account(_))))) => store.redo(&mut mint, now().at).map(|_| vec![]).expect("the operation is redone"),
                    Ok(taken) => taken,
                    Err(_) => vec![],
                },
                3 => vec![Operation { usage: vec![usage(of, days, value)], ..operation(id, vec![]) }],
                kind => vec![operation(id.clone(), vec![Change::create(record(kind, &id, of, days, value))])],
            };
            if kind < 4 {
                store.commit(&operations[0]).expect("the operation is committed");
            }
            for op in operations {
                let (rows, gone) = store.rows_of(&op.accounts(), scoring(&config)).expect("rows from the store");
                prop_assert!(gone.is_empty());
                kept.extend(without_history(rows));
                if let Some(replay) = store.outdated() {
                    let asked = op.accounts();
                    let recomputed = store.recompute_rows(scoring(&config), &|id| replay || asked.contains(id)).expect("rows from the store");
                    kept.extend(without_history(recomputed));
                }
            }
        }
        store.update_row_cache(scoring(&config)).expect("the rows are updated");
        prop_assert!(store.rows_are_current(scoring(&config)));
        let from_file = store.rows(scoring(&config)).expect("rows from the store");
        prop_assert!(from_file.is_sorted_by(|a, b| kenshin::testing::store::rows::risk(a, b).is_le()));
        drop(store);
        std::fs::remove_dir_all(home.path().join("cache")).ok();
        let whole = without_history(open(home.path()).rows(scoring(&config)).expect("rows from the store"));
        prop_assert_eq!(&without_history(from_file), &whole);
        prop_assert_eq!(kept, whole);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_portfolio_order_after_each_change_equals_a_fresh_sort(
        order in 0..Order::ALL.len(), reversed in any::<bool>(),
        steps in proptest::collection::vec(proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..60_usize), 0..6), 1..8),
    ) {
        let rows = DEMO.with(Vec::clone);
        let today = now().today();
        let look = |state: &mut portfolio::State, book: &Book| {
            state.refresh(book, today, 20);
            state.shown.clone()
        };
        let new = || {
            let mut state = portfolio::State::default();
            (state.order, state.reversed) = (Order::ALL[order], reversed);
            state
        };
        let (mut book, mut state) = (Book::new(rows.clone()), new());
        look(&mut state, &book);
        for step in steps {
            // An account gets the standing and a name of another; sometimes one is added or
            // removed.
            let changed = step.iter().map(|(to, from, name)| {
                let mut account = to.get(&rows).account.clone();
                account.name = format!("{name}");
                if *name == 7 {
                    account.id = format!("new-{}", account.id).as_str().into();
                }
                Arc::new(Row { account, standing: from.get(&rows).standing.clone() })
            });
            book.put(changed.collect());
            let gone: Vec<AccountId> = step.iter().filter(|s| s.2 == 9).map(|s| s.0.get(&rows).account.id.clone()).collect();
            book.remove(&gone);
            prop_assert_eq!(look(&mut state, &book), look(&mut new(), &book));
            for row in book.rows().iter().step_by(7) {
                prop_assert_eq!(book.peers(&row.account.id), peers(&book, row));
            }
        }
    }
}

/// By feature, the share of the other accounts of a row's tier that use it, counted one by one.
fn peers(book: &Book, row: &Row) -> BTreeMap<String, f64> {
    let others = book.rows().iter().filter(|r| {
        r.account.id != row.account.id
            && r.standing.tier == row.standing.tier
            && !r.standing.features.is_empty()
    });
    let others: Vec<_> = others.collect();
    let mut users: BTreeMap<String, f64> = BTreeMap::new();
    for feature in others.iter().flat_map(|r| &r.standing.features) {
        *users.entry(feature.clone()).or_default() += 1.0;
    }
    if others.len() < 5 {
        return BTreeMap::new();
    }
    let shares = users.into_iter();
    shares.map(|(f, n)| (f, n / others.len() as f64)).collect()
}

thread_local! {
    static DEMO: Vec<Arc<Row>> = Desk::demo(Lang::En, 40).expect("the desk opens").model.book.rows().to_vec();
}

#[test]
fn rows_started_before_midnight_do_not_count_as_todays() {
    let home = tempfile::tempdir().expect("temporary folder");
    let config = Config::load(None).0;
    let mut store = open(home.path());
    store
        .commit(&operation(
            "0".into(),
            vec![Change::create(Account::new(account(0), "A"))],
        ))
        .expect("the operation is committed");
    store.rows(scoring(&config)).expect("rows from the store");
    store.set_incoming_rows(kenshin::testing::store::rows::begin(
        home.path(),
        config.policy_stamp,
        now().today(),
    ));
    let tomorrow = Scoring {
        now: Now {
            at: now().at + Duration::days(1),
            ..now()
        },
        ..scoring(&config)
    };
    store.rows(tomorrow).expect("rows from the store");
    assert!(store.rows_are_current(tomorrow), "yesterday's were taken");
}

#[test]
fn rows_read_from_the_cache_file_are_unchanged() {
    const MANY: usize = 4_100;
    let home = tempfile::tempdir().expect("temporary folder");
    let config = Config::load(None).0;
    let mut store = open(home.path());
    let made = |n: usize| {
        let mut a = Account::new(account(n), format!("株式会社{n}"));
        a.tags = vec![format!("t{}", n % 7)];
        a.prefs.cap = n.is_multiple_of(3).then_some(2);
        Change::create(a)
    };
    store
        .commit(&operation("0".into(), (0..MANY).map(made).collect()))
        .expect("the operation is committed");
    let ids: Vec<AccountId> = (0..MANY).map(account).collect();
    let one_by_one = store
        .rows_of(&ids, scoring(&config))
        .expect("rows from the store")
        .0;
    std::fs::remove_dir_all(home.path().join("cache")).ok();
    let all = store.rows(scoring(&config)).expect("rows from the store");
    assert_eq!(
        (all.len(), without_history(all)),
        (MANY, without_history(one_by_one))
    );
    assert_eq!(
        store.accounts().expect("the read succeeds").len(),
        MANY,
        "the tree that was opened afresh has them all"
    );
}

#[test]
fn rows_are_available_even_if_the_cache_file_cannot_be_written() {
    let home = tempfile::tempdir().expect("temporary folder");
    let config = Config::load(None).0;
    let mut store = open(home.path());
    let accounts = (0..ACCOUNTS)
        .map(|n| Change::create(Account::new(account(n), format!("{}", 9 - n))))
        .collect();
    store
        .commit(&operation("0".into(), accounts))
        .expect("the operation is committed");
    let from_file = store.rows(scoring(&config)).expect("rows from the store");
    let cache = home.path().join("cache");
    std::fs::remove_dir_all(&cache).expect("the folder is removed");
    std::fs::write(&cache, "in the way").expect("the file is written");
    let held = store.rows(scoring(&config)).expect("rows from the store");
    let names: Vec<&str> = held.iter().map(|r| r.account.name.as_str()).collect();
    assert_eq!(names, ["7", "8", "9"], "not in order");
    assert_eq!(held, from_file);
}

/// An account whose numbers are green and whose signals hold it at yellow was yellow on that day, and the
/// history says so.
#[test]
fn the_history_keeps_the_band_that_was_shown() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let home = dir.path().join("home");
    let desk = Desk::at(Lang::En, home.clone(), 60).expect("the desk opens");
    let today = desk.now().today();
    let rows = desk.model.book.rows().to_vec();
    let opened = desk.opened_at();
    desk.close();
    let store = common::build::store(&home, opened);
    let mut held = 0;
    for row in rows {
        let dossier = store.dossier(&row.account.id).expect("the store reads");
        let history = dossier.expect("the account is there").history;
        let health = &row.standing.health;
        if health.score.is_none() {
            continue;
        }
        let entry = history.at(today).filter(|e| e.date == today);
        assert_eq!(
            entry.map(|e| e.band),
            Some(health.band),
            "{}",
            row.account.id
        );
        let by_signals = health.held.as_deref();
        held += usize::from(by_signals.is_some_and(|h| matches!(h.by, Holder::Signals { .. })));
    }
    assert!(held > 0, "no account of the demo is held by its signals");
}

/// A store that holds scores as JSON keeps them when a day is added.
#[test]
fn an_older_store_keeps_its_scores() {
    let old = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/schema-5");
    let home = tempfile::tempdir().expect("temporary folder");
    common::copy(&old, home.path());
    let config = Config::load(None).0;
    let id: AccountId = "S5-2".into();
    let at = Utc.with_ymd_and_hms(2026, 11, 25, 0, 0, 0).unwrap();
    let now = Now::new(at, Zone::Named(chrono_tz::Asia::Tokyo));
    let scores = |store: &Store| -> BTreeMap<String, (Option<u8>, bool)> {
        let dossier = store.dossier(&id).expect("the store reads");
        let history = dossier.expect("the account is there").history;
        let entries = history.entries().iter();
        entries
            .map(|e| (e.date.to_string(), (e.score, e.replayed)))
            .collect()
    };
    let mut store = common::build::store(home.path(), at);
    let before = scores(&store);
    assert_eq!(before["2026-11-20"], (Some(6), false));
    assert!(before["2026-10-02"].1);
    store
        .rows(Scoring {
            now,
            ..scoring(&config)
        })
        .expect("rows from the store");
    drop(store);
    let after = scores(&common::build::store(home.path(), at));
    assert!(after.contains_key("2026-11-25"));
    assert!(
        before
            .iter()
            .all(|(day, score)| after.get(day) == Some(score))
    );
}
