//! Forms: named fields with text, choices or yes/no, checked when they are kept.

use super::text::Editor;
use crate::domain::ids::{AccountId, RecordId};
use crate::keys::{Code, Key};

#[derive(Debug, Clone, PartialEq)]
pub enum FormFor {
    Contact { account: AccountId, id: Option<RecordId> },
    Action { id: RecordId },
    WrapUp,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    Text(Editor),
    /// Options by label; the first may mean "nothing chosen".
    Choice {
        options: Vec<String>,
        at: usize,
    },
    Flag(bool),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub key: &'static str,
    pub label: String,
    pub hint: String,
    pub input: Input,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    pub purpose: FormFor,
    pub title: String,
    pub fields: Vec<Field>,
    pub cursor: usize,
    /// The field that cannot be kept, and why.
    pub error: Option<(usize, String)>,
    /// The fields as they were at the start: leaving a changed form asks once.
    pub start: serde_json::Value,
    pub leaving: bool,
}

/// What a key did to a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Stay,
    Keep,
    Leave,
}

impl Form {
    pub fn new(purpose: FormFor, title: impl Into<String>, fields: Vec<Field>) -> Self {
        let mut form = Self { purpose, title: title.into(), fields, cursor: 0, error: None, start: serde_json::Value::Null, leaving: false };
        form.start = form.values();
        form
    }

    pub fn text(&self, key: &str) -> String {
        self.fields
            .iter()
            .find(|f| f.key == key)
            .map(|f| match &f.input {
                Input::Text(e) => e.text().trim().to_owned(),
                Input::Choice { options, at } => options[*at].clone(),
                Input::Flag(_) => String::new(),
            })
            .unwrap_or_default()
    }

    /// The place of the chosen option.
    pub fn choice(&self, key: &str) -> usize {
        self.fields.iter().find(|f| f.key == key).map_or(0, |f| if let Input::Choice { at, .. } = f.input { at } else { 0 })
    }

    pub fn flag(&self, key: &str) -> bool {
        self.fields.iter().any(|f| f.key == key && f.input == Input::Flag(true))
    }

    /// What stands in the fields, to keep it as a draft.
    pub fn values(&self) -> serde_json::Value {
        let value = |f: &Field| match &f.input {
            Input::Text(e) => serde_json::json!(e.text()),
            Input::Choice { at, .. } => serde_json::json!(at),
            Input::Flag(on) => serde_json::json!(on),
        };
        self.fields.iter().map(|f| (f.key.to_owned(), value(f))).collect::<serde_json::Map<_, _>>().into()
    }

    /// Puts a draft back into the fields.
    pub fn restore(&mut self, values: &serde_json::Value) {
        for field in &mut self.fields {
            match (&mut field.input, values.get(field.key)) {
                (Input::Text(e), Some(serde_json::Value::String(text))) if e.text() != *text => *e = if field.key == "actions" { Editor::new(text) } else { Editor::single(text) },
                (Input::Choice { options, at }, Some(v)) => *at = v.as_u64().map_or(*at, |n| (n as usize).min(options.len().saturating_sub(1))),
                (Input::Flag(on), Some(v)) => *on = v.as_bool().unwrap_or(*on),
                _ => {}
            }
        }
    }

    pub fn refuse(&mut self, key: &str, why: String) {
        if let Some(i) = self.fields.iter().position(|f| f.key == key) {
            self.cursor = i;
            self.error = Some((i, why));
        }
    }

    pub fn key(&mut self, key: Key, columns: usize, at: chrono::DateTime<chrono::Utc>) -> Outcome {
        let last = self.fields.len().saturating_sub(1);
        match key.code {
            Code::Esc if self.purpose == FormFor::WrapUp || self.leaving || self.values() == self.start => return Outcome::Leave,
            Code::Esc => {
                self.leaving = true;
                return Outcome::Stay;
            }
            Code::Char('s') if key.ctrl => return Outcome::Keep,
            Code::Tab => self.cursor = if self.cursor == last { 0 } else { self.cursor + 1 },
            Code::BackTab => self.cursor = if self.cursor == 0 { last } else { self.cursor - 1 },
            _ => {
                let Some(field) = self.fields.get_mut(self.cursor) else { return Outcome::Stay };
                match &mut field.input {
                    Input::Text(editor) => {
                        let multi = field.key == "actions";
                        match key.code {
                            Code::Enter if !multi => self.cursor = (self.cursor + 1).min(last),
                            Code::Down if !multi => self.cursor = (self.cursor + 1).min(last),
                            Code::Up if !multi => self.cursor = self.cursor.saturating_sub(1),
                            _ => {
                                editor.key(key, columns, at);
                            }
                        }
                    }
                    Input::Choice { options, at } => match key.as_command().code {
                        Code::Right | Code::Char('l' | ' ') => *at = (*at + 1) % options.len().max(1),
                        Code::Left | Code::Char('h') => *at = (*at + options.len().max(1) - 1) % options.len().max(1),
                        Code::Char(c) if c.is_ascii_digit() => {
                            let n = c as usize - '0' as usize;
                            if n < options.len() {
                                *at = n;
                            }
                        }
                        Code::Down | Code::Enter | Code::Char('j') => self.cursor = (self.cursor + 1).min(last),
                        Code::Up | Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
                        _ => {}
                    },
                    Input::Flag(on) => match key.as_command().code {
                        Code::Right | Code::Left | Code::Char(' ' | 'x') => *on = !*on,
                        Code::Down | Code::Enter | Code::Char('j') => self.cursor = (self.cursor + 1).min(last),
                        Code::Up | Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
                        _ => {}
                    },
                }
            }
        }
        self.error = None;
        self.leaving = false;
        Outcome::Stay
    }

    pub fn paste(&mut self, text: &str, at: chrono::DateTime<chrono::Utc>) {
        if let Some(Field { input: Input::Text(editor), .. }) = self.fields.get_mut(self.cursor) {
            editor.paste(text, at);
        }
    }
}

/// A field of text.
pub fn text(key: &'static str, label: &str, value: &str, hint: &str) -> Field {
    Field { key, label: label.into(), hint: hint.into(), input: Input::Text(Editor::single(value)) }
}

/// A field of several lines.
pub fn lines(key: &'static str, label: &str, value: &str, hint: &str) -> Field {
    Field { key, label: label.into(), hint: hint.into(), input: Input::Text(Editor::new(value)) }
}

/// One of several, `none` first when nothing need be chosen.
pub fn choice(key: &'static str, label: &str, none: Option<&str>, options: &[&str], at: Option<usize>) -> Field {
    let mut all: Vec<String> = none.iter().map(|n| (*n).to_owned()).collect();
    let offset = all.len();
    all.extend(options.iter().map(|o| (*o).to_owned()));
    Field { key, label: label.into(), hint: String::new(), input: Input::Choice { options: all, at: at.map_or(0, |a| a + offset) } }
}

pub fn flag(key: &'static str, label: &str, on: bool) -> Field {
    Field { key, label: label.into(), hint: String::new(), input: Input::Flag(on) }
}
