//! Words that an account's records answer.

use chrono::{Duration, NaiveDate};

use super::value::Value;
use crate::domain::account::GoalStatus;
use crate::domain::contact::{Role, Status};
use crate::domain::dossier::Dossier;
use crate::domain::dossier::effective::effective_seats;
use crate::domain::dossier::going_on::contracts_on;
use crate::domain::facts::feedback::SurveyKind;
use crate::domain::facts::level::level;
use crate::domain::facts::ticket::Priority;
use crate::domain::facts::usage::{ACTIVE_USERS, MONTHLY_USERS, Series, WEEKLY_USERS, date_of};
use crate::domain::text::fold;
use crate::domain::when::Zone;

/// An account's records on a day.
#[derive(Clone, Copy)]
pub struct On<'a> {
    pub dossier: &'a Dossier,
    pub day: NaiveDate,
    pub zone: Zone,
}

/// Days within which somebody was met.
const MET: i64 = 90;

fn series<'a>(on: On<'a>, metric: &str) -> Option<(&'a str, &'a Series)> {
    let wanted = fold(metric);
    let all = on.dossier.usage.0.iter();
    let mut named = all.map(|(name, series)| (name.as_str(), series));
    named.find(|(name, _)| fold(name) == wanted)
}

/// The level of a metric over the four weeks that end with its last day: of daily data the typical day, of monthly
/// data the last number.
fn now(metric: &str, series: &Series, day: NaiveDate) -> Option<(NaiveDate, f64)> {
    let last = date_of(series.between(NaiveDate::MIN, day).last()?.0);
    match level(metric, series, last) {
        Some(level) => Some((last, level.value)),
        None => series
            .between(last, last)
            .last()
            .map(|point| (last, point.1)),
    }
}

/// The level that was regular over the year before: the third best of its four-week windows, or of its months.
fn normal(metric: &str, series: &Series, last: NaiveDate) -> Option<f64> {
    const WINDOW: i64 = 28;
    const WINDOWS: i64 = 13;
    /// The best two may be chance.
    const PLACE: usize = 2;
    let ends = (1..=WINDOWS).map(|n| last - Duration::days(n * WINDOW));
    let mut levels: Vec<f64> = ends
        .filter_map(|end| level(metric, series, end))
        .map(|level| level.value)
        .collect();
    if levels.len() <= PLACE {
        let from = last - Duration::days(WINDOWS * WINDOW + WINDOW);
        let before = series.between(from, last - Duration::days(1));
        levels = match before.len() <= 16 {
            true => before.iter().map(|point| point.1).collect(),
            false => Vec::new(),
        };
    }
    levels.sort_unstable_by(|a, b| b.total_cmp(a));
    levels.get(PLACE).copied().filter(|normal| *normal > 0.0)
}

pub(super) fn usage<'a>(on: On<'a>, metric: &str) -> Value<'a> {
    let of = series(on, metric);
    Value::number(
        of.and_then(|(name, series)| now(name, series, on.day))
            .map(|(_, n)| n),
    )
}

/// Percent of its own normal.
pub(super) fn of_normal<'a>(on: On<'a>, metric: &str) -> Value<'a> {
    let share = series(on, metric).and_then(|(name, series)| {
        let (last, now) = now(name, series, on.day)?;
        Some(now / normal(name, series, last)? * 100.0)
    });
    Value::number(share)
}

/// Active people in percent of the seats.
pub(super) fn seats_used<'a>(on: On<'a>, _: &str) -> Value<'a> {
    let users = [ACTIVE_USERS, WEEKLY_USERS, MONTHLY_USERS].into_iter();
    // Each person counts once in a month: the widest span says how many seats are used.
    let used = users.rev().find_map(|metric| {
        let (name, series) = series(on, metric)?;
        now(name, series, on.day).map(|(_, n)| n)
    });
    let seats = effective_seats(on.dossier, on.day).filter(|seats| *seats > 0);
    Value::number(
        used.zip(seats)
            .map(|(used, seats)| used / f64::from(seats) * 100.0),
    )
}

/// Open tickets of a priority: p1 is the gravest.
pub(super) fn open<'a>(on: On<'a>, priority: &str) -> Value<'a> {
    let by_number = priority
        .strip_prefix('p')
        .and_then(|n| n.parse::<usize>().ok());
    let by_number = by_number.and_then(|n| Priority::ALL.get(n.checked_sub(1)?).copied());
    let Some(wanted) = by_number.or_else(|| Priority::parse(priority)) else {
        return Value::Unknown;
    };
    let open = on
        .dossier
        .tickets
        .iter()
        .filter(|t| t.is_open() && t.priority == wanted);
    Value::Number(open.count() as f64)
}

/// The last answer to a survey: of one day the lower one.
fn last_answer<'a>(on: On<'a>, kind: SurveyKind) -> Value<'a> {
    let of = on.dossier.surveys.iter().filter(|s| s.kind == kind);
    let known = of.filter(|s| s.date.is_none_or(|day| day <= on.day));
    let last = known.max_by(|a, b| a.date.cmp(&b.date).then(b.score.total_cmp(&a.score)));
    Value::number(last.map(|s| s.score))
}

pub(super) fn nps<'a>(on: On<'a>, _: &str) -> Value<'a> {
    last_answer(on, SurveyKind::Nps)
}

pub(super) fn csat<'a>(on: On<'a>, _: &str) -> Value<'a> {
    last_answer(on, SurveyKind::Csat)
}

pub(super) fn goal<'a>(on: On<'a>, _: &str) -> Value<'a> {
    Value::Texts(
        on.dossier
            .account
            .goals
            .iter()
            .map(|g| g.text.as_str())
            .collect(),
    )
}

/// Goals of a status; an open one whose day is over counts as slipped.
pub(super) fn goals<'a>(on: On<'a>, status: &str) -> Value<'a> {
    let Some(wanted) = GoalStatus::parse(status) else {
        return Value::Unknown;
    };
    let goals = on.dossier.account.goals.iter();
    let of = goals.filter(|goal| {
        let is_late = goal.status == GoalStatus::Open && goal.due.is_some_and(|due| due < on.day);
        let status = if is_late {
            GoalStatus::Slipped
        } else {
            goal.status
        };
        status == wanted
    });
    Value::Number(of.count() as f64)
}

/// The roles of the people who were talked with lately.
pub(super) fn met<'a>(on: On<'a>, _: &str) -> Value<'a> {
    let from = on.day - Duration::days(MET);
    let lately = |day: NaiveDate| (from..=on.day).contains(&day);
    let talks = on.dossier.checkins.iter();
    let talks = talks.filter(|c| c.ended().is_some_and(|at| lately(on.zone.day(at))));
    let there: Vec<String> = talks
        .flat_map(|c| &c.wrapup.attendees)
        .map(|name| fold(name))
        .collect();
    let people = on.dossier.contacts.iter();
    let met = people.filter(|person| {
        person.last_contacted.is_some_and(lately) || there.contains(&fold(&person.name))
    });
    Value::Keys(
        met.filter_map(|person| person.role)
            .map(Role::key)
            .collect(),
    )
}

/// The roles that somebody has who is still there.
pub(super) fn contact<'a>(on: On<'a>, _: &str) -> Value<'a> {
    let there = on
        .dossier
        .contacts
        .iter()
        .filter(|c| c.status == Status::Active);
    Value::Keys(
        there
            .filter_map(|person| person.role)
            .map(Role::key)
            .collect(),
    )
}

pub(super) fn contacts<'a>(on: On<'a>, _: &str) -> Value<'a> {
    let there = on
        .dossier
        .contacts
        .iter()
        .filter(|c| c.status == Status::Active);
    Value::Number(there.count() as f64)
}

pub(super) fn note<'a>(on: On<'a>, _: &str) -> Value<'a> {
    Value::Texts(
        on.dossier
            .notes
            .iter()
            .map(|note| note.text.as_str())
            .collect(),
    )
}

/// The products of the contracts that are paid on the day.
pub(super) fn product<'a>(on: On<'a>, _: &str) -> Value<'a> {
    let contracts = contracts_on(on.dossier, on.day);
    let paid = |id: &crate::domain::ids::RecordId| {
        contracts.iter().any(|s| s.id == *id && s.active(on.day))
    };
    let all = on.dossier.subscriptions.iter().filter(|s| paid(&s.id));
    let mut names: Vec<&str> = all.map(|s| s.plan.as_str()).collect();
    names.push(&on.dossier.account.plan);
    names.retain(|name| !name.is_empty());
    Value::Texts(names)
}

pub(super) fn contracts<'a>(on: On<'a>, _: &str) -> Value<'a> {
    let contracts = contracts_on(on.dossier, on.day);
    let paid = contracts.iter().filter(|s| s.active(on.day) && !s.trial);
    Value::Number(paid.count() as f64)
}

/// Promises whose day is over.
pub(super) fn late<'a>(on: On<'a>, _: &str) -> Value<'a> {
    let actions = on.dossier.actions.iter();
    let late = actions.filter(|a| a.is_open() && a.promised && a.overdue(on.day));
    Value::Number(late.count() as f64)
}
