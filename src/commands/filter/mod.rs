//! `kenshin filter`: what filters are made of.

pub mod list;

use super::command::{Command, Run, no_arguments};
use crate::words::words;

words! {
    about: "Show what filters are made of", "絞り込みの書き方を表示";
}

pub const COMMAND: Command = Command {
    path: &["filter"],
    about,
    arguments: no_arguments,
    run: Run::Group,
};
