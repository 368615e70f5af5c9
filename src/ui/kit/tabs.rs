//! The names of tabs in a strip.

use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;

/// Writes the names of tabs into a line, `gap` cells apart, and returns the column after them. The open tab
/// stands in brackets, so that it can be told without colours. Where not all have room, the open one shows,
/// and an ellipsis stands for those that are left out at either end.
pub fn strip<S: AsRef<str>>(pen: &mut Pen, line: Rect, names: &[S], open: usize, gap: u16) -> u16 {
    let width = |name: &S| wrap::width(name.as_ref()) as u16 + 2 + gap;
    let sum = |from: usize, to: usize| names[from..to].iter().map(width).sum::<u16>();
    // The gap after the last tab needs no room. Where some are left out, an ellipsis may stand at both ends.
    let all = line.width + gap;
    let room = if sum(0, names.len()) <= all {
        all
    } else {
        all.saturating_sub(2)
    };
    let first = (0..=open).find(|from| sum(*from, open + 1) <= room);
    let first = first.unwrap_or(open);
    let end = (open + 1..=names.len()).rfind(|to| sum(first, *to) <= room);
    let end = end.unwrap_or(open + 1);
    let mut x = line.x;
    if first > 0 {
        x = pen.text(x, line.y, 1, "…", Tone::Dim);
    }
    for (i, name) in names.iter().enumerate().take(end).skip(first) {
        let name = name.as_ref();
        let (text, tone) = if i == open {
            (format!("[{name}]"), Tone::Accent)
        } else {
            (format!(" {name} "), Tone::Dim)
        };
        let last = i + 1 == end;
        x = pen.text(x, line.y, line.right().saturating_sub(x), &text, tone);
        x += if last { 0 } else { gap };
    }
    if end < names.len() {
        x = pen.text(x, line.y, line.right().saturating_sub(x), "…", Tone::Dim);
    }
    x
}
