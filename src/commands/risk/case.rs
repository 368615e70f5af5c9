//! `kenshin risk case`: the rescue of an account: shown, opened, its steps taken, ended.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::commands::arguments::{
    account, arg, given, json as json_argument, one_of, option, or_empty,
};
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::cadence::absence::Absence;
use crate::domain::cadence::calendar::Calendars;
use crate::domain::cadence::schedule::Desk;
use crate::domain::failure::Failure;
use crate::domain::risk::board::Board;
use crate::domain::risk::case::{Case, Ending, Step};
use crate::domain::risk::clock::Hours;
use crate::ops::cases;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{Lang, cases as told, words};

/// The word that opens a case.
const OPEN: &str = "open";

words! {
    about: "Show the rescue of an account, open it, record a step, or end it", "アカウントのリスク対応を表示・開始・記録・終了";
    what_help: "open, a step (reviewed, called, team, plan), or an end (saved, stopped, accepted, mistaken); without it the case is shown", "open（開始）、経過（reviewed 履歴確認・called 電話・team チーム・plan 計画）、終了（saved 維持・stopped 中止・accepted 解約容認・mistaken 対応不要）。省略すると表示";
    words_help: "Why, or what is to be remembered", "理由・覚え書き";
}

pub const COMMAND: Command = Command {
    path: &["risk", "case"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let steps = Step::ALL.iter().map(|step| step.key());
    let endings = Ending::ALL.iter().map(|ending| ending.key());
    let all = std::iter::once(OPEN).chain(steps).chain(endings);
    command
        .arg(account(lang))
        .arg(one_of(arg("what", what_help(lang)).value_name("WHAT"), all))
        .arg(option("words", words_help(lang)).value_name("TEXT"))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: or_empty(m, "account"),
        what: given(m, "what"),
        words: or_empty(m, "words"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    /// Without it the case is shown.
    what: Option<String>,
    words: String,
}

impl Ask for Request {
    const ASK: &'static str = "risk-case";

    fn writes(&self) -> bool {
        self.what.is_some()
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let (lang, now) = (context.lang, context.now);
        let account = find_account::one(store, context.held, &self.account)?;
        let name = &account.name;
        let rows = context.rows(store)?;
        let board = Board::of(&rows, &context.config.risk, now.today());
        let card = board.cards().find(|card| card.row.account.id == account.id);
        let risk = card.and_then(|card| card.row.standing.risk.as_deref());
        let case = risk.and_then(|risk| risk.case.as_deref());
        let Some(what) = self.what.as_deref() else {
            let absences: Vec<Absence> = store.every()?;
            let calendars = Calendars::new(
                &context.config.cadence,
                absences.iter(),
                now.today(),
                now.zone,
            );
            let desk = Desk {
                policy: &context.config.cadence,
                calendars: &calendars,
                now,
            };
            let hours = Hours::of(&desk, &account);
            return Ok(shown(case, &hours, context, account.id.as_str()).into());
        };
        let by = &mut context.by();
        let known = || case.ok_or_else(|| crate::ops::Refusal::new("", told::none));
        let (operation, said) = match (Step::parse(what), Ending::parse(what)) {
            (Some(step), _) => {
                let taken = known().and_then(|case| cases::take(&account, case, step, by));
                (taken, told::taken_said(lang, name, step.words(lang)))
            }
            (None, Some(how)) => {
                let words = self.words.as_str();
                let ended = known().and_then(|case| cases::end(&account, case, how, words, by));
                (ended, told::ended_said(lang, name, how.words(lang)))
            }
            (None, None) => {
                let at = (card.map(|card| card.lane), risk.and_then(|risk| risk.since));
                let opened = cases::open(&account, case, at, &self.words, by);
                (opened, told::opened_said(lang, name))
            }
        };
        let operation = operation.map_err(|refusal| context.refusal(&refusal))?;
        store.commit(&operation)?;
        let kept = operation.changes[0].after_as::<Case>();
        let json = json!({ "account": account.id, "case": kept });
        Ok(Whole::new(json, said)
            .with_operation(Some(operation))
            .into())
    }
}

fn shown(case: Option<&Case>, hours: &Hours, context: &Context, account: &str) -> Whole {
    let (lang, now) = (context.lang, context.now);
    let Some(case) = case else {
        return Whole::new(
            json!({ "account": account, "case": null }),
            told::none(lang).to_owned(),
        );
    };
    let step = |step: &Step| {
        let due = hours.after(case.opened, step.within());
        let done = case.done(*step);
        let is_late = done.is_none() && due.is_some_and(|due| due < now.at);
        json!({ "step": step, "due": due, "done": done.map(|d| d.at), "by": done.map(|d| &d.by), "late": is_late })
    };
    let json = json!({
        "account": account, "case": case, "steps": Step::ALL.iter().map(step).collect::<Vec<_>>(),
        "days_lost": case.days_lost(now.zone, now.today()),
    });
    Whole::new(json, told::lines(lang, case, hours, now).join("\n"))
}
