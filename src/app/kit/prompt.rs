//! A prompt for one line of text.

use chrono::{DateTime, Utc};

use crate::app::kit::editor::Editor;
use crate::app::kit::reading::Reads;
use crate::keys::{Code, Key};

/// A prompt for one line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    pub title: String,
    pub hint: String,
    pub field: Editor,
    /// The text at the start. Leaving a changed line warns once.
    pub start: String,
    pub leaving: bool,
    /// Why the line was refused.
    pub error: Option<String>,
    /// What the line is read as, where that is shown.
    pub reads: Option<Reads>,
}

/// Effect of a key on a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Stay,
    /// The line was changed, and leaving would lose it.
    Warn,
    Leave,
    Submit,
}

/// Wider than any terminal, so the text never wraps.
const COLUMNS: usize = 200;

impl Prompt {
    pub fn new(title: impl Into<String>, hint: impl Into<String>, text: &str) -> Self {
        Self {
            title: title.into(),
            hint: hint.into(),
            field: Editor::single(text),
            start: text.to_owned(),
            leaving: false,
            error: None,
            reads: None,
        }
    }

    pub fn key(&mut self, key: Key, at: DateTime<Utc>) -> Outcome {
        match key.code {
            Code::Esc if self.leaving || self.field.text() == self.start => Outcome::Leave,
            Code::Esc => {
                self.leaving = true;
                Outcome::Warn
            }
            Code::Enter => Outcome::Submit,
            _ => {
                self.field.key(key, COLUMNS, at);
                self.error = None;
                self.leaving = false;
                Outcome::Stay
            }
        }
    }
}
