//! The touches of many accounts: their owners, and the conflicts of a moment. How one account is
//! planned is in `plan`.

use std::ops::Deref;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use super::Kind;
use super::calendar::{Calendars, Conflict, ConflictCheck, Shut, shut};
use super::capacity::{self, Week};
use super::plan::{Ground, Planned, plan};
use super::policy::Policy;
use super::theirs::Theirs;
use super::touchpoint::Touchpoint;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::portfolio::book::Book;
use crate::domain::portfolio::row::Row;
use crate::domain::when::Now;

/// A touch, and the row of its account in the book. It refers to the plan of the account, because
/// the calendar of a large book holds millions.
#[derive(Debug, Clone)]
pub struct Entry {
    plan: Arc<Vec<Planned>>,
    at: u32,
    row: u32,
}

impl Entry {
    /// The entries of one account.
    pub fn all(row: usize, plan: &Arc<Vec<Planned>>) -> impl Iterator<Item = Entry> {
        (0..plan.len() as u32).map(move |at| Entry {
            plan: plan.clone(),
            at,
            row: row as u32,
        })
    }

    pub fn row(&self) -> usize {
        self.row as usize
    }

    /// The sort key among entries, accounts aside: the day, the time where there is one, the latest
    /// day, the kind.
    /// It is one number because a million entries are sorted at once.
    fn place(&self) -> u64 {
        let seconds = self
            .own
            .time
            .map_or((1 << 17) - 1, |t| u64::from(t.num_seconds_from_midnight()));
        // What was agreed for the day alone comes first, then what presses most.
        const FAR: i64 = 1 << 12;
        let until = match self.own.agreed {
            Some(_) => 0,
            None => ((self.latest - self.date).num_days() + FAR).clamp(1, 2 * FAR - 1),
        };
        let day = u64::from(self.date.num_days_from_ce().unsigned_abs());
        ((day << 17 | seconds) << 13 | until.unsigned_abs()) << 4 | self.kind.index() as u64
    }
}

/// Equal by content, regardless of how far the plans reach.
impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.row == other.row && **self == **other
    }
}

impl Eq for Entry {}

impl Deref for Entry {
    type Target = Planned;

    fn deref(&self) -> &Planned {
        &self.plan[self.at as usize]
    }
}

/// The accounts whose touches are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountScope<'a> {
    /// The accounts the person owns or covers; accounts without an owner belong to everybody.
    Of(&'a str),
    All,
}

impl<'a> AccountScope<'a> {
    /// The number of these accounts, covered ones aside.
    pub fn count(self, book: &Book) -> usize {
        match self {
            AccountScope::All => book.rows().len(),
            AccountScope::Of(me) => book
                .rows()
                .iter()
                .filter(|r| r.account.owner == *me || r.account.owner.is_empty())
                .count(),
        }
    }

    /// The user's own accounts; all accounts where the book names no account of the user.
    pub fn mine(book: &Book, me: &'a str) -> Self {
        if book.rows().iter().any(|r| r.account.owner == me) {
            AccountScope::Of(me)
        } else {
            AccountScope::All
        }
    }
}

/// The input of many plans.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub policy: &'a Policy,
    pub calendars: &'a Calendars,
    pub now: Now,
}

impl<'a> Desk<'a> {
    pub fn ground(&self, account: &Account) -> Ground<'a> {
        Ground {
            policy: self.policy,
            calendar: self.calendars.of(&account.owner),
            today: self.now.today(),
            zone: self.now.zone,
        }
    }

    /// The touches of an account up to a day; an archived account has none.
    pub fn plan(&self, book: &Book, row: &Row, until: NaiveDate) -> Vec<Planned> {
        if row.account.archived.is_some() {
            return Vec::new();
        }
        plan(
            &row.account,
            &row.standing,
            book.meetings_of(&row.account.id),
            &self.ground(&row.account),
            until,
        )
    }

    /// All touches up to a day, by day and account.
    pub fn entries(&self, book: &Book, scope: AccountScope, until: NaiveDate) -> Vec<Entry> {
        Plans::default().entries(self, book, scope, until)
    }

    /// The touches that are `wanted`; none where there are more than `most`. No plan is kept.
    pub fn some(
        &self,
        book: &Book,
        scope: AccountScope,
        until: NaiveDate,
        wanted: &dyn Fn(&Planned) -> bool,
        most: usize,
    ) -> Option<Vec<Entry>> {
        let mut out = Vec::new();
        for (i, row) in book
            .rows()
            .iter()
            .enumerate()
            .filter(|(_, r)| self.may_ask(scope, &r.account.owner))
        {
            let mut plan = self.plan(book, row, until);
            plan.retain(|p| self.asks(scope, &row.account.owner, p, until) && wanted(p));
            plan.shrink_to_fit();
            out.extend(Entry::all(i, &Arc::new(plan)));
            if out.len() > most {
                return None;
            }
        }
        out.sort_by_cached_key(Entry::place);
        Some(out)
    }

    /// Whether an owner's accounts can contribute to the scope. It rules out most owners, because
    /// few are covered by another.
    fn may_ask(&self, scope: AccountScope, owner: &str) -> bool {
        match scope {
            AccountScope::All => true,
            AccountScope::Of(me) => {
                owner.is_empty() || owner == me || self.calendars.is_covered_by(owner, me)
            }
        }
    }

    /// Whether a touch of an owner's account belongs to the scope and is near.
    fn asks(&self, scope: AccountScope, owner: &str, p: &Planned, until: NaiveDate) -> bool {
        let on_duty = match scope {
            AccountScope::All => true,
            AccountScope::Of(me) => owner.is_empty() || self.calendars.on_duty(owner, p.date) == me,
        };
        on_duty && (p.ideal <= until || p.date <= until)
    }

    /// The weeks from the current one on, with budget and load.
    pub fn weeks(&self, book: &Book, entries: &[Entry], person: &str, count: usize) -> Vec<Week> {
        let today = self.now.today();
        let absences = book.held.absences.values().filter(|a| a.person == person);
        let mut weeks = capacity::weeks(
            self.policy,
            self.calendars.of(person),
            absences,
            today,
            self.now.zone,
            count,
        );
        for e in entries {
            capacity::add(
                &mut weeks,
                self.policy,
                book.rows()[e.row()].standing.tier,
                e,
                today,
            );
        }
        weeks
    }

    /// The minutes a person has for touches on a day: see [`capacity::day`].
    pub fn room(&self, book: &Book, person: &str, day: NaiveDate) -> u32 {
        let absences = book.held.absences.values().filter(|a| a.person == person);
        let calendar = self.calendars.of(person);
        capacity::day(self.policy, calendar, absences, day, self.now.zone)
    }

    /// The minutes that went into touches today, as far as they are recorded: the longest one of
    /// each account.
    pub fn spent(&self, book: &Book, scope: AccountScope) -> u32 {
        let today = self.now.today();
        let rows = book
            .rows()
            .iter()
            .filter(|r| r.standing.last_touch == Some(today))
            .filter(|r| self.may_ask(scope, &r.account.owner));
        rows.map(|r| {
            let of = |kind: &Kind| self.policy.effort(*kind, r.standing.tier).total();
            let done = |kind: &&Kind| r.standing.anchors.last(**kind) == Some(today);
            Kind::ALL.iter().filter(done).map(of).max().unwrap_or(0)
        })
        .sum()
    }

    /// How many of a day's touches its hours hold, in their order. What was agreed or has a time is
    /// always among them.
    pub fn fitting(&self, book: &Book, entries: &[Entry], room: u32) -> usize {
        let mut used = 0;
        let fits = |e: &&Entry| {
            used += e.minutes(self.policy, book.rows()[e.row()].standing.tier);
            used <= room || e.own.agreed.is_some() || e.own.time.is_some()
        };
        entries.iter().take_while(fits).count()
    }

    /// All reasons against a touchpoint of an account on a day that is the same at both places.
    pub fn shut(&self, account: &Account, kind: Kind, day: NaiveDate) -> Vec<Shut> {
        let theirs = Theirs::of(self.policy, account);
        let calendar = self.calendars.of(&account.owner);
        shut(self.policy, calendar, &theirs, kind, (day, day))
    }

    /// All conflicts of an agreed meeting. Of one without a time, only what speaks against its day.
    pub fn conflicts_of(&self, book: &Book, meeting: &Touchpoint) -> Vec<Conflict> {
        if !meeting.day_only {
            let (kind, but) = (meeting.kind, Some(&meeting.id));
            let (start, minutes) = (meeting.start, meeting.minutes);
            return self.conflicts(book, &meeting.account, kind, but, start, minutes);
        }
        let day = self.now.zone.day(meeting.start);
        let row = book.get(&meeting.account);
        let shut = row.map(|r| self.shut(&r.account, meeting.kind, day));
        shut.into_iter().flatten().map(Conflict::Shut).collect()
    }

    /// All conflicts of a meeting of a kind with an account.
    pub fn conflicts(
        &self,
        book: &Book,
        account: &AccountId,
        kind: Kind,
        but: Option<&RecordId>,
        start: DateTime<Utc>,
        minutes: u32,
    ) -> Vec<Conflict> {
        let Some(row) = book.get(account) else {
            return Vec::new();
        };
        let owner = row.account.owner.as_str();
        let same = |a: &AccountId| book.get(a).is_some_and(|r| r.account.owner == owner);
        let check = ConflictCheck {
            policy: self.policy,
            calendar: self.calendars.of(owner),
            zone: self.now.zone,
            absences: book
                .held
                .absences
                .values()
                .filter(|a| owner.is_empty() || a.person == owner),
            meetings: book.meetings().filter(|m| same(&m.account)),
        };
        check.conflicts(&row.account, but, kind, start, minutes)
    }
}

/// The plans of many accounts. Only the plans of changed accounts are computed again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plans {
    /// The end of the plans and their input: the day, the calendars, the person of the scope.
    made: Option<(NaiveDate, NaiveDate, u64, Option<String>)>,
    stamps: Vec<u64>,
    /// None where there is no plan, as for most accounts of a large team.
    plans: Vec<Option<Arc<Vec<Planned>>>>,
}

/// The version of a row without a plan.
const NEVER: u64 = u64::MAX;

impl Plans {
    /// All touches up to a day, by day and account.
    pub fn entries(
        &mut self,
        desk: &Desk,
        book: &Book,
        scope: AccountScope,
        until: NaiveDate,
    ) -> Vec<Entry> {
        let me = if let AccountScope::Of(me) = scope {
            Some(me)
        } else {
            None
        };
        let now = (
            desk.now.today(),
            book.absences_version,
            me.map(str::to_owned),
        );
        let held = self.made.take().filter(|m| {
            (m.1, m.2, m.3.as_deref()) == (now.0, now.1, now.2.as_deref())
                && m.0 >= until
                && self.plans.len() <= book.rows().len()
        });
        let fresh = held.is_none();
        let horizon = held.map_or(until, |m| m.0);
        if fresh {
            self.stamps.clear();
            self.plans.clear();
        }
        self.stamps.resize(book.rows().len(), NEVER);
        self.plans.resize(book.rows().len(), None);
        let mut out = Vec::new();
        for (i, row) in book.rows().iter().enumerate() {
            let owner = row.account.owner.as_str();
            if !desk.may_ask(scope, owner) {
                self.plans[i] = None;
                self.stamps[i] = NEVER;
                continue;
            }
            if self.stamps[i] != book.stamp(i) {
                self.plans[i] = Some(desk.plan(book, row, horizon))
                    .filter(|p| !p.is_empty())
                    .map(Arc::new);
                self.stamps[i] = book.stamp(i);
            }
            out.extend(
                self.plans[i]
                    .iter()
                    .flat_map(|plan| Entry::all(i, plan))
                    .filter(|e| desk.asks(scope, owner, e, until)),
            );
        }
        out.shrink_to_fit();
        out.sort_by_cached_key(Entry::place);
        self.made = Some((horizon, now.0, now.1, now.2));
        out
    }
}
