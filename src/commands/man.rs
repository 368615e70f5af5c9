//! `kenshin man`: the man page of the program, which lists every command, or the page of one
//! command.

use std::io::Write;

use clap::ArgMatches;
use clap_mangen::Man;

use super::command::{Command, Run};
use super::help::{arguments, named};
use super::output;
use super::session::{Done, Session};
use crate::words::words;

words! {
    about: "Print the man page of Kenshin, or of a command", "Kenshin またはコマンドの man ページを出力";
}

pub const COMMAND: Command = Command {
    path: &["man"],
    about,
    arguments,
    run: Run::Alone(run),
};

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let mut page = named(session, m)?;
    if page
        .get_display_name()
        .is_none_or(|name| name == page.get_name())
    {
        page = whole(&page);
    }
    let man = Man::new(page).source(concat!("kenshin ", env!("CARGO_PKG_VERSION")));
    output::write_out(|out| {
        man.render(out)?;
        writeln!(out)
    });
    Ok(0)
}

/// The program with the commands of groups on the top level, so that its page lists them all.
fn whole(program: &clap::Command) -> clap::Command {
    let heading = program.get_subcommand_help_heading().unwrap_or_default();
    clap::Command::new(program.get_name().to_owned())
        .about(program.get_about().cloned().unwrap_or_default())
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(heading.to_owned())
        .args(program.get_arguments().cloned())
        .subcommands(below(program, ""))
}

/// Every subcommand, with its full name.
fn below(command: &clap::Command, before: &str) -> Vec<clap::Command> {
    let mut out = Vec::new();
    for child in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        let name = format!("{before}{}", child.get_name());
        let about = child.get_about().cloned().unwrap_or_default();
        out.push(clap::Command::new(name.clone()).about(about));
        out.extend(below(child, &format!("{name}-")));
    }
    out
}
