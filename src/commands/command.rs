//! A command as a record that its own file defines; building clap's tree from all records; and
//! finding the command of an argument line. Must not depend on any command.

use clap::{Arg, ArgAction, ArgMatches};

use super::session::{Done, Session};
use crate::runtime::question::Question;
use crate::words::{Lang, words};

words! {
    help: "Print help", "ヘルプを表示";
    usage: "Usage:", "使い方:";
    commands: "Commands", "コマンド";
    options: "Options", "オプション";
    default(value): " [default: {value}]", "（既定: {value}）";
}

/// One command.
#[derive(Clone, Copy)]
pub struct Command {
    /// Its path, such as `["action", "told"]`; empty for the program itself.
    pub path: &'static [&'static str],
    /// One-line description.
    pub about: fn(Lang) -> &'static str,
    /// Adds its arguments.
    pub arguments: fn(clap::Command, Lang) -> clap::Command,
    pub run: Run,
}

/// How a command runs.
#[derive(Clone, Copy)]
pub enum Run {
    /// Only groups other commands.
    Group,
    /// Runs in this process, which opens the store if needed.
    Alone(fn(&mut Session, &ArgMatches) -> Done),
    /// Asks the holder of the store. Its questions are added to the question table.
    Asks(&'static [Question], fn(&mut Session, &ArgMatches) -> Done),
}

impl Command {
    /// The questions that the command answers.
    pub fn questions(&self) -> &'static [Question] {
        match self.run {
            Run::Asks(questions, _) => questions,
            Run::Group | Run::Alone(_) => &[],
        }
    }

    /// Runs the command. A group does nothing.
    ///
    /// # Errors
    /// If the command fails.
    pub fn run(&self, session: &mut Session, matches: &ArgMatches) -> Done {
        match self.run {
            Run::Group => Ok(0),
            Run::Alone(run) | Run::Asks(_, run) => run(session, matches),
        }
    }
}

/// For commands without arguments.
pub fn no_arguments(command: clap::Command, _: Lang) -> clap::Command {
    command
}

/// All commands as a clap tree, with help in one language.
pub fn tree(all: &[Command], lang: Lang) -> clap::Command {
    with_defaults(node(all, &[], lang), lang)
}

/// The command at a path, with its subcommands.
fn node(all: &[Command], path: &[&str], lang: Lang) -> clap::Command {
    let name = path.last().map_or("kenshin", |name| *name).to_owned();
    let mut out = formed(clap::Command::new(name), lang);
    if let Some(own) = all.iter().find(|c| c.path == path) {
        out = (own.arguments)(out.about((own.about)(lang)), lang);
        if matches!(own.run, Run::Group) {
            out = out.subcommand_required(true).arg_required_else_help(true);
        }
    }
    let below = |c: &&Command| {
        c.path
            .split_last()
            .is_some_and(|(_, parent)| parent == path)
    };
    for child in all.iter().filter(below) {
        out = out.subcommand(node(all, child.path, lang));
    }
    out
}

/// Applies the help layout shared by all commands.
fn formed(command: clap::Command, lang: Lang) -> clap::Command {
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}",
        usage(lang)
    );
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(help(lang));
    command
        .help_template(template)
        .subcommand_help_heading(commands(lang))
        .next_help_heading(options(lang))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help)
}

/// Words defaults in the user's language, which clap cannot do. Possible values are part of each
/// argument's help.
fn with_defaults(command: clap::Command, lang: Lang) -> clap::Command {
    let worded = |a: Arg| {
        let default = a
            .get_default_values()
            .first()
            .map(|d| default(lang, d.to_string_lossy()))
            .unwrap_or_default();
        let help = a
            .get_help()
            .map(|h| format!("{h}{default}"))
            .unwrap_or_default();
        let takes = a.get_action().takes_values();
        a.help(help)
            .hide_possible_values(takes)
            .hide_default_value(takes)
    };
    command
        .mut_args(worded)
        .mut_subcommands(|s| with_defaults(s, lang))
}

/// The path of the chosen command, and its own arguments.
pub fn chosen(matches: &ArgMatches) -> (Vec<&str>, &ArgMatches) {
    let (mut path, mut at) = (Vec::new(), matches);
    while let Some((name, below)) = at.subcommand() {
        path.push(name);
        at = below;
    }
    (path, at)
}
