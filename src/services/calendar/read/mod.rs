//! Other calendars as busy times. The titles of their events are kept, their guests are not.
//!
//! A file is read in steps: its bytes as lines (`text`), lines as properties (`lines`), properties
//! by component (`parts`), events with their zones (`event`, `zones`), and the occurrences of each
//! event with its exceptions (`series`, `repeat`).

mod event;
mod lines;
mod moment;
mod parts;
mod place;
mod repeat;
mod rule;
mod series;
mod slot;
mod text;
mod unread;
mod until;
mod values;
mod zones;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use crate::domain::cadence::absence::Span;
use crate::domain::when::Zone;
use event::{Event, Surroundings, address_of};
use parts::{Part, parts};
use place::Place;
use repeat::Budget;
use series::{Series, Window};
pub use unread::Unread;
use zones::Zones;

/// A calendar as busy times, and the unreadable parts, each with its line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Busy {
    pub spans: Vec<Span>,
    /// Lines count from 1.
    pub problems: Vec<(usize, Unread)>,
    /// The number of events that somebody declined while no address of the owner is known. They
    /// count as busy.
    pub declined: usize,
}

/// Whose calendar is read.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    pub zone: Zone,
    /// The owner's mail addresses; what they declined takes no time.
    pub mails: &'a [String],
}

/// The days and occurrences that are looked at in one file. A large calendar of ten years needs
/// about a million.
const MOST: u64 = 8_000_000;
/// The same for the clock changes of its zones: some hundred each, in as many zones as a file may
/// define.
const MOST_CHANGES: u64 = 50_000_000;

/// Reads an `.ics` file: the events between two days that take the owner's time. Cancelled events,
/// free ones, declined ones and Kenshin's own meetings are left out. None when the file is no
/// calendar.
pub fn read(file: &[u8], owner: Owner, from: NaiveDate, until: NaiveDate) -> Option<Busy> {
    let (parts, problems) = parts(&text::lines(file))?;
    let place = Place::from(owner.zone);
    let (mut budget, mut changes) = (Budget(MOST), Budget(MOST_CHANGES));
    let mut out = Busy {
        problems,
        ..Busy::default()
    };
    let mut groups: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for part in &parts {
        let after = until
            .checked_add_days(chrono::Days::new(800))
            .unwrap_or(until);
        let zones = Zones::of(part, after, &mut changes);
        for event in events(part, &zones, owner, &place, &mut out.problems) {
            out.declined += usize::from(event.somebody_declined && !event.is_free);
            let alone = || format!("#{}", event.line);
            let id = event.uid.clone().unwrap_or_else(alone);
            groups.entry(id).or_default().push(event);
        }
    }
    let window = Window {
        first: place.instant(from.and_time(NaiveTime::MIN)),
        last: place.instant(until.and_time(NaiveTime::MIN)),
        owner: &place,
    };
    let mut series = Series {
        window: &window,
        budget: &mut budget,
        spans: &mut out.spans,
        problems: &mut out.problems,
    };
    for events in groups.values() {
        series.add(events);
    }
    out.spans
        .sort_by(|a, b| (a.start, a.end, &a.title).cmp(&(b.start, b.end, &b.title)));
    out.problems.sort();
    out.problems.dedup();
    Some(out)
}

/// The events of a calendar, without Kenshin's own meetings.
fn events(
    part: &Part,
    zones: &Zones,
    owner: Owner,
    place: &Place,
    problems: &mut Vec<(usize, Unread)>,
) -> Vec<Event> {
    let method = |word| part.property("METHOD").is_some_and(|p| p.is(word));
    // Answers and proposals to the organiser are no events of the owner.
    if ["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"]
        .into_iter()
        .any(method)
    {
        return Vec::new();
    }
    // Google writes times without a zone in the zone of the calendar.
    let floating = part
        .property("X-WR-TIMEZONE")
        .and_then(|p| zones.find(&p.value));
    let mut mails: Vec<String> = owner.mails.iter().map(|m| address_of(m)).collect();
    if mails.is_empty() {
        // Google names a person's own calendar by the address.
        let name = part.property("X-WR-CALNAME").map(|p| address_of(&p.text()));
        mails.extend(name.filter(|n| n.contains('@') && !n.contains(char::is_whitespace)));
    }
    let around = Surroundings {
        zones,
        floating: floating.as_ref().unwrap_or(place),
        owner: place,
        mails: &mails,
        withdraws: method("CANCEL"),
    };
    let ours = |e: &&parts::EventPart| {
        parts::find(&e.properties, "UID").is_none_or(|p| !p.value.trim().ends_with("@kenshin"))
    };
    part.events
        .iter()
        .filter(ours)
        .filter_map(|e| Event::of(e, &around, problems))
        .collect()
}
