//! Fuzz target: a typed line: note, actions, dates and owners.

#![no_main]

#[path = "../../tests/fuzz_entries/entries.rs"]
#[allow(dead_code)]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::quick_capture(data));
