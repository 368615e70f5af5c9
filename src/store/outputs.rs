//! The door for every file that goes where a person points: what is there already, and is not ours, stays.

use std::fs::{FileType, Metadata};
use std::io::Read;
use std::path::Path;

use super::files::{NewFile, private_dir};
use super::frames::{FrameKind, HEAD, frame};
use crate::domain::failure::{Failure, WrongPlace};

/// What a file is. Only a file of the same sort is replaced without being asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Begins with the head of a backup.
    Backup,
    /// Begins with the line of an export.
    Export,
    /// A calendar with our `PRODID`.
    Calendar,
}

/// What is the store's own in a home, with the folders that a rebuild or a restore sets aside.
const OWN: [&str; 17] = [
    "store",
    "store.aside",
    "replaced",
    "restoring",
    "journal",
    "snapshots",
    "drafts",
    "cache",
    "spool",
    "config",
    "incoming",
    "rejects",
    "lock",
    "head",
    "marks",
    "lost",
    "desk.sock",
];

/// Begins a new file at a place that [`check`] allows; missing folders are made.
///
/// # Errors
/// As [`check`], and if the file cannot be created.
pub fn create(path: &Path, home: &Path, sort: Sort, force: bool) -> Result<NewFile, Failure> {
    prepare(path, home, sort, force)?;
    NewFile::create(path)
}

/// Makes the folders of a place for a file, and checks the place.
///
/// # Errors
/// As [`check`], and if a folder cannot be made.
pub fn prepare(path: &Path, home: &Path, sort: Sort, force: bool) -> Result<(), Failure> {
    check(path, home, sort, force)?;
    if let Some(dir) = path
        .parent()
        .filter(|d| !d.as_os_str().is_empty() && !d.exists())
    {
        private_dir(dir)?;
        // Now that the folder exists, its true place is known.
        check(path, home, sort, force)?;
    }
    Ok(())
}

/// Whether a file of ours may go to a place. `force` allows what is not ours to be replaced.
///
/// # Errors
/// If the place lies among the store's own files; if a link, a folder, a device or a pipe is
/// there; if another file is there and `force` is not set.
pub fn check(path: &Path, home: &Path, sort: Sort, force: bool) -> Result<(), Failure> {
    let refused = |why: WrongPlace| {
        Err(Failure::WrongPlace {
            path: path.display().to_string(),
            why,
        })
    };
    if path.file_name().is_none() {
        return refused(WrongPlace::Folder);
    }
    if is_among_own(path, home) {
        return refused(WrongPlace::Own);
    }
    let there = match std::fs::symlink_metadata(path) {
        Ok(there) => there,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(Failure::io(path, &e)),
    };
    match kind(&there) {
        Some(why) => refused(why),
        None if force || is_ours(path, sort) => Ok(()),
        None => refused(WrongPlace::Foreign),
    }
}

/// Why nothing that is no plain file is replaced.
fn kind(there: &Metadata) -> Option<WrongPlace> {
    let kind: FileType = there.file_type();
    if kind.is_symlink() {
        Some(WrongPlace::Link)
    } else if kind.is_dir() {
        Some(WrongPlace::Folder)
    } else if kind.is_file() {
        None
    } else {
        Some(WrongPlace::Device)
    }
}

/// Whether a place lies among the store's own files in the home.
fn is_among_own(path: &Path, home: &Path) -> bool {
    let Ok(home) = home.canonicalize() else {
        return false;
    };
    // The nearest folder that exists tells the true place of the others.
    let dir = path.ancestors().skip(1).find_map(|d| {
        let d = if d.as_os_str().is_empty() {
            Path::new(".")
        } else {
            d
        };
        d.canonicalize().ok().map(|real| (d.to_owned(), real))
    });
    let Some((there, real)) = dir else {
        return false;
    };
    let rest = path.strip_prefix(&there).unwrap_or(Path::new(""));
    let place = real.join(rest);
    let Ok(inside) = place.strip_prefix(&home) else {
        return false;
    };
    let Some(first) = inside.components().next() else {
        return true;
    };
    let first = first.as_os_str().to_string_lossy();
    // `replaced-1` is what a restore sets aside, `store.aside-1` what a rebuild does.
    let own = |name: &&str| first == **name || first.starts_with(&format!("{name}-"));
    OWN.iter().any(own)
}

/// Whether a file was written by this program as that sort.
fn is_ours(path: &Path, sort: Sort) -> bool {
    const ENOUGH: u64 = 600;
    let mut start = Vec::new();
    let read = std::fs::File::open(path).and_then(|f| f.take(ENOUGH).read_to_end(&mut start));
    if read.is_err() {
        return false;
    }
    let has = |words: &str| start.windows(words.len()).any(|w| w == words.as_bytes());
    match sort {
        Sort::Backup => {
            let head = frame(FrameKind::Head, b"{}").unwrap_or_default();
            start.first() == head.first()
                && start
                    .get(HEAD..)
                    .is_some_and(|b| b.starts_with(b"{\"schema\":"))
        }
        Sort::Export => start.starts_with(b"{") && has("\"kenshin_export\""),
        Sort::Calendar => start.starts_with(b"BEGIN:VCALENDAR") && has("PRODID:-//Kenshin//"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn why(path: &Path, home: &Path, force: bool) -> Option<WrongPlace> {
        match check(path, home, Sort::Backup, force) {
            Ok(()) => None,
            Err(Failure::WrongPlace { why, .. }) => Some(why),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_a_new_place_or_a_file_of_ours_is_written_to() {
        let dir = tempfile::tempdir().expect("dir");
        let home = dir.path().join("home");
        for folder in ["home/store", "home/backups", "folder"] {
            std::fs::create_dir_all(dir.path().join(folder)).expect("made");
        }
        let at = |name: &str| dir.path().join(name);
        std::fs::write(at("thesis.txt"), "mine").expect("written");
        let mut ours = frame(FrameKind::Head, b"{\"schema\":6}").expect("a frame");
        ours.extend_from_slice(b"more");
        std::fs::write(at("ours.kenshin"), ours).expect("written");
        symlink(at("thesis.txt"), at("link")).expect("linked");
        symlink(at("nowhere"), at("dangling")).expect("linked");
        symlink(&home, at("door")).expect("linked");
        for (name, want) in [
            ("new.kenshin", None),
            ("new/folder/new.kenshin", None),
            ("ours.kenshin", None),
            ("thesis.txt", Some(WrongPlace::Foreign)),
            ("folder", Some(WrongPlace::Folder)),
            ("link", Some(WrongPlace::Link)),
            ("dangling", Some(WrongPlace::Link)),
            ("home/store/x", Some(WrongPlace::Own)),
            ("home/lock", Some(WrongPlace::Own)),
            ("home/replaced-1/x", Some(WrongPlace::Own)),
            ("home/store.aside-2/x", Some(WrongPlace::Own)),
            ("home", Some(WrongPlace::Own)),
            ("home/new.kenshin", None),
            ("door/journal", Some(WrongPlace::Own)),
            ("folder/../home/lock", Some(WrongPlace::Own)),
            ("home/backups/x", None),
            ("door/out/x", None),
        ] {
            assert_eq!(why(&at(name), &home, false), want, "{name}");
        }
        assert_eq!(
            why(Path::new("/dev/null"), &home, true),
            Some(WrongPlace::Device)
        );
        assert_eq!(why(&at("thesis.txt"), &home, true), None, "forced");
        assert_eq!(why(&at("link"), &home, true), Some(WrongPlace::Link));
        assert_eq!(why(&at("home/store/x"), &home, true), Some(WrongPlace::Own));
    }
}
