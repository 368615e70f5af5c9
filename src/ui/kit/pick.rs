//! A picker: what is typed, and the items it leaves.

use ratatui::layout::Rect;

use crate::app::kit::pick::Pick;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::app::msg::Reply;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::kit::editor;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect, p: &Pick<Reply>) -> Drawn {
    let width = area.width.min(78);
    let about: Vec<String> = p
        .about
        .iter()
        .flat_map(|l| wrap::hanging(l, usize::from(width.saturating_sub(4))))
        .collect();
    let height = (p.all.len() + about.len() + 5)
        .clamp(8, usize::from(area.height.saturating_sub(4).max(8))) as u16;
    let mut inside = pen.frame(centre(area, width, height), &p.title);
    // What is to be read leaves room for three lines to choose from.
    let rows = p.all.len().min(3) as u16;
    for line in about
        .iter()
        .take(usize::from(inside.height.saturating_sub(rows + 3)))
    {
        pen.text(inside.x, inside.y, inside.width, line, Tone::Text);
        inside = Rect {
            y: inside.y + 1,
            height: inside.height - 1,
            ..inside
        };
    }
    if inside.height < 3 {
        return at(1, inside.width, None);
    }
    pen.text(inside.x, inside.y, 2, ">", Tone::Key);
    let caret = editor::field(
        &p.field,
        pen,
        inside.x + 2,
        inside.y,
        inside.width.saturating_sub(2),
    );
    let rows = inside.height.saturating_sub(3);
    for (dy, index) in p
        .shown
        .iter()
        .skip(p.list.top)
        .take(usize::from(rows))
        .enumerate()
    {
        let y = inside.y + 1 + dy as u16;
        pen.row(inside, y, p.list.top + dy == p.list.cursor);
        let item = &p.all[*index];
        let label = wrap::width(&item.label) as u16 + 3;
        let room = (wrap::width(&item.detail) as u16)
            .min(inside.width.saturating_sub(label.min(inside.width / 2)));
        pen.text(
            inside.x + 1,
            y,
            inside.width.saturating_sub(room + 3),
            &item.label,
            Tone::Text,
        );
        pen.right(inside.right() - 1, y, room, &item.detail, Tone::Dim);
    }
    pen.over = Default::default();
    if p.shown.is_empty() {
        pen.text(
            inside.x + 1,
            inside.y + 1,
            inside.width.saturating_sub(2),
            words::common::nothing_found(model.lang),
            Tone::Dim,
        );
    }
    pen.text(
        inside.x,
        inside.bottom() - 1,
        inside.width.saturating_sub(10),
        words::shell::pick_keys(model.lang),
        Tone::Dim,
    );
    let more = if p.list.top + usize::from(rows) < p.shown.len() {
        " ↓"
    } else {
        ""
    };
    let place = format!(
        "{}/{}{more}",
        (p.list.cursor + 1).min(p.shown.len()),
        p.shown.len()
    );
    pen.right(inside.right(), inside.bottom() - 1, 9, &place, Tone::Dim);
    at(rows, inside.width, caret)
}
