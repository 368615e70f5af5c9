//! `kenshin history`: who changed what, newest first.

use std::collections::HashSet;

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::json as json_argument;
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::{LogEntry, Store};
use crate::words::{self, Lang, words};

words! {
    about: "Show the history of changes, newest first", "変更履歴を新しい順に表示";
    nothing: "No changes yet", "変更はまだありません";
}

pub const COMMAND: Command = Command {
    path: &["history"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

/// Most changes shown.
const SHOWN: usize = 200;

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command.arg(json_argument(lang))
}

fn run(session: &mut Session, _: &ArgMatches) -> Done {
    session.answer(Request {})
}

#[derive(Serialize, Deserialize)]
struct Request {}

impl Ask for Request {
    const ASK: &'static str = "history";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        // A long import is written in parts, and is one change all the same.
        let mut seen = HashSet::new();
        let entries: Vec<LogEntry> = store
            .log()
            .filter(|e| e.is_shown() && seen.insert(e.unit().clone()))
            .take(SHOWN)
            .collect();
        let json: Vec<Value> = entries
            .iter()
            .map(|e| json!({ "seq": e.seq, "id": e.id, "at": e.at, "actor": e.actor, "label": e.label, "undone": e.undone }))
            .collect();
        let lines: Vec<String> = entries
            .iter()
            .map(|e| {
                let mark = if e.undone { "↶" } else { " " };
                let at = context.now.zone.local(e.at).format("%Y-%m-%d %H:%M");
                let label = words::log::label(lang, &e.label);
                format!("{mark} {at}  {}  {label}", e.actor)
            })
            .collect();
        let words = if lines.is_empty() {
            nothing(lang).to_owned()
        } else {
            lines.join("\n")
        };
        Ok(Whole::new(json!(json), words).into())
    }
}
