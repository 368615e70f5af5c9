//! Known breaches of the rules, one by one. A new breach fails its test; a fixed one must be
//! removed here, so that it stays fixed.

use std::collections::BTreeSet;

/// One breach: `key` is its entry in the lists below, `told` describes the place.
pub struct Finding {
    pub key: String,
    pub told: String,
}

impl Finding {
    /// A breach that concerns a whole file.
    pub fn of(file: &str, what: &str) -> Self {
        Self {
            key: file.to_owned(),
            told: format!("{file} {what}"),
        }
    }
}

/// Cycles among files: one file of the cycle, and the number of files.
pub const CIRCLES: &[(&str, usize)] = &[];

pub const FLOORS: &[&str] = &[];

pub const FEATURES: &[&str] = &[];

/// Matches with a catch-all arm over kinds of record: the file and the count.
pub const WILD_MATCHES: &[&str] = &[];

/// Files that destructure records.
pub const STRANGERS: &[&str] = &[];

/// Files that are long and give no reason for it.
pub const LONG: &[&str] = &[];

pub const UNSPOKEN: &[&str] = &[];

/// Number of page names in comments.
pub const PAGES: usize = 1;

/// Compares the findings with the known ones.
pub fn settle(rule: &str, found: &[Finding], left: &[&str]) {
    let new = found.iter().filter(|f| !left.contains(&f.key.as_str()));
    let new: Vec<String> = new.map(|f| format!("{} (\"{}\")", f.told, f.key)).collect();
    let keys: BTreeSet<&str> = found.iter().map(|f| f.key.as_str()).collect();
    let mended: Vec<&str> = left
        .iter()
        .filter(|key| !keys.contains(**key))
        .copied()
        .collect();
    assert!(new.is_empty(), "{rule}:\n{}", new.join("\n"));
    assert!(
        mended.is_empty(),
        "{rule}: mended, take off left.rs:\n{}",
        mended.join("\n")
    );
}
