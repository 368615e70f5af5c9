//! State of the check-in list.

use crate::app::kit::about::{About, Ground};
use crate::app::kit::list::ListState;
use crate::domain::book::Book;
use crate::domain::checkin::Checkin;
use crate::domain::ids::AccountId;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    pub list: ListState,
}

impl State {
    pub fn shown<'a>(&self, book: &'a Book) -> Vec<&'a Checkin> {
        let mut out: Vec<&Checkin> = book.checkins_in_use().collect();
        out.sort_by_key(|c| {
            (
                !c.unfinished(),
                std::cmp::Reverse(c.started().unwrap_or(c.created)),
                c.id.clone(),
            )
        });
        out
    }
}

impl About for State {
    fn about(&self, ground: &Ground) -> Option<AccountId> {
        let shown = self.shown(ground.book);
        shown.get(self.list.cursor).map(|c| c.account.clone())
    }
}
