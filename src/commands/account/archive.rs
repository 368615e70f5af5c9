//! `kenshin account archive`: takes an account out of every list, or brings it back.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::commands::arguments::{account, flag, json as json_argument, or_empty};
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::account::Account;
use crate::domain::failure::Failure;
use crate::ops;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "Archive an account, or restore it", "アカウントをアーカイブ、または復帰";
    restore_help: "Restore it from the archive", "アーカイブから復帰";
}

pub const COMMAND: Command = Command {
    path: &["account", "archive"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(account(lang))
        .arg(flag("restore", restore_help(lang)))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: or_empty(m, "account"),
        restore: m.get_flag("restore"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    restore: bool,
}

impl Ask for Request {
    const ASK: &'static str = "account-archive";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let found = find_account::one(store, context.held, &self.account)?;
        let op = match self.restore {
            true => ops::lifecycle::unarchive(&found, &mut context.by()),
            false => ops::lifecycle::archive(&found, &mut context.by()),
        }
        .map_err(|r| context.refusal(&r))?;
        store.commit(&op)?;
        let after = op.changes[0].after_as::<Account>();
        let json = json!({ "account": found.id, "archived": after.and_then(|a| a.archived) });
        let words = words::log::label(context.lang, &op.label);
        Ok(Whole::new(json, words).with_operation(Some(op)).into())
    }
}
