//! The documents are true to the house: every file and every test that they name exists.

use std::path::{Path, PathBuf};

use crate::finding::Finding;
use crate::text::collect;

/// Documents that describe the source.
const DOCUMENTS: [&str; 4] = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "benches/README.md",
    "fuzz/README.md",
];

/// Folders whose files and tests documents may name.
const FOLDERS: [&str; 6] = [
    "src",
    "tests",
    "benches",
    "fuzz/fuzz_targets",
    "config",
    "assets",
];

/// Names of files and tests in documents that do not exist.
pub fn outdated() -> Vec<Finding> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in FOLDERS {
        collect(&root.join(folder), &mut files);
    }
    let tests = tests(&files);
    let mut found = Vec::new();
    for document in DOCUMENTS {
        let text = std::fs::read_to_string(root.join(document)).expect("the document is readable");
        for (line, name) in names(&text) {
            let exists = if name.ends_with(".rs") {
                files.iter().any(|file| file.ends_with(name))
            } else {
                !is_test(name) || tests.contains(&format!("fn {name}("))
            };
            if !exists {
                let message = format!("{document} line {line}: {name} does not exist");
                found.push(Finding {
                    key: name.to_owned(),
                    message,
                });
            }
        }
    }
    found
}

/// The text of all tests.
fn tests(files: &[PathBuf]) -> String {
    let sources = files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "rs"));
    sources
        .map(|f| std::fs::read_to_string(f).expect("the source is readable"))
        .collect()
}

/// The names in backticks, with their lines.
fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().flat_map(|(i, line)| {
        let quoted = line.split('`').skip(1).step_by(2);
        // Patterns and places to fill in are no names.
        let plain = |name: &&str| !name.contains(['<', '*', '{', ' ', '…']);
        quoted.filter(plain).map(move |name| (i + 1, name))
    })
}

/// Whether a name is a claim in words, as the names of tests are.
fn is_test(name: &str) -> bool {
    name.matches('_').count() >= 3 && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_their_lines() {
        let text = "A `src/a.rs` and\n`<name>/mod.rs`, `tests/b.rs`";
        let found: Vec<_> = names(text).collect();
        assert_eq!(found, [(1, "src/a.rs"), (2, "tests/b.rs")]);
        assert!(is_test("every_claim_has_words") && !is_test("store_thread"));
    }
}
