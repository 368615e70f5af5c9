//! The command line, one file per command. Answers go to standard output, everything else to
//! standard error. Exit codes: 0 done, 1 failed, 2 usage or ambiguous, 3 done with rejected rows.
//!
//! This file lists all commands and runs one of them. A new command needs its own file, a `mod`
//! line and an entry in the list.

mod account;
mod accounts;
mod action;
mod arguments;
mod asking;
mod backtest;
mod backup;
mod brief;
mod cadence;
mod calendar;
mod checkin;
mod command;
mod completions;
mod context;
mod contract;
mod days;
mod demo;
mod desk;
mod export;
mod filter;
mod health;
mod help;
mod history;
mod home;
mod import;
mod judge;
mod keys;
mod log;
mod man;
mod note;
mod notes;
mod outcome;
mod output;
mod places;
mod redo;
mod renewals;
mod restore;
mod risk;
mod screens;
mod session;
mod signals;
mod store;
mod today;
mod undo;
mod usage;
mod verify;
mod weights;

use std::ffi::OsString;
use std::sync::LazyLock;

use clap::ArgMatches;

use crate::domain::failure::Failure;
use crate::ipc::Form;
use crate::runtime::answering;
use crate::runtime::importing::reading_process;
use crate::runtime::question::Questions;
use crate::words::Lang;
use command::Command;
use session::{Done, Listed, Session};

/// All commands, in help order. The first is the program itself.
const COMMANDS: &[Command] = &[
    desk::COMMAND,
    demo::COMMAND,
    import::COMMAND,
    accounts::COMMAND,
    filter::COMMAND,
    filter::list::COMMAND,
    account::COMMAND,
    account::new::COMMAND,
    account::show::COMMAND,
    account::edit::COMMAND,
    account::archive::COMMAND,
    account::merge::COMMAND,
    account::delete::COMMAND,
    brief::COMMAND,
    health::COMMAND,
    context::COMMAND,
    judge::COMMAND,
    contract::COMMAND,
    outcome::COMMAND,
    days::COMMAND,
    renewals::COMMAND,
    risk::COMMAND,
    risk::assess::COMMAND,
    risk::case::COMMAND,
    today::COMMAND,
    cadence::COMMAND,
    calendar::COMMAND,
    calendar::export::COMMAND,
    calendar::import::COMMAND,
    signals::COMMAND,
    backtest::COMMAND,
    note::COMMAND,
    notes::COMMAND,
    action::COMMAND,
    action::add::COMMAND,
    action::list::COMMAND,
    action::done::COMMAND,
    action::told::COMMAND,
    action::untold::COMMAND,
    checkin::COMMAND,
    export::COMMAND,
    backup::COMMAND,
    restore::COMMAND,
    verify::COMMAND,
    store::COMMAND,
    store::stats::COMMAND,
    undo::COMMAND,
    redo::COMMAND,
    log::COMMAND,
    history::COMMAND,
    places::COMMAND,
    completions::COMMAND,
    man::COMMAND,
    keys::COMMAND,
    help::COMMAND,
    screens::COMMAND,
];

/// The questions that another terminal may ask a running client: those of all commands.
pub static QUESTIONS: LazyLock<Questions> = LazyLock::new(|| {
    let questions = COMMANDS.iter().flat_map(|c| c.questions().iter().copied());
    Questions::new(questions)
});

/// All commands as a clap tree, with help in one language.
pub fn tree(lang: Lang) -> clap::Command {
    command::tree(COMMANDS, lang)
}

/// Runs the command of an argument line. Returns the exit code.
pub fn run(line: impl IntoIterator<Item = OsString>) -> u8 {
    // Every file created from here on, by libraries too, is readable by the user only.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let line: Vec<OsString> = line.into_iter().collect();
    if let Some(code) = reading_process(&line) {
        return code;
    }
    let lang = session::early_lang(&line);
    let matches = match tree(lang).try_get_matches_from(&line) {
        Ok(matches) => matches,
        Err(e) => {
            match usage::words(lang, &e) {
                Some(words) => output::say(&words),
                None => drop(e.print()),
            }
            return u8::try_from(e.exit_code()).unwrap_or(2);
        }
    };
    crate::store::panics::silence_panics();
    let (_, own) = command::chosen(&matches);
    let form = if arguments::wants_json(own, &line) {
        Form::Json
    } else {
        Form::Words
    };
    match dispatch(&matches, &line, form) {
        Ok(0) if !output::is_complete() => 1,
        Ok(code) => code,
        Err((lang, failure)) => output::print_answer(&answering::refused(lang, form, &failure)),
    }
}

fn dispatch(matches: &ArgMatches, line: &[OsString], form: Form) -> Result<u8, (Lang, Failure)> {
    let listed = Listed {
        tree,
        questions: || &QUESTIONS,
    };
    let mut session = Session::begin(matches, line, form, listed)
        .map_err(|failure| (session::early_lang(line), failure))?;
    let (lang, home) = (session.lang, session.places.home.clone());
    crate::store::panics::shielded(&home, || chosen(matches, &mut session))
        .map_err(|failure| (lang, failure))
}

fn chosen(matches: &ArgMatches, session: &mut Session) -> Done {
    let (path, own) = command::chosen(matches);
    let command = COMMANDS.iter().find(|c| c.path == path);
    command.map_or(Ok(0), |command| command.run(session, own))
}
