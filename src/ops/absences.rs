//! Absences of people, and busy times from calendars.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::{By, Refusal};
use crate::domain::cadence::absence::{Absence, Span, Why};
use crate::domain::change::{Change, Label, Operation};
use crate::domain::text::visible;
use crate::domain::when::Now;
use crate::services::dates::{self, Today};
use crate::words;

/// Longest absence in days; a longer one is taken for a mistake.
const LONGEST: i64 = 366;

/// The first and last day of an absence, parsed from text.
///
/// # Errors
/// If a day cannot be read, or the last day is before the first or more than a year after it.
pub fn days(from: &str, until: &str, now: Now) -> Result<(NaiveDate, NaiveDate), Refusal> {
    let day = |field, text: &str, today: Today| {
        dates::read(text, today).ok_or_else(|| Refusal::new(field, words::common::not_a_date))
    };
    let today = Today::from(now);
    let from = day("from", from, today)?;
    let until = day("until", until, Today { day: from, ..today })?;
    if until < from || (until - from).num_days() > LONGEST {
        return Err(Refusal::new("until", words::common::not_a_date));
    }
    Ok((from, until))
}

/// Records an absence of the author on whole days, both ends included. `cover` takes over their
/// accounts.
pub fn absence((from, until): (NaiveDate, NaiveDate), cover: &str, by: &mut By) -> Operation {
    let midnight = |day: NaiveDate| by.now.zone.instant(day.and_time(NaiveTime::MIN));
    let span = Span {
        start: midnight(from),
        end: midnight(until + Duration::days(1)),
        title: String::new(),
        whole: true,
    };
    let absence = Absence {
        name: format!("absence-{}", by.id()),
        why: Why::Absence,
        person: by.name(),
        cover: visible(cover),
        spans: vec![span],
    };
    let label = Label::Absence {
        name: String::new(),
    };
    by.operation(label, vec![Change::create(absence)])
}

/// Stores the busy times of a calendar. A calendar of the same name is replaced.
pub fn calendar(held: Option<Absence>, name: &str, spans: Vec<Span>, by: &mut By) -> Operation {
    let name = visible(name);
    let calendar = Absence {
        name: name.clone(),
        why: Why::Calendar,
        person: by.name(),
        cover: String::new(),
        spans,
    };
    let label = Label::Absence { name };
    by.operation(label, vec![Change::put(held, calendar)])
}
