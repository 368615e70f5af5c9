//! Other calendars as busy times. The titles of their events are kept, their guests are not.

use std::collections::BTreeMap;

use calcard::common::timezone::Tz as CalTz;
use calcard::icalendar::dates::{CalendarErrorType, TimeOrDelta};
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use calcard::{Entry, Parser};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::domain::cadence::absence::Span;
use crate::domain::text::clean_line;
use crate::domain::when::Zone;
use crate::words::labels;

/// A calendar as busy times, and the unreadable parts, each with its line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Busy {
    pub spans: Vec<Span>,
    pub problems: Vec<(usize, Unread)>,
}

/// Why an event cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unread {
    NoStart,
    Start,
    End,
    Duration,
    Rule,
    /// It ends after all days that can be counted.
    TooLong,
}

labels! {
    words for Unread {
        NoStart: "the event has no start", "開始日時がありません";
        Start: "the start cannot be read", "開始日時を読み取れません";
        End: "the end cannot be read", "終了日時を読み取れません";
        Duration: "the duration cannot be read", "所要時間を読み取れません";
        Rule: "the repetition cannot be read", "繰り返しの設定を読み取れません";
        TooLong: "the duration is too long", "所要時間が長すぎます";
    }
}

impl From<CalendarErrorType> for Unread {
    fn from(error: CalendarErrorType) -> Self {
        match error {
            CalendarErrorType::MissingDtStart => Unread::NoStart,
            CalendarErrorType::InvalidDtStart => Unread::Start,
            CalendarErrorType::InvalidDtEnd => Unread::End,
            CalendarErrorType::InvalidDuration => Unread::Duration,
            CalendarErrorType::RRule(_) => Unread::Rule,
        }
    }
}

/// The most occurrences of one event that are read.
const OCCURRENCES: i64 = 20_000;
/// Longer titles are cut.
const TITLE: usize = 80;

/// Reads an `.ics` file: the events between two days that take the owner's time. Cancelled events,
/// free ones and Kenshin's own meetings are left out. None when the text is no calendar.
pub fn read(text: &str, zone: Zone, from: NaiveDate, until: NaiveDate) -> Option<Busy> {
    let mut calendar = calendars(text)?;
    let lines: Vec<usize> = begins(text);
    let mut out = Busy::default();
    let tz = match zone {
        Zone::Named(tz) => CalTz::Tz(tz),
        Zone::Fixed(offset) => CalTz::Fixed(offset),
    };
    let (first, last) = (
        zone.instant(from.and_time(chrono::NaiveTime::MIN)),
        zone.instant(until.and_time(chrono::NaiveTime::MIN)),
    );
    let groups = by_uid(&calendar);
    let hidden = ICalendarComponentType::VAlarm;
    groups
        .values()
        .flatten()
        .for_each(|i| calendar.components[*i].component_type = hidden.clone());
    for (uid, places) in &groups {
        if uid.ends_with("@kenshin") {
            continue;
        }
        places
            .iter()
            .for_each(|i| calendar.components[*i].component_type = ICalendarComponentType::VEvent);
        let start = places
            .iter()
            .filter_map(|i| text_of(&calendar, *i, &ICalendarProperty::Dtstart))
            .min();
        let years = start
            .as_deref()
            .and_then(|s| s.get(..4)?.parse::<i64>().ok())
            .map_or(30, |y| (i64::from(until.year()) + 1 - y).max(1));
        let expanded = calendar.expand_dates(tz, (years * 366 + 400).min(OCCURRENCES) as usize);
        for e in expanded.errors {
            let line = lines.get(e.comp_id as usize).copied().unwrap_or(0);
            out.problems.push((line, e.error.into()));
        }
        for e in expanded.events {
            let (start, place) = (e.start.with_timezone(&Utc), e.comp_id as usize);
            let end = match e.end {
                TimeOrDelta::Time(end) => Some(end.with_timezone(&Utc)),
                TimeOrDelta::Delta(delta) => start.checked_add_signed(delta),
            };
            match end {
                Some(end) if end <= first || start >= last || end <= start => {}
                Some(end) => out.spans.extend(span(&calendar, place, start, end)),
                None => out
                    .problems
                    .push((lines.get(place).copied().unwrap_or(0), Unread::TooLong)),
            }
        }
        places
            .iter()
            .for_each(|i| calendar.components[*i].component_type = hidden.clone());
    }
    out.spans
        .sort_by(|a, b| (a.start, a.end, &a.title).cmp(&(b.start, b.end, &b.title)));
    out.problems.sort();
    Some(out)
}

/// The components of each event by its id. An event is expanded together with its exceptions, one
/// at a time, so that a rule without an end does not use up the limit of the others.
fn by_uid(calendar: &ICalendar) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, component) in calendar.components.iter().enumerate() {
        if component.component_type == ICalendarComponentType::VEvent {
            let uid = component
                .uid()
                .map_or_else(|| format!("#{i}"), str::to_owned);
            groups.entry(uid).or_default().push(i);
        }
    }
    groups
}

/// The busy time of an event; none where it takes no time.
fn span(
    calendar: &ICalendar,
    place: usize,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
) -> Option<Span> {
    if is_free(calendar, place) {
        return None;
    }
    let title = text_of(calendar, place, &ICalendarProperty::Summary).unwrap_or_default();
    Some(Span {
        start,
        end,
        title: clean_line(&title).chars().take(TITLE).collect(),
        whole: is_complete(calendar, place),
    })
}

/// All calendars of a file as one.
fn calendars(text: &str) -> Option<ICalendar> {
    let mut parser = Parser::new(text);
    let mut found: Option<ICalendar> = None;
    // Each entry takes at least a line of the text.
    for _ in 0..=text.lines().count() {
        match parser.entry() {
            Entry::ICalendar(calendar) => match &mut found {
                None => found = Some(calendar),
                Some(all) => {
                    let shift = all.components.len() as u32;
                    all.components
                        .extend(calendar.components.into_iter().map(|mut c| {
                            c.component_ids.iter_mut().for_each(|id| *id += shift);
                            c
                        }));
                }
            },
            Entry::Eof => break,
            _ => {}
        }
    }
    found
}

/// The lines on which components begin, from 1.
fn begins(text: &str) -> Vec<usize> {
    text.lines()
        .enumerate()
        .filter(|(_, l)| {
            l.trim_start_matches('\u{feff}')
                .to_ascii_uppercase()
                .starts_with("BEGIN:")
        })
        .map(|(n, _)| n + 1)
        .collect()
}

fn text_of(calendar: &ICalendar, place: usize, name: &ICalendarProperty) -> Option<String> {
    let entry = calendar
        .components
        .get(place)?
        .entries
        .iter()
        .find(|e| e.name == *name)?;
    match entry.values.first()? {
        ICalendarValue::Text(text) => Some(text.clone()),
        ICalendarValue::PartialDateTime(date) => Some(format!(
            "{:04}-{:02}-{:02}",
            date.year?, date.month?, date.day?
        )),
        ICalendarValue::Transparency(t) => Some(format!("{t:?}").to_uppercase()),
        ICalendarValue::Status(s) => Some(format!("{s:?}").to_uppercase()),
        _ => None,
    }
}

/// The event takes no time, or was cancelled.
fn is_free(calendar: &ICalendar, place: usize) -> bool {
    let says =
        |name, words: &str| text_of(calendar, place, &name).is_some_and(|t| t.starts_with(words));
    says(ICalendarProperty::Transp, "TRANSPARENT") || says(ICalendarProperty::Status, "CANCELLED")
}

fn is_complete(calendar: &ICalendar, place: usize) -> bool {
    let Some(entry) = calendar.components.get(place).and_then(|c| {
        c.entries
            .iter()
            .find(|e| e.name == ICalendarProperty::Dtstart)
    }) else {
        return false;
    };
    matches!(entry.values.first(), Some(ICalendarValue::PartialDateTime(date)) if !date.has_time())
}
