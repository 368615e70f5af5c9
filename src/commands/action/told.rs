//! `kenshin action told`: records that the customer was informed of a finished action.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::found::{self, id, id_of};
use crate::commands::arguments::json as json_argument;
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::action::Action;
use crate::domain::failure::Failure;
use crate::ops;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{Lang, words};

words! {
    about: "Mark the customer as informed of a completed action", "完了をお客様に連絡済みとして記録";
    informed(what): "Customer informed: {what}", "お客様に連絡済み: {what}";
}

pub const COMMAND: Command = Command {
    path: &["action", "told"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command.arg(id(lang)).arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request { id: id_of(m) })
}

#[derive(Serialize, Deserialize)]
struct Request {
    id: String,
}

impl Ask for Request {
    const ASK: &'static str = "action-told";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let action = found::action(store, &self.id)?;
        let op =
            ops::actions::inform(&action, &mut context.by()).map_err(|r| context.refusal(&r))?;
        store.commit(&op)?;
        let json = json!(op.changes[0].after_as::<Action>());
        let whole = Whole::new(json, informed(context.lang, &action.what));
        Ok(whole.with_operation(Some(op)).into())
    }
}
