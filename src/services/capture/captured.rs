//! The contents of a typed text.

use crate::domain::action::Side;

/// An action as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub what: String,
    pub side: Side,
    pub owner: String,
    pub due: Option<chrono::NaiveDate>,
    pub promised: bool,
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
