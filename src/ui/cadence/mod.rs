//! Cadence: month, week, agenda; what the weeks hold; suggestions; what was kept of what was planned.

mod agenda;
mod grid;
mod layers;
pub mod lines;
mod parts;
mod tables;

pub use layers::draw_layer;
pub use parts::load;

use ratatui::layout::Rect;

use crate::app::cadence::state::Tab;
use crate::app::kit::geometry::Geometry;
use crate::app::model::Model;
use crate::ui::drawn::Drawn;
use crate::ui::kit::preview;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// From this width what is chosen stands beside the list.
const WIDE: u16 = 116;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let state = &model.cadence;
    let mut x = area.x + 1;
    for lens in Tab::ALL {
        let here = *lens == state.tab;
        let name = lens.words(lang);
        let count = if *lens == Tab::Suggestions && !state.suggestions.is_empty() {
            format!(" {}", state.suggestions.len())
        } else {
            String::new()
        };
        let text = if here {
            format!("[{name}{count}]")
        } else {
            format!(" {name}{count} ")
        };
        x = pen.text(
            x,
            area.y,
            area.right().saturating_sub(x),
            &text,
            if here { Tone::Accent } else { Tone::Dim },
        );
    }
    if let Some(week) = state.weeks.first() {
        let whose = if state.all {
            format!("{} · ", words::cadence::everybody(lang))
        } else {
            String::new()
        };
        load(
            model,
            pen,
            Rect {
                x: x + 1,
                width: area.right().saturating_sub(x + 2),
                ..area
            },
            week,
            &whose,
        );
    }
    pen.rule(area.x, area.y + 1, area.width);
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2),
        ..area
    };
    if !model.ready && state.entries.is_empty() {
        pen.text(
            body.x + 2,
            body.y + 1,
            body.width,
            words::common::opening(lang),
            Tone::Dim,
        );
        return Drawn {
            geometry: Geometry::of(body.height, area.width),
            caret: None,
        };
    }
    let table = matches!(state.tab, Tab::Capacity | Tab::Suggestions | Tab::Adherence);
    let side = if area.width >= WIDE && !table {
        (area.width / 3).clamp(36, 56)
    } else {
        0
    };
    let main = Rect {
        width: body.width - side - u16::from(side > 0),
        ..body
    };
    let rows = match state.tab {
        Tab::Month => grid::month(model, pen, main),
        Tab::Week => grid::week(model, pen, main),
        Tab::Agenda => agenda::draw(model, pen, main),
        Tab::Capacity => tables::capacity(model, pen, main),
        Tab::Suggestions => tables::suggestions(model, pen, main),
        Tab::Adherence => tables::adherence(model, pen, main),
    };
    pen.over = Default::default();
    if side > 0 {
        pen.wall(main.right(), body.y, body.height);
        let right = Rect {
            x: main.right() + 2,
            y: body.y,
            width: side.saturating_sub(2),
            height: body.height,
        };
        match (state.tab, state.day) {
            (Tab::Month | Tab::Week, Some(day)) => agenda::beside(model, pen, right, day),
            _ => {
                if let Some(row) = model.subject().and_then(|id| model.book.get(&id)) {
                    preview::draw(model, row, pen, right);
                }
            }
        }
    }
    Drawn {
        geometry: Geometry::of(rows, area.width),
        caret: None,
    }
}
