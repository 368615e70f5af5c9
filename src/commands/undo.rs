//! `kenshin undo`: undoes the last change or import.

use clap::ArgMatches;

use super::command::{Command, Run, no_arguments};
use super::output::print;
use super::session::{Done, Session};
use crate::domain::change::{Label, Operation};
use crate::words::{self, Lang, words};

words! {
    about: "Undo the last change or import", "直前の変更や取り込みを元に戻す";
    undone(what): "Undone: {what}", "元に戻しました: {what}";
}

pub const COMMAND: Command = Command {
    path: &["undo"],
    about,
    arguments: no_arguments,
    run: Run::Alone(run),
};

fn run(session: &mut Session, _: &ArgMatches) -> Done {
    let mut store = session.open_to_write()?;
    let done = store.undo(&mut session.mint, session.clock.now().at)?;
    let _ = store.leave();
    print(&undone(session.lang, meant(session.lang, &done)));
    Ok(0)
}

/// Describes the operation that was undone or redone.
pub fn meant(lang: Lang, done: &[Operation]) -> String {
    let what = match done.first().map(|op| &op.label) {
        Some(Label::Undo { what, .. } | Label::Redo { what, .. }) => what.as_deref(),
        _ => None,
    };
    what.map(|label| words::log::label(lang, label))
        .unwrap_or_default()
}
