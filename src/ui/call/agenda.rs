//! The agenda while a check-in is set up: its sections with their times, and what was learned from
//! earlier ones.

use chrono::Duration;
use ratatui::layout::Rect;

use super::parts::{clock, time_of_day, title};
use crate::app::call::Learned;
use crate::app::call::state::Call;
use crate::app::model::Model;
use crate::domain::checkin::Checkin;
use crate::domain::checkin::agenda::{self, Section};
use crate::ui::drawn::{Drawn, at};
use crate::ui::kit::list;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Draws the agenda and what to ask in the chosen section.
pub fn draw(model: &Model, state: &Call, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let sections = &state.checkin.sections;
    header(model, state, pen, area);
    pen.rule(area.x, area.y + 1, area.width);
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(4),
        ..area
    };
    let numbered = sections.iter().enumerate();
    list::draw(
        pen,
        body,
        &state.list,
        numbered,
        |pen, line, (i, section)| {
            row(model, pen, line, i + 1, section);
        },
    );
    let (x, width) = (area.x + 1, area.width - 2);
    if let Some(Learned {
        took,
        planned,
        proposed,
    }) = crate::app::call::learned(model)
    {
        let words = words::call::lesson_line(lang, took, planned, proposed);
        let y = area.bottom().saturating_sub(2);
        pen.text(x, y, width, &words, Tone::Caution);
    }
    if let Some(section) = sections.get(state.list.cursor) {
        let prompts = section.prompts.iter().map(|p| lang.pick(p));
        let prompts: Vec<&str> = prompts.collect();
        let words = format!("{}: {}", words::call::asks(lang), prompts.join(" / "));
        pen.text(x, area.bottom() - 1, width, &words, Tone::Dim);
    }
    at(body.height, area.width, None)
}

/// Whose check-in it is, how long it takes, when it starts and has to end.
fn header(model: &Model, state: &Call, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let checkin = &state.checkin;
    let total = agenda::total(&checkin.sections);
    let length = checkin.length();
    let starts = checkin
        .start_at()
        .map(|at| words::call::starts_word(lang, time_of_day(model, at)));
    let leave = checkin
        .leave_by()
        .map(|at| words::call::leave_word(lang, time_of_day(model, at)));
    let times: Vec<String> = starts
        .into_iter()
        .chain(leave)
        .chain(apart(lang, checkin))
        .collect();
    pen.pieces(
        area.x + 1,
        area.y,
        area.width - 2,
        &[
            (&words::call::agenda_of(lang, &state.name), Tone::Title),
            (" · ", Tone::Dim),
            (title(model, state), Tone::Accent),
            ("  ", Tone::Dim),
            (
                &words::call::agenda_total(lang, length, total.least, total.most),
                Tone::Text,
            ),
            ("  ", Tone::Dim),
            (&times.join(" · "), Tone::Caution),
        ],
    );
}

/// How far the sections together are from the length of the meeting.
fn apart(lang: Lang, checkin: &Checkin) -> Option<String> {
    let sum: i64 = checkin.sections.iter().map(|s| i64::from(s.target)).sum();
    let apart = Duration::minutes(i64::from(checkin.length())) - Duration::seconds(sum);
    match apart.num_seconds() {
        0 => None,
        1.. => Some(words::call::agenda_under(lang, clock(apart))),
        _ => Some(words::call::agenda_over(lang, clock(-apart))),
    }
}

fn row(model: &Model, pen: &mut Pen, area: Rect, number: usize, section: &Section) {
    let y = area.y;
    let x = pen.text(area.x + 1, y, 4, &format!("{number:>2}"), Tone::Dim) + 1;
    let target = clock(Duration::seconds(i64::from(section.target)));
    pen.right(x + 6, y, 6, &target, Tone::Accent);
    let longest = words::call::minutes(model.lang, section.max);
    let range = format!("({}–{longest})", section.min);
    pen.text(x + 8, y, 12, &range, Tone::Dim);
    let tone = if section.ticket.is_some() {
        Tone::Bad
    } else {
        Tone::Text
    };
    let room = area.right().saturating_sub(x + 21);
    pen.text(x + 21, y, room, model.lang.pick(&section.name), tone);
}
