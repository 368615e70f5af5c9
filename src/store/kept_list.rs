//! Whole answers of now that are kept, `cache/list-*`: one for each question, asker, language and form, sealed like the
//! other derived files. An answer is told again only while it is of the same day, policy and end of the journal.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::row_cache::Stamp;
use super::sealed::{Sealed, SealedWriter};
use crate::domain::failure::Failure;
use crate::domain::text::hash;

const FORM: &str = concat!(env!("CARGO_PKG_VERSION"), "+1");

/// Most lists that are kept: both forms and languages of one, and some to spare.
const MOST: usize = 8;

#[derive(Serialize, Deserialize, PartialEq)]
struct Head {
    version: String,
    stamp: Stamp,
    of: String,
}

impl Head {
    fn new(stamp: &Stamp, of: &str) -> Self {
        let (version, stamp, of) = (FORM.to_owned(), stamp.clone(), of.to_owned());
        Self { version, stamp, of }
    }
}

fn path(home: &Path, of: &str) -> PathBuf {
    home.join("cache").join(format!("list-{:016x}", hash(of)))
}

/// The answer to `of`, which names the question and all that it depends on beside the records, the day and the policy.
pub fn read(home: &Path, stamp: &Stamp, of: &str) -> Option<String> {
    let file = Sealed::<Head>::open(&path(home, of))?;
    (stamp.end.is_some() && file.head == Head::new(stamp, of)).then_some(())?;
    String::from_utf8(file.block(0)?).ok()
}

/// Keeps an answer. Without it the next one takes longer, so that nothing is said where it cannot be written.
pub fn write(home: &Path, stamp: &Stamp, of: &str, text: &str) {
    let written = || -> Result<(), Failure> {
        let mut file = SealedWriter::create(&path(home, of))?;
        file.block(text.as_bytes())?;
        file.finish(&Head::new(stamp, of))
    };
    if written().is_ok() {
        forget_old(home);
    }
}

fn all(home: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(home.join("cache")).into_iter().flatten();
    let paths = entries.flatten().map(|entry| entry.path());
    let is_list = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("list-")
    };
    paths.filter(is_list).collect()
}

/// Removes the oldest ones beyond those that are kept.
fn forget_old(home: &Path) {
    let changed = |path: &PathBuf| std::fs::metadata(path).and_then(|m| m.modified()).ok();
    let mut paths = all(home);
    paths.sort_by_key(|path| std::cmp::Reverse(changed(path)));
    for path in paths.into_iter().skip(MOST) {
        // It is told again by nobody.
        let _ = std::fs::remove_file(path);
    }
}

/// Removes damaged lists; whether there was one.
pub(super) fn renew(home: &Path) -> bool {
    let is_sound =
        |path: &PathBuf| Sealed::<Head>::open(path).is_some_and(|file| file.block(0).is_some());
    let damaged: Vec<PathBuf> = all(home)
        .into_iter()
        .filter(|path| !is_sound(path))
        .collect();
    for path in &damaged {
        let _ = std::fs::remove_file(path);
    }
    !damaged.is_empty()
}
