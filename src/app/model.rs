//! The desk as one value: what all features share, and the state of each. It stands below the verbs: they
//! change it, and it calls none of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::features::features;
use super::kit::about::{About, Ground};
use super::kit::drafts::Times;
use super::kit::geometry::Geometry;
use super::kit::notice::Notice;
use super::msg::{Reply, Saving, Screen, Unsaved};
use super::overlay::Overlay;
use super::place::Place;
use crate::config::{Config, Lexicon};
use crate::domain::account::Account;
use crate::domain::book::Book;
use crate::domain::cadence::calendar::Calendars;
use crate::domain::cadence::schedule::Desk;
use crate::domain::contact::Contact;
use crate::domain::freshness::DataFreshness;
use crate::domain::ids::{AccountId, Mint};
use crate::domain::when::Now;
use crate::ops::Author;

use crate::words::Lang;

/// A line that passes: what was done, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub text: String,
    pub bad: bool,
    /// Only says that something is on disk: it never replaces what was said on purpose.
    pub passing: bool,
    pub until: DateTime<Utc>,
    /// The answer to a key: it goes when the next one is pressed or the screen left.
    pub answer: bool,
}

/// How long a passing line stays.
const TOAST: Duration = Duration::seconds(6);

macro_rules! model {
    (
        verbs { $($_v:ident)* }
        screens { $($Screen:ident $screen:ident,)* }
        states { $($state:ident)* }
        $($_rest:tt)*
    ) => {
        pub struct Model {
            pub lang: Lang,
            pub config: Arc<Config>,
            pub author: Author,
            pub mint: Mint,
            pub now: Now,
            /// The day of the last message: another one makes all scores anew.
            pub day: NaiveDate,
            pub book: Book,
            /// The store is open; before that, rows are those of the last session.
            pub ready: bool,
            /// Totals of the last session, while the store opens.
            pub preview: Option<(usize, [usize; 4])>,
            /// How fresh tickets and usage are across the desk, when an account was read last.
            pub freshness: DataFreshness,
            /// Warning phrases that are listened to: those of the lexicon that were not dismissed.
            pub phrases: Arc<Lexicon>,
            /// All warning phrases, read anew when their file changes.
            pub lexicon: Arc<Lexicon>,
            /// Everybody's working days, and the absences and the day they are made of.
            pub calendars: Calendars,
            pub calendars_of: Option<(u64, NaiveDate)>,
            pub screen: Screen,
            /// Screens to go back to, the last one first to be reached.
            pub back: Vec<Screen>,
            pub overlays: Vec<Overlay>,
            /// Where a verb wants to go.
            pub going: Option<Place>,
            /// Who waits for a dossier: the last one that asked.
            pub waiting: Option<Reply>,
            pub toast: Option<Toast>,
            pub geometry: Geometry,
            pub saving: Saving,
            /// Operations that are not on disk yet, each with the drafts it makes superfluous.
            pub unsaved: Vec<Unsaved>,
            pub drafts: BTreeMap<String, serde_json::Value>,
            pub draft_times: Times,
            /// It was said that leaving now would lose a draft.
            pub warned: bool,
            /// The people of the account last read, for `@` names.
            pub people: Option<(AccountId, Vec<Contact>)>,
            $(#[allow(missing_docs)] pub $screen: super::$screen::state::State,)*
            $(#[allow(missing_docs)] pub $state: super::$state::state::State,)*
        }

        impl Model {
            pub fn new(
                lang: Lang,
                config: Arc<Config>,
                author: Author,
                mint: Mint,
                now: Now,
            ) -> Self {
                let nobody = std::iter::empty();
                Self {
                    lang,
                    author,
                    mint,
                    now,
                    day: now.today(),
                    book: Book::default(),
                    ready: false,
                    preview: None,
                    freshness: DataFreshness::default(),
                    phrases: config.phrases.clone(),
                    lexicon: config.phrases.clone(),
                    calendars: Calendars::new(&config.cadence, nobody, now.today(), now.zone),
                    calendars_of: None,
                    config,
                    screen: Screen::Today,
                    back: Vec::new(),
                    overlays: Vec::new(),
                    going: None,
                    waiting: None,
                    toast: None,
                    geometry: Geometry::default(),
                    saving: Saving::default(),
                    unsaved: Vec::new(),
                    drafts: BTreeMap::new(),
                    draft_times: Times::default(),
                    warned: false,
                    people: None,
                    $($screen: Default::default(),)*
                    $($state: Default::default(),)*
                }
            }

            /// The account that a verb would be about: the one under the cursor.
            pub fn subject(&self) -> Option<AccountId> {
                let ground = Ground {
                    book: &self.book,
                    me: &self.author.name,
                    today: self.now.today(),
                };
                match self.screen {
                    $(Screen::$Screen => self.$screen.about(&ground),)*
                }
            }
        }
    };
}

features!(model);

impl Model {
    /// Says what was done.
    pub fn say(&mut self, text: impl Into<String>) {
        self.toast = Some(self.toast_of(text.into()));
    }

    /// Says why something was not done.
    pub fn refuse(&mut self, text: impl Into<String>) {
        self.toast = Some(Toast {
            bad: true,
            ..self.toast_of(text.into())
        });
    }

    /// Says that something is on disk, unless something else was said.
    pub fn say_in_passing(&mut self, text: String) {
        if self.toast.as_ref().is_none_or(|t| t.passing) {
            self.toast = Some(Toast {
                passing: true,
                ..self.toast_of(text)
            });
        }
    }

    fn toast_of(&self, text: String) -> Toast {
        Toast {
            text,
            bad: false,
            passing: false,
            until: self.now.at + TOAST,
            answer: false,
        }
    }

    /// Shows a text that is only read.
    pub fn show(&mut self, title: impl Into<String>, lines: Vec<String>) {
        let notice = Notice::new(title, lines);
        self.overlays.push(Overlay::Notice(notice));
    }

    /// Goes to another screen; `step_back` returns from there.
    pub fn goto(&mut self, screen: Screen) {
        if self.screen != screen {
            self.back.retain(|s| *s != screen);
            self.back.push(self.screen);
            self.screen = screen;
        }
    }

    /// Goes back to the screen before, or to Today.
    pub fn step_back(&mut self) {
        self.screen = self.back.pop().unwrap_or(Screen::Today);
    }

    /// An account as the book has it.
    pub fn account_of(&self, id: &AccountId) -> Option<Account> {
        self.book.get(id).map(|r| r.account.clone())
    }

    /// The people of an account, as far as they have been read.
    pub fn people_of(&self, account: &AccountId) -> Vec<Contact> {
        let pane = self.account.as_ref().filter(|a| a.id == *account);
        let open = pane.and_then(|a| a.dossier.as_ref());
        let read = self.people.as_ref().filter(|p| p.0 == *account);
        open.map(|d| d.contacts.clone())
            .or_else(|| read.map(|p| p.1.clone()))
            .unwrap_or_default()
    }

    /// What plans are made on.
    pub fn desk(&self) -> Desk<'_> {
        Desk {
            policy: &self.config.cadence,
            calendars: &self.calendars,
            now: self.now,
        }
    }
}
