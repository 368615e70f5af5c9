//! Restores a backup, or takes a restore back. The new data is staged beside the data and marked as complete; only
//! then is anything moved. A restore that is interrupted either did not begin or is finished by the next opening.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::backup::{check_complete, check_values};
use super::carried::{self, Carried, PutBack};
use super::files::{NewFile, check_free_space, private_dir, sync_dir, write_atomic};
use super::frames::{FrameKind, Frames, frame};
use super::handle::Store;
use super::identity::StoreId;
use super::journal::Journal;
use super::lock::Lock;
use super::snapshots::{Head, damaged, read_head, split_pair};
use super::{codec, inputs, kept_marks, loss, newest, values};
use crate::domain::failure::{Failure, WrongPlace};

/// The folder in which a backup is staged.
pub(super) const STAGE: &str = "restoring";
/// The mark of a complete stage. Its first line names the folder to which the replaced data is moved, the others
/// the parts in the stage; an earlier version wrote the first line alone.
const WHOLE: &str = "whole";
/// The parts that the stage of a backup replaces.
const STAGED: [&str; 4] = ["snapshots", "journal", newest::FILE, kept_marks::FILE];
/// Files that belong to the replaced data and are rebuilt from the new.
const REPLACED: [&str; 3] = ["store", "cache", loss::FILE];
/// What the folders of replaced data are called.
const ASIDE: &str = "replaced-";

/// How a backup is restored.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Where its configuration files go; none leaves them out.
    pub config: Option<PathBuf>,
    /// Leaves out records that cannot be read, instead of refusing the backup.
    pub accept_loss: bool,
}

/// What a restore did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restored {
    /// Where the replaced data is; none where the home had no data.
    pub aside: Option<PathBuf>,
    pub put_back: PutBack,
    /// Records that were left out because they cannot be read.
    pub left_out: Vec<String>,
}

impl Store {
    /// Replaces a home's data with a backup's, and moves the old data to another folder. The home need not be usable.
    ///
    /// # Errors
    /// The backup is incomplete, of another version or holds a record that cannot be read, another process holds the
    /// store, or the disk is full or cannot be written.
    pub fn restore(home: &Path, backup: &Path, choices: &Choices) -> Result<Restored, Failure> {
        match choices.accept_loss {
            true => check_complete(backup)?,
            false => check_values(backup)?,
        }
        let lock = Lock::take(home)?;
        finish(home)?;
        // Check the free space before anything is moved.
        check_free_space(home, backup.metadata().map_or(0, |m| m.len() * 3))?;
        let aside = free_aside(home);
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
        let (left_out, files) = copy(backup, &stage.join("snapshots"), &head)?;
        Journal::create(&stage, &head)?;
        let put_back = carried::put_back(&files, home, choices.config.as_deref())?;
        write_atomic(&stage.join(WHOLE), whole(&aside, &STAGED).as_bytes())?;
        finish(home)?;
        drop(lock);
        Ok(Restored {
            aside: none_if_empty(home.join(aside)),
            put_back,
            left_out,
        })
    }

    /// Takes a restore back: the data in a folder that a restore set aside becomes the home's again. Returns where
    /// the present data went.
    ///
    /// # Errors
    /// It is no such folder, another process holds the store, or the disk cannot be written.
    pub fn return_to(home: &Path, folder: &Path) -> Result<Option<PathBuf>, Failure> {
        let lock = Lock::take(home)?;
        finish(home)?;
        let parts: Vec<&str> = REPLACED.into_iter().chain(STAGED).collect();
        let there: Vec<&str> = parts
            .into_iter()
            .filter(|part| folder.join(part).exists())
            .collect();
        let has_data = there
            .iter()
            .any(|part| ["store", "journal", "snapshots"].contains(part));
        let real = |path: &Path| path.canonicalize().map_err(|e| Failure::io(path, &e));
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let is_ours = real(folder)?.parent() == Some(&real(home)?) && name.starts_with(ASIDE);
        if !has_data || !is_ours {
            return Err(Failure::WrongPlace {
                path: folder.display().to_string(),
                why: WrongPlace::Folder,
            });
        }
        let mut marks = kept_marks::of_home(home);
        marks.extend(kept_marks::waiting(folder));
        kept_marks::write(&folder.join(kept_marks::FILE), &marks)?;
        let mut staged = there;
        if !staged.contains(&kept_marks::FILE) {
            staged.push(kept_marks::FILE);
        }
        let aside = free_aside(home);
        write_atomic(&folder.join(WHOLE), whole(&aside, &staged).as_bytes())?;
        // From here on the next opening finishes it.
        let stage = home.join(STAGE);
        std::fs::rename(folder, &stage).map_err(|e| Failure::io(folder, &e))?;
        sync_dir(home)?;
        finish(home)?;
        drop(lock);
        Ok(none_if_empty(home.join(aside)))
    }
}

fn whole(aside: &str, parts: &[&str]) -> String {
    format!("{aside}\n{}\n", parts.join("\n"))
}

/// A name for the folder of the replaced data.
fn free_aside(home: &Path) -> String {
    (1..)
        .map(|n| format!("{ASIDE}{n}"))
        .find(|name| !home.join(name).exists())
        .unwrap_or_default()
}

/// Removes the folder of the replaced data if nothing was replaced.
fn none_if_empty(aside: PathBuf) -> Option<PathBuf> {
    // Only an empty folder can be removed this way.
    std::fs::remove_dir(&aside).is_err().then_some(aside)
}

/// Copies the records of a backup to a snapshot with another head. Returns those that cannot be read and were left
/// out, and what the backup holds beside records.
fn copy(from: &Path, dir: &Path, head: &Head) -> Result<(Vec<String>, Vec<Carried>), Failure> {
    let frames = Frames::new(BufReader::new(inputs::open(from)?));
    let mut to = NewFile::create(&dir.join(format!("{:016}.snapshot", head.seq)))?;
    to.write(&frame(FrameKind::Head, &codec::json(head))?)?;
    let (mut left_out, mut files) = (Vec::new(), Vec::new());
    for (kind, body) in frames {
        if kind == FrameKind::File {
            files.extend(Carried::of_body(&body));
        } else if kind == FrameKind::Pair {
            let pair = split_pair(&body).ok_or("a pair is cut short".to_owned());
            match pair.and_then(|(key, value)| values::check(key, value)) {
                Ok(()) => to.write(&frame(kind, &body)?)?,
                Err(reason) => left_out.push(reason),
            }
        }
    }
    to.write(&frame(FrameKind::End, &[])?)?;
    to.finish()?;
    Ok((left_out, files))
}

/// Moves a complete stage into place, and removes an incomplete one. The caller holds the lock.
pub(super) fn finish(home: &Path) -> Result<(), Failure> {
    let stage = home.join(STAGE);
    if !stage.exists() {
        return Ok(());
    }
    let moved =
        |from: &Path, to: &Path| std::fs::rename(from, to).map_err(|e| Failure::io(from, &e));
    if let Ok(text) = std::fs::read_to_string(stage.join(WHOLE)) {
        let mut lines = text.lines();
        let aside = home.join(lines.next().unwrap_or_default());
        let mut staged: Vec<&str> = lines.collect();
        if staged.is_empty() {
            staged.extend(STAGED);
        }
        private_dir(&aside)?;
        for name in REPLACED.into_iter().chain(STAGED) {
            let (here, new) = (home.join(name), stage.join(name));
            // A part that is no longer in the stage has been moved already.
            if staged.contains(&name) && !new.exists() {
                continue;
            }
            if here.exists() {
                moved(&here, &aside.join(name))?;
            }
            if new.exists() {
                moved(&new, &here)?;
            }
        }
        sync_dir(&aside)?;
        sync_dir(home)?;
        keep_others(&stage, &aside)?;
        std::fs::remove_file(stage.join(WHOLE)).map_err(|e| Failure::io(&stage, &e))?;
    }
    std::fs::remove_dir_all(&stage).map_err(|e| Failure::io(&stage, &e))?;
    sync_dir(home)
}

/// Moves what a person put into a folder of replaced data to the new one.
fn keep_others(stage: &Path, aside: &Path) -> Result<(), Failure> {
    let fail = |e: std::io::Error| Failure::io(stage, &e);
    for entry in std::fs::read_dir(stage).map_err(fail)? {
        let name = entry.map_err(fail)?.file_name();
        if name != WHOLE && !aside.join(&name).exists() {
            std::fs::rename(stage.join(&name), aside.join(&name)).map_err(fail)?;
        }
    }
    Ok(())
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
                // As an earlier version wrote it.
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
