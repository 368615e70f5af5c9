//! The fields of a form: their values, and how drafts store them.

use serde_json::{Value, json};

use crate::app::kit::editor::Editor;
use crate::app::kit::reading::Reads;
use crate::domain::checkin::Mark;

/// One option of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choosable {
    /// The key stored in drafts; empty for "nothing chosen".
    pub key: &'static str,
    pub label: String,
}

/// The value of a field, by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    Text(Editor),
    Choice {
        options: Vec<Choosable>,
        at: usize,
    },
    Flag(bool),
    /// Any number of options; `at` is the one under the cursor.
    Many {
        options: Vec<Choosable>,
        on: Vec<bool>,
        at: usize,
    },
}

/// A form row that the user may drop or add: a marked line of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub mark: Mark,
    /// The row is left out.
    pub dropped: bool,
    /// It came from a line that stays inside.
    pub inside: bool,
}

/// One field of a form: its label, its hint, and what was put into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub key: &'static str,
    pub label: String,
    pub hint: String,
    pub input: Input,
    /// Set if the field is one of a form's rows.
    pub row: Option<Row>,
    /// What a row was made from, by which it is known again however it was corrected. Empty in an added row.
    pub from: String,
    /// What its text is read as, where that is shown.
    pub reads: Option<Reads>,
}

impl Field {
    pub fn new(key: &'static str, label: &str, hint: &str, input: Input) -> Self {
        Self {
            key,
            label: label.into(),
            hint: hint.into(),
            input,
            row: None,
            from: String::new(),
            reads: None,
        }
    }

    /// The same, and what its text is read as is shown.
    #[must_use]
    pub fn read_as(self, reads: Reads) -> Self {
        Self {
            reads: Some(reads),
            ..self
        }
    }

    /// A row of a form, with its text.
    pub fn row(mark: Mark, label: &str, text: &str, hint: &str) -> Self {
        let row = Row {
            mark,
            dropped: false,
            inside: false,
        };
        let input = Input::Text(Editor::single(text));
        Self {
            row: Some(row),
            from: text.to_owned(),
            reads: (mark == Mark::Action).then_some(Reads::Due),
            ..Self::new("item", label, hint, input)
        }
    }

    /// The trimmed text; `None` if it is empty or the field is not a text.
    pub fn typed(&self) -> Option<String> {
        match &self.input {
            Input::Text(e) => Some(e.text().trim().to_owned()).filter(|t| !t.is_empty()),
            _ => None,
        }
    }

    /// The value as stored in drafts.
    pub fn value(&self) -> Value {
        match &self.input {
            Input::Text(e) => json!(e.text()),
            Input::Choice { options, at } => json!(options.get(*at).map_or("", |o| o.key)),
            Input::Flag(on) => json!(on),
            Input::Many { options, on, .. } => {
                let chosen = options.iter().zip(on).filter(|(_, on)| **on);
                json!(chosen.map(|(o, _)| o.key).collect::<Vec<_>>())
            }
        }
    }

    /// Restores a draft's value. Drafts before schema 4 stored a choice as its index, and several
    /// choices as a list of booleans.
    pub fn restore(&mut self, value: &Value) {
        match (&mut self.input, value) {
            (Input::Text(e), Value::String(text)) if e.text() != *text => {
                *e = Editor::single(text);
            }
            (Input::Choice { options, at }, Value::String(key)) => {
                *at = options.iter().position(|o| o.key == key).unwrap_or(*at);
            }
            (Input::Choice { options, at }, Value::Number(place)) => {
                let place = place.as_u64().map_or(*at, |n| n as usize);
                *at = place.min(options.len().saturating_sub(1));
            }
            (Input::Flag(on), Value::Bool(value)) => *on = *value,
            (Input::Many { options, on, .. }, Value::Array(values)) => {
                if values.iter().all(Value::is_boolean) {
                    let old = values.iter().map(|v| v.as_bool().unwrap_or(false));
                    on.iter_mut().zip(old).for_each(|(on, old)| *on = old);
                } else {
                    let is_on = |o: &Choosable| values.iter().any(|v| v == o.key);
                    *on = options.iter().map(is_on).collect();
                }
            }
            _ => {}
        }
    }
}
