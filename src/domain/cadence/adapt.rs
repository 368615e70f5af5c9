//! Suggestions to change an account's cadence, from its behaviour: more often, less often, or by
//! mail. Each carries its evidence, and only a person accepts it.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::policy::Policy;
use super::{Every, Kind};
use crate::domain::account::{GoalStatus, Stage, Tier};
use crate::domain::action::Side;
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::closed::closed;
use crate::domain::dossier::Dossier;
use crate::domain::facts::touch::{Attendance, TouchKind};
use crate::domain::health::{Band, Score, history};
use crate::domain::signals::{self, Signal};
use crate::domain::when::Zone;

closed! {
    Advice { LessOften = "less-often", ByMail = "by-mail", MoreOften = "more-often", Project = "project", Settle = "settle" }
}

/// The evidence of a suggestion. The words floor phrases it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum Evidence {
    Declined { count: u32, of: u32 },
    NoShow { count: u32, of: u32 },
    Moved { count: u32, of: u32 },
    Attended { count: u32 },
    Warm { sentiment: Sentiment, talks: u32 },
    Green { change: i16 },
    Quiet,
    Goal { text: String, due: NaiveDate },
}

/// A proposed change of an account's check-in interval, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub advice: Advice,
    /// The interval of check-ins now and as suggested; none: by mail only.
    pub from: Option<Every>,
    pub to: Option<Every>,
    pub evidence: Vec<Evidence>,
}

/// The newest meetings that are considered.
const MEETINGS: usize = 6;
/// The oldest meeting that is considered, days.
const REACH: i64 = 240;
/// Days without a suggestion after one was accepted or turned down.
const REST: i64 = 60;
/// Days up to a goal's date within which it counts as a project.
const PROJECT: i64 = 60;
/// The longest interval that is suggested; an account beyond it gets mail.
const RAREST: Every = Every::months(3);

/// The input of a suggestion.
pub struct Known<'a> {
    pub dossier: &'a Dossier,
    pub tier: Tier,
    pub stage: Stage,
    pub health: &'a Score,
    pub trend: history::Trend,
    pub signals: &'a [Signal],
}

/// At most one suggestion. Withdrawal goes before a project, and a project before interest.
pub fn suggest(known: &Known, policy: &Policy, day: NaiveDate, zone: Zone) -> Vec<Suggestion> {
    let d = known.dossier;
    let own = d.account.cadence.as_deref();
    let deviation = own.and_then(|r| r.every.get(&Kind::Checkin));
    let paused = own.is_some_and(|r| r.pause(day).is_some());
    let decided = deviation.map(|x| x.set).max(own.and_then(|r| r.dismissed));
    if paused || decided.is_some_and(|at| (day - at).num_days() < REST) {
        return Vec::new();
    }
    let usual = policy.every(Kind::Checkin, known.tier, known.stage);
    let now = match deviation {
        Some(x) => x.every,
        None => usual,
    };
    let Some(now) = now else { return Vec::new() };
    let meetings = meetings(d, day, zone);
    let trouble = signals::troubles(known.signals.iter()).next().is_some()
        || d.account.escalated
        || known.health.band == Band::Red;
    withdrawing(&meetings, now)
        .or_else(|| project(known, now, day))
        .or_else(|| eager(d, &meetings, now, day, zone).filter(|_| !trouble))
        .or_else(|| back_to_standard(known, policy, usual, now).filter(|_| !trouble))
        .into_iter()
        .collect()
}

/// A meeting: its outcome, and the side that moved it.
type Meeting = (Attendance, Option<Side>);

/// At least three meetings, and at least half of all, were declined, missed or moved by the
/// customer.
fn withdrawing(meetings: &[Meeting], now: Every) -> Option<Suggestion> {
    let of = meetings.len() as u32;
    let count = |a: Attendance, by: Option<Side>| {
        meetings
            .iter()
            .filter(|m| m.0 == a && by.is_none_or(|by| m.1.is_none_or(|x| x == by)))
            .count() as u32
    };
    let (declined, missed, moved) = (
        count(Attendance::Declined, None),
        count(Attendance::NoShow, None),
        count(Attendance::Moved, Some(Side::Customer)),
    );
    let lost = declined + missed + moved;
    if lost < 3 || lost * 2 < of {
        return None;
    }
    let facts = [
        (
            declined,
            Evidence::Declined {
                count: declined,
                of,
            },
        ),
        (missed, Evidence::NoShow { count: missed, of }),
        (moved, Evidence::Moved { count: moved, of }),
    ];
    // A customer that no longer even declines is better reached by mail.
    let (advice, to) = if missed >= 3 || now.length() >= RAREST.length() {
        (Advice::ByMail, None)
    } else {
        (Advice::LessOften, Some(shorter(now.doubled(), RAREST)))
    };
    Some(Suggestion {
        advice,
        from: Some(now),
        to,
        evidence: facts.into_iter().filter(|f| f.0 > 0).map(|f| f.1).collect(),
    })
}

/// An open goal is due within [`PROJECT`] days, and check-ins are rarer than every two weeks.
fn project(known: &Known, now: Every, day: NaiveDate) -> Option<Suggestion> {
    let goals = known.dossier.account.goals.iter();
    let (goal, due) = goals
        .filter(|g| g.status == GoalStatus::Open)
        .filter_map(|g| Some((g, g.due?)))
        .filter(|(_, due)| (0..=PROJECT).contains(&(*due - day).num_days()))
        .min_by_key(|g| g.1)?;
    let large = matches!(known.tier, Tier::Enterprise | Tier::MidMarket);
    (now.length() > 14 && large).then(|| Suggestion {
        advice: Advice::Project,
        from: Some(now),
        to: Some(Every::weeks(2)),
        evidence: vec![Evidence::Goal {
            text: goal.text.clone(),
            due,
        }],
    })
}

/// The last three meetings were held, and the last two talks went well.
fn eager(
    d: &Dossier,
    meetings: &[Meeting],
    now: Every,
    day: NaiveDate,
    zone: Zone,
) -> Option<Suggestion> {
    let attended = meetings
        .iter()
        .take_while(|m| m.0 == Attendance::Held)
        .count() as u32;
    let moods: Vec<Sentiment> = moods(d, day, zone);
    let warm = moods
        .iter()
        .take_while(|s| **s >= Sentiment::Excited)
        .count() as u32;
    (attended >= 3 && warm >= 2 && now.length() > 14).then(|| Suggestion {
        advice: Advice::MoreOften,
        from: Some(now),
        to: Some(now.halved()),
        evidence: vec![
            Evidence::Attended { count: attended },
            Evidence::Warm {
                sentiment: moods[0],
                talks: warm,
            },
        ],
    })
}

/// Green and stable for a quarter: check-ins go back to the interval of the tier, never below it.
fn back_to_standard(
    known: &Known,
    policy: &Policy,
    usual: Option<Every>,
    now: Every,
) -> Option<Suggestion> {
    let slowest = policy.slowest.get(&known.tier).copied().or(usual)?;
    let change = known
        .trend
        .d90
        .filter(|change| known.health.band == Band::Green && change.abs() <= 5)?;
    (now.length() < slowest.length() && known.stage != Stage::Onboarding).then(|| Suggestion {
        advice: Advice::Settle,
        from: Some(now),
        to: Some(shorter(now.doubled(), slowest)),
        evidence: vec![Evidence::Green { change }, Evidence::Quiet],
    })
}

fn shorter(a: Every, b: Every) -> Every {
    if a.length() <= b.length() { a } else { b }
}

/// The newest meetings: the outcome of each, and the side that moved it.
fn meetings(d: &Dossier, day: NaiveDate, zone: Zone) -> Vec<Meeting> {
    let near = |at: NaiveDate| at <= day && day - at <= Duration::days(REACH);
    let touches = d
        .touches
        .iter()
        .filter(|t| {
            matches!(
                t.kind,
                TouchKind::Call | TouchKind::Meeting | TouchKind::Training
            )
        })
        .map(|t| (t.at, t.attendance, t.moved_by));
    let checkins = d
        .checkins
        .iter()
        .filter_map(|c| Some((c.ended()?, Attendance::Held, None)));
    let mut all: Vec<_> = touches
        .chain(checkins)
        .filter(|m| near(zone.day(m.0)))
        .collect();
    all.sort_by_key(|m| std::cmp::Reverse(m.0));
    all.into_iter().take(MEETINGS).map(|m| (m.1, m.2)).collect()
}

/// The moods of the last talks, the newest first.
fn moods(d: &Dossier, day: NaiveDate, zone: Zone) -> Vec<Sentiment> {
    let mut all: Vec<_> = d
        .checkins
        .iter()
        .filter_map(|c| Some((c.ended()?, c.wrapup.sentiment?)))
        .filter(|m| zone.day(m.0) <= day)
        .collect();
    all.sort_by_key(|m| std::cmp::Reverse(m.0));
    all.into_iter().take(4).map(|m| m.1).collect()
}
