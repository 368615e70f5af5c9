//! `kenshin account edit`: sets fields of an account.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::fields;
use crate::commands::arguments::{account, all_of, arg, json as json_argument, or_empty};
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
    about: "Set fields of an account", "アカウントの項目を編集";
    field_help: "field=value, such as tier=smb or renewal=2027-03-31; an empty value removes it", "項目=値（例: tier=smb、renewal=2027-03-31）。値を空にすると削除";
    edited(name, what): "{name}: {what} changed", "{name}: {what}を変更しました";
    unchanged(name): "{name}: nothing to change", "{name}: 変更はありません";
}

pub const COMMAND: Command = Command {
    path: &["account", "edit"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let fields = arg("fields", field_help(lang));
    command
        .arg(account(lang))
        .arg(
            fields
                .num_args(1..)
                .required(true)
                .value_name("FIELD=VALUE"),
        )
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: or_empty(m, "account"),
        fields: all_of(m, "fields"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    /// `field=value`.
    fields: Vec<String>,
}

impl Ask for Request {
    const ASK: &'static str = "account-edit";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        let mut pairs = Vec::new();
        for word in &self.fields {
            pairs.push(fields::pair(word, lang)?);
        }
        let found = find_account::one(store, context.held, &self.account)?;
        let typed: Vec<_> = pairs.iter().map(|(f, text)| (*f, text.as_str())).collect();
        let op = ops::lifecycle::edit(&found, &typed, &mut context.by())
            .map_err(|r| context.refusal(&r))?;
        let Some(op) = op else {
            let words = unchanged(lang, &found.name);
            return Ok(Whole::new(json!(found), words).into());
        };
        store.commit(&op)?;
        let after = op.changes[0].after_as::<Account>().unwrap_or(&found);
        let what: Vec<&str> = pairs.iter().map(|(f, _)| f.words(lang)).collect();
        let words = edited(
            lang,
            &after.name,
            what.join(words::common::list_comma(lang)),
        );
        Ok(Whole::new(json!(after), words)
            .with_operation(Some(op))
            .into())
    }
}
