//! The sections of a call beside the notes: what took how long, and what is still to come.

use chrono::Duration;
use ratatui::layout::Rect;

use super::parts::clock;
use crate::app::call::state::Call;
use crate::app::model::Model;
use crate::domain::checkin::clock::{Pace, Reading};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;

/// Draws a line a section; the current one always shows.
pub fn draw(model: &Model, state: &Call, reading: &Reading, pen: &mut Pen, area: Rect) {
    let current = state.current();
    let first = (current + 1).saturating_sub(usize::from(area.height));
    let shown = state.checkin.sections.iter().enumerate().skip(first);
    for (y, (i, section)) in (area.y..area.bottom()).zip(shown) {
        let here = i == current;
        let dropped = reading.dropped[i];
        let mark = if here {
            "▶"
        } else if dropped {
            "–"
        } else if reading.visited[i] {
            "✓"
        } else {
            " "
        };
        let tone = match reading.pace(&state.checkin, i) {
            _ if dropped => Tone::Dim,
            Pace::Over => Tone::Bad,
            Pace::PastTarget => Tone::Caution,
            Pace::Within if here => Tone::Accent,
            Pace::Within => Tone::Dim,
        };
        pen.text(area.x + 1, y, 2, mark, tone);
        let spent = reading.sections[i];
        let time = if spent > Duration::zero() {
            clock(spent)
        } else {
            clock(reading.target(i))
        };
        let name = match (here, dropped) {
            (true, _) => Tone::Title,
            (false, true) => Tone::Dim,
            (false, false) => Tone::Text,
        };
        let room = area.width.saturating_sub(4 + time.len() as u16 + 1);
        pen.text(area.x + 3, y, room, model.lang.pick(&section.name), name);
        pen.right(area.right() - 1, y, 8, &time, tone);
    }
}
