//! Writes text into cells: clipped to its room, by grapheme, in a tone.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::palette::is_mark;
use super::theme::{Theme, Tone};
use crate::app::kit::wrap;
use crate::domain::text::{clean_line, is_unsafe};

/// Writes into the cells of one frame, in the colours of a theme.
pub struct Pen<'a> {
    pub buf: &'a mut Buffer,
    pub theme: &'a Theme,
    /// The chosen row is being written: each tone looks as it does on the selection.
    pub chosen: bool,
}

impl<'a> Pen<'a> {
    /// A pen for a frame.
    pub fn new(buf: &'a mut Buffer, theme: &'a Theme) -> Self {
        Self {
            buf,
            theme,
            chosen: false,
        }
    }

    /// How letters and marks of a tone look here.
    fn inks(&self, tone: Tone) -> (Style, Style) {
        if self.chosen {
            let style = self.theme.on_selected(tone);
            (style, style)
        } else {
            (self.theme.style(tone), self.theme.mark(tone))
        }
    }

    /// Writes at most `width` columns; returns the column after the text. A text that does not fit
    /// ends in an ellipsis.
    pub fn text(&mut self, x: u16, y: u16, width: u16, text: &str, tone: Tone) -> u16 {
        let area = self.buf.area;
        if y < area.top() || y >= area.bottom() || x >= area.right() || width == 0 {
            return x;
        }
        let width = width.min(area.right() - x);
        if wrap::width(text) <= usize::from(width) {
            self.put(x, y, width, text, tone)
        } else {
            let cut = wrap::fit(text, usize::from(width));
            self.put(x, y, width, &cut, tone)
        }
    }

    /// Writes a text that fits.
    fn put(&mut self, x: u16, y: u16, width: u16, text: &str, tone: Tone) -> u16 {
        if text.contains('\t') {
            return self.put(x, y, width, &text.replace('\t', " "), tone);
        }
        if text.chars().any(is_unsafe) {
            return self.put(x, y, width, &clean_line(text), tone);
        }
        let (letters, marks) = self.inks(tone);
        if text.chars().any(|c| wrap::lone_width(c).is_none()) {
            let end = self.buf.set_stringn(x, y, text, width.into(), letters).0;
            for x in x..end {
                let cell = &mut self.buf[(x, y)];
                let mark = cell.symbol().chars().all(is_mark);
                colour(cell, if mark { marks } else { letters });
            }
            return end;
        }
        let mut at = self.buf.index_of(x, y);
        let start = at;
        for c in text.chars() {
            let cell = &mut self.buf.content[at];
            cell.set_char(c);
            colour(cell, if is_mark(c) { marks } else { letters });
            at += 1;
            if wrap::lone_width(c) == Some(2) {
                self.buf.content[at].reset();
                at += 1;
            }
        }
        x + (at - start) as u16
    }

    /// Writes so that the text ends at `right` (exclusive).
    pub fn right(&mut self, right: u16, y: u16, width: u16, text: &str, tone: Tone) {
        let text = wrap::fit(text, usize::from(width));
        let used = wrap::width(&text) as u16;
        self.text(right.saturating_sub(used), y, used, &text, tone);
    }

    /// Writes pieces one after the other within `width`; returns the column after them. If they do not fit,
    /// the last one ends in an ellipsis.
    pub fn pieces(&mut self, x: u16, y: u16, width: u16, pieces: &[(&str, Tone)]) -> u16 {
        let end = x.saturating_add(width);
        let mut at = x;
        for (i, (text, tone)) in pieces.iter().enumerate() {
            if at >= end {
                break;
            }
            // A piece that fills the room to its end would hide that others follow.
            let fills = wrap::width(text) == usize::from(end - at);
            let more = || {
                pieces[i + 1..]
                    .iter()
                    .any(|(text, _)| !text.trim().is_empty())
            };
            at = if fills && more() {
                self.text(at, y, end - at, &format!("{text}…"), *tone)
            } else {
                self.text(at, y, end - at, text, *tone)
            };
        }
        at
    }

    /// Begins a row of a list: the chosen one is filled, and has a sign in its first column.
    pub fn row(&mut self, area: Rect, y: u16, chosen: bool) {
        self.fill(area, y, chosen);
        if chosen && let Some(cell) = self.buf.cell_mut((area.x, y)) {
            let (sign, style) = self.theme.selected_sign();
            cell.set_symbol(sign);
            colour(cell, style);
        }
    }

    /// Begins a row without a column for the sign: if it is chosen, it is filled as selections are, also under
    /// what is written next.
    pub fn fill(&mut self, area: Rect, y: u16, chosen: bool) {
        self.chosen = chosen;
        if chosen {
            let row = Rect {
                y,
                height: 1,
                ..area
            };
            let style = self.theme.on_selected(Tone::Text);
            for position in row.intersection(self.buf.area).positions() {
                colour(&mut self.buf[position], style);
            }
        }
    }

    /// Draws a horizontal line.
    pub fn rule(&mut self, x: u16, y: u16, width: u16) {
        let line = self.theme.horizontal().repeat(usize::from(width));
        self.text(x, y, width, &line, Tone::Border);
    }

    /// Draws a vertical line.
    pub fn wall(&mut self, x: u16, y: u16, height: u16) {
        for dy in 0..height {
            let wall = self.theme.vertical();
            self.text(x, y + dy, 1, wall, Tone::Border);
        }
    }

    /// Writes a heading with a rule after it.
    pub fn heading(&mut self, x: u16, y: u16, width: u16, text: &str) {
        let end = self.text(x, y, width, text, Tone::Title);
        if end + 1 < x + width {
            self.rule(end + 1, y, x + width - end - 1);
        }
    }

    /// Writes a text over several rows, as many as the area has; returns the rows used. Text that does not
    /// fit ends in an ellipsis.
    pub fn wrapped(&mut self, area: Rect, text: &str, tone: Tone) -> u16 {
        let columns = usize::from(area.width);
        let lines = text.lines().flat_map(|line| wrap::phrases(line, columns));
        let lines = wrap::first(lines.collect(), usize::from(area.height), columns);
        for (y, line) in (area.y..).zip(&lines) {
            self.text(area.x, y, area.width, line, tone);
        }
        lines.len() as u16
    }

    /// Empties an area for a popup. A wide character that its left edge would cut in half is
    /// blanked first, because terminals do not agree on where they show the other half.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buf.area);
        for y in area.top()..area.bottom() {
            if area.left() > 0 && wrap::width(self.buf[(area.left() - 1, y)].symbol()) > 1 {
                self.buf[(area.left() - 1, y)].set_symbol(" ");
            }
            for x in area.left()..area.right() {
                self.buf[(x, y)].reset();
            }
        }
    }

    /// Draws a frame with a title; returns its inside.
    pub fn frame(&mut self, area: Rect, title: &str) -> Rect {
        self.clear(area);
        let (h, v, corners) = if self.theme.ascii {
            ("-", "|", ["+", "+", "+", "+"])
        } else {
            ("─", "│", ["╭", "╮", "╰", "╯"])
        };
        if area.width < 2 || area.height < 2 {
            return Rect {
                width: 0,
                height: 0,
                ..area
            };
        }
        let bar = h.repeat(usize::from(area.width - 2));
        self.text(
            area.x,
            area.y,
            area.width,
            &format!("{}{bar}{}", corners[0], corners[1]),
            Tone::Border,
        );
        self.text(
            area.x,
            area.bottom() - 1,
            area.width,
            &format!("{}{bar}{}", corners[2], corners[3]),
            Tone::Border,
        );
        for y in area.y + 1..area.bottom() - 1 {
            self.text(area.x, y, 1, v, Tone::Border);
            self.text(area.right() - 1, y, 1, v, Tone::Border);
        }
        if !title.is_empty() && area.width > 6 {
            self.text(
                area.x + 2,
                area.y,
                area.width - 4,
                &format!(" {title} "),
                Tone::Title,
            );
        }
        Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: area.height - 2,
        }
    }
}

/// Gives a cell an ink, and a background if the style has one. Nothing else is kept of what the cell had: a
/// title in a frame is not as faint as the frame.
fn colour(cell: &mut Cell, style: Style) {
    cell.fg = style.fg.unwrap_or(Color::Reset);
    cell.bg = style.bg.unwrap_or(cell.bg);
    cell.modifier = style.add_modifier;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Columns from the start to the sign after a text.
    fn drawn_width(text: &str) -> usize {
        let (mut buf, theme) = (Buffer::empty(Rect::new(0, 0, 200, 1)), Theme::dark());
        let end = Pen::new(&mut buf, &theme).text(0, 0, 200, text, Tone::Text);
        usize::from(end)
    }

    #[test]
    fn texts_are_as_wide_as_they_are_measured() {
        for text in [
            "ﾊﾟﾋﾟ",
            "ﾊﾟﾟ",
            "🇯🇵",
            "👨‍👩‍👧",
            "☺️",
            "각",
            "각",
            "क्षि",
            "é",
            "㍻",
            "\u{2028}",
            "a\u{2029}あ",
        ] {
            assert_eq!(drawn_width(text), wrap::width(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_as_wide_as_it_is_measured(text in "[^\\p{C}]{0,20}") {
            prop_assert_eq!(drawn_width(&text), wrap::width(&text));
        }
    }
}
