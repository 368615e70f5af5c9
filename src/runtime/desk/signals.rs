//! Signals. Those that end the desk come through a thread of its own, which also ends a desk that does not
//! answer; those that stop and continue it come to the event loop directly.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Duration;

use rustix::process::{
    Signal as Number, getpgrp, getpid, getsid, kill_current_process_group, kill_process,
};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Sleep;

use crate::runtime::terminal;

/// How long the desk has to take a signal in. It does not where the terminal takes no more output.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the terminal has to take its last bytes.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A signal that ends the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Interrupt,
    Quit,
    Terminate,
    HangUp,
}

impl Ending {
    const ALL: [Self; 4] = [Self::Interrupt, Self::Quit, Self::Terminate, Self::HangUp];

    const fn number(self) -> Number {
        match self {
            Self::Interrupt => Number::INT,
            Self::Quit => Number::QUIT,
            Self::Terminate => Number::TERM,
            Self::HangUp => Number::HUP,
        }
    }

    /// A key sends it to every program of the terminal, also to an editor that the desk has opened.
    const fn is_by_key(self) -> bool {
        matches!(self, Self::Interrupt | Self::Quit)
    }
}

/// What the thread must know of the desk.
#[derive(Debug, Default)]
pub struct State {
    /// Another program has the terminal, and the keys that interrupt are meant for it.
    pub lent: AtomicBool,
    /// The desk was told that it must end.
    pub told: AtomicBool,
    /// What was typed is on disk, and the terminal is given back.
    pub safe: AtomicBool,
}

/// The signals as inputs of the event loop.
pub struct Signals {
    pub endings: UnboundedReceiver<Ending>,
    pub suspend: Signal,
    pub resume: Signal,
    pub state: Arc<State>,
}

impl Signals {
    /// Handles signals from now on. Before the terminal is taken, so that none leaves it taken.
    ///
    /// # Errors
    /// The system does not let the process handle signals.
    pub fn listen() -> io::Result<Self> {
        let state = Arc::new(State::default());
        let (send, endings) = unbounded_channel();
        let (ready, listening) = sync_channel(1);
        let watched = state.clone();
        std::thread::Builder::new()
            .name("signals".into())
            .spawn(move || watch(&watched, &send, &ready))?;
        listening.recv().map_err(io::Error::other)??;
        Ok(Self {
            endings,
            suspend: on(Number::TSTP)?,
            resume: on(Number::CONT)?,
            state,
        })
    }
}

fn on(number: Number) -> io::Result<Signal> {
    signal(SignalKind::from_raw(number.as_raw()))
}

fn watch(state: &State, endings: &UnboundedSender<Ending>, ready: &SyncSender<io::Result<()>>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let work = async {
        let [mut interrupt, mut quit, mut terminate, mut hang_up] = match sources() {
            Ok(sources) => {
                let _ = ready.send(Ok(()));
                sources
            }
            Err(e) => {
                let _ = ready.send(Err(e));
                return;
            }
        };
        let mut patience: Option<(Ending, Pin<Box<Sleep>>)> = None;
        loop {
            let late = async {
                match &mut patience {
                    Some((ending, sleep)) => {
                        sleep.await;
                        *ending
                    }
                    None => std::future::pending().await,
                }
            };
            let ending = tokio::select! {
                _ = interrupt.recv() => Ending::Interrupt,
                _ = quit.recv() => Ending::Quit,
                _ = terminate.recv() => Ending::Terminate,
                _ = hang_up.recv() => Ending::HangUp,
                ending = late => {
                    if !state.told.load(Ordering::Acquire) {
                        end_at_once(ending, state);
                    }
                    patience = None;
                    continue;
                }
            };
            if ending.is_by_key() && state.lent.load(Ordering::Acquire) {
                continue;
            }
            // The user does not want to wait until the store is closed. The journal has everything.
            if ending.is_by_key() && state.safe.load(Ordering::Acquire) {
                end_at_once(ending, state);
            }
            let _ = endings.send(ending);
            patience.get_or_insert_with(|| (ending, Box::pin(tokio::time::sleep(PATIENCE))));
        }
    };
    match runtime {
        Ok(runtime) => runtime.block_on(work),
        Err(e) => {
            let _ = ready.send(Err(e));
        }
    }
}

/// In the order of [`Ending::ALL`].
fn sources() -> io::Result<[Signal; 4]> {
    let [interrupt, quit, terminate, hang_up] = Ending::ALL.map(|ending| on(ending.number()));
    Ok([interrupt?, quit?, terminate?, hang_up?])
}

/// Ends the process, with the terminal given back as far as it answers.
fn end_at_once(ending: Ending, state: &State) -> ! {
    if !state.safe.load(Ordering::Acquire) {
        terminal::leave_raw_mode();
        let (done, given) = sync_channel(1);
        std::thread::spawn(move || {
            terminal::give_back();
            let _ = done.send(());
        });
        let _ = given.recv_timeout(LAST_WORDS);
    }
    std::process::exit(128 + ending.number().as_raw());
}

/// Whether a shell would notice that the desk is stopped, and could continue it. The group of the session's
/// first process has none.
pub fn has_shell() -> bool {
    getsid(None).is_ok_and(|first| first != getpgrp())
}

/// How the process is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// By a signal that nobody handles, after one of others has been taken in.
    Alone,
    /// With all processes of the job, as the key does in other programs: also a script that opened the desk. The
    /// signal for the job comes to this process too.
    WithJob,
}

/// Stops this process until it is continued.
pub fn stop(how: Stopped) -> io::Result<()> {
    if how == Stopped::WithJob {
        kill_current_process_group(Number::TSTP)?;
    }
    Ok(kill_process(getpid(), Number::STOP)?)
}
