//! The notes of an account, the chosen one beside the list.

use ratatui::layout::Rect;

use crate::app::account::state::Pane;
use crate::app::model::Model;
use crate::domain::dossier::Dossier;
use crate::ui::kit::list;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// From this width the chosen note stands beside the list.
const WIDE: u16 = 84;

/// Draws the tab and returns how many notes are in sight.
pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    if d.notes.is_empty() {
        let words = words::account::no_notes(model.lang);
        pen.text(area.x + 2, area.y + 1, area.width, words, Tone::Dim);
        return area.height;
    }
    let wide = area.width >= WIDE;
    let left = Rect {
        width: if wide { area.width / 2 } else { area.width },
        ..area
    };
    let list = state.list();
    list::draw(pen, left, list, &d.notes, |pen, line, note| {
        let written = model.now.zone.local(note.at);
        let when = written.format("%Y-%m-%d %H:%M").to_string();
        let x = pen.text(line.x + 1, line.y, 17, &when, Tone::Dim) + 2;
        let room = line.right().saturating_sub(x + 1);
        pen.text(x, line.y, room, note.title(), Tone::Text);
    });
    if let Some(note) = d.notes.get(list.cursor).filter(|_| wide) {
        pen.wall(left.right(), area.y, area.height);
        let right = Rect {
            x: left.right() + 2,
            width: area.width - left.width - 3,
            ..area
        };
        pen.wrapped(right, &note.text, Tone::Text);
    }
    area.height
}
