//! The names of tabs in a strip.

use crate::ui::pen::Pen;
use crate::ui::theme::Tone;

/// Writes the name of one tab and returns the column after it. The open tab stands in brackets, so
/// that it can be told without colours.
pub fn tab(pen: &mut Pen, (x, y): (u16, u16), right: u16, name: &str, open: bool) -> u16 {
    let (text, tone) = if open {
        (format!("[{name}]"), Tone::Accent)
    } else {
        (format!(" {name} "), Tone::Dim)
    };
    pen.text(x, y, right.saturating_sub(x), &text, tone)
}
