//! `kenshin account`: the life of an account, from new to deleted.

pub mod archive;
pub mod delete;
pub mod edit;
mod ending;
mod fields;
pub mod merge;
pub mod new;
pub mod show;

use super::command::{Command, Run, no_arguments};
use crate::words::words;

words! {
    about: "Create, edit, show, archive, merge and delete accounts", "アカウントの作成・編集・表示・アーカイブ・統合・削除";
}

pub const COMMAND: Command = Command {
    path: &["account"],
    about,
    arguments: no_arguments,
    run: Run::Group,
};
