//! `kenshin action untold`: takes back that the customer was informed.

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
    about: "Mark the customer as not informed", "お客様に未連絡として記録し直す";
    not_informed(what): "Customer not informed: {what}", "お客様に未連絡: {what}";
}

pub const COMMAND: Command = Command {
    path: &["action", "untold"],
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
    const ASK: &'static str = "action-untold";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let action = found::action(store, &self.id)?;
        let op = ops::actions::clear_informed(&action, &mut context.by())
            .map_err(|r| context.refusal(&r))?;
        store.commit(&op)?;
        let json = json!(op.changes[0].after_as::<Action>());
        let whole = Whole::new(json, not_informed(context.lang, &action.what));
        Ok(whole.with_operation(Some(op)).into())
    }
}
