//! `kenshin action add`: adds actions from typed text.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::found::line;
use crate::commands::arguments::{account, free_text, json as json_argument, or_empty, text};
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::contact::Contact;
use crate::domain::failure::Failure;
use crate::ops::actions::{self, Added};
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "Add an action: what @owner ^date", "アクションを追加: 内容 @担当 ^期日";
    saved(action): "Saved action: {action}", "アクションを保存しました: {action}";
}

pub const COMMAND: Command = Command {
    path: &["action", "add"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(account(lang))
        .arg(text(about(lang)).required(true).num_args(1..))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let text = free_text(m, &session.line);
    session.answer(Request {
        account: or_empty(m, "account"),
        text,
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    text: String,
}

impl Ask for Request {
    const ASK: &'static str = "action-add";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let (lang, today) = (context.lang, context.now.today());
        let found = find_account::one(store, context.held, &self.account)?;
        let contacts = store.list::<Contact>(&found.id)?;
        let added = actions::add((&found).into(), &self.text, &contacts, &mut context.by());
        let Added {
            operation,
            actions,
            unread,
        } = added.map_err(|r| context.refusal(&r))?;
        store.commit(&operation)?;
        let mut lines: Vec<String> = actions
            .iter()
            .map(|a| saved(lang, line(lang, today, a, &found.name)))
            .collect();
        if !unread.is_empty() {
            lines.push(words::common::date_not_read(lang, unread.join(", ")));
        }
        let json = match &actions[..] {
            [only] => json!(only),
            several => json!(several),
        };
        let whole = Whole::new(json, lines.join("\n"));
        Ok(whole.with_operation(Some(operation)).into())
    }
}
