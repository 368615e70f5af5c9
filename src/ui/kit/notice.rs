//! A text that is only read.

use ratatui::layout::Rect;

use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;

pub fn draw(
    pen: &mut Pen,
    area: Rect,
    title: &str,
    lines: &[String],
    scroll: usize,
    keys: &str,
) -> Drawn {
    let width = area.width.saturating_sub(6).min(84);
    let text: Vec<String> = lines
        .iter()
        .flat_map(|l| wrap::hanging(l, usize::from(width.saturating_sub(4))))
        .collect();
    let inside = pen.frame(
        centre(
            area,
            width,
            (text.len() as u16)
                .saturating_add(4)
                .min(area.height.saturating_sub(2)),
        ),
        title,
    );
    let rows = usize::from(inside.height.saturating_sub(1));
    let most = text.len().saturating_sub(rows);
    for (dy, line) in text.iter().skip(scroll.min(most)).take(rows).enumerate() {
        pen.text(
            inside.x,
            inside.y + dy as u16,
            inside.width,
            line,
            Tone::Text,
        );
    }
    let below = inside.bottom().saturating_sub(1);
    pen.text(inside.x, below, inside.width, keys, Tone::Dim);
    if most > 0 {
        pen.right(
            inside.right(),
            below,
            16,
            &format!("j/k {}/{}", scroll.min(most) + rows, text.len()),
            Tone::Dim,
        );
    }
    let drawn = at(inside.height.saturating_sub(1), inside.width, None);
    Drawn {
        geometry: Geometry {
            most,
            ..drawn.geometry
        },
        ..drawn
    }
}
