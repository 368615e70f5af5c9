//! A form: named fields with text, choices or flags, validated by the feature that asks.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::app::kit::editor::Editor;
use crate::app::kit::field::{Field, Input, Row};
use crate::domain::checkin::Mark;
use crate::keys::{Code, Key};
use crate::ops::Refusal;

/// Rows of a form beside its fields: marked lines that are confirmed one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Mark and label of an added row.
    pub more: Mark,
    pub label: String,
}

/// A form that is being filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    pub title: String,
    pub fields: Vec<Field>,
    pub cursor: usize,
    /// Lines shown above the fields.
    pub head: Vec<String>,
    /// Set if the form has rows.
    pub rows: Option<Rows>,
    /// The draft to which the answers are written while the form is open.
    pub draft: Option<String>,
    /// Keys that leave the form and keep its answers. The feature that asked decides what follows.
    pub leaves: &'static [Code],
    /// The form was submitted with missing parts; the next submission is accepted as it is.
    pub insisted: bool,
    /// The refused field, and why.
    pub error: Option<(usize, String)>,
    /// The answers at the start. Leaving a changed form warns once.
    pub start: Value,
    pub leaving: bool,
}

/// Effect of a key on a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Stay,
    Submit,
    /// The answers are discarded.
    Leave,
    /// Left by one of [`Form::leaves`].
    Keep(Key),
}

/// The draft key that holds all rows.
const ROWS: &str = "item";

impl Form {
    pub fn new(title: impl Into<String>, fields: Vec<Field>) -> Self {
        let mut form = Self {
            title: title.into(),
            fields,
            cursor: 0,
            head: Vec::new(),
            rows: None,
            draft: None,
            leaves: &[],
            insisted: false,
            error: None,
            start: Value::Null,
            leaving: false,
        };
        form.start = form.values();
        form
    }

    /// The field with this key, rows excluded.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.row.is_none() && f.key == key)
    }

    /// The rows that were not dropped, each with its index among the fields.
    pub fn items(&self) -> Vec<(usize, Row, String)> {
        let row = |(i, f): (usize, &Field)| {
            let row = f.row.filter(|r| !r.dropped)?;
            Some((i, row, f.typed()?))
        };
        self.fields.iter().enumerate().filter_map(row).collect()
    }

    /// The values of all fields, as stored in drafts.
    pub fn values(&self) -> Value {
        let fields = self.fields.iter().filter(|f| f.row.is_none());
        let mut out: serde_json::Map<String, Value> =
            fields.map(|f| (f.key.to_owned(), f.value())).collect();
        let rows: Vec<Value> = self
            .fields
            .iter()
            .filter_map(|f| {
                let Row {
                    mark,
                    dropped,
                    inside,
                } = f.row?;
                Some(serde_json::json!({
                    "mark": mark, "text": f.value(), "dropped": dropped, "inside": inside, "from": f.from
                }))
            })
            .collect();
        if !rows.is_empty() {
            out.insert(ROWS.to_owned(), rows.into());
        }
        out.into()
    }

    /// Restores a draft into the fields.
    pub fn restore(&mut self, values: &Value) {
        if let Some(rows) = values.get(ROWS).and_then(Value::as_array) {
            self.restore_rows(rows);
        }
        for field in self.fields.iter_mut().filter(|f| f.row.is_none()) {
            if let Some(value) = values.get(field.key) {
                field.restore(value);
            }
        }
    }

    /// Replaces the rows by those of the draft. Lines marked since then are appended.
    fn restore_rows(&mut self, rows: &[Value]) {
        let (fresh, rest): (Vec<Field>, Vec<Field>) =
            self.fields.drain(..).partition(|f| f.row.is_some());
        let mut kept: Vec<Field> = rows.iter().filter_map(|r| row_of(r, &fresh)).collect();
        // A line that was changed in the call is a row of its own; what it said before is none.
        let gone = |f: &Field| !f.from.is_empty() && !fresh.iter().any(|n| n.from == f.from);
        kept.retain(|f| !gone(f) || f.typed().is_some_and(|t| !t.starts_with(&f.from)));
        let made = |f: &Field| kept.iter().any(|k| k.from == f.from);
        // Drafts of earlier versions do not say what a row was made from.
        let old = |r: &&Value| r.get("from").is_none();
        let texts = rows
            .iter()
            .filter(old)
            .filter_map(|r| r.get("text")?.as_str());
        let texts: Vec<&str> = texts.map(str::trim).filter(|t| !t.is_empty()).collect();
        let alike = |f: &Field| {
            let typed = f.typed().unwrap_or_default();
            texts
                .iter()
                .any(|k| k.contains(&typed) || typed.contains(*k))
        };
        let new: Vec<Field> = fresh
            .into_iter()
            .filter(|f| !made(f) && !alike(f))
            .collect();
        kept.extend(new);
        self.fields = kept.into_iter().chain(rest).collect();
    }

    /// Moves to the refused field.
    pub fn refuse_at(&mut self, place: usize, why: String) {
        self.cursor = place;
        self.error = Some((place, why));
    }

    /// Moves to the field that a refusal names, if any.
    pub fn refuse(&mut self, refusal: &Refusal, why: String) {
        let named = |f: &Field| f.row.is_none() && f.key == refusal.field;
        if let Some(place) = self.fields.iter().position(named) {
            self.refuse_at(place, why);
        }
    }

    /// `columns` is the display width of the texts.
    pub fn key(&mut self, key: Key, columns: usize, at: DateTime<Utc>) -> Outcome {
        let last = self.fields.len().saturating_sub(1);
        match key.code {
            code if self.leaves.contains(&code) => return Outcome::Keep(key),
            Code::Esc if self.leaving || self.values() == self.start => {
                return Outcome::Leave;
            }
            Code::Esc => {
                self.leaving = true;
                return Outcome::Stay;
            }
            Code::Char('s') if key.ctrl => return Outcome::Submit,
            Code::Char('x') if key.ctrl && self.row_here().is_some() => {
                if let Some(row) = self.row_here() {
                    row.dropped ^= true;
                }
                self.insisted = false;
            }
            Code::Char('n') if key.ctrl && self.rows.is_some() => self.add_row(),
            Code::Tab => {
                self.cursor = if self.cursor == last {
                    0
                } else {
                    self.cursor + 1
                }
            }
            Code::BackTab => self.cursor = self.cursor.checked_sub(1).unwrap_or(last),
            _ => {
                let Some(field) = self.fields.get_mut(self.cursor) else {
                    return Outcome::Stay;
                };
                match input_key(&mut field.input, key, columns, at) {
                    Step::Here => {}
                    Step::Next => self.cursor = (self.cursor + 1).min(last),
                    Step::Previous => self.cursor = self.cursor.saturating_sub(1),
                }
            }
        }
        self.error = None;
        self.leaving = false;
        Outcome::Stay
    }

    fn row_here(&mut self) -> Option<&mut Row> {
        self.fields.get_mut(self.cursor)?.row.as_mut()
    }

    /// Adds a row after the existing ones.
    fn add_row(&mut self) {
        let Some(rows) = &self.rows else { return };
        let at = self.fields.iter().take_while(|f| f.row.is_some()).count();
        self.fields
            .insert(at, Field::row(rows.more, &rows.label, "", ""));
        self.cursor = at;
        self.insisted = false;
    }

    pub fn paste(&mut self, text: &str, at: DateTime<Utc>) {
        if let Some(Input::Text(editor)) = self.fields.get_mut(self.cursor).map(|f| &mut f.input) {
            editor.paste(text, at);
        }
    }
}

/// A row of a draft, with the label and hint of fresh rows with the same mark.
fn row_of(value: &Value, fresh: &[Field]) -> Option<Field> {
    let mark: Mark = serde_json::from_value(value.get("mark")?.clone()).ok()?;
    let text = value.get("text")?.as_str()?;
    let is = |f: &Field| f.row.is_some_and(|r| r.mark == mark);
    let like = fresh.iter().find(|f| is(f));
    let label = like.map_or("", |f| f.label.as_str());
    let hint = like.or(fresh.first()).map_or("", |f| f.hint.as_str());
    let mut field = Field::row(mark, label, text, hint);
    field.from = value
        .get("from")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let is = |key: &str| value.get(key).and_then(Value::as_bool).unwrap_or(false);
    field.row = Some(Row {
        mark,
        dropped: is("dropped"),
        inside: is("inside"),
    });
    Some(field)
}

/// Where the cursor goes after a key.
enum Step {
    Here,
    Next,
    Previous,
}

fn input_key(input: &mut Input, key: Key, columns: usize, at: DateTime<Utc>) -> Step {
    if let Input::Text(editor) = input {
        return text_key(editor, key, columns, at);
    }
    let code = key.as_command().code;
    match code {
        Code::Down | Code::Enter | Code::Char('j') => return Step::Next,
        Code::Up | Code::Char('k') => return Step::Previous,
        _ => {}
    }
    match input {
        Input::Text(_) => {}
        Input::Flag(on) => {
            if matches!(code, Code::Right | Code::Left | Code::Char(' ' | 'x')) {
                *on = !*on;
            }
        }
        Input::Choice { options, at } => match code {
            Code::Right | Code::Char('l' | ' ') => *at = after(*at, options.len()),
            Code::Left | Code::Char('h') => *at = before(*at, options.len()),
            Code::Char(c) if c.is_ascii_digit() => {
                let place = c as usize - '0' as usize;
                if place < options.len() {
                    *at = place;
                }
            }
            _ => {}
        },
        Input::Many { on, at, .. } => match code {
            Code::Right | Code::Char('l') => *at = after(*at, on.len()),
            Code::Left | Code::Char('h') => *at = before(*at, on.len()),
            Code::Char(' ' | 'x') => {
                if let Some(on) = on.get_mut(*at) {
                    *on = !*on;
                }
            }
            _ => {}
        },
    }
    Step::Here
}

fn text_key(editor: &mut Editor, key: Key, columns: usize, at: DateTime<Utc>) -> Step {
    match key.code {
        Code::Enter | Code::Down => Step::Next,
        Code::Up => Step::Previous,
        _ => {
            editor.key(key, columns, at);
            Step::Here
        }
    }
}

/// The next index, wrapping around.
fn after(at: usize, len: usize) -> usize {
    (at + 1) % len.max(1)
}

/// The previous index, wrapping around.
fn before(at: usize, len: usize) -> usize {
    (at + len.max(1) - 1) % len.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_changed_in_the_call_replaces_its_row_and_a_new_one_is_added() {
        let row = |text: &str| Field::row(Mark::Decision, "decision", text, "");
        let mut left = Form::new("", vec![row("first"), row("second"), row("third")]);
        left.fields[1] = Field {
            from: "second".into(),
            ..row("second, corrected")
        };
        let mut again = Form::new(
            "",
            vec![
                row("first, changed"),
                row("second"),
                row("third"),
                row("fourth"),
            ],
        );
        again.restore(&left.values());
        let texts: Vec<String> = again.fields.iter().filter_map(Field::typed).collect();
        assert_eq!(
            texts,
            ["second, corrected", "third", "first, changed", "fourth"]
        );
        // A draft of an earlier version does not say what its rows were made from.
        let mut old = left.values();
        for row in old["item"].as_array_mut().expect("rows") {
            row.as_object_mut().expect("a row").remove("from");
        }
        let mut again = Form::new("", vec![row("first"), row("second"), row("fourth")]);
        again.restore(&old);
        let texts: Vec<String> = again.fields.iter().filter_map(Field::typed).collect();
        assert_eq!(texts, ["first", "second, corrected", "third", "fourth"]);
    }
}
