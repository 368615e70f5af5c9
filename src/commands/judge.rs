//! `kenshin judge`: overrides an account's health by hand, or removes the override.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arguments::{account, arg, given, json as json_argument, one_of, option, or_empty};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::account::{Account, Verdict};
use crate::domain::failure::Failure;
use crate::ops;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{Lang, words};

words! {
    about: "Override an account's health, or remove the override", "アカウントのヘルスを手動で判定、または判定を解除";
    verdict_help: "red (at risk), yellow (caution), green (healthy), lost (accepted loss), or none to remove", "red（危険）・yellow（注意）・green（健全）・lost（解約を容認）・none（解除）";
    reason_help: "Reason", "理由";
    until_help: "Last day of the override", "手動判定の最終日";
    overridden(name, verdict): "{name}: health set to {verdict}", "{name}: {verdict}と手動で判定しました";
    removed(name): "{name}: override removed", "{name}: 手動判定を解除しました";
}

pub const COMMAND: Command = Command {
    path: &["judge"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let verdict = arg("verdict", verdict_help(lang))
        .required(true)
        .value_name("VERDICT");
    command
        .arg(account(lang))
        .arg(one_of(verdict, ["red", "yellow", "green", "lost", "none"]))
        .arg(option("reason", reason_help(lang)).value_name("TEXT"))
        .arg(option("until", until_help(lang)).value_name("DATE"))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: or_empty(m, "account"),
        verdict: or_empty(m, "verdict"),
        reason: or_empty(m, "reason"),
        until: given(m, "until"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    /// `none` removes the override.
    verdict: String,
    reason: String,
    until: Option<String>,
}

impl Ask for Request {
    const ASK: &'static str = "rule";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        let found = find_account::one(store, context.held, &self.account)?;
        let given = ops::accounts::Override {
            verdict: Verdict::parse(&self.verdict),
            reason: &self.reason,
            until: self.until.as_deref().unwrap_or_default(),
        };
        let op = ops::accounts::override_health(&found, given, &mut context.by())
            .map_err(|r| context.refusal(&r))?;
        if let Some(op) = &op {
            store.commit(op)?;
        }
        let changed = op
            .as_ref()
            .and_then(|op| op.changes[0].after_as::<Account>());
        let after = changed.unwrap_or(&found);
        let words = match &after.health_override {
            Some(health) => overridden(lang, &found.name, health.verdict.words(lang)),
            None => removed(lang, &found.name),
        };
        let json = json!({ "account": after.id, "ruling": after.health_override });
        Ok(Whole::new(json, words).with_operation(op).into())
    }
}
