//! `kenshin account delete`: deletes an account with all its records.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};

use super::ending;
use crate::commands::arguments::{account, flag, json as json_argument, or_empty};
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::domain::merging::Ending;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::Said;
use crate::store::Store;
use crate::words::{Lang, words};

words! {
    about: "Delete an account with all its records", "アカウントをすべての記録とともに削除";
    yes_help: "Do it without asking", "確認せずに実行";
    question: "Type the account again to delete it:", "削除するには、もう一度アカウントを入力してください:";
}

pub const COMMAND: Command = Command {
    path: &["account", "delete"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(account(lang))
        .arg(flag("yes", yes_help(lang)))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let text = or_empty(m, "account");
    let request = |go| Request {
        account: text.clone(),
        go,
    };
    ending::run(session, m.get_flag("yes"), request, |lang| {
        ending::typed(question(lang)) == text.trim()
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    /// False: only say what it would do.
    go: bool,
}

impl Ask for Request {
    const ASK: &'static str = "account-delete";

    fn writes(&self) -> bool {
        self.go
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let found = find_account::one(store, context.held, &self.account)?;
        ending::answer(store, context, &Ending::Delete(found.id), self.go)
    }
}
