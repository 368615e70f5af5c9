//! Moving by days, weeks and months.

use chrono::{Datelike as _, Duration, NaiveDate};

use super::state::Tab;
use crate::app::kit::list::Move;
use crate::app::model::Model;
use crate::domain::when::add_months;

/// How far a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Day,
    /// A week in the week view, otherwise a month.
    Period,
}

/// In the month view a row is a week; in the week view it is the next touch of the day.
pub fn go(model: &mut Model, to: Move) {
    let today = model.now.today();
    let state = &mut model.cadence;
    let day = state.day.unwrap_or(today);
    let first = day.with_day(1).unwrap_or(day);
    let last_slot = state.on(day).len().saturating_sub(1);
    match (state.tab, to) {
        (Tab::Month, Move::Down) => state.go(day + Duration::days(7), today),
        (Tab::Month, Move::Up) => state.go(day - Duration::days(7), today),
        (Tab::Month, Move::PageDown) => state.go(add_months(day, 1), today),
        (Tab::Month, Move::PageUp) => state.go(add_months(day, -1), today),
        (Tab::Month, Move::Top) => state.go(first, today),
        (Tab::Month, Move::Bottom) => state.go(add_months(first, 1) - Duration::days(1), today),
        (_, Move::Down) => state.slot = (state.slot + 1).min(last_slot),
        (_, Move::Up) => state.slot = state.slot.saturating_sub(1),
        (_, Move::PageDown) => state.go(day + Duration::days(7), today),
        (_, Move::PageUp) => state.go(day - Duration::days(7), today),
        (_, Move::Top) => state.slot = 0,
        (_, Move::Bottom) => state.slot = last_slot,
    }
}

/// Moves left or right. The agenda moves to the same day.
pub fn step(model: &mut Model, step: Step, by: i32) {
    let today = model.now.today();
    let state = &model.cadence;
    let day = match state.tab {
        Tab::Agenda => state.entry().map_or(today, |e| e.date),
        _ => state.day.unwrap_or(today),
    };
    let days = |n: i64| day + Duration::days(n * i64::from(by));
    let to = match (step, state.tab) {
        (Step::Day, _) => days(1),
        (Step::Period, Tab::Week) => days(7),
        (Step::Period, _) => add_months(day, by),
    };
    go_to(model, to, by < 0);
}

/// Goes to a day. In the agenda, `back` selects the closest earlier day that has any entry.
pub fn go_to(model: &mut Model, day: NaiveDate, back: bool) {
    let (today, rows) = (model.now.today(), model.geometry.rows);
    let state = &mut model.cadence;
    state.go(day, today);
    if state.tab != Tab::Agenda {
        return;
    }
    let at = state.place(day);
    let passed = state.entries.get(at).is_none_or(|e| e.date > day);
    let at = if back && at > 0 && passed {
        state.place(state.entries[at - 1].date)
    } else {
        at
    };
    state.list.cursor = at.min(state.entries.len().saturating_sub(1));
    state.list.hold(state.entries.len(), rows);
}

/// Opens the agenda at a day.
pub fn open_agenda(model: &mut Model, day: NaiveDate) {
    let rows = model.geometry.list;
    let state = &mut model.cadence;
    state.tab = Tab::Agenda;
    state.list.cursor = state.place(day).min(state.entries.len().saturating_sub(1));
    state.list.top = state.list.cursor;
    state.list.hold(state.entries.len(), rows);
}
