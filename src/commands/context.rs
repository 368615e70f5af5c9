//! `kenshin context`: records an entry of an account's business context, or lists the entries.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::{
    account, free_text, given, json as json_argument, note, one_of, option, or_empty,
};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::account::Account;
use crate::domain::failure::Failure;
use crate::domain::note::{Note, Topic};
use crate::ops;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{Lang, words};

words! {
    about: "Record or list business context of an account", "アカウントの事業の動きを記録・一覧表示";
    topic_help: "Topic", "種類";
    source_help: "Source", "出典";
    on_help: "Date", "日付";
    nothing: "No business context recorded.", "事業の動きの記録はありません。";
    saved(name, topic): "Saved business context of {name}: {topic}", "事業の動きを記録しました: {name}・{topic}";
}

pub const COMMAND: Command = Command {
    path: &["context"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let topics: Vec<&str> = Topic::ALL.iter().map(|x| x.key()).collect();
    let kind = option(
        "kind",
        format!("{}: {}", topic_help(lang), topics.join(", ")),
    )
    .value_name("KIND")
    .default_value("remark");
    command
        .arg(account(lang))
        .arg(one_of(kind, topics))
        .arg(option("source", source_help(lang)).value_name("TEXT"))
        .arg(option("on", on_help(lang)).value_name("DATE"))
        .arg(note(lang))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let text = free_text(m, &session.line);
    session.answer(Request {
        account: or_empty(m, "account"),
        topic: or_empty(m, "kind"),
        source: or_empty(m, "source"),
        on: given(m, "on"),
        text,
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    topic: String,
    source: String,
    on: Option<String>,
    text: String,
}

impl Ask for Request {
    const ASK: &'static str = "context";

    fn writes(&self) -> bool {
        !self.text.is_empty()
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let found = find_account::one(store, context.held, &self.account)?;
        if self.text.trim().is_empty() {
            return listed(store, context, &found);
        }
        let topic = Topic::parse(&self.topic).unwrap_or(Topic::Remark);
        let happened = ops::notes::Happened {
            text: &self.text,
            topic,
            source: &self.source,
            on: self.on.as_deref().unwrap_or_default(),
        };
        let op = ops::notes::context((&found).into(), happened, &mut context.by())
            .map_err(|r| context.refusal(&r))?;
        store.commit(&op)?;
        let note = op.changes[0].after_as::<Note>();
        let day = note.map(|n| context.now.zone.day(n.at));
        let json = json!({ "note": note.map(|n| &n.id), "account": found.id, "date": day });
        let words = saved(context.lang, &found.name, topic.words(context.lang));
        Ok(Whole::new(json, words).with_operation(Some(op)).into())
    }
}

/// The entries of an account, newest first.
fn listed(store: &Store, context: &Context, account: &Account) -> Result<Said, Failure> {
    let lang = context.lang;
    let dossier = store.dossier(&account.id)?;
    let mut entries: Vec<_> = dossier
        .iter()
        .flat_map(|d| d.notes.iter())
        .filter_map(|n| Some((n, n.context.as_ref()?)))
        .collect();
    entries.sort_by_key(|(n, _)| std::cmp::Reverse(n.at));
    let day = |n: &Note| context.now.zone.day(n.at);
    let json: Vec<Value> = entries
        .iter()
        .map(|(n, c)| json!({ "id": n.id, "account": n.account, "date": day(n), "kind": c.topic, "source": c.source, "text": n.public_text() }))
        .collect();
    let lines: Vec<String> = entries
        .iter()
        .map(|(n, c)| {
            let topic = c.topic.words(lang);
            let line = format!("{} [{topic}] {}  {}", day(n), n.public_title(), c.source);
            line.trim_end().to_owned()
        })
        .collect();
    let words = if lines.is_empty() {
        nothing(lang).to_owned()
    } else {
        lines.join("\n")
    };
    Ok(Whole::new(json!(json), words).into())
}
