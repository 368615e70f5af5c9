//! `kenshin calendar export`: agreed meetings as iCalendar, to a file or to standard output.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::commands::arguments::{
    absolute, flag, force, given, json as json_argument, only_account, option, path,
};
use crate::commands::command::{Command, Run};
use crate::commands::output::begin_with_crlf;
use crate::commands::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::ipc::Form;
use crate::runtime::calendars::{self, Extent, Outgoing};
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::plan_basis::Basis;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::services::calendar::Meeting;
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "Export agreed meetings as iCalendar; a repeated export updates them", "合意した面談を iCalendar で書き出す（再度書き出すと更新）";
    planned_help: "Include planned meetings that are not agreed yet", "未合意の面談予定も含める";
    out_help: "File to write (default: standard output)", "書き出すファイル（省略時は標準出力）";
}

pub const COMMAND: Command = Command {
    path: &["calendar", "export"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(only_account(lang))
        .arg(flag("planned", planned_help(lang)))
        .arg(path(option("out", out_help(lang))).value_name("FILE"))
        .arg(force(lang))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let path = m.get_one::<PathBuf>("out").map(|p| absolute(p));
    if path.is_none() && session.form == Form::Words {
        begin_with_crlf();
    }
    session.answer(Request {
        account: given(m, "account"),
        planned: m.get_flag("planned"),
        path,
        force: m.get_flag("force"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: Option<String>,
    planned: bool,
    /// The file to write. Without one, the answer is the calendar's text.
    path: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    force: bool,
}

impl Ask for Request {
    const ASK: &'static str = "give-calendar";
    const MAY_GO_UNRECORDED: bool = true;

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        let only = match &self.account {
            Some(account) => Some(find_account::one(store, context.held, account)?),
            None => None,
        };
        let basis = match &only {
            Some(only) => Basis::of_one(store, context, only)?,
            None => Basis::of(store, context)?,
        };
        let book = basis.book();
        let extent = Extent {
            all: only.is_some(),
            planned: self.planned,
        };
        let meetings = calendars::year(&book, extent, context)?;
        let me = context.author.name.clone();
        let outgoing = Outgoing {
            meetings: &meetings,
            only: only.as_ref().map(|a| &a.id),
            leave: &|known| extent.leaves(&book, &me, known),
            path: self.path.as_deref().map(Path::new),
            force: self.force,
        };
        let sent = calendars::publish(store, &outgoing, &mut context.by(), lang)?;
        let list: Vec<Value> = meetings.iter().map(value).collect();
        let words = match &self.path {
            Some(path) => words::calendar::exported(lang, meetings.len(), path),
            None => sent.text.trim_end().to_owned(),
        };
        let ics = self.path.is_none().then_some(sent.text);
        let json = json!({ "meetings": list, "path": self.path, "ics": ics });
        let mut whole = Whole::new(json, words).with_operation(sent.operation);
        if sent.unrecorded {
            words::calendar::unrecorded(lang).clone_into(&mut whole.notice);
        }
        Ok(whole.into())
    }
}

fn value(m: &Meeting) -> Value {
    json!({ "account": m.account, "kind": m.kind, "start": m.start, "minutes": m.minutes, "summary": m.summary, "agreed": m.agreed, "day_only": m.day })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_is_a_change_because_it_records_what_calendars_are_sent() {
        let request = Request {
            account: None,
            planned: false,
            force: false,
            path: None,
        };
        assert!(request.writes());
    }
}
