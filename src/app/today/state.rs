//! State of the Today screen.

use chrono::NaiveDate;

use crate::app::kit::about::{About, Ground};
use crate::app::kit::list::ListState;
use crate::domain::book::Book;
use crate::domain::cadence::capacity::Week;
use crate::domain::cadence::schedule::{AccountScope as Whose, Desk, Plans};
use crate::domain::closed::closed;
use crate::domain::conflicts::Conflict;
use crate::domain::ids::AccountId;
use crate::domain::priority::{self, Item, Renewal};

closed! {
    Tab { Needs = "needs", Renewals = "renewals", Disagreements = "conflicts" }
}

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub tab: Tab,
    pub list: ListState,
    pub items: Vec<Item>,
    /// The due touches that the day's hours do not hold.
    pub later: Vec<Item>,
    /// They are listed below the others.
    pub unfolded: bool,
    /// The minutes that the day has for touches.
    pub room: u32,
    /// Number of further urgent accounts that are not among the items.
    pub rest: usize,
    pub renewals: Vec<Renewal>,
    pub conflicts: Vec<(AccountId, Conflict)>,
    /// The week's load, once it is known.
    pub week: Option<Week>,
    plans: Plans,
    seen: Option<(u64, NaiveDate)>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            tab: Tab::Needs,
            list: ListState::default(),
            items: Vec::new(),
            later: Vec::new(),
            unfolded: false,
            room: 0,
            rest: 0,
            renewals: Vec::new(),
            conflicts: Vec::new(),
            week: None,
            plans: Plans::default(),
            seen: None,
        }
    }
}

impl State {
    /// Drops everything made from the previous book after another one was opened.
    pub fn forget(&mut self) {
        (self.plans, self.seen) = (Plans::default(), None);
        // A cursor that was never moved stays at the top, whatever is inserted above it.
        if self.list.cursor == 0 {
            self.items.clear();
        }
    }

    /// Updates the list if the book or the day changed. The cursor stays on its item while that
    /// exists.
    pub fn refresh(&mut self, desk: &Desk, book: &Book, me: &str, height: usize) {
        let today = desk.now.today();
        let stamp = (book.version, today);
        if self.seen == Some(stamp) {
            return;
        }
        let key = |i: &Item| {
            (
                i.kind,
                i.account.clone(),
                i.record.clone(),
                i.touch.as_ref().map(|t| (t.kind, t.ideal)),
            )
        };
        let held = self.needs().nth(self.list.cursor).map(key);
        let sunday = crate::domain::cadence::capacity::monday(today) + chrono::Duration::days(6);
        let week = self
            .plans
            .entries(desk, book, Whose::mine(book, me), sunday);
        let day = priority::today(book, me, desk, &week, &book.set_aside(me, today));
        (self.items, self.later, self.rest) = (day.items, day.later, day.rest);
        self.room = day.room;
        self.renewals = priority::renewals(book, me, desk);
        self.conflicts = priority::conflicts(book, me, desk);
        self.week = desk.weeks(book, &week, me, 1).into_iter().next();
        let shown = |h| self.needs().position(|i| key(i) == h);
        if let Some(at) = held.and_then(shown).filter(|_| self.tab == Tab::Needs) {
            self.list.cursor = at;
        }
        self.list.hold(self.len(), height);
        self.seen = Some(stamp);
    }

    /// The item under the cursor.
    pub fn item(&self) -> Option<&Item> {
        self.needs()
            .nth(self.list.cursor)
            .filter(|_| self.tab == Tab::Needs)
    }

    /// The items that are listed: what fits the day, and below it the rest where it is unfolded.
    pub fn needs(&self) -> impl Iterator<Item = &Item> {
        let later = self.later.iter().filter(|_| self.unfolded);
        self.items.iter().chain(later)
    }

    pub fn len(&self) -> usize {
        match self.tab {
            Tab::Needs => self.needs().count(),
            Tab::Renewals => self.renewals.len(),
            Tab::Disagreements => self.conflicts.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl About for State {
    fn about(&self, _ground: &Ground) -> Option<AccountId> {
        let at = self.list.cursor;
        match self.tab {
            Tab::Needs => self.needs().nth(at).map(|i| i.account.clone()),
            Tab::Renewals => self.renewals.get(at).map(|r| r.account.clone()),
            Tab::Disagreements => self.conflicts.get(at).map(|d| d.0.clone()),
        }
    }
}
