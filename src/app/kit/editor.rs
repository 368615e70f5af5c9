//! The text editor as a plain value: one line or many, by graphemes, with selection, undo and soft
//! wrap. It must not draw or read a clock: the caller passes the time stamped on lines.
//!
//! A widget library's editor does not fit, because the client's state must not depend on the
//! terminal, and because every line carries its time and mark.
//! Larger than 400 lines because it is one value with all of its keys.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use unicode_segmentation::UnicodeSegmentation;

use super::wrap;
use crate::domain::checkin::{Line, Mark};
use crate::domain::text;
use crate::keys::{Code, Key};

/// A position in the text: line, and byte within the line (always at a grapheme boundary).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pos {
    pub line: usize,
    pub byte: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Type,
    Erase,
    Other,
}

#[derive(Debug, Clone, PartialEq)]
struct Snapshot {
    lines: Vec<Arc<Line>>,
    cursor: Pos,
}

/// A text being edited: lines, cursor, selection and undo history.
#[derive(Debug, Clone, PartialEq)]
pub struct Editor {
    lines: Vec<Arc<Line>>,
    cursor: Pos,
    anchor: Option<Pos>,
    single: bool,
    undo: Vec<Snapshot>,
    redo: Vec<Snapshot>,
    last: Step,
    /// The column kept while moving up and down.
    goal: Option<usize>,
    /// Increases with every change of the text.
    pub version: u64,
}

/// Most undo steps kept.
const STEPS: usize = 400;

/// Removes control characters, and replaces tabs by blanks, because characters without a width of
/// their own cannot be edited on screen.
fn clean(text: &str) -> String {
    let text = text::clean(text);
    if text.contains('\t') {
        text.replace('\t', "    ")
    } else {
        text
    }
}

fn line(text: impl Into<String>, at: Option<DateTime<Utc>>) -> Arc<Line> {
    Arc::new(Line {
        at,
        text: text.into(),
        mark: None,
    })
}

impl Editor {
    /// An editor of many lines, with the cursor at the end.
    pub fn new(text: &str) -> Self {
        let lines = if text.is_empty() {
            vec![line("", None)]
        } else {
            clean(text).split('\n').map(|l| line(l, None)).collect()
        };
        Self::with(lines, false)
    }

    /// A field of one line.
    pub fn single(text: &str) -> Self {
        Self::with(
            vec![line(clean(text).replace(['\n', '\t'], " "), None)],
            true,
        )
    }

    /// An editor over lines that already have times and marks.
    pub fn of_lines(lines: &[Line]) -> Self {
        let lines: Vec<_> = lines.iter().cloned().map(Arc::new).collect();
        Self::with(
            if lines.is_empty() {
                vec![line("", None)]
            } else {
                lines
            },
            false,
        )
    }

    fn with(lines: Vec<Arc<Line>>, single: bool) -> Self {
        let mut editor = Self {
            lines,
            cursor: Pos::default(),
            anchor: None,
            single,
            undo: Vec::new(),
            redo: Vec::new(),
            last: Step::Other,
            goal: None,
            version: 0,
        };
        editor.cursor = editor.end();
        editor
    }

    /// The length of the text in bytes.
    pub fn bytes(&self) -> usize {
        self.lines.iter().map(|l| l.text.len() + 1).sum()
    }

    pub fn text(&self) -> String {
        self.lines
            .iter()
            .map(|l| l.text.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    }

    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(|l| l.text.trim().is_empty())
    }

    pub fn lines(&self) -> impl ExactSizeIterator<Item = &Line> {
        self.lines.iter().map(AsRef::as_ref)
    }

    /// The lines, shared: cheap for any number of lines.
    pub fn shared(&self) -> Vec<Arc<Line>> {
        self.lines.clone()
    }

    pub fn to_lines(&self) -> Vec<Line> {
        self.lines.iter().map(|l| (**l).clone()).collect()
    }

    pub fn cursor(&self) -> Pos {
        self.cursor
    }

    /// The selected range, in order.
    pub fn selection(&self) -> Option<(Pos, Pos)> {
        let anchor = self.anchor?;
        (anchor != self.cursor).then(|| (anchor.min(self.cursor), anchor.max(self.cursor)))
    }

    fn end(&self) -> Pos {
        let last = self.lines.len() - 1;
        Pos {
            line: last,
            byte: self.lines[last].text.len(),
        }
    }

    /// Handles a key. Returns whether the editor used it. Enter is used only in a text of many
    /// lines. `columns` is the display width.
    pub fn key(&mut self, key: Key, columns: usize, at: DateTime<Utc>) -> bool {
        if let Some(c) = key.typed() {
            self.insert(&c.to_string(), at, Step::Type);
            return true;
        }
        let select = key.shift;
        match key.code {
            Code::Enter if !self.single && !key.ctrl && !key.alt => {
                self.insert("\n", at, Step::Other)
            }
            Code::Backspace if key.ctrl || key.alt => self.erase_to(self.word_left(), at),
            Code::Char('w') if key.ctrl => self.erase_to(self.word_left(), at),
            Code::Char('h') if key.ctrl => self.erase_to(self.left(self.cursor), at),
            Code::Backspace => self.erase_to(self.left(self.cursor), at),
            Code::Delete => self.erase_to(self.right(self.cursor), at),
            Code::Char('u') if key.ctrl => self.erase_to(
                Pos {
                    byte: 0,
                    ..self.cursor
                },
                at,
            ),
            Code::Char('k') if key.ctrl => self.erase_to(
                Pos {
                    byte: self.lines[self.cursor.line].text.len(),
                    ..self.cursor
                },
                at,
            ),
            Code::Char('z') if key.ctrl => self.undo(),
            Code::Char('y') if key.ctrl => self.redo(),
            Code::Char('a') if key.ctrl => {
                self.anchor = Some(Pos::default());
                self.cursor = self.end();
            }
            Code::Left if key.ctrl || key.alt => self.go(self.word_left(), select),
            Code::Right if key.ctrl || key.alt => self.go(self.word_right(), select),
            Code::Left => self.go(self.left(self.cursor), select),
            Code::Right => self.go(self.right(self.cursor), select),
            Code::Up if key.alt && !self.single => self.move_line(-1),
            Code::Down if key.alt && !self.single => self.move_line(1),
            Code::Up if !self.single => self.vertical(-1, columns, select),
            Code::Down if !self.single => self.vertical(1, columns, select),
            Code::PageUp if !self.single => self.vertical(-10, columns, select),
            Code::PageDown if !self.single => self.vertical(10, columns, select),
            Code::Home if key.ctrl => self.go(Pos::default(), select),
            Code::End if key.ctrl => self.go(self.end(), select),
            Code::Home => self.go(
                Pos {
                    byte: 0,
                    ..self.cursor
                },
                select,
            ),
            Code::End => self.go(
                Pos {
                    byte: self.lines[self.cursor.line].text.len(),
                    ..self.cursor
                },
                select,
            ),
            _ => return false,
        }
        true
    }

    /// A paste is one undo step, whatever its size.
    pub fn paste(&mut self, text: &str, at: DateTime<Utc>) {
        self.insert(text, at, Step::Other);
        self.last = Step::Other;
    }

    fn insert(&mut self, text: &str, at: DateTime<Utc>, step: Step) {
        let text = clean(text);
        let text = if self.single {
            text.replace(['\n', '\t'], " ")
        } else {
            text
        };
        if text.is_empty() {
            return;
        }
        self.remember(if text.ends_with(char::is_whitespace) {
            Step::Other
        } else {
            step
        });
        self.cut_selection();
        let Pos { line: row, byte } = self.cursor;
        let (before, after) = {
            let t = &self.lines[row].text;
            (t[..byte].to_owned(), t[byte..].to_owned())
        };
        let parts: Vec<&str> = text.split('\n').collect();
        let stamp = |old: Option<DateTime<Utc>>, text: &str| {
            if text.trim().is_empty() {
                None
            } else {
                old.or(Some(at))
            }
        };
        if let [only] = parts[..] {
            let joined = format!("{before}{only}{after}");
            let old = &self.lines[row];
            let time = stamp(old.at, &joined);
            self.cursor.byte = before.len() + only.len();
            self.lines[row] = Arc::new(Line {
                at: time,
                text: joined,
                mark: old.mark,
            });
            self.clamp_cursor();
        } else {
            let old = self.lines[row].clone();
            let last = parts.len() - 1;
            let first_text = format!("{before}{}", parts[0]);
            let last_text = format!("{}{after}", parts[last]);
            self.cursor = Pos {
                line: row + last,
                byte: parts[last].len(),
            };
            let mut fresh = Vec::with_capacity(parts.len());
            fresh.push(Arc::new(Line {
                at: stamp(old.at, &first_text),
                text: first_text,
                mark: old.mark,
            }));
            fresh.extend(parts[1..last].iter().map(|p| line(*p, stamp(None, p))));
            fresh.push(line(last_text.clone(), stamp(None, &last_text)));
            self.lines.splice(row..=row, fresh);
        }
        self.changed();
    }

    /// Moves the cursor to a grapheme boundary, because a typed combining mark joins the character
    /// before it.
    fn clamp_cursor(&mut self) {
        let text = &self.lines[self.cursor.line].text;
        if text.is_char_boundary(self.cursor.byte) {
            let edge = text
                .grapheme_indices(true)
                .map(|(i, _)| i)
                .find(|i| *i >= self.cursor.byte);
            self.cursor.byte = edge.unwrap_or(text.len());
        }
    }

    fn erase_to(&mut self, to: Pos, _at: DateTime<Utc>) {
        if self.selection().is_none() {
            if to == self.cursor {
                return;
            }
            self.remember(Step::Erase);
            self.anchor = Some(to);
        } else {
            self.remember(Step::Other);
        }
        self.cut_selection();
        self.changed();
    }

    fn cut_selection(&mut self) {
        if let Some((from, to)) = self.selection() {
            let first = &self.lines[from.line];
            let joined = format!(
                "{}{}",
                &first.text[..from.byte],
                &self.lines[to.line].text[to.byte..]
            );
            let at = if joined.trim().is_empty() {
                None
            } else {
                first.at.or(self.lines[to.line].at)
            };
            let merged = Arc::new(Line {
                at,
                text: joined,
                mark: first.mark,
            });
            self.lines.splice(from.line..=to.line, [merged]);
            self.cursor = from;
        }
        self.anchor = None;
    }

    fn changed(&mut self) {
        self.goal = None;
        self.version += 1;
        self.redo.clear();
    }

    /// Saves the state before a change. Continuous typing is one step.
    fn remember(&mut self, step: Step) {
        if step == Step::Other || step != self.last || self.undo.is_empty() {
            self.undo.push(Snapshot {
                lines: self.lines.clone(),
                cursor: self.cursor,
            });
            if self.undo.len() > STEPS {
                self.undo.remove(0);
            }
        }
        self.last = step;
    }

    pub fn undo(&mut self) {
        if let Some(before) = self.undo.pop() {
            self.redo.push(Snapshot {
                lines: std::mem::replace(&mut self.lines, before.lines),
                cursor: self.cursor,
            });
            self.cursor = before.cursor;
            self.restored();
        }
    }

    pub fn redo(&mut self) {
        if let Some(after) = self.redo.pop() {
            self.undo.push(Snapshot {
                lines: std::mem::replace(&mut self.lines, after.lines),
                cursor: self.cursor,
            });
            self.cursor = after.cursor;
            self.restored();
        }
    }

    fn restored(&mut self) {
        self.anchor = None;
        self.goal = None;
        self.last = Step::Other;
        self.version += 1;
    }

    fn go(&mut self, to: Pos, select: bool) {
        if select {
            self.anchor.get_or_insert(self.cursor);
        } else {
            self.anchor = None;
        }
        self.cursor = to;
        self.goal = None;
        self.last = Step::Other;
    }

    fn left(&self, from: Pos) -> Pos {
        let text = &self.lines[from.line].text[..from.byte];
        match text.grapheme_indices(true).next_back() {
            Some((byte, _)) => Pos { byte, ..from },
            None if from.line > 0 => Pos {
                line: from.line - 1,
                byte: self.lines[from.line - 1].text.len(),
            },
            None => from,
        }
    }

    fn right(&self, from: Pos) -> Pos {
        let text = &self.lines[from.line].text[from.byte..];
        match text.graphemes(true).next() {
            Some(g) => Pos {
                byte: from.byte + g.len(),
                ..from
            },
            None if from.line + 1 < self.lines.len() => Pos {
                line: from.line + 1,
                byte: 0,
            },
            None => from,
        }
    }

    fn word_left(&self) -> Pos {
        let text = &self.lines[self.cursor.line].text[..self.cursor.byte];
        if text.is_empty() {
            return self.left(self.cursor);
        }
        let byte = text
            .split_word_bound_indices()
            .rfind(|(_, w)| !w.trim().is_empty())
            .map_or(0, |(i, _)| i);
        Pos {
            byte,
            ..self.cursor
        }
    }

    fn word_right(&self) -> Pos {
        let text = &self.lines[self.cursor.line].text[self.cursor.byte..];
        if text.is_empty() {
            return self.right(self.cursor);
        }
        let byte = text
            .split_word_bound_indices()
            .find(|(_, w)| !w.trim().is_empty())
            .map_or(text.len(), |(i, w)| i + w.len());
        Pos {
            byte: self.cursor.byte + byte,
            ..self.cursor
        }
    }

    fn move_line(&mut self, by: isize) {
        let Some(to) = self
            .cursor
            .line
            .checked_add_signed(by)
            .filter(|t| *t < self.lines.len())
        else {
            return;
        };
        self.remember(Step::Other);
        self.lines.swap(self.cursor.line, to);
        self.cursor.line = to;
        self.anchor = None;
        self.changed();
    }

    /// Moves by displayed rows.
    fn vertical(&mut self, by: isize, columns: usize, select: bool) {
        let (mut row, col) = self.row_of(self.cursor, columns);
        let goal = self.goal.unwrap_or(col);
        let mut line = self.cursor.line;
        let mut left = by;
        while left != 0 {
            let rows = wrap::rows(&self.lines[line].text, columns).len();
            if left > 0 {
                if row + 1 < rows {
                    row += 1;
                } else if line + 1 < self.lines.len() {
                    line += 1;
                    row = 0;
                } else {
                    break;
                }
                left -= 1;
            } else {
                if row > 0 {
                    row -= 1;
                } else if line > 0 {
                    line -= 1;
                    row = wrap::rows(&self.lines[line].text, columns).len() - 1;
                } else {
                    break;
                }
                left += 1;
            }
        }
        let text = &self.lines[line].text;
        let rows = wrap::rows(text, columns);
        let (start, end) = rows[row.min(rows.len() - 1)];
        let mut byte = start;
        let mut used = 0;
        for g in text[start..end].graphemes(true) {
            used += wrap::grapheme_width(g);
            if used > goal {
                break;
            }
            byte += g.len();
        }
        // The end of a wrapped row is also the start of the next row; stay on this row.
        if byte == end && row + 1 < rows.len() && byte > start {
            byte = self.left(Pos { line, byte }).byte;
        }
        self.go(Pos { line, byte }, select);
        self.goal = Some(goal);
    }

    /// The displayed row within the line, and the column, of a position.
    pub fn row_of(&self, pos: Pos, columns: usize) -> (usize, usize) {
        let text = &self.lines[pos.line].text;
        let rows = wrap::rows(text, columns);
        let row = rows.iter().rposition(|(a, _)| *a <= pos.byte).unwrap_or(0);
        (row, wrap::width(&text[rows[row].0..pos.byte]))
    }

    /// Sets a mark on the cursor's line, or removes it if the line has it.
    pub fn mark(&mut self, mark: Mark, at: DateTime<Utc>) {
        self.remember(Step::Other);
        let old = &self.lines[self.cursor.line];
        let next = if old.mark == Some(mark) {
            None
        } else {
            Some(mark)
        };
        self.lines[self.cursor.line] = Arc::new(Line {
            mark: next,
            at: old.at.or(Some(at)),
            text: old.text.clone(),
        });
        self.changed();
    }

    /// Replaces the whole text as one step, after an external editor.
    pub fn replace(&mut self, text: &str, at: DateTime<Utc>) {
        self.remember(Step::Other);
        let old = std::mem::take(&mut self.lines);
        // Unchanged lines keep their time and mark.
        let mut kept: std::collections::HashMap<&str, &Arc<Line>> =
            old.iter().map(|l| (l.text.as_str(), l)).collect();
        self.lines = clean(text)
            .trim_end()
            .split('\n')
            .map(|t| {
                kept.remove(t)
                    .cloned()
                    .unwrap_or_else(|| line(t, if t.trim().is_empty() { None } else { Some(at) }))
            })
            .collect();
        self.cursor = self.end();
        self.anchor = None;
        self.changed();
    }
}

#[cfg(test)]
mod tests;
