//! The call while it runs: the sections at the left, the clock and the notes of the current one, and
//! what helps to ask.

use chrono::Duration;
use ratatui::layout::Rect;

use super::parts::{clock, time_of_day};
use super::{aids, header, sections};
use crate::app::call::state::{Call, Phase};
use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::checkin::Mark;
use crate::domain::checkin::agenda::Section;
use crate::domain::checkin::clock::{Pace, Reading};
use crate::ui::drawn::Drawn;
use crate::ui::kit::bars::bar;
use crate::ui::kit::{editor, layout};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Rows of what helps to ask, below the notes.
const AIDS: u16 = 2;
const BAR: usize = 8;

/// Draws the call; the caret stands in the notes while they are written.
pub fn draw(model: &Model, state: &Call, pen: &mut Pen, area: Rect) -> Drawn {
    let reading = state.reading(model.now);
    header::draw(model, state, &reading, pen, area);
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2 + AIDS),
        ..area
    };
    let side = side(area.width);
    if side > 0 {
        let left = Rect {
            width: side,
            ..body
        };
        sections::draw(model, state, &reading, pen, left);
        pen.wall(left.right(), body.y, body.height);
    }
    let text = Rect {
        x: body.x + side + u16::from(side > 0) + 1,
        width: body.width.saturating_sub(side + 2),
        ..body
    };
    let Some(section) = state.checkin.sections.get(state.current()) else {
        return Drawn::default();
    };
    section_line(model, state, section, &reading, pen, text);
    let pad = layout::below(text, 1);
    let caret = match state.only {
        Some(mark) => {
            lines_of(model, state, mark, pen, pad);
            None
        }
        None => notes(model, state, pen, pad),
    };
    let below = Rect {
        y: area.bottom() - AIDS,
        height: AIDS,
        ..area
    };
    aids::draw(model, state, &reading, pen, below);
    let columns = usize::from(pad.width.saturating_sub(editor::MARGIN + 1)).max(2);
    Drawn {
        geometry: Geometry {
            columns,
            ..Geometry::of(pad.height, 0)
        },
        caret: caret.filter(|_| state.phase == Phase::Live),
    }
}

/// Columns of the sections beside the notes; none where the notes need all the room.
fn side(width: u16) -> u16 {
    match width {
        100.. => 38,
        64.. => 28,
        _ => 0,
    }
}

/// The name of the current section, and its clock at the right.
fn section_line(
    model: &Model,
    state: &Call,
    section: &Section,
    reading: &Reading,
    pen: &mut Pen,
    area: Rect,
) {
    let (checkin, current) = (&state.checkin, state.current());
    let spent = reading.sections[current];
    let target = reading.target(current);
    let longest = reading.longest(checkin, current);
    let share = if longest > Duration::zero() {
        (spent.num_seconds() as f64 / longest.num_seconds() as f64).min(1.0)
    } else {
        0.0
    };
    let bar = bar(pen.theme, (share * BAR as f64).round() as usize, BAR, "▓");
    let over = spent - target;
    let over = if over > Duration::zero() {
        format!("+{} {} ", clock(over), words::call::over_word(model.lang))
    } else {
        String::new()
    };
    let clocks = format!("{} / {} {over}{bar}", clock(spent), clock(target));
    let room = wrap::width(&clocks) as u16;
    let name = model.lang.pick(&section.name);
    let width = area.width.saturating_sub(room + 1);
    pen.text(area.x, area.y, width, name, Tone::Title);
    let tone = match reading.pace(checkin, current) {
        Pace::Over => Tone::Bad,
        Pace::PastTarget => Tone::Caution,
        Pace::Within => Tone::Good,
    };
    pen.right(area.right(), area.y, room, &clocks, tone);
}

/// The notes of the current section; returns where the caret stands.
fn notes(model: &Model, state: &Call, pen: &mut Pen, area: Rect) -> Option<(u16, u16)> {
    let find_phrases = |line: &str| -> Vec<(usize, usize)> {
        let hits = state.phrase_hits.get(line);
        hits.map(|all| all.iter().map(|h| h.range).collect())
            .unwrap_or_default()
    };
    let margin = editor::Margin {
        zone: model.now.zone,
        marks: if pen.theme.ascii {
            editor::ascii_glyph
        } else {
            editor::glyph
        },
        find_phrases: Some(&find_phrases),
    };
    let editor = state.editors.get(state.current())?;
    editor::draw(editor, pen, area, Some(&margin))
}

/// The lines of one mark through all sections.
fn lines_of(model: &Model, state: &Call, mark: Mark, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let title = words::call::only_mark(lang, mark.words(lang));
    pen.text(area.x, area.y, area.width, &title, editor::tone(mark));
    let lines = state
        .editors
        .iter()
        .flat_map(|e| e.lines())
        .filter(|l| l.meaning() == Some(mark));
    let rows = usize::from(area.height.saturating_sub(1));
    for (y, line) in (area.y + 1..).zip(lines.take(rows)) {
        let time = line.at.map(|at| time_of_day(model, at)).unwrap_or_default();
        let pieces = [
            (time.as_str(), Tone::Dim),
            ("  ", Tone::Dim),
            (line.words(), Tone::Text),
        ];
        pen.pieces(area.x, y, area.width, &pieces);
    }
}
