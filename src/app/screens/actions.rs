//! Actions: mine, overdue, promised, or all by account.

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::list::ListState;
use crate::domain::action::{Action, Priority, Side, urgency};
use crate::domain::book::Book;
use crate::domain::closed::closed;
use crate::domain::ids::RecordId;

closed! {
    Lens { Mine = "mine", Overdue = "overdue", Promised = "promised", Account = "account" }
}

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub lens: Lens,
    pub list: ListState,
    /// Done while it was looked at: it stays until the lens changes, so that `u` has something to
    /// bring back before one's eyes.
    pub just_done: Vec<Action>,
}

impl Default for State {
    fn default() -> Self {
        Self { lens: Lens::Mine, list: ListState::default(), just_done: Vec::new() }
    }
}

impl State {
    pub fn shown<'a>(&'a self, book: &'a Book, me: &str, today: NaiveDate) -> Vec<&'a Action> {
        let open = book.actions.values().filter(|a| match self.lens {
            Lens::Mine => a.is_open() && a.side == Side::Us && (a.owner.is_empty() || a.owner == me),
            Lens::Overdue => a.overdue(today),
            // The ledger: by us and to us, and what is done but not told yet.
            Lens::Promised => a.is_promise(),
            Lens::Account => a.is_open(),
        });
        let mut out: Vec<&Action> = open.collect();
        let gone: Vec<&Action> = self.just_done.iter().filter(|a| !out.iter().any(|o| o.id == a.id)).collect();
        out.extend(gone);
        match self.lens {
            Lens::Account => out.sort_by(|a, b| book.name(&a.account).cmp(book.name(&b.account)).then_with(|| order(a).cmp(&order(b)))),
            _ => out.sort_unstable_by(|a, b| order(a).cmp(&order(b))),
        }
        out
    }
}

/// As [`urgency`], but what was just done keeps its place.
fn order(a: &Action) -> (NaiveDate, Priority, DateTime<Utc>, &RecordId) {
    let (_, due, priority, created) = urgency(a);
    (due, priority, created, &a.id)
}
