//! Fuzz target: text on its way to the terminal.

#![no_main]

#[path = "../../tests/fuzz_entries/entries.rs"]
#[allow(dead_code)]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::escapes(data));
