//! The event loop of the desk: wait for a key, a message or the next due moment, update the model, draw. It
//! must not touch the store, which has a thread of its own.

mod away;
mod first;
mod importing;
mod inputs;
mod listening;
mod outside;
mod phrases;
mod signals;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crossterm::event::Event;
use tokio::sync::mpsc::{self, UnboundedSender};

use super::background;
use super::drafting::DraftWriter;
use super::importing::in_process_of_its_own;
use super::planning::Planning;
use super::pulse::Pulse;
use super::question::Questions;
use super::socket::{self, Hearing, Incoming};
use super::store_thread::{Job, StoreThread};
use super::terminal::{self, Screen};
use super::worker::{Asker, Setup};
use crate::app::model::Model;
use crate::app::msg::{Effect, Msg};
use crate::app::shell::drafting as unsaved;
use crate::app::{self, cadence, update};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::domain::cadence::spread;
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, Mint};
use crate::ops::Author;
use crate::store::handed::Handed;
use crate::store::{Durability, Lock};
use crate::ui::theme::{Depth, Theme};
use crate::ui::{Drawn, draw};
use crate::words::Lang;
use inputs::{Input, Inputs};
use signals::{Signals, Stopped};

/// How the desk is opened.
pub struct Opening {
    pub home: PathBuf,
    pub config: Arc<Config>,
    pub config_dir: PathBuf,
    pub author: Author,
    pub lang: Lang,
    pub clock: Clock,
    pub mint: Mint,
    /// The questions that other terminals may ask.
    pub questions: &'static Questions,
    /// Mistakes in configuration files, to show at the start.
    pub notices: Vec<String>,
    /// An account and template to start a check-in with.
    pub checkin: Option<Checkin>,
}

/// The account of a check-in, and its template where one was named.
pub type Checkin = (AccountId, Option<String>);

/// Opens the desk and stays until the user leaves it.
///
/// # Errors
/// Another process holds the store, or the store or the terminal failed.
pub fn open(opening: Opening) -> Result<(), Failure> {
    let lock = Lock::take(&opening.home)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::io(&opening.home, &e))?;
    let home = opening.home.clone();
    runtime
        .block_on(run(opening, lock))
        .map_err(|e| Failure::io(&home, &e))?
}

async fn run(opening: Opening, lock: Lock) -> std::io::Result<Result<(), Failure>> {
    let (mut desk, mut inputs) = Desk::start(opening, lock)?;
    while !desk.leaving {
        // A terminal that is gone ends the desk as any other way does: what was typed is saved.
        if let Err(e) = desk.step(&mut inputs).await {
            desk.leave_because(Failure::io(Path::new("/dev/tty"), &e));
        }
    }
    inputs.last_answer().await;
    // Without a terminal there are no more keys: no task may wait for them.
    drop(inputs);
    Ok(desk.close())
}

/// The open desk.
struct Desk {
    home: PathBuf,
    clock: Clock,
    model: Model,
    theme: Theme,
    screen: Screen,
    /// The last frame.
    drawn: Option<Drawn>,
    /// Effects that are not carried out yet.
    effects: Vec<Effect>,
    store: StoreThread,
    drafts: DraftWriter,
    planning: Planning,
    messages: UnboundedSender<Msg>,
    phrases: phrases::PhrasesFile,
    /// The check-in to start once the store is open.
    checkin: Option<Checkin>,
    leaving: bool,
    /// Why the desk ends.
    outcome: Result<(), Failure>,
    /// The last failure that a message told of.
    last_failure: Option<Failure>,
    /// What the thread of signals must know.
    ending: Arc<signals::State>,
    /// Removes the socket at the end. None where it could not be opened: the desk works without it.
    _socket: Option<socket::Open>,
}

impl Desk {
    /// Starts the threads, takes the terminal, and shows drafts and the cached first rows.
    fn start(opening: Opening, lock: Lock) -> std::io::Result<(Self, Inputs)> {
        let Opening {
            home,
            config,
            config_dir,
            author,
            lang,
            clock,
            mint,
            questions,
            notices,
            checkin,
        } = opening;
        let remembered = background::remembered(&home);
        let theme = Theme::choose(&config.desk, |v| std::env::var(v).ok(), remembered);
        let asks = theme.depth != Depth::None && config.desk.theme == config::Theme::Auto;
        let pulse = Pulse::default();
        let (messages, received) = mpsc::unbounded_channel::<Msg>();
        let mut desk_mint = mint.clone();
        desk_mint.fork();
        let setup = Setup {
            home: home.clone(),
            config: config.clone(),
            config_dir: config_dir.clone(),
            author: author.clone(),
            lang,
            clock,
            mint,
            durability: Durability::Full,
        };
        let drafts = DraftWriter::start(home.clone(), messages.clone())?;
        let store = StoreThread::start(setup, lock, messages.clone(), pulse.clone())?;
        let signals = Signals::listen()?;
        let mut screen = Screen::take()?;
        if asks {
            screen.ask(background::QUESTION)?;
        }
        let model = Model::new(lang, config, author, desk_mint, clock.now());
        let (incoming, requests) = mpsc::channel::<Incoming>(16);
        let hearing = Hearing {
            questions,
            pulse,
            incoming,
        };
        let mut desk = Self {
            planning: Planning::new(&home, &config_dir, lang, in_process_of_its_own),
            _socket: socket::listen(&home, hearing).ok(),
            home,
            clock,
            model,
            theme,
            screen,
            drawn: None,
            effects: Vec::new(),
            store,
            drafts,
            messages,
            phrases: phrases::PhrasesFile::new(config_dir),
            checkin,
            leaving: false,
            outcome: Ok(()),
            ending: signals.state.clone(),
            last_failure: None,
        };
        desk.show_first(notices);
        Ok((desk, Inputs::new(received, requests, signals, asks)))
    }

    /// Carries out what is to be done, draws, and takes in the next input.
    async fn step(&mut self, inputs: &mut Inputs) -> std::io::Result<()> {
        self.carry_out(inputs).await?;
        if self.leaving {
            return Ok(());
        }
        self.draw()?;
        match inputs.next(self.until_due()).await {
            Input::Suspend => self.suspend(inputs, Stopped::Alone).await?,
            Input::Resumed => self.screen.take_back()?,
            input => self.take(input, inputs),
        }
        Ok(())
    }

    /// Writes what is typed as drafts, and waits until they are on disk.
    fn save_typed(&mut self) {
        for effect in unsaved::final_drafts(&mut self.model) {
            self.drafts.send(effect);
        }
        self.drafts.flush();
    }

    fn update(&mut self, msg: Msg) {
        let effects = update(&mut self.model, self.clock.now(), msg);
        // The user may have said when the fiscal year begins.
        self.clock = self.clock.with_habits(self.model.config.desk.habits);
        self.effects.extend(effects);
    }

    /// Carries out all effects, and those that follow from them.
    async fn carry_out(&mut self, inputs: &mut Inputs) -> std::io::Result<()> {
        while !self.effects.is_empty() {
            for effect in std::mem::take(&mut self.effects) {
                match effect {
                    Effect::Quit => self.leaving = true,
                    Effect::Redraw => self.screen.forget(),
                    Effect::Suspend => self.suspend(inputs, Stopped::WithJob).await?,
                    Effect::Copy(text) => {
                        self.screen.copy(&text)?;
                        let path = outside::save_copy(&self.home, &text);
                        let bytes = text.len();
                        self.update(Msg::Copied { bytes, path });
                    }
                    Effect::EditOutside { text, key, body } => {
                        self.edit(&Handed { key, body, text }, inputs).await?;
                    }
                    Effect::RemoveEdited(file) => self.drafts.remove_edited(file),
                    draft @ (Effect::SaveDraft { .. }
                    | Effect::SaveCall { .. }
                    | Effect::DiscardDraft { .. }) => self.drafts.send(draft),
                    Effect::Cadence(cadence::state::Effect::Spread(job)) => self.spread(job),
                    Effect::Importing(effect) => self.import(effect),
                    other => self.store.send(Job::Effect(other)),
                }
            }
        }
        Ok(())
    }

    /// Spreads check-ins on a thread of its own: it computes for seconds, and a note must not wait for that.
    fn spread(&self, job: Box<spread::Job>) {
        let messages = self.messages.clone();
        let work = move || {
            let proposal = Box::new(spread::propose(&job));
            let _ = messages.send(Msg::Cadence(cadence::state::Msg::Spread(proposal)));
        };
        let _ = std::thread::Builder::new()
            .name("spread".into())
            .spawn(work);
    }

    fn draw(&mut self) -> std::io::Result<()> {
        let mut drawn = self.frame()?;
        // The first frame of a new size is drawn before the size of its lists is known: they are scrolled to their
        // selected row, and drawn again.
        if self.drawn.map(|d| d.geometry) != Some(drawn.geometry) {
            app::hold(&mut self.model);
            drawn = self.frame()?;
        }
        self.drawn = Some(drawn);
        Ok(())
    }

    fn frame(&mut self) -> std::io::Result<Drawn> {
        let (model, theme) = (&self.model, &self.theme);
        let drawn = self.screen.frame(|buf| draw(model, theme, buf))?;
        self.model.geometry = drawn.geometry;
        Ok(drawn)
    }

    /// How long nothing is due. None where nothing ever is: a fixed clock never reaches its next second.
    fn until_due(&self) -> Option<Duration> {
        let at = app::next_wake(&self.model).filter(|_| !self.clock.is_fixed())?;
        let until = at - self.clock.now().at;
        Some(until.to_std().unwrap_or(Duration::ZERO))
    }

    /// Takes in what happened, and all messages that came with it: they share one frame.
    fn take(&mut self, input: Input, inputs: &mut Inputs) {
        let msg = match input {
            Input::Terminal(event) => {
                // Terminals move what they show when their size changes.
                if matches!(event, Event::Resize(..)) {
                    self.screen.forget();
                }
                terminal::msg(event)
            }
            Input::Background { light } => {
                self.theme.light = light;
                background::remember(&self.home, light);
                None
            }
            Input::Message(msg) => self.received(msg),
            Input::Question(question) => {
                pass_on(&self.store, self.model.lang, question);
                None
            }
            Input::Due => {
                self.listen_to_edited_phrases();
                Some(Msg::Tick)
            }
            Input::StoreEnded => {
                self.leave_because(Failure::Damaged {
                    path: self.home.join("store").display().to_string(),
                    reason: "the store stopped".into(),
                });
                None
            }
            Input::Leave => {
                self.ending.told.store(true, Ordering::Release);
                self.leaving = true;
                None
            }
            // These are taken in before.
            Input::Suspend | Input::Resumed => None,
        };
        if let Some(msg) = msg {
            self.update(msg);
            while let Some(msg) = inputs.waiting_message() {
                if let Some(msg) = self.received(msg) {
                    self.update(msg);
                }
            }
        }
        if self.model.ready
            && let Some((account, template)) = self.checkin.take()
        {
            let effects = app::begin_checkin(&mut self.model, account, template);
            self.effects.extend(effects);
        }
    }

    /// A message of a thread, unless it ends the desk.
    fn received(&mut self, msg: Msg) -> Option<Msg> {
        match &msg {
            // The store could not be opened.
            Msg::Failed(failure) if !self.model.ready => {
                self.last_failure = None;
                self.leave_because(failure.clone());
                return None;
            }
            Msg::Failed(failure) => self.last_failure = Some(failure.clone()),
            Msg::Opened(_) => self.store.send(Job::Check),
            _ => {}
        }
        Some(msg)
    }

    /// Leaves with the last failure that was shown, or with this one.
    fn leave_because(&mut self, failure: Failure) {
        self.outcome = Err(self.last_failure.take().unwrap_or(failure));
        self.leaving = true;
    }

    /// Saves what is still being typed, gives the terminal back and closes the store.
    fn close(mut self) -> Result<(), Failure> {
        for effect in unsaved::final_drafts(&mut self.model) {
            self.drafts.send(effect);
        }
        self.drafts.finish();
        drop(self.screen);
        self.ending.safe.store(true, Ordering::Release);
        // The verification of the store needs the memory.
        drop(self.model);
        match self.store.close() {
            Err(stuck) if self.outcome.is_ok() => Err(stuck),
            _ => self.outcome,
        }
    }
}

/// Hands the question of another terminal to the store.
fn pass_on(store: &StoreThread, lang: Lang, incoming: Incoming) {
    let asker = Asker {
        id: incoming.id,
        lang: incoming.lang.unwrap_or(lang),
        form: incoming.form,
    };
    store.send(Job::Answer(asker, incoming.asked, incoming.line));
}
