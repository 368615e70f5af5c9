//! An account as it stood on a day of the past: what a replay may know, and nothing else.

use chrono::NaiveDate;

use super::account::Account;
use super::contact;
use super::dossier::Dossier;
use super::facts::ticket::Status;
use super::facts::usage::{Series, Usage, day_number};
use super::health::history::History;
use super::signals::end_of;
use super::when::Zone;

/// What is done with statements that have no date: of today, or of when?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undated {
    /// Taken as having been so all along.
    Keep,
    /// Not known to have been so then, and left out.
    Drop,
}

/// The dossier with all that is dated later than `day` taken away: records that came later, and
/// within earlier records what became of them later.
pub fn as_of(d: &Dossier, day: NaiveDate, zone: Zone, undated: Undated) -> Dossier {
    let drop = undated == Undated::Drop;
    let end = end_of(day, zone);
    let mut out = Dossier::new(account(&d.account, day, drop));
    out.contacts = d
        .contacts
        .iter()
        // Somebody who left, nobody knows when, was there or was not.
        .filter(|c| !(drop && c.status != contact::Status::Active && c.since.is_none()))
        // Nor was somebody there who is there since later.
        .filter(|c| !(c.status == contact::Status::Active && c.since.is_some_and(|s| s > day)))
        .cloned()
        .map(|mut c| {
            if c.since.is_some_and(|s| s > day) {
                (c.status, c.since) = (contact::Status::Active, None);
            }
            // The last time is written over the time before: what is kept of those whom nobody contacted
            // later would tell who they are.
            c.last_contacted = c.last_contacted.filter(|l| *l <= day && !drop);
            c
        })
        .collect();
    out.subscriptions = d
        .subscriptions
        .iter()
        .filter(|s| s.start.map_or(!drop, |s| s <= day))
        .cloned()
        .map(|mut s| {
            // An end that lies ahead may have been agreed, or may be the very end one wants to foresee.
            s.end = s.end.filter(|e| *e <= day);
            if drop {
                (s.downgraded, s.past_due) = (false, false);
            }
            s
        })
        .collect();
    out.tickets = d
        .tickets
        .iter()
        .filter(|t| t.opened.map_or(!drop, |o| o <= end))
        .cloned()
        .map(|mut t| {
            t.first_answer = t.first_answer.filter(|a| *a <= end);
            if t.solved.is_some_and(|s| s > end) {
                (t.solved, t.csat, t.status) = (None, None, Status::Open);
            }
            if drop && t.solved.is_none() {
                // When it was escalated or rated is not noted.
                (t.escalated, t.csat) = (false, None);
            }
            t
        })
        .collect();
    out.surveys = d
        .surveys
        .iter()
        .filter(|s| s.date.map_or(!drop, |d| d <= day))
        .cloned()
        .collect();
    out.touches = d.touches.iter().filter(|t| t.at <= end).cloned().collect();
    out.outcomes = d
        .outcomes
        .iter()
        .filter(|o| o.date.map_or(!drop, |d| d <= day))
        .cloned()
        .collect();
    out.notes = d.notes.iter().filter(|n| n.at <= end).cloned().collect();
    out.actions = d
        .actions
        .iter()
        .filter(|a| a.created <= end)
        .cloned()
        .collect();
    out.touchpoints = d
        .touchpoints
        .iter()
        .filter(|t| t.created <= end)
        .cloned()
        .collect();
    out.checkins = d
        .checkins
        .iter()
        .filter(|c| c.ended().unwrap_or(c.created) <= end)
        .cloned()
        .collect();
    out.usage = Usage(
        d.usage
            .0
            .iter()
            .map(|(m, s)| (m.clone(), until(s, day)))
            .filter(|(_, s)| !s.is_empty())
            .collect(),
    );
    let mut history = History::default();
    d.history
        .entries()
        .iter()
        .filter(|e| e.date <= day)
        .for_each(|e| history.record(e.clone()));
    out.history = history;
    out
}

fn account(a: &Account, day: NaiveDate, drop: bool) -> Account {
    let mut out = a.clone();
    // A file that says of which day it is speaks of that day.
    if drop && a.recorded.is_none_or(|r| r > day) {
        (
            out.stage,
            out.escalated,
            out.renewal,
            out.seats,
            out.arr,
            out.expansion,
            out.lifetime_value,
        ) = (None, false, None, None, None, None, None);
        out.plan = Default::default();
        out.goals.clear();
        out.tags.clear();
        out.attributes.clear();
    }
    out.ruling = out.ruling.filter(|r| !drop && r.set <= day);
    out.contract_start = a.contract_start.filter(|s| *s <= day);
    out
}

fn until(series: &Series, day: NaiveDate) -> Series {
    let points = series.points();
    Series::from_points(points[..points.partition_point(|p| p.0 <= day_number(day))].to_vec())
}

/// The newest dated input of a dossier, and what it is: a replay that holds one of after its day
/// has seen the future.
pub fn newest_input(d: &Dossier, zone: Zone) -> Option<(&'static str, NaiveDate)> {
    let contacts = d
        .contacts
        .iter()
        .flat_map(|c| [c.since, c.last_contacted])
        .flatten()
        .map(|d| ("contacts", d));
    let subscriptions = d
        .subscriptions
        .iter()
        .flat_map(|s| [s.start, s.end])
        .flatten()
        .map(|d| ("subscriptions", d));
    let tickets = d
        .tickets
        .iter()
        .flat_map(|t| [t.opened, t.first_answer, t.solved])
        .flatten()
        .map(|at| ("tickets", zone.day(at)));
    let surveys = d
        .surveys
        .iter()
        .filter_map(|s| s.date)
        .map(|d| ("surveys", d));
    let touches = d.touches.iter().map(|t| ("interactions", zone.day(t.at)));
    let outcomes = d
        .outcomes
        .iter()
        .filter_map(|o| o.date)
        .map(|d| ("outcomes", d));
    let notes = d.notes.iter().map(|n| ("notes", zone.day(n.at)));
    let checkins = d
        .checkins
        .iter()
        .filter_map(|c| c.ended())
        .map(|at| ("check-ins", zone.day(at)));
    let usage = d.usage.last_day().into_iter().map(|d| ("usage", d));
    contacts
        .chain(subscriptions)
        .chain(tickets)
        .chain(surveys)
        .chain(touches)
        .chain(outcomes)
        .chain(notes)
        .chain(checkins)
        .chain(usage)
        .max_by_key(|(_, d)| *d)
}
