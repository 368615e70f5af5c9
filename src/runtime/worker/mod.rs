//! The worker at the store: it carries out the effects of the desk and the questions of other terminals, and
//! answers with messages. One thread runs it (see `store_thread`); tests run it in their own thread. It must
//! not know the model.

mod answering;
mod effects;
mod importing;
mod prose;
mod rows;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::app::msg::{Msg, Opened};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::book::Book;
use crate::domain::failure::Failure;
use crate::domain::ids::Mint;
use crate::domain::standing::Row;
use crate::domain::when::Now;
use crate::ipc::Answer;
use crate::ops::Author;
use crate::runtime::backtest_run;
use crate::runtime::portfolio::Portfolio;
use crate::runtime::spool::{Taker, take_all_in};
use crate::store::desk_records::DeskRecords;
use crate::store::rows::{self as store_rows, Scoring};
use crate::store::{Durability, Lock, Opened as Recovery, Store};
use crate::words::{self, Lang};

pub use answering::Asker;

/// Finished check-ins that the desk holds in memory.
pub const RECENT_CHECKINS: usize = 400;

/// Notes that a search shows: more than anyone reads.
pub const FOUND: usize = 200;

/// Opens the store, and carries out effects and questions on it.
pub struct Worker {
    store: Store,
    config: Arc<Config>,
    /// Where the user's configuration files are.
    config_dir: PathBuf,
    author: Author,
    lang: Lang,
    clock: Clock,
    mint: Mint,
    /// The answers to the last requests that wrote something: a repeated request writes nothing.
    answered: VecDeque<(String, Answer)>,
    /// The rows that the desk shows.
    portfolio: Portfolio,
    /// The back-test that is running.
    backtest: Option<backtest_run::Run>,
    /// The day on which the tree was last verified.
    checked: Option<NaiveDate>,
}

/// The parts of a worker.
pub struct Setup {
    pub home: PathBuf,
    pub config: Arc<Config>,
    pub config_dir: PathBuf,
    pub author: Author,
    pub lang: Lang,
    pub clock: Clock,
    pub mint: Mint,
    pub durability: Durability,
}

/// What rows are computed with at a moment.
fn scoring(config: &Config, now: Now) -> Scoring<'_> {
    Scoring {
        context: config.scoring_context(),
        policy_stamp: config.policy_stamp,
        now,
    }
}

impl Worker {
    /// Opens the store with a lock that is already held.
    ///
    /// # Errors
    /// The store cannot be opened.
    pub fn open(setup: Setup, lock: Lock) -> Result<(Self, Recovery), Failure> {
        let (home, mut mint, now) = (setup.home, setup.mint, setup.clock.now());
        let dismissed = store_rows::dismissed(&home);
        let expected = setup.config.dismissing(dismissed).policy_stamp;
        let incoming = store_rows::begin(&home, expected, now.today());
        let (mut store, recovery) =
            Store::open_locked(&home, setup.durability, lock, &mut mint, now.at)?;
        store.set_incoming_rows(incoming);
        let config = Arc::new(setup.config.dismissing(store.dismissed()?));
        let worker = Self {
            store,
            config,
            config_dir: setup.config_dir,
            author: setup.author,
            lang: setup.lang,
            clock: setup.clock,
            mint,
            answered: VecDeque::new(),
            portfolio: Portfolio::default(),
            backtest: None,
            checked: None,
        };
        Ok((worker, recovery))
    }

    /// Sets the time. Without a terminal, time passes only when a test says so.
    pub fn set_time(&mut self, now: Now) {
        self.clock = Clock::fixed_at(now);
    }

    /// Everything the desk needs at the start.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn first(&mut self, recovery: &Recovery) -> Result<Msg, Failure> {
        let left = self.take_notes_in();
        let (rows, day) = self.all_rows()?;
        let DeskRecords {
            actions,
            checkins,
            meetings,
            held,
        } = self.store.desk_records(RECENT_CHECKINS)?;
        self.portfolio = Portfolio::new(&rows, day);
        let mut book = Book::new(rows);
        book.actions = actions.into_iter().map(|a| (a.id.clone(), a)).collect();
        book.checkins = checkins.into_iter().map(|c| (c.id.clone(), c)).collect();
        book.set_meetings(meetings);
        book.held = held;
        let repairs = recovery.repairs.iter();
        let mut notices: Vec<String> = repairs
            .map(|r| words::problems::repair(self.lang, r))
            .collect();
        let waiting = |(path, failure): &(String, Failure)| {
            words::problems::left_waiting(self.lang, path, failure)
        };
        notices.extend(left.iter().map(waiting));
        Ok(Msg::Opened(Box::new(Opened { book, notices })))
    }

    /// Takes in the notes that wait in the spool; those that cannot be stay.
    fn take_notes_in(&mut self) -> Vec<(String, Failure)> {
        let mut taker = Taker {
            us: &self.author,
            mint: &mut self.mint,
            now: self.clock.now(),
            lang: self.lang,
            held: None,
        };
        take_all_in(&mut self.store, &mut taker)
    }

    /// All rows, and the day they describe.
    fn all_rows(&mut self) -> Result<(Vec<Arc<Row>>, NaiveDate), Failure> {
        let config = self.config.clone();
        let now = self.clock.now();
        Ok((self.store.rows(scoring(&config, now))?, now.today()))
    }

    /// Notes the next part of what today is, or what a missed day was. Returns whether there may be more.
    pub fn observe(&mut self) -> Result<bool, Failure> {
        let config = self.config.clone();
        let now = self.clock.now();
        self.store.observe(scoring(&config, now))
    }

    /// Whether the store holds more memory than it needs.
    pub fn should_reopen(&self) -> bool {
        self.store.should_reopen()
    }

    /// Verifies the tree at a start that follows an unclean end. A damaged tree is rebuilt at once; a sound one
    /// is reopened, which returns the memory that the verification took.
    pub fn check(mut self) -> (Option<Self>, Option<Msg>) {
        self.checked = self.store.last_check();
        if self.store.lost().is_some() || self.checked.is_some() {
            if self.store.should_reopen() {
                return self.reopened();
            }
            return (Some(self), None);
        }
        let problems = match self.store.check_counts() {
            Ok(problems) => problems,
            Err(failure) => return (Some(self), Some(Msg::Failed(failure))),
        };
        if problems.is_empty() {
            self.checked = Some(self.clock.now().today());
            return self.reopened();
        }
        match self.rebuilt() {
            Ok((mut worker, recovery)) => {
                let msg = worker.first(&recovery).unwrap_or_else(Msg::Failed);
                (Some(worker), Some(msg))
            }
            Err(_) => (
                None,
                Some(Msg::Failed(Failure::Damaged {
                    path: "store".into(),
                    reason: problems.join("; "),
                })),
            ),
        }
    }

    /// The same worker on a store rebuilt from its journal.
    fn rebuilt(self) -> Result<(Self, Recovery), Failure> {
        let (mut mint, at) = (self.mint, self.clock.now().at);
        let (store, recovery) = self.store.rebuild(&mut mint, at)?;
        let worker = Self {
            store,
            mint,
            portfolio: Portfolio::default(),
            backtest: None,
            checked: None,
            ..self
        };
        Ok((worker, recovery))
    }

    /// The same worker with its store reopened, which returns the memory of what was read.
    pub fn reopened(mut self) -> (Option<Self>, Option<Msg>) {
        match self.store.reopen() {
            Ok(()) => (Some(self), None),
            Err(failure) => (None, Some(Msg::Failed(failure))),
        }
    }

    /// Writes the row cache for a quick next start and closes the store. `on_disk` is called once everything is
    /// on disk; what follows is the daily verification of the tree.
    pub fn close(mut self, on_disk: &dyn Fn()) {
        let config = self.config.clone();
        let now = self.clock.now();
        let _ = match self.portfolio.of(now.today()) {
            Some(rows) => self.store.write_rows(rows, scoring(&config, now)),
            None => self.store.update_row_cache(scoring(&config, now)),
        };
        if self.store.sync().is_ok() {
            on_disk();
        }
        let _ = self.store.close(self.checked, now.today());
    }
}
