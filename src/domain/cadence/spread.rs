//! From touches to weeks and back: what smoothing may move, and what it would change.

use std::collections::BTreeMap;

use chrono::{Datelike, Duration, NaiveDate};

use super::Kind;
use super::capacity::{self, Week};
use super::plan::end_of;
use super::rhythm::{Placement, Rhythm};
use super::schedule::{Desk, Entry};
use super::smooth::{Item, smooth};
use crate::domain::account::Account;
use crate::domain::book::Book;
use crate::domain::ids::AccountId;

/// A touch that may be moved: the days it may be on, a bit each from `first` on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub account: AccountId,
    pub kind: Kind,
    pub ideal: NaiveDate,
    pub date: NaiveDate,
    pub first: NaiveDate,
    pub days: u128,
    pub minutes: u32,
}

/// All that is needed to spread touches, without the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The book's version it was made from.
    pub version: u64,
    pub today: NaiveDate,
    pub candidates: Vec<Candidate>,
    /// Weeks with what cannot be moved.
    pub fixed: Vec<Week>,
    /// The same with everything.
    pub before: Vec<Week>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub account: AccountId,
    pub kind: Kind,
    pub ideal: NaiveDate,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub version: u64,
    pub moves: Vec<Move>,
    pub before: Vec<Week>,
    /// Minutes of each week afterwards.
    pub after: Vec<u32>,
    /// Weeks that no plan fits into: how many minutes are missing, and whose touches are in them.
    pub short: Vec<(NaiveDate, u32, Vec<AccountId>)>,
}

/// Gathers what may be moved among the entries of one person.
pub fn job(desk: &Desk, book: &Book, entries: &[Entry], person: &str) -> Job {
    let today = desk.now.today();
    let before = desk.weeks(book, entries, person, capacity::WEEKS);
    let mut fixed: Vec<Week> = before.iter().map(|w| Week { load: 0, agreed: 0, talks: 0, written: 0, ..*w }).collect();
    let mut candidates = Vec::new();
    for e in entries {
        let row = &book.rows()[e.row];
        let p = &e.touch;
        let minutes = desk.policy.effort(p.kind, row.standing.tier).total();
        let first = p.ideal.max(today);
        let last = end_of(&desk.ground(&row.account), p.latest).max(p.date).min(first + Duration::days(127));
        let inside = capacity::week_of(p.date, today).is_some_and(|w| w < capacity::WEEKS);
        if minutes == 0 || !p.is_movable() || !inside || p.date < first {
            capacity::add(&mut fixed, desk.policy, row.standing.tier, p, today);
            continue;
        }
        let (calendar, rhythm) = (desk.calendars.of(&row.account.owner), row.account.cadence.as_deref());
        let open = |day: NaiveDate| calendar.is_open(day) && rhythm.is_none_or(|r| r.blackout(day).is_none());
        let length = (last - first).num_days();
        let days = (0..=length).filter(|n| open(first + Duration::days(*n))).fold(0_u128, |bits, n| bits | 1 << n);
        candidates.push(Candidate { account: row.account.id.clone(), kind: p.kind, ideal: p.ideal, date: p.date, first, days, minutes });
    }
    // The order decides between equals: it must not depend on how the book is sorted.
    candidates.sort_by(|a, b| (a.date, &a.account, a.kind, a.ideal).cmp(&(b.date, &b.account, b.kind, b.ideal)));
    Job { version: book.version, today, candidates, fixed, before }
}

impl Candidate {
    /// Whether it may be on a day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        let n = (day - self.first).num_days();
        (0..128).contains(&n) && self.days & (1 << n) != 0
    }

    fn open_days(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        (0..128).filter(|n| self.days & (1 << n) != 0).map(|n| self.first + Duration::days(n))
    }
}

/// Spreads them.
pub fn propose(job: &Job) -> Proposal {
    let count = job.fixed.len();
    let week = |day: NaiveDate| capacity::week_of(day, job.today).filter(|w| *w < count);
    let items: Vec<Item> = job
        .candidates
        .iter()
        .map(|c| {
            let home = week(c.date).unwrap_or(0) as u8;
            let allowed = c.open_days().filter_map(week).fold(1_u32 << home, |bits, w| bits | 1 << w);
            Item { minutes: c.minutes, home, allowed }
        })
        .collect();
    let fixed: Vec<u32> = job.fixed.iter().map(|w| w.load).collect();
    let budget: Vec<u32> = job.fixed.iter().map(|w| w.budget).collect();
    let found = smooth(&items, &fixed, &budget);
    // Within its week a touch goes where the day holds least.
    let mut load: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for (c, (item, w)) in job.candidates.iter().zip(items.iter().zip(&found.weeks)) {
        if item.home == *w {
            *load.entry(c.date).or_default() += c.minutes;
        }
    }
    let mut moves = Vec::new();
    let mut after = fixed;
    for (c, (item, w)) in job.candidates.iter().zip(items.iter().zip(&found.weeks)) {
        after[usize::from(*w)] += c.minutes;
        if item.home == *w {
            continue;
        }
        let monday = job.fixed[usize::from(*w)].monday;
        let days = (0..7).map(|n| monday + Duration::days(n)).filter(|d| c.holds(*d));
        let to = days.min_by_key(|d| (load.get(d).copied().unwrap_or(0), (*d - c.ideal).num_days().abs())).unwrap_or(c.date);
        *load.entry(to).or_default() += c.minutes;
        moves.push(Move { account: c.account.clone(), kind: c.kind, ideal: c.ideal, from: c.date, to });
    }
    let short = found
        .short
        .iter()
        .map(|(w, minutes)| {
            let mut who: Vec<AccountId> = job.candidates.iter().zip(&found.weeks).filter(|(_, at)| *at == w).map(|(c, _)| c.account.clone()).collect();
            who.dedup();
            (job.fixed[usize::from(*w)].monday, *minutes, who)
        })
        .collect();
    Proposal { version: job.version, moves, before: job.before.clone(), after, short }
}

/// The account with a touch on another day of its window; placements that are over are forgotten.
#[must_use]
pub fn place(account: &Account, kind: Kind, ideal: NaiveDate, date: NaiveDate, today: NaiveDate) -> Account {
    let mut next = account.clone();
    let rhythm: &mut Rhythm = next.cadence.get_or_insert_default();
    rhythm.placed.retain(|p| p.date >= today && !(p.kind == kind && p.ideal == ideal));
    rhythm.placed.push(Placement { kind, ideal, date });
    rhythm.placed.sort_by_key(|p| (p.date, p.kind, p.ideal));
    next
}

/// The next or last open day of a touch's window, a step from where it is.
pub fn step(candidate: &Candidate, by: i64) -> Option<NaiveDate> {
    (1..128).map(|n| candidate.date + Duration::days(n * by)).find(|d| candidate.holds(*d))
}

/// The Mondays of a month's rows in a calendar.
pub fn month_rows(first: NaiveDate) -> Vec<NaiveDate> {
    let first = first.with_day(1).unwrap_or(first);
    let start = capacity::monday(first);
    (0..6).map(|n| start + Duration::days(7 * n)).take_while(|m| *m <= first || m.month() == first.month()).collect()
}
