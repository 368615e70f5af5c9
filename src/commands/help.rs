//! `kenshin help`: the help of the program or of one command, the same as `--help`.

use clap::ArgMatches;

use super::arguments::{all_of, arg};
use super::command::{Command, Run};
use super::output;
use super::session::{Done, Session};
use super::usage::no_command;
use crate::domain::failure::Failure;
use crate::words::{Lang, words};

words! {
    about: "Print the help of Kenshin, or of a command", "Kenshin またはコマンドのヘルプを表示";
    command_help: "Command, as action add", "コマンド（action add など）";
}

const NAMED: &str = "command";

pub const COMMAND: Command = Command {
    path: &["help"],
    about,
    arguments,
    run: Run::Alone(run),
};

/// The words that name a command.
pub fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command.arg(
        arg(NAMED, command_help(lang))
            .num_args(0..)
            .value_name("COMMAND"),
    )
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let mut named = named(session, m)?;
    output::write_out(|_| named.print_help());
    Ok(0)
}

/// The command that the arguments name, with its full name; without any, the program itself.
///
/// # Errors
/// If there is no such command.
pub fn named(session: &Session, m: &ArgMatches) -> Result<clap::Command, Failure> {
    let path = all_of(m, NAMED);
    let mut root = (session.listed.tree)(session.lang);
    root.build();
    let found = path
        .iter()
        .try_fold(&root, |at, name| at.find_subcommand(name));
    found.cloned().ok_or_else(|| Failure::Usage {
        reason: no_command(session.lang, path.join(" ")),
    })
}
