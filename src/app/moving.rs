//! Up and down: in the list or the text of the screen.

use chrono::{Datelike as _, Duration};

use super::Model;
use super::command::Command;
use super::list::Move;
use super::screens::cadence::Lens;
use super::screens::live::Phase;
use super::screens::{Screen, account};
use crate::domain::when::add_months;

pub fn moved(model: &mut Model, to: Move) {
    let rows = model.geometry.rows;
    let len = match model.screen {
        Screen::Today => model.today.len(),
        Screen::Portfolio => model.portfolio.shown.len(),
        Screen::Account => model.account.as_ref().map_or(0, account::State::len),
        Screen::Actions => model
            .actions
            .listing(&model.book, &model.author.name, model.now.today())
            .len(),
        Screen::Checkins => model.checkins.shown(&model.book).len(),
        Screen::Live => model.live.as_ref().map_or(0, |l| l.checkin.sections.len()),
        Screen::Cadence => model.cadence.len(),
        Screen::Brief | Screen::Insights => 0,
    };
    match model.screen {
        Screen::Today => model.today.list.go(to, len, rows),
        Screen::Portfolio => model.portfolio.list.go(to, len, rows),
        Screen::Account => {
            if let Some(state) = &mut model.account {
                state.list_mut().go(to, len, rows);
            }
        }
        Screen::Actions => model.actions.list.go(to, len, rows),
        Screen::Checkins => model.checkins.list.go(to, len, rows),
        Screen::Live => {
            if let Some(state) = &mut model.live {
                state.list.go(
                    to,
                    if state.phase == Phase::Done {
                        model.geometry.most + 1
                    } else {
                        len
                    },
                    rows,
                );
            }
        }
        Screen::Cadence => in_cadence(model, to, len, rows),
        Screen::Insights => {
            model.insights.scroll = to.scrolled(model.insights.scroll, model.geometry.most, rows)
        }
        Screen::Brief => {
            if let Some(state) = &mut model.brief {
                state.scroll = to.scrolled(state.scroll, model.geometry.most, rows);
                state.seen = state.seen.max(state.scroll);
            }
        }
    }
}

/// In a month a step down is a week; in a week it is the next touch of the day.
fn in_cadence(model: &mut Model, to: Move, len: usize, rows: usize) {
    let today = model.now.today();
    let state = &mut model.cadence;
    let day = state.day.unwrap_or(today);
    match (state.lens, to) {
        (Lens::Month, Move::Down) => state.go(day + Duration::days(7), today),
        (Lens::Month, Move::Up) => state.go(day - Duration::days(7), today),
        (Lens::Month, Move::PageDown) => state.go(add_months(day, 1), today),
        (Lens::Month, Move::PageUp) => state.go(add_months(day, -1), today),
        (Lens::Month, Move::Top) => state.go(day.with_day(1).unwrap_or(day), today),
        (Lens::Month, Move::Bottom) => state.go(
            add_months(day.with_day(1).unwrap_or(day), 1) - Duration::days(1),
            today,
        ),
        (Lens::Week, Move::Down) => {
            state.slot = (state.slot + 1).min(state.on(day).len().saturating_sub(1))
        }
        (Lens::Week, Move::Up) => state.slot = state.slot.saturating_sub(1),
        (Lens::Week, Move::PageDown) => state.go(day + Duration::days(7), today),
        (Lens::Week, Move::PageUp) => state.go(day - Duration::days(7), today),
        (Lens::Week, Move::Top) => state.slot = 0,
        (Lens::Week, Move::Bottom) => state.slot = state.on(day).len().saturating_sub(1),
        (_, to) => state.list.go(to, len, rows),
    }
}

/// Left and right, by days, weeks or months; the agenda goes with it.
pub fn by_day(model: &mut Model, command: Command) {
    let today = model.now.today();
    let state = &mut model.cadence;
    let day = match state.lens {
        Lens::Agenda => state.entry().map_or(today, |e| e.date),
        _ => state.day.unwrap_or(today),
    };
    let to = match (command, state.lens) {
        (Command::DayBack, _) => day - Duration::days(1),
        (Command::DayOn, _) => day + Duration::days(1),
        (Command::PeriodBack, Lens::Week) => day - Duration::days(7),
        (Command::PeriodOn, Lens::Week) => day + Duration::days(7),
        (Command::PeriodBack, _) => add_months(day, -1),
        (Command::PeriodOn, _) => add_months(day, 1),
        _ => today,
    };
    state.go(to, today);
    if state.lens == Lens::Agenda {
        // Back goes to the day before that has anything at all.
        let back = command == Command::DayBack || command == Command::PeriodBack;
        let at = state.place(to);
        let at = if back && at > 0 && state.entries.get(at).is_none_or(|e| e.date > to) {
            state.place(state.entries[at - 1].date)
        } else {
            at
        };
        state.list.cursor = at.min(state.entries.len().saturating_sub(1));
        state.list.hold(state.entries.len(), model.geometry.rows);
    }
}
