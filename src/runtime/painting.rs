//! Frames become bytes for the terminal: only what changed, in one piece, within a bounded size. It must not
//! know where the bytes go.
//!
//! Terminals do not agree on how wide an emoji of several characters is. A row that has or had such a text is
//! erased and written whole when anything in it changes, so that nothing of it stays.

use std::io::{self, Write};

use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use crossterm::{cursor, queue};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::ui::Drawn;

/// More columns and rows than any screen has: a terminal may claim 65,535 of both.
const MOST: (u16, u16) = (1_000, 500);
/// What a terminal without a size is taken for, as other programs do.
const USUAL: (u16, u16) = (80, 24);

/// The part of a terminal of this size that is drawn.
fn bounded((width, height): (u16, u16)) -> Rect {
    if width == 0 || height == 0 {
        return Rect::new(0, 0, USUAL.0, USUAL.1);
    }
    Rect::new(0, 0, width.min(MOST.0), height.min(MOST.1))
}

/// The frame that the terminal shows, and the next one.
#[derive(Default)]
pub struct Painting {
    shown: Buffer,
    next: Buffer,
    caret: Option<(u16, u16)>,
    /// The terminal shows `shown`. False at the start and after another program had the terminal.
    known: bool,
    bytes: Vec<u8>,
}

impl Painting {
    /// The next frame clears the screen and draws everything.
    pub fn forget(&mut self) {
        self.known = false;
    }

    /// Draws a frame for a terminal of this size. Returns what it measured and the bytes to write; none where
    /// the terminal shows it already.
    pub fn frame(
        &mut self,
        size: (u16, u16),
        draw: impl FnOnce(&mut Buffer) -> Drawn,
    ) -> io::Result<(Drawn, &[u8])> {
        let area = bounded(size);
        if self.next.area != area {
            self.next.resize(area);
            self.known = false;
        }
        self.next.reset();
        let drawn = draw(&mut self.next);
        self.bytes.clear();
        if !self.known || self.shown != self.next || self.caret != drawn.caret {
            self.paint(drawn.caret)?;
        }
        Ok((drawn, &self.bytes))
    }

    fn paint(&mut self, caret: Option<(u16, u16)>) -> io::Result<()> {
        let mut out = CrosstermBackend::new(&mut self.bytes);
        queue!(out, BeginSynchronizedUpdate, cursor::Hide)?;
        if !self.known {
            queue!(out, Clear(ClearType::All))?;
            self.shown.resize(self.next.area);
            self.shown.reset();
        }
        let whole: Vec<bool> = (0..self.next.area.height)
            .map(|y| is_drawn_whole(row(&self.shown, y), row(&self.next, y)))
            .collect();
        let changed = self.shown.diff_iter(&self.next);
        out.draw(changed.filter(|(_, y, _)| !whole[usize::from(*y)]))?;
        for y in (0..self.next.area.height).filter(|y| whole[usize::from(*y)]) {
            draw_whole(&mut out, row(&self.next, y), y)?;
        }
        if let Some((x, y)) = caret {
            queue!(out, cursor::MoveTo(x, y), cursor::Show)?;
        }
        queue!(out, EndSynchronizedUpdate)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        (self.caret, self.known) = (caret, true);
        Ok(())
    }
}

fn row(buf: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(buf.area.width);
    &buf.content[usize::from(y) * width..][..width]
}

fn is_drawn_whole(shown: &[Cell], next: &[Cell]) -> bool {
    shown != next && (shown.iter().any(is_of_unsure_width) || next.iter().any(is_of_unsure_width))
}

/// Whether terminals may show a cell wider or narrower than it is taken for.
fn is_of_unsure_width(cell: &Cell) -> bool {
    cell.symbol().chars().any(|c| wrap::lone_width(c).is_none())
}

/// Erases a row and writes all of its cells, blanks too: they cover what an emoji before them showed too wide.
fn draw_whole<W: Write>(out: &mut CrosstermBackend<W>, cells: &[Cell], y: u16) -> io::Result<()> {
    queue!(out, cursor::MoveTo(0, y), Clear(ClearType::CurrentLine))?;
    let mut run = Vec::with_capacity(cells.len());
    let mut x = 0;
    while let Some(cell) = cells.get(x) {
        run.push((x as u16, y, cell));
        if is_of_unsure_width(cell) {
            // Each run begins with its place, wherever the terminal left its cursor.
            out.draw(run.drain(..))?;
        }
        x += wrap::grapheme_width(cell.symbol()).max(1);
    }
    out.draw(run.into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_frame(painting: &mut Painting, size: (u16, u16), lines: &[&str]) -> Vec<u8> {
        let drawn = painting.frame(size, |buf| {
            for (y, line) in lines.iter().enumerate() {
                buf.set_stringn(0, y as u16, line, 100, ratatui::style::Style::new());
            }
            Drawn::default()
        });
        drawn.expect("a frame").1.to_vec()
    }

    fn terminal_of(rows: u16) -> vt100::Parser {
        let columns = 40.try_into().expect("columns");
        vt100::Parser::new(rows.try_into().expect("rows"), columns, 0)
    }

    /// What terminals make of the bytes: the flag as two signs of one column or of two, and half-width voiced
    /// kana as two signs. vt100 takes each sign for itself.
    fn shown(terminal: &mut vt100::Parser, bytes: &[u8]) -> Vec<String> {
        terminal.process(bytes);
        let screen = terminal.screen();
        screen
            .rows(0, 40)
            .map(|r| r.trim_end().to_owned())
            .collect()
    }

    #[test]
    fn nothing_stays_of_a_text_that_a_terminal_shows_wider() {
        for wide in ["👨‍👩‍👧 ☺️ 🇯🇵 ﾊﾟﾋﾟ ㍻", "🇯🇵", "x🇯🇵🇯🇵", "é🏳️‍🌈", "한글 का", "👍🏽 1️⃣"]
        {
            let mut painting = Painting::default();
            let mut terminal = terminal_of(3);
            let size = (40, 3);
            shown(
                &mut terminal,
                &text_frame(&mut painting, size, &["a", wide, "b"]),
            );
            let after = text_frame(&mut painting, size, &["a", "", "b"]);
            assert_eq!(shown(&mut terminal, &after), ["a", "", "b"], "{wide}");
            // Also when another text comes into the row.
            shown(&mut terminal, &text_frame(&mut painting, size, &["", wide]));
            let after = text_frame(&mut painting, size, &["a", "end"]);
            assert_eq!(shown(&mut terminal, &after), ["a", "end", ""], "{wide}");
        }
    }

    #[test]
    fn a_text_after_an_emoji_is_where_it_belongs() {
        let mut painting = Painting::default();
        let mut terminal = terminal_of(1);
        for line in ["🇯🇵 ﾊﾟ|", "🇯🇵 ﾊﾟ|x", "🇯🇵 |", "👨‍👩‍👧|", "e\u{301}e\u{301}|"]
        {
            let bytes = text_frame(&mut painting, (40, 1), &[line]);
            terminal.process(&bytes);
            let before = line.split('|').next().unwrap_or_default();
            let at = wrap::width(before) as u16;
            let cell = terminal.screen().cell(0, at).expect("a cell");
            assert_eq!(cell.contents(), "|", "{line}");
        }
    }

    #[test]
    fn the_same_frame_again_writes_nothing_until_it_is_forgotten() {
        let mut painting = Painting::default();
        let first = text_frame(&mut painting, (40, 3), &["a 🇯🇵"]);
        assert!(!first.is_empty());
        assert_eq!(text_frame(&mut painting, (40, 3), &["a 🇯🇵"]), b"");
        painting.forget();
        assert_eq!(text_frame(&mut painting, (40, 3), &["a 🇯🇵"]), first);
    }

    #[test]
    fn any_size_is_bounded() {
        for size in [
            (0, 0),
            (0, 40),
            (40, 0),
            (1, 1),
            (2, 1),
            (65_535, 1),
            (1, 65_535),
            (65_535, 65_535),
        ] {
            let mut painting = Painting::default();
            let bytes = text_frame(&mut painting, size, &["a 🇯🇵 b"]);
            assert!(!bytes.is_empty() && bytes.len() < 10_000, "{size:?}");
            let area = painting.shown.area;
            assert!(
                area.width > 0 && area.height > 0 && area.area() <= 500_000,
                "{area:?}"
            );
        }
    }
}
