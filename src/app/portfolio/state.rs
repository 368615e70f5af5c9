//! State of the portfolio.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::app::kit::about::{About, Ground};
use crate::app::kit::editor::Editor;
use crate::app::kit::list::ListState;

use crate::domain::book::{Book, Sums, risk_order, sums};
use crate::domain::filter::{Answers, Asked, Asking, Query};
use crate::domain::ids::AccountId;
use crate::domain::priority::{Scale, points};
use crate::domain::search;
use crate::domain::standing::Row;
use crate::domain::view::Order;

/// What a filter asks of the store.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Asks this of the accounts from a place on. The store answers in parts, so that others need not wait.
    Hold { asked: Vec<Asked>, from: usize },
}

/// What the store answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// For so many accounts of how many.
    Holding {
        answers: Answers,
        done: usize,
        of: usize,
    },
}

/// The last filter that was looked at for what to ask the store.
#[derive(Debug, Clone, PartialEq)]
struct Search {
    query: String,
    version: u64,
    asked: Vec<Asked>,
    /// The store was asked and has not answered for all accounts.
    waits: bool,
    /// Accounts for which it has answered, percent.
    progress: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub query: String,
    pub order: Order,
    pub reversed: bool,
    /// Row indices in the book, in display order.
    pub shown: Vec<usize>,
    pub list: ListState,
    pub selected: BTreeSet<AccountId>,
    /// The filter while it is being typed.
    pub typing: Option<Editor>,
    pub sums: Sums,
    /// An account that was just created. The cursor moves to it once it is stored.
    pub made: Option<AccountId>,
    /// What the store said of what rows do not hold.
    answers: Answers,
    asked: Option<Search>,
    seen: Option<(u64, String, Order, bool, NaiveDate)>,
    /// Each row's rank in the sorted book, so that filtering compares numbers only.
    places: Vec<u32>,
    places_of: Option<(u64, Order, bool, NaiveDate)>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            query: String::new(),
            order: Order::Risk,
            reversed: false,
            shown: Vec::new(),
            list: ListState::default(),
            selected: BTreeSet::new(),
            typing: None,
            sums: Sums::default(),
            made: None,
            answers: Answers::default(),
            asked: None,
            seen: None,
            places: Vec::new(),
            places_of: None,
        }
    }
}

impl State {
    /// Drops everything made from the previous book after another one was opened.
    pub fn forget(&mut self) {
        (self.seen, self.places_of) = (None, None);
    }

    /// Updates the list if the book, the filter, the order or the day changed. The cursor stays on
    /// its account while that is shown.
    pub fn refresh(&mut self, book: &Book, today: NaiveDate, height: usize) {
        let stamp = (
            book.version,
            self.query.clone(),
            self.order,
            self.reversed,
            today,
        );
        if self.seen.as_ref() == Some(&stamp) {
            return;
        }
        let same_query = self
            .seen
            .as_ref()
            .is_some_and(|s| s.1 == stamp.1 && s.2 == stamp.2 && s.3 == stamp.3);
        let rows = book.with_archived();
        let held = self
            .shown
            .get(self.list.cursor)
            .and_then(|i| rows.get(*i))
            .map(|r| r.account.id.clone());
        let made = self.made.take_if(|id| book.get(id).is_some());
        let query = Query::parse(&self.query);
        let search = search::Search::new(&query.words);
        // An archived account is found by its name or by `archived:yes`; it is in no list otherwise.
        let within = if query.words.is_empty() && !query.wants_archived() {
            book.rows().len()
        } else {
            rows.len()
        };
        let mut ranked: Vec<(usize, i64)> = (0..within)
            .filter(|i| {
                query.holds(Asking {
                    row: &rows[*i],
                    haystack: Some(book.haystack(*i)),
                    today,
                    answers: &self.answers,
                })
            })
            .filter_map(|i| {
                let rank = match query.words.is_empty() {
                    true => 0,
                    false => search.rank(book.haystack(i))?,
                };
                Some((i, rank))
            })
            .collect();
        self.place(book, today);
        // With search words, the best match comes first.
        let archived = |i: usize| i >= book.rows().len();
        ranked.sort_unstable_by_key(|(i, rank)| {
            let rank = std::cmp::Reverse(*rank);
            (archived(*i), rank, self.places[*i])
        });
        self.shown = ranked.into_iter().map(|(i, _)| i).collect();
        self.sums = sums(self.shown.iter().map(|i| &*rows[*i]));
        self.list.cursor = match made.or(held) {
            Some(id) if same_query => self
                .shown
                .iter()
                .position(|i| rows[*i].account.id == id)
                .unwrap_or(self.list.cursor),
            _ => 0,
        };
        self.list.hold(self.shown.len(), height);
        self.seen = Some(stamp);
    }

    /// What of the filter only the store can answer now. It is asked once for each filter and version of the book, and
    /// not again before it answered, however fast the filter is typed.
    pub fn asks_the_store(&mut self, book: &Book) -> Option<Effect> {
        let seen = self.asked.as_ref().filter(|a| a.version == book.version);
        if seen.is_some_and(|a| a.waits || a.query == self.query) {
            return None;
        }
        let rows = book.with_archived().iter().map(|r| &**r);
        let asked = Query::parse(&self.query).beyond(rows);
        self.asked = Some(Search {
            query: self.query.clone(),
            version: book.version,
            asked: asked.clone(),
            waits: !asked.is_empty(),
            progress: 0,
        });
        // An answer of before is not of this book.
        self.answers = Answers::default();
        let from = 0;
        (!asked.is_empty()).then_some(Effect::Hold { asked, from })
    }

    /// How much of the book the store has searched, in percent, while accounts may be missing from the list.
    pub fn searched(&self) -> Option<usize> {
        let asked = self.asked.as_ref().filter(|a| a.waits)?;
        Some(asked.progress)
    }

    /// Takes an answer; says what to ask next.
    pub fn answered(&mut self, answers: Answers, done: usize, of: usize) -> Option<Effect> {
        let search = self.asked.as_mut()?;
        search.waits = done < of && search.query == self.query;
        search.progress = done * 100 / of.max(1);
        self.answers.extend(answers);
        self.seen = None;
        let (asked, from) = (search.asked.clone(), done);
        search.waits.then_some(Effect::Hold { asked, from })
    }

    /// Sorts the whole book if it or the order changed. If only a few rows changed, the others keep
    /// their order, and the changed rows are merged in.
    fn place(&mut self, book: &Book, today: NaiveDate) {
        let stamp = (book.version, self.order, self.reversed, today);
        if self.places_of == Some(stamp) {
            return;
        }
        let rows = book.with_archived();
        let scale = if self.order == Order::Need {
            Scale::of(book.rows())
        } else {
            Scale::default()
        };
        let needs: Vec<f64> = if self.order == Order::Need {
            rows.iter()
                .map(|r| points(&r.standing, &scale, today))
                .collect()
        } else {
            Vec::new()
        };
        let compared = |a: usize, b: usize| {
            let (x, y) = (&rows[a], &rows[b]);
            let o = if self.order == Order::Need {
                needs[b].total_cmp(&needs[a])
            } else {
                compare(x, y, self.order)
            };
            // Unknown values come last in both directions.
            let o = if self.reversed && unknown(x, self.order) == unknown(y, self.order) {
                o.reverse()
            } else {
                o
            };
            o.then_with(|| x.account.name.cmp(&y.account.name))
                .then(a.cmp(&b))
        };
        // "Needs me" scores depend on all accounts: one changed value may move any row.
        let since = self
            .places_of
            .filter(|p| {
                (p.1, p.2, p.3) == (stamp.1, stamp.2, stamp.3)
                    && self.places.len() == rows.len()
                    && self.order != Order::Need
            })
            .map(|p| p.0);
        let stays = |i: usize| since.is_some_and(|version| book.stamp(i) <= version);
        let mut moved: Vec<usize> = (0..rows.len()).filter(|i| !stays(*i)).collect();
        moved.sort_by(|a, b| compared(*a, *b));
        let mut stood = vec![0; self.places.len()];
        self.places
            .iter()
            .enumerate()
            .for_each(|(i, place)| stood[*place as usize] = i);
        stood.retain(|i| stays(*i));
        let (mut all, mut rest) = (Vec::with_capacity(rows.len()), stood.as_slice());
        for i in moved {
            let (ahead, behind) = rest.split_at(rest.partition_point(|x| compared(*x, i).is_lt()));
            all.extend_from_slice(ahead);
            all.push(i);
            rest = behind;
        }
        all.extend_from_slice(rest);
        self.places = vec![0; rows.len()];
        for (place, i) in all.into_iter().enumerate() {
            self.places[i] = place as u32;
        }
        self.places_of = Some(stamp);
    }

    /// Moves the cursor to an account, if it is shown.
    pub fn hold_on(&mut self, book: &Book, id: &AccountId, height: usize) {
        let place = |i: &usize| book.with_archived()[*i].account.id == *id;
        if let Some(at) = self.shown.iter().position(place) {
            self.list.cursor = at;
            self.list.hold(self.shown.len(), height);
        }
    }

    /// The row under the cursor.
    pub fn current<'b>(&self, book: &'b Book) -> Option<&'b Row> {
        book.with_archived()
            .get(*self.shown.get(self.list.cursor)?)
            .map(|r| &**r)
    }
}

impl About for State {
    fn about(&self, ground: &Ground) -> Option<AccountId> {
        self.current(ground.book).map(|r| r.account.id.clone())
    }
}

/// Questions asked by the portfolio.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    Sort(Order),
    /// A saved view, by name.
    View(String),
    /// A built-in view, by its filter.
    Filter(String),
    /// The name under which the view is saved.
    ViewName,
    /// One change to these accounts.
    EditMany(Vec<AccountId>),
}

/// Whether a row has no value for this order.
fn unknown(row: &Row, order: Order) -> bool {
    let s = &row.standing;
    match order {
        Order::Arr => s.arr.is_none(),
        Order::Renewal => s.renewal.is_none(),
        Order::Usage => s.usage_change.is_none(),
        Order::Trend => s.trend.d30.is_none(),
        Order::Risk | Order::Name | Order::Touch | Order::Actions | Order::Need => false,
    }
}

/// Compares two rows; unknown values come last.
fn compare(a: &Row, b: &Row, order: Order) -> std::cmp::Ordering {
    let (x, y) = (&a.standing, &b.standing);
    let last = |v: Option<i64>| v.unwrap_or(i64::MAX);
    match order {
        Order::Risk | Order::Need => {
            let key = |r: &Row| {
                (
                    r.standing.churned.is_some(),
                    risk_order(r.standing.health.band),
                    r.standing.health.score.unwrap_or(101),
                )
            };
            key(a).cmp(&key(b))
        }
        Order::Name => {
            let key = |r: &Row| {
                if r.account.reading.is_empty() {
                    crate::domain::text::fold(&r.account.name)
                } else {
                    crate::domain::text::fold(&r.account.reading)
                }
            };
            key(a).cmp(&key(b))
        }
        // Amounts are compared only within a currency, so rows are grouped by currency.
        Order::Arr => match (x.arr, y.arr) {
            (Some(m), Some(n)) => m.currency.cmp(&n.currency).then(n.minor.cmp(&m.minor)),
            (m, n) => n.is_some().cmp(&m.is_some()),
        },
        Order::Renewal => x
            .renewal
            .unwrap_or(NaiveDate::MAX)
            .cmp(&y.renewal.unwrap_or(NaiveDate::MAX)),
        Order::Usage => {
            last(x.usage_change.map(i64::from)).cmp(&last(y.usage_change.map(i64::from)))
        }
        Order::Touch => x
            .last_touch
            .unwrap_or(NaiveDate::MIN)
            .cmp(&y.last_touch.unwrap_or(NaiveDate::MIN)),
        Order::Trend => last(x.trend.d30.map(i64::from)).cmp(&last(y.trend.d30.map(i64::from))),
        Order::Actions => y
            .overdue_actions
            .cmp(&x.overdue_actions)
            .then(y.open_actions.cmp(&x.open_actions)),
    }
}
