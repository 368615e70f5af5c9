//! `kenshin action`: adds, lists and completes actions.

pub mod add;
pub mod done;
mod found;
pub mod list;
pub mod told;
pub mod untold;

use super::command::{Command, Run, no_arguments};
use crate::words::words;

words! {
    about: "Add, list and complete actions", "アクションの追加・一覧・完了";
}

pub const COMMAND: Command = Command {
    path: &["action"],
    about,
    arguments: no_arguments,
    run: Run::Group,
};
