//! Draws an editor: the rows in sight, wrapped as the caret moves them, with times and marks in a
//! margin.

use chrono::DateTime;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_segmentation::UnicodeSegmentation;

use crate::app::kit::editor::{Editor, Pos};
use crate::app::kit::wrap;
use crate::domain::checkin::Mark;
use crate::domain::when::Zone;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;

/// Finds the bytes of a line that are a warning phrase.
pub type FindPhrases<'a> = dyn Fn(&str) -> Vec<(usize, usize)> + 'a;

/// What the margin shows beside each line.
pub struct Margin<'a> {
    pub zone: Zone,
    pub marks: fn(Mark) -> &'static str,
    /// Finds the warning phrases, where they are underlined.
    pub find_phrases: Option<&'a FindPhrases<'a>>,
}

/// Columns of the margin.
pub const MARGIN: u16 = 9;

/// Draws an editor into the area; returns where the caret stands.
pub fn draw(
    editor: &Editor,
    pen: &mut Pen,
    area: Rect,
    margin: Option<&Margin<'_>>,
) -> Option<(u16, u16)> {
    if area.width < 4 || area.height == 0 {
        return None;
    }
    let left = if margin.is_some() { MARGIN } else { 0 };
    let columns = usize::from(area.width.saturating_sub(left + 1)).max(2);
    let cursor = editor.cursor();
    let (cursor_row, cursor_col) = editor.row_of(cursor, columns);
    // Rows above the caret are wrapped backwards until the window is full, so that a long note
    // costs no more than a short one.
    let lines: Vec<&crate::domain::checkin::Line> = editor.lines().collect();
    let height = usize::from(area.height);
    let mut first = cursor.line;
    let mut above = cursor_row;
    while first > 0 && above < height.saturating_sub(1) {
        first -= 1;
        above += wrap::rows(&lines[first].text, columns).len();
    }
    let mut skip = (above + 1).saturating_sub(height);
    let selection = editor.selection();
    let mut y = area.y;
    let mut caret = None;
    for (i, line) in lines.iter().enumerate().skip(first) {
        for (row, (start, end)) in wrap::rows(&line.text, columns).into_iter().enumerate() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            if y >= area.bottom() {
                return caret;
            }
            if let (Some(m), 0) = (margin, row) {
                let time = line
                    .at
                    .map(|at: DateTime<chrono::Utc>| m.zone.local(at).format("%H:%M").to_string())
                    .unwrap_or_default();
                pen.text(area.x, y, 5, &time, Tone::Dim);
                if let Some(mark) = line.meaning() {
                    pen.text(area.x + 6, y, 2, (m.marks)(mark), tone(mark));
                }
            }
            let text = &line.text[start..end];
            pen.text(
                area.x + left,
                y,
                columns as u16 + 1,
                text.trim_end_matches('\n'),
                line.meaning().map_or(Tone::Text, tone),
            );
            if let Some(find_phrases) = margin.and_then(|m| m.find_phrases) {
                for range in find_phrases(&line.text) {
                    light(pen, (area.x + left, y), &line.text, (start, end), range);
                }
            }
            if let Some(range) = selection {
                highlight(pen, (area.x + left, y), &line.text, (start, end), i, range);
            }
            if i == cursor.line && row == cursor_row {
                caret = Some((
                    (area.x + left + cursor_col as u16).min(area.right().saturating_sub(1)),
                    y,
                ));
            }
            y += 1;
        }
    }
    caret
}

/// Underlines the words of a warning phrase, in the tone of caution.
fn light(
    pen: &mut Pen,
    at: (u16, u16),
    text: &str,
    row: (usize, usize),
    (from, to): (usize, usize),
) {
    let style = pen.theme.style(Tone::Caution);
    let mut x = at.0;
    for (byte, g) in text[row.0..row.1].grapheme_indices(true) {
        let width = wrap::grapheme_width(g) as u16;
        if (from..to).contains(&(row.0 + byte)) {
            for dx in 0..width {
                if let Some(cell) = pen.buf.cell_mut((x + dx, at.1)) {
                    cell.set_style(style);
                    cell.modifier.insert(Modifier::UNDERLINED);
                }
            }
        }
        x += width;
    }
}

/// Reverses what is selected.
fn highlight(
    pen: &mut Pen,
    at: (u16, u16),
    text: &str,
    row: (usize, usize),
    line: usize,
    (from, to): (Pos, Pos),
) {
    let mut x = at.0;
    for (byte, g) in text[row.0..row.1].grapheme_indices(true) {
        let pos = Pos {
            line,
            byte: row.0 + byte,
        };
        let width = wrap::grapheme_width(g) as u16;
        if pos >= from && pos < to {
            for dx in 0..width {
                if let Some(cell) = pen.buf.cell_mut((x + dx, at.1)) {
                    cell.modifier.insert(Modifier::REVERSED);
                }
            }
        }
        x += width;
    }
}

/// The tone of a mark.
pub fn tone(mark: Mark) -> Tone {
    match mark {
        Mark::Action | Mark::Decision => Tone::Accent,
        Mark::Quote => Tone::Key,
        Mark::Risk => Tone::Bad,
        Mark::Opportunity => Tone::Good,
        Mark::Feedback | Mark::Question => Tone::Caution,
        Mark::Private => Tone::Dim,
    }
}

/// The sign of a mark.
pub fn glyph(mark: Mark) -> &'static str {
    match mark {
        Mark::Action => "□",
        Mark::Quote => "❝",
        Mark::Risk => "▲",
        Mark::Opportunity => "◆",
        Mark::Feedback => "✎",
        Mark::Decision => "◎",
        Mark::Question => "?",
        Mark::Private => "×",
    }
}

/// The sign of a mark where only ASCII is shown.
pub fn ascii_glyph(mark: Mark) -> &'static str {
    match mark {
        Mark::Action => "!",
        Mark::Quote => "\"",
        Mark::Risk => "R",
        Mark::Opportunity => "O",
        Mark::Feedback => "F",
        Mark::Decision => "D",
        Mark::Question => "?",
        Mark::Private => "x",
    }
}

/// Draws a one-line field, scrolled so that the caret shows.
pub fn field(editor: &Editor, pen: &mut Pen, x: u16, y: u16, width: u16) -> Option<(u16, u16)> {
    if width < 2 {
        return None;
    }
    let text = editor.text();
    let byte = editor.cursor().byte;
    let room = usize::from(width - 1);
    let before = wrap::width(&text[..byte]);
    let mut start = 0;
    let mut hidden = 0;
    for (i, g) in text.grapheme_indices(true) {
        if before - hidden <= room {
            break;
        }
        hidden += wrap::grapheme_width(g);
        start = i + g.len();
    }
    for dx in 0..width {
        pen.text(x + dx, y, 1, " ", Tone::Input);
    }
    // The part before the caret always fits; what follows is cut at the edge.
    pen.text(x, y, width, &text[start..], Tone::Input);
    Some((x + (before - hidden) as u16, y))
}
