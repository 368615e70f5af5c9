//! Who may read a home. What is made here is for its owner alone; a home that was copied, unpacked or made
//! by hand may be open to others. It is named, and closed only when the user asks for it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::domain::failure::Failure;

/// The bits of everybody but the owner.
const OTHERS: u32 = 0o077;

/// The folders of a home that hold what is known of customers. Other files in it are the user's own.
const PRIVATE: [&str; 10] = [
    "backups",
    "cache",
    "drafts",
    "incoming",
    "journal",
    "out",
    "rejects",
    "snapshots",
    "spool",
    "store",
];

/// What others can read or enter of the data in a home, the home first; nothing while it is closed, or all that
/// holds data. Links are not followed.
pub fn exposed(home: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    if is_open(home) {
        for folder in PRIVATE {
            add_open(home.join(folder), &mut out);
        }
    }
    if !out.is_empty() {
        out.insert(0, home.to_owned());
    }
    out
}

/// Adds what is open, and what is open in it: nobody reaches what is in a closed folder.
fn add_open(path: PathBuf, out: &mut Vec<PathBuf>) {
    if is_open(&path) {
        out.push(path.clone());
        for inner in entries(&path) {
            add_open(inner, out);
        }
    }
}

/// What is in a folder, by name; nothing of a file.
fn entries(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|e| e.path()).collect();
    paths.sort();
    paths
}

/// Takes the rights of others from a home and its folders of data. Returns how many files and folders changed.
///
/// # Errors
/// If one of them belongs to somebody else.
pub fn close(home: &Path) -> Result<usize, Failure> {
    let mut changed = 0;
    let mut close_one = |path: &Path| {
        if !is_open(path) {
            return Ok(());
        }
        let fail = |e: std::io::Error| Failure::io(path, &e);
        let mode = std::fs::symlink_metadata(path).map_err(fail)?;
        let private = Permissions::from_mode(mode.permissions().mode() & 0o7777 & !OTHERS);
        std::fs::set_permissions(path, private).map_err(fail)?;
        changed += 1;
        Ok(())
    };
    close_one(home)?;
    for folder in PRIVATE {
        each(&home.join(folder), &mut close_one)?;
    }
    Ok(changed)
}

/// Whether others have a right to it. A link has none of its own.
fn is_open(path: &Path) -> bool {
    std::fs::symlink_metadata(path)
        .is_ok_and(|m| !m.is_symlink() && m.permissions().mode() & OTHERS != 0)
}

/// Visits a folder and what is in it, the folder before its contents.
fn each(path: &Path, visit: &mut dyn FnMut(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    visit(path)?;
    if std::fs::symlink_metadata(path).is_ok_and(|m| m.is_dir()) {
        for path in entries(path) {
            each(&path, visit)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_home_is_named_and_closed_when_asked() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let home = dir.path().join("home");
        let [drafts, store, config] = ["drafts", "store", "config"].map(|name| home.join(name));
        let (draft, tree, own) = (
            drafts.join("one"),
            store.join("db"),
            config.join("desk.toml"),
        );
        for (folder, file) in [(&drafts, &draft), (&store, &tree), (&config, &own)] {
            std::fs::create_dir_all(folder).expect("a folder");
            std::fs::write(file, "secret").expect("a file");
        }
        let outside = dir.path().join("outside");
        std::fs::write(&outside, "not ours").expect("a file");
        std::os::unix::fs::symlink(&outside, home.join("link")).expect("a link");
        let set = |path: &Path, mode| {
            std::fs::set_permissions(path, Permissions::from_mode(mode)).expect("ours");
        };
        let mode = |path: &Path| {
            let found = std::fs::metadata(path).expect("it is there");
            found.permissions().mode() & 0o7777
        };
        for folder in [&home, &drafts, &config] {
            set(folder, 0o755);
        }
        set(&store, 0o700);
        for file in [&draft, &tree, &own, &outside] {
            set(file, 0o644);
        }
        assert_eq!(
            exposed(&home),
            [&home, &drafts, &draft].map(PathBuf::clone),
            "nobody gets into a closed folder"
        );
        assert_eq!(close(&home).expect("closed"), 4);
        assert_eq!(mode(&own), 0o644, "the user's own file");
        assert_eq!(
            [&home, &drafts, &draft].map(|p| mode(p)),
            [0o700, 0o700, 0o600]
        );
        assert_eq!(mode(&outside), 0o644, "a link leads out of the home");
        // Nobody reaches what is in a closed home, and the names of closed folders tell nothing.
        set(&draft, 0o644);
        assert!(exposed(&home).is_empty());
        set(&home, 0o755);
        assert!(exposed(&home).is_empty());
    }
}
