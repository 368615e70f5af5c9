//! The items of one person's day in one list: meetings, notes, promises, due work, accounts in
//! trouble.

use std::collections::{BTreeSet, HashSet};

use chrono::{NaiveDate, Timelike};

use super::pressure::{Reason, Scale, ours, points, reasons, unweighed};
use crate::domain::action::{Action, Side, urgency};
use crate::domain::cadence::plan::{Due, Rule};
use crate::domain::cadence::schedule::{AccountScope, Desk, Entry};
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::portfolio::book::Book;
use crate::domain::portfolio::row::Row;
use crate::domain::risk::clock::Hours;

closed! {
    /// The subject of an item of the day.
    Kind { WrapUp = "wrap-up", Case = "case", Action = "action", Promise = "promise", Tell = "tell", Account = "account", Renewal = "renewal", Meeting = "meeting", Touch = "touch" }
}

/// An item of the day.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub kind: Kind,
    pub account: AccountId,
    /// The check-in or action it is about.
    pub record: Option<RecordId>,
    /// The ideal and the latest day to do it.
    pub ideal: NaiveDate,
    pub latest: NaiveDate,
    pub points: f64,
    pub reasons: Vec<Reason>,
    /// The touch it is about.
    pub touch: Option<Entry>,
}

/// Accounts below this pressure can wait.
const WORTH: f64 = 8.0;
/// What a step of a renewal presses more than another touch: its day does not move.
const RENEWAL_STEP: f64 = 6.0;
/// No one looks after more accounts in a day.
const MOST: usize = 60;

/// The items of a day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Day {
    pub items: Vec<Item>,
    /// The due touches that the day's hours do not hold, in order.
    pub later: Vec<Item>,
    /// The minutes that the day has for touches.
    pub room: u32,
    /// The number of accounts that press less than the listed ones, but too much to wait.
    pub rest: usize,
}

/// Whether an action asks something of `me` today: it is due, or its completion is still to be
/// reported to the customer.
pub fn asks(a: &Action, me: &str, today: NaiveDate) -> bool {
    a.side == Side::Us
        && (a.owner.is_empty() || a.owner == me)
        && (a.owes_reply() || (a.is_open() && a.due.is_some_and(|d| d <= today)))
}

/// The items of `me` today, in order, from the touches up to today among `entries`: meetings by
/// time, then unfinished notes, then promises, due work, touches and accounts in trouble by their
/// pressure. Accounts that were touched today or are in `aside` are left out.
pub fn today(
    book: &Book,
    me: &str,
    desk: &Desk,
    entries: &[Entry],
    aside: &BTreeSet<AccountId>,
) -> Day {
    let scale = Scale::of(book.rows());
    let mut items = touches(book, &scale, desk, entries);
    // An account with a meeting today needs no item of its own.
    let met: HashSet<AccountId> = items
        .iter()
        .filter(|i| i.kind == Kind::Meeting || i.touch.as_ref().is_some_and(|t| t.kind.is_talk()))
        .map(|i| i.account.clone())
        .collect();
    items.extend(notes_to_write(book, me, desk));
    let cases = open_cases(book, me, desk);
    let rescued: HashSet<AccountId> = cases.iter().map(|i| i.account.clone()).collect();
    items.extend(cases);
    items.extend(ended_terms(book, me, desk, aside));
    items.extend(due_actions(book, me, desk.now.today()));
    let dealt_with =
        |id: &AccountId| aside.contains(id) || met.contains(id) || rescued.contains(id);
    let (accounts, rest) = pressing(book, me, desk, &scale, &dealt_with);
    items.extend(accounts);
    // Promises, due work and accounts in trouble share one order, by pressure.
    items.sort_by(|a, b| b.points.total_cmp(&a.points));
    let room = desk.room(book, me, desk.now.today());
    let spent = desk.spent(book, AccountScope::mine(book, me));
    let (items, later) = fold(book, desk, items, room.saturating_sub(spent));
    Day {
        items,
        later,
        room,
        rest,
    }
}

/// Divides the items: the due touches beyond the minutes of the day wait. Today's meetings take
/// their share first, and nothing else is put off.
fn fold(book: &Book, desk: &Desk, items: Vec<Item>, room: u32) -> (Vec<Item>, Vec<Item>) {
    let today = desk.now.today();
    let minutes = |i: &Item| {
        let tier = book.get(&i.account).map(|r| r.standing.tier);
        let touch = i.touch.as_ref().filter(|t| t.date >= today);
        touch
            .zip(tier)
            .map_or(0, |(touch, tier)| touch.minutes(desk.policy, tier))
    };
    let met = items.iter().filter(|i| i.kind == Kind::Meeting);
    let mut used: u32 = met.map(minutes).sum();
    items.into_iter().partition(|i| {
        if i.kind == Kind::Touch {
            used += minutes(i);
        }
        i.kind != Kind::Touch || used <= room
    })
}

/// The check-ins of `me` with an incomplete note.
fn notes_to_write<'a>(book: &'a Book, me: &'a str, desk: &'a Desk) -> impl Iterator<Item = Item> {
    let zone = desk.now.zone;
    let mine = book
        .unfinished()
        .into_iter()
        .filter(move |c| c.author == me);
    mine.map(move |c| {
        let day = zone.day(c.ended().or(c.started()).unwrap_or(c.created));
        Item {
            kind: Kind::WrapUp,
            account: c.account.clone(),
            record: Some(c.id.clone()),
            ideal: day,
            latest: day,
            points: 100.0,
            reasons: Vec::new(),
            touch: None,
        }
    })
}

/// The rescues with a first step that is not taken. They come before terms that ended, the longest due first.
fn open_cases(book: &Book, me: &str, desk: &Desk) -> Vec<Item> {
    /// Above a term that ended, below a meeting.
    const FIRST: f64 = 105.0;
    let (now, ours) = (desk.now, ours(book, me, desk));
    let item = |row: &Row| {
        let case = row.standing.risk.as_ref()?.case.as_ref()?;
        let step = case.next()?;
        let due = Hours::of(desk, &row.account).after(case.opened, step.within());
        let local = due.map(|due| now.zone.local(due));
        let day = local.map_or(now.today(), |due| due.date());
        let late = due.map_or(0, |due| (now.at - due).num_days().max(0));
        Some(Item {
            kind: Kind::Case,
            account: row.account.id.clone(),
            record: None,
            ideal: day,
            latest: day,
            points: FIRST + late.min(365) as f64 / 100.0,
            reasons: vec![Reason::Case {
                step,
                due: local,
                late: due.is_some_and(|due| due < now.at),
                today: now.today(),
            }],
            touch: None,
        })
    };
    let rows = book.rows().iter().map(|row| &**row);
    rows.filter(|row| ours(row)).filter_map(item).collect()
}

/// The accounts with a term that ended, of which nobody said what became. They come before notes and promises.
fn ended_terms<'a>(
    book: &'a Book,
    me: &'a str,
    desk: &'a Desk,
    aside: &'a BTreeSet<AccountId>,
) -> impl Iterator<Item = Item> {
    /// Above a note that is due, below a meeting.
    const FIRST: f64 = 101.0;
    let (today, ours) = (desk.now.today(), ours(book, me, desk));
    let rows = book.rows().iter().map(|row| &**row);
    let rows = rows.filter(move |r| ours(r) && !aside.contains(&r.account.id));
    rows.filter_map(move |r| {
        let unsettled = &r.standing.unsettled;
        let ended = unsettled.overdue.filter(|_| r.standing.churned.is_none())?;
        let days = (today - ended).num_days();
        Some(Item {
            kind: Kind::Renewal,
            account: r.account.id.clone(),
            record: None,
            ideal: ended,
            latest: ended,
            points: FIRST + days.clamp(0, 365) as f64 / 100.0,
            reasons: vec![Reason::Ended {
                days,
                terms: unsettled.overdue_terms,
            }],
            touch: None,
        })
    })
}

/// The actions that ask something of `me`, promises first.
fn due_actions(book: &Book, me: &str, today: NaiveDate) -> Vec<Item> {
    let mut due: Vec<_> = book
        .actions_in_use()
        .filter(|a| asks(a, me, today))
        .collect();
    due.sort_by_key(|a| (!a.is_promise(), urgency(a)));
    let item = |a: &Action| {
        let kind = if a.owes_reply() {
            Kind::Tell
        } else if a.is_promise() {
            Kind::Promise
        } else {
            Kind::Action
        };
        let day = a.due.unwrap_or(today);
        let late = (today - day).num_days().max(0) as f64;
        // A promise weighs as much as an account in trouble, and more each day; routine work weighs
        // less.
        let points = match kind {
            Kind::Promise => 58.0 + late.min(15.0),
            Kind::Tell => 50.0,
            _ => 36.0 + late.min(15.0),
        };
        Item {
            kind,
            account: a.account.clone(),
            record: Some(a.id.clone()),
            ideal: day,
            latest: day,
            points,
            reasons: Vec::new(),
            touch: None,
        }
    };
    due.into_iter().map(item).collect()
}

/// The accounts that press most, and the number of further ones.
fn pressing(
    book: &Book,
    me: &str,
    desk: &Desk,
    scale: &Scale,
    dealt_with: &dyn Fn(&AccountId) -> bool,
) -> (Vec<Item>, usize) {
    let (today, ours) = (desk.now.today(), ours(book, me, desk));
    let mut pressing: Vec<(&Row, f64)> = book
        .rows()
        .iter()
        .filter(|r| unweighed(&r.standing, today) >= WORTH && ours(r))
        .filter(|r| r.standing.last_touch != Some(today) && !dealt_with(&r.account.id))
        .map(|r| (&**r, points(&r.standing, scale, today)))
        .filter(|(_, points)| *points >= WORTH)
        .collect();
    // Only the accounts at the top get reasons, because computing them costs time.
    let first = |a: &(&Row, f64), b: &(&Row, f64)| {
        b.1.total_cmp(&a.1)
            .then_with(|| a.0.account.id.cmp(&b.0.account.id))
    };
    let rest = pressing.len().saturating_sub(MOST);
    if rest > 0 {
        pressing.select_nth_unstable_by(MOST, first);
        pressing.truncate(MOST);
    }
    pressing.sort_unstable_by(first);
    let item = |(r, points): (&Row, f64)| Item {
        kind: Kind::Account,
        account: r.account.id.clone(),
        record: None,
        ideal: today,
        latest: r.standing.renewal.filter(|d| *d >= today).unwrap_or(today),
        points,
        reasons: reasons(&r.standing, today),
        touch: None,
    };
    (pressing.into_iter().map(item).collect(), rest)
}

/// Meetings of today, earlier ones without an outcome, and due touches that take a person's time.
fn touches(book: &Book, scale: &Scale, desk: &Desk, entries: &[Entry]) -> Vec<Item> {
    let today = desk.now.today();
    let mut out = Vec::new();
    for e in entries {
        let (row, p) = (&book.rows()[e.row()], e);
        if p.date > today || !p.counts() {
            continue;
        }
        let timed = p.own.agreed.is_some() || (p.rule == Rule::Recurrence && p.own.time.is_some());
        let (kind, points) = if timed {
            // By time: the earlier, the higher. Earlier days without an outcome follow those of
            // today, the latest first.
            let minutes = f64::from(p.own.time.map_or(0, |t| t.num_seconds_from_midnight() / 60));
            match (today - p.date).num_days() {
                0 => (Kind::Meeting, 200.0 - minutes / 60.0),
                days => (
                    Kind::Meeting,
                    150.0 - (days.min(40) as f64) + minutes / 1_440.0,
                ),
            }
        } else if desk.policy.effort(p.kind, row.standing.tier).total() == 0 {
            continue;
        } else {
            let late = (today - p.latest).num_days().clamp(0, 20) as f64;
            let step = if matches!(p.rule, Rule::Renewal { .. }) {
                RENEWAL_STEP
            } else {
                0.0
            };
            let due = match p.due(today) {
                Due::Late => 40.0 + late,
                Due::Due => 26.0,
                Due::Ahead => 22.0,
            };
            // A talk with an account in trouble is the answer to its trouble.
            let pressing = if p.kind.is_talk() {
                points(&row.standing, scale, today) / 3.0
            } else {
                0.0
            };
            (Kind::Touch, due + step + pressing)
        };
        out.push(Item {
            kind,
            account: row.account.id.clone(),
            record: p.own.agreed.clone(),
            ideal: p.ideal,
            latest: p.latest,
            points,
            reasons: Vec::new(),
            touch: Some(e.clone()),
        });
    }
    out
}
