//! What several parts of a check-in show: its name, durations, times of day.

use chrono::{DateTime, Duration, Utc};

use crate::app::call::state::Call;
use crate::app::model::Model;

/// The name of the check-in: its template's, as it was when it was set up.
pub fn title<'a>(model: &'a Model, state: &'a Call) -> &'a str {
    let kind = state.checkin.kind.words(model.lang);
    let named = state.checkin.title.as_ref();
    named.map_or(kind, |words| model.lang.pick(words))
}

/// A duration as minutes and seconds.
pub fn clock(d: Duration) -> String {
    let minus = if d < Duration::zero() { "-" } else { "" };
    let seconds = d.num_seconds().abs();
    format!("{minus}{:02}:{:02}", seconds / 60, seconds % 60)
}

/// Hours and minutes in the zone of the desk.
pub fn time_of_day(model: &Model, at: DateTime<Utc>) -> String {
    model.now.zone.local(at).format("%H:%M").to_string()
}
