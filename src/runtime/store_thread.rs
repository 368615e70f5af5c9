//! The thread of the store: its queue of jobs, their order, and how the thread starts and ends. It must not
//! know which questions there are.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use super::answering::Reply;
use super::planning::job::ImportJob;
use super::pulse::Pulse;
use super::question::Asked;
use super::said::Work;
use super::socket::{self, Line};
use super::worker::{Asker, Setup, Worker};
use crate::app::msg::{Effect, Msg};
use crate::app::search::state::Effect as Search;
use crate::domain::failure::Failure;
use crate::store::Lock;
use crate::store::panics::{shielded, shielded_work};

/// A job of the store's thread.
pub enum Job {
    Effect(Effect),
    /// The question of another terminal.
    Answer(Asker, Box<dyn Asked>, Line),
    /// Data for an import that is planned on another thread, or its plan to be written.
    Import(ImportJob),
    /// The next piece of long work that another terminal waits for.
    Work(Asker, Box<dyn Work>, Line),
    /// Verifies the store, once a day.
    Check,
    /// A long list was sent, and its rows are released.
    Listed,
    Close,
}

/// How far the end of the thread has come.
enum End {
    /// Everything is on disk.
    OnDisk,
    Closed,
}

/// How long the store may take to bring everything to disk.
const UNTIL_ON_DISK: Duration = Duration::from_secs(30);
/// How long the verification may take after that.
const UNTIL_VERIFIED: Duration = Duration::from_secs(15);

/// The running thread and the way to it.
pub struct StoreThread {
    jobs: Sender<Job>,
    end: Receiver<End>,
    thread: JoinHandle<()>,
}

impl StoreThread {
    /// Starts the thread; it opens the store and sends [`Msg::Opened`] first.
    ///
    /// # Errors
    /// The system has no room for a thread.
    pub fn start(
        setup: Setup,
        lock: Lock,
        messages: UnboundedSender<Msg>,
        pulse: Pulse,
    ) -> std::io::Result<Self> {
        let (jobs, todo) = channel();
        let (ends, end) = channel();
        let listed = jobs.clone();
        let thread = std::thread::Builder::new()
            .name("store".into())
            .spawn(move || {
                let on_disk = || drop(ends.send(End::OnDisk));
                serve(setup, lock, &todo, listed, &messages, pulse, &on_disk);
                let _ = ends.send(End::Closed);
            })?;
        Ok(Self { jobs, end, thread })
    }

    /// Puts a job into the queue. A thread that has ended is noticed by its closed channel of messages.
    pub fn send(&self, job: Job) {
        let _ = self.jobs.send(job);
    }

    /// The way into the queue, for threads that need the store.
    pub fn jobs(&self) -> Sender<Job> {
        self.jobs.clone()
    }

    /// Closes the store and waits for that, within limits: a store that hangs, for example on a full disk, must
    /// not hold the terminal, and everything acknowledged is in the journal already. A verification that takes
    /// too long is left to the next start.
    ///
    /// # Errors
    /// The store did not bring everything to disk in time, or its thread failed.
    pub fn close(self) -> Result<(), Failure> {
        self.send(Job::Close);
        match self.end.recv_timeout(UNTIL_ON_DISK) {
            Err(RecvTimeoutError::Timeout) => return Err(Failure::Stuck),
            Ok(End::OnDisk)
                if self.end.recv_timeout(UNTIL_VERIFIED).err()
                    == Some(RecvTimeoutError::Timeout) =>
            {
                return Ok(());
            }
            _ => {}
        }
        self.thread.join().map_err(|_| Failure::Stuck)
    }
}

/// Opens the store and does jobs until it is closed.
fn serve(
    setup: Setup,
    lock: Lock,
    todo: &Receiver<Job>,
    listed: Sender<Job>,
    messages: &UnboundedSender<Msg>,
    pulse: Pulse,
    on_disk: &dyn Fn(),
) {
    let mut send = |msg| {
        pulse.beat();
        let _ = messages.send(msg);
    };
    let home = setup.home.clone();
    let opened = Worker::open(setup, lock)
        .and_then(|(mut worker, recovery)| worker.first(&recovery).map(|msg| (worker, msg)));
    let mut worker = match opened {
        Ok((worker, msg)) => {
            send(msg);
            worker
        }
        Err(failure) => return send(Msg::Failed(failure)),
    };
    let lister = socket::lister(pulse.clone(), move || drop(listed.send(Job::Listed)));
    // Lists that are being sent.
    let mut listing = 0;
    let mut waiting = VecDeque::new();
    let mut may_note = true;
    loop {
        waiting.extend(todo.try_iter());
        // What the day is, is noted while nobody waits. A store that refuses it is asked again after the next job.
        if may_note && waiting.is_empty() && listing == 0 {
            may_note = shielded(&home, || worker.observe()).unwrap_or(false);
            continue;
        }
        let Some(job) = next(todo, &mut waiting, listing > 0) else {
            break;
        };
        may_note = true;
        pulse.beat();
        match job {
            Job::Effect(effect) => {
                // A new day has read all accounts: the daily verification follows.
                if effect == Effect::Rescore {
                    waiting.push_back(Job::Check);
                }
                if let Err(failure) = shielded_work(&home, || worker.run(effect, &mut send)) {
                    send(Msg::Failed(failure));
                }
            }
            Job::Import(job) => {
                if let Err(failure) = shielded_work(&home, || worker.import(job, &mut send)) {
                    send(Msg::Failed(failure));
                }
            }
            // The asker has closed the connection.
            Job::Work(_, _, line) if line.is_closed() => {}
            Job::Answer(_, asked, line) if line.is_closed() && !asked.writes() => {}
            Job::Answer(asker, asked, line) => {
                // After a failure there is no answer: the asker must learn that a change may have been made.
                match shielded(&home, || Ok(worker.answer(&asker, asked, &mut send))) {
                    Ok(Reply::Whole(answer)) => socket::send(&answer, &line),
                    Ok(Reply::List(list)) => {
                        listing += 1;
                        let _ = lister.send((list, line));
                    }
                    Ok(Reply::Work(work)) => waiting.push_back(Job::Work(asker, work, line)),
                    Err(_) => {}
                }
            }
            Job::Work(asker, mut work, line) => {
                match shielded(&home, || Ok(worker.go_on(&asker, &mut *work))) {
                    Ok(ControlFlow::Continue(())) => {
                        waiting.push_back(Job::Work(asker, work, line));
                    }
                    Ok(ControlFlow::Break(answer)) => socket::send(&answer, &line),
                    Err(_) => {}
                }
            }
            Job::Check => match replaced(&home, || worker.check(), &mut send) {
                Some(checked) => worker = checked,
                None => return,
            },
            Job::Listed => listing -= 1,
            Job::Close => break,
        }
        // Not while a list is sent: its rows would hold the memory that reopening should return.
        if worker.should_reopen() && listing == 0 {
            match replaced(&home, || worker.reopened(), &mut send) {
                Some(reopened) => worker = reopened,
                None => return,
            }
        }
    }
    let _ = shielded_work(&home, || worker.close(on_disk));
}

/// The worker after its store was reopened or rebuilt; none when that failed.
fn replaced(
    home: &Path,
    change: impl FnOnce() -> (Option<Worker>, Option<Msg>),
    send: &mut dyn FnMut(Msg),
) -> Option<Worker> {
    let (worker, msg) = shielded(home, || Ok(change()))
        .unwrap_or_else(|failure| (None, Some(Msg::Failed(failure))));
    msg.into_iter().for_each(send);
    worker
}

/// The next job: first the desk's own, then changes by other terminals, then their questions. While a list is
/// being sent, other questions wait, so that only one list is in memory at a time. Long work is done one at a
/// time.
fn next(todo: &Receiver<Job>, waiting: &mut VecDeque<Job>, sending_list: bool) -> Option<Job> {
    loop {
        waiting.extend(todo.try_iter());
        drop_outdated_searches(waiting);
        let working = waiting.iter().any(|job| matches!(job, Job::Work(..)));
        let is_own = |job: &Job| matches!(job, Job::Effect(_) | Job::Check);
        let is_change = |job: &Job| matches!(job, Job::Answer(_, asked, _) if asked.writes());
        let may_be_done = |job: &Job| match job {
            Job::Answer(..) if sending_list => false,
            Job::Answer(_, asked, _) => !working || !asked.is_long(),
            _ => true,
        };
        // `Close` is behind every effect and change that was queued before it.
        let first = waiting
            .iter()
            .position(is_own)
            .or_else(|| waiting.iter().position(is_change))
            .or_else(|| waiting.iter().position(may_be_done));
        if let Some(first) = first {
            return waiting.remove(first);
        }
        waiting.push_back(todo.recv().ok()?);
    }
}

/// Keeps only the last of the searches that wait: the user has typed on since the others.
fn drop_outdated_searches(waiting: &mut VecDeque<Job>) {
    let is_search = |job: &Job| matches!(job, Job::Effect(Effect::Search(Search::Find { .. })));
    if let Some(last) = waiting.iter().rposition(is_search) {
        let mut at = 0;
        waiting.retain(|job| {
            at += 1;
            !is_search(job) || at - 1 == last
        });
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::ipc::Form;
    use crate::runtime::context::Context;
    use crate::runtime::question::Ask;
    use crate::runtime::said::{Said, Whole};
    use crate::store::Store;
    use crate::words::Lang;

    /// A question, long or short, that writes or only reads.
    #[derive(Serialize, Deserialize)]
    struct Asks<const LONG: bool, const WRITES: bool> {}

    impl<const LONG: bool, const WRITES: bool> Ask for Asks<LONG, WRITES> {
        const ASK: &'static str = "it";
        const LONG: bool = LONG;

        fn writes(&self) -> bool {
            WRITES
        }

        fn answer(self, _: &mut Store, _: &mut Context) -> Result<Said, Failure> {
            Ok(Whole::default().into())
        }
    }

    struct Endless;

    impl Work for Endless {
        fn step(
            &mut self,
            _: &mut Store,
            _: &Context,
            _: &mut dyn FnMut(usize, usize),
        ) -> Result<ControlFlow<Whole>, Failure> {
            Ok(ControlFlow::Continue(()))
        }
    }

    fn asker() -> Asker {
        Asker {
            id: String::new(),
            lang: Lang::En,
            form: Form::Words,
        }
    }

    fn asks<const LONG: bool, const WRITES: bool>() -> Job {
        let line = tokio::sync::mpsc::channel(1).0;
        Job::Answer(asker(), Box::new(Asks::<LONG, WRITES> {}), line)
    }

    fn work() -> Job {
        let line = tokio::sync::mpsc::channel(1).0;
        Job::Work(asker(), Box::new(Endless), line)
    }

    /// A name for each sort of job.
    fn named(job: &Job) -> &'static str {
        match job {
            Job::Effect(_) => "own",
            Job::Import(_) => "import",
            Job::Answer(_, asked, _) if asked.writes() => "change",
            Job::Answer(_, asked, _) if asked.is_long() => "long",
            Job::Answer(..) => "short",
            Job::Work(..) => "work",
            Job::Check => "check",
            Job::Listed => "listed",
            Job::Close => "close",
        }
    }

    #[test]
    fn while_a_list_is_sent_questions_wait_but_changes_do_not() {
        let (jobs, todo) = std::sync::mpsc::channel();
        for job in [
            asks::<false, false>(),
            asks::<true, false>(),
            asks::<false, true>(),
            Job::Effect(Effect::Undo),
            Job::Listed,
        ] {
            jobs.send(job).expect("sends");
        }
        let mut waiting = VecDeque::new();
        let mut take =
            |sending_list| named(&next(&todo, &mut waiting, sending_list).expect("a job"));
        assert_eq!(take(true), "own");
        assert_eq!(take(true), "change");
        assert_eq!(take(true), "listed");
        assert_eq!(take(false), "short");
        assert_eq!(take(false), "long");
        drop(jobs);
        assert!(next(&todo, &mut waiting, false).is_none());
    }

    #[test]
    fn long_work_runs_one_at_a_time_after_changes() {
        let (jobs, todo) = std::sync::mpsc::channel();
        let mut waiting = VecDeque::from([work(), asks::<true, false>()]);
        let mut take = || named(&next(&todo, &mut waiting, false).expect("a job"));
        jobs.send(asks::<false, true>()).expect("sends");
        jobs.send(asks::<false, false>()).expect("sends");
        assert_eq!(take(), "change");
        assert_eq!(take(), "work");
        // The next piece was not queued, so the work is finished.
        assert_eq!(take(), "long");
        assert_eq!(take(), "short");
    }

    #[test]
    fn a_second_long_question_waits_for_the_end_of_the_first() {
        let (jobs, todo) = std::sync::mpsc::channel();
        let mut waiting = VecDeque::from([asks::<true, false>(), work()]);
        for _ in 0..3 {
            let job = next(&todo, &mut waiting, false).expect("a job");
            assert_eq!(named(&job), "work");
            waiting.push_back(job);
        }
        drop(jobs);
    }
}
