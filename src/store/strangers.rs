//! Parts of another store: a segment or snapshot that was copied from another home, or written by an earlier
//! version after this store had its id, is set aside before it is read. Nothing is deleted.

use std::path::{Path, PathBuf};

use super::files::sync_dir;
use super::identity::StoreId;
use super::segments::{Beginning, beginning, segment_path, segments};
use super::snapshots::{read_head, snapshots};
use crate::domain::failure::Failure;

/// The ids that snapshots and segments carry, the most trusted first.
pub(super) fn ids(home: &Path) -> Result<Vec<StoreId>, Failure> {
    let mut out = Vec::new();
    for path in snapshots(home).iter().rev() {
        out.extend(read_head(path).and_then(|head| head.store));
    }
    for (_, begins) in beginnings(home)?.into_iter().rev() {
        if let Beginning::Head(head) = begins {
            out.push(head.store);
        }
    }
    Ok(out)
}

fn beginnings(home: &Path) -> Result<Vec<(u64, Beginning)>, Failure> {
    let dir = home.join("journal");
    if !dir.exists() {
        return Ok(Vec::new());
    }
    let begins = |segment| Ok((segment, beginning(&segment_path(&dir, segment))?));
    segments(&dir)?.into_iter().map(begins).collect()
}

/// Sets aside what belongs to another store. Returns where each went.
pub(super) fn set_aside(home: &Path, id: &StoreId) -> Result<Vec<String>, Failure> {
    let segments = beginnings(home)?;
    // Where this store's own heads begin: whatever has none was written before.
    let own = segments.iter().find_map(|(segment, begins)| match begins {
        Beginning::Head(head) if head.store == *id && head.segment == *segment => {
            Some((*segment, head.after))
        }
        _ => None,
    });
    let mut out = Vec::new();
    for (segment, begins) in segments {
        let is_own = match begins {
            Beginning::Head(head) => head.store == *id && head.segment == segment,
            Beginning::Old => own.is_none_or(|(first, _)| segment < first),
            Beginning::Empty | Beginning::Damaged => true,
        };
        if !is_own {
            out.push(aside(home, &segment_path(&home.join("journal"), segment))?);
        }
    }
    for path in snapshots(home) {
        let is_own = read_head(&path).is_none_or(|head| match &head.store {
            Some(store) => store == id,
            None => own.is_none_or(|(_, after)| head.seq <= after),
        });
        if !is_own {
            out.push(aside(home, &path)?);
        }
    }
    Ok(out)
}

/// Renames a part so that it is no part any more. Returns its old name and the new one.
pub(super) fn aside(home: &Path, path: &Path) -> Result<String, Failure> {
    let named = |n: u32| {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".foreign-{n}"));
        path.with_file_name(name)
    };
    let to: PathBuf = (1..)
        .map(named)
        .find(|to| !to.exists())
        .unwrap_or_else(|| named(0));
    std::fs::rename(path, &to).map_err(|e| Failure::io(path, &e))?;
    sync_dir(to.parent().unwrap_or(home))?;
    let short = |path: &Path| {
        let short = path.strip_prefix(home).unwrap_or(path);
        short.display().to_string()
    };
    Ok(format!("{} → {}", short(path), short(&to)))
}
