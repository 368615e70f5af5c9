//! The store's thread: what it is to do, in which order, and what follows from it. It must not know what
//! may be asked.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender};

use tokio::sync::mpsc::UnboundedSender;

use super::answering::Reply;
use super::keeper::{Asker, Keeper, Making};
use super::pulse::Pulse;
use super::question::Asked;
use super::said::Work;
use super::socket::{self, Line};
use crate::app::msg::{Effect, Msg};
use crate::app::search::state::Effect as Search;
use crate::store::Lock;
use crate::store::panics::{shielded, shielded_work};

/// Work for the store's thread.
pub enum Job {
    Effect(Effect),
    /// Another terminal's question.
    Answer(Asker, Box<dyn Asked>, Line),
    /// The next piece of what another terminal waits for.
    Work(Asker, Box<dyn Work>, Line),
    Check,
    /// A long answer is sent: what it was made of is released.
    Listed,
    Close,
}

/// The store's thread.
pub fn keep(
    making: Making,
    lock: Lock,
    todo: Receiver<Job>,
    listed: Sender<Job>,
    notify: UnboundedSender<Msg>,
    pulse: Pulse,
    settled: &dyn Fn(),
) {
    let mut send = |msg| {
        pulse.beat();
        let _ = notify.send(msg);
    };
    let home = making.home.clone();
    let opened = Keeper::open(making, lock)
        .and_then(|(mut keeper, mended)| keeper.first(&mended).map(|msg| (keeper, msg)));
    let mut keeper = match opened {
        Ok((keeper, msg)) => {
            send(msg);
            keeper
        }
        Err(failure) => return send(Msg::Failed(failure)),
    };
    let lister = socket::lister(pulse.clone(), move || drop(listed.send(Job::Listed)));
    let mut listing = 0;
    let mut waiting = VecDeque::new();
    while let Some(job) = next(&todo, &mut waiting, listing > 0) {
        pulse.beat();
        match job {
            Job::Effect(effect) => {
                // Another day: all accounts are read.
                if effect == Effect::Rescore {
                    waiting.push_back(Job::Check);
                }
                if let Err(failure) = shielded_work(&home, || keeper.run(effect, &mut send)) {
                    send(Msg::Failed(failure));
                }
            }
            // The asker went away: nobody waits for it.
            Job::Work(_, _, line) if line.is_closed() => {}
            Job::Answer(_, asked, line) if line.is_closed() && !asked.writes() => {}
            Job::Answer(asker, asked, line) => {
                // Where the store could not answer, silence is the truth: a change may have been made.
                match shielded(&home, || Ok(keeper.answer(&asker, asked, &mut send))) {
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
                match shielded(&home, || Ok(keeper.go_on(&asker, &mut *work))) {
                    Ok(ControlFlow::Continue(())) => {
                        waiting.push_back(Job::Work(asker, work, line))
                    }
                    Ok(ControlFlow::Break(answer)) => socket::send(&answer, &line),
                    Err(_) => {}
                }
            }
            Job::Check => match changed(&home, || keeper.check(), &mut send) {
                Some(kept) => keeper = kept,
                None => return,
            },
            Job::Listed => listing -= 1,
            Job::Close => break,
        }
        // Not in the midst of what a list is still made of: it would keep that room from being given back.
        if keeper.is_swollen() && listing == 0 {
            match changed(&home, || keeper.afresh(), &mut send) {
                Some(kept) => keeper = kept,
                None => return,
            }
        }
    }
    let _ = shielded_work(&home, || keeper.close(settled));
}

/// The keeper after a change of its store, unless that failed.
fn changed(
    home: &Path,
    change: impl FnOnce() -> (Option<Keeper>, Option<Msg>),
    send: &mut dyn FnMut(Msg),
) -> Option<Keeper> {
    let (kept, msg) = shielded(home, || Ok(change()))
        .unwrap_or_else(|failure| (None, Some(Msg::Failed(failure))));
    msg.into_iter().for_each(send);
    kept
}

/// The next job: the desk's own first, then changes that other terminals make, then what they ask. While a
/// list is `on_its_way`, other questions wait: what many of them are made of would be more than the desk
/// itself has. Of long work one is done at a time.
fn next(todo: &Receiver<Job>, waiting: &mut VecDeque<Job>, on_its_way: bool) -> Option<Job> {
    loop {
        waiting.extend(todo.try_iter());
        leave_out_what_was_typed_on(waiting);
        let working = waiting.iter().any(|job| matches!(job, Job::Work(..)));
        let is_own = |job: &Job| matches!(job, Job::Effect(_) | Job::Check);
        let is_change = |job: &Job| matches!(job, Job::Answer(_, asked, _) if asked.writes());
        let may_be_done = |job: &Job| match job {
            Job::Answer(..) if on_its_way => false,
            Job::Answer(_, asked, _) => !working || !asked.is_long(),
            _ => true,
        };
        // Before the end comes what was promised: the desk's own work, and changes of others.
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

/// A search that was typed on is not answered for what was typed before.
fn leave_out_what_was_typed_on(waiting: &mut VecDeque<Job>) {
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
    use crate::domain::failure::Failure;
    use crate::ipc::Form;
    use crate::runtime::context::Context;
    use crate::runtime::question::Ask;
    use crate::runtime::said::{Said, Whole};
    use crate::store::Store;
    use crate::words::Lang;

    /// A question that is long or not, and writes or not.
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

    /// A job in a word.
    fn named(job: &Job) -> &'static str {
        match job {
            Job::Effect(_) => "own",
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
    fn while_a_list_is_on_its_way_questions_wait_and_changes_do_not() {
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
        let mut take = |on_its_way| named(&next(&todo, &mut waiting, on_its_way).expect("a job"));
        assert_eq!(take(true), "own");
        assert_eq!(take(true), "change");
        assert_eq!(take(true), "listed");
        assert_eq!(take(false), "short");
        assert_eq!(take(false), "long");
        drop(jobs);
        assert!(next(&todo, &mut waiting, false).is_none());
    }

    #[test]
    fn long_work_is_done_one_at_a_time_and_behind_changes() {
        let (jobs, todo) = std::sync::mpsc::channel();
        let mut waiting = VecDeque::from([work(), asks::<true, false>()]);
        let mut take = || named(&next(&todo, &mut waiting, false).expect("a job"));
        jobs.send(asks::<false, true>()).expect("sends");
        jobs.send(asks::<false, false>()).expect("sends");
        assert_eq!(take(), "change");
        assert_eq!(take(), "work");
        // Without the piece that would follow, the work has come to its end.
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
