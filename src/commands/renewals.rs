//! `kenshin renewals`: the terms that are due in a fiscal quarter or a month, what became of them, and what was kept.

use chrono::{Datelike, Duration};
use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::{flag, given, json as json_argument, option};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::dossier::terms::Status;
use crate::domain::failure::Failure;
use crate::domain::money::{Currency, Money, Totals};
use crate::domain::renewals::quarter::{Period, Quarter};
use crate::domain::renewals::{Due, Figures};
use crate::domain::retention::{Retained, Retention};
use crate::domain::when::add_months;
use crate::ops::Refusal;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::renewals;
use crate::runtime::said::{Said, Whole};
use crate::services::dates;
use crate::store::Store;
use crate::words::renewals as told;
use crate::words::{self, Lang, words};

words! {
    about: "Show the renewals of a quarter: terms, rates, retention", "四半期の更新状況（満了する契約・更新率・GRR・NRR）を表示";
    quarter_help: "this (without it), last, next, or a date in the quarter", "this（省略時）・last・next・四半期内の日付";
    month_help: "A calendar month instead: a date in it", "四半期の代わりに暦月（月内の日付）";
    definitions_help: "Say under each figure what it means", "各指標の定義も表示";
}

pub const COMMAND: Command = Command {
    path: &["renewals"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(option("quarter", quarter_help(lang)).value_name("WHEN"))
        .arg(option("month", month_help(lang)).value_name("DATE"))
        .arg(flag("definitions", definitions_help(lang)))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        quarter: given(m, "quarter"),
        month: given(m, "month"),
        definitions: m.get_flag("definitions"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    /// As typed; this quarter without it.
    quarter: Option<String>,
    #[serde(default)]
    month: Option<String>,
    #[serde(default)]
    definitions: bool,
}

impl Ask for Request {
    const ASK: &'static str = "renewals";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let (lang, now) = (context.lang, context.now);
        let period = self.period(context)?;
        let rows = context.rows(store)?;
        let quarter = renewals::read(store, &rows, period, now)?;
        let said = said(&quarter, lang, self.definitions);
        Ok(Whole::new(value(&quarter), said).into())
    }
}

impl Request {
    fn period(&self, context: &Context) -> Result<Period, Failure> {
        let now = context.now;
        let starts = now.habits.year_starts;
        let read = |text: &str, field| {
            let read = dates::read(text, now).or_else(|| dates::read_past(text, now));
            read.ok_or_else(|| context.refusal(&Refusal::new(field, words::common::not_a_date)))
        };
        if let Some(text) = &self.month {
            // A month alone (2026-04) is its last day.
            let day = dates::end(text.trim()).map_or_else(|| read(text, "month"), Ok)?;
            let first = day.with_day(1).unwrap_or(day);
            return Ok((first, add_months(first, 1) - Duration::days(1)));
        }
        let typed = self.quarter.as_deref().map(|t| t.trim().to_lowercase());
        let by = match typed.as_deref() {
            None | Some("" | "this" | "今四半期") => 0,
            Some("last" | "last quarter" | "前四半期") => -1,
            Some("next" | "next quarter" | "来四半期" | "翌四半期") => 1,
            Some(text) => return Ok(dates::quarter(read(text, "quarter")?, starts, 0)),
        };
        Ok(dates::quarter(now.today(), starts, by))
    }
}

fn said(q: &Quarter, lang: Lang, definitions: bool) -> String {
    let (from, to) = q.period;
    // Monthly ones would hide the others.
    let listed: Vec<&Due> = q.rows.iter().filter(|r| !r.rolling).collect();
    let mut out = vec![match listed.is_empty() {
        true => told::nothing(lang).to_owned(),
        false => told::heading(lang, from, to),
    }];
    out.extend(listed.into_iter().map(|r| line(r, lang)));
    out.push(String::new());
    for figure in told::figures(lang, q) {
        out.push(format!("{}: {}", figure.name, figure.value));
        if definitions {
            out.push(format!("    {}", figure.definition));
        }
    }
    let before = q.figures.count(Status::BeforeUse);
    if before > 0 {
        out.push(told::before_use(lang, before));
    }
    out.join("\n")
}

fn line(row: &Due, lang: Lang) -> String {
    let about = Some(told::about(lang, row)).filter(|about| !about.is_empty());
    let parts = [
        Some(row.ends_on.to_string()),
        Some(told::status(lang, row).to_owned()),
        Some(row.name.clone()),
        about,
        Some(told::money(row)).filter(|money| !money.is_empty()),
        row.was.map(|was| told::was(lang, was.words(lang))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

fn value(q: &Quarter) -> Value {
    let rate = |f: &Figures| json!({ "renewed": f.rate.renewed, "lost": f.rate.lost, "overdue": f.rate.overdue });
    let figures = &q.figures;
    let mut counts: serde_json::Map<String, Value> = Status::ALL
        .iter()
        .map(|s| (s.key().to_owned(), figures.count(*s).into()))
        .collect();
    let running = &figures.running;
    counts.insert("at-risk".into(), running.at_risk.into());
    counts.insert(
        "not-at-risk".into(),
        (running.count - running.at_risk).into(),
    );
    let values: Vec<Value> = figures
        .values
        .iter()
        .map(|(currency, v)| {
            let money = |minor| Money { minor, currency: *currency };
            json!({ "currency": currency, "due": money(v.due), "kept": money(v.kept), "net": money(v.net) })
        })
        .collect();
    let running = json!({
        "count": running.count, "at_risk": running.at_risk, "healthy": running.healthy,
        "value": amounts(&running.value), "value_at_risk": amounts(&running.value_at_risk), "value_healthy": amounts(&running.value_healthy),
    });
    let year_before = json!({ "to_date": rate(&q.year_before.0), "whole": rate(&q.year_before.1) });
    json!({
        "from": q.period.0, "to": q.period.1, "today": q.today, "terms": q.rows, "counts": counts, "rate": figures.rate, "values": values,
        "without_amount": figures.without_amount, "unconfirmed": figures.unconfirmed, "rolling": figures.rolling, "running": running,
        "at_close": q.at_close.as_ref().map(rate), "year_before": year_before,
        "retention": retention(&q.retention), "accounts": q.moved,
        "twelve_months": { "from": q.year.0, "to": q.year.1, "retention": retention(&q.in_year) },
    })
}

fn amounts(totals: &Totals) -> Vec<Money> {
    totals.iter().collect()
}

fn retention(retention: &Retention) -> Value {
    let of = |(currency, r): (&Currency, &Retained)| {
        let money = |minor| Money {
            minor,
            currency: *currency,
        };
        json!({
            "currency": currency, "before": money(r.before), "after": money(r.after), "grr": r.gross(), "nrr": r.net(),
            "new": money(r.new), "reactivated": money(r.reactivated), "expanded": money(r.expanded), "contracted": money(r.contracted),
            "lost": money(r.lost), "lost_accounts": r.lost_accounts, "overdue": money(r.overdue), "overdue_accounts": r.overdue_accounts,
            "before_use": money(r.before_use), "before_use_accounts": r.before_use_accounts,
        })
    };
    let by_currency: Vec<Value> = retention.by_currency.iter().map(of).collect();
    json!({ "by_currency": by_currency, "left_out": retention.left_out })
}
