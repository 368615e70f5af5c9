//! Runs the fuzz entries over all hostile files and all fuzzer seeds, and over mutations of both:
//! the short form of the fuzzing in `fuzz/`.

mod entries;

use std::path::{Path, PathBuf};

use fastrand::Rng;

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .map(|e| e.expect("a directory entry").path())
    {
        if entry.is_dir() {
            files(&entry, out)
        } else {
            out.push(entry)
        }
    }
}

/// Seeds by entry (`fuzz/seeds/<entry>`), and the hostile files if available.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let mut paths = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fuzz/seeds")
            .join(name),
        &mut paths,
    );
    assert!(!paths.is_empty(), "{name} has seeds of its own");
    match std::env::var("KENSHIN_REAL_DATA") {
        Ok(dir) => files(&Path::new(&dir).join("nasty"), &mut paths),
        Err(_) => eprintln!("KENSHIN_REAL_DATA is not set: without the hostile files"),
    }
    paths.sort();
    paths
        .into_iter()
        .map(|p| std::fs::read(p).expect("the file is readable"))
        .collect()
}

/// One seed with a few bytes flipped, cut out, doubled, or replaced by a piece of another seed.
fn changed(rng: &mut Rng, seeds: &[Vec<u8>]) -> Vec<u8> {
    let seed = &seeds[rng.usize(0..seeds.len())];
    let from = rng.usize(0..=seed.len());
    let mut data: Vec<u8> = seed[from..seed.len().min(from + rng.usize(1..400))].to_vec();
    for _ in 0..rng.u32(0..6) {
        if data.is_empty() {
            break;
        }
        let at = rng.usize(0..data.len());
        match rng.u32(0..4) {
            0 => data[at] ^= 1 << rng.u32(0..8),
            1 => drop(data.remove(at)),
            2 => data.insert(at, rng.u8(..)),
            _ => {
                let other = &seeds[rng.usize(0..seeds.len())];
                let start = rng.usize(0..=other.len());
                data.splice(
                    at..at,
                    other[start..other.len().min(start + 24)].iter().copied(),
                );
            }
        }
    }
    data
}

fn run(name: &str, rounds: usize) {
    let fuzz_entry = entries::ENTRIES
        .iter()
        .find(|p| p.0 == name)
        .expect("a known entry")
        .1;
    let seeds = seeds(name);
    for seed in &seeds {
        // The first byte selects a target: each seed goes through all of them.
        for door in 0..8 {
            let mut data = vec![door];
            data.extend_from_slice(&seed[..seed.len().min(20_000)]);
            fuzz_entry(&data);
        }
        fuzz_entry(&seed[..seed.len().min(20_000)]);
    }
    let mut rng = Rng::with_seed(7);
    for round in 0..rounds {
        let data = changed(&mut rng, &seeds);
        let held = std::panic::catch_unwind(|| fuzz_entry(&data));
        assert!(held.is_ok(), "round {round}: {data:?}");
    }
}

macro_rules! fuzz_entries {
    ($($test:ident $name:literal $rounds:literal;)+) => {
        $(#[test]
        fn $test() {
            run($name, $rounds);
        })+
    };
}

fuzz_entries! {
    any_typed_line_is_captured "capture" 3_000;
    any_word_for_a_day_is_read_or_refused "dates" 3_000;
    any_filter_line_holds "filter" 2_000;
    any_configuration_is_read_or_names_its_mistakes "config" 1_000;
    any_text_of_notes_is_split_without_a_loss "prose" 2_000;
    any_file_is_planned_or_refused "import" 600;
    any_start_of_a_file_is_recognised "opening" 3_000;
    any_sheet_of_a_workbook_is_read_or_refused "workbook" 600;
    no_text_reaches_the_terminal_as_an_escape "escapes" 3_000;
    any_line_on_the_socket_is_answered_or_refused "socket" 3_000;
    any_bytes_in_the_store_are_read_or_refused "codec" 3_000;
    any_keys_are_survived_and_undone "keys" 40;
}
