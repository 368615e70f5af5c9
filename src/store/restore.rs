//! Restores a backup. The new data is staged beside the data and marked as complete; only then is
//! anything moved. A restore that is interrupted either did not begin or is finished by the next
//! opening.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::backup::check_complete;
use super::files::{NewFile, check_free_space, private_dir, sync_dir, write_atomic};
use super::frames::{FrameKind, Frames, frame};
use super::handle::Store;
use super::identity::StoreId;
use super::journal::Journal;
use super::lock::Lock;
use super::snapshots::{Head, damaged, read_head};
use super::{codec, inputs, kept_marks, loss, newest};
use crate::domain::failure::Failure;

/// The folder in which a backup is staged.
const STAGE: &str = "restoring";
/// The mark of a complete stage. It names the folder to which the replaced data is moved.
const WHOLE: &str = "whole";
/// The parts that the stage replaces.
const STAGED: [&str; 4] = ["snapshots", "journal", newest::FILE, kept_marks::FILE];
/// Files that belong to the replaced data and are rebuilt from the new.
const REPLACED: [&str; 3] = ["store", "cache", loss::FILE];

impl Store {
    /// Replaces a home's data with a backup's. Moves the old data to another folder and returns it; none where
    /// the home had no data.
    ///
    /// # Errors
    /// The backup is incomplete or of another version, another process holds the store, or the disk is full or
    /// cannot be written.
    pub fn restore(home: &Path, backup: &Path) -> Result<Option<PathBuf>, Failure> {
        check_complete(backup)?;
        let lock = Lock::take(home)?;
        finish(home)?;
        // Check the free space before anything is moved.
        check_free_space(home, backup.metadata().map_or(0, |m| m.len() * 3))?;
        let aside = (1..)
            .map(|n| format!("replaced-{n}"))
            .find(|name| !home.join(name).exists())
            .unwrap_or_default();
        let head = read_head(backup).ok_or_else(|| damaged(backup, "it has no head".into()))?;
        let stage = home.join(STAGE);
        for name in ["snapshots", "journal"] {
            private_dir(&stage.join(name))?;
        }
        kept_marks::write(&stage.join(kept_marks::FILE), &kept_marks::of_home(home))?;
        // The journal continues after the segment that the backup names. It is a new life of the data, with an id of
        // its own: what the replaced journal holds does not belong to it.
        let head = Head {
            segment: head.segment + 1,
            store: Some(StoreId::random()),
            ..head
        };
        copy(backup, &stage.join("snapshots"), &head)?;
        Journal::create(&stage, &head)?;
        write_atomic(&stage.join(WHOLE), aside.as_bytes())?;
        finish(home)?;
        drop(lock);
        let aside = home.join(aside);
        // Only an empty folder can be removed this way.
        let was_empty = std::fs::remove_dir(&aside).is_ok();
        Ok((!was_empty).then_some(aside))
    }
}

/// Copies the records of a backup to a snapshot with another head.
fn copy(from: &Path, dir: &Path, head: &Head) -> Result<(), Failure> {
    let frames = Frames::new(BufReader::new(inputs::open(from)?));
    let mut to = NewFile::create(&dir.join(format!("{:016}.snapshot", head.seq)))?;
    to.write(&frame(FrameKind::Head, &codec::json(head))?)?;
    for (kind, body) in frames {
        if kind == FrameKind::Pair {
            to.write(&frame(kind, &body)?)?;
        }
    }
    to.write(&frame(FrameKind::End, &[])?)?;
    to.finish()?;
    Ok(())
}

/// Moves a complete stage into place, and removes an incomplete one. The caller holds the lock.
pub(super) fn finish(home: &Path) -> Result<(), Failure> {
    let stage = home.join(STAGE);
    if !stage.exists() {
        return Ok(());
    }
    let moved =
        |from: &Path, to: &Path| std::fs::rename(from, to).map_err(|e| Failure::io(from, &e));
    if let Ok(name) = std::fs::read_to_string(stage.join(WHOLE)) {
        let aside = home.join(name);
        private_dir(&aside)?;
        for name in REPLACED {
            if home.join(name).exists() {
                moved(&home.join(name), &aside.join(name))?;
            }
        }
        for name in STAGED {
            // A part that is no longer in the stage has been moved already.
            if stage.join(name).exists() {
                if home.join(name).exists() {
                    moved(&home.join(name), &aside.join(name))?;
                }
                moved(&stage.join(name), &home.join(name))?;
            }
        }
        sync_dir(&aside)?;
        sync_dir(home)?;
        std::fs::remove_file(stage.join(WHOLE)).map_err(|e| Failure::io(&stage, &e))?;
    }
    std::fs::remove_dir_all(&stage).map_err(|e| Failure::io(&stage, &e))?;
    sync_dir(home)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Label, Operation};
    use crate::domain::ids::Mint;
    use crate::store::Durability;

    fn open(home: &Path) -> Store {
        Store::open(
            home,
            Durability::Full,
            &mut Mint::new(1),
            chrono::DateTime::UNIX_EPOCH,
        )
        .expect("opens")
        .0
    }

    fn put(store: &mut Store, id: &str) {
        let account = crate::domain::account::Account::new(id.into(), id);
        let changes = vec![Change::create(account)];
        let op = Operation {
            id: id.into(),
            at: chrono::DateTime::UNIX_EPOCH,
            actor: "me".into(),
            device: "test".into(),
            label: Label::Demo,
            group: None,
            changes,
            usage: vec![],
        };
        store.commit(&op).expect("commits");
    }

    /// As after a power cut between any two moves.
    #[test]
    fn the_next_opening_finishes_an_interrupted_restore() {
        for cut in 0..5 {
            let home = tempfile::tempdir().expect("a folder");
            let home = home.path();
            let backup = home.join("b.kenshin");
            let mut store = open(home);
            put(&mut store, "old");
            store.backup(&backup).expect("backs up");
            put(&mut store, "new");
            drop(store);
            // The stage as `restore` leaves it, after the first moves.
            let stage = home.join(STAGE);
            for name in STAGED {
                private_dir(&stage.join(name)).expect("a folder");
            }
            let head = read_head(&backup).expect("a head");
            std::fs::copy(
                &backup,
                stage
                    .join("snapshots")
                    .join(format!("{:016}.snapshot", head.seq)),
            )
            .expect("copies");
            std::fs::write(
                stage
                    .join("journal")
                    .join(format!("{:08}.journal", head.segment + 1)),
                b"",
            )
            .expect("writes");
            let aside = home.join("replaced-1");
            if cut > 0 {
                std::fs::write(stage.join(WHOLE), "replaced-1").expect("writes");
                std::fs::create_dir(&aside).expect("a folder");
            }
            if cut > 1 {
                std::fs::rename(home.join("store"), aside.join("store")).expect("moves");
            }
            if cut > 2 {
                let _ = std::fs::rename(home.join("snapshots"), aside.join("snapshots"));
                std::fs::rename(stage.join("snapshots"), home.join("snapshots")).expect("moves");
            }
            if cut > 3 {
                std::fs::rename(home.join("journal"), aside.join("journal")).expect("moves");
            }
            let names: Vec<String> = open(home)
                .accounts()
                .expect("reads")
                .into_iter()
                .map(|a| a.name)
                .collect();
            let expected: &[&str] = if cut == 0 { &["new", "old"] } else { &["old"] };
            assert_eq!(names, expected, "cut after {cut} moves");
            assert!(!stage.exists());
            assert_eq!(
                open(home).accounts().expect("reads").len(),
                names.len(),
                "and it stays so"
            );
        }
    }
}
