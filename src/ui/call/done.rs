//! The finished note: what it lacks, whether it was pasted, and its text.

use ratatui::layout::Rect;

use super::parts::{time_of_day, title};
use crate::app::call::state::Call;
use crate::app::call::whole_packet;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::checkin::quality;
use crate::services::{compose, packet};
use crate::ui::drawn::{Drawn, scrolled};
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the note; it can be scrolled.
pub fn draw(model: &Model, state: &Call, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let missing = quality::missing(&state.checkin, &state.actions);
    header(model, state, missing.len(), pen, area);
    pen.rule(area.x, area.y + 1, area.width);
    if let Some((words, tone)) = pasted(model, state) {
        let words = format!(" {words} ");
        pen.text(area.x + 1, area.y + 1, area.width - 2, &words, tone);
    }
    let mut body = layout::below(area, 2);
    if !missing.is_empty() {
        let parts: Vec<&str> = missing.iter().map(|p| p.words(lang)).collect();
        let parts = parts.join(words::common::list_comma(lang));
        let words = format!("{}: {parts}", words::call::missing_parts(lang));
        let room = Rect {
            height: 3,
            ..layout::inset(body)
        };
        let used = pen.wrapped(room, &words, Tone::Caution);
        body = layout::below(body, used);
    }
    let text = compose::markdown(
        &state.checkin,
        &state.name,
        &state.actions,
        lang,
        model.now.zone,
    );
    let lines = wrap::lines(&text, usize::from(body.width.saturating_sub(4)).min(110));
    let most = lines.len().saturating_sub(usize::from(body.height));
    let shown = lines.iter().skip(state.list.cursor.min(most));
    for (y, line) in (body.y..body.bottom()).zip(shown) {
        let tone = if line.starts_with('#') {
            Tone::Title
        } else {
            Tone::Text
        };
        let line = line
            .trim_start_matches("# ")
            .trim_start_matches("## ")
            .trim_start_matches("### ");
        pen.text(body.x + 2, y, body.width.saturating_sub(3), line, tone);
    }
    scrolled(body.height, area.width, most)
}

/// Whose note it is, and how many of its parts are there.
fn header(model: &Model, state: &Call, missing: usize, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let all = quality::Part::ALL.len();
    let meter = words::call::parts_of(lang, all - missing, all);
    let tone = if missing == 0 {
        Tone::Good
    } else {
        Tone::Caution
    };
    let pieces = [
        (words::call::complete_note(lang), Tone::Accent),
        (" · ", Tone::Dim),
        (title(model, state), Tone::Text),
        (" · ", Tone::Dim),
        (&state.name, Tone::Title),
        ("  ", Tone::Dim),
        (&meter, tone),
    ];
    pen.pieces(area.x + 1, area.y, area.width - 2, &pieces);
}

/// When the note was pasted into the CRM, and whether it changed since.
fn pasted(model: &Model, state: &Call) -> Option<(String, Tone)> {
    let (hash, at) = state.checkin.wrapup.pasted?;
    let when = time_of_day(model, at);
    let text = whole_packet(model)?;
    Some(if packet::fingerprint(&text) == hash {
        (words::call::pasted_same(model.lang, &when), Tone::Good)
    } else {
        (
            words::call::pasted_changed(model.lang, &when),
            Tone::Caution,
        )
    })
}
