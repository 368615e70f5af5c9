//! The parts of a store know each other: a missing, foreign or older segment, snapshot or tree is made good from
//! the others, or named as a loss. Never silently less, never the records of another store.

use crate::common;

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeZone, Utc};
use common::copy;
use kenshin::testing::domain::account::Account;
use kenshin::testing::domain::change::Change;
use kenshin::testing::domain::failure::{Cause, Failure, Repair};
use kenshin::testing::domain::ids::Mint;
use kenshin::testing::domain::note::{Kind, Note};
use kenshin::testing::store::{Durability, Store};

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap()
}

fn open(home: &Path) -> (Store, Vec<Repair>) {
    let mut mint = Mint::new(fastrand::u64(..));
    let (store, opened) =
        Store::open(home, Durability::Full, &mut mint, at()).expect("the store opens");
    (store, opened.repairs)
}

fn put(store: &mut Store, id: &str) {
    let note = Change::create(Note {
        id: id.into(),
        account: "a".into(),
        kind: Kind::Quick,
        at: at(),
        author: "me".into(),
        text: id.into(),
        tags: vec![],
        quotes: vec![],
        checkin: None,
        context: None,
    });
    store
        .commit(&common::build::operation(id, at(), vec![note]))
        .expect("the note is committed");
}

fn notes(store: &Store) -> Vec<String> {
    let dossier = store.dossier(&"a".into()).expect("the read succeeds");
    let mut out: Vec<String> = dossier
        .map(|d| d.notes.into_iter().map(|n| n.text).collect())
        .unwrap_or_default();
    out.sort();
    out
}

/// Operations 1 to 10: an account and notes, with snapshots after 4 and 7. Segment 2 holds operations 5 to 7,
/// segment 3 the later ones.
fn home(name: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    let (mut store, _) = open(home.path());
    let account = Change::create(Account::new("a".into(), name));
    store
        .commit(&common::build::operation("1", at(), vec![account]))
        .expect("the account is committed");
    for n in 2..=10 {
        put(&mut store, &format!("{name}{n:02}"));
        if n == 4 || n == 7 {
            store.snapshot().expect("the snapshot is written");
        }
    }
    store.leave().expect("the store closes");
    home
}

fn all(name: &str) -> Vec<String> {
    (2..=10).map(|n| format!("{name}{n:02}")).collect()
}

fn segment(home: &Path, n: u64) -> PathBuf {
    home.join(format!("journal/{n:08}.journal"))
}

fn without_tree(home: &Path) {
    std::fs::remove_dir_all(home.join("store")).expect("the folder is removed");
}

fn files(dir: &Path) -> Vec<String> {
    let mut out: Vec<String> = std::fs::read_dir(dir)
        .expect("the folder is readable")
        .map(|e| {
            e.expect("a directory entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    out.sort();
    out
}

/// The store has everything and says what it mended; afterwards all is well.
fn made_good(home: &Path, name: &str, says: &str) {
    let (store, repairs) = open(home);
    assert_eq!(store.lost(), None, "{repairs:?}");
    assert_eq!(notes(&store), all(name), "{repairs:?}");
    let said = format!("{repairs:?}");
    assert!(said.contains(says), "{said}");
    drop(store);
    let (store, repairs) = open(home);
    assert_eq!((notes(&store), repairs), (all(name), vec![]));
}

/// What is left can be read, and the loss is named until it is accepted.
fn named(home: &Path, says: &[&str]) -> Vec<String> {
    for _ in 0..2 {
        let (mut store, _) = open(home);
        let lost = store.lost().expect("a loss").to_owned();
        for says in says {
            assert!(lost.contains(says), "{lost}");
        }
        let account = Change::create(Account::new("b".into(), "B"));
        let op = common::build::operation("x", at(), vec![account]);
        assert!(matches!(store.commit(&op), Err(Failure::ReadOnly { .. })));
        store.leave().expect("the store closes");
    }
    let (mut store, _) = open(home);
    let left = notes(&store);
    store.accept_loss().expect("the loss is accepted");
    put(&mut store, "after");
    drop(store);
    let (store, repairs) = open(home);
    assert_eq!((store.lost(), repairs), (None, vec![]));
    assert_eq!(notes(&store).len(), left.len() + 1);
    left
}

#[test]
fn a_store_closed_well_has_no_problems() {
    let home = home("own");
    let (store, repairs) = open(home.path());
    assert_eq!(repairs, vec![]);
    let report = store.verify().expect("the check runs");
    assert_eq!(report.problems, vec![]);
    assert_eq!(report.snapshots, 2);
}

#[test]
fn the_newest_segment_and_the_tree_do_not_go_without_a_word() {
    let home = home("own");
    let home = home.path();
    std::fs::remove_file(segment(home, 3)).expect("the file is removed");
    without_tree(home);
    let left = named(home, &["00000003.journal: missing", "operations 8–10"]);
    assert_eq!(left, all("own")[..6]);
}

#[test]
fn a_home_without_snapshots_misses_its_newest_segment_too() {
    let home = home("own");
    let home = home.path();
    std::fs::remove_dir_all(home.join("snapshots")).expect("the folder is removed");
    std::fs::remove_file(segment(home, 3)).expect("the file is removed");
    without_tree(home);
    let (store, _) = open(home);
    let lost = store.lost().expect("a loss");
    for says in [
        "operations 1–4",
        "00000003.journal: missing",
        "operations 8–10",
    ] {
        assert!(lost.contains(says), "{lost}");
    }
}

#[test]
fn a_missing_segment_that_the_tree_makes_good_is_told() {
    let home = home("own");
    std::fs::remove_file(segment(home.path(), 3)).expect("the file is removed");
    made_good(home.path(), "own", "00000003.journal: missing");
}

#[test]
fn a_missing_segment_between_others_is_named_with_its_operations() {
    let home = home("own");
    let home = home.path();
    std::fs::remove_file(segment(home, 2)).expect("the file is removed");
    let report = open(home).0.verify().expect("the check runs");
    let said = format!("{:?}", report.problems);
    assert!(
        said.contains("00000002.journal does not continue it"),
        "{said}"
    );
    // The newest snapshot is gone too: the older one and the journal no longer reach.
    let snapshots = files(&home.join("snapshots"));
    std::fs::remove_file(home.join("snapshots").join(&snapshots[1])).expect("removed");
    without_tree(home);
    let left = named(home, &["00000002.journal: missing", "operations 5–7"]);
    let want: Vec<String> = all("own")
        .into_iter()
        .filter(|n| !["own05", "own06", "own07"].contains(&n.as_str()))
        .collect();
    assert_eq!(left, want);
}

#[test]
fn a_segment_of_another_home_is_never_read() {
    let (own, other) = (home("own"), home("other"));
    for n in [3, 7] {
        for has_tree in [true, false] {
            let home = tempfile::tempdir().expect("temporary folder");
            let home = home.path();
            copy(own.path(), home);
            std::fs::copy(segment(other.path(), 3), segment(home, n)).expect("copied");
            if !has_tree {
                without_tree(home);
            }
            if has_tree || n == 7 {
                made_good(home, "own", "foreign-1");
            } else {
                let left = named(home, &["operations 8–10"]);
                assert_eq!(left, all("own")[..6]);
            }
            let aside = files(&home.join("journal"));
            assert!(
                aside.contains(&format!("{n:08}.journal.foreign-1")),
                "{aside:?}"
            );
        }
    }
}

#[test]
fn an_older_copy_of_the_newest_segment_is_noticed() {
    for has_tree in [true, false] {
        let home = tempfile::tempdir().expect("temporary folder");
        let home = home.path();
        copy(self::home("own").path(), home);
        let old = std::fs::read(segment(home, 3)).expect("read");
        let (mut store, _) = open(home);
        put(&mut store, "own11");
        store.leave().expect("closed");
        std::fs::write(segment(home, 3), old).expect("written");
        if has_tree {
            let (store, repairs) = open(home);
            assert_eq!((notes(&store).len(), store.lost()), (10, None));
            assert!(
                format!("{repairs:?}").contains("operation 11"),
                "{repairs:?}"
            );
            drop(store);
            assert_eq!(open(home).1, vec![]);
        } else {
            without_tree(home);
            assert_eq!(named(home, &["operation 11"]), all("own"));
        }
    }
}

#[test]
fn an_older_copy_of_an_earlier_segment_is_noticed() {
    let home = home("own");
    let home = home.path();
    // The last operation of the segment is cut off, at the end of a frame.
    let bytes = std::fs::read(segment(home, 2)).expect("read");
    let frame = |at: usize| {
        let length = u32::from_le_bytes(bytes[at + 1..at + 5].try_into().expect("four bytes"));
        at + 13 + length as usize
    };
    let mut ends = vec![0];
    while ends[ends.len() - 1] < bytes.len() {
        ends.push(frame(ends[ends.len() - 1]));
    }
    std::fs::write(segment(home, 2), &bytes[..ends[ends.len() - 2]]).expect("written");
    let report = open(home).0.verify().expect("the check runs");
    let said = format!("{:?}", report.problems);
    assert!(said.contains("00000002.journal: an older copy"), "{said}");
    assert!(said.contains("operation 7"), "{said}");
    let snapshots = files(&home.join("snapshots"));
    std::fs::remove_file(home.join("snapshots").join(&snapshots[1])).expect("removed");
    without_tree(home);
    named(home, &["00000002.journal: an older copy", "operation 7"]);
}

/// Two copies of one home went on, and a segment of one came to the other.
#[test]
fn a_segment_of_a_copy_that_went_on_by_itself_is_set_aside() {
    let own = home("own");
    let copied = tempfile::tempdir().expect("temporary folder");
    copy(own.path(), copied.path());
    let (mut store, _) = open(copied.path());
    for n in 0..5 {
        put(&mut store, &format!("stranger{n}"));
    }
    store.leave().expect("closed");
    let (mut store, _) = open(own.path());
    put(&mut store, "own11");
    store.leave().expect("closed");
    std::fs::copy(segment(copied.path(), 3), segment(own.path(), 3)).expect("copied");
    let (store, repairs) = open(own.path());
    assert!(format!("{repairs:?}").contains("foreign-1"), "{repairs:?}");
    assert_eq!(
        (notes(&store).len(), store.lost()),
        (10, None),
        "no stranger's note"
    );
}

#[test]
fn a_snapshot_of_another_home_is_never_loaded() {
    let (own, other) = (home("own"), home("other"));
    let theirs = files(&other.path().join("snapshots"));
    let from = other.path().join("snapshots").join(&theirs[1]);
    for name in ["0000000000000007.snapshot", "0000000000000500.snapshot"] {
        for has_tree in [true, false] {
            let home = tempfile::tempdir().expect("temporary folder");
            let home = home.path();
            copy(own.path(), home);
            std::fs::copy(&from, home.join("snapshots").join(name)).expect("copied");
            if !has_tree {
                without_tree(home);
            }
            made_good(home, "own", &format!("{name}.foreign-1"));
        }
    }
}

#[test]
fn a_tree_of_another_home_or_an_older_one_is_rebuilt() {
    let (own, other) = (home("own"), home("other"));
    let replaced = |with: &Path| {
        let home = tempfile::tempdir().expect("temporary folder");
        copy(own.path(), home.path());
        without_tree(home.path());
        copy(&with.join("store"), &home.path().join("store"));
        home
    };
    let home = replaced(other.path());
    let (store, repairs) = open(home.path());
    assert!(
        matches!(
            &repairs[..],
            [Repair::Rebuilt {
                cause: Cause::Foreign,
                ..
            }]
        ),
        "{repairs:?}"
    );
    assert_eq!((notes(&store), store.lost()), (all("own"), None));
    drop(store);
    // An older tree: the newest snapshot has later operations.
    let old = tempfile::tempdir().expect("temporary folder");
    copy(own.path(), old.path());
    let (mut store, _) = open(own.path());
    put(&mut store, "own11");
    for _ in 0..3 {
        store.snapshot().expect("the snapshot is written");
    }
    store.leave().expect("closed");
    let home = replaced(old.path());
    let (store, repairs) = open(home.path());
    assert!(
        matches!(
            &repairs[..],
            [Repair::Rebuilt {
                cause: Cause::Behind,
                ..
            }]
        ),
        "{repairs:?}"
    );
    assert_eq!((notes(&store).len(), store.lost()), (10, None));
}

#[test]
fn a_restored_store_is_another_one() {
    let home = home("own");
    let home = home.path();
    let backup = home.join("backups/b.kenshin");
    let (mut store, _) = open(home);
    store.backup(&backup).expect("the backup is written");
    put(&mut store, "own11");
    drop(store);
    let aside = Store::restore(home, &backup, &Default::default())
        .expect("restored")
        .aside
        .expect("the old data");
    made_good(home, "own", "");
    assert_eq!(open(home).0.verify().expect("runs").problems, vec![]);
    // A segment of the life before does not come back into this one.
    std::fs::copy(segment(&aside, 3), segment(home, 9)).expect("copied");
    made_good(home, "own", "foreign-1");
}

#[test]
fn homes_of_earlier_versions_get_an_identity() {
    for schema in 2..=10 {
        let from =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/stores/schema-{schema}"));
        let home = tempfile::tempdir().expect("temporary folder");
        let home = home.path();
        copy(&from, home);
        let (store, repairs) = open(home);
        assert!(
            repairs.iter().any(|r| matches!(r, Repair::Migrated { .. })),
            "{schema}: {repairs:?}"
        );
        let account = store.accounts().expect("read")[0].id.clone();
        let problems = store.verify().expect("runs").problems;
        assert_eq!(problems, vec![], "{schema}");
        drop(store);
        let (mut store, repairs) = open(home);
        assert_eq!(repairs, vec![], "{schema}");
        let mut named_account = store.account(&account).expect("read").expect("there");
        let before = named_account.clone();
        named_account.name = "renamed".into();
        let change = Change::update(before, named_account);
        store
            .commit(&common::build::operation("x", at(), vec![change]))
            .expect("committed");
        let last = store.seq();
        store.leave().expect("closed");
        let newest = files(&home.join("journal"));
        let newest = newest
            .iter()
            .rfind(|n| n.ends_with(".journal"))
            .expect("one");
        std::fs::remove_file(home.join("journal").join(newest)).expect("removed");
        without_tree(home);
        let (store, _) = open(home);
        let lost = store.lost().expect("a loss");
        assert!(lost.contains(newest.as_str()), "{schema}: {lost}");
        assert!(lost.contains(&format!("{last}")), "{schema}: {lost}");
    }
}

#[test]
fn a_lost_or_foreign_head_file_costs_nothing() {
    let (own, other) = (home("own"), home("other"));
    let head = own.path().join("head");
    std::fs::remove_file(&head).expect("removed");
    assert_eq!(open(own.path()).1, vec![]);
    assert!(head.exists(), "it is written again");
    std::fs::copy(other.path().join("head"), &head).expect("copied");
    let (store, repairs) = open(own.path());
    assert_eq!((notes(&store), repairs), (all("own"), vec![]));
    assert_eq!(store.verify().expect("runs").problems, vec![]);
}
