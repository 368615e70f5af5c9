//! The store's thread: what it is to do, in which order, and what follows from it.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender};

use tokio::sync::mpsc::UnboundedSender;

use super::answer::Reply;
use super::insight::Test;
use super::keeper::{Keeper, Making};
use super::socket::{self, Line};
use crate::app::msg::{Effect, Msg};
use crate::app::search::state::Effect as Search;
use crate::ipc::{Envelope, Request};
use crate::store::Lock;
use crate::store::panics::{shielded, shielded_work};
use crate::words::Lang;

/// Work for the store's thread.
pub enum Job {
    Effect(Effect),
    Answer(Lang, Envelope, Line),
    /// The next piece of a back-test that another terminal waits for.
    Test(Box<Test>, Line),
    Check,
    /// A long answer is sent: what it was made of is let go of.
    Listed,
    Close,
}

/// The store's thread.
pub fn keep(
    making: Making,
    lock: Lock,
    todo: Receiver<Job>,
    listed: Sender<Job>,
    tell: UnboundedSender<Msg>,
    settled: &dyn Fn(),
) {
    let mut send = |msg| {
        let _ = tell.send(msg);
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
    let lister = socket::lister(move || drop(listed.send(Job::Listed)));
    let mut listing = 0;
    let mut waiting = VecDeque::new();
    while let Some(job) = next(&todo, &mut waiting, listing > 0) {
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
            // Who asked went away: nobody waits for it.
            Job::Test(_, line) if line.is_closed() => {}
            Job::Answer(_, envelope, line) if line.is_closed() && !envelope.request.writes() => {}
            Job::Answer(lang, envelope, line) => {
                // Where the store could not answer, silence is the truth: it may have been done.
                match shielded(&home, || Ok(keeper.answer(lang, &envelope, &mut send))) {
                    Ok(Reply::Whole(answer)) => socket::tell(&answer, &line),
                    Ok(Reply::List(list)) => {
                        listing += 1;
                        let _ = lister.send((list, line));
                    }
                    Ok(Reply::Test(test)) => waiting.push_back(Job::Test(test, line)),
                    Err(_) => {}
                }
            }
            Job::Test(test, line) => match shielded(&home, || Ok(keeper.test(test))) {
                Ok(ControlFlow::Continue(test)) => {
                    socket::still_at_it(&line);
                    waiting.push_back(Job::Test(test, line));
                }
                Ok(ControlFlow::Break(answer)) => socket::tell(&answer, &line),
                Err(_) => {}
            },
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

/// The next job: the desk's own before what other terminals ask. While a list is `on_its_way`, or a back-test
/// under way, another one waits: what many of them are made of would be more than the desk itself has.
fn next(todo: &Receiver<Job>, waiting: &mut VecDeque<Job>, on_its_way: bool) -> Option<Job> {
    loop {
        waiting.extend(todo.try_iter());
        leave_out_what_was_typed_on(waiting);
        let testing = waiting.iter().any(|job| matches!(job, Job::Test(..)));
        let may_be_done = |job: &Job| match job {
            Job::Answer(
                _,
                Envelope {
                    request: Request::Backtest { .. },
                    ..
                },
                _,
            ) => !testing && !on_its_way,
            Job::Answer(_, envelope, _) => !on_its_way || envelope.request.writes(),
            _ => true,
        };
        // Whoever was told that it will be done is not shut out by the end.
        let own = waiting
            .iter()
            .position(|job| matches!(job, Job::Effect(_) | Job::Check));
        if let Some(first) = own.or_else(|| waiting.iter().position(may_be_done)) {
            return waiting.remove(first);
        }
        waiting.push_back(todo.recv().ok()?);
    }
}

/// Who types on in a search is not answered what was typed before.
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
    use super::*;
    use crate::ipc::Form;

    fn asks(request: Request) -> Job {
        let envelope = Envelope {
            id: String::new(),
            lang: String::new(),
            form: Form::Words,
            request,
        };
        Job::Answer(Lang::En, envelope, tokio::sync::mpsc::channel(1).0)
    }

    #[test]
    fn while_a_list_is_on_its_way_who_asks_waits_and_who_writes_does_not() {
        let (jobs, todo) = std::sync::mpsc::channel();
        let note = Request::Note {
            account: "a".into(),
            text: "b".into(),
        };
        for job in [
            asks(Request::Today),
            asks(Request::Backtest {
                fit: false,
                lead: 1,
            }),
            asks(note),
            Job::Effect(Effect::Undo),
            Job::Listed,
        ] {
            jobs.send(job).expect("sends");
        }
        let mut waiting = VecDeque::new();
        let mut take = |on_its_way| next(&todo, &mut waiting, on_its_way).expect("a job");
        assert!(
            matches!(take(true), Job::Effect(Effect::Undo)),
            "the desk's own comes first"
        );
        assert!(matches!(
            take(true),
            Job::Answer(
                _,
                Envelope {
                    request: Request::Note { .. },
                    ..
                },
                _
            )
        ));
        assert!(matches!(take(true), Job::Listed));
        assert!(matches!(
            take(false),
            Job::Answer(
                _,
                Envelope {
                    request: Request::Today,
                    ..
                },
                _
            )
        ));
        assert!(matches!(
            take(false),
            Job::Answer(
                _,
                Envelope {
                    request: Request::Backtest { .. },
                    ..
                },
                _
            )
        ));
        drop(jobs);
        assert!(next(&todo, &mut waiting, false).is_none());
    }
}
