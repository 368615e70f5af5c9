//! `kenshin days`: what an account was, day by day.

use chrono::{Duration, NaiveDate};
use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::{account, given, json as json_argument, option, or_empty};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::domain::health::Dimension;
use crate::domain::health::history::Parts;
use crate::domain::observed::Known;
use crate::ops::Refusal;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::services::dates;
use crate::store::Store;
use crate::store::noted_days::Day;
use crate::words::{self, Lang, words};

words! {
    about: "Show what an account was, day by day", "アカウントの日々の記録を表示";
    from_help: "First day (30 days ago without it)", "最初の日（省略すると30日前）";
    to_help: "Last day (today without it)", "最後の日（省略すると今日）";
    nothing: "No day was noted in this time. Kenshin notes each day once, while it is open", "この期間の記録はありません。Kenshinを開いている間に、1日1回記録されます";
    recorded: "recorded", "記録";
    recomputed: "recomputed", "再計算";
    score_alone: "score only", "スコアのみ";
    signals(count): "{count} signal{count:#}", "シグナル{count}件";
    no_score: "no score", "スコアなし";
}

pub const COMMAND: Command = Command {
    path: &["days"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(account(lang))
        .arg(option("from", from_help(lang)).value_name("DATE"))
        .arg(option("to", to_help(lang)).value_name("DATE"))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: or_empty(m, "account"),
        from: given(m, "from"),
        to: given(m, "to"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    from: Option<String>,
    to: Option<String>,
}

impl Ask for Request {
    const ASK: &'static str = "days";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        const USUAL: Duration = Duration::days(30);
        let (lang, today) = (context.lang, context.now.today());
        let account = find_account::one(store, context.held, &self.account)?;
        let day = |typed: &Option<String>, field, usual: NaiveDate| match typed {
            None => Ok(usual),
            Some(text) => dates::read_past(text, context.now)
                .ok_or_else(|| context.refusal(&Refusal::new(field, words::common::not_a_date))),
        };
        let to = day(&self.to, "to", today)?;
        let from = day(&self.from, "from", to - USUAL)?;
        let days = store.days_of(&account.id, from, to)?;
        let said = days.iter().map(|day| line(lang, day));
        let mut said = said.collect::<Vec<_>>().join("\n");
        let json = days.iter().map(|day| match day.known {
            Known::Recorded | Known::Recomputed => value(day),
            Known::Scored => score_value(day),
        });
        let json: Vec<Value> = json.collect();
        if said.is_empty() {
            said = nothing(lang).to_owned();
        }
        Ok(Whole::new(json!({ "account": account.id, "days": json }), said).into())
    }
}

fn line(lang: Lang, day: &Day) -> String {
    let seen = &day.was;
    let score = seen
        .score
        .map_or_else(|| no_score(lang).to_owned(), |n| n.to_string());
    let known = match day.known {
        Known::Recorded => recorded(lang),
        Known::Recomputed => recomputed(lang),
        Known::Scored => score_alone(lang),
    };
    let parts = [
        Some(day.day.to_string()),
        Some(known.to_owned()),
        Some(format!("{score} {}", seen.band.words(lang))),
        Some(seen.value.short()).filter(|value| !value.is_empty()),
        (!seen.signals.is_empty()).then(|| signals(lang, seen.signals.len())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

fn score_value(day: &Day) -> Value {
    let seen = &day.was;
    json!({
        "day": day.day, "known": "score", "score": seen.score, "band": seen.band, "coverage": seen.coverage,
        "parts": parts(&seen.parts),
    })
}

fn parts(parts: &Parts) -> serde_json::Map<String, Value> {
    let named = Dimension::ALL.iter().zip(parts);
    named
        .map(|(d, part)| (d.key().to_owned(), json!(part)))
        .collect()
}

fn value(
    Day {
        day,
        known,
        was: seen,
    }: &Day,
) -> Value {
    let parts = parts(&seen.parts);
    let signals: Vec<Value> = seen
        .signals
        .iter()
        .map(|(kind, severity)| json!({ "kind": kind, "severity": severity }))
        .collect();
    json!({
        "day": day, "known": known, "score": seen.score, "band": seen.band, "coverage": seen.coverage, "parts": parts, "signals": signals,
        "renewal": seen.renewal, "decide_by": seen.decide_by, "value": seen.value.iter().collect::<Vec<_>>(), "tier": seen.tier, "stage": seen.stage, "owner": seen.owner,
        "open_tickets": { "urgent": seen.tickets[0], "high": seen.tickets[1], "normal": seen.tickets[2], "low": seen.tickets[3] },
        "late_promises": seen.late_promises, "last_touch": seen.last_touch, "usage_change": seen.usage_change, "churned": seen.churned,
    })
}
