//! `kenshin account merge`: two accounts that are one customer become one.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};

use super::ending;
use crate::commands::arguments::{arg, flag, json as json_argument, or_empty};
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
    about: "Merge two accounts that are the same customer", "同じ会社の2つのアカウントを統合";
    kept_help: "The account that stays", "残すアカウント";
    other_help: "The account that is merged into it", "統合されるアカウント";
    yes_help: "Do it without asking", "確認せずに実行";
    question: "Merge? (y/n)", "統合しますか？ (y/n)";
}

pub const COMMAND: Command = Command {
    path: &["account", "merge"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let kept = arg("kept", kept_help(lang)).required(true);
    let other = arg("other", other_help(lang)).required(true);
    command
        .arg(kept.value_name("KEPT"))
        .arg(other.value_name("OTHER"))
        .arg(flag("yes", yes_help(lang)))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let request = |go| Request {
        kept: or_empty(m, "kept"),
        other: or_empty(m, "other"),
        go,
    };
    ending::run(session, m.get_flag("yes"), request, |lang| {
        let answer = ending::typed(question(lang)).to_lowercase();
        matches!(answer.as_str(), "y" | "yes" | "ｙ" | "はい")
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    kept: String,
    other: String,
    /// False: only say what it would do.
    go: bool,
}

impl Ask for Request {
    const ASK: &'static str = "account-merge";

    fn writes(&self) -> bool {
        self.go
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let step = Ending::Merge {
            kept: find_account::one(store, context.held, &self.kept)?.id,
            other: find_account::one(store, context.held, &self.other)?.id,
        };
        ending::answer(store, context, &step, self.go)
    }
}
