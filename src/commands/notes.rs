//! `kenshin notes`: searches the notes of all accounts, newest first.

use std::collections::HashMap;

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arguments::{all_of, arg, flag, json as json_argument};
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
    all_help: "Show every note that is found", "見つかったメモをすべて表示";
    more(shown, rest): "The newest {shown} are shown, {rest} more were found: --all shows every one", "新しい順に {shown} 件を表示しました。ほかに {rest} 件あります（--all ですべて表示）";
    many_more(shown, rest): "The newest {shown} are shown, at least {rest} more were found: --all shows every one", "新しい順に {shown} 件を表示しました。ほかに {rest} 件以上あります（--all ですべて表示）";
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
        .arg(flag("all", all_help(lang)))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        words: all_of(m, "words").join(" "),
        all: m.get_flag("all"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    words: String,
    /// Every note, not only the newest.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    all: bool,
}

/// Notes that are looked for, to say how many there are beside those that are shown: of more, the command
/// says that there are more.
const COUNTED: usize = 1_000;

impl Ask for Request {
    const ASK: &'static str = "notes";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let words: Vec<String> = self.words.split_whitespace().map(fold).collect();
        let most = if self.all { usize::MAX } else { COUNTED };
        let found = store.find_notes(&words, most)?;
        let counted_all = found.len() < most;
        let mut names: HashMap<AccountId, String> = HashMap::new();
        let (mut json, mut lines) = (Vec::new(), Vec::new());
        // Private text is left out, and a match in private text must not reveal that the words
        // occur there.
        let public = found.into_iter().map(|n| Note {
            text: n.public_text(),
            ..n
        });
        let mut public = public.filter(|n| n.has(&words));
        let shown = if self.all { usize::MAX } else { FOUND };
        for n in public.by_ref().take(shown) {
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
        let mut whole = Whole::new(json!(json), words);
        let rest = public.count();
        if rest > 0 {
            let said = if counted_all { more } else { many_more };
            whole.notice = said(context.lang, FOUND, rest);
        }
        Ok(whole.into())
    }
}
