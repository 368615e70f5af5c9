//! Verbs, and the faces of screens: what the keyboard can do, as records that the features fill in.

use chrono::{DateTime, Utc};

use super::kit::list::Move;
use super::kit::scope::Scope;
use super::model::Model;
use super::msg::Effect;
use crate::keys::Key;
use crate::words::{self, Lang, Text};

/// Why a verb cannot run now: an entry of the words.
pub type Reason = fn(Lang) -> &'static str;

/// What the runtime is asked for.
pub type Effects = Vec<Effect>;

/// One thing that can be done by key and palette. Two of the same id are one verb with other keys.
#[derive(Clone, Copy)]
pub struct Verb {
    pub id: &'static str,
    pub scope: &'static Scope,
    /// In the notation of [`Key::script`]; the first is the one shown.
    pub keys: &'static [&'static str],
    pub words: Text,
    /// Whether the footer shows it here; none where it never does.
    pub footer: Option<fn(&Model) -> bool>,
    /// Its place among the verbs of its scope, smaller first; those of the same place stand in the
    /// order in which they are listed.
    pub place: u16,
    /// Whether it can run now, or why not.
    pub ready: fn(&Model) -> Result<(), Reason>,
    pub run: fn(&mut Model, &mut Effects),
}

/// A place in the middle: most verbs stand in the order in which they are listed.
const MIDDLE: u16 = 500;

/// A verb that can always run and has no place in the footer.
pub const fn verb(
    id: &'static str,
    scope: &'static Scope,
    keys: &'static [&'static str],
    words: Text,
    run: fn(&mut Model, &mut Effects),
) -> Verb {
    Verb {
        id,
        scope,
        keys,
        words,
        footer: None,
        place: MIDDLE,
        ready: always,
        run,
    }
}

impl Verb {
    /// The same, shown in the footer.
    pub const fn footer(self) -> Self {
        self.footer_when(|_| true)
    }

    /// The same, shown in the footer where it has something to do.
    pub const fn footer_when(self, shown: fn(&Model) -> bool) -> Self {
        Self {
            footer: Some(shown),
            ..self
        }
    }

    pub const fn ready(self, ready: fn(&Model) -> Result<(), Reason>) -> Self {
        Self { ready, ..self }
    }

    pub const fn place(self, place: u16) -> Self {
        Self { place, ..self }
    }

    /// The same verb by other keys in another scope.
    pub const fn also(self, scope: &'static Scope, keys: &'static [&'static str]) -> Self {
        Self {
            scope,
            keys,
            ..self
        }
    }

    /// The key as it is shown.
    pub fn key(&self) -> String {
        Key::script(self.keys[0])
            .first()
            .map(Key::to_string)
            .unwrap_or_default()
    }
}

fn always(_model: &Model) -> Result<(), Reason> {
    Ok(())
}

/// An account must be under the cursor.
pub fn needs_account(model: &Model) -> Result<(), Reason> {
    if model.subject().is_some() {
        Ok(())
    } else if !model.ready && model.book.rows().is_empty() {
        Err(words::common::still_opening)
    } else {
        Err(words::common::no_account_chosen)
    }
}

/// The store must be open.
pub fn needs_store(model: &Model) -> Result<(), Reason> {
    if model.ready {
        Ok(())
    } else {
        Err(words::common::still_opening)
    }
}

/// Both an account and the open store.
pub fn needs_account_and_store(model: &Model) -> Result<(), Reason> {
    needs_account(model).and_then(|()| needs_store(model))
}

/// Keys that mean something on every screen.
pub const GLOBAL: Scope = Scope {
    id: "global",
    words: Text::new("Everywhere", "どこでも"),
    place: 90,
};

/// Keys of every list.
pub const LIST: Scope = Scope {
    id: "list",
    words: Text::new("Lists", "一覧"),
    place: 10,
};

/// What the desk needs of a screen. What a screen does not have stays as it is in [`Face::BLANK`].
#[derive(Clone, Copy)]
pub struct Face {
    /// What the keyboard speaks to, the nearest first.
    pub scopes: fn(&Model) -> &'static [&'static Scope],
    /// Moves in the list or text.
    pub go: fn(&mut Model, Move),
    /// Holds the list to the viewport after something changed.
    pub hold: fn(&mut Model),
    /// Enter.
    pub open: fn(&mut Model, &mut Effects),
    /// Whether the footer offers Enter.
    pub opens: fn(&Model) -> bool,
    /// Goes back within the screen; answers whether there was anything to go back from.
    pub back: fn(&mut Model) -> bool,
    /// Makes what is shown anew, after anything happened while it is shown.
    pub refresh: fn(&mut Model),
    /// When it wants to hear of the time again.
    pub wake: fn(&Model) -> Option<DateTime<Utc>>,
    /// Takes a key before any verb does; answers whether it did.
    pub grab: fn(&mut Model, Key) -> bool,
    /// Takes a key that is no verb: it is text.
    pub text: fn(&mut Model, Key, &mut Effects),
    pub paste: fn(&mut Model, &str),
}

impl Face {
    pub const BLANK: Face = Face {
        scopes: |_| &[&LIST, &GLOBAL],
        go: |_, _| {},
        hold: |_| {},
        open: |_, _| {},
        opens: |_| true,
        back: |_| false,
        refresh: |_| {},
        wake: |_| None,
        grab: |_, _| false,
        text: |_, _, _| {},
        paste: |_, _| {},
    };
}
