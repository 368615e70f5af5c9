//! State of the action list.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::kit::about::{About, Ground};
use crate::app::kit::list::ListState;
use crate::domain::action::{Action, Priority, Side, urgency};
use crate::domain::book::Book;
use crate::domain::change::Operation;
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};

closed! {
    Tab { Mine = "mine", Overdue = "overdue", Promised = "promised", Account = "account" }
}

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub tab: Tab,
    pub list: ListState,
    /// Actions finished while they were shown. They stay in the list until the tab changes, so that
    /// the user sees what `u` brings back.
    pub just_done: Vec<Action>,
    made: RefCell<Option<(Stamp, Rc<Listing>)>>,
}

/// The inputs of a listing: book version, day, tab and the actions just finished.
type Stamp = (u64, NaiveDate, Tab, Vec<RecordId>);

/// The actions of the tab, in order. Made once per change of the book and not per frame, because
/// there may be thousands.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    ids: Vec<RecordId>,
    pub overdue: usize,
    pub promised: bool,
}

impl Listing {
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

impl Default for State {
    fn default() -> Self {
        Self {
            tab: Tab::Mine,
            list: ListState::default(),
            just_done: Vec::new(),
            made: RefCell::default(),
        }
    }
}

impl State {
    /// Applies an operation to the actions just finished, because their next change starts from
    /// that state.
    pub fn follow(&mut self, operation: &Operation) {
        for change in &operation.changes {
            let (before, after) = change.typed::<Action>();
            let Some(id) = after.or(before).map(|a| &a.id) else {
                continue;
            };
            match after {
                Some(after) => self
                    .just_done
                    .iter_mut()
                    .filter(|a| a.id == *id)
                    .for_each(|a| *a = after.clone()),
                None => self.just_done.retain(|a| a.id != *id),
            }
        }
    }

    /// The listing of the current tab.
    pub fn listing(&self, book: &Book, me: &str, today: NaiveDate) -> Rc<Listing> {
        let stamp = (
            book.version,
            today,
            self.tab,
            self.just_done.iter().map(|a| a.id.clone()).collect(),
        );
        let mut made = self.made.borrow_mut();
        match made.as_ref().filter(|(of, _)| *of == stamp) {
            Some((_, listing)) => listing.clone(),
            None => {
                let shown = self.shown(book, me, today);
                let listing = Rc::new(Listing {
                    overdue: shown.iter().filter(|a| a.overdue(today)).count(),
                    promised: shown.iter().any(|a| a.promised),
                    ids: shown.into_iter().map(|a| a.id.clone()).collect(),
                });
                *made = Some((stamp, listing.clone()));
                listing
            }
        }
    }

    /// An action of the listing, by its index.
    pub fn at<'a>(&'a self, book: &'a Book, listing: &Listing, place: usize) -> Option<&'a Action> {
        let id = listing.ids.get(place)?;
        book.actions
            .get(id)
            .or_else(|| self.just_done.iter().find(|a| a.id == *id))
    }

    /// The action under the cursor.
    pub fn current<'a>(&'a self, book: &'a Book, me: &str, today: NaiveDate) -> Option<&'a Action> {
        self.at(book, &self.listing(book, me, today), self.list.cursor)
    }

    /// The actions of the listing, in full. Computed on every call.
    pub fn shown<'a>(&'a self, book: &'a Book, me: &str, today: NaiveDate) -> Vec<&'a Action> {
        let open = book.actions_in_use().filter(|a| match self.tab {
            Tab::Mine => a.is_open() && a.side == Side::Us && (a.owner.is_empty() || a.owner == me),
            Tab::Overdue => a.overdue(today),
            // The promise list: promises by us and to us, including finished ones that the customer
            // does not know of yet.
            Tab::Promised => a.is_promise(),
            Tab::Account => a.is_open(),
        });
        let mut out: Vec<&Action> = open.collect();
        let gone: Vec<&Action> = self
            .just_done
            .iter()
            .filter(|a| !out.iter().any(|o| o.id == a.id))
            .collect();
        out.extend(gone);
        match self.tab {
            Tab::Account => out.sort_by(|a, b| {
                book.name(&a.account)
                    .cmp(book.name(&b.account))
                    .then_with(|| order(a).cmp(&order(b)))
            }),
            _ => out.sort_unstable_by(|a, b| order(a).cmp(&order(b))),
        }
        out
    }
}

impl About for State {
    fn about(&self, ground: &Ground) -> Option<AccountId> {
        self.current(ground.book, ground.me, ground.today)
            .map(|a| a.account.clone())
    }
}

/// Questions asked about actions.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The text of a new action.
    Add(AccountId),
    Due(RecordId),
    Edit(RecordId),
}

/// Like [`urgency`], but an action that was just finished keeps its position.
fn order(a: &Action) -> (NaiveDate, Priority, DateTime<Utc>, &RecordId) {
    let (_, due, priority, created) = urgency(a);
    (due, priority, created, &a.id)
}
