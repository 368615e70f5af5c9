//! Colours and signs by meaning. Nothing is told by colour alone: every state has a glyph or a word
//! as well.

use ratatui::style::{Color, Modifier, Style};

use crate::config;
use crate::domain::health::Band;
use crate::domain::signals::{Severity, Signal};

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

/// Colours and signs by meaning, for one terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    pub depth: Depth,
    pub light: bool,
    pub ascii: bool,
}

impl Theme {
    /// All colours on a dark background.
    pub const fn dark() -> Self {
        Self {
            depth: Depth::True,
            light: false,
            ascii: false,
        }
    }

    /// The theme of the configuration on the terminal that the environment describes.
    pub fn choose(desk: &config::Desk, env: impl Fn(&str) -> Option<String>) -> Self {
        let term = env("TERM").unwrap_or_default();
        let depth = if env("NO_COLOR").is_some_and(|v| !v.is_empty())
            || desk.theme == config::Theme::Mono
            || term == "dumb"
        {
            Depth::None
        } else if env("COLORTERM").is_some_and(|v| v == "truecolor" || v == "24bit") {
            Depth::True
        } else if term.contains("256") {
            Depth::Many
        } else {
            Depth::Sixteen
        };
        // COLORFGBG ends in the background's number: 7 and 15 are light.
        let light_background = env("COLORFGBG")
            .and_then(|v| v.rsplit(';').next().map(|b| matches!(b, "7" | "15")))
            .unwrap_or(false);
        let light = match desk.theme {
            config::Theme::Light => true,
            config::Theme::Auto => light_background,
            _ => false,
        };
        Self {
            depth,
            light,
            ascii: desk.glyphs == config::Glyphs::Ascii,
        }
    }

    /// How a tone looks on this terminal.
    pub fn style(&self, tone: Tone) -> Style {
        let base = Style::new();
        if self.depth == Depth::None {
            return match tone {
                Tone::Title | Tone::Key | Tone::Bad => base.add_modifier(Modifier::BOLD),
                Tone::Selected => base.add_modifier(Modifier::REVERSED),
                Tone::Input => base.add_modifier(Modifier::UNDERLINED),
                _ => base,
            };
        }
        let pick = |true_dark: (u8, u8, u8),
                    true_light: (u8, u8, u8),
                    many_dark: u8,
                    many_light: u8,
                    sixteen: Color| match (self.depth, self.light) {
            (Depth::True, false) => Color::Rgb(true_dark.0, true_dark.1, true_dark.2),
            (Depth::True, true) => Color::Rgb(true_light.0, true_light.1, true_light.2),
            (Depth::Many, false) => Color::Indexed(many_dark),
            (Depth::Many, true) => Color::Indexed(many_light),
            _ => sixteen,
        };
        match tone {
            Tone::Text => base,
            Tone::Dim => base.fg(pick(
                (138, 146, 158),
                (96, 103, 112),
                246,
                242,
                Color::DarkGray,
            )),
            Tone::Title => base.add_modifier(Modifier::BOLD),
            Tone::Accent => base.fg(pick((110, 168, 254), (20, 92, 190), 75, 25, Color::Blue)),
            Tone::Key => base.fg(pick((224, 184, 110), (145, 95, 0), 179, 94, Color::Yellow)),
            Tone::Border => base.fg(pick(
                (70, 78, 90),
                (190, 196, 204),
                239,
                250,
                Color::DarkGray,
            )),
            Tone::Selected => match self.depth {
                Depth::Sixteen => base.add_modifier(Modifier::REVERSED),
                _ => base.bg(pick((38, 52, 74), (214, 228, 250), 236, 189, Color::Blue)),
            },
            Tone::Good => base.fg(pick((102, 194, 134), (20, 122, 62), 72, 28, Color::Green)),
            Tone::Caution => base.fg(pick((235, 188, 86), (150, 98, 0), 179, 130, Color::Yellow)),
            Tone::Bad => base
                .fg(pick((240, 112, 112), (190, 32, 44), 203, 124, Color::Red))
                .add_modifier(Modifier::BOLD),
            Tone::Unknown => base.fg(pick(
                (138, 146, 158),
                (96, 103, 112),
                246,
                242,
                Color::DarkGray,
            )),
            Tone::Input => base.add_modifier(Modifier::UNDERLINED),
            Tone::Toast => base.fg(pick((102, 194, 134), (20, 122, 62), 72, 28, Color::Green)),
            Tone::Chart => base.fg(pick((110, 168, 254), (20, 92, 190), 75, 25, Color::Cyan)),
            Tone::ChartBefore => base.fg(pick(
                (110, 116, 128),
                (160, 166, 176),
                243,
                248,
                Color::DarkGray,
            )),
        }
    }

    /// The tone of a health band.
    pub fn band(band: Band) -> Tone {
        match band {
            Band::Red => Tone::Bad,
            Band::Yellow => Tone::Caution,
            Band::Green => Tone::Good,
            Band::Unknown => Tone::Unknown,
        }
    }

    /// The sign of a health band.
    pub fn glyph(&self, band: Band) -> &'static str {
        match (band, self.ascii) {
            (Band::Red, false) => "▲",
            (Band::Yellow, false) => "■",
            (Band::Green, false) => "●",
            (Band::Unknown, false) => "○",
            (Band::Red, true) => "!",
            (Band::Yellow, true) => "=",
            (Band::Green, true) => "o",
            (Band::Unknown, true) => "?",
        }
    }

    /// The tone of a signal, by its severity.
    pub fn signal_tone(signal: &Signal) -> Tone {
        match (signal.kind.is_positive(), signal.severity) {
            (true, _) => Tone::Good,
            (false, Severity::High) => Tone::Bad,
            (false, Severity::Medium) => Tone::Caution,
            (false, Severity::Low) => Tone::Dim,
        }
    }

    /// The sign of a signal: filled for the severe ones; good news has a sign of its own.
    pub fn signal(&self, signal: &Signal) -> &'static str {
        match (signal.kind.is_positive(), signal.severity, self.ascii) {
            (true, _, false) => "☆",
            (true, _, true) => "+",
            (false, Severity::High, false) => "◆",
            (false, Severity::High, true) => "#",
            (false, _, false) => "◇",
            (false, _, true) => "-",
        }
    }

    /// An arrow for the change of a score.
    pub fn arrow(&self, change: Option<i16>) -> &'static str {
        match (change, self.ascii) {
            (None, _) => " ",
            (Some(n), false) if n >= 4 => "↗",
            (Some(n), false) if n <= -4 => "↘",
            (Some(_), false) => "→",
            (Some(n), true) if n >= 4 => "+",
            (Some(n), true) if n <= -4 => "-",
            (Some(_), true) => "~",
        }
    }

    /// A piece of a vertical line.
    pub fn vertical(&self) -> &'static str {
        if self.ascii { "|" } else { "│" }
    }

    /// A piece of a horizontal line.
    pub fn horizontal(&self) -> &'static str {
        if self.ascii { "-" } else { "─" }
    }

    /// A bar of one cell, from level 0 to 7.
    pub fn spark(&self, level: u8) -> &'static str {
        const UNICODE: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
        const ASCII: [&str; 8] = ["_", ".", ",", "-", "=", "+", "*", "#"];
        let set = if self.ascii { ASCII } else { UNICODE };
        set.get(usize::from(level)).copied().unwrap_or(" ")
    }
}
