//! The touches of many accounts: whose they are, and what speaks against a moment.

use chrono::{DateTime, NaiveDate, Utc};

use super::calendar::{Calendars, Conflict, Judge};
use super::capacity::{self, Week};
use super::plan::{Ground, Planned, plan};
use super::policy::Policy;
use crate::domain::account::Account;
use crate::domain::book::Book;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::summary::Row;
use crate::domain::when::Now;

/// A touch, and the place of its account among the book's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub row: usize,
    pub touch: Planned,
}

/// Whose touches are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose<'a> {
    /// Of the accounts one looks after, or stands in for; those without an owner are everybody's.
    Of(&'a str),
    All,
}

impl<'a> Whose<'a> {
    /// One's own, unless one has none: then nobody is named in the book, and all are looked at.
    pub fn mine(book: &Book, me: &'a str) -> Self {
        if book.rows().iter().any(|r| r.account.owner == me) { Whose::Of(me) } else { Whose::All }
    }
}

/// What many plans are made on.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub policy: &'a Policy,
    pub calendars: &'a Calendars,
    pub now: Now,
}

impl<'a> Desk<'a> {
    pub fn ground(&self, account: &Account) -> Ground<'a> {
        Ground { policy: self.policy, calendar: self.calendars.of(&account.owner), today: self.now.today(), zone: self.now.zone }
    }

    pub fn plan(&self, book: &Book, row: &Row, until: NaiveDate) -> Vec<Planned> {
        plan(&row.account, &row.standing, book.meetings_of(&row.account.id), &self.ground(&row.account), until)
    }

    /// All touches up to a day, by day and account.
    pub fn entries(&self, book: &Book, whose: Whose, until: NaiveDate) -> Vec<Entry> {
        let mut out = Vec::new();
        for (i, row) in book.rows().iter().enumerate() {
            let owner = row.account.owner.as_str();
            let ours = |day: NaiveDate| match whose {
                Whose::All => true,
                Whose::Of(_) if owner.is_empty() => true,
                Whose::Of(me) => self.calendars.on_duty(owner, day) == me,
            };
            // Nobody stands in for most: their plans need not be made.
            if let Whose::Of(me) = whose
                && !owner.is_empty()
                && owner != me
                && !self.calendars.is_covered_by(owner, me)
            {
                continue;
            }
            out.extend(self.plan(book, row, until).into_iter().filter(|p| ours(p.date)).map(|touch| Entry { row: i, touch }));
        }
        out.sort_by(|a, b| {
            (a.touch.date, a.touch.time.is_none(), a.touch.time, a.touch.kind, a.row).cmp(&(b.touch.date, b.touch.time.is_none(), b.touch.time, b.touch.kind, b.row))
        });
        out
    }

    /// The weeks from this one on, with what they hold and what is in them.
    pub fn weeks(&self, book: &Book, entries: &[Entry], person: &str, count: usize) -> Vec<Week> {
        let today = self.now.today();
        let away = book.away.values().filter(|a| a.person == person);
        let mut weeks = capacity::weeks(self.policy, self.calendars.of(person), away, today, self.now.zone, count);
        for e in entries {
            capacity::add(&mut weeks, self.policy, book.rows()[e.row].standing.tier, &e.touch, today);
        }
        weeks
    }

    /// All that speaks against a meeting with an account.
    pub fn conflicts(&self, book: &Book, account: &AccountId, but: Option<&RecordId>, start: DateTime<Utc>, minutes: u32) -> Vec<Conflict> {
        let Some(row) = book.get(account) else { return Vec::new() };
        let owner = row.account.owner.as_str();
        let same = |a: &AccountId| book.get(a).is_some_and(|r| r.account.owner == owner);
        let judge = Judge {
            policy: self.policy,
            calendar: self.calendars.of(owner),
            zone: self.now.zone,
            away: book.away.values().filter(|a| owner.is_empty() || a.person == owner),
            meetings: book.meetings().filter(|m| same(&m.account)),
        };
        judge.conflicts(&row.account, but, start, minutes)
    }
}
