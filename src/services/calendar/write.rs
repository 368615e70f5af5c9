//! Meetings as iCalendar: stable ids, sequences that rise with each change, and a time zone with
//! its transitions.

use std::collections::BTreeMap;

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarAction, ICalendarComponent, ICalendarComponentType, ICalendarDuration,
    ICalendarMethod, ICalendarParameter, ICalendarProperty, ICalendarStatus, ICalendarTransparency,
    ICalendarValue, ICalendarValueType,
};
use chrono::{
    DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Offset, TimeZone, Timelike, Utc,
};
use chrono_tz::{OffsetComponents, Tz};

use super::Meeting;
use crate::domain::cadence::Kind;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::settings::published::Published;
use crate::domain::text::{clean, clean_line, hash};
use crate::domain::when::{Now, Zone};
use crate::words::{self, Lang};

/// Minutes before a meeting at which a calendar reminds.
const ALARM: i64 = 10;
/// Days by which a planned meeting may move and stay the same meeting.
const SAME: i64 = 20;

/// The calendar as text, and what is to be remembered of it: meetings whose record is new or changed.
/// `known` is what calendars were sent before. A known meeting that is no longer among the meetings is
/// called off, unless it is over or `leave` says that this calendar does not include it.
pub fn write(
    meetings: &[Meeting],
    known: &[Published],
    leave: &dyn Fn(&Published) -> bool,
    now: Now,
    lang: Lang,
) -> (String, Vec<Published>) {
    // A meeting whose account was merged is known of both accounts: the highest sequence counts.
    let mut newest: Vec<&Published> = known.iter().collect();
    newest.sort_by_key(|p| p.sequence);
    let known: BTreeMap<&str, &Published> = newest.iter().map(|p| (p.id.as_str(), *p)).collect();
    let mut sent: BTreeMap<String, Published> = BTreeMap::new();
    let zone = if let Zone::Named(tz) = now.zone {
        Some(tz)
    } else {
        None
    };
    let mut calendar = head(meetings, zone, lang);
    let mut by_kind: ByKind = BTreeMap::new();
    for p in known.values().filter(|p| !p.off) {
        by_kind
            .entry((p.account.as_str(), p.kind))
            .or_default()
            .push((p.start, p.id.as_str()));
    }
    for meeting in meetings {
        let uid = meeting
            .uid
            .clone()
            .unwrap_or_else(|| known_as(meeting, &by_kind, &known, &sent));
        let hash = meeting.fingerprint();
        let before = known.get(uid.as_str());
        let sequence = before.map_or(0, |b| b.sequence + u32::from(b.hash != hash));
        calendar
            .children
            .push(event(meeting, &uid, sequence, zone, now));
        let published = Published {
            id: RecordId::new(&uid),
            account: AccountId::new(&meeting.account),
            kind: meeting.kind,
            start: meeting.start,
            minutes: meeting.minutes,
            day: meeting.day,
            planned: !meeting.agreed,
            sequence,
            hash,
            off: meeting.cancelled,
        };
        sent.insert(uid, published);
    }
    let gone: Vec<&Published> = known
        .values()
        .filter(|p| !sent.contains_key(p.id.as_str()) && p.start >= now.at && !leave(p))
        .copied()
        .collect();
    for before in gone {
        let published = Published {
            sequence: before.sequence + u32::from(!before.off),
            off: true,
            ..before.clone()
        };
        let meeting = called_off(&published, lang);
        let uid = published.id.to_string();
        let component = event(&meeting, &uid, published.sequence, zone, now);
        calendar.children.push(component);
        sent.insert(uid, published);
    }
    let changed = sent
        .into_values()
        .filter(|p| known.get(p.id.as_str()) != Some(&p));
    (calendar.flat().to_string(), changed.collect())
}

fn head(meetings: &[Meeting], zone: Option<Tz>, lang: Lang) -> Part {
    let mut calendar = Part::new(ICalendarComponentType::VCalendar);
    calendar.text(ICalendarProperty::Version, "2.0");
    calendar.text(ICalendarProperty::Prodid, "-//Kenshin//EN");
    calendar.put(ICalendarProperty::Method, ICalendarMethod::Publish);
    calendar.text(ICalendarProperty::Name, words::cadence::title(lang));
    let starts = || meetings.iter().map(|m| m.start);
    if let (Some(tz), Some(first), Some(last)) = (
        zone.filter(|tz| *tz != Tz::UTC),
        starts().min(),
        starts().max(),
    ) {
        calendar.children.push(timezone(tz, first, last));
    }
    calendar
}

/// A meeting that calendars know and that is off.
fn called_off(published: &Published, lang: Lang) -> Meeting {
    Meeting {
        uid: None,
        account: published.account.to_string(),
        kind: published.kind,
        start: published.start,
        minutes: published.minutes,
        day: published.day,
        summary: published.kind.words(lang).to_owned(),
        description: String::new(),
        place: String::new(),
        agreed: true,
        cancelled: true,
    }
}

/// What calendars know of each account and kind: when, and under which id.
type ByKind<'a> = BTreeMap<(&'a str, Kind), Vec<(DateTime<Utc>, &'a str)>>;

/// The id of a planned meeting: the one under which calendars know it, on its day or near it.
fn known_as(
    meeting: &Meeting,
    by_kind: &ByKind,
    known: &BTreeMap<&str, &Published>,
    taken: &BTreeMap<String, Published>,
) -> String {
    let near = by_kind
        .get(&(meeting.account.as_str(), meeting.kind))
        .into_iter()
        .flatten();
    let near = near
        .filter(|(_, uid)| !taken.contains_key(*uid))
        .map(|(start, uid)| ((*start - meeting.start).num_days().abs(), *uid))
        .filter(|(days, _)| *days <= SAME)
        .min();
    if let Some((_, uid)) = near {
        return uid.to_owned();
    }
    let stem = format!(
        "{:016x}-{}-{}",
        hash(&meeting.account),
        meeting.kind.key(),
        meeting.start.format("%Y%m%d")
    );
    let name = |n: u32| {
        if n == 0 {
            format!("{stem}@kenshin")
        } else {
            format!("{stem}-{n}@kenshin")
        }
    };
    (0..)
        .map(name)
        .find(|uid| !taken.contains_key(uid) && !known.contains_key(uid.as_str()))
        .unwrap_or_default()
}

/// A component and its children, before they are numbered.
struct Part {
    component: ICalendarComponent,
    children: Vec<Part>,
}

impl Part {
    fn new(kind: ICalendarComponentType) -> Self {
        Self {
            component: ICalendarComponent::new(kind),
            children: Vec::new(),
        }
    }

    fn put(&mut self, name: ICalendarProperty, value: impl Into<ICalendarValue>) {
        self.component.add_property(name, value);
    }

    fn text(&mut self, name: ICalendarProperty, text: &str) {
        self.put(name, ICalendarValue::Text(text.to_owned()));
    }

    fn moment(&mut self, name: ICalendarProperty, at: DateTime<Utc>, zone: Option<Tz>) {
        match zone.filter(|tz| *tz != Tz::UTC) {
            Some(tz) => {
                let local = naive(at.with_timezone(&tz).naive_local());
                self.component.add_property_with_params(
                    name,
                    [ICalendarParameter::tzid(tz.name().to_owned())],
                    ICalendarValue::PartialDateTime(Box::new(local)),
                );
            }
            None => self.put(name, ICalendarValue::PartialDateTime(Box::new(utc(at)))),
        }
    }

    fn date(&mut self, name: ICalendarProperty, day: NaiveDate) {
        let date = PartialDateTime {
            hour: None,
            minute: None,
            second: None,
            ..naive(day.and_time(chrono::NaiveTime::MIN))
        };
        self.component.add_property_with_params(
            name,
            [ICalendarParameter::value(ICalendarValueType::Date)],
            ICalendarValue::PartialDateTime(Box::new(date)),
        );
    }

    /// The parts as one list, each parent naming the places of its children.
    fn flat(self) -> ICalendar {
        fn add(part: Part, out: &mut Vec<ICalendarComponent>) -> u32 {
            let place = out.len();
            out.push(part.component);
            for child in part.children {
                let id = add(child, out);
                out[place].component_ids.push(id);
            }
            place as u32
        }
        let mut components = Vec::new();
        add(self, &mut components);
        ICalendar { components }
    }
}

fn naive(at: NaiveDateTime) -> PartialDateTime {
    PartialDateTime {
        year: u16::try_from(at.year()).ok(),
        month: Some(at.month() as u8),
        day: Some(at.day() as u8),
        hour: Some(at.hour() as u8),
        minute: Some(at.minute() as u8),
        second: Some(at.second() as u8),
        ..PartialDateTime::default()
    }
}

fn utc(at: DateTime<Utc>) -> PartialDateTime {
    PartialDateTime {
        tz_hour: Some(0),
        tz_minute: Some(0),
        ..naive(at.naive_utc())
    }
}

fn event(m: &Meeting, uid: &str, sequence: u32, zone: Option<Tz>, now: Now) -> Part {
    let mut event = Part::new(ICalendarComponentType::VEvent);
    event.component.add_uid(&clean_line(uid));
    event.component.add_dtstamp(utc(now.at));
    event.component.add_sequence(i64::from(sequence));
    if m.day {
        let day = now.zone.day(m.start);
        event.date(ICalendarProperty::Dtstart, day);
        event.date(ICalendarProperty::Dtend, day + Duration::days(1));
    } else {
        event.moment(ICalendarProperty::Dtstart, m.start, zone);
        event.moment(
            ICalendarProperty::Dtend,
            m.start + Duration::minutes(i64::from(m.minutes)),
            zone,
        );
    }
    event.text(ICalendarProperty::Summary, &clean_line(&m.summary));
    event.text(ICalendarProperty::Description, &clean(&m.description));
    event.put(
        ICalendarProperty::Status,
        match (m.cancelled, m.agreed) {
            (true, _) => ICalendarStatus::Cancelled,
            (false, true) => ICalendarStatus::Confirmed,
            (false, false) => ICalendarStatus::Tentative,
        },
    );
    if !m.place.is_empty() {
        event.text(ICalendarProperty::Location, &clean_line(&m.place));
    }
    if !m.agreed || m.day {
        // A planned meeting does not block time.
        event.put(
            ICalendarProperty::Transp,
            ICalendarTransparency::Transparent,
        );
    } else if !m.cancelled {
        let mut alarm = Part::new(ICalendarComponentType::VAlarm);
        alarm.put(ICalendarProperty::Action, ICalendarAction::Display);
        alarm.put(
            ICalendarProperty::Trigger,
            ICalendarDuration::from_seconds(-60 * ALARM),
        );
        alarm.text(ICalendarProperty::Description, &clean_line(&m.summary));
        event.children.push(alarm);
    }
    event
}

/// The time zone in the form for calendars without a zone database: each transition near the
/// meetings.
fn timezone(tz: Tz, first: DateTime<Utc>, last: DateTime<Utc>) -> Part {
    let mut zone = Part::new(ICalendarComponentType::VTimezone);
    zone.text(ICalendarProperty::Tzid, tz.name());
    let (mut at, end) = (first - Duration::days(366), last + Duration::days(366));
    let mut offset = tz.offset_from_utc_datetime(&at.naive_utc());
    zone.children.push(rule(
        &offset,
        offset.fix().local_minus_utc(),
        at.with_timezone(&tz).naive_local(),
    ));
    // Transitions happen a few times a year: the search steps by days, then by minutes.
    while at < end {
        let next = at + Duration::days(1);
        let after = tz.offset_from_utc_datetime(&next.naive_utc());
        if after.fix() != offset.fix() {
            let (mut low, mut high) = (at, next);
            while high - low > Duration::minutes(1) {
                let middle = low + Duration::minutes((high - low).num_minutes() / 2);
                if tz.offset_from_utc_datetime(&middle.naive_utc()).fix() == offset.fix() {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            let before = offset.fix().local_minus_utc();
            // A transition is given in the local time before it.
            let change = (high.naive_utc() + Duration::seconds(i64::from(before))).with_second(0);
            zone.children.push(rule(
                &after,
                before,
                change.unwrap_or_else(|| high.naive_utc()),
            ));
            offset = after;
        }
        at = next;
    }
    zone
}

fn rule(offset: &<Tz as TimeZone>::Offset, from: i32, at: NaiveDateTime) -> Part {
    let standard = offset.dst_offset() == Duration::zero();
    let mut rule = Part::new(if standard {
        ICalendarComponentType::Standard
    } else {
        ICalendarComponentType::Daylight
    });
    rule.put(
        ICalendarProperty::Dtstart,
        ICalendarValue::PartialDateTime(Box::new(naive(at))),
    );
    rule.text(ICalendarProperty::Tzoffsetfrom, &minutes(from));
    rule.text(
        ICalendarProperty::Tzoffsetto,
        &minutes(offset.fix().local_minus_utc()),
    );
    rule
}

fn minutes(seconds: i32) -> String {
    let (sign, s) = if seconds < 0 {
        ('-', -seconds)
    } else {
        ('+', seconds)
    };
    format!("{sign}{:02}{:02}", s / 3_600, s % 3_600 / 60)
}

#[cfg(test)]
mod tests;
