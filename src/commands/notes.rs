//! `kenshin notes`: searches the notes of all accounts, newest first.

use std::collections::HashMap;

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arguments::{all_of, arg, json as json_argument};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::note::Note;
use crate::domain::note_line::line_with;
use crate::domain::text::fold;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::runtime::worker::FOUND;
use crate::store::Store;
use crate::words::{Lang, words};

words! {
    about: "Search the notes of all accounts, newest first", "全アカウントのメモを検索（新しい順）";
    words_help: "Search words", "検索する語";
    nothing: "No note contains all of these words", "すべての語を含むメモはありません";
}

pub const COMMAND: Command = Command {
    path: &["notes"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(
            arg("words", words_help(lang))
                .num_args(0..)
                .value_name("WORDS"),
        )
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        words: all_of(m, "words").join(" "),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    words: String,
}

impl Ask for Request {
    const ASK: &'static str = "notes";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let words: Vec<String> = self.words.split_whitespace().map(fold).collect();
        let found = store.find_notes(&words, FOUND)?;
        let mut names: HashMap<AccountId, String> = HashMap::new();
        let (mut json, mut lines) = (Vec::new(), Vec::new());
        // Private text is left out, and a match in private text must not reveal that the words
        // occur there.
        let public = found.into_iter().map(|n| Note {
            text: n.public_text(),
            ..n
        });
        for n in public.filter(|n| n.has(&words)) {
            if !names.contains_key(&n.account) {
                let (name, _) = find_account::name(store, context, &n.account)?;
                names.insert(n.account.clone(), name);
            }
            let (name, line) = (&names[&n.account], line_with(&n, &words));
            json.push(json!({ "id": n.id, "account": n.account, "name": name, "at": n.at, "author": n.author, "line": line.text, "text": n.text }));
            let at = context.now.zone.local(n.at).format("%Y-%m-%d %H:%M");
            lines.push(format!("{at}  {name}  {}", line.text));
        }
        let words = if lines.is_empty() {
            nothing(context.lang).to_owned()
        } else {
            lines.join("\n")
        };
        Ok(Whole::new(json!(json), words).into())
    }
}
