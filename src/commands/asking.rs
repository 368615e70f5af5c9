//! How a command reaches the store: through the running client if there is one, otherwise by
//! opening the store itself. Must not depend on any particular question.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::home;
use super::output::{self, StatusLine, say};
use super::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::domain::ids::Mint;
use crate::domain::settings::dismissal::Dismissal;
use crate::domain::when::Now;
use crate::ipc::{self, Answer, Envelope, Form, Outcome};
use crate::runtime::answering::{self, Reply};
use crate::runtime::context::Context;
use crate::runtime::listing::List;
use crate::runtime::question::{Ask, written};
use crate::store::index::Index;
use crate::store::{ReadingCopy, Store};
use crate::words::{Lang, words};

words! {
    through_desk: "(through the open Kenshin)", "（開いている Kenshin 経由）";
    desk_at_work(seconds): "The open Kenshin is working on it … {seconds} s", "開いている Kenshin が処理中です … {seconds}秒";
    desk_gone: "The open Kenshin ended without answering; reading the store directly", "開いている Kenshin が応答せずに終了したため、データストアを直接読み取ります";
    reading_a_copy: "The data is on a read-only disk: reading a copy of it", "データが読み取り専用のディスクにあるため、コピーを読み取ります";
    not_recorded: "Nothing is recorded of it there: repeat it where the disk can be written", "そこには記録されません。書き込めるディスクでもう一度実行してください";
    progress(done, total): "{done} / {total}", "{done} / {total}";
}

/// How long a command waits for its turn: other short commands may hold the store.
const TURN: Duration = Duration::from_secs(10);
/// The shortest and longest pause between two attempts, in milliseconds.
const PAUSE: (u64, u64) = (5, 120);

/// Work with at most this many steps ends before a progress line could be read.
const WORTH_SHOWING: usize = 400;

/// An answer to print. A list made by this process is printed while it is made.
pub enum Answered {
    Answer(Answer),
    List(List),
}

/// Prints an answer, also one that is made while it is printed, and returns its exit code.
pub fn print_answered(answered: Answered) -> u8 {
    match answered {
        Answered::Answer(answer) => output::print_answer(&answer),
        Answered::List(list) => {
            output::print_list(list);
            0
        }
    }
}

/// The running client's response to a question.
pub enum DeskReply {
    Answer(Answer),
    /// No client answers: the store may be free now.
    NoDesk,
    /// The client holds the store and gives no sign of life.
    Hung,
}

/// Who holds the store at the moment.
pub enum Holder {
    /// This process.
    Us(Box<Store>),
    /// A client that can be asked, or another short command.
    Another(Desk),
}

impl Session {
    /// Asks, and prints the answer.
    ///
    /// # Errors
    /// If neither a running client nor the store can be reached.
    pub fn answer<R: Ask>(&mut self, request: R) -> Done {
        Ok(print_answered(self.ask(request)?))
    }

    /// Asks the running client, or answers from the store.
    ///
    /// # Errors
    /// If neither can be reached.
    pub fn ask<R: Ask>(&mut self, request: R) -> Result<Answered, Failure> {
        if request.writes()
            && let Some(words) = home::nearly_full(&self.places.home, self.lang)
        {
            say(&words);
        }
        if let Some(answered) = self.at_once(&request) {
            return Ok(answered);
        }
        if (!request.writes() || R::MAY_GO_UNRECORDED)
            && let Some(store) = self.reading_copy()?
        {
            if request.writes() {
                say(not_recorded(self.lang));
            }
            return Ok(self.answer_on(store, request));
        }
        let mut request = Some(request);
        self.with_holder(|session, holder| match holder {
            Holder::Us(store) => Ok(request.take().map(|r| session.answer_on(*store, r))),
            Holder::Another(desk) => {
                let Some(request) = &request else {
                    return Ok(None);
                };
                let answer = match desk.ask(request, session.form)? {
                    DeskReply::Answer(answer) => answer,
                    DeskReply::NoDesk => return Ok(None),
                    DeskReply::Hung if request.writes() => return Err(Failure::NoAnswer),
                    DeskReply::Hung => return Err(Failure::Hung),
                };
                if request.writes() && answer.error.is_empty() {
                    say(through_desk(session.lang));
                }
                Ok(Some(Answered::Answer(answer)))
            }
        })
    }

    /// Answers from the rows as of now, if that is enough.
    fn at_once<R: Ask>(&mut self, request: &R) -> Option<Answered> {
        if !R::AT_ONCE {
            return None;
        }
        let now = self.clock.now();
        let policy = |lessons: &[Dismissal]| self.config.policy_of(lessons);
        let index = Index::of_today(&self.places.home, now.today(), policy)?;
        let context = Context {
            config: &self.config,
            author: &self.author,
            lang: self.lang,
            form: self.form,
            now,
            held: None,
            mint: &mut self.mint,
        };
        let said = request.at_once(&index, &context)?;
        match answering::reply(said, self.form).0 {
            Reply::Whole(answer) => Some(Answered::Answer(answer)),
            Reply::List(list) => Some(Answered::List(list)),
            Reply::Work(_) => None,
        }
    }

    /// Opens a copy of the data where their disk cannot be written; `None` elsewhere.
    ///
    /// # Errors
    /// If there is no space for the copy, or it cannot be opened.
    pub fn reading_copy(&mut self) -> Result<Option<Store>, Failure> {
        if !ReadingCopy::is_needed(&self.places.home) {
            return Ok(None);
        }
        let copy = ReadingCopy::of(&self.places.home)?;
        let home = std::mem::replace(&mut self.places.home, copy.home.clone());
        self.copy = Some(copy);
        let opened = self.open();
        self.places.home = home;
        say(reading_a_copy(self.lang));
        opened.map(Some)
    }

    /// Runs `work` with the holder of the store, and retries while it returns `None`.
    ///
    /// # Errors
    /// If the store cannot be opened and no client answers.
    pub fn with_holder<T>(
        &mut self,
        mut work: impl FnMut(&mut Session, Holder) -> Result<Option<T>, Failure>,
    ) -> Result<T, Failure> {
        let begun = Instant::now();
        loop {
            let holder = match self.open() {
                Ok(store) => Holder::Us(Box::new(store)),
                Err(Failure::Busy) => Holder::Another(self.desk()),
                Err(other) => return Err(other),
            };
            if let Some(done) = work(self, holder)? {
                return Ok(done);
            }
            if begun.elapsed() >= TURN {
                return Err(Failure::Busy);
            }
            // At random, so that waiting commands do not meet each time.
            std::thread::sleep(Duration::from_millis(fastrand::u64(PAUSE.0..PAUSE.1)));
        }
    }

    fn desk(&self) -> Desk {
        let mut mint = self.mint.clone();
        mint.fork();
        Desk {
            home: self.places.home.clone(),
            lang: self.lang,
            now: self.clock.now(),
            mint: RefCell::new(mint),
        }
    }

    /// Answers from the store, which this process opened.
    pub fn answer_on<R: Ask>(&mut self, mut store: Store, request: R) -> Answered {
        let writes = request.writes();
        let (mut config, author) = (self.config.clone(), self.author.clone());
        // What the desk was taught counts here too. Where it cannot be read, the answer tells.
        let lessons = store.dismissed().unwrap_or_default();
        if !lessons.is_empty() {
            config = Arc::new(config.dismissing(lessons));
        }
        let mut context = Context {
            config: &config,
            author: &author,
            lang: self.lang,
            form: self.form,
            now: self.clock.now(),
            held: None,
            mint: &mut self.mint,
        };
        let reply = answering::answer(Box::new(request), &mut store, &mut context).0;
        let answered = match reply {
            Reply::Whole(answer) => Answered::Answer(answer),
            Reply::List(list) => Answered::List(list),
            Reply::Work(mut work) => {
                // Shows the progress of long work at a terminal. Ctrl-C ends it.
                let mut line = StatusLine::new();
                let mut show = |done: usize, total: usize| {
                    if total > WORTH_SHOWING {
                        line.show(&progress(context.lang, done, total));
                    }
                };
                loop {
                    match answering::go_on(&mut *work, &mut store, &context, &mut show) {
                        ControlFlow::Continue(()) => {}
                        ControlFlow::Break(answer) => break Answered::Answer(answer),
                    }
                }
            }
        };
        if writes {
            // Without it the day is recomputed later: a failure is no matter.
            let _ = store.observe_some(context.scoring());
        }
        // The data is already on disk. If the clean-end mark fails, the next start only checks the
        // tree.
        let _ = store.leave();
        answered
    }
}

/// The connection to the client that holds the store.
pub struct Desk {
    home: PathBuf,
    lang: Lang,
    now: Now,
    mint: RefCell<Mint>,
}

impl Desk {
    /// Asks the client. At a terminal, a status line shows that it is working.
    ///
    /// # Errors
    /// If the client ended and may have made a change: asking again could make the change twice.
    pub fn ask<R: Ask>(&self, request: &R, form: Form) -> Result<DeskReply, Failure> {
        let envelope = Envelope {
            id: self.mint.borrow_mut().next(self.now.at).to_string(),
            lang: if self.lang == Lang::Ja { "ja" } else { "en" }.to_owned(),
            form,
            request: written(request),
        };
        let (begun, mut line) = (Instant::now(), StatusLine::new());
        let mut at_work = || line.show(&desk_at_work(self.lang, begun.elapsed().as_secs()));
        let outcome = ipc::ask(&self.home, &envelope, &mut at_work);
        line.clear();
        match outcome {
            Outcome::Answer(answer) if is_unknown::<R>(&answer) => Err(Failure::Busy),
            Outcome::Answer(answer) => Ok(DeskReply::Answer(answer)),
            Outcome::Silence if request.writes() => Err(Failure::NoAnswer),
            // Questions that only read may be asked again.
            Outcome::Silence => {
                say(desk_gone(self.lang));
                Ok(DeskReply::NoDesk)
            }
            Outcome::NoDesk => Ok(DeskReply::NoDesk),
            Outcome::Hung => Ok(DeskReply::Hung),
        }
    }
}

/// Whether an older client does not know the question. The question then needs the store itself.
fn is_unknown<R: Ask>(answer: &Answer) -> bool {
    let reason = format!("unknown variant `{}`", R::ASK);
    answer.exit == 2 && answer.error.starts_with(&reason)
}
