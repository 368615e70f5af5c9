//! What still breaks a rule, finding by finding. A new one fails its test; a mended one has to be
//! taken off, so that it stays mended.

use std::collections::BTreeSet;

/// One breach: `key` is what stands in the lists below, `told` says where to look.
pub struct Finding {
    pub key: String,
    pub told: String,
}

impl Finding {
    /// A breach of a whole file.
    pub fn of(file: &str, what: &str) -> Self {
        Self {
            key: file.to_owned(),
            told: format!("{file} {what}"),
        }
    }
}

/// Files that reach each other in a circle: one of them, and how many they are.
pub const CIRCLES: &[(&str, usize)] = &[];

pub const FLOORS: &[&str] = &[];

pub const FEATURES: &[&str] = &[];

/// Matches with an arm for all other records: the file, and how many.
pub const WILD_MATCHES: &[&str] = &[];

/// Files that take records apart.
pub const STRANGERS: &[&str] = &[];

/// Files that are long and give no reason for it.
pub const LONG: &[&str] = &[];

pub const UNSPOKEN: &[&str] = &[];

/// How many names of pages stand in comments.
pub const PAGES: usize = 1;

/// Holds what was found to what is known.
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
