//! From touches to weeks and back: what smoothing may move, and what it would change.

use std::collections::BTreeMap;

use chrono::{Datelike, Duration, NaiveDate};

use super::Kind;
use super::capacity::{self, Week};
use super::plan::end_of;
use super::rhythm::{Placement, Rhythm};
use super::schedule::{Desk, Entry};
use super::smooth::{Item, Smoothed, smooth};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::portfolio::book::Book;

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
    for e in entries {
        let row = &book.rows()[e.row()];
        let p = e;
        let minutes = desk.policy.effort(p.kind, row.standing.tier).total();
        let first = p.ideal.max(today);
        let last = end_of(&desk.ground(&row.account), p.latest)
            .max(p.date)
            .min(first + Duration::days(127));
        let inside = capacity::week_of(p.date, today).is_some_and(|w| w < capacity::WEEKS);
        if minutes == 0 || !p.is_movable() || !inside || p.date < first {
            capacity::add(&mut fixed, desk.policy, row.standing.tier, p, today);
            continue;
        }
        let (calendar, rhythm) = (
            desk.calendars.of(&row.account.owner),
            row.account.cadence.as_deref(),
        );
        let open = |day: NaiveDate| {
            calendar.is_open(day) && rhythm.is_none_or(|r| r.blackout(day).is_none())
        };
        let length = (last - first).num_days();
        let days = (0..=length)
            .filter(|n| open(first + Duration::days(*n)))
            .fold(0_u128, |bits, n| bits | 1 << n);
        candidates.push(Candidate {
            account: row.account.id.clone(),
            kind: p.kind,
            ideal: p.ideal,
            date: p.date,
            first,
            days,
            minutes,
        });
    }
    // The order decides between equals: it must not depend on how the book is sorted.
    candidates.sort_by(|a, b| {
        (a.date, &a.account, a.kind, a.ideal).cmp(&(b.date, &b.account, b.kind, b.ideal))
    });
    Job {
        version: book.version,
        today,
        candidates,
        fixed,
        before,
    }
}

impl Candidate {
    /// Whether it may be on a day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        let n = (day - self.first).num_days();
        (0..128).contains(&n) && self.days & (1 << n) != 0
    }

    fn open_days(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        (0..128)
            .filter(|n| self.days & (1 << n) != 0)
            .map(|n| self.first + Duration::days(n))
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
        let days = (0..7)
            .map(|n| monday + Duration::days(n))
            .filter(|d| c.holds(*d));
        let to = days
            .min_by_key(|d| {
                (
                    load.get(d).copied().unwrap_or(0),
                    (*d - c.ideal).num_days().abs(),
                )
            })
            .unwrap_or(c.date);
        *load.entry(to).or_default() += c.minutes;
        moves.push(Move {
            account: c.account.clone(),
            kind: c.kind,
            ideal: c.ideal,
            from: c.date,
            to,
        });
    }
    let short = short(job, &found.weeks, &after);
    Proposal {
        version: job.version,
        moves,
        before: job.before.clone(),
        after,
        short,
    }
}

/// The weeks that stay over their budget: by how many minutes, and whose touches are in them.
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

/// Where no plan fits, the least that every week must be over by, in proportion to what it holds: a
/// thousand hours are not left in one week because the next ones are full as well.
fn level(items: &[Item], fixed: &[u32], budget: &[u32], found: Smoothed) -> Smoothed {
    /// Hundredths to which the share is found.
    const FINE: u32 = 4;
    /// A week that is asked for so much of what it holds, percent, is helped by others that are full.
    const FULL: u32 = 150;
    if found.short.is_empty() {
        return found;
    }
    let mut load = fixed.to_vec();
    items
        .iter()
        .for_each(|i| load[usize::from(i.home)] += i.minutes);
    let scaled = |percent: u32| -> Vec<u32> {
        budget
            .iter()
            .map(|b| (u64::from(*b) * u64::from(percent) / 100).min(u64::from(u32::MAX)) as u32)
            .collect()
    };
    // At the fullest week's share nothing need move.
    let share = |(load, budget): (&u32, &u32)| {
        if *budget == 0 {
            100
        } else {
            (u64::from(*load) * 100)
                .div_ceil(u64::from(*budget))
                .min(100_000) as u32
        }
    };
    let peak = |weeks: &[u8]| {
        let mut load = fixed.to_vec();
        items
            .iter()
            .zip(weeks)
            .for_each(|(i, w)| load[usize::from(*w)] += i.minutes);
        load.iter().zip(budget).map(share).max().unwrap_or(0)
    };
    if peak(&found.weeks) < FULL {
        return found;
    }
    let (mut low, mut high) = (
        100,
        load.iter()
            .zip(budget)
            .map(share)
            .max()
            .unwrap_or(100)
            .max(100),
    );
    let mut best = None;
    while high - low > FINE.max(high / 50) {
        let middle = low + (high - low) / 2;
        let tried = smooth(items, fixed, &scaled(middle));
        // What cannot be moved at all may stay over.
        if tried.short.iter().all(|(w, _)| {
            fixed[usize::from(*w)] > scaled(middle)[usize::from(*w)] || budget[usize::from(*w)] == 0
        }) {
            (high, best) = (middle, Some(tried));
        } else {
            low = middle;
        }
    }
    // A little less is not worth other days; what room there is within the budget is used all the same.
    match best.filter(|b| u64::from(peak(&b.weeks)) * 10 <= u64::from(peak(&found.weeks)) * 9) {
        Some(levelled) => {
            let settled: Vec<Item> = items
                .iter()
                .zip(&levelled.weeks)
                .map(|(i, w)| Item {
                    home: *w,
                    allowed: i.allowed | 1 << w,
                    ..*i
                })
                .collect();
            // Until nothing is gained: asked again, it has nothing more to say.
            level(&settled, fixed, budget, smooth(&settled, fixed, budget))
        }
        None => found,
    }
}

/// The account with a touch on another day of its window; placements that are over are forgotten.
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

/// The next or last open day of a touch's window, a step from where it is.
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
    fn what_fits_nowhere_is_levelled_and_named() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a Monday");
        let week = |n: i64, load| Week {
            monday: today + Duration::days(7 * n),
            load,
            agreed: 0,
            talks: 0,
            written: 0,
            budget: 300,
        };
        // Ninety hours in the first week, three weeks of five hours to put them in, and a fourth out of reach.
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
        // Within a week they go over its days.
        let days = found
            .moves
            .iter()
            .filter(|m| m.to < today + Duration::days(14))
            .map(|m| m.to)
            .collect::<std::collections::BTreeSet<_>>();
        assert_eq!(days.len(), 5);
    }
}
