//! Fuzz target: texts of notes that are split into calls.

#![no_main]

#[path = "../../tests/fuzz_entries/entries.rs"]
#[allow(dead_code)]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::prose(data));
