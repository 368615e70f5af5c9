//! `kenshin calendar`: exports meetings to a calendar, and imports a calendar as busy times.

pub mod export;
pub mod import;

use super::command::{Command, Run, no_arguments};
use crate::words::words;

words! {
    about: "Export meetings to a calendar, or import a calendar", "面談をカレンダーに書き出す、カレンダーを取り込む";
}

pub const COMMAND: Command = Command {
    path: &["calendar"],
    about,
    arguments: no_arguments,
    run: Run::Group,
};
