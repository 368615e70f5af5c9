//! Colours and signs by meaning. Nothing is told by colour alone: every state has a glyph or a word
//! as well.

use ratatui::style::Style;

use super::palette;
pub use super::palette::{Depth, Tone};
use crate::config;
use crate::domain::health::Band;
use crate::domain::signals::{Severity, Signal};

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

    /// The theme of the configuration on the terminal that the environment describes. `remembered` says
    /// whether the terminal's background was light when it last told.
    pub fn choose(
        desk: &config::Desk,
        env: impl Fn(&str) -> Option<String>,
        remembered: Option<bool>,
    ) -> Self {
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
        let named = || Some(matches!(env("COLORFGBG")?.rsplit(';').next()?, "7" | "15"));
        let light = match desk.theme {
            config::Theme::Light => true,
            config::Theme::Auto => remembered.or_else(named).unwrap_or(false),
            _ => false,
        };
        Self {
            depth,
            light,
            ascii: desk.glyphs == config::Glyphs::Ascii,
        }
    }

    /// How the letters of a tone look on this terminal.
    pub fn style(&self, tone: Tone) -> Style {
        palette::letters(self.depth, self.light, tone)
    }

    /// How signs, frames and charts of a tone look on this terminal.
    pub fn mark(&self, tone: Tone) -> Style {
        palette::marks(self.depth, self.light, tone)
    }

    /// How a tone looks on a selected row.
    pub fn on_selected(&self, tone: Tone) -> Style {
        palette::on_selected(self.depth, self.light, tone)
    }

    /// The sign before a selected row, and how it looks: the background alone is too faint on some terminals.
    pub fn selected_sign(&self) -> (&'static str, Style) {
        let sign = if self.ascii { ">" } else { "▌" };
        (sign, palette::selected_sign(self.depth, self.light))
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
