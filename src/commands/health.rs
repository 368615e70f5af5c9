//! `kenshin health`: an account's score, the facts behind it, and the shortest way to green.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::{account, json as json_argument, or_empty};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::account::Account;
use crate::domain::failure::Failure;
use crate::domain::health::why::Why;
use crate::domain::health::{Dimension, Score};
use crate::domain::standing::Standing;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::services;
use crate::store::Store;
use crate::words::numbers::signed;
use crate::words::{self, Lang, words};

words! {
    about: "Explain the health score", "ヘルススコアとその理由を表示";
}

pub const COMMAND: Command = Command {
    path: &["health"],
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
    const ASK: &'static str = "health";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let found = find_account::one(store, context.held, &self.account)?;
        let (_, standing) = find_account::standing(store, context, &found)?;
        let why = store.why(&found.id, context.scoring())?;
        let why = why.ok_or_else(|| Failure::NotFound {
            what: found.name.clone(),
        })?;
        Ok(explained(context, &found, &standing, &why).into())
    }
}

/// The mean of the parts, before the weakest one holds it down.
fn mean(score: &Score) -> Option<u8> {
    score.capped.map_or(score.score, |c| Some(c.mean))
}

/// The score with its reasons, now and a month ago.
fn explained(context: &Context, account: &Account, s: &Standing, why: &Why) -> Whole {
    let lang = context.lang;
    let facts = |s: &Score, d: Dimension| {
        s.facts(d)
            .iter()
            .map(|f| words::health::fact(lang, f))
            .collect::<Vec<_>>()
    };
    let tenth = |points: Option<f64>| points.map(|p| (p * 10.0).round() / 10.0);
    let dimensions: Vec<Value> = s
        .health
        .dimensions()
        .map(|d| {
            let part = &s.health.parts[d.index()];
            let before =
                why.then.as_ref().map(|then| json!({ "day": why.before, "score": then.parts[d.index()].score, "points": tenth(then.points(d)), "facts": facts(then, d) }));
            json!({ "name": d, "score": part.score, "weight": tenth(Some(part.weight)), "points": tenth(s.health.points(d)), "facts": facts(&s.health, d), "before": before })
        })
        .collect();
    let value = json!({
        "id": account.id, "name": account.name, "score": s.health.score, "band": s.health.band, "coverage": s.health.coverage, "mean": mean(&s.health), "held_down_by": s.health.capped.map(|c| c.by), "dimensions": dimensions,
        "before": why.then.as_ref().map(|then| json!({ "day": why.before, "score": then.score, "mean": mean(then), "band": then.band, "coverage": then.coverage, "recorded": why.recorded })),
        "trend": { "d7": s.trend.d7, "d30": s.trend.d30, "d90": s.trend.d90 },
        "held": s.health.held,
        "unjudged": s.gaps,
        "to_green": s.health.to_green(&context.config.policy).iter().map(|(d, from, to)| json!({ "name": d, "from": from, "to": to })).collect::<Vec<_>>(),
    });
    let trend: Vec<String> = [(7, s.trend.d7), (30, s.trend.d30), (90, s.trend.d90)]
        .iter()
        .filter_map(|(d, n)| n.map(|n| format!("{d}d {}", signed(i64::from(n)))))
        .collect();
    let mut lines = vec![services::why::title(lang, account, &s.health)];
    lines.extend((!trend.is_empty()).then(|| trend.join("  ")));
    lines.extend(services::why::lines(lang, why, &context.config.policy));
    Whole::new(value, lines.join("\n"))
}
