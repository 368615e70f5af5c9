//! What is stored, exported, said over the socket and answered as JSON, as text: written once from
//! `tests/stores/schema-3` and compared ever since. Names in the program may change, these may not.
//!
//! `KENSHIN_GOLDENS=write cargo test --test goldens` writes the texts anew (a second time where one is made
//! from another); `git diff` then says what changed, and each line of that is a decision. Only `adapter.rs` names anything of the program.

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
