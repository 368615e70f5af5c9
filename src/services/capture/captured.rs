//! The contents of a typed text.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::action::Side;
use crate::domain::facts::touch::TouchKind;

/// An action as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub what: String,
    pub side: Side,
    pub owner: String,
    pub due: Option<chrono::NaiveDate>,
    pub promised: bool,
    /// It was typed within a line that stays inside.
    pub inside: bool,
}

/// The contents of a typed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Captured {
    pub text: String,
    pub actions: Vec<Item>,
    pub tags: Vec<String>,
    pub quotes: Vec<String>,
    /// `^` words that are no dates; they stay in the text.
    pub unread_dates: Vec<String>,
}

/// A talk that was not planned: how, with whom, when. No moment means now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Talk {
    pub kind: TouchKind,
    #[serde(default)]
    pub with: String,
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
}

impl Talk {
    pub fn new(kind: TouchKind) -> Self {
        Self {
            kind,
            with: String::new(),
            at: None,
        }
    }
}
