//! Everything the event loop waits for. It must not know what follows from an input.

use std::time::Duration;

use crossterm::event::{Event, EventStream};
use futures_util::{FutureExt, StreamExt};
use tokio::sync::mpsc::{Receiver, UnboundedReceiver};

use super::signals::Signals;
use crate::app::msg::Msg;
use crate::runtime::socket::Incoming;

/// One thing that happened.
pub enum Input {
    Terminal(Event),
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

/// The sources of input.
pub struct Inputs {
    /// None while another program has the terminal.
    events: Option<EventStream>,
    messages: UnboundedReceiver<Msg>,
    requests: Receiver<Incoming>,
    /// The socket is open.
    listening: bool,
    signals: Signals,
}

impl Inputs {
    pub fn new(
        messages: UnboundedReceiver<Msg>,
        requests: Receiver<Incoming>,
        signals: Signals,
    ) -> Self {
        Self {
            events: Some(EventStream::new()),
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
                Some(wait) => tokio::time::sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        let event = async {
            match &mut self.events {
                Some(events) => events.next().await,
                None => std::future::pending().await,
            }
        };
        tokio::pin!(due, event);
        loop {
            tokio::select! {
                event = &mut event => return match event {
                    Some(Ok(event)) => Input::Terminal(event),
                    Some(Err(_)) | None => Input::Leave,
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

    /// A message that has come already.
    pub fn waiting_message(&mut self) -> Option<Msg> {
        self.messages.try_recv().ok()
    }

    /// The next question of another terminal; none when the socket is closed.
    pub async fn question(&mut self) -> Option<Incoming> {
        self.requests.recv().await
    }

    /// Waits until the process is continued. What stopped it came before that, and is done.
    pub async fn resumed(&mut self) {
        self.signals.resume.recv().await;
        self.signals.suspend.recv().now_or_never();
    }

    /// Stops reading the terminal, so that another program may read it.
    pub fn release_terminal(&mut self) {
        self.events = None;
    }

    /// Reads the terminal again.
    pub fn take_terminal(&mut self) {
        self.events = Some(EventStream::new());
    }
}
