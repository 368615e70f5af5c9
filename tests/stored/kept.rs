//! The store: acknowledged data survives, undo works across restarts, and damage is detected.

use crate::common;

use chrono::{DateTime, TimeZone, Utc};
use kenshin::testing::domain::account::Account;
use kenshin::testing::domain::change::{Change, Group, Label, Operation, UsageChange};
use kenshin::testing::domain::failure::{Failure, Problem, Repair};
use kenshin::testing::domain::ids::{Mint, RecordId};
use kenshin::testing::domain::note::{Kind, Note};
use kenshin::testing::domain::records::Record;
use kenshin::testing::store::{Durability, Store};
use proptest::prelude::*;

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap()
}

fn open(home: &std::path::Path) -> (Store, Vec<Repair>) {
    let mut mint = Mint::new(fastrand::u64(..));
    let (store, opened) =
        Store::open(home, Durability::Full, &mut mint, at()).expect("the store opens");
    (store, opened.repairs)
}

fn op(id: &str, changes: Vec<Change>) -> Operation {
    common::build::operation(id, at(), changes)
}

fn account(name: &str) -> Record {
    Record::Account(Account::new("a".into(), name))
}

fn note(id: &str, text: &str) -> Change {
    Change::create(Note {
        id: id.into(),
        account: "a".into(),
        kind: Kind::Quick,
        at: at(),
        author: "me".into(),
        text: text.into(),
        tags: vec![],
        quotes: vec![],
        checkin: None,
        context: None,
    })
}

#[test]
fn written_data_survives_and_undo_works_across_restarts() {
    let home = tempfile::tempdir().expect("temporary folder");
    let (mut store, _) = open(home.path());
    store
        .commit(&op(
            "1",
            vec![Change::create(account("A")), note("n1", "first")],
        ))
        .expect("the operation is committed");
    store
        .commit(&op("2", vec![Change::update(account("A"), account("B"))]))
        .expect("the operation is committed");
    drop(store);
    let (mut store, repairs) = open(home.path());
    assert_eq!(repairs, vec![]);
    let name = |s: &Store| {
        s.dossier(&"a".into())
            .expect("the read succeeds")
            .expect("it exists")
            .account
            .name
    };
    assert_eq!(name(&store), "B");
    let mut mint = Mint::new(1);
    store
        .undo(&mut mint, at())
        .expect("the operation is undone");
    assert_eq!(name(&store), "A");
    drop(store);
    let (mut store, _) = open(home.path());
    store
        .redo(&mut mint, at())
        .expect("the operation is redone");
    assert_eq!(name(&store), "B");
    assert_eq!(store.redo(&mut mint, at()), Err(Failure::NothingToRedo));
    store
        .undo(&mut mint, at())
        .expect("the operation is undone");
    store
        .undo(&mut mint, at())
        .expect("the operation is undone");
    assert!(
        store
            .dossier(&"a".into())
            .expect("the read succeeds")
            .is_none()
    );
    assert_eq!(store.undo(&mut mint, at()), Err(Failure::NothingToUndo));
    assert_eq!(
        store.check_counts().expect("the counts are readable"),
        Vec::<String>::new()
    );
}

#[test]
fn the_clean_end_mark_survives_writes_and_is_lost_by_an_unclean_end() {
    let home = tempfile::tempdir().expect("temporary folder");
    let day = |n| common::build::day(2026, 11, n);
    let (mut store, _) = open(home.path());
    store
        .commit(&op("1", vec![Change::create(account("A"))]))
        .expect("the operation is committed");
    assert_eq!(store.last_check(), None, "nobody looked through it yet");
    store.close(None, day(22)).expect("the store closes");
    // A write does not change the mark of the last check.
    let (mut store, _) = open(home.path());
    store
        .commit(&op("2", vec![note("n1", "first")]))
        .expect("the operation is committed");
    assert_eq!(store.last_check(), Some(day(22)));
    store.reopen().expect("the desk reopens");
    assert_eq!(store.last_check(), Some(day(22)));
    store
        .commit(&op("3", vec![note("n2", "second")]))
        .expect("the operation is committed");
    store.leave().expect("the store closes");
    let (mut store, _) = open(home.path());
    assert_eq!(store.last_check(), Some(day(22)));
    store
        .commit(&op("4", vec![note("n3", "third")]))
        .expect("the operation is committed");
    // Not closed: the next opening finds no mark.
    drop(store);
    let (store, _) = open(home.path());
    assert_eq!(store.last_check(), None);
    store.leave().expect("the store closes");
    assert_eq!(open(home.path()).0.last_check(), None);
}

#[test]
fn a_tree_that_cannot_even_be_counted_is_rebuilt() {
    use std::io::{Seek, SeekFrom, Write};
    let home = tempfile::tempdir().expect("temporary folder");
    let (mut store, _) = open(home.path());
    store
        .commit(&op("1", vec![Change::create(account("A"))]))
        .expect("the operation is committed");
    for n in 0..200 {
        let text: String = (0..400).map(|_| fastrand::alphanumeric()).collect();
        store
            .commit(&op(&format!("n{n}"), vec![note(&format!("n{n}"), &text)]))
            .expect("the operation is committed");
    }
    store
        .close(None, at().date_naive())
        .expect("the store closes");
    let (store, _) = open(home.path());
    // The file is damaged while the store is open.
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .open(home.path().join("store/db"))
        .expect("the file opens");
    let len = file.metadata().expect("the file exists").len();
    file.seek(SeekFrom::Start(0)).expect("the seek succeeds");
    file.write_all(&vec![0x5a; usize::try_from(len).expect("the length fits")])
        .expect("the write succeeds");
    let counted = kenshin::testing::store::panics::shielded(home.path(), || store.check_counts());
    assert!(counted.is_err(), "{counted:?}");
    let (store, opened) = store
        .rebuild(&mut Mint::new(9), at())
        .expect("the store is rebuilt");
    assert!(
        matches!(
            &opened.repairs[0],
            Repair::Rebuilt {
                cause: kenshin::testing::domain::failure::Cause::Wrong,
                ..
            }
        ),
        "{:?}",
        opened.repairs
    );
    assert_eq!(
        store
            .dossier(&"a".into())
            .expect("the read succeeds")
            .expect("it exists")
            .notes
            .len(),
        200
    );
}

#[test]
fn a_second_process_gets_a_busy_error() {
    let home = tempfile::tempdir().expect("temporary folder");
    let (_store, _) = open(home.path());
    let mut mint = Mint::new(2);
    assert!(matches!(
        Store::open(home.path(), Durability::Full, &mut mint, at()),
        Err(Failure::Busy)
    ));
}

#[test]
fn an_incomplete_long_operation_is_rolled_back_at_the_next_start() {
    let home = tempfile::tempdir().expect("temporary folder");
    let (mut store, _) = open(home.path());
    store
        .commit(&op("1", vec![Change::create(account("A"))]))
        .expect("the operation is committed");
    let group = |last| {
        Some(Group {
            id: RecordId::new("g"),
            last,
        })
    };
    let part = |id: &str, last, text: &str| Operation {
        group: group(last),
        label: Label::Import {
            files: vec!["x".into()],
        },
        ..op(id, vec![note(id, text)])
    };
    store
        .commit(&part("2", false, "half"))
        .expect("the operation is committed");
    drop(store);
    let (mut store, repairs) = open(home.path());
    assert!(matches!(repairs[..], [Repair::RolledBack { .. }]));
    assert_eq!(
        store
            .dossier(&"a".into())
            .expect("the read succeeds")
            .expect("it exists")
            .notes,
        vec![]
    );
    // A complete operation stays, and one undo reverts all of it.
    store
        .commit(&Operation {
            group: Some(Group {
                id: "h".into(),
                last: false,
            }),
            ..part("3", false, "one")
        })
        .expect("the operation is committed");
    store
        .commit(&Operation {
            group: Some(Group {
                id: "h".into(),
                last: true,
            }),
            ..part("4", true, "two")
        })
        .expect("the operation is committed");
    let mut mint = Mint::new(3);
    assert_eq!(
        store
            .undo(&mut mint, at())
            .expect("the operation is undone")
            .len(),
        2
    );
    assert_eq!(
        store
            .dossier(&"a".into())
            .expect("the read succeeds")
            .expect("it exists")
            .notes,
        vec![]
    );
}

#[test]
fn a_lost_tree_is_rebuilt_from_the_journal() {
    for damage in ["gone", "cut", "flipped"] {
        let home = tempfile::tempdir().expect("temporary folder");
        let (mut store, _) = open(home.path());
        for i in 0..40 {
            let first = if i == 0 {
                vec![Change::create(account("A"))]
            } else {
                vec![]
            };
            store
                .commit(&op(
                    &i.to_string(),
                    [first, vec![note(&format!("n{i}"), "text")]].concat(),
                ))
                .expect("the operation is committed");
            if i == 20 {
                store.snapshot().expect("the snapshot is written");
            }
        }
        drop(store);
        let db = home.path().join("store/db");
        let bytes = std::fs::read(&db).expect("the file is readable");
        match damage {
            "gone" => {
                std::fs::remove_dir_all(home.path().join("store")).expect("the folder is removed")
            }
            "cut" => std::fs::write(&db, &bytes[..bytes.len() / 2]).expect("the file is written"),
            _ => {
                let mut bytes = bytes;
                let n = bytes.len();
                bytes[n / 20..n / 4].fill(0x5a);
                std::fs::write(&db, bytes).expect("the file is written");
            }
        }
        let (store, _) = open(home.path());
        let store = if store
            .check_counts()
            .expect("the counts are readable")
            .is_empty()
        {
            store
        } else {
            store
                .rebuild(&mut Mint::new(4), at())
                .expect("the store is rebuilt")
                .0
        };
        let d = store
            .dossier(&"a".into())
            .expect("the read succeeds")
            .expect("it exists");
        assert_eq!(d.notes.len(), 40, "{damage}");
        let report = store.verify().expect("the check runs");
        assert!(
            report.problems.is_empty(),
            "{damage}: {:?}",
            report.problems
        );
    }
}

#[test]
fn a_damaged_journal_is_reported() {
    let home = tempfile::tempdir().expect("temporary folder");
    let (mut store, _) = open(home.path());
    for i in 0..10 {
        store
            .commit(&op(
                &i.to_string(),
                vec![Change::create(account("A")), note(&format!("n{i}"), "text")],
            ))
            .expect("the operation is committed");
    }
    store.snapshot().expect("the snapshot is written");
    let path = home.path().join("journal/00000001.journal");
    let mut bytes = std::fs::read(&path).expect("the file is readable");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).expect("the file is written");
    let report = store.verify().expect("the check runs");
    assert!(
        report
            .problems
            .iter()
            .any(|p| format!("{p:?}").contains("00000001.journal")),
        "{:?}",
        report.problems
    );
    assert!(!report.tree_damaged);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Undoing any run of changes step by step gives an empty store with correct counts.
    #[test]
    fn undo_reverts_any_run_of_changes(steps in proptest::collection::vec((0..4_u8, 0..6_u8, 0..100_i32), 1..14)) {
        let home = tempfile::tempdir().expect("temporary folder");
        let mut mint = Mint::new(9);
        let mut store = common::build::store(home.path(), at());
        store.commit(&op("base", vec![Change::create(account("A"))])).expect("the operation is committed");
        let base = store.dossier(&"a".into()).expect("the read succeeds").expect("it exists");
        let mut n = 0;
        for (i, (what, key, value)) in steps.iter().enumerate() {
            let d = store.dossier(&"a".into()).expect("the read succeeds").expect("it exists");
            let id = format!("k{key}");
            let existing = d.notes.iter().find(|x| x.id.as_str() == id).cloned().map(Record::Note);
            let mut operation = op(&format!("op{i}"), vec![]);
            match what {
                0 => operation.changes.push(Change { before: existing, after: note(&id, &value.to_string()).after }),
                1 => match existing { Some(r) => operation.changes.push(Change::remove(r)), None => continue },
                2 => operation.changes.push(Change::update(d.account.clone().into(), account(&value.to_string()))),
                _ => {
                    let day = 739_000 + i32::from(*key);
                    let old = d.usage.0.get("m").and_then(|s| s.get(day));
                    operation.usage.push(UsageChange { account: "a".into(), metric: "m".into(), before: vec![(day, old)], after: vec![(day, Some(f64::from(*value)))] });
                }
            }
            store.commit(&operation).expect("the operation is committed");
            n += 1;
        }
        let end = store.dossier(&"a".into()).expect("the read succeeds");
        for _ in 0..n { store.undo(&mut mint, at()).expect("the operation is undone"); }
        prop_assert_eq!(store.dossier(&"a".into()).expect("the read succeeds").expect("it exists"), base);
        for _ in 0..n { store.redo(&mut mint, at()).expect("the operation is redone"); }
        prop_assert_eq!(store.dossier(&"a".into()).expect("the read succeeds"), end);
        prop_assert!(store.check_counts().expect("the counts are readable").is_empty());
    }
}

fn notes(store: &Store) -> Vec<String> {
    let mut out: Vec<String> = store
        .dossier(&"a".into())
        .expect("the read succeeds")
        .map(|d| d.notes.into_iter().map(|n| n.text).collect())
        .unwrap_or_default();
    out.sort();
    out
}

/// A store with four notes, one operation each. Returns the journal's path and the offset of each
/// frame.
fn four_notes(home: &std::path::Path) -> (std::path::PathBuf, Vec<u64>) {
    let (mut store, _) = open(home);
    let path = home.join("journal/00000001.journal");
    let mut starts = vec![];
    store
        .commit(&op("0", vec![Change::create(account("A"))]))
        .expect("the operation is committed");
    for id in ["1", "2", "3", "4"] {
        starts.push(std::fs::metadata(&path).expect("the file exists").len());
        store
            .commit(&op(id, vec![note(id, id)]))
            .expect("the operation is committed");
    }
    (path, starts)
}

fn flip(path: &std::path::Path, at: u64) {
    let mut bytes = std::fs::read(path).expect("the file is readable");
    bytes[at as usize] ^= 0x10;
    std::fs::write(path, bytes).expect("the file is written");
}

#[test]
fn damage_in_the_journal_is_repaired_from_the_tree() {
    let home = tempfile::tempdir().expect("temporary folder");
    let (journal, starts) = four_notes(home.path());
    flip(&journal, starts[1] + 20);
    let (store, repairs) = open(home.path());
    assert!(
        matches!(&repairs[..], [Repair::JournalDamage { places }] if places.len() == 1),
        "{repairs:?}"
    );
    assert_eq!(store.lost(), None);
    drop(store);
    // From now on a rebuild does not need the damaged part.
    std::fs::remove_dir_all(home.path().join("store")).expect("the folder is removed");
    let (store, repairs) = open(home.path());
    assert_eq!(
        (notes(&store).len(), store.lost()),
        (4, None),
        "{repairs:?}"
    );
    drop(store);
    assert_eq!(open(home.path()).1, vec![], "and nothing is said again");
}

#[test]
fn a_loss_is_reported_and_blocks_writes_until_it_is_accepted() {
    let home = tempfile::tempdir().expect("temporary folder");
    let (journal, starts) = four_notes(home.path());
    flip(&journal, starts[1] + 20);
    std::fs::write(home.path().join("store/db"), b"not a database").expect("the file is written");
    let (mut store, repairs) = open(home.path());
    assert!(
        repairs
            .iter()
            .any(|r| matches!(r, Repair::Lost { what } if what.contains("checksum"))),
        "{repairs:?}"
    );
    assert_eq!(
        notes(&store),
        ["1", "3", "4"],
        "all but the damaged one is there"
    );
    assert!(matches!(
        store.commit(&op("5", vec![note("5", "5")])),
        Err(Failure::ReadOnly { .. })
    ));
    drop(store);
    let (mut store, _) = open(home.path());
    assert!(store.lost().is_some(), "it is remembered");
    store.accept_loss().expect("the loss is accepted");
    store
        .commit(&op("5", vec![note("5", "5")]))
        .expect("the operation is committed");
    assert_eq!(
        store
            .verify()
            .expect("the check runs")
            .problems
            .iter()
            .filter(|p| !matches!(p, Problem::Found(what) if what.contains("byte")))
            .count(),
        0
    );
    drop(store);
    let (store, repairs) = open(home.path());
    assert_eq!(
        (notes(&store).len(), store.lost(), repairs),
        (4, None, vec![])
    );
}

/// The description of a loss names place and reason, without internals.
#[test]
fn an_incomplete_operation_that_cannot_be_undone_is_reported_as_a_loss() {
    let home = tempfile::tempdir().expect("temporary folder");
    let (mut store, _) = open(home.path());
    let part = |id: &str, text: &str| Operation {
        group: Some(Group {
            id: "g".into(),
            last: false,
        }),
        ..op(id, vec![note(id, text)])
    };
    store
        .commit(&op("1", vec![Change::create(account("A"))]))
        .expect("the operation is committed");
    let journal = home.path().join("journal/00000001.journal");
    let start = std::fs::metadata(&journal).expect("the file exists").len();
    store
        .commit(&part("2", "half"))
        .expect("the operation is committed");
    store
        .commit(&part("3", "of it"))
        .expect("the operation is committed");
    drop(store);
    flip(&journal, start + 20);
    let (store, repairs) = open(home.path());
    let lost = store.lost().expect("an incomplete operation");
    assert!(
        lost.contains("journal") && lost.contains("checksum"),
        "{lost}"
    );
    assert!(!lost.contains(['{', '"']), "{lost}");
    assert!(
        repairs
            .iter()
            .any(|r| matches!(r, Repair::Lost { what } if what == lost))
    );
}

#[test]
fn a_tree_without_journal_and_snapshot_is_kept_read_only() {
    let home = tempfile::tempdir().expect("temporary folder");
    let (journal, _) = four_notes(home.path());
    std::fs::remove_file(journal).expect("the file is removed");
    let (store, _) = open(home.path());
    assert_eq!(notes(&store).len(), 4);
    assert_eq!(
        store.lost(),
        None,
        "the tree is whole: a snapshot makes it safe again"
    );
    // Without snapshot and journal a rebuild would lose everything, so it is refused.
    std::fs::remove_dir_all(home.path().join("snapshots")).expect("the folder is removed");
    let (store, opened) = store
        .rebuild(&mut Mint::new(7), at())
        .expect("the store is rebuilt");
    assert!(
        matches!(&opened.repairs[..], [Repair::Lost { .. }]),
        "{opened:?}"
    );
    assert_eq!(notes(&store).len(), 4);
}

fn part(group: &str, id: &str, last: bool) -> Operation {
    Operation {
        group: Some(Group {
            id: group.into(),
            last,
        }),
        label: Label::Import {
            files: vec!["x".into()],
        },
        ..op(id, vec![note(id, id)])
    }
}

#[test]
fn an_interrupted_rollback_continues_and_redo_does_not_restore_it() {
    let home = tempfile::tempdir().expect("temporary folder");
    let (mut store, _) = open(home.path());
    store
        .commit(&op("1", vec![Change::create(account("A"))]))
        .expect("the operation is committed");
    for id in ["2", "3", "4"] {
        store
            .commit(&part("g", id, false))
            .expect("the operation is committed");
    }
    let written = std::fs::metadata(home.path().join("journal/00000001.journal"))
        .expect("the file exists")
        .len();
    drop(store);
    let (store, repairs) = open(home.path());
    assert!(matches!(repairs[..], [Repair::RolledBack { .. }]));
    assert_eq!(notes(&store), Vec::<String>::new());
    drop(store);
    // Simulates a power failure after the first inverse: the tree is rebuilt up to there.
    let journal = home.path().join("journal/00000001.journal");
    let whole = std::fs::read(&journal).expect("the file is readable");
    let first = written as usize
        + 13
        + u32::from_le_bytes(
            whole[written as usize + 1..written as usize + 5]
                .try_into()
                .expect("four bytes"),
        ) as usize;
    std::fs::write(&journal, &whole[..first]).expect("the file is written");
    // It is never ahead of the journal.
    std::fs::remove_file(home.path().join("head")).expect("the file is removed");
    std::fs::remove_dir_all(home.path().join("store")).expect("the folder is removed");
    let (mut store, _) = open(home.path());
    assert_eq!(
        notes(&store),
        Vec::<String>::new(),
        "the rest of it is taken back too"
    );
    let mut mint = Mint::new(9);
    assert_eq!(store.redo(&mut mint, at()), Err(Failure::NothingToRedo));
    store
        .undo(&mut mint, at())
        .expect("the operation is undone");
    assert!(
        store
            .dossier(&"a".into())
            .expect("the read succeeds")
            .is_none()
    );
}

#[test]
fn undo_of_a_long_operation_reverts_all_parts_or_none() {
    let home = tempfile::tempdir().expect("temporary folder");
    let (mut store, _) = open(home.path());
    store
        .commit(&op("1", vec![Change::create(account("A"))]))
        .expect("the operation is committed");
    store
        .commit(&part("g", "2", false))
        .expect("the operation is committed");
    store
        .commit(&part("g", "3", true))
        .expect("the operation is committed");
    // After two snapshots the segment with the parts is gone.
    store.snapshot().expect("the snapshot is written");
    store
        .commit(&op("4", vec![note("4", "4")]))
        .expect("the operation is committed");
    store.snapshot().expect("the snapshot is written");
    let mut mint = Mint::new(4);
    store
        .undo(&mut mint, at())
        .expect("the operation is undone");
    assert_eq!(store.undo(&mut mint, at()), Err(Failure::UndoReach));
    assert_eq!(notes(&store), ["2", "3"], "nothing was half taken back");
    drop(store);
    assert_eq!(open(home.path()).1, vec![]);
}

/// A closed tree is released only when sled's threads have ended, so opening is retried.
fn when_let_go(open: impl Fn() -> sled::Result<sled::Db>) -> sled::Db {
    for _ in 0..200 {
        match open() {
            Ok(db) => return db,
            Err(_) => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
    open().expect("it opens")
}

#[test]
fn a_backup_of_a_wrong_tree_is_refused() {
    let home = tempfile::tempdir().expect("temporary folder");
    four_notes(home.path());
    {
        // A record disappears silently, as in a damaged tree.
        let db = when_let_go(|| sled::open(home.path().join("store")));
        let tree = db.open_tree("book").expect("the tree opens");
        let key = tree
            .scan_prefix("n")
            .keys()
            .next()
            .expect("a note")
            .expect("the read succeeds");
        tree.remove(key).expect("the record is removed");
        db.flush().expect("the tree is flushed");
    }
    let (mut store, _) = open(home.path());
    let file = home.path().join("b.kenshin");
    assert!(matches!(store.backup(&file), Err(Failure::Damaged { .. })));
    assert!(
        !file.exists()
            && std::fs::read_dir(home.path())
                .expect("the folder is readable")
                .all(|e| !e
                    .expect("a directory entry")
                    .file_name()
                    .to_string_lossy()
                    .ends_with(".part"))
    );
    // Journal and snapshot still have the record.
    let (store, _) = store
        .rebuild(&mut Mint::new(3), at())
        .expect("the store is rebuilt");
    assert_eq!(notes(&store), ["1", "2", "3", "4"]);
}
