//! A picker: what is to be read, what is typed, and the items it leaves.

use ratatui::layout::Rect;

use crate::app::kit::pick::{Item, Pick};
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::app::msg::Reply;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::kit::{editor, layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// The cells across of a picker with short items, and the most that one takes.
const USUAL: u16 = 78;
const MOST: u16 = 132;

/// The cells across in which the longest item is whole.
fn wanted(p: &Pick<Reply>) -> u16 {
    let cells = |item: &Item<Reply>| wrap::width(&item.label) + wrap::width(&item.detail) + 8;
    p.all
        .iter()
        .map(cells)
        .max()
        .unwrap_or(0)
        .min(usize::from(MOST)) as u16
}

/// Draws a picker over what is there; the caret stands in the line that is typed.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect, p: &Pick<Reply>) -> Drawn {
    let width = area.width.min(wanted(p).clamp(USUAL, MOST));
    let columns = usize::from(width.saturating_sub(4));
    let about: Vec<String> = p
        .about
        .iter()
        .flat_map(|line| wrap::hanging(line, columns))
        .collect();
    let most = usize::from(area.height.saturating_sub(4).max(8));
    let height = (p.all.len() + about.len() + 5).clamp(8, most) as u16;
    let mut inside = pen.frame(centre(area, width, height), &p.title);
    // What is to be read leaves room for three lines to choose from.
    let least = p.all.len().min(3) as u16 + 3;
    let rows = usize::from(inside.height.saturating_sub(least));
    for line in &wrap::first(about, rows, usize::from(inside.width)) {
        pen.text(inside.x, inside.y, inside.width, line, Tone::Text);
        inside = layout::below(inside, 1);
    }
    if inside.height < 3 {
        return at(1, inside.width, None);
    }
    pen.text(inside.x, inside.y, 2, ">", Tone::Key);
    let room = inside.width.saturating_sub(2);
    let caret = editor::field(&p.field, pen, inside.x + 2, inside.y, room);
    let rows = inside.height.saturating_sub(3);
    items(model, pen, p, layout::from(inside, inside.y + 1, rows));
    let keys = words::shell::pick_keys(model.lang);
    let (y, width) = (inside.bottom() - 1, inside.width);
    pen.text(inside.x, y, width.saturating_sub(10), keys, Tone::Dim);
    let shown = p.shown.len();
    let more = if p.list.top + usize::from(rows) < shown {
        " ↓"
    } else {
        ""
    };
    let place = format!("{}/{shown}{more}", (p.list.cursor + 1).min(shown));
    pen.right(inside.right(), y, 9, &place, Tone::Dim);
    at(rows, width, caret)
}

/// The items that are left, the details at their right as far as the labels leave room.
fn items(model: &Model, pen: &mut Pen, p: &Pick<Reply>, area: Rect) {
    list::draw(pen, area, &p.list, &p.shown, |pen, line, place| {
        let item = &p.all[*place];
        let label = (wrap::width(&item.label) as u16 + 3).min(line.width / 2);
        let room = (wrap::width(&item.detail) as u16).min(line.width.saturating_sub(label));
        let width = line.width.saturating_sub(room + 3);
        pen.text(line.x + 1, line.y, width, &item.label, Tone::Text);
        pen.right(line.right() - 1, line.y, room, &item.detail, Tone::Dim);
    });
    if p.shown.is_empty() {
        let words = words::common::nothing_found(model.lang);
        let room = area.width.saturating_sub(2);
        pen.text(area.x + 1, area.y, room, words, Tone::Dim);
    }
}
