//! How many of the seats are used, as a bar and in words, and how often people come.

use ratatui::layout::Rect;

use crate::app::account::state::Pane;
use crate::app::model::Model;
use crate::domain::dossier::Dossier;
use crate::domain::facts::adoption::active_of_seats;
use crate::domain::facts::change_points::visit_frequency;
use crate::domain::facts::usage::{ACTIVE_USERS, LOGINS};
use crate::ui::kit::bars::bar;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;
use crate::words::numbers::number;

const BAR: usize = 20;

/// Draws one line, if the seats are known, and returns the rows used.
pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let today = model.now.today();
    let seats = model.book.get(&state.id).and_then(|r| r.standing.seats);
    let Some((active, seats)) = active_of_seats(&d.usage, seats, today) else {
        return 0;
    };
    let often = [LOGINS, ACTIVE_USERS]
        .iter()
        .find_map(|m| visit_frequency(d.usage.0.get(*m)?, today))
        .map(|f| words::account::they_come(lang, f.words(lang)))
        .unwrap_or_default();
    let share = active / f64::from(seats);
    let filled = (share.min(1.0) * BAR as f64).round() as usize;
    let bar = bar(pen.theme, filled, BAR, "█");
    let tone = if share < 0.1 {
        Tone::Bad
    } else if share <= 0.5 {
        Tone::Caution
    } else {
        Tone::Good
    };
    let words = words::account::active_of_seats(lang, number(active), seats, number(share * 100.0));
    pen.pieces(
        area.x + 1,
        area.y,
        area.width - 2,
        &[
            (&bar, tone),
            ("  ", Tone::Dim),
            (&words, Tone::Text),
            ("  ", Tone::Dim),
            (&often, Tone::Dim),
        ],
    );
    1
}
