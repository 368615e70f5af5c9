//! Who may read a home. What is made here is for its owner alone; a home that was copied, unpacked or made
//! by hand may be open to others. It is named, and closed only when the user asks for it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::domain::failure::Failure;

/// The bits of everybody but the owner.
const OTHERS: u32 = 0o077;

/// What others may read or enter in a home, the home first. While it is closed itself, nothing in it can be
/// reached. Links are not followed.
pub fn exposed(home: &Path) -> Vec<PathBuf> {
    if !is_open(home) {
        return Vec::new();
    }
    let mut out = Vec::new();
    // This visit refuses nothing.
    let _ = each(home, &mut |path| {
        if is_open(path) {
            out.push(path.to_owned());
        }
        Ok(())
    });
    out
}

/// Takes the rights of others from a home and everything in it. Returns how many files and folders changed.
///
/// # Errors
/// If one of them belongs to somebody else.
pub fn close(home: &Path) -> Result<usize, Failure> {
    let mut changed = 0;
    each(home, &mut |path| {
        if !is_open(path) {
            return Ok(());
        }
        let fail = |e: std::io::Error| Failure::io(path, &e);
        let mode = std::fs::symlink_metadata(path).map_err(fail)?;
        let private = Permissions::from_mode(mode.permissions().mode() & 0o7777 & !OTHERS);
        std::fs::set_permissions(path, private).map_err(fail)?;
        changed += 1;
        Ok(())
    })?;
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
        let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|e| e.path()).collect();
        paths.sort();
        for path in paths {
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
        let (drafts, draft) = (home.join("drafts"), home.join("drafts/one"));
        std::fs::create_dir_all(&drafts).expect("a folder");
        std::fs::write(&draft, "secret").expect("a file");
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
        for (path, bits) in [
            (&home, 0o755),
            (&drafts, 0o700),
            (&draft, 0o640),
            (&outside, 0o644),
        ] {
            set(path, bits);
        }
        assert_eq!(exposed(&home), [home.clone(), draft.clone()]);
        assert_eq!(close(&home).expect("closed"), 2);
        assert_eq!(
            [&home, &drafts, &draft].map(|p| mode(p)),
            [0o700, 0o700, 0o600]
        );
        assert_eq!(mode(&outside), 0o644, "a link leads out of the home");
        assert!(exposed(&home).is_empty());
        // Nobody reaches what is in a closed home.
        set(&draft, 0o644);
        assert!(exposed(&home).is_empty());
        assert_eq!(close(&home).expect("closed"), 1);
    }
}
