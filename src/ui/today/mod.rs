//! Today: what needs me now, the renewals ahead, and where the data disagrees.

mod disagreement;
mod item;
mod reasons;
mod renewal;
mod tabs;

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::today::state::Tab;
use crate::ui::cadence;
use crate::ui::drawn::{Drawn, at};
use crate::ui::kit::{layout, list, preview};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the list of the open tab.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let state = &model.today;
    tabs::draw(model, pen, area);
    pen.rule(area.x, area.y + 1, area.width);
    let body = layout::below(area, 2);
    let (main, side) = layout::split(body, layout::beside(area.width));
    // Lines below the list show the number of further rows.
    let below = if state.tab == Tab::Needs && body.height > 4 {
        rest(model)
    } else {
        Vec::new()
    };
    let main = Rect {
        height: main.height - below.len() as u16,
        ..main
    };
    for (y, (words, tone)) in (main.bottom()..).zip(&below) {
        let room = main.width.saturating_sub(5);
        pen.text(main.x + 4, y, room, words, *tone);
    }
    if state.is_empty() {
        nothing(model, pen, main);
    }
    let list = &state.list;
    match state.tab {
        Tab::Needs => list::draw(pen, main, list, state.needs(), |pen, line, item| {
            item::draw(model, pen, line, item);
        }),
        Tab::Renewals => list::draw(pen, main, list, &state.renewals, |pen, line, one| {
            renewal::draw(model, pen, line, one);
        }),
        Tab::Disagreements => list::draw(pen, main, list, &state.conflicts, |pen, line, one| {
            disagreement::draw(model, pen, line, one);
        }),
    }
    if let Some(side) = side {
        layout::wall(pen, side);
        if let Some(row) = model.subject().and_then(|id| model.book.get(&id)) {
            preview::draw(model, row, pen, side);
        }
    }
    at(main.height, area.width, None)
}

/// What is not listed: the touches beyond the hours of the day, and accounts that press less.
fn rest(model: &Model) -> Vec<(String, Tone)> {
    let (lang, state) = (model.lang, &model.today);
    let folded = (!state.later.is_empty()).then(|| {
        let (count, hours) = (state.later.len(), cadence::hours(state.room));
        let words = if state.unfolded {
            words::cadence::unfolded(lang, count, hours)
        } else {
            words::cadence::folded(lang, count, hours)
        };
        (words, Tone::Caution)
    });
    let accounts =
        (state.rest > 0).then(|| (words::today::today_rest(lang, state.rest), Tone::Dim));
    folded.into_iter().chain(accounts).collect()
}

/// Why the list is empty.
fn nothing(model: &Model, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let no_accounts = model.ready && model.book.rows().is_empty();
    let words = match (model.ready, model.today.tab) {
        (false, _) => words::common::opening(lang),
        (true, Tab::Needs) if no_accounts => words::portfolio::no_accounts_hint(lang),
        (true, Tab::Needs) => words::cadence::today_done(lang),
        (true, Tab::Renewals) => words::today::no_renewals(lang),
        (true, Tab::Disagreements) => words::today::no_disagreements(lang),
    };
    let mut y = area.y + 1;
    if no_accounts {
        let words = words::portfolio::no_accounts(lang);
        pen.text(area.x + 2, y, area.width, words, Tone::Title);
        y += 2;
    }
    let room = Rect {
        x: area.x + 2,
        y,
        width: area.width.saturating_sub(4),
        height: 3,
    };
    pen.wrapped(room, words, Tone::Dim);
}
