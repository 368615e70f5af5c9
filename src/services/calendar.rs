//! Meetings as iCalendar that updates itself when it is taken in again; and other people's calendars
//! as busy times.

use std::collections::BTreeMap;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz as CalTz;
use calcard::icalendar::dates::TimeOrDelta;
use calcard::icalendar::{
    ICalendar, ICalendarAction, ICalendarComponent, ICalendarComponentType, ICalendarDuration, ICalendarMethod, ICalendarParameter, ICalendarProperty, ICalendarStatus,
    ICalendarTransparency, ICalendarValue, ICalendarValueType,
};
use calcard::{Entry as Found, Parser};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Offset, TimeZone, Timelike, Utc};
use chrono_tz::{OffsetComponents, Tz};
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::domain::account::Account;
use crate::domain::book::Book;
use crate::domain::cadence::Kind;
use crate::domain::cadence::away::Span;
use crate::domain::cadence::plan::Rule;
use crate::domain::cadence::schedule::Entry;
use crate::domain::cadence::touchpoint::{State, Touchpoint};
use crate::domain::checkin::agenda::Template;
use crate::domain::text::{clean, clean_line, hash};
use crate::domain::when::{Now, Zone};
use crate::i18n::{Lang, fill};

/// A meeting as a calendar has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Of an agreed meeting; a planned one is given an id when it is written.
    pub uid: Option<String>,
    pub account: String,
    pub kind: Kind,
    pub start: DateTime<Utc>,
    pub minutes: u32,
    /// Only its day is known.
    pub day: bool,
    pub summary: String,
    pub description: String,
    pub place: String,
    /// It was agreed; else it is only planned.
    pub agreed: bool,
    pub cancelled: bool,
}

/// What a calendar was told of a meeting: the same again is no change, another is its next sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub account: String,
    pub kind: Kind,
    pub start: DateTime<Utc>,
    pub minutes: u32,
    #[serde(default)]
    pub day: bool,
    pub sequence: u32,
    /// Of all that was said.
    pub hash: u64,
    /// It was called off.
    #[serde(default)]
    pub off: bool,
}

pub type Memory = BTreeMap<String, Told>;

/// Minutes before a meeting at which a calendar rings.
const ALARM: i64 = 10;
/// A planned meeting whose day moves no farther is the same meeting.
const SAME: i64 = 20;

/// The meeting of an agreed touchpoint.
pub fn agreed(m: &Touchpoint, account: &Account, template: Option<&Template>, lang: Lang) -> Meeting {
    Meeting {
        uid: Some(m.uid()),
        account: account.id.to_string(),
        kind: m.kind,
        start: m.start,
        minutes: m.minutes,
        day: m.day_only,
        summary: summary(account, m.kind, lang),
        description: description(account, template, lang),
        place: m.place.clone(),
        agreed: true,
        cancelled: m.state == State::CalledOff,
    }
}

pub fn summary(account: &Account, kind: Kind, lang: Lang) -> String {
    let t = lang.strings();
    fill(t.cadence.calendar_summary, &[&account.name, &t.touch_kind(kind)])
}

/// What of the entries goes into a calendar: meetings that were agreed, the agreed days of a recurrence,
/// and talks that are only planned where asked for.
pub fn meetings(book: &Book, entries: &[Entry], config: &Config, planned: bool, lang: Lang, now: Now) -> Vec<Meeting> {
    let mut out = Vec::new();
    for e in entries.iter().filter(|e| e.touch.counts()) {
        let (row, p) = (&book.rows()[e.row], &e.touch);
        let account = &row.account;
        let template = template_of(p.kind).and_then(|id| config.template(id));
        match &p.agreed {
            Some(id) => out.extend(book.meeting(&account.id, id).map(|m| agreed(m, account, template, lang))),
            None if p.kind.is_talk() && (planned || p.rule == Rule::Recurrence) => out.push(Meeting {
                uid: None,
                account: account.id.to_string(),
                kind: p.kind,
                start: now.zone.instant(p.date.and_time(p.time.unwrap_or(config.cadence.hours.0))),
                minutes: config.cadence.effort(p.kind, row.standing.tier).talk.max(15),
                day: p.time.is_none(),
                summary: summary(account, p.kind, lang),
                description: description(account, template, lang),
                place: account.cadence.as_ref().map(|r| r.place.clone()).unwrap_or_default(),
                agreed: p.rule == Rule::Recurrence,
                cancelled: false,
            }),
            None => {}
        }
    }
    out
}

/// The agenda a talk is held by; none where there is no talk.
pub fn template_of(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Checkin | Kind::Executive => Some("standard"),
        Kind::Review => Some("review"),
        Kind::Expansion => Some("expansion"),
        Kind::Renewal => Some("renewal"),
        _ => None,
    }
}

/// The agenda, and how to get at the brief.
pub fn description(account: &Account, template: Option<&Template>, lang: Lang) -> String {
    let t = lang.strings();
    let mut lines: Vec<String> = Vec::new();
    if let Some(template) = template {
        lines.push(lang.pick(&template.name).to_owned());
        lines.extend(template.sections.iter().map(|s| format!("- {} ({})", lang.pick(&s.name), fill(t.minutes, &[&(s.target / 60)]))));
        lines.push(String::new());
    }
    lines.push(fill(t.cadence.calendar_brief, &[&account.id]));
    lines.join("\n")
}

/// The calendar, and what it will have been told. `only` is the account it is about, where it is about
/// one: what is known of others stays.
pub fn write(meetings: &[Meeting], known: &Memory, only: Option<&str>, now: Now, lang: Lang) -> (String, Memory) {
    let mut memory: Memory = known.iter().filter(|(_, t)| only.is_some_and(|o| o != t.account)).map(|(u, t)| (u.clone(), t.clone())).collect();
    let mut calendar = Part::new(ICalendarComponentType::VCalendar);
    calendar.text(ICalendarProperty::Version, "2.0");
    calendar.text(ICalendarProperty::Prodid, "-//Kenshin//EN");
    calendar.put(ICalendarProperty::Method, ICalendarMethod::Publish);
    calendar.text(ICalendarProperty::Name, lang.strings().cadence.title);
    let zone = if let Zone::Named(tz) = now.zone { Some(tz) } else { None };
    if let (Some(tz), Some(first), Some(last)) = (zone, meetings.iter().map(|m| m.start).min(), meetings.iter().map(|m| m.start).max()) {
        if tz != Tz::UTC {
            calendar.children.push(timezone(tz, first, last));
        }
    }
    for meeting in meetings {
        let uid = meeting.uid.clone().unwrap_or_else(|| known_as(meeting, known, &memory));
        let said = hash(&format!("{meeting:?}"));
        let before = known.get(&uid);
        let sequence = before.map_or(0, |b| b.sequence + u32::from(b.hash != said));
        calendar.children.push(event(meeting, &uid, sequence, zone, now));
        memory.insert(
            uid,
            Told { account: meeting.account.clone(), kind: meeting.kind, start: meeting.start, minutes: meeting.minutes, day: meeting.day, sequence, hash: said, off: meeting.cancelled },
        );
    }
    // What was planned and is planned no more leaves the calendar; what is over stays in it.
    for (uid, told) in known.iter().filter(|(_, t)| only.is_none_or(|o| o == t.account)) {
        if memory.contains_key(uid) || told.start < now.at {
            continue;
        }
        let sequence = told.sequence + u32::from(!told.off);
        let gone = Meeting {
            uid: None,
            account: told.account.clone(),
            kind: told.kind,
            start: told.start,
            minutes: told.minutes,
            day: told.day,
            summary: lang.strings().touch_kind(told.kind).to_owned(),
            description: String::new(),
            place: String::new(),
            agreed: true,
            cancelled: true,
        };
        calendar.children.push(event(&gone, uid, sequence, zone, now));
        memory.insert(uid.clone(), Told { sequence, off: true, ..told.clone() });
    }
    (calendar.flat().to_string(), memory)
}

/// The id of a planned meeting: the one under which it was told before, on its day or near it.
fn known_as(meeting: &Meeting, known: &Memory, taken: &Memory) -> String {
    let near = known
        .iter()
        .filter(|(uid, t)| t.account == meeting.account && t.kind == meeting.kind && !t.off && !taken.contains_key(*uid))
        .map(|(uid, t)| ((t.start - meeting.start).num_days().abs(), uid))
        .filter(|(days, _)| *days <= SAME)
        .min();
    match near {
        Some((_, uid)) => uid.clone(),
        None => {
            let stem = format!("{:016x}-{}-{}", hash(&meeting.account), meeting.kind.key(), meeting.start.format("%Y%m%d"));
            (0..).map(|n| if n == 0 { format!("{stem}@kenshin") } else { format!("{stem}-{n}@kenshin") }).find(|u| !taken.contains_key(u) && !known.contains_key(u)).unwrap_or(stem)
        }
    }
}

/// A component and its children, until they are numbered.
struct Part {
    component: ICalendarComponent,
    children: Vec<Part>,
}

impl Part {
    fn new(kind: ICalendarComponentType) -> Self {
        Self { component: ICalendarComponent::new(kind), children: Vec::new() }
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
                self.component.add_property_with_params(name, [ICalendarParameter::tzid(tz.name().to_owned())], ICalendarValue::PartialDateTime(Box::new(local)));
            }
            None => self.put(name, ICalendarValue::PartialDateTime(Box::new(utc(at)))),
        }
    }

    fn date(&mut self, name: ICalendarProperty, day: NaiveDate) {
        let date = PartialDateTime { hour: None, minute: None, second: None, ..naive(day.and_time(chrono::NaiveTime::MIN)) };
        self.component.add_property_with_params(name, [ICalendarParameter::value(ICalendarValueType::Date)], ICalendarValue::PartialDateTime(Box::new(date)));
    }

    /// All as one, each parent naming the places of its children.
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
    PartialDateTime { tz_hour: Some(0), tz_minute: Some(0), ..naive(at.naive_utc()) }
}

fn event(m: &Meeting, uid: &str, sequence: u32, zone: Option<Tz>, now: Now) -> Part {
    let mut event = Part::new(ICalendarComponentType::VEvent);
    event.component.add_uid(uid);
    event.component.add_dtstamp(utc(now.at));
    event.component.add_sequence(i64::from(sequence));
    if m.day {
        let day = now.zone.day(m.start);
        event.date(ICalendarProperty::Dtstart, day);
        event.date(ICalendarProperty::Dtend, day + Duration::days(1));
    } else {
        event.moment(ICalendarProperty::Dtstart, m.start, zone);
        event.moment(ICalendarProperty::Dtend, m.start + Duration::minutes(i64::from(m.minutes)), zone);
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
        // Nobody's time is taken by what is only planned.
        event.put(ICalendarProperty::Transp, ICalendarTransparency::Transparent);
    } else if !m.cancelled {
        let mut alarm = Part::new(ICalendarComponentType::VAlarm);
        alarm.put(ICalendarProperty::Action, ICalendarAction::Display);
        alarm.put(ICalendarProperty::Trigger, ICalendarDuration::from_seconds(-60 * ALARM));
        alarm.text(ICalendarProperty::Description, &clean_line(&m.summary));
        event.children.push(alarm);
    }
    event
}

/// The zone as a calendar without a table of zones needs it: each change of the clock that lies about
/// the meetings.
fn timezone(tz: Tz, first: DateTime<Utc>, last: DateTime<Utc>) -> Part {
    let mut zone = Part::new(ICalendarComponentType::VTimezone);
    zone.text(ICalendarProperty::Tzid, tz.name());
    let (mut at, end) = (first - Duration::days(366), last + Duration::days(366));
    let mut offset = tz.offset_from_utc_datetime(&at.naive_utc());
    zone.children.push(rule(&offset, offset.fix().local_minus_utc(), at.with_timezone(&tz).naive_local()));
    // Clocks change a few times a year: day by day, then to the minute.
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
            // The change is given by the clock as it was until then.
            let change = (high.naive_utc() + Duration::seconds(i64::from(before))).with_second(0);
            zone.children.push(rule(&after, before, change.unwrap_or_else(|| high.naive_utc())));
            offset = after;
        }
        at = next;
    }
    zone
}

fn rule(offset: &<Tz as TimeZone>::Offset, from: i32, at: NaiveDateTime) -> Part {
    let standard = offset.dst_offset() == Duration::zero();
    let mut rule = Part::new(if standard { ICalendarComponentType::Standard } else { ICalendarComponentType::Daylight });
    rule.put(ICalendarProperty::Dtstart, ICalendarValue::PartialDateTime(Box::new(naive(at))));
    rule.text(ICalendarProperty::Tzoffsetfrom, &minutes(from));
    rule.text(ICalendarProperty::Tzoffsetto, &minutes(offset.fix().local_minus_utc()));
    rule
}

fn minutes(seconds: i32) -> String {
    let (sign, s) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
    format!("{sign}{:02}{:02}", s / 3_600, s % 3_600 / 60)
}

/// A calendar as busy times, and what of it could not be read, each with its line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Busy {
    pub spans: Vec<Span>,
    pub problems: Vec<(usize, String)>,
}

/// More occurrences of one event than these are not looked at.
const OCCURRENCES: i64 = 20_000;
/// Longer titles are cut.
const TITLE: usize = 80;

/// Reads an `.ics` file: what takes its owner's time from a day up to another. What was called off, what
/// takes no time, and our own meetings are left out. None when it is no calendar at all.
pub fn read(text: &str, zone: Zone, from: NaiveDate, until: NaiveDate) -> Option<Busy> {
    let mut calendar = calendars(text)?;
    let lines: Vec<usize> = begins(text);
    let mut out = Busy::default();
    let tz = match zone {
        Zone::Named(tz) => CalTz::Tz(tz),
        Zone::Fixed(offset) => CalTz::Fixed(offset),
    };
    let (first, last) = (zone.instant(from.and_time(chrono::NaiveTime::MIN)), zone.instant(until.and_time(chrono::NaiveTime::MIN)));
    // One event with all its exceptions at a time: a rule without an end must not eat what the others need.
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, component) in calendar.components.iter().enumerate() {
        if component.component_type == ICalendarComponentType::VEvent {
            let uid = component.uid().map_or_else(|| format!("#{i}"), str::to_owned);
            groups.entry(uid).or_default().push(i);
        }
    }
    let hidden = ICalendarComponentType::VAlarm;
    groups.values().flatten().for_each(|i| calendar.components[*i].component_type = hidden.clone());
    for (uid, places) in &groups {
        if uid.ends_with("@kenshin") {
            continue;
        }
        places.iter().for_each(|i| calendar.components[*i].component_type = ICalendarComponentType::VEvent);
        let start = places.iter().filter_map(|i| text_of(&calendar, *i, &ICalendarProperty::Dtstart)).min();
        let years = start.as_deref().and_then(|s| s.get(..4)?.parse::<i64>().ok()).map_or(30, |y| (i64::from(until.year()) + 1 - y).max(1));
        let expanded = calendar.expand_dates(tz, (years * 366 + 400).min(OCCURRENCES) as usize);
        for e in expanded.errors {
            let line = lines.get(e.comp_id as usize).copied().unwrap_or(0);
            out.problems.push((line, format!("{:?}", e.error)));
        }
        for e in expanded.events {
            let start = e.start.with_timezone(&Utc);
            let end = match e.end {
                TimeOrDelta::Time(end) => end.with_timezone(&Utc),
                TimeOrDelta::Delta(delta) => start + delta,
            };
            let place = e.comp_id as usize;
            if end <= first || start >= last || end <= start || is_free(&calendar, place) {
                continue;
            }
            let title: String = clean_line(&text_of(&calendar, place, &ICalendarProperty::Summary).unwrap_or_default()).chars().take(TITLE).collect();
            out.spans.push(Span { start, end, title, whole: is_whole(&calendar, place) });
        }
        places.iter().for_each(|i| calendar.components[*i].component_type = hidden.clone());
    }
    out.spans.sort_by(|a, b| (a.start, a.end, &a.title).cmp(&(b.start, b.end, &b.title)));
    out.problems.sort();
    Some(out)
}

/// All calendars of a file as one.
fn calendars(text: &str) -> Option<ICalendar> {
    let mut parser = Parser::new(text);
    let mut found: Option<ICalendar> = None;
    // Each entry takes at least a line of the text.
    for _ in 0..=text.lines().count() {
        match parser.entry() {
            Found::ICalendar(calendar) => match &mut found {
                None => found = Some(calendar),
                Some(all) => {
                    let shift = all.components.len() as u32;
                    all.components.extend(calendar.components.into_iter().map(|mut c| {
                        c.component_ids.iter_mut().for_each(|id| *id += shift);
                        c
                    }));
                }
            },
            Found::Eof => break,
            _ => {}
        }
    }
    found
}

/// The lines on which components begin, from 1.
fn begins(text: &str) -> Vec<usize> {
    text.lines().enumerate().filter(|(_, l)| l.trim_start_matches('\u{feff}').to_ascii_uppercase().starts_with("BEGIN:")).map(|(n, _)| n + 1).collect()
}

fn text_of(calendar: &ICalendar, place: usize, name: &ICalendarProperty) -> Option<String> {
    let entry = calendar.components.get(place)?.entries.iter().find(|e| e.name == *name)?;
    match entry.values.first()? {
        ICalendarValue::Text(text) => Some(text.clone()),
        ICalendarValue::PartialDateTime(date) => Some(format!("{:04}-{:02}-{:02}", date.year?, date.month?, date.day?)),
        ICalendarValue::Transparency(t) => Some(format!("{t:?}").to_uppercase()),
        ICalendarValue::Status(s) => Some(format!("{s:?}").to_uppercase()),
        _ => None,
    }
}

/// It takes nobody's time, or was called off.
fn is_free(calendar: &ICalendar, place: usize) -> bool {
    let says = |name, words: &str| text_of(calendar, place, &name).is_some_and(|t| t.starts_with(words));
    says(ICalendarProperty::Transp, "TRANSPARENT") || says(ICalendarProperty::Status, "CANCELLED")
}

fn is_whole(calendar: &ICalendar, place: usize) -> bool {
    let Some(entry) = calendar.components.get(place).and_then(|c| c.entries.iter().find(|e| e.name == ICalendarProperty::Dtstart)) else { return false };
    matches!(entry.values.first(), Some(ICalendarValue::PartialDateTime(date)) if !date.has_time())
}
