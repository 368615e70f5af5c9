//! A notice: a text that is only read.

use ratatui::layout::Rect;

use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::ui::drawn::{Drawn, centre, scrolled};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;

/// Draws a text over what is there, with its keys in the last line.
pub fn draw(
    pen: &mut Pen,
    area: Rect,
    title: &str,
    lines: &[String],
    scroll: usize,
    keys: &str,
) -> Drawn {
    let width = area.width.saturating_sub(6).min(84);
    let columns = usize::from(width.saturating_sub(4));
    let text: Vec<(String, Tone)> = lines
        .iter()
        .flat_map(|line| wrap::hanging(line, columns))
        .map(|line| (line, Tone::Text))
        .collect();
    let height = (text.len() as u16).saturating_add(4);
    let height = height.min(area.height.saturating_sub(2));
    let inside = pen.frame(centre(area, width, height), title);
    let drawn = self::lines(pen, inside, &text, scroll, keys);
    let Geometry { rows, most, .. } = drawn.geometry;
    if most > 0 {
        let place = format!("j/k {}/{}", scroll.min(most) + rows, text.len());
        let y = inside.bottom().saturating_sub(1);
        pen.right(inside.right(), y, 16, &place, Tone::Dim);
    }
    drawn
}

/// Draws wrapped lines into a frame, scrolled as far as there are any, with the keys below them.
pub fn lines(
    pen: &mut Pen,
    inside: Rect,
    lines: &[(String, Tone)],
    scroll: usize,
    keys: &str,
) -> Drawn {
    let rows = inside.height.saturating_sub(1);
    let most = lines.len().saturating_sub(usize::from(rows));
    let shown = lines.iter().skip(scroll.min(most));
    for (y, (text, tone)) in (inside.y..inside.y + rows).zip(shown) {
        pen.text(inside.x, y, inside.width, text, *tone);
    }
    let y = inside.bottom().saturating_sub(1);
    pen.text(inside.x, y, inside.width, keys, Tone::Dim);
    scrolled(rows, inside.width, most)
}
