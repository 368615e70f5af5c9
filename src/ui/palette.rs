//! The colours of each tone: on dark and on light, in true colour, in 256 colours and in 16.
//!
//! Letters have a contrast of at least 4.5 to what they stand on, frames and the marks of charts of at least
//! 3. `tests/legible.rs` measures both on every screen.

use ratatui::style::{Color, Modifier, Style};

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    Text,
    Dim,
    Title,
    Accent,
    Key,
    Border,
    Selected,
    Good,
    Caution,
    Bad,
    Unknown,
    Input,
    Toast,
    Chart,
    ChartBefore,
}

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    None,
    Sixteen,
    Many,
    True,
}

/// One colour on dark and on light: in true colour, and its place among 256.
struct Ink {
    dark: u32,
    light: u32,
    dark_256: u8,
    light_256: u8,
}

impl Ink {
    const fn new(dark: u32, light: u32, dark_256: u8, light_256: u8) -> Self {
        Self {
            dark,
            light,
            dark_256,
            light_256,
        }
    }

    fn color(&self, depth: Depth, light: bool) -> Color {
        match (depth, light) {
            (Depth::True, false) => Color::from_u32(self.dark),
            (Depth::True, true) => Color::from_u32(self.light),
            (_, false) => Color::Indexed(self.dark_256),
            (_, true) => Color::Indexed(self.light_256),
        }
    }
}

/// What selected rows stand on.
const SELECTED: Ink = Ink::new(0x304466, 0xbed4f6, 24, 189);

/// The colour of a tone on the terminal's own background. None is the terminal's own ink.
const fn ink(tone: Tone) -> Option<Ink> {
    Some(match tone {
        Tone::Text | Tone::Title | Tone::Input | Tone::Selected => return None,
        Tone::Dim | Tone::Unknown => Ink::new(0x98a0ac, 0x545b64, 246, 240),
        Tone::Border => Ink::new(0x6e7889, 0x808892, 243, 245),
        Tone::Accent | Tone::Chart => Ink::new(0x6ea8fe, 0x145cbe, 75, 25),
        Tone::ChartBefore => Ink::new(0x747b88, 0x727984, 243, 243),
        Tone::Key => Ink::new(0xe0b86e, 0x915f00, 179, 58),
        Tone::Good | Tone::Toast => Ink::new(0x66c286, 0x147a3e, 72, 22),
        Tone::Caution => Ink::new(0xebbc56, 0x966200, 179, 94),
        Tone::Bad => Ink::new(0xf07070, 0xbe202c, 203, 124),
    })
}

/// The colour of a tone on a selected row. No tone has the terminal's own ink there, because it may be of
/// any colour.
const fn selected_ink(tone: Tone) -> Ink {
    match tone {
        Tone::Text | Tone::Title | Tone::Input | Tone::Selected | Tone::Dim | Tone::Unknown => {
            Ink::new(0xffffff, 0x101620, 231, 16)
        }
        Tone::Border | Tone::ChartBefore => Ink::new(0x96a0b2, 0x626a76, 110, 242),
        Tone::Accent | Tone::Chart => Ink::new(0x96c4ff, 0x0848a0, 153, 25),
        Tone::Key => Ink::new(0xecc884, 0x6c4400, 222, 58),
        Tone::Good | Tone::Toast => Ink::new(0x7cd69a, 0x085c2c, 157, 22),
        Tone::Caution => Ink::new(0xf0c464, 0x704600, 222, 58),
        Tone::Bad => Ink::new(0xff9e9e, 0xa61220, 224, 88),
    }
}

/// What a tone has beside its colour.
const fn weight(tone: Tone) -> Modifier {
    match tone {
        Tone::Title | Tone::Bad => Modifier::BOLD,
        Tone::Input => Modifier::UNDERLINED,
        _ => Modifier::empty(),
    }
}

/// The weight of letters where colours cannot tell a key.
const fn plain_weight(tone: Tone) -> Modifier {
    match tone {
        Tone::Key => Modifier::BOLD,
        _ => weight(tone),
    }
}

/// How the letters of a tone look.
pub fn letters(depth: Depth, light: bool, tone: Tone) -> Style {
    match depth {
        Depth::None if tone == Tone::Selected => Style::new().add_modifier(Modifier::REVERSED),
        Depth::None => Style::new().add_modifier(plain_weight(tone)),
        Depth::Sixteen => letters_of_16(tone),
        _ if tone == Tone::Selected => on_selected(depth, light, Tone::Text),
        _ => {
            let color = ink(tone).map_or(Color::Reset, |ink| ink.color(depth, light));
            Style::new().fg(color).add_modifier(weight(tone))
        }
    }
}

/// The 16 colours are the user's own: each of them is hard to read somewhere, so letters keep the terminal's
/// ink.
fn letters_of_16(tone: Tone) -> Style {
    let base = Style::new().fg(Color::Reset);
    match tone {
        Tone::Selected => base.add_modifier(Modifier::REVERSED),
        Tone::Dim | Tone::Unknown => base.add_modifier(Modifier::DIM),
        _ => base.add_modifier(plain_weight(tone)),
    }
}

/// How signs, frames and charts of a tone look.
pub fn marks(depth: Depth, light: bool, tone: Tone) -> Style {
    match depth {
        Depth::Sixteen => Style::new()
            .fg(mark_of_16(light, tone))
            .add_modifier(weight(tone)),
        _ => letters(depth, light, tone),
    }
}

/// The colours that the usual palettes show with a contrast of 3; the terminal's ink where there is none.
fn mark_of_16(light: bool, tone: Tone) -> Color {
    match (tone, light) {
        (Tone::Bad, false) => Color::LightRed,
        (Tone::Bad, true) => Color::Red,
        (Tone::Caution, false) => Color::Yellow,
        (Tone::Good, false) => Color::Green,
        (Tone::Accent | Tone::Chart, false) => Color::Cyan,
        (Tone::Accent | Tone::Chart, true) => Color::Blue,
        _ => Color::Reset,
    }
}

/// How a tone looks on a selected row.
pub fn on_selected(depth: Depth, light: bool, tone: Tone) -> Style {
    match depth {
        Depth::None | Depth::Sixteen => Style::new()
            .fg(Color::Reset)
            .add_modifier(Modifier::REVERSED | plain_weight(tone)),
        _ => Style::new()
            .fg(selected_ink(tone).color(depth, light))
            .bg(SELECTED.color(depth, light))
            .add_modifier(weight(tone)),
    }
}

/// How the sign before a selected row looks.
pub fn selected_sign(depth: Depth, light: bool) -> Style {
    match depth {
        Depth::None | Depth::Sixteen => marks(depth, light, Tone::Accent),
        _ => on_selected(depth, light, Tone::Accent),
    }
}

/// Whether a character is a sign, a piece of a frame or of a chart, and no letter.
pub fn is_mark(c: char) -> bool {
    matches!(c, '•' | '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{27bf}' | '\u{2800}'..='\u{28ff}')
}
