//! Fuzz target: words for days, moments, spans and amounts.

#![no_main]

#[path = "../../tests/fuzz_entries/entries.rs"]
#[allow(dead_code)]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::date_words(data));
