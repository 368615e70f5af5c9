//! Today: what needs me, in order, with the reasons; and the renewals of the next months.

use chrono::NaiveDate;

use crate::app::list::ListState;
use crate::domain::book::Book;
use crate::domain::closed::closed;
use crate::domain::disagree::Disagreement;
use crate::domain::ids::AccountId;
use crate::domain::need::{self, Item, Renewal};
use crate::domain::when::Now;

closed! {
    Lens { Needs = "needs", Renewals = "renewals", Disagreements = "disagreements" }
}

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub lens: Lens,
    pub list: ListState,
    pub items: Vec<Item>,
    pub renewals: Vec<Renewal>,
    pub disagreements: Vec<(AccountId, Disagreement)>,
    seen: Option<(u64, NaiveDate)>,
}

impl Default for State {
    fn default() -> Self {
        Self { lens: Lens::Needs, list: ListState::default(), items: Vec::new(), renewals: Vec::new(), disagreements: Vec::new(), seen: None }
    }
}

impl State {
    /// Looks again when the book or the day changed.
    pub fn refresh(&mut self, book: &Book, me: &str, now: Now, height: usize) {
        let stamp = (book.version, now.today());
        if self.seen == Some(stamp) {
            return;
        }
        self.items = need::today(book, me, now.zone, now.today());
        self.renewals = need::renewals(book, now.today());
        self.disagreements = need::disagreements(book);
        self.list.hold(self.len(), height);
        self.seen = Some(stamp);
    }

    pub fn len(&self) -> usize {
        match self.lens {
            Lens::Needs => self.items.len(),
            Lens::Renewals => self.renewals.len(),
            Lens::Disagreements => self.disagreements.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn account(&self) -> Option<&AccountId> {
        match self.lens {
            Lens::Needs => self.items.get(self.list.cursor).map(|i| &i.account),
            Lens::Renewals => self.renewals.get(self.list.cursor).map(|r| &r.account),
            Lens::Disagreements => self.disagreements.get(self.list.cursor).map(|d| &d.0),
        }
    }
}
