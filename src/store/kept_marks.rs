//! Marks survive a restore: which calendar entries were sent stays true whatever data replaces the
//! store. The marks of the replaced data wait in a file and are merged with the backup's at the
//! next opening. Of two states the later one wins.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::codec;
use super::files::write_atomic;
use super::handle::Store;
use super::tree::{self, Tree};
use crate::domain::change::Label;
use crate::domain::failure::{Failure, Repair};
use crate::domain::ids::Mint;
use crate::domain::recorded::{Keeping, Nature};
use crate::domain::records::{Kind, Listed, Record, VisitKind};

/// The file in the home where marks wait for the next opening.
pub(super) const FILE: &str = "marks";

/// The marks of a home, and those waiting in its file; none if the tree cannot be read.
pub(super) fn of_home(home: &Path) -> Vec<Record> {
    let mut out = waiting(home);
    let store = home.join("store");
    if store.join("db").exists()
        && let Ok((tree, Some(_))) = tree::open(&store)
    {
        for kind in Kind::ALL.iter().filter(|k| k.nature() == Nature::Mark) {
            out.extend(kind.visit(OfTree(&tree)));
        }
    }
    out
}

/// The marks waiting in the file of a folder.
pub(super) fn waiting(folder: &Path) -> Vec<Record> {
    let waiting = std::fs::read(folder.join(FILE)).unwrap_or_default();
    serde_json::from_slice(&waiting).unwrap_or_default()
}

pub(super) fn write(path: &Path, marks: &[Record]) -> Result<(), Failure> {
    write_atomic(path, &codec::json(&marks))
}

/// All records of a kind in a tree; a value that cannot be read is left out.
struct OfTree<'a>(&'a Tree);

impl VisitKind for OfTree<'_> {
    type Out = Vec<Record>;

    fn visit<R: Listed>(self) -> Vec<Record> {
        let values = R::KEY_GROUPS
            .iter()
            .flat_map(|group| self.0.walk([group.letter]))
            .filter_map(|pair| Some(pair.ok()?.1));
        let records = values.flat_map(|value| match R::KEEPING {
            Keeping::Folder => codec::from_folder::<R>(&value).unwrap_or_default(),
            Keeping::ById | Keeping::ByAccount => {
                codec::from_json::<R>(&value).into_iter().collect()
            }
        });
        records.map(Into::into).collect()
    }
}

impl Store {
    /// Merges the marks that wait since a restore.
    pub(super) fn take_waiting_marks(
        &mut self,
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<Option<Repair>, Failure> {
        let path = self.home.join(FILE);
        let Ok(bytes) = std::fs::read(&path) else {
            return Ok(None);
        };
        let Ok(marks) = serde_json::from_slice::<Vec<Record>>(&bytes) else {
            return Ok(Some(Repair::Unread {
                path: path.display().to_string(),
            }));
        };
        self.commit_marks(marks, Label::Mark, mint, at)?;
        self.sync()?;
        std::fs::remove_file(&path).map_err(|e| Failure::io(&path, &e))?;
        Ok(None)
    }
}
