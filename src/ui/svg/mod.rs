//! A drawn screen as an SVG picture. The pictures of the README are made with it.
//!
//! Fonts differ between viewers, so each letter has its place, and signs, frames, bars and braille are shapes.

mod shapes;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::app::kit::wrap;
use crate::services::compose::escape;
use shapes::{CELL, Shapes, short};

/// The margins at the left and at the top.
const MARGIN: (f64, f64) = (12.0, 10.0);
/// From the top of a cell to the line that letters stand on.
const BASE: f64 = 14.0;
const INK: &str = "#d7dce4";
const PAPER: &str = "#14181f";
/// Latin letters come from the first font there is; those with CJK letters come last, because their Latin
/// letters have other widths.
const FONTS: &str = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK JP','Hiragino Sans','Yu Gothic',monospace";

/// Turns a frame into an SVG picture.
pub fn render(buf: &Buffer, title: &str) -> String {
    let width = f64::from(buf.area.width) * CELL.0 + 2.0 * MARGIN.0;
    let height = f64::from(buf.area.height) * CELL.1 + 2.0 * MARGIN.1;
    let mut papers = String::new();
    let mut shapes = Shapes::default();
    let mut texts = String::new();
    for y in 0..buf.area.height {
        let row = row(buf, y);
        backgrounds(&row, y, &mut papers);
        letters(&row, y, &mut texts, &mut shapes);
    }
    let shapes = shapes.svg();
    let title = escape(title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-label=\"{title}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n\
         {papers}{shapes}\
         <g font-family=\"{FONTS}\" font-size=\"14\" xml:space=\"preserve\">\n{texts}</g>\n</svg>\n"
    )
}

/// One character on the screen, with its look.
struct Glyph<'a> {
    symbol: &'a str,
    x: u16,
    width: u16,
    ink: String,
    paper: Option<String>,
    bold: bool,
    underlined: bool,
}

impl Glyph<'_> {
    fn left(&self) -> f64 {
        MARGIN.0 + f64::from(self.x) * CELL.0
    }

    fn is_blank(&self) -> bool {
        self.symbol.trim().is_empty()
    }

    /// Whether this one goes on in a run of letters of one look.
    fn follows(&self, run: &[&Glyph]) -> bool {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            return true;
        };
        let is_lone = |g: &Glyph| g.width == 1 && g.symbol.chars().count() == 1;
        let same = self.is_blank() || (self.ink == first.ink && self.bold == first.bold);
        same && is_lone(self) && is_lone(last) && self.x == last.x + 1
    }
}

/// The glyphs of a row.
fn row(buf: &Buffer, y: u16) -> Vec<Glyph<'_>> {
    let mut row = Vec::new();
    let mut x = 0;
    while x < buf.area.width {
        let glyph = glyph(&buf[(x, y)], x);
        x += glyph.width;
        row.push(glyph);
    }
    row
}

fn glyph(cell: &Cell, x: u16) -> Glyph<'_> {
    let (mut ink, mut paper) = (color(cell.fg), color(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        let (before, under) = (ink, paper);
        ink = Some(under.unwrap_or_else(|| PAPER.to_owned()));
        paper = Some(before.unwrap_or_else(|| INK.to_owned()));
    }
    Glyph {
        symbol: cell.symbol(),
        x,
        width: wrap::width(cell.symbol()).max(1) as u16,
        ink: ink.unwrap_or_else(|| INK.to_owned()),
        paper,
        bold: cell.modifier.contains(Modifier::BOLD),
        underlined: cell.modifier.contains(Modifier::UNDERLINED),
    }
}

fn color(color: Color) -> Option<String> {
    match color {
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        _ => None,
    }
}

fn top(y: u16) -> f64 {
    MARGIN.1 + f64::from(y) * CELL.1
}

/// One rectangle for each run of cells on the same background.
fn backgrounds(row: &[Glyph], y: u16, out: &mut String) {
    for run in row.chunk_by(|a, b| a.paper == b.paper) {
        let Some(paper) = &run[0].paper else { continue };
        let cells: u16 = run.iter().map(|g| g.width).sum();
        let (x, y, width) = (run[0].left(), top(y), f64::from(cells) * CELL.0);
        out.push_str(&format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"{paper}\"/>\n",
            CELL.1
        ));
    }
}

/// The letters of a row, one text for each run of the same look; what is no letter becomes a shape.
fn letters(row: &[Glyph], y: u16, out: &mut String, shapes: &mut Shapes) {
    let mut run: Vec<&Glyph> = Vec::new();
    for glyph in row {
        if glyph.underlined {
            shapes.underline(&glyph.ink, glyph.left(), top(y), f64::from(glyph.width));
        }
        let drawn =
            !glyph.is_blank() && shapes.draw(glyph.symbol, &glyph.ink, glyph.left(), top(y));
        // A second blank ends a run too: its place would be told for nothing.
        let blanks = glyph.is_blank() && run.last().is_some_and(|last| last.is_blank());
        if drawn || blanks || !glyph.follows(&run) {
            text(&std::mem::take(&mut run), y, out);
        }
        if !drawn && (!run.is_empty() || !glyph.is_blank()) {
            run.push(glyph);
        }
    }
    text(&run, y, out);
}

/// One text element, with a place for each letter.
fn text(run: &[&Glyph], y: u16, out: &mut String) {
    let end = run
        .iter()
        .rposition(|g| !g.is_blank())
        .map_or(0, |at| at + 1);
    let run = &run[..end];
    let Some(first) = run.first() else { return };
    // A wide letter stands in the middle of its two cells.
    let inset = if first.width == 2 { 1.4 } else { 0.0 };
    let places: Vec<String> = run.iter().map(|g| short(g.left() + inset)).collect();
    let words: String = run.iter().map(|g| g.symbol).collect();
    let weight = if first.bold {
        " font-weight=\"700\""
    } else {
        ""
    };
    out.push_str(&format!(
        "<text x=\"{}\" y=\"{}\" fill=\"{}\"{weight}>{}</text>\n",
        places.join(" "),
        short(top(y) + BASE),
        first.ink,
        escape(&words)
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn picture(rows: &[(&str, Style)]) -> String {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 20, rows.len() as u16));
        for (y, (text, style)) in (0..).zip(rows) {
            buffer.set_string(0, y, text, *style);
        }
        render(&buffer, "a test")
    }

    /// Places and letters of each text.
    fn texts(svg: &str) -> Vec<(usize, String)> {
        let lines = svg.lines().filter(|l| l.starts_with("<text"));
        let one = |line: &str| {
            let places = line.split('"').nth(1).expect("places").split(' ').count();
            let words = line.split('>').nth(1).expect("words").replace("</text", "");
            (places, words)
        };
        lines.map(one).collect()
    }

    #[test]
    fn each_letter_has_its_place() {
        let red = Style::new().fg(Color::Rgb(200, 0, 0));
        let svg = picture(&[("one two  three", Style::new()), ("四半期 ab", red)]);
        let expected = [
            (7, "one two"),
            (5, "three"),
            (1, "四"),
            (1, "半"),
            (1, "期"),
            (2, "ab"),
        ];
        let expected = expected.map(|(n, words)| (n, words.to_owned()));
        assert_eq!(texts(&svg), expected, "{svg}");
        assert!(!svg.contains("textLength"));
    }

    #[test]
    fn signs_frames_and_charts_are_shapes() {
        let signs = "▲■●○◆◇□→↗↘▌▁█░╭─┤⠉⠒";
        let svg = picture(&[(signs, Style::new())]);
        assert_eq!(texts(&svg), [], "{svg}");
        for piece in ["stroke-linecap=\"round\"", "fill-opacity=\"0.25\"", "<path"] {
            assert!(svg.contains(piece), "{piece}: {svg}");
        }
    }

    #[test]
    fn a_background_is_one_rectangle() {
        let chosen = Style::new()
            .bg(Color::Rgb(48, 68, 102))
            .fg(Color::Rgb(255, 255, 255));
        let svg = picture(&[("▌ 67 a name in it   ", chosen)]);
        assert_eq!(svg.matches("fill=\"#304466\"").count(), 1, "{svg}");
    }
}
