//! `kenshin cadence`: an account's touchpoints for the next twelve months, each with its rule.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::{account, json as json_argument, or_empty};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::account::Account;
use crate::domain::book::Book;
use crate::domain::cadence::avoided::{all_ended, avoided};
use crate::domain::cadence::calendar::Calendars;
use crate::domain::cadence::plan::{Due, Planned};
use crate::domain::cadence::schedule::Desk;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::plan_basis::{Basis, YEAR};
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "List an account's touchpoints for the next 12 months, with their rules", "アカウントの今後12か月のタッチポイントと、その根拠を表示";
}

pub const COMMAND: Command = Command {
    path: &["cadence"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command.arg(account(lang)).arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: or_empty(m, "account"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
}

impl Ask for Request {
    const ASK: &'static str = "cadence";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        let today = context.now.today();
        let found = find_account::one(store, context.held, &self.account)?;
        let book = Basis::of_one(store, context, &found)?.book();
        let calendars = Calendars::new(
            &context.config.cadence,
            book.held.absences.values(),
            today,
            context.now.zone,
        );
        let desk = Desk {
            policy: &context.config.cadence,
            calendars: &calendars,
            now: context.now,
        };
        let row = book.get(&found.id).ok_or_else(|| Failure::NotFound {
            what: found.name.clone(),
        })?;
        let plan = desk.plan(&book, row, today + chrono::Duration::days(YEAR));
        let agreed = found.cadence.as_ref().and_then(|r| r.agreed.as_ref());
        let json: Vec<Value> = plan
            .iter()
            .map(|p| {
                let mut value = item(&found, p, context, &words::cadence::rule(lang, p, agreed));
                value["conflicts"] = json!(conflicts(&desk, &book, &found, p, lang));
                value["avoids"] = json!(avoids(&desk, &found, p, lang));
                value
            })
            .collect();
        let silent = row.standing.last_touch.map_or_else(
            || words::cadence::silent_unknown(lang).to_owned(),
            |l| words::cadence::silent(lang, (today - l).num_days().max(0)),
        );
        let mut lines = vec![format!("{} · {silent}", found.name)];
        for p in &plan {
            let time = p
                .own
                .time
                .map_or_else(String::new, |at| at.format(" %H:%M").to_string());
            let why = match &p.own.blocked {
                Some(block) => format!(
                    "{} · {}",
                    words::cadence::stopped(lang, words::prefs::block(lang, block)),
                    words::cadence::rule(lang, p, agreed)
                ),
                None => [
                    words::cadence::due_words(lang, p, today),
                    conflicts(&desk, &book, &found, p, lang)
                        .map(|c| words::cadence::conflicts(lang, c)),
                    avoids(&desk, &found, p, lang),
                    Some(words::cadence::rule(lang, p, agreed)),
                ]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
            };
            lines.push(format!("{}{time}  {}  {why}", p.date, p.kind.words(lang)));
        }
        if plan.is_empty() {
            lines.push(words::cadence::nothing_planned(lang).to_owned());
        }
        let until = today + chrono::Duration::days(YEAR);
        let ended = all_ended(&desk, std::iter::once(&found), until);
        let mut whole = Whole::new(json!(json), lines.join("\n"));
        whole.notice = words::days_off::tables_end(lang, &ended);
        Ok(whole.into())
    }
}

/// What speaks against an agreed meeting.
fn conflicts(
    desk: &Desk,
    book: &Book,
    account: &Account,
    p: &Planned,
    lang: Lang,
) -> Option<String> {
    let meeting = book.meeting(&account.id, p.own.agreed.as_ref()?)?;
    let found = desk.conflicts_of(book, meeting);
    let name = |id: &AccountId| book.name(id).to_owned();
    let all = found
        .iter()
        .map(|c| words::cadence::conflict(lang, c, name));
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| all.join(words::common::list_comma(lang)))
}

/// The day off that a touchpoint avoids.
fn avoids(desk: &Desk, account: &Account, p: &Planned, lang: Lang) -> Option<String> {
    let (day, reasons) = avoided(desk, account, p)?;
    Some(words::days_off::avoiding(lang, day.to_string(), &reasons))
}

fn item(account: &Account, p: &Planned, context: &Context, words: &str) -> Value {
    let lang = context.lang;
    let due = match p.due(context.now.today()) {
        Due::Ahead => "ahead",
        Due::Due => "due",
        Due::Late => "late",
    };
    json!({
        "account": account.id, "name": account.name, "kind": p.kind, "ideal": p.ideal, "latest": p.latest, "date": p.date,
        "time": p.own.time.map(|at| at.format("%H:%M").to_string()), "rule": words, "by": p.rule, "state": due, "agreed": p.own.agreed,
        "blocked": p.own.blocked, "blocked_why": p.own.blocked.as_ref().map(|b| words::prefs::block(lang, b)), "placed": p.placed, "also": p.own.also,
    })
}
