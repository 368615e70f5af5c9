//! Signs, frames, bars and braille as paths, one for each colour.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Width and height of a cell.
pub const CELL: (f64, f64) = (8.4, 19.0);

/// How a path is painted. The order is that of painting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Brush {
    /// Filled, with so many hundredths of opacity.
    Fill(u8),
    /// A thin line.
    Line,
    /// Dots of braille.
    Dots,
}

/// The paths of a picture.
#[derive(Default)]
pub struct Shapes {
    paths: BTreeMap<(Brush, String), String>,
}

/// Which sides of its cell a piece of a frame reaches: left, right, up, down.
const FRAMES: [(char, [bool; 4]); 11] = [
    ('─', [true, true, false, false]),
    ('│', [false, false, true, true]),
    ('┌', [false, true, false, true]),
    ('┐', [true, false, false, true]),
    ('└', [false, true, true, false]),
    ('┘', [true, false, true, false]),
    ('├', [false, true, true, true]),
    ('┤', [true, false, true, true]),
    ('┬', [true, true, false, true]),
    ('┴', [true, true, true, false]),
    ('┼', [true, true, true, true]),
];

/// Signs as outlines or surfaces around the middle of a cell.
const SIGNS: [(char, Brush, &str); 19] = [
    ('▲', Brush::Fill(100), "m-3.9 3.6h7.8l-3.9-7.4z"),
    ('△', Brush::Line, "m-3.5 3.3h7l-3.5-6.6z"),
    ('■', Brush::Fill(100), "m-3.2-3.2h6.4v6.4h-6.4z"),
    ('□', Brush::Line, "m-2.9-2.9h5.8v5.8h-5.8z"),
    (
        '●',
        Brush::Fill(100),
        "m-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0",
    ),
    ('○', Brush::Line, "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0"),
    (
        '◎',
        Brush::Line,
        "m-3.3 0a3.3 3.3 0 1 0 6.6 0a3.3 3.3 0 1 0-6.6 0m2.3 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
    ),
    ('◆', Brush::Fill(100), "m-4 0l4-4.6 4 4.6-4 4.6z"),
    ('◇', Brush::Line, "m-3.5 0l3.5-4.1 3.5 4.1-3.5 4.1z"),
    ('▶', Brush::Fill(100), "m-3.4-4l7 4-7 4z"),
    ('▸', Brush::Fill(100), "m-2.4-3l5 3-5 3z"),
    ('▾', Brush::Fill(100), "m-3-2.4h6l-3 5z"),
    (
        '•',
        Brush::Fill(100),
        "m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0",
    ),
    ('→', Brush::Line, "m-3.4 0h6.8m-2.6-2.6l2.6 2.6-2.6 2.6"),
    ('←', Brush::Line, "m3.4 0h-6.8m2.6-2.6l-2.6 2.6 2.6 2.6"),
    ('↑', Brush::Line, "m0 4v-8m-2.6 2.6l2.6-2.6 2.6 2.6"),
    ('↓', Brush::Line, "m0-4v8m-2.6-2.6l2.6 2.6 2.6-2.6"),
    ('↗', Brush::Line, "m-3 3l6-6m-4.2 0h4.2v4.2"),
    ('↘', Brush::Line, "m-3-3l6 6m-4.2 0h4.2v-4.2"),
];

/// The bolt, which stands on two cells.
const BOLT: &str = "m1.8-5.6l-5.4 6.4h3.4l-1.6 4.8 5.6-6.6h-3.5z";

impl Shapes {
    /// Draws a character whose cell begins at this point; false if it is a letter.
    pub fn draw(&mut self, symbol: &str, ink: &str, left: f64, top: f64) -> bool {
        let mut chars = symbol.chars();
        let (Some(c), None) = (chars.next(), chars.next()) else {
            return false;
        };
        let middle = (left + CELL.0 / 2.0, top + CELL.1 / 2.0);
        if let Some((_, brush, path)) = SIGNS.iter().find(|sign| sign.0 == c) {
            self.add(*brush, ink, middle, path);
            return true;
        }
        match c {
            '⚡' => self.add(Brush::Fill(100), ink, (left + CELL.0, middle.1), BOLT),
            '▁'..='█' => {
                let height = CELL.1 * f64::from(c as u32 - 0x2580) / 8.0;
                let from = (left, top + CELL.1 - height);
                self.rect(Brush::Fill(100), ink, from, (CELL.0, height));
            }
            '▌' => self.rect(Brush::Fill(100), ink, (left, top), (CELL.0 / 2.0, CELL.1)),
            '░' | '▒' | '▓' => {
                let shade = 25 * (c as u32 - 0x2590) as u8;
                self.rect(
                    Brush::Fill(shade),
                    ink,
                    (left, top + 2.0),
                    (CELL.0, CELL.1 - 4.0),
                );
            }
            '⠀'..='⣿' => self.braille(c as u32 - 0x2800, ink, left, top),
            '╭' | '╮' | '╰' | '╯' => self.corner(c, ink, left, top),
            _ => return self.frame(c, ink, left, top),
        }
        true
    }

    /// A line below `cells` cells.
    pub fn underline(&mut self, ink: &str, left: f64, top: f64, cells: f64) {
        let path = format!("h{}", short(cells * CELL.0));
        self.add(Brush::Line, ink, (left, top + CELL.1 - 2.5), &path);
    }

    /// The elements of all paths.
    pub fn svg(&self) -> String {
        let mut out = String::new();
        for ((brush, ink), path) in &self.paths {
            let paint = match brush {
                Brush::Fill(100) => format!("fill=\"{ink}\""),
                Brush::Fill(shade) => {
                    let opacity = f64::from(*shade) / 100.0;
                    format!("fill=\"{ink}\" fill-opacity=\"{opacity}\"")
                }
                Brush::Line => format!("fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.2\""),
                Brush::Dots => format!(
                    "fill=\"none\" stroke=\"{ink}\" stroke-width=\"2.2\" stroke-linecap=\"round\""
                ),
            };
            let _ = writeln!(out, "<path {paint} d=\"{path}\"/>");
        }
        out
    }

    /// Adds a path that begins at this point.
    fn add(&mut self, brush: Brush, ink: &str, (x, y): (f64, f64), path: &str) {
        let all = self.paths.entry((brush, ink.to_owned())).or_default();
        let _ = write!(all, "M{} {}{path}", short(x), short(y));
    }

    fn rect(&mut self, brush: Brush, ink: &str, from: (f64, f64), (width, height): (f64, f64)) {
        let (width, height) = (short(width), short(height));
        let path = format!("h{width}v{height}h-{width}z");
        self.add(brush, ink, from, &path);
    }

    /// Two columns of four dots.
    fn braille(&mut self, dots: u32, ink: &str, left: f64, top: f64) {
        const PLACES: [(f64, f64); 8] = [
            (0.0, 0.0),
            (0.0, 1.0),
            (0.0, 2.0),
            (1.0, 0.0),
            (1.0, 1.0),
            (1.0, 2.0),
            (0.0, 3.0),
            (1.0, 3.0),
        ];
        for (bit, (column, row)) in PLACES.iter().enumerate() {
            if dots >> bit & 1 == 1 {
                let x = left + CELL.0 * (0.25 + column / 2.0);
                let y = top + CELL.1 * (0.125 + row / 4.0);
                self.add(Brush::Dots, ink, (x, y), "h0");
            }
        }
    }

    /// A round corner of a frame.
    fn corner(&mut self, c: char, ink: &str, left: f64, top: f64) {
        let across = if matches!(c, '╭' | '╰') {
            1.0
        } else {
            -1.0
        };
        let down = if matches!(c, '╭' | '╮') {
            1.0
        } else {
            -1.0
        };
        let (half, tall) = (CELL.0 / 2.0, CELL.1 / 2.0);
        let edge = if down > 0.0 { top + CELL.1 } else { top };
        let path = format!(
            "v{}q0 {} {} {}",
            short(-down * (tall - half)),
            short(-down * half),
            short(across * half),
            short(-down * half)
        );
        self.add(Brush::Line, ink, (left + half, edge), &path);
    }

    /// A straight piece of a frame; false if the character is none.
    fn frame(&mut self, c: char, ink: &str, left: f64, top: f64) -> bool {
        let Some((_, [west, east, up, down])) = FRAMES.iter().find(|frame| frame.0 == c) else {
            return false;
        };
        let (half, tall) = (CELL.0 / 2.0, CELL.1 / 2.0);
        let middle = (left + half, top + tall);
        let (from, to) = (
            if *west { half } else { 0.0 },
            if *east { half } else { 0.0 },
        );
        if from + to > 0.0 {
            let path = format!("h{}", short(from + to));
            self.add(Brush::Line, ink, (middle.0 - from, middle.1), &path);
        }
        let (from, to) = (if *up { tall } else { 0.0 }, if *down { tall } else { 0.0 });
        if from + to > 0.0 {
            let path = format!("v{}", short(from + to));
            self.add(Brush::Line, ink, (middle.0, middle.1 - from), &path);
        }
        true
    }
}

/// A number with one digit after the point at most.
pub fn short(n: f64) -> String {
    let text = format!("{n:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
