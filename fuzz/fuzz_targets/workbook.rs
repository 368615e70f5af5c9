//! Fuzz target: the sheet of a workbook.

#![no_main]

#[path = "../../tests/fuzz_entries/entries.rs"]
#[allow(dead_code)]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::workbook(data));
