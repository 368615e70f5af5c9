//! One room a screen, with the same name as in `app/screens`.

pub mod account;
pub mod actions;
pub mod brief;
pub mod checkins;
pub mod live;
pub mod portfolio;
mod preview;

use chrono::NaiveDate;

use super::theme::Tone;
use crate::domain::action::Action;
use crate::i18n::{Strings, fill};

/// The renewal as a countdown, and how it feels.
pub(super) fn renewal(t: &Strings, date: NaiveDate, today: NaiveDate) -> (String, Tone) {
    let days = (date - today).num_days();
    if days < 0 {
        return (fill(t.renewal_past, &[&-days]), Tone::Bad);
    }
    let tone = if days <= 30 {
        Tone::Bad
    } else if days <= 90 {
        Tone::Caution
    } else {
        Tone::Text
    };
    (fill(t.renewal_in, &[&days]), tone)
}

/// A due date, and how it feels.
pub(super) fn due(t: &Strings, a: &Action, today: NaiveDate) -> (String, Tone) {
    match a.due {
        None => (t.no_due.to_owned(), Tone::Dim),
        Some(d) if a.overdue(today) => (d.format("%m/%d").to_string(), Tone::Bad),
        Some(d) if d == today && a.is_open() => (d.format("%m/%d").to_string(), Tone::Caution),
        Some(d) => (d.format("%m/%d").to_string(), Tone::Text),
    }
}

/// A change in percent with its tone.
pub(super) fn percent(change: Option<i32>) -> (String, Tone) {
    match change {
        None => (String::new(), Tone::Dim),
        Some(n) => (
            format!("{}%", crate::i18n::signed(i64::from(n))),
            if n <= -30 {
                Tone::Bad
            } else if n <= -10 {
                Tone::Caution
            } else if n >= 10 {
                Tone::Good
            } else {
                Tone::Dim
            },
        ),
    }
}
