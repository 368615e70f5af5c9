//! Verbs, and the faces of screens: records that the features fill in for the keyboard.

use chrono::{DateTime, Utc};

use super::kit::list::Move;
use super::kit::scope::Scope;
use super::model::Model;
use super::msg::Effect;
use crate::keys::Key;
use crate::words::{self, Lang, Text};

/// Why a verb cannot run now, translated.
pub type Reason = fn(Lang) -> &'static str;

/// Work requested from the runtime.
pub type Effects = Vec<Effect>;

/// An action available by key and in the palette. Entries with the same id are one verb with
/// different keys.
#[derive(Clone, Copy)]
pub struct Verb {
    pub id: &'static str,
    pub scope: &'static Scope,
    /// In the notation of [`Key::script`]; the first key is the one shown.
    pub keys: &'static [&'static str],
    pub words: Text,
    /// Whether the footer shows the verb now; `None` for never.
    pub footer: Option<fn(&Model) -> bool>,
    /// Position among the verbs of its scope, smallest first. Verbs with the same position keep
    /// their declaration order.
    pub place: u16,
    /// Whether the verb can run now, or why not.
    pub ready: fn(&Model) -> Result<(), Reason>,
    pub run: fn(&mut Model, &mut Effects),
}

/// The default position, for verbs shown in declaration order.
const MIDDLE: u16 = 500;

/// A verb that can always run and is not in the footer.
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
    /// Shows the verb in the footer.
    pub const fn footer(self) -> Self {
        self.footer_when(|_| true)
    }

    /// Shows the verb in the footer when it has something to do.
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

    /// The same verb with other keys in another scope.
    pub const fn also(self, scope: &'static Scope, keys: &'static [&'static str]) -> Self {
        Self {
            scope,
            keys,
            ..self
        }
    }

    /// The key as it is displayed.
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

/// Requires an account under the cursor.
pub fn needs_account(model: &Model) -> Result<(), Reason> {
    if model.subject().is_some() {
        Ok(())
    } else if !model.ready && model.book.rows().is_empty() {
        Err(words::common::still_opening)
    } else {
        Err(words::common::no_account_chosen)
    }
}

/// Requires the open store.
pub fn needs_store(model: &Model) -> Result<(), Reason> {
    if model.ready {
        Ok(())
    } else {
        Err(words::common::still_opening)
    }
}

/// Requires an account and the open store.
pub fn needs_account_and_store(model: &Model) -> Result<(), Reason> {
    needs_account(model).and_then(|()| needs_store(model))
}

/// Keys that work on every screen.
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

/// What the shell needs from a screen. Parts a screen lacks keep the default of [`Face::BLANK`].
#[derive(Clone, Copy)]
pub struct Face {
    /// The active key scopes, the nearest first.
    pub scopes: fn(&Model) -> &'static [&'static Scope],
    /// Moves in the list or text.
    pub go: fn(&mut Model, Move),
    /// Keeps the list within the viewport after a change.
    pub hold: fn(&mut Model),
    /// Handles Enter.
    pub open: fn(&mut Model, &mut Effects),
    /// Whether the footer offers Enter.
    pub opens: fn(&Model) -> bool,
    /// Goes back within the screen. Returns whether there was an inner level to leave.
    pub back: fn(&mut Model) -> bool,
    /// Updates the shown data after any message, while the screen is shown.
    pub refresh: fn(&mut Model, &mut Effects),
    /// When the screen needs its next tick.
    pub wake: fn(&Model) -> Option<DateTime<Utc>>,
    /// Takes a key before any verb does. Returns whether it did.
    pub grab: fn(&mut Model, Key) -> bool,
    /// Takes a key that is not bound to a verb, as text.
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
        refresh: |_, _| {},
        wake: |_| None,
        grab: |_, _| false,
        text: |_, _, _| {},
        paste: |_, _| {},
    };
}
