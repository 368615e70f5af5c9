//! `kenshin action done`: completes an action.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::found::{self, id, id_of};
use crate::commands::arguments::json as json_argument;
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::action::{Action, Status};
use crate::domain::failure::Failure;
use crate::ops;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{Lang, words};

words! {
    about: "Complete an action", "アクションを完了にする";
    completed(what): "Completed: {what}", "完了しました: {what}";
}

pub const COMMAND: Command = Command {
    path: &["action", "done"],
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
    const ASK: &'static str = "action-done";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let action = found::action(store, &self.id)?;
        let op = ops::actions::set_status(&action, Status::Done, &mut context.by());
        if let Some(op) = &op {
            store.commit(op)?;
        }
        let changed = op
            .as_ref()
            .and_then(|op| op.changes[0].after_as::<Action>());
        let json = json!(changed.unwrap_or(&action));
        let whole = Whole::new(json, completed(context.lang, &action.what));
        Ok(whole.with_operation(op).into())
    }
}
