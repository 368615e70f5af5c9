//! `kenshin completions`: shell completions for all commands.

use clap::{ArgMatches, value_parser};

use super::arguments::arg;
use super::command::{Command, Run};
use super::output;
use super::session::{Done, Session};
use crate::words::{Lang, words};

words! {
    about: "Print shell completions", "シェル補完を出力";
    shell: "bash, zsh, fish, elvish, powershell", "bash, zsh, fish, elvish, powershell";
}

pub const COMMAND: Command = Command {
    path: &["completions"],
    about,
    arguments,
    run: Run::Alone(run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command.arg(
        arg("shell", shell(lang))
            .required(true)
            .value_name("SHELL")
            .value_parser(value_parser!(clap_complete::Shell)),
    )
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    if let Some(shell) = m.get_one::<clap_complete::Shell>("shell") {
        let mut script = Vec::new();
        let mut tree = (session.listed.tree)(session.lang);
        clap_complete::generate(*shell, &mut tree, "kenshin", &mut script);
        output::write_out(|out| std::io::Write::write_all(out, &script));
    }
    Ok(0)
}
