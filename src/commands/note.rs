//! `kenshin note`: a note on an account, with the actions typed in it.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arguments::{account, free_text, json as json_argument, note, note_text, or_empty};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::contact::Contact;
use crate::domain::failure::Failure;
use crate::domain::records::Record;
use crate::ops;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "Write a note: text ! action @owner ^date #tag", "メモを書く: 本文 !アクション @担当 ^期日 #タグ";
    saved(name, count): "Saved note on {name} ({count} action{count:#})", "{name}のメモを保存しました（アクション {count}件）";
}

pub const COMMAND: Command = Command {
    path: &["note"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(account(lang))
        .arg(note(lang))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let text = free_text(m, &session.line);
    session.answer(Request {
        account: or_empty(m, "account"),
        text: note_text(text, session.lang)?,
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    text: String,
}

impl Ask for Request {
    const ASK: &'static str = "note";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        let found = find_account::one(store, context.held, &self.account)?;
        let contacts = store.list::<Contact>(&found.id)?;
        let written = ops::notes::note((&found).into(), &self.text, &contacts, &mut context.by())
            .map_err(|r| context.refusal(&r))?;
        let (op, captured) = (written.operation, written.captured);
        store.commit(&op)?;
        let records = op.changes.iter().filter_map(|c| c.record());
        let ids: Vec<&str> = records.map(Record::id).collect();
        let mut words = saved(lang, &found.name, captured.actions.len());
        if !captured.unread_dates.is_empty() {
            words.push('\n');
            words.push_str(&words::common::date_not_read(
                lang,
                captured.unread_dates.join(", "),
            ));
        }
        let json = json!({ "note": ids[0], "actions": &ids[1..], "account": found.id, "tags": captured.tags });
        Ok(Whole::new(json, words).with_operation(Some(op)).into())
    }
}
