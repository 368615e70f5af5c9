//! Finding an action by id, and printing it as a line. Must not depend on what a command does with
//! it.

use chrono::NaiveDate;
use clap::{Arg, ArgMatches};

use crate::commands::arguments::{arg, or_empty};
use crate::domain::action::Action;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    id_help: "Action id or its first characters", "アクション ID またはその先頭";
}

/// The id argument.
pub fn id(lang: Lang) -> Arg {
    arg("id", id_help(lang)).required(true).value_name("ID")
}

pub fn id_of(m: &ArgMatches) -> String {
    or_empty(m, "id")
}

/// The action with this id or id prefix.
pub fn action(store: &Store, id: &str) -> Result<Action, Failure> {
    let mut found = store.actions_like(id)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Failure::NotFound {
            what: id.to_owned(),
        }),
        _ => Err(Failure::Ambiguous {
            text: id.to_owned(),
            candidates: found
                .iter()
                .map(|a| (AccountId::new(a.id.as_str()), a.what.clone()))
                .collect(),
        }),
    }
}

pub fn line(t: Lang, today: NaiveDate, a: &Action, account: &str) -> String {
    let late = if a.overdue(today) { "!" } else { " " };
    let due = a
        .due
        .map_or_else(|| words::actions::no_due(t).to_owned(), |d| d.to_string());
    let who = if a.owner.is_empty() {
        a.side.words(t)
    } else {
        &a.owner
    };
    format!("{late} {due}  {}  {account} · {who}  [{}]", a.what, a.id)
}
