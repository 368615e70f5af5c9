//! `kenshin calendar import`: imports the events of a calendar as busy times.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::commands::arguments::{absolute, file, given, json as json_argument, option};
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::ops;
use crate::runtime::calendars;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "Import an .ics file; its events count as busy", ".ics ファイルを予定ありとして取り込む";
    name_help: "Calendar name; the same name replaces it", "カレンダーの名前（同じ名前は置き換え）";
}

pub const COMMAND: Command = Command {
    path: &["calendar", "import"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(file(lang).required(true))
        .arg(option("name", name_help(lang)).value_name("NAME"))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let path = m.get_one::<PathBuf>("file").map(|p| absolute(p));
    session.answer(Request {
        path: path.unwrap_or_default(),
        name: given(m, "name"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    path: String,
    name: Option<String>,
}

impl Ask for Request {
    const ASK: &'static str = "take-calendar";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let (lang, path) = (context.lang, Path::new(&self.path));
        let mails = &context.config.desk.mails;
        let (name, busy) = calendars::take(path, self.name.as_deref(), mails, context.now, lang)?;
        let before = store.absences()?.into_iter().find(|a| a.name == name);
        let count = busy.spans.len();
        let op = ops::absences::calendar(before, &name, busy.spans, &mut context.by());
        store.commit(&op)?;
        let mut lines = vec![words::calendar::ics_read(lang, &name, count)];
        let problems = busy.problems.iter();
        lines.extend(
            problems.map(|(line, why)| words::calendar::ics_bad(lang, line, why.words(lang))),
        );
        if busy.declined > 0 {
            lines.push(words::calendar::ics_declined(lang, busy.declined));
        }
        let rejects: Vec<Value> = busy
            .problems
            .iter()
            .map(|(line, reason)| json!({ "file": self.path, "line": line, "reason": reason.words(lang) }))
            .collect();
        // The calendar was imported without the unreadable events.
        let exit = if rejects.is_empty() { 0 } else { 3 };
        let json =
            json!({ "name": name, "busy": count, "declined": busy.declined, "rejects": rejects });
        let whole = Whole::new(json, lines.join("\n"));
        Ok(whole.with_exit(exit).with_operation(Some(op)).into())
    }
}
