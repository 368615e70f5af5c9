//! `kenshin redo`: redoes the last undone change.

use clap::ArgMatches;

use super::command::{Command, Run, no_arguments};
use super::output::print;
use super::session::{Done, Session};
use super::undo::meant;
use crate::words::{self, words};

words! {
    about: "Redo the last undone change", "元に戻した変更をやり直す";
}

pub const COMMAND: Command = Command {
    path: &["redo"],
    about,
    arguments: no_arguments,
    run: Run::Alone(run),
};

fn run(session: &mut Session, _: &ArgMatches) -> Done {
    let mut store = session.open_to_write()?;
    let done = store.redo(&mut session.mint, session.clock.now().at)?;
    let _ = store.leave();
    let what = meant(session.lang, &done);
    print(&words::shell::redone(session.lang, what));
    Ok(0)
}
