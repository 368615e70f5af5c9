//! From touches to weeks and back: the touches that smoothing may move, and the changes it
//! proposes.

mod candidate;
mod days;
mod level;

use std::collections::BTreeMap;

use chrono::{Datelike, Duration, NaiveDate};

pub use self::candidate::{Candidate, Job};
use self::days::days;
use self::level::level;
use super::Kind;
use super::capacity::{self, Week};
use super::plan::{Planned, end_of};
use super::rhythm::{Placement, Rhythm};
use super::schedule::{Desk, Entry};
use super::smooth::{Item, smooth};
use super::theirs::Theirs;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::portfolio::book::Book;
use crate::domain::portfolio::row::Row;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub account: AccountId,
    pub kind: Kind,
    pub ideal: NaiveDate,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// Moves that spread the touchpoints evenly over the weeks. It holds for one version of the
/// book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub version: u64,
    pub moves: Vec<Move>,
    pub before: Vec<Week>,
    /// The minutes of each week afterwards.
    pub after: Vec<u32>,
    /// The weeks that stay over budget: the minutes beyond it, and the accounts with touches in
    /// them.
    pub short: Vec<(NaiveDate, u32, Vec<AccountId>)>,
}

/// Collects the movable touches among the entries of one person.
pub fn job(desk: &Desk, book: &Book, entries: &[Entry], person: &str) -> Job {
    let today = desk.now.today();
    let before = desk.weeks(book, entries, person, capacity::WEEKS);
    let mut fixed: Vec<Week> = before
        .iter()
        .map(|w| Week {
            load: 0,
            agreed: 0,
            talks: 0,
            written: 0,
            ..*w
        })
        .collect();
    let mut candidates = Vec::new();
    let mut held: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for e in entries {
        let row = &book.rows()[e.row()];
        let inside = capacity::week_of(e.date, today).is_some_and(|w| w < capacity::WEEKS);
        let candidate = candidate(desk, row, e)
            .filter(|c| c.minutes > 0 && inside && e.may_smooth(today) && e.date >= c.first);
        match candidate {
            Some(candidate) => candidates.push(candidate),
            None => {
                let tier = row.standing.tier;
                capacity::add(&mut fixed, desk.policy, tier, e, today);
                if e.counts() {
                    let minutes = e.minutes(desk.policy, tier);
                    *held.entry(e.date.max(today)).or_default() += minutes;
                }
            }
        }
    }
    // The order decides between equal moves, so it must not depend on the sorting of the book.
    candidates.sort_by(|a, b| {
        (a.date, &a.account, a.kind, a.ideal).cmp(&(b.date, &b.account, b.kind, b.ideal))
    });
    let rooms = (0..7 * capacity::WEEKS as i64)
        .map(|n| capacity::monday(today) + Duration::days(n))
        .filter(|day| *day >= today)
        .map(|day| (day, desk.room(book, person, day)))
        .collect();
    Job {
        version: book.version,
        today,
        candidates,
        fixed,
        before,
        held,
        rooms,
    }
}

/// A touch with the days it may be moved to by hand, also where smoothing may not move it; none
/// where nothing but the customer can move it.
pub fn candidate(desk: &Desk, row: &Row, p: &Planned) -> Option<Candidate> {
    let first = p.ideal.max(desk.now.today());
    if !p.is_movable() || p.date < first {
        return None;
    }
    let last = end_of(&desk.ground(&row.account), p.latest)
        .max(p.date)
        .min(first + Duration::days(127));
    let calendar = desk.calendars.of(&row.account.owner);
    let theirs = Theirs::of(desk.policy, &row.account);
    let open = |day: NaiveDate| calendar.is_open(day) && theirs.is_open(day, p.kind);
    let days = (0..=(last - first).num_days())
        .filter(|n| open(first + Duration::days(*n)))
        .fold(0_u128, |bits, n| bits | 1 << n);
    Some(Candidate {
        account: row.account.id.clone(),
        kind: p.kind,
        ideal: p.ideal,
        date: p.date,
        first,
        days,
        minutes: desk.policy.effort(p.kind, row.standing.tier).total(),
    })
}

/// Spreads the touches.
pub fn propose(job: &Job) -> Proposal {
    let count = job.fixed.len();
    let week = |day: NaiveDate| capacity::week_of(day, job.today).filter(|w| *w < count);
    let items: Vec<Item> = job
        .candidates
        .iter()
        .map(|c| {
            let home = week(c.date).unwrap_or(0) as u8;
            let allowed = c
                .open_days()
                .filter_map(week)
                .fold(1_u32 << home, |bits, w| bits | 1 << w);
            Item {
                minutes: c.minutes,
                home,
                allowed,
            }
        })
        .collect();
    let fixed: Vec<u32> = job.fixed.iter().map(|w| w.load).collect();
    let budget: Vec<u32> = job.fixed.iter().map(|w| w.budget).collect();
    let found = level(&items, &fixed, &budget, smooth(&items, &fixed, &budget));
    let mut after = fixed;
    for (c, w) in job.candidates.iter().zip(&found.weeks) {
        after[usize::from(*w)] += c.minutes;
    }
    let to = days(job, &items, &found.weeks);
    let moves = job
        .candidates
        .iter()
        .zip(to)
        .filter(|(c, to)| c.date != *to)
        .map(|(c, to)| Move {
            account: c.account.clone(),
            kind: c.kind,
            ideal: c.ideal,
            from: c.date,
            to,
        })
        .collect();
    let short = short(job, &found.weeks, &after);
    Proposal {
        version: job.version,
        moves,
        before: job.before.clone(),
        after,
        short,
    }
}

/// The weeks that stay over budget: the minutes beyond it, and the accounts with touches in them.
fn short(job: &Job, weeks: &[u8], after: &[u32]) -> Vec<(NaiveDate, u32, Vec<AccountId>)> {
    let over = after
        .iter()
        .zip(&job.fixed)
        .enumerate()
        .filter(|(_, (load, week))| **load > week.budget);
    over.map(|(w, (load, week))| {
        let inside = job.candidates.iter().zip(weeks);
        let mut accounts: Vec<AccountId> = inside
            .filter(|(_, at)| usize::from(**at) == w)
            .map(|(c, _)| c.account.clone())
            .collect();
        accounts.sort();
        accounts.dedup();
        (week.monday, load - week.budget, accounts)
    })
    .collect()
}

/// The account with a touch placed on another day of its window; expired placements are removed.
#[must_use]
pub fn place(
    account: &Account,
    kind: Kind,
    ideal: NaiveDate,
    date: NaiveDate,
    today: NaiveDate,
) -> Account {
    let mut next = account.clone();
    let rhythm: &mut Rhythm = next.cadence.get_or_insert_default();
    rhythm
        .placed
        .retain(|p| p.date >= today && !(p.kind == kind && p.ideal == ideal));
    rhythm.placed.push(Placement { kind, ideal, date });
    rhythm.placed.sort_by_key(|p| (p.date, p.kind, p.ideal));
    next
}

/// The next or previous open day in a touch's window, one step from its present day.
pub fn step(candidate: &Candidate, by: i64) -> Option<NaiveDate> {
    (1..128)
        .map(|n| candidate.date + Duration::days(n * by))
        .find(|d| candidate.holds(*d))
}

/// The Mondays of a month's rows in a calendar.
pub fn month_rows(first: NaiveDate) -> Vec<NaiveDate> {
    let first = first.with_day(1).unwrap_or(first);
    let start = capacity::monday(first);
    (0..6)
        .map(|n| start + Duration::days(7 * n))
        .take_while(|m| *m <= first || m.month() == first.month())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn load_beyond_all_budgets_is_levelled_and_reported() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a Monday");
        let week = |n: i64, load| Week {
            monday: today + Duration::days(7 * n),
            load,
            agreed: 0,
            talks: 0,
            written: 0,
            budget: 300,
        };
        // Ninety hours in the first week, three weeks of five hours to receive them, and a fourth
        // out of reach.
        let candidates: Vec<Candidate> = (0..90)
            .map(|n| Candidate {
                account: format!("a{n:02}").as_str().into(),
                kind: Kind::Checkin,
                ideal: today,
                date: today,
                first: today,
                days: 0x1f | 0x1f << 7 | 0x1f << 14,
                minutes: 60,
            })
            .collect();
        let job = Job {
            version: 1,
            today,
            candidates,
            fixed: (0..4).map(|n| week(n, 0)).collect(),
            before: vec![week(0, 5_400), week(1, 0), week(2, 0), week(3, 0)],
            held: BTreeMap::new(),
            rooms: BTreeMap::new(),
        };
        let found = propose(&job);
        assert_eq!(found.after.iter().sum::<u32>(), 5_400);
        assert!(
            found.after[..3]
                .iter()
                .all(|load| (1_700..=1_920).contains(load)),
            "{:?}",
            found.after
        );
        assert_eq!(found.short.len(), 3);
        assert_eq!(found.short[0].1, found.after[0] - 300);
        // Within a week they spread over its days.
        let days = found
            .moves
            .iter()
            .filter(|m| m.to < today + Duration::days(14))
            .map(|m| m.to)
            .collect::<std::collections::BTreeSet<_>>();
        assert_eq!(days.len(), 5);
    }
}
