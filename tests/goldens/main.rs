//! Golden texts of everything stored, exported, sent over the socket or answered as JSON: written
//! once from `tests/stores/schema-3` and compared since. Names in the program may change; these
//! texts may not.
//!
//! `KENSHIN_GOLDENS=write cargo test --test goldens` rewrites the texts (run it twice if one text
//! is made from another). `git diff` then shows the changes, each of which must be intended. Only
//! `adapter.rs` uses items of the program.

#[path = "../common/mod.rs"]
mod common;

mod adapter;
mod answers;
mod calendar;
mod drafts;
mod export;
mod forms;
mod frames;
mod golden;
mod home;
mod journal;
mod socket;
