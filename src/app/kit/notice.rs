//! A read-only text.

use crate::app::kit::list::Move;
use crate::keys::{Code, Key};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    pub title: String,
    pub lines: Vec<String>,
    /// Index of the first line shown.
    pub scroll: usize,
}

impl Notice {
    pub fn new(title: impl Into<String>, lines: Vec<String>) -> Self {
        Self {
            title: title.into(),
            lines,
            scroll: 0,
        }
    }
}

/// The movement of a key that scrolls a text.
pub fn scroll_key(key: Key) -> Option<Move> {
    Some(match key.as_command().code {
        Code::Char('j') | Code::Down => Move::Down,
        Code::Char('k') | Code::Up => Move::Up,
        Code::PageDown | Code::Char(' ') => Move::PageDown,
        Code::PageUp => Move::PageUp,
        Code::Char('g') | Code::Home => Move::Top,
        Code::Char('G') | Code::End => Move::Bottom,
        _ => return None,
    })
}

/// Whether a key closes the text.
pub fn closes(key: Key) -> bool {
    matches!(
        key.as_command().code,
        Code::Esc | Code::Enter | Code::Char('q')
    )
}

/// The answer to a yes-or-no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YesNo {
    Yes,
    No,
}

/// Reads an answer: `y` and Enter agree; Esc, `n` and `q` decline.
pub fn yes_no(key: Key) -> Option<YesNo> {
    match key.as_command().code {
        Code::Enter | Code::Char('y') => Some(YesNo::Yes),
        Code::Esc | Code::Char('n' | 'q') => Some(YesNo::No),
        _ => None,
    }
}
