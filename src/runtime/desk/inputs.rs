//! Everything the event loop waits for. It must not know what follows from an input.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crossterm::event::{Event, EventStream};
use futures_util::{FutureExt, StreamExt};
use tokio::sync::mpsc::{Receiver, UnboundedReceiver};
use tokio::time::{Instant, sleep, timeout};

use super::signals::{Ending, Signals, Stopped};
use crate::app::msg::Msg;
use crate::runtime::background::{Answers, Heard};
use crate::runtime::socket::Incoming;

/// One thing that happened.
pub enum Input {
    Terminal(Event),
    /// The terminal said whether its background is light.
    Background {
        light: bool,
    },
    /// A message of the store's thread or of the draft writer.
    Message(Msg),
    /// Another terminal asks something.
    Question(Incoming),
    /// The next moment of the desk has come.
    Due,
    StoreEnded,
    /// The terminal is closed, or the process is asked to end.
    Leave,
    /// The process is asked to stop until it is continued.
    Suspend,
    /// It was stopped and is continued: other programs had the terminal.
    Resumed,
}

/// What happens while another program has the terminal.
pub enum Meanwhile {
    /// Another terminal asks something.
    Question(Incoming),
    /// The process is asked to end.
    Ending(Ending),
    /// The process is asked to stop until it is continued.
    Suspend,
}

/// The sources of input.
pub struct Inputs {
    /// None while another program has the terminal.
    events: Option<EventStream>,
    /// Events that were held back and are no answer of the terminal.
    keys: VecDeque<Event>,
    answers: Answers,
    /// When the terminal was asked, if it was.
    asked: Option<Instant>,
    messages: UnboundedReceiver<Msg>,
    requests: Receiver<Incoming>,
    /// The socket is open.
    listening: bool,
    signals: Signals,
}

impl Inputs {
    /// The sources of a desk that has `asked` its terminal, or not.
    pub fn new(
        messages: UnboundedReceiver<Msg>,
        requests: Receiver<Incoming>,
        signals: Signals,
        asked: bool,
    ) -> Self {
        Self {
            events: Some(EventStream::new()),
            keys: VecDeque::new(),
            answers: Answers::default(),
            asked: asked.then(Instant::now),
            messages,
            requests,
            listening: true,
            signals,
        }
    }

    /// Waits for the next input, for as long as nothing is due.
    pub async fn next(&mut self, until_due: Option<Duration>) -> Input {
        let due = async {
            match until_due {
                Some(wait) => sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::pin!(due);
        loop {
            if let Some(event) = self.keys.pop_front() {
                return Input::Terminal(event);
            }
            tokio::select! {
                event = next_event(&mut self.events) => match event {
                    Some(Ok(event)) => match self.answers.take(event) {
                        Heard::Light(light) => return Input::Background { light },
                        Heard::Events(events) => self.keys.extend(events),
                    },
                    Some(Err(_)) | None => return Input::Leave,
                },
                msg = self.messages.recv() => return msg.map_or(Input::StoreEnded, Input::Message),
                asked = self.requests.recv(), if self.listening => match asked {
                    Some(asked) => return Input::Question(asked),
                    None => self.listening = false,
                },
                () = &mut due => return Input::Due,
                _ = self.signals.endings.recv() => return Input::Leave,
                _ = self.signals.suspend.recv() => return Input::Suspend,
                _ = self.signals.resume.recv() => return Input::Resumed,
            }
        }
    }

    /// Waits a little for an answer that is still under way when the desk ends, so that the shell does not
    /// take it as typed. A terminal that was silent for long has none.
    pub async fn last_answer(&mut self) {
        const UNDER_WAY: Duration = Duration::from_secs(1);
        const PATIENCE: Duration = Duration::from_millis(250);
        let recent = self.asked.is_some_and(|at| at.elapsed() < UNDER_WAY);
        if !recent || self.answers.has_come() {
            return;
        }
        let answer = async {
            while let Some(Ok(event)) = next_event(&mut self.events).await {
                if let Heard::Light(_) = self.answers.take(event) {
                    break;
                }
            }
        };
        let _ = timeout(PATIENCE, answer).await;
    }

    /// A message that has come already.
    pub fn waiting_message(&mut self) -> Option<Msg> {
        self.messages.try_recv().ok()
    }

    /// Waits until the process is continued. What stopped it is done then.
    pub async fn resumed(&mut self, stopped: Stopped) {
        /// Both signals were delivered before the process went on, so the wait is only for a thread to say so.
        const DELIVERED: Duration = Duration::from_secs(1);
        self.signals.resume.recv().await;
        match stopped {
            Stopped::Alone => drop(self.signals.suspend.recv().now_or_never()),
            // Its own signal may be told after the one that continued it, and must not stop it once more.
            Stopped::WithJob => drop(timeout(DELIVERED, self.signals.suspend.recv()).await),
        }
    }

    /// Waits for what concerns the desk while another program has the terminal.
    pub async fn meanwhile(&mut self) -> Meanwhile {
        tokio::select! {
            Some(question) = self.requests.recv() => Meanwhile::Question(question),
            Some(ending) = self.signals.endings.recv() => {
                self.signals.state.told.store(true, Ordering::Release);
                Meanwhile::Ending(ending)
            }
            Some(()) = self.signals.suspend.recv() => Meanwhile::Suspend,
            else => std::future::pending().await,
        }
    }

    /// Stops reading the terminal, so that another program may read it, keys that interrupt too.
    pub fn lend_terminal(&mut self) {
        self.signals.state.lent.store(true, Ordering::Release);
        self.events = None;
    }

    /// Reads the terminal again.
    pub fn take_terminal(&mut self) {
        self.events = Some(EventStream::new());
        self.signals.state.lent.store(false, Ordering::Release);
    }
}

/// The next event of the terminal; never one while another program has it.
async fn next_event(events: &mut Option<EventStream>) -> Option<std::io::Result<Event>> {
    match events {
        Some(events) => events.next().await,
        None => std::future::pending().await,
    }
}
