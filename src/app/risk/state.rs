//! State of the risk board: the lanes, and the card under the cursor.

use chrono::NaiveDate;

use crate::app::kit::about::{About, Ground};
use crate::app::kit::list::{ListState, Move};
use crate::domain::account::Account;
use crate::domain::book::Book;
use crate::domain::filter::{Answers, Asking, Query};
use crate::domain::ids::AccountId;
use crate::domain::risk::Lane;
use crate::domain::risk::board::{Board, Card};
use crate::domain::risk::case::{Ending, Step};
use crate::domain::risk::policy::RiskPolicy;
use crate::domain::search::{Haystack, Search};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    pub board: Board,
    /// The lane of the cursor, in the order of `Lane::ALL`.
    pub lane: usize,
    /// The cursor in each lane.
    pub lists: [ListState; Lane::ALL.len()],
    /// Whether the card under the cursor is explained.
    pub explains: bool,
    /// How far the explanation is scrolled.
    pub scroll: usize,
    /// The filter, in the words of rows.
    pub query: String,
    /// The version of the book, the day and the filter of the board.
    seen: Option<(u64, NaiveDate, String)>,
    /// The rescues with a first step that is not taken, and the version of the book in which they were counted.
    pub rescues: (u64, usize),
}

impl State {
    /// Drops what was made from the previous book after another one was opened.
    pub fn forget(&mut self) {
        self.seen = None;
    }

    /// Makes the board again if the book or the day changed. The cursor stays on its account, in whatever lane it is now.
    pub fn refresh(&mut self, book: &Book, policy: &RiskPolicy, today: NaiveDate) {
        let stamp = (book.version, today, self.query.clone());
        if self.seen.as_ref() == Some(&stamp) {
            return;
        }
        let is_first = self.seen.is_none();
        let held = self.current().map(|card| card.row.account.id.clone());
        self.board = Board::of(book.rows(), policy, today);
        if !self.query.is_empty() {
            let query = Query::parse(&self.query);
            let search = Search::new(&query.words);
            let answers = Answers::default();
            self.board.retain(|card| {
                let haystack = Haystack::of(&card.row.account);
                let asking = Asking {
                    row: &card.row,
                    haystack: Some(&haystack),
                    today,
                    answers: &answers,
                };
                let named = query.words.is_empty() || search.rank(&haystack).is_some();
                named && query.holds(asking)
            });
        }
        self.seen = Some(stamp);
        match held {
            Some(id) => self.hold_on(&id),
            // The first lane with an account.
            None if is_first => {
                let filled = self.board.lanes.iter().position(|lane| !lane.is_empty());
                self.lane = filled.unwrap_or(0);
            }
            None => {}
        }
    }

    /// Puts the cursor on an account, where it is on the board.
    fn hold_on(&mut self, id: &AccountId) {
        let lanes = self.board.lanes.iter().enumerate();
        let places = lanes.flat_map(|(lane, cards)| {
            cards
                .iter()
                .enumerate()
                .map(move |(at, card)| (lane, at, card))
        });
        let mut found = places.filter(|(.., card)| card.row.account.id == *id);
        if let Some((lane, at, _)) = found.next() {
            self.lane = lane;
            self.lists[lane].cursor = at;
        }
    }

    pub fn cards(&self) -> &[Card] {
        &self.board.lanes[self.lane]
    }

    pub fn current(&self) -> Option<&Card> {
        self.cards().get(self.lists[self.lane].cursor)
    }

    pub fn go(&mut self, to: Move, height: usize) {
        let len = self.cards().len();
        self.lists[self.lane].go(to, len, height);
    }

    pub fn hold(&mut self, height: usize) {
        let lanes = self.board.lanes.iter().map(Vec::len);
        for (list, len) in self.lists.iter_mut().zip(lanes) {
            list.hold(len, height);
        }
    }

    /// The next lane in a direction.
    pub fn turn(&mut self, by: isize) {
        let to = self.lane.saturating_add_signed(by);
        self.lane = to.min(Lane::ALL.len() - 1);
        self.scroll = 0;
    }
}

impl About for State {
    fn about(&self, _ground: &Ground) -> Option<AccountId> {
        self.current().map(|card| card.row.account.id.clone())
    }
}

/// Questions of the board.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The lane to which an account moves.
    To(Box<Account>, Lane),
    /// Why it moves there.
    Why(Box<Account>, Lane, crate::domain::risk::assessment::Why),
    /// The form of a word on its risk.
    Form(Box<Account>),
    /// The filter of the board.
    Filter,
    /// What was chosen of the rescue of an account.
    Case(Box<Account>, Asked),
}

/// What can be done with a rescue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Open,
    Take(Step),
    End(Ending),
}
