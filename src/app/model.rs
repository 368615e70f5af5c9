//! The client as one value: shared state, and the state of each feature. Verbs change the model.
//! Must not depend on them.

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
use crate::domain::ours::Ours;
use crate::domain::when::Now;
use crate::ops::Author;

use crate::words::Lang;

/// A short message: what was done, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub text: String,
    pub bad: bool,
    /// Only confirms that something was saved; it never replaces another message.
    pub passing: bool,
    pub until: DateTime<Utc>,
    /// Answers a key: it disappears with the next key or when the screen is left.
    pub answer: bool,
}

/// How long a toast stays.
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
            /// The day of the last message. On another day all scores are computed again.
            pub day: NaiveDate,
            pub book: Book,
            /// The store is open. Before that, the rows are those of the last session.
            pub ready: bool,
            /// Totals of the last session, while the store opens.
            pub preview: Option<(usize, [usize; 4])>,
            /// Freshness of tickets and usage across all accounts, when an account was last read.
            pub freshness: DataFreshness,
            /// The active warning phrases: those of the lexicon without the dismissed ones.
            pub phrases: Arc<Lexicon>,
            /// All warning phrases, reloaded when their file changes.
            pub lexicon: Arc<Lexicon>,
            /// Everybody's working days; `calendars_of` is the absences version and day they were
            /// made for.
            pub calendars: Calendars,
            pub calendars_of: Option<(u64, NaiveDate)>,
            pub screen: Screen,
            /// Screens to go back to, the most recent last.
            pub back: Vec<Screen>,
            pub overlays: Vec<Overlay>,
            /// The place that a verb wants to open.
            pub going: Option<Place>,
            /// The request that waits for a dossier: only the latest.
            pub waiting: Option<Reply>,
            pub toast: Option<Toast>,
            pub geometry: Geometry,
            pub saving: Saving,
            /// Operations that are not on disk yet, each with the drafts to discard once it is.
            pub unsaved: Vec<Unsaved>,
            pub drafts: BTreeMap<String, serde_json::Value>,
            pub draft_times: Times,
            /// The user was warned that quitting would lose a draft.
            pub warned: bool,
            /// The contacts of the account read last, for `@` names.
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

            /// Our people where an account is talked about.
            pub fn ours(&self, account: &AccountId) -> Ours<'_> {
                let account = self.book.get(account).map(|row| &row.account);
                Ours::new(&self.author.name, &self.author.ours).at_account(account)
            }

            /// The account that a verb applies to: the one under the cursor.
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
    /// Shows what was done.
    pub fn say(&mut self, text: impl Into<String>) {
        self.toast = Some(self.toast_of(text.into()));
    }

    /// Shows why something was not done.
    pub fn refuse(&mut self, text: impl Into<String>) {
        self.toast = Some(Toast {
            bad: true,
            ..self.toast_of(text.into())
        });
    }

    /// Shows that something was saved, unless another message is shown.
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

    /// Shows a read-only text.
    pub fn show(&mut self, title: impl Into<String>, lines: Vec<String>) {
        let notice = Notice::new(title, lines);
        self.overlays.push(Overlay::Notice(notice));
    }

    /// Goes to another screen; `step_back` returns from it.
    pub fn goto(&mut self, screen: Screen) {
        if self.screen != screen {
            self.back.retain(|s| *s != screen);
            self.back.push(self.screen);
            self.screen = screen;
        }
    }

    /// Goes back to the previous screen, or to Today.
    pub fn step_back(&mut self) {
        self.screen = self.back.pop().unwrap_or(Screen::Today);
    }

    /// An account from the book.
    pub fn account_of(&self, id: &AccountId) -> Option<Account> {
        self.book.get(id).map(|r| r.account.clone())
    }

    /// The contacts of an account, if they have been read.
    pub fn people_of(&self, account: &AccountId) -> Vec<Contact> {
        let pane = self.account.as_ref().filter(|a| a.id == *account);
        let open = pane.and_then(|a| a.dossier.as_ref());
        let read = self.people.as_ref().filter(|p| p.0 == *account);
        open.map(|d| d.contacts.clone())
            .or_else(|| read.map(|p| p.1.clone()))
            .unwrap_or_default()
    }

    /// The inputs of planning.
    pub fn desk(&self) -> Desk<'_> {
        Desk {
            policy: &self.config.cadence,
            calendars: &self.calendars,
            now: self.now,
        }
    }
}
