//! `kenshin keys`: the key reference, generated from the table that the client uses.

use clap::ArgMatches;

use super::command::{Command, Run, no_arguments};
use super::output::print;
use super::session::{Done, Session};
use crate::app::shell::bindings;
use crate::words::{Lang, words};

words! {
    about: "Print all keys", "キー一覧を出力";
    key: "Key", "キー";
    does: "What it does", "動作";
}

pub const COMMAND: Command = Command {
    path: &["keys"],
    about,
    arguments: no_arguments,
    run: Run::Alone(run),
};

fn run(session: &mut Session, _: &ArgMatches) -> Done {
    print(key_reference(session.lang).trim_end());
    Ok(0)
}

/// Every verb with its keys, as Markdown.
fn key_reference(lang: Lang) -> String {
    let mut out = String::new();
    for scope in bindings::scopes(&[]) {
        out.push_str(&format!(
            "## {}\n\n| {} | {} |\n|---|---|\n",
            scope.words.of(lang),
            key(lang),
            does(lang)
        ));
        for verb in bindings::of(scope) {
            let keys: Vec<String> = bindings::keys(verb).map(|k| format!("`{k}`")).collect();
            out.push_str(&format!(
                "| {} | {} |\n",
                keys.join(" "),
                verb.words.of(lang)
            ));
        }
        out.push('\n');
    }
    out
}
