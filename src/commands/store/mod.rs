//! `kenshin store`: inspects the store.

pub mod stats;

use super::command::{Command, Run, no_arguments};
use crate::words::words;

words! {
    about: "Inspect the store", "データストアの情報";
}

pub const COMMAND: Command = Command {
    path: &["store"],
    about,
    arguments: no_arguments,
    run: Run::Group,
};
