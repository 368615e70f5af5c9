//! Drafts: text that the user is typing, written to a file within a quarter of a second of the
//! keystroke. The key (account, place, author) decides where the text comes back.
//!
//! A sync takes a millisecond, and sometimes half a second. A draft is therefore saved in two
//! steps. First it is *written* to a numbered file of its own, which survives the end of the
//! program. Then it is *synced*, which survives a power cut, and renamed to its final name. The
//! steps may run in two threads.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{private_dir, private_file, sync_dir};
use crate::domain::failure::Failure;

/// A draft on disk. `body` has the form that the desk gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    /// The later of two drafts of one key has the higher number.
    #[serde(default)]
    pub n: u64,
    pub body: serde_json::Value,
}

/// A file name that no key can turn into a path: the bytes of the key in hexadecimal.
fn name_of(key: &str) -> String {
    let name: String = key.bytes().map(|b| format!("{b:02x}")).collect();
    // File names have at most 255 bytes; a long key is cut and gets a checksum to stay unique.
    if name.len() > 200 {
        format!("{}-{:08x}", &name[..180], crc32fast::hash(key.as_bytes()))
    } else {
        name
    }
}

fn dir(home: &Path) -> PathBuf {
    home.join("drafts")
}

fn synced_path(home: &Path, key: &str) -> PathBuf {
    dir(home).join(format!("{}.json", name_of(key)))
}

fn written_path(home: &Path, key: &str, n: u64) -> PathBuf {
    dir(home).join(format!("{}.{n}.written", name_of(key)))
}

/// The name and the number of a draft that was written but not synced.
fn written_name(path: &Path) -> Option<(&str, u64)> {
    let (name, n) = path
        .file_name()?
        .to_str()?
        .strip_suffix(".written")?
        .rsplit_once('.')?;
    Some((name, n.parse().ok()?))
}

fn files(home: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(dir(home))
        .into_iter()
        .flatten()
        .filter_map(|e| Some(e.ok()?.path()))
        .collect()
}

fn read(path: &Path) -> Option<Draft> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// The highest number of all drafts. The next draft gets a higher one.
pub fn highest(home: &Path) -> u64 {
    let number = |path: &PathBuf| match written_name(path) {
        Some((_, n)) => Some(n),
        None => Some(read(path)?.n),
    };
    files(home).iter().filter_map(number).max().unwrap_or(0)
}

/// First step: the draft survives the end of the program.
pub fn write(home: &Path, draft: &Draft) -> Result<(), Failure> {
    use std::io::Write;
    private_dir(&dir(home))?;
    let path = written_path(home, &draft.key, draft.n);
    let written = private_file()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&path)
        .and_then(|mut file| file.write_all(&super::codec::json(draft)));
    written.map_err(|e| {
        let _ = std::fs::remove_file(&path);
        Failure::io(&path, &e)
    })
}

/// Second step: the draft survives a power cut. Removes the older drafts of this key.
pub fn sync(home: &Path, key: &str, n: u64) -> Result<(), Failure> {
    let (from, to) = (written_path(home, key, n), synced_path(home, key));
    std::fs::File::open(&from)
        .and_then(|file| file.sync_data())
        .and_then(|()| std::fs::rename(&from, &to))
        .map_err(|e| Failure::io(&to, &e))?;
    sync_dir(&dir(home))?;
    forget_written(home, key, n)
}

/// Both steps.
pub fn save(home: &Path, draft: &Draft) -> Result<(), Failure> {
    write(home, draft)?;
    sync(home, &draft.key, draft.n)
}

/// Removes the drafts of a key up to a number, the oldest first, so that at any moment the newest
/// is left.
pub fn discard(home: &Path, key: &str, n: u64) -> Result<(), Failure> {
    let path = synced_path(home, key);
    match std::fs::remove_file(&path) {
        Ok(()) => {}
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => return Err(Failure::io(&path, &e)),
    }
    forget_written(home, key, n)?;
    if dir(home).is_dir() {
        sync_dir(&dir(home))
    } else {
        Ok(())
    }
}

fn forget_written(home: &Path, key: &str, n: u64) -> Result<(), Failure> {
    let name = name_of(key);
    let mut old: Vec<(u64, PathBuf)> = files(home)
        .into_iter()
        .filter_map(|path| {
            written_name(&path)
                .filter(|(of, older)| *of == name && *older <= n)
                .map(|(_, n)| n)
                .map(|n| (n, path))
        })
        .collect();
    old.sort();
    for (_, path) in old {
        std::fs::remove_file(&path).map_err(|e| Failure::io(&path, &e))?;
    }
    Ok(())
}

/// The newest draft of every key, and the names of unreadable files. A draft that was written in
/// part does not count; the one before it does.
pub fn load(home: &Path) -> (Vec<Draft>, Vec<String>) {
    let mut newest: std::collections::BTreeMap<String, Draft> = Default::default();
    let mut bad = Vec::new();
    for path in files(home) {
        let synced = path.extension().is_some_and(|e| e == "json");
        if !synced && written_name(&path).is_none() {
            continue;
        }
        match read(&path) {
            Some(draft)
                if newest
                    .get(&draft.key)
                    .is_none_or(|other| other.n <= draft.n) =>
            {
                newest.insert(draft.key.clone(), draft);
            }
            None if synced => bad.push(path.display().to_string()),
            _ => {}
        }
    }
    (newest.into_values().collect(), bad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::files::write_atomic;

    fn draft(n: u64, text: &str) -> Draft {
        Draft {
            key: "note/acme/佐藤".into(),
            n,
            body: serde_json::json!({ "text": text }),
        }
    }

    fn texts(home: &Path) -> Vec<String> {
        load(home)
            .0
            .iter()
            .map(|d| d.body["text"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn the_newest_draft_that_was_written_but_not_synced_is_loaded() {
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        save(home, &draft(1, "synced")).expect("saves");
        for (n, text) in [(9, "nine"), (10, "ten")] {
            write(home, &draft(n, text)).expect("writes");
        }
        assert_eq!(texts(home), ["ten"]);
        let (found, _) = load(home);
        let newest: Vec<u64> = found.iter().map(|d| d.n).collect();
        assert_eq!(newest, vec![10]);
        // The program ended during this write: the draft before it is offered, and no damage is
        // reported.
        std::fs::write(
            written_path(home, &draft(0, "").key, 11),
            b"{\"key\":\"note/ac",
        )
        .expect("writes");
        assert_eq!(
            (texts(home), load(home).1),
            (vec!["ten".to_owned()], Vec::new())
        );
        assert_eq!(highest(home), 11, "no number is used twice");
    }

    #[test]
    fn a_synced_draft_replaces_older_written_ones() {
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        save(home, &draft(5, "five")).expect("saves");
        // The program ended between the rename and the removal of the old file.
        write(home, &draft(4, "four")).expect("writes");
        assert_eq!(texts(home), ["five"]);
        assert_eq!(highest(home), 5);
        sync(home, &draft(4, "").key, 9).expect_err("there is no ninth");
        assert_eq!(texts(home), ["five"]);
    }

    #[test]
    fn discarding_keeps_later_drafts() {
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        discard(home, "nothing yet", 3).expect("nothing to do");
        save(home, &draft(1, "one")).expect("saves");
        write(home, &draft(2, "two")).expect("writes");
        write(home, &draft(3, "three")).expect("writes");
        discard(home, &draft(0, "").key, 2).expect("discards");
        assert_eq!(texts(home), ["three"]);
        discard(home, &draft(0, "").key, 3).expect("discards");
        assert_eq!(files(home), Vec::<PathBuf>::new());
    }

    #[test]
    fn an_unreadable_synced_draft_is_reported() {
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        save(home, &draft(1, "one")).expect("saves");
        write_atomic(&synced_path(home, "other"), b"{").expect("writes");
        let (found, bad) = load(home);
        assert_eq!((found.len(), bad.len()), (1, 1));
    }
}
