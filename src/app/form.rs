//! Forms: named fields with text, choices or yes/no, checked when they are kept.

use super::text::Editor;
use crate::domain::checkin::Mark;
use crate::domain::ids::{AccountId, RecordId};
use crate::keys::{Code, Key};

#[derive(Debug, Clone, PartialEq)]
pub enum FormFor {
    Contact {
        account: AccountId,
        id: Option<RecordId>,
    },
    Action {
        id: RecordId,
    },
    WrapUp,
    /// With whom the talk in the composer was, and when.
    Talk,
    /// Something that happens in the customer's business.
    Context {
        account: AccountId,
    },
    /// Health as a person sees it.
    HealthOverride {
        account: AccountId,
    },
    /// What its cadence has of its own.
    Rhythm {
        account: AccountId,
    },
    /// What it wants to hear, or one of its people.
    Prefs {
        account: AccountId,
        contact: Option<RecordId>,
    },
    Absence,
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
    /// Any number of options; `at` is the one under the cursor.
    Many {
        options: Vec<String>,
        on: Vec<bool>,
        at: usize,
    },
}

/// The key of a row that stands for a marked line of a call.
pub const ITEM: &str = "item";

#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub key: &'static str,
    pub label: String,
    pub hint: String,
    pub input: Input,
    /// What a row of a wrap-up is.
    pub mark: Option<Mark>,
    /// The row is left out.
    pub dropped: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    pub purpose: FormFor,
    pub title: String,
    pub fields: Vec<Field>,
    pub cursor: usize,
    /// What stands above the fields.
    pub head: Vec<String>,
    /// It was kept once with something missing: a second time it is taken as it is.
    pub insisted: bool,
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

impl Field {
    fn typed(&self) -> Option<String> {
        if let Input::Text(e) = &self.input {
            Some(e.text().trim().to_owned()).filter(|t| !t.is_empty())
        } else {
            None
        }
    }
}

impl Form {
    pub fn new(purpose: FormFor, title: impl Into<String>, fields: Vec<Field>) -> Self {
        let mut form = Self {
            purpose,
            title: title.into(),
            fields,
            cursor: 0,
            head: Vec::new(),
            insisted: false,
            error: None,
            start: serde_json::Value::Null,
            leaving: false,
        };
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
                Input::Flag(_) | Input::Many { .. } => String::new(),
            })
            .unwrap_or_default()
    }

    /// The place of the chosen option.
    pub fn choice(&self, key: &str) -> usize {
        self.fields.iter().find(|f| f.key == key).map_or(0, |f| {
            if let Input::Choice { at, .. } = f.input {
                at
            } else {
                0
            }
        })
    }

    pub fn flag(&self, key: &str) -> bool {
        self.fields
            .iter()
            .any(|f| f.key == key && f.input == Input::Flag(true))
    }

    /// The places of the options that are on.
    pub fn many(&self, key: &str) -> Vec<usize> {
        self.fields
            .iter()
            .find(|f| f.key == key)
            .map(|f| {
                if let Input::Many { on, .. } = &f.input {
                    (0..on.len()).filter(|i| on[*i]).collect()
                } else {
                    Vec::new()
                }
            })
            .unwrap_or_default()
    }

    /// The rows that were not dropped, with their place among the fields.
    pub fn items(&self) -> Vec<(usize, Mark, String)> {
        let rows = self
            .fields
            .iter()
            .enumerate()
            .filter(|(_, f)| f.key == ITEM && !f.dropped);
        rows.filter_map(|(i, f)| match (&f.mark, &f.input) {
            (Some(mark), Input::Text(e)) if !e.text().trim().is_empty() => {
                Some((i, *mark, e.text().trim().to_owned()))
            }
            _ => None,
        })
        .collect()
    }

    /// What stands in the fields, to keep it as a draft.
    pub fn values(&self) -> serde_json::Value {
        let value = |f: &Field| match &f.input {
            Input::Text(e) => serde_json::json!(e.text()),
            Input::Choice { at, .. } => serde_json::json!(at),
            Input::Flag(on) => serde_json::json!(on),
            Input::Many { on, .. } => serde_json::json!(on),
        };
        let mut out: serde_json::Map<_, _> = self
            .fields
            .iter()
            .filter(|f| f.key != ITEM)
            .map(|f| (f.key.to_owned(), value(f)))
            .collect();
        let rows: Vec<_> = self
            .fields
            .iter()
            .filter(|f| f.key == ITEM)
            .map(|f| serde_json::json!({ "mark": f.mark, "text": value(f), "dropped": f.dropped }))
            .collect();
        if !rows.is_empty() {
            out.insert(ITEM.to_owned(), rows.into());
        }
        out.into()
    }

    /// Puts a draft back into the fields.
    pub fn restore(&mut self, values: &serde_json::Value) {
        if let Some(rows) = values.get(ITEM).and_then(|v| v.as_array()) {
            self.restore_rows(rows);
        }
        for field in &mut self.fields {
            match (&mut field.input, values.get(field.key)) {
                (Input::Text(e), Some(serde_json::Value::String(text))) if e.text() != *text => {
                    *e = Editor::single(text)
                }
                (Input::Choice { options, at }, Some(v)) => {
                    *at = v
                        .as_u64()
                        .map_or(*at, |n| (n as usize).min(options.len().saturating_sub(1)))
                }
                (Input::Flag(on), Some(v)) => *on = v.as_bool().unwrap_or(*on),
                (Input::Many { on, .. }, Some(serde_json::Value::Array(v))) => on
                    .iter_mut()
                    .zip(v)
                    .for_each(|(o, v)| *o = v.as_bool().unwrap_or(*o)),
                _ => {}
            }
        }
    }

    /// Rows of a draft take the place of the fresh ones; lines that were marked since come after.
    fn restore_rows(&mut self, rows: &[serde_json::Value]) {
        let fresh: Vec<Field> = self
            .fields
            .iter()
            .filter(|f| f.key == ITEM)
            .cloned()
            .collect();
        let mut kept: Vec<Field> = Vec::new();
        for row in rows {
            let (Some(mark), Some(text)) = (
                row.get("mark")
                    .and_then(|m| serde_json::from_value::<Mark>(m.clone()).ok()),
                row.get("text").and_then(|t| t.as_str()),
            ) else {
                continue;
            };
            let shape = fresh
                .iter()
                .find(|f| f.mark == Some(mark))
                .or(fresh.first());
            let (label, hint) = shape.map_or((String::new(), String::new()), |f| {
                (
                    if f.mark == Some(mark) {
                        f.label.clone()
                    } else {
                        String::new()
                    },
                    f.hint.clone(),
                )
            });
            let dropped = row
                .get("dropped")
                .and_then(|d| d.as_bool())
                .unwrap_or(false);
            kept.push(Field {
                key: ITEM,
                label,
                hint,
                input: Input::Text(Editor::single(text)),
                mark: Some(mark),
                dropped,
            });
        }
        let known: Vec<String> = kept.iter().filter_map(Field::typed).collect();
        kept.extend(fresh.into_iter().filter(|f| {
            f.typed().is_some_and(|t| {
                !known
                    .iter()
                    .any(|k| k.contains(&t) || t.contains(k.as_str()))
            })
        }));
        let rest: Vec<Field> = self.fields.drain(..).filter(|f| f.key != ITEM).collect();
        self.fields = kept.into_iter().chain(rest).collect();
    }

    pub fn refuse_at(&mut self, place: usize, why: String) {
        self.cursor = place;
        self.error = Some((place, why));
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
            Code::Esc
                if self.purpose == FormFor::WrapUp
                    || self.leaving
                    || self.values() == self.start =>
            {
                return Outcome::Leave;
            }
            Code::Esc => {
                self.leaving = true;
                return Outcome::Stay;
            }
            Code::Char('s') if key.ctrl => return Outcome::Keep,
            Code::Char('x')
                if key.ctrl && self.fields.get(self.cursor).is_some_and(|f| f.key == ITEM) =>
            {
                self.fields[self.cursor].dropped ^= true;
                self.insisted = false;
            }
            Code::Char('n') if key.ctrl && self.purpose == FormFor::WrapUp => {
                // A further action, after the rows there are.
                let at = self.fields.iter().take_while(|f| f.key == ITEM).count();
                let label = self
                    .fields
                    .iter()
                    .find(|f| f.mark == Some(Mark::Action))
                    .map_or(String::new(), |f| f.label.clone());
                self.fields.insert(
                    at,
                    Field {
                        key: ITEM,
                        label,
                        hint: String::new(),
                        input: Input::Text(Editor::single("")),
                        mark: Some(Mark::Action),
                        dropped: false,
                    },
                );
                self.cursor = at;
                self.insisted = false;
            }
            Code::Tab => {
                self.cursor = if self.cursor == last {
                    0
                } else {
                    self.cursor + 1
                }
            }
            Code::BackTab => {
                self.cursor = if self.cursor == 0 {
                    last
                } else {
                    self.cursor - 1
                }
            }
            _ => {
                let Some(field) = self.fields.get_mut(self.cursor) else {
                    return Outcome::Stay;
                };
                match &mut field.input {
                    Input::Text(editor) => match key.code {
                        Code::Enter | Code::Down => self.cursor = (self.cursor + 1).min(last),
                        Code::Up => self.cursor = self.cursor.saturating_sub(1),
                        _ => {
                            editor.key(key, columns, at);
                        }
                    },
                    Input::Choice { options, at } => match key.as_command().code {
                        Code::Right | Code::Char('l' | ' ') => {
                            *at = (*at + 1) % options.len().max(1)
                        }
                        Code::Left | Code::Char('h') => {
                            *at = (*at + options.len().max(1) - 1) % options.len().max(1)
                        }
                        Code::Char(c) if c.is_ascii_digit() => {
                            let n = c as usize - '0' as usize;
                            if n < options.len() {
                                *at = n;
                            }
                        }
                        Code::Down | Code::Enter | Code::Char('j') => {
                            self.cursor = (self.cursor + 1).min(last)
                        }
                        Code::Up | Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
                        _ => {}
                    },
                    Input::Many { on, at, .. } => match key.as_command().code {
                        Code::Right | Code::Char('l') => *at = (*at + 1) % on.len().max(1),
                        Code::Left | Code::Char('h') => {
                            *at = (*at + on.len().max(1) - 1) % on.len().max(1)
                        }
                        Code::Char(' ' | 'x') => {
                            if let Some(o) = on.get_mut(*at) {
                                *o = !*o;
                            }
                        }
                        Code::Down | Code::Enter | Code::Char('j') => {
                            self.cursor = (self.cursor + 1).min(last)
                        }
                        Code::Up | Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
                        _ => {}
                    },
                    Input::Flag(on) => match key.as_command().code {
                        Code::Right | Code::Left | Code::Char(' ' | 'x') => *on = !*on,
                        Code::Down | Code::Enter | Code::Char('j') => {
                            self.cursor = (self.cursor + 1).min(last)
                        }
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
        if let Some(Field {
            input: Input::Text(editor),
            ..
        }) = self.fields.get_mut(self.cursor)
        {
            editor.paste(text, at);
        }
    }
}

/// A field of text.
pub fn text(key: &'static str, label: &str, value: &str, hint: &str) -> Field {
    Field {
        key,
        label: label.into(),
        hint: hint.into(),
        input: Input::Text(Editor::single(value)),
        mark: None,
        dropped: false,
    }
}

/// One of several, `none` first when nothing need be chosen.
pub fn choice(
    key: &'static str,
    label: &str,
    none: Option<&str>,
    options: &[&str],
    at: Option<usize>,
) -> Field {
    let mut all: Vec<String> = none.iter().map(|n| (*n).to_owned()).collect();
    let offset = all.len();
    all.extend(options.iter().map(|o| (*o).to_owned()));
    Field {
        key,
        label: label.into(),
        hint: String::new(),
        input: Input::Choice {
            options: all,
            at: at.map_or(0, |a| a + offset),
        },
        mark: None,
        dropped: false,
    }
}

pub fn many(key: &'static str, label: &str, options: &[&str], on: &[usize]) -> Field {
    let options: Vec<String> = options.iter().map(|o| (*o).to_owned()).collect();
    let on = (0..options.len()).map(|i| on.contains(&i)).collect();
    Field {
        key,
        label: label.into(),
        hint: String::new(),
        input: Input::Many { options, on, at: 0 },
        mark: None,
        dropped: false,
    }
}

/// A row for a marked line.
pub fn item(mark: Mark, label: &str, words: &str, hint: &str) -> Field {
    Field {
        key: ITEM,
        label: label.into(),
        hint: hint.into(),
        input: Input::Text(Editor::single(words)),
        mark: Some(mark),
        dropped: false,
    }
}

pub fn flag(key: &'static str, label: &str, on: bool) -> Field {
    Field {
        key,
        label: label.into(),
        hint: String::new(),
        input: Input::Flag(on),
        mark: None,
        dropped: false,
    }
}
