//! Torture tests: the real binary, killed, hung up, out of disk space, on a failing file layer, on
//! files with a flipped bit, and on missing, older and foreign parts. Acknowledged data survives or is reported as lost.
//!
//! Ignored by default because they take minutes. `cargo test --test torture -- --ignored` is the
//! short form that every change must pass, `KENSHIN_TORTURE=full` selects the long form, and
//! `KENSHIN_SEED=n` draws other moments.

#[path = "../common/mod.rs"]
mod common;

mod disk;
mod faults;
mod flips;
mod kills;
mod parts;
mod signals;
mod typing;

use std::collections::BTreeSet;
use std::path::Path;

use fastrand::Rng;

/// Number of rounds: all in the long form, otherwise an eighth.
fn rounds(full: usize) -> usize {
    if std::env::var("KENSHIN_TORTURE").is_ok_and(|v| v == "full") {
        full
    } else {
        full.div_ceil(8)
    }
}

fn rng(salt: u64) -> Rng {
    let seed: u64 = std::env::var("KENSHIN_SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(1);
    Rng::with_seed(seed * 1_000 + salt)
}

/// What the store must contain: everything that was acknowledged.
#[derive(Default)]
struct Ledger {
    /// Texts that must be in the export.
    kept: BTreeSet<String>,
    /// Words of an import, each in this many rows or in none, and whether the import was
    /// acknowledged.
    imports: Vec<(String, usize, bool)>,
}

impl Ledger {
    fn check(&self, all: &str, when: &str) {
        for text in &self.kept {
            assert!(
                all.contains(text.as_str()),
                "{when}: {text} was acknowledged and is gone"
            );
        }
        for (word, rows, acknowledged) in &self.imports {
            let found = all.matches(word.as_str()).count();
            assert!(
                found == 0 || found == *rows,
                "{when}: {found} of {rows} rows of {word} came in"
            );
            assert!(
                found == *rows || !acknowledged,
                "{when}: {word} was acknowledged and is gone"
            );
        }
    }
}

/// A file of tickets that all contain a word.
fn tickets(dir: &Path, word: &str, rows: usize) -> String {
    let mut text = String::from("ticket_id,account,subject,opened\n");
    for i in 0..rows {
        text.push_str(&format!(
            "{word}-{i},demo-{:05},about {word}.,2026-01-{:02}\n",
            i % 8,
            i % 28 + 1
        ));
    }
    let path = dir.join(format!("{word}.csv"));
    std::fs::write(&path, text).expect("the file is written");
    path.display().to_string()
}

/// Writes a snapshot, as the store does when its journal has grown.
fn snapshot(home: &Path) {
    use kenshin::testing::domain::ids::Mint;
    use kenshin::testing::store::{Durability, Store};
    let now = chrono::DateTime::UNIX_EPOCH;
    let opened = Store::open(home, Durability::Full, &mut Mint::new(9), now);
    let (mut store, _) = opened.expect("the store opens");
    store.snapshot().expect("the snapshot is written");
    store.leave().expect("the store closes");
}
