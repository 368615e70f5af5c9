//! The header of a call: who and what at the left, the whole clock at the right.

use chrono::Duration;
use ratatui::layout::Rect;

use super::parts::{clock, time_of_day, title};
use crate::app::call::state::Call;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::checkin::clock::Reading;
use crate::domain::checkin::pacing;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws two lines: the header, and a rule that says when the call runs late.
pub fn draw(model: &Model, state: &Call, reading: &Reading, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let checkin = &state.checkin;
    let (clocks, tone) = clocks(model, state, reading);
    let room = wrap::width(&clocks) as u16 + 2;
    let late = checkin
        .late_by()
        .map(|minutes| words::call::started_late(lang, minutes));
    let leave = checkin
        .leave_by()
        .map(|at| words::call::leave_word(lang, time_of_day(model, at)));
    let moods = checkin.moods();
    let mood = moods.last().map(|(_, mood)| mood.words(lang));
    let mut pieces = vec![
        (state.name.as_str(), Tone::Title),
        (" · ", Tone::Dim),
        (title(model, state), Tone::Accent),
    ];
    for (words, tone) in [
        (late.as_deref(), Tone::Caution),
        (leave.as_deref(), Tone::Caution),
        (mood, Tone::Key),
    ] {
        if let Some(words) = words {
            pieces.extend([("  ", Tone::Dim), (words, tone)]);
        }
    }
    pen.pieces(area.x + 1, area.y, area.width.saturating_sub(room), &pieces);
    pen.right(area.right() - 1, area.y, area.width - 2, &clocks, tone);
    pen.rule(area.x, area.y + 1, area.width);
    if reading.running && !reading.paused && pacing::is_late(checkin, model.now.at) {
        let hint = format!(" {} ", words::call::late_hint(lang));
        pen.text(area.x + 1, area.y + 1, area.width - 2, &hint, Tone::Caution);
    }
}

/// Whether the call runs, how long it took of how long it may, and what is left. What is left ends at
/// the agreed end, if that comes before the planned one.
fn clocks(model: &Model, state: &Call, reading: &Reading) -> (String, Tone) {
    let lang = model.lang;
    let planned = pacing::planned(&state.checkin, reading);
    let end = pacing::end(&state.checkin, reading, model.now.at);
    let left = (planned - reading.total).min(end - model.now.at);
    let over = left < Duration::zero();
    let word = if reading.paused {
        words::call::paused_state(lang)
    } else if reading.running {
        words::call::live_state(lang)
    } else {
        words::call::ended_state(lang)
    };
    let rest = match (reading.running, over) {
        (false, _) => String::new(),
        (true, true) => format!("  {} {}", words::call::over_word(lang), clock(-left)),
        (true, false) => format!("  {} {}", words::call::left_word(lang), clock(left)),
    };
    let (total, planned) = (clock(reading.total), clock(planned));
    let tone = if over { Tone::Bad } else { Tone::Good };
    (format!("● {word} {total} / {planned}{rest}"), tone)
}
