//! Bars and sparklines as text.

use crate::domain::standing::GAP;
use crate::ui::theme::Theme;

/// A bar of `width` cells, of which `filled` show the sign `full`.
pub fn bar(theme: &Theme, filled: usize, width: usize, full: &str) -> String {
    let (full, empty) = if theme.ascii {
        ("#", ".")
    } else {
        (full, "░")
    };
    full.repeat(filled) + &empty.repeat(width - filled)
}

/// A line of small bars, one a level; days without data are gaps.
pub fn spark(theme: &Theme, levels: &[u8]) -> String {
    let glyph = |level: &u8| match *level {
        GAP => " ",
        level => theme.spark(level),
    };
    levels.iter().map(glyph).collect()
}
