//! Derived files: whatever becomes of them, no answer differs, and `verify` names those that were damaged.

use crate::common;

use std::path::Path;

use common::{demo, kenshin, run, said};

/// The answers that may come from derived files.
fn answers(home: &Path) -> Vec<String> {
    [
        &["accounts", "--json"][..],
        &["accounts", "--band", "at-risk"],
        &["today"],
        &["notes", "データ", "--json"],
        &["notes", "call", "--json"],
    ]
    .iter()
    .map(|args| run(home, args))
    .collect()
}

/// All derived files, in the order of their names.
fn files(cache: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(cache)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().display().to_string())
        .collect();
    names.sort();
    for known in ["rows", "notes", "notes.head", "checked"] {
        assert!(names.iter().any(|name| name == known), "{names:?}");
    }
    assert!(
        names.iter().any(|name| name.starts_with("list-")),
        "{names:?}"
    );
    names
}

/// Random flips; more of them by `KENSHIN_FLIPS`.
#[test]
fn no_flipped_bit_of_a_derived_file_changes_an_answer() {
    let flips = std::env::var("KENSHIN_FLIPS").ok();
    let flips: usize = flips.and_then(|n| n.parse().ok()).unwrap_or(10);
    let home = demo(12);
    let want = answers(home.path());
    let cache = home.path().join("cache");
    let mut random = fastrand::Rng::with_seed(11);
    let mut found = 0;
    for n in 0..flips {
        let names = files(&cache);
        let name = &names[n % names.len()];
        let file = cache.join(name);
        let mut bytes = std::fs::read(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let at = random.usize(..bytes.len());
        bytes[at] ^= 1 << random.u8(..8);
        std::fs::write(&file, &bytes).expect("written");
        // The others are small, and written anew without a word.
        let is_told = name == "rows" || name == "notes" || name.starts_with("list-");
        if n < 16 && is_told {
            let told = said(&kenshin(home.path(), &["verify"]));
            let place = name.split('-').next().unwrap_or_default();
            let named = told.contains(&format!("cache/{place}"));
            assert!(named && told.contains("No problems"), "{told}");
            found += 1;
        }
        assert_eq!(
            answers(home.path()),
            want,
            "byte {at} of {}",
            file.display()
        );
    }
    assert!(found > 0);
    assert!(!said(&kenshin(home.path(), &["verify"])).contains("damaged"));
}

#[test]
fn a_valid_but_old_or_foreign_file_is_not_believed() {
    let home = demo(8);
    answers(home.path());
    let cache = home.path().join("cache");
    let kept = tempfile::tempdir().expect("a folder");
    common::copy(&cache, &kept.path().join("cache"));
    let backup = kept.path().join("b.kenshin");
    run(home.path(), &["backup", &backup.display().to_string()]);
    let id = run(home.path(), &["accounts", "--json"]);
    let id: serde_json::Value = serde_json::from_str(&id).expect("JSON");
    let id = id[0]["id"].as_str().expect("an id").to_owned();
    // Another life of the same store: notes that the other one does not have, and the same number of operations.
    run(home.path(), &["note", &id, "zebra crossing"]);
    answers(home.path());
    let zebra = tempfile::tempdir().expect("a folder");
    common::copy(&cache, &zebra.path().join("cache"));
    run(home.path(), &["restore", &backup.display().to_string()]);
    run(home.path(), &["note", &id, "giraffe house"]);
    let want = answers(home.path());
    // Files of before, and of the other life: both sound, neither is this store's.
    for other in [kept.path(), zebra.path()] {
        for file in files(&other.join("cache")) {
            let file = &file;
            std::fs::copy(other.join("cache").join(file), cache.join(file)).expect("copied");
        }
        assert_eq!(answers(home.path()), want);
        let notes = |word: &str| run(home.path(), &["notes", word]);
        assert!(notes("giraffe").contains("giraffe house") && !notes("zebra").contains("zebra"));
    }
}
