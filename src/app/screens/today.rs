//! Today: what needs me, in order, with the reasons; and the renewals of the next months.

use crate::words::labels;

use chrono::NaiveDate;

use crate::app::list::ListState;
use crate::domain::book::Book;
use crate::domain::cadence::capacity::Week;
use crate::domain::cadence::schedule::{AccountScope as Whose, Desk, Plans};
use crate::domain::closed::closed;
use crate::domain::conflicts::Conflict;
use crate::domain::ids::AccountId;
use crate::domain::priority::{self, Item, Renewal};

closed! {
    Lens { Needs = "needs", Renewals = "renewals", Disagreements = "conflicts" }
}

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub lens: Lens,
    pub list: ListState,
    pub items: Vec<Item>,
    /// Accounts that press, too, and are not among the items.
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
            lens: Lens::Needs,
            list: ListState::default(),
            items: Vec::new(),
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
    /// Another book was opened: nothing that was made of the old one holds.
    pub fn forget(&mut self) {
        (self.plans, self.seen) = (Plans::default(), None);
        // A cursor that nobody moved stays at the top, whatever comes in above it.
        if self.list.cursor == 0 {
            self.items.clear();
        }
    }

    /// Looks again when the book or the day changed. The cursor stays on its item where that is still
    /// there.
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
        let held = self.items.get(self.list.cursor).map(key);
        let sunday = crate::domain::cadence::capacity::monday(today) + chrono::Duration::days(6);
        let week = self
            .plans
            .entries(desk, book, Whose::mine(book, me), sunday);
        let day = priority::today(book, me, desk, &week, &book.set_aside(me, today));
        (self.items, self.rest) = (day.items, day.rest);
        self.renewals = priority::renewals(book, me, desk);
        self.conflicts = priority::conflicts(book, me, desk);
        self.week = desk.weeks(book, &week, me, 1).into_iter().next();
        if let Some(at) = held
            .and_then(|h| self.items.iter().position(|i| key(i) == h))
            .filter(|_| self.lens == Lens::Needs)
        {
            self.list.cursor = at;
        }
        self.list.hold(self.len(), height);
        self.seen = Some(stamp);
    }

    /// The item under the cursor.
    pub fn item(&self) -> Option<&Item> {
        self.items
            .get(self.list.cursor)
            .filter(|_| self.lens == Lens::Needs)
    }

    pub fn len(&self) -> usize {
        match self.lens {
            Lens::Needs => self.items.len(),
            Lens::Renewals => self.renewals.len(),
            Lens::Disagreements => self.conflicts.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn account(&self) -> Option<&AccountId> {
        match self.lens {
            Lens::Needs => self.items.get(self.list.cursor).map(|i| &i.account),
            Lens::Renewals => self.renewals.get(self.list.cursor).map(|r| &r.account),
            Lens::Disagreements => self.conflicts.get(self.list.cursor).map(|d| &d.0),
        }
    }
}

labels! {
    words for Lens {
        Needs: "Needs me now", "いま必要なこと";
        Renewals: "Renewals", "更新";
        Disagreements: "Contradictions", "食い違い";
    }
}
