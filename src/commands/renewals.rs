//! `kenshin renewals`: the terms that are due in a fiscal quarter, and how many of them renewed.

use chrono::NaiveDate;
use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::{given, json as json_argument, option};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::dossier::terms::Status;
use crate::domain::failure::Failure;
use crate::domain::money::{Currency, Money};
use crate::domain::renewals::{Due, Figures, Values, due, percent};
use crate::ops::Refusal;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::services::dates;
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "List the terms due in a fiscal quarter, and how many renewed", "四半期に満了する契約と更新率を表示";
    quarter_help: "this (without it), last, next, or a date in the quarter", "this（省略時）・last・next・四半期内の日付";
    heading(from, to): "Terms that end from {from} to {to}", "{from}〜{to} に満了する契約";
    nothing: "No term ends in this quarter", "この四半期に満了する契約はありません";
    counts(total, parts): "{total} due: {parts}", "対象 {total}件: {parts}";
    part(count, status): "{count} {status}", "{status} {count}件";
    no_rate: "Renewal rate: none yet, no term up to today is settled or overdue", "更新率: まだありません（本日までに満了し、率の対象になる契約がありません）";
    rate(percent, renewed, all): "Renewal rate to date: {percent} % by count ({renewed} of {all})", "更新率（本日まで）: 件数 {percent}%（{all}件中{renewed}件）";
    of_settled(percent, overdue): "; {percent} % of the settled, {overdue} overdue", "。結果が出た分では {percent}%、結果未記録 {overdue}件";
    with_unconfirmed(percent, count): "; {percent} % with the {count} that went on by contract, unconfirmed", "。自動更新・未確認の{count}件を含めると {percent}%";
    by_value(percent, kept, due, net): "  by value {percent} % ({kept} kept of {due}); net {net} %", "  金額 {percent}%（{due} のうち {kept} を維持）、増額を含めると {net}%";
    without_amount(count, all): "{count} of {all} without a comparable amount: in the counts, not in the values", "{all}件中{count}件は金額不明または通貨変更のため、件数のみに含みます";
    outside_rolling(count): "{count} rolling (under three months): in no rate", "{count}件は3か月未満の契約のため、率に含みません";
    outside_before(count): "{count} ended before you began with Kenshin, without an outcome: in no rate", "{count}件はKenshin導入前に満了し結果がないため、率に含みません";
    definition: "Renewed ÷ settled or overdue, of the terms that ended up to today. A value counts up to what was due; overdue counts as 0; extended, unconfirmed and running terms count in neither.", "更新率 = 本日までに満了した契約のうち、更新 ÷（結果記録済み＋結果未記録）。金額は元の額を上限とし、結果未記録は0として数えます。延長・自動更新未確認・契約中は分母にも分子にも含みません。";
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
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        quarter: given(m, "quarter"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    /// As typed; this quarter without it.
    quarter: Option<String>,
}

impl Ask for Request {
    const ASK: &'static str = "renewals";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let (lang, now) = (context.lang, context.now);
        let quarter = self.period(context)?;
        let (today, zone) = (now.today(), now.zone);
        let first_use = store.first_use()?.map(|at| zone.day(at));
        let mut rows = store.from_all(|d| match d.account.archived {
            Some(_) => Vec::new(),
            None => due(d, quarter, today, first_use),
        })?;
        // Overdue first, then by day.
        let place = |r: &Due| (r.status != Status::Overdue, r.ends_on, r.account.clone());
        rows.sort_by_key(place);
        let figures = Figures::of(&rows, today);
        let json = value(&rows, &figures, quarter, today);
        Ok(Whole::new(json, said(&rows, &figures, quarter, lang)).into())
    }
}

impl Request {
    fn period(&self, context: &Context) -> Result<(NaiveDate, NaiveDate), Failure> {
        let now = context.now;
        let starts = now.habits.year_starts;
        let typed = self.quarter.as_deref().map(|t| t.trim().to_lowercase());
        let by = match typed.as_deref() {
            None | Some("" | "this" | "今四半期") => 0,
            Some("last" | "last quarter" | "前四半期") => -1,
            Some("next" | "next quarter" | "来四半期" | "翌四半期") => 1,
            Some(text) => {
                let day = dates::read(text, now).ok_or_else(|| {
                    context.refusal(&Refusal::new("quarter", words::common::not_a_date))
                })?;
                return Ok(dates::quarter(day, starts, 0));
            }
        };
        Ok(dates::quarter(now.today(), starts, by))
    }
}

fn said(rows: &[Due], figures: &Figures, (from, to): (NaiveDate, NaiveDate), lang: Lang) -> String {
    if rows.is_empty() {
        return nothing(lang).to_owned();
    }
    let mut out = vec![heading(lang, from, to)];
    // Monthly ones would hide the others.
    let listed = rows.iter().filter(|r| !r.rolling);
    out.extend(listed.map(|r| line(r, lang)));
    out.push(String::new());
    let before = figures.count(Status::BeforeUse);
    let total = figures.counts.iter().sum::<usize>() - before;
    let inside = Status::ALL.iter().filter(|s| **s != Status::BeforeUse);
    let parts = inside.filter(|s| figures.count(**s) > 0);
    let parts: Vec<String> = parts
        .map(|s| part(lang, figures.count(*s), s.words(lang)))
        .collect();
    out.push(counts(
        lang,
        total,
        parts.join(words::common::list_comma(lang)),
    ));
    out.extend(rates(figures, lang));
    if figures.without_amount > 0 {
        out.push(without_amount(
            lang,
            figures.without_amount,
            figures.rate.all(),
        ));
    }
    if figures.rolling > 0 {
        out.push(outside_rolling(lang, figures.rolling));
    }
    if before > 0 {
        out.push(outside_before(lang, before));
    }
    out.push(definition(lang).to_owned());
    out.join("\n")
}

/// The rate by count, and by value in each currency.
fn rates(figures: &Figures, lang: Lang) -> Vec<String> {
    let rate_of = figures.rate;
    let share = |part: usize, whole: usize| percent(part as i64, whole as i64);
    let Some(all) = share(rate_of.renewed, rate_of.all()) else {
        return vec![no_rate(lang).to_owned()];
    };
    let settled = share(rate_of.renewed, rate_of.settled()).filter(|_| rate_of.overdue > 0);
    let settled = settled.map(|share| of_settled(lang, share, rate_of.overdue));
    let unconfirmed = figures.unconfirmed;
    let with = share(rate_of.renewed + unconfirmed, rate_of.all() + unconfirmed);
    let with = with.filter(|_| unconfirmed > 0);
    let with = with.map(|share| with_unconfirmed(lang, share, unconfirmed));
    let mut out = vec![format!(
        "{}{}{}",
        rate(lang, all, rate_of.renewed, rate_of.all()),
        settled.unwrap_or_default(),
        with.unwrap_or_default()
    )];
    let value = |(currency, v): (&Currency, &Values)| {
        let money = |minor| {
            Money {
                minor,
                currency: *currency,
            }
            .short()
        };
        let net = percent(v.net, v.due)?;
        Some(by_value(
            lang,
            percent(v.kept, v.due)?,
            money(v.kept),
            money(v.due),
            net,
        ))
    };
    out.extend(figures.values.iter().filter_map(value));
    out
}

fn line(row: &Due, lang: Lang) -> String {
    let money = match (row.due, row.new) {
        (Some(due), Some(new)) if new != due => Some(format!("{} → {}", due.short(), new.short())),
        (due, _) => due.map(|m| m.short()),
    };
    let plan = Some(row.plan.clone()).filter(|plan| !plan.is_empty());
    let parts = [
        Some(row.ends_on.to_string()),
        Some(row.status.words(lang).to_owned()),
        Some(row.name.clone()),
        plan,
        money,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

fn value(
    rows: &[Due],
    figures: &Figures,
    (from, to): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Value {
    let counts: serde_json::Map<String, Value> = Status::ALL
        .iter()
        .map(|s| (s.key().to_owned(), figures.count(*s).into()))
        .collect();
    let values: Vec<Value> = figures
        .values
        .iter()
        .map(|(currency, v)| {
            let money = |minor| Money { minor, currency: *currency };
            json!({ "currency": currency, "due": money(v.due), "kept": money(v.kept), "net": money(v.net) })
        })
        .collect();
    json!({
        "from": from, "to": to, "today": today, "terms": rows, "counts": counts, "rate": figures.rate, "values": values,
        "without_amount": figures.without_amount, "rolling": figures.rolling,
    })
}
