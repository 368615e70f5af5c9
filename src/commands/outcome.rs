//! `kenshin outcome`: the terms of an account that are still to be settled, and what became of one.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arguments::{account, arg, given, json as json_argument, one_of, option, or_empty};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::app::outcomes::state::Terms;
use crate::domain::dossier::terms::{Status, Term};
use crate::domain::facts::outcome::{Became, Cause, Outcome};
use crate::domain::facts::step::{RenewalStep, StepKind};
use crate::domain::failure::Failure;
use crate::domain::text::fold;
use crate::ops::Refusal;
use crate::ops::outcomes::{Typed, said, settle, step};
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::runtime::{ending_terms, find_account};
use crate::services::dates;
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "Record the outcome of a contract's term, or list the terms without one", "契約の結果を記録、または結果を記録できる契約を一覧表示";
    outcome_help: "renewed, extended or lost, or a step (proposal, verbal-yes, signed, notice), or ignored; without it the terms are listed", "renewed（更新）・extended（延長）・lost（解約）、または経過（proposal 提案、verbal-yes 口頭合意、signed 締結、notice 解約通知）、対象外（ignored）。省略すると契約を一覧表示";
    term_help: "The term, where several can be meant: its last paid day, contract or product", "対象の契約（複数あるとき）: 満了日・契約ID・製品名";
    value_help: "New yearly value (the same without it)", "新しい年額（省略すると同じ額）";
    until_help: "New last paid day (the same length without it)", "新しい満了日（省略すると同じ期間）";
    decided_help: "Day of the decision (today without it)", "決まった日（省略すると今日）";
    cause_help: "Cause", "理由";
    rival_help: "Rival", "競合";
    words_help: "In the customer's words", "お客様の言葉";
    said_by_help: "Who said it", "話した人";
    recorded(name, said): "{name}: {said}", "{name}: {said}";
}

pub const COMMAND: Command = Command {
    path: &["outcome"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let became = Became::ALL.iter().map(|b| b.key());
    let keys = became.chain(StepKind::ALL.iter().map(|s| s.key()));
    let outcome = arg("outcome", outcome_help(lang)).value_name("OUTCOME");
    let cause = option("cause", cause_help(lang)).value_name("CAUSE");
    command
        .arg(account(lang))
        .arg(one_of(outcome, keys))
        .arg(option("term", term_help(lang)).value_name("DATE"))
        .arg(option("value", value_help(lang)).value_name("AMOUNT"))
        .arg(option("until", until_help(lang)).value_name("DATE"))
        .arg(option("decided", decided_help(lang)).value_name("DATE"))
        .arg(one_of(cause, Cause::ALL.iter().map(|c| c.key())))
        .arg(option("rival", rival_help(lang)).value_name("NAME"))
        .arg(option("words", words_help(lang)).value_name("TEXT"))
        .arg(option("said-by", said_by_help(lang)).value_name("NAME"))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: or_empty(m, "account"),
        outcome: given(m, "outcome"),
        term: given(m, "term"),
        value: or_empty(m, "value"),
        until: or_empty(m, "until"),
        decided: or_empty(m, "decided"),
        cause: given(m, "cause"),
        rival: or_empty(m, "rival"),
        words: or_empty(m, "words"),
        said_by: or_empty(m, "said-by"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    /// Without it the terms are listed.
    outcome: Option<String>,
    term: Option<String>,
    value: String,
    until: String,
    decided: String,
    cause: Option<String>,
    rival: String,
    words: String,
    said_by: String,
}

impl Ask for Request {
    const ASK: &'static str = "outcome";

    fn writes(&self) -> bool {
        self.outcome.is_some()
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        let account = find_account::one(store, context.held, &self.account)?;
        let found = ending_terms::read(store, &account.id, context.now)?;
        let Some(found) = found else {
            return Err(context.refusal(&nothing(&account.name)));
        };
        let Some(outcome) = self.outcome.as_deref() else {
            return Ok(list(&found, lang).into());
        };
        let (term, status) = self.term(&found, context)?;
        let typed = Typed {
            value: &self.value,
            until: &self.until,
            decided: &self.decided,
            cause: self.cause.as_deref().and_then(Cause::parse),
            rival: &self.rival,
            words: &self.words,
            said_by: &self.said_by,
        };
        let (account, by) = (&found.account, &mut context.by());
        let op = match (Became::parse(outcome), StepKind::parse(outcome)) {
            (Some(became), _) => settle(account, &found.earlier, term, became, typed, by),
            (None, Some(kind)) => step(account, &found.steps, (term, status), kind, typed, by),
            (None, None) => return Ok(list(&found, lang).into()),
        };
        let op = op.map_err(|r| context.refusal(&r))?;
        store.commit(&op)?;
        let change = &op.changes[0];
        let json = match change.after_as::<RenewalStep>() {
            Some(step) => json!({ "account": found.account.id, "step": step }),
            None => {
                json!({ "account": found.account.id, "outcome": change.after_as::<Outcome>() })
            }
        };
        let said = said(&op, lang).unwrap_or_default();
        let words = recorded(lang, &found.account.name, said);
        Ok(Whole::new(json, words).with_operation(Some(op)).into())
    }
}

impl Request {
    /// The term that is meant: the stated one, else the only one that is overdue, else the only one without an outcome.
    fn term<'a>(&self, found: &'a Terms, context: &Context) -> Result<(&'a Term, Status), Failure> {
        let refuse = |refusal: Refusal| context.refusal(&refusal);
        let with = |wanted: &dyn Fn(&Term, Status) -> bool| {
            let fits = found
                .terms
                .iter()
                .filter(|(term, status)| wanted(term, *status));
            fits.map(|(term, status)| (term, *status))
                .collect::<Vec<(&Term, Status)>>()
        };
        let meant = match &self.term {
            Some(text) => {
                // Without a year it may be the coming day or the last one.
                let days = [
                    dates::read(text, context.now),
                    dates::read_past(text, context.now),
                ];
                let named = |term: &Term| {
                    let id = term.contract().map(|id| id.as_str());
                    let same = |name: Option<&str>| name.is_some_and(|n| fold(n) == fold(text));
                    days.contains(&Some(term.ends_on)) || same(id) || same(term.plan())
                };
                let meant = with(&|term, _| named(term));
                if meant.is_empty() {
                    return Err(refuse(Refusal::new("term", |lang| {
                        words::outcomes::no_such_term(lang, text)
                    })));
                }
                meant
            }
            None => {
                let overdue = with(&|_, status| status == Status::Overdue);
                match overdue.is_empty() {
                    true => with(&|_, status| !status.is_settled()),
                    false => overdue,
                }
            }
        };
        match &meant[..] {
            [meant] => Ok(*meant),
            [] => Err(refuse(nothing(&found.account.name))),
            several => {
                let name = |(term, _): &(&Term, Status)| {
                    let name = term.plan().or(term.contract().map(|id| id.as_str()));
                    format!("{} {}", term.ends_on, name.unwrap_or_default())
                };
                let names: Vec<String> = several.iter().map(name).collect();
                Err(refuse(Refusal::new("term", |lang| {
                    words::outcomes::several_terms(lang, names.join(", "))
                })))
            }
        }
    }
}

fn nothing(name: &str) -> Refusal {
    Refusal::new("", |lang| words::outcomes::nothing_to_settle(lang, name))
}

/// The terms that can be settled, the one to be settled first at the top.
fn list(found: &Terms, lang: Lang) -> Whole {
    let json: Vec<_> = found
        .terms
        .iter()
        .map(|(term, status)| {
            json!({
                "contract": term.contract(), "plan": term.plan(), "starts_on": term.starts_on, "ends_on": term.ends_on,
                "value": term.value, "renews_itself": term.renews_itself, "status": status, "next_end": term.next_end(),
            })
        })
        .collect();
    let lines = found.terms.iter().map(|(term, status)| {
        let value = term.value.map(|m| m.short());
        let parts = [
            Some(term.ends_on.to_string()),
            Some(status.words(lang).to_owned()),
            value,
            term.plan().map(str::to_owned),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
    });
    let mut words = lines.collect::<Vec<_>>().join("\n");
    if words.is_empty() {
        words = nothing(&found.account.name).words(lang).to_owned();
    }
    Whole::new(json!({ "account": found.account.id, "terms": json }), words)
}
