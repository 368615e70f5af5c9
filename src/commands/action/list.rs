//! `kenshin action list`: open actions of one account or of all, most urgent first.

use std::collections::{HashMap, HashSet};

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::found::line;
use crate::commands::arguments::{arg, given, json as json_argument, only_account_help};
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::action::urgency;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::listing::{List, Listing};
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::Said;
use crate::store::Store;
use crate::words::{Lang, words};

words! {
    about: "List open actions", "未完了アクションの一覧";
    nothing: "No open actions", "未完了のアクションはありません";
}

pub const COMMAND: Command = Command {
    path: &["action", "list"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(arg("account", only_account_help(lang)).value_name("ACCOUNT"))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: given(m, "account"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: Option<String>,
}

impl Ask for Request {
    const ASK: &'static str = "action-list";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let (lang, today) = (context.lang, context.now.today());
        let only = match &self.account {
            Some(account) => Some(find_account::one(store, context.held, account)?.id),
            None => None,
        };
        let mut all = store
            .open_actions(&|a| a.is_open() && only.as_ref().is_none_or(|id| a.account == *id))?;
        let mut names: HashMap<AccountId, String> = HashMap::new();
        let mut archived: HashSet<AccountId> = HashSet::new();
        for a in &all {
            if !names.contains_key(&a.account) {
                let (name, is_archived) = find_account::name(store, context, &a.account)?;
                names.insert(a.account.clone(), name);
                if is_archived {
                    archived.insert(a.account.clone());
                }
            }
        }
        if only.is_none() {
            all.retain(|a| !archived.contains(&a.account));
        }
        let make = move |out: &mut Listing| {
            all.sort_by_key(urgency);
            all.iter().try_for_each(|a| {
                let name = names.get(&a.account).map_or("", String::as_str);
                out.line(&|| line(lang, today, a, name))?;
                out.value(&|| json!(a))
            })
        };
        Ok(Said::List(List::new(context.form, nothing(lang), make)))
    }
}
