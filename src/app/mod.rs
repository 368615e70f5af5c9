//! The desk as one reducer: what happens becomes a new model and effects to ask for. Nothing here
//! blocks, reads a clock or touches a terminal.

mod asks;
mod away;
mod calls;
pub mod command;
mod day;
mod drafts;
pub mod during;
mod events;
pub mod form;
mod forms;
mod geometry;
mod keep;
pub mod list;
mod moving;
pub mod msg;
pub mod notes;
mod opening;
mod outputs;
pub mod overlay;
mod overlays;
mod place;
mod prompts;
pub mod rhythm;
mod saving;
pub mod screens;
pub mod text;
pub mod touches;
mod verbs;
mod wishes;
pub mod wrap;
mod wrapup;

pub use geometry::Geometry;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use crate::config::Config;
use crate::config::Lexicon;
use crate::domain::book::Book;
use crate::domain::cadence::calendar::Calendars;
use crate::domain::checkin::pacing;
use crate::domain::contact::Contact;
use crate::domain::freshness::DataFreshness;
use crate::domain::ids::{AccountId, Mint};
use crate::domain::when::Now;
use crate::keys::Key;
use crate::ops::Author;
use crate::words::{self, Lang};
use command::Command;
use msg::{Effect, Msg, Saving};
use overlay::{Overlay, Review};
use screens::{
    Screen, account, actions, brief, cadence, checkins, insights, live, portfolio, today,
};

/// A line that passes: what was done, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub text: String,
    pub bad: bool,
    /// Only says that something is on disk: it never takes the place of what was said on purpose.
    pub passing: bool,
    pub until: DateTime<Utc>,
    /// What a key was answered with: it goes when the next one is pressed or the screen left.
    pub answer: bool,
}

/// What was asked for and waits for a dossier to arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Waiting {
    Checkin(AccountId),
    Start(AccountId, String),
    Brief(AccountId),
    Live(AccountId),
}

pub struct Model {
    pub lang: Lang,
    pub config: Arc<Config>,
    /// Of whose score one asked why, until the store answers.
    pub(super) why: Option<AccountId>,
    /// How fresh tickets and usage are across the desk, when an account was read last.
    pub feeds: DataFreshness,
    /// Warning phrases, read anew when their file changes.
    pub phrases: Arc<Lexicon>,
    /// The same without regard to what was dismissed.
    pub(super) lexicon: Arc<Lexicon>,
    pub author: Author,
    pub mint: Mint,
    pub now: Now,
    pub book: Book,
    /// The store is open; before that, rows are those of the last session.
    pub ready: bool,
    /// Totals of the last session, while the store opens.
    pub preview: Option<(usize, [usize; 4])>,
    pub screen: Screen,
    pub back: Vec<Screen>,
    pub overlays: Vec<Overlay>,
    pub insights: insights::State,
    pub today: today::State,
    pub portfolio: portfolio::State,
    pub account: Option<account::State>,
    pub cadence: cadence::State,
    /// Everybody's working days.
    pub calendars: Calendars,
    calendars_of: Option<(u64, chrono::NaiveDate)>,
    pub actions: actions::State,
    pub checkins: checkins::State,
    pub brief: Option<brief::State>,
    pub live: Option<live::State>,
    pub toast: Option<Toast>,
    pub saving: Saving,
    pub drafts: BTreeMap<String, serde_json::Value>,
    pub geometry: Geometry,
    draft_times: drafts::Times,
    waiting: Option<Waiting>,
    /// The agreed start of the call that is being set up.
    starts: Option<(AccountId, DateTime<Utc>)>,
    /// Operations that are not on disk yet, each with the drafts it makes superfluous.
    unsaved: Vec<saving::Unsaved>,
    /// It was said that leaving now would lose a draft.
    warned: bool,
    /// The people of the account last read, for `@` names.
    people: Option<(AccountId, Vec<Contact>)>,
    day: chrono::NaiveDate,
}

/// How long a passing line stays.
const TOAST: Duration = Duration::seconds(6);

impl Model {
    pub fn new(lang: Lang, config: Arc<Config>, author: Author, mint: Mint, now: Now) -> Self {
        let calendars = Calendars::new(&config.cadence, std::iter::empty(), now.today(), now.zone);
        Self {
            lang,
            why: None,
            feeds: DataFreshness::default(),
            phrases: config.phrases.clone(),
            lexicon: config.phrases.clone(),
            config,
            author,
            mint,
            now,
            book: Book::default(),
            ready: false,
            preview: None,
            screen: Screen::Today,
            back: Vec::new(),
            overlays: Vec::new(),
            insights: insights::State::default(),
            today: today::State::default(),
            portfolio: portfolio::State::default(),
            account: None,
            cadence: cadence::State::default(),
            calendars,
            calendars_of: None,
            actions: actions::State::default(),
            checkins: checkins::State::default(),
            brief: None,
            live: None,
            toast: None,
            saving: Saving::default(),
            drafts: BTreeMap::new(),
            geometry: Geometry::default(),
            draft_times: drafts::Times::default(),
            waiting: None,
            starts: None,
            unsaved: Vec::new(),
            warned: false,
            people: None,
            day: now.today(),
        }
    }

    pub fn t(&self) -> Lang {
        self.lang
    }

    pub fn say(&mut self, text: impl Into<String>) {
        self.toast = Some(Toast {
            text: text.into(),
            bad: false,
            passing: false,
            until: self.now.at + TOAST,
            answer: false,
        });
    }

    fn say_in_passing(&mut self, text: String) {
        if self.toast.as_ref().is_none_or(|t| t.passing) {
            self.toast = Some(Toast {
                text,
                bad: false,
                passing: true,
                until: self.now.at + TOAST,
                answer: false,
            });
        }
    }

    pub fn refuse(&mut self, text: impl Into<String>) {
        self.toast = Some(Toast {
            text: text.into(),
            bad: true,
            passing: false,
            until: self.now.at + TOAST,
            answer: false,
        });
    }

    fn goto(&mut self, screen: Screen) {
        if self.screen != screen {
            self.back.retain(|s| *s != screen);
            self.back.push(self.screen);
            self.screen = screen;
        }
    }

    /// The people of an account, as far as they have been read.
    fn people_of(&self, account: &AccountId) -> Vec<Contact> {
        let open = self
            .account
            .as_ref()
            .filter(|a| a.id == *account)
            .and_then(|a| a.dossier.as_ref())
            .map(|d| d.contacts.clone());
        open.or_else(|| {
            self.people
                .as_ref()
                .filter(|p| p.0 == *account)
                .map(|p| p.1.clone())
        })
        .unwrap_or_default()
    }

    /// Asks for a check-in with an account, as the command line does.
    pub fn begin_checkin(&mut self, account: AccountId, template: Option<String>) -> Vec<Effect> {
        let mut effects = vec![Effect::Load(account.clone())];
        match template {
            Some(template) => self.waiting = Some(Waiting::Start(account, template)),
            None => {
                opening::open_account(self, account.clone(), &mut effects);
                self.waiting = Some(Waiting::Checkin(account));
            }
        }
        effects
    }

    /// When the model wants to hear of the time again; none while nothing moves.
    pub fn next_wake(&self) -> Option<DateTime<Utc>> {
        let next_second = self.now.at
            + Duration::milliseconds(1_000 - i64::from(self.now.at.timestamp_subsec_millis()));
        let live = self.live.as_ref().filter(|l| {
            self.screen == Screen::Live
                && l.phase == live::Phase::Live
                && l.reading(self.now).running
                && !l.reading(self.now).paused
        });
        let midnight = self.now.zone.instant(
            (self.now.today() + Duration::days(1))
                .and_hms_opt(0, 0, 0)
                .unwrap_or_default(),
        );
        let stop = self
            .live
            .as_ref()
            .filter(|l| l.phase == live::Phase::Live)
            .and_then(|l| l.checkin.leave_by());
        let reminder = stop.and_then(|stop| {
            pacing::REMINDERS
                .iter()
                .map(|m| stop - Duration::minutes(*m))
                .find(|at| *at > self.now.at)
        });
        // The clock of a preparation runs while it is looked at.
        let prep = self.brief.as_ref().filter(|b| {
            self.screen == Screen::Brief && (self.now.at - b.opened).num_minutes() < 10
        });
        [
            live.map(|_| next_second),
            prep.map(|_| next_second),
            reminder,
            self.toast.as_ref().map(|t| t.until),
            self.draft_times.due,
            Some(midnight),
        ]
        .into_iter()
        .flatten()
        .min()
    }
}

/// The whole desk: one thing that happened, a new model, and what to ask for.
pub fn update(model: &mut Model, now: Now, msg: Msg) -> Vec<Effect> {
    model.now = now;
    let version = model.book.version;
    let mut effects = Vec::new();
    if model.toast.as_ref().is_some_and(|t| now.at >= t.until) {
        model.toast = None;
    }
    if now.today() != model.day {
        model.day = now.today();
        effects.push(Effect::Rescore);
    }
    match msg {
        Msg::Key(key) => answered(model, |model| on_key(model, key, &mut effects)),
        Msg::Paste(text) => overlays::paste(model, &text, &mut effects),
        Msg::Resized { .. } | Msg::Tick => {}
        Msg::Drafts(drafts) => {
            model.drafts = drafts.into_iter().collect();
            let sent = model.drafts.keys().cloned().collect();
            drafts::come_back(model, sent, &mut effects);
        }
        Msg::Preview {
            rows,
            count,
            bands,
            asides,
        } => {
            model.book = Book::new(rows);
            model.book.asides = asides.into_iter().map(|a| (a.key(), a)).collect();
            model.book.version = 1;
            model.today.forget();
            model.portfolio.forget();
            model.preview = Some((count, bands));
        }
        Msg::Opened(opened) => events::on_opened(model, *opened, &mut effects),
        Msg::Stored {
            operation,
            rows,
            gone,
        } => events::on_stored(model, &operation, rows, &gone, &mut effects),
        Msg::NotStored { id, failure } => events::on_not_stored(model, &id, &failure, &mut effects),
        Msg::Rescored { rows } => {
            model.book.put(rows);
        }
        Msg::Failed(failure) => {
            let words = words::problems::failure(model.t(), &failure);
            model.insights.running = None;
            match model.overlays.last_mut() {
                // What stops an import is said where one is looking.
                Some(Overlay::Review(review)) if review.writing || review.planned.is_none() => {
                    review.stop(words)
                }
                _ => model.refuse(words),
            }
        }
        Msg::Dossier(dossier, feeds) => {
            model.feeds = feeds;
            events::on_dossier(model, dossier, &mut effects);
        }
        Msg::DraftWritten { key } => model.draft_times.written(&key, now.at),
        Msg::DraftSaved { key, failed } => {
            model.draft_times.saved(&key, now.at);
            if !failed {
                model.saving.last = Some(now.at);
            }
            if failed {
                drafts::try_again(model, &key);
                model.refuse(words::shell::autosave_failed(model.lang));
            }
        }
        Msg::Backtesting { done, total } => asks::backtesting(model, done, total, &mut effects),
        Msg::Backtested { report, fitted } => asks::backtested(model, report, fitted),
        Msg::Edited { text } => {
            if let Some(text) = text {
                overlays::edited(model, &text);
            }
        }
        Msg::Planned(planned) => {
            if let Some(Overlay::Review(review)) = model.overlays.last_mut() {
                review.planned = Some(*planned);
            }
        }
        Msg::ImportProgress { rows } => {
            if let Some(Overlay::Review(review)) = model.overlays.last_mut() {
                review.rows = rows;
            }
        }
        Msg::Imported { rejects_file } => {
            model
                .overlays
                .retain(|o| !matches!(o, Overlay::Review(Review { writing: true, .. })));
            match rejects_file {
                Some(path) => model.say(words::importing::imported_rejects(model.lang, &path)),
                None => model.say(words::importing::imported(model.lang)),
            }
        }
        Msg::Copied { bytes, path } => model.say(words::shell::copied(model.lang, bytes, &path)),
        Msg::Notes { words, lines } => notes::found(model, &words, lines),
        Msg::Note(note) => during::show_note(model, &note),
        Msg::Phrases(lexicon) => {
            model.say(words::call::phrases_read(model.lang, lexicon.len()));
            model.lexicon = lexicon;
            during::listen_anew(model);
        }
        Msg::Spread(proposal) => rhythm::on_spread(model, *proposal),
        Msg::Calendar { name, busy } => away::on_calendar(model, name, *busy, &mut effects),
        Msg::GaveCalendar { meetings, path } => {
            model.say(words::calendar::exported(model.lang, meetings, &path))
        }
        Msg::Why(id, why) => events::on_why(model, &id, &why),
        Msg::Written { path } => model.say(words::shell::written_to(model.lang, &path)),
        Msg::Notice(text) => model.refuse(text),
    }
    during::listen(model);
    during::remind(model);
    drafts::follow(model, &mut effects);
    rhythm::follow(model);
    if model.screen == Screen::Today {
        let mut today = std::mem::take(&mut model.today);
        today.refresh(
            &model.desk(),
            &model.book,
            &model.author.name,
            model.geometry.list,
        );
        model.today = today;
    }
    // What does not show is made when it is gone to.
    if model.screen == Screen::Portfolio {
        model
            .portfolio
            .refresh(&model.book, now.today(), model.geometry.list);
    }
    if model.book.version != version {
        model.hold();
    }
    effects
}

fn on_key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    // Quitting works everywhere: what is being typed stays as a draft.
    if key == Key::ctrl('q') {
        // A draft that is in memory alone is not left without a word.
        let call = model
            .live
            .as_ref()
            .is_some_and(|l| l.phase == live::Phase::Live && l.saved == u64::MAX);
        if (call || !model.draft_times.failed.is_empty())
            && !std::mem::replace(&mut model.warned, true)
        {
            return model.refuse(words::shell::quit_loses(model.lang));
        }
        return effects.push(Effect::Quit);
    }
    if !model.overlays.is_empty() {
        return overlays::key(model, key, effects);
    }
    if model.screen == Screen::Portfolio && model.portfolio.typing.is_some() {
        return overlays::filter_key(model, key);
    }
    if let Some(command) = command::find(model.scopes(), key) {
        return run(model, command, effects);
    }
    calls::text(model, key, effects);
}

/// Does what a key means. What the key before was answered with goes: a refusal at once, the rest with the
/// screen.
fn answered(model: &mut Model, work: impl FnOnce(&mut Model)) {
    let (screen, before) = (model.screen, model.toast.take());
    work(model);
    match &mut model.toast {
        Some(toast) => toast.answer = true,
        None => model.toast = before.filter(|t| !t.answer || (!t.bad && model.screen == screen)),
    }
}

/// Runs a verb, or says why not.
fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    match command::refusal(command, model, model.t()) {
        Some(why) => model.refuse(why),
        None => verbs::run(model, command, effects),
    }
}
