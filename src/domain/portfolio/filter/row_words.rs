//! Words that a row of the portfolio answers.

use chrono::NaiveDate;

use super::value::Value;
use crate::domain::colleague;
use crate::domain::health::Dimension;
use crate::domain::portfolio::row::Row;

/// Days until a day that is not over.
fn until(day: Option<NaiveDate>, today: NaiveDate) -> Value<'static> {
    let days = day.map(|day| (day - today).num_days()).filter(|n| *n >= 0);
    Value::number(days.map(|n| n as f64))
}

/// A churned customer has no band; `churned:yes` finds it.
pub(super) fn band<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    match row.standing.churned {
        Some(_) => Value::Keys(Vec::new()),
        None => Value::Key(row.standing.health.band.key()),
    }
}

pub(super) fn tier<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Key(row.standing.tier.key())
}

pub(super) fn stage<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Key(row.standing.stage.key())
}

pub(super) fn owner<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Text(&row.account.owner)
}

/// Our people for the account, of a role.
pub(super) fn ours<'a>(row: &'a Row, role: &str, _: NaiveDate) -> Value<'a> {
    let Some(role) = colleague::Role::parse(role) else {
        return Value::Unknown;
    };
    Value::Text(
        row.account
            .people
            .of(role)
            .map_or("", |person| &person.name),
    )
}

pub(super) fn name<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    let account = &row.account;
    let own = [account.name.as_str(), &account.reading];
    Value::Texts(
        own.into_iter()
            .chain(account.aliases.iter().map(String::as_str))
            .collect(),
    )
}

pub(super) fn tag<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Texts(row.account.tags.iter().map(String::as_str).collect())
}

pub(super) fn industry<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Text(&row.account.industry)
}

pub(super) fn country<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Text(&row.account.country)
}

pub(super) fn domain<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Text(&row.account.domain)
}

/// A past renewal is not within the next days; a churned customer has none.
pub(super) fn renewal<'a>(row: &'a Row, _: &str, today: NaiveDate) -> Value<'a> {
    let s = &row.standing;
    until(s.renewal.filter(|_| s.churned.is_none()), today)
}

pub(super) fn notice<'a>(row: &'a Row, _: &str, today: NaiveDate) -> Value<'a> {
    until(row.standing.decide_by, today)
}

pub(super) fn ended<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Number(row.standing.unsettled.overdue_terms.into())
}

pub(super) fn unconfirmed<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Number(row.standing.unsettled.unconfirmed.into())
}

pub(super) fn leaving<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    let s = &row.standing;
    Value::Yes(s.churned.is_none() && s.unsettled.leaving.is_some())
}

pub(super) fn step<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::key(row.standing.step.map(|taken| taken.step.key()))
}

pub(super) fn score<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::number(row.standing.health.score)
}

/// The score of one dimension.
pub(super) fn part<'a>(row: &'a Row, dimension: &str, _: NaiveDate) -> Value<'a> {
    let at = Dimension::ALL.iter().position(|d| d.key() == dimension);
    let part = at.and_then(|at| row.standing.health.parts.get(at));
    Value::number(part.and_then(|part| part.score))
}

pub(super) fn coverage<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Number(row.standing.health.coverage.into())
}

pub(super) fn trend<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::number(row.standing.trend.d30)
}

pub(super) fn trend_90<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::number(row.standing.trend.d90)
}

/// In units of the account's own currency; nothing where it pays in several.
pub(super) fn arr<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::number(row.standing.arr.map(|money| money.units()))
}

pub(super) fn currency<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    let paid = row.standing.value.iter().map(|m| m.currency.code());
    let stated = row.standing.arr.map(|m| m.currency.code());
    let mut all: Vec<&'a str> = paid.collect();
    all.extend(stated.filter(|_| row.standing.value.is_empty()));
    Value::Texts(all)
}

pub(super) fn seats<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::number(row.standing.seats)
}

/// Never touched counts as longer ago than any number of days.
pub(super) fn touch<'a>(row: &'a Row, _: &str, today: NaiveDate) -> Value<'a> {
    let days = |day: NaiveDate| (today - day).num_days() as f64;
    Value::Number(row.standing.last_touch.map_or(f64::INFINITY, days))
}

pub(super) fn usage<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::number(row.standing.usage_change)
}

pub(super) fn feature<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Texts(row.standing.features.iter().map(String::as_str).collect())
}

pub(super) fn actions<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Number(row.standing.open_actions.into())
}

pub(super) fn overdue<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Number(row.standing.overdue_actions.into())
}

pub(super) fn promises<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Number(row.standing.promises.into())
}

pub(super) fn tickets<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Number(row.standing.open_tickets.into())
}

pub(super) fn escalated<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Yes(row.standing.escalated || row.standing.escalated_tickets > 0)
}

pub(super) fn signal<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Texts(row.standing.signals.iter().map(|s| s.kind.key()).collect())
}

/// Warnings; good news is none.
pub(super) fn signals<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    let warnings = row
        .standing
        .signals
        .iter()
        .filter(|s| !s.kind.is_positive());
    Value::Number(warnings.count() as f64)
}

pub(super) fn severity<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    let warnings = row
        .standing
        .signals
        .iter()
        .filter(|s| !s.kind.is_positive());
    Value::Keys(warnings.map(|s| s.severity.key()).collect())
}

pub(super) fn gap<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Keys(
        row.standing
            .gaps
            .iter()
            .map(|(family, _)| family.key())
            .collect(),
    )
}

pub(super) fn conflicts<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Number(row.standing.conflicts.len() as f64)
}

pub(super) fn judgement<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::key(row.standing.judgement.map(|(judgement, _)| judgement.key()))
}

pub(super) fn kept<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::number(row.standing.adherence.percent())
}

pub(super) fn at_risk<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Yes(row.standing.risk.is_some())
}

/// The proposed likelihood of leaving; nothing where the account is not at risk.
pub(super) fn risk<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::number(row.standing.risk.as_ref().map(|risk| risk.points))
}

pub(super) fn chance<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    let risk = row.standing.risk.as_deref();
    Value::key(
        risk.and_then(|risk| risk.chance())
            .map(|chance| chance.key()),
    )
}

pub(super) fn cause<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    let risk = row.standing.risk.as_deref();
    Value::key(risk.and_then(|risk| risk.cause()).map(|cause| cause.key()))
}

/// Days since the contract began.
pub(super) fn age<'a>(row: &'a Row, _: &str, today: NaiveDate) -> Value<'a> {
    let start = row.standing.anchors.start.filter(|start| *start <= today);
    Value::number(start.map(|start| (today - start).num_days() as f64))
}

pub(super) fn churned<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Yes(row.standing.churned.is_some())
}

pub(super) fn archived<'a>(row: &'a Row, _: &str, _: NaiveDate) -> Value<'a> {
    Value::Yes(row.account.archived.is_some())
}
