//! `kenshin log`: records an unplanned talk.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arguments::{
    account, free_text, given, json as json_argument, note, note_text, one_of, option, or_empty,
};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::contact::Contact;
use crate::domain::facts::touch::TouchKind;
use crate::domain::failure::Failure;
use crate::domain::records::Record;
use crate::ops;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::services::dates;
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "Log a call, meeting, email or chat that was not planned", "予定外の電話・面談・メール・チャットを記録";
    kind_help: "Type: call, meeting, email or chat", "種類: call・meeting・email・chat";
    with_help: "Attendees, separated with commas", "参加者（カンマ区切り）";
    at_help: "Time: 10:30, yesterday 15:00 or 2026-11-20 15:00; now if omitted", "日時: 10:30、昨日 15:00、2026-11-20 15:00 など（省略時は現在）";
    logged(kind, name, count): "Logged {kind} with {name} ({count} action{count:#})", "記録しました: {name}との{kind}（アクション {count}件）";
}

pub const COMMAND: Command = Command {
    path: &["log"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let kind = option("kind", kind_help(lang))
        .value_name("KIND")
        .default_value("call");
    command
        .arg(account(lang))
        .arg(one_of(kind, ["call", "meeting", "email", "chat"]))
        .arg(option("with", with_help(lang)).value_name("NAMES"))
        .arg(option("at", at_help(lang)).value_name("WHEN"))
        .arg(note(lang))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let text = free_text(m, &session.line);
    session.answer(Request {
        account: or_empty(m, "account"),
        kind: or_empty(m, "kind"),
        with: or_empty(m, "with"),
        at: given(m, "at"),
        text: note_text(text, session.lang)?,
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    kind: String,
    with: String,
    at: Option<String>,
    text: String,
}

impl Ask for Request {
    const ASK: &'static str = "log";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        let found = find_account::one(store, context.held, &self.account)?;
        let not_a_time = || Failure::Usage {
            reason: words::call::not_a_time(lang).into(),
        };
        let at = match &self.at {
            Some(at) => Some(dates::read_moment(at, context.now).ok_or_else(not_a_time)?),
            None => None,
        };
        let contacts = store.list::<Contact>(&found.id)?;
        let kind = TouchKind::parse(&self.kind).unwrap_or(TouchKind::Call);
        let talk = ops::notes::Talk {
            kind,
            with: &self.with,
            at,
            text: &self.text,
        };
        let written = ops::notes::talk((&found).into(), &talk, &contacts, &mut context.by())
            .map_err(|r| context.refusal(&r))?;
        let (op, captured) = (written.operation, written.captured);
        let at = at.unwrap_or(context.now.at);
        store.commit(&op)?;
        let records = op.changes.iter().filter_map(|c| c.record());
        let ids: Vec<&str> = records.map(Record::id).collect();
        let words = logged(lang, kind.words(lang), &found.name, captured.actions.len());
        let json = json!({ "touch": ids[0], "note": ids.get(1), "actions": ids.get(2..).unwrap_or_default(), "account": found.id, "at": at });
        Ok(Whole::new(json, words).with_operation(Some(op)).into())
    }
}
