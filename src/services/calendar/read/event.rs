//! An event of a calendar file with its times and zones resolved.

use chrono::{NaiveTime, TimeDelta};

use super::lines::Property;
use super::moment::{Added, Length, Moment, end_of};
use super::parts::{EventPart, find};
use super::place::Place;
use super::rule::{Every, Rule};
use super::unread::Unread;
use super::values::{NoDuration, Written, lasting, written};
use super::zones::Zones;

/// What the event says about the version of it that counts; the higher one does.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    pub sequence: i64,
    /// It withdraws the event (`METHOD:CANCEL`).
    pub withdraws: bool,
    /// When this version was written.
    pub stamp: String,
    pub modified: String,
}

/// What the owner of the calendar answered to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Declined,
    Other,
}

/// What the reader knows of the file and its owner.
pub struct Surroundings<'a> {
    pub zones: &'a Zones,
    /// The zone of times without one.
    pub floating: &'a Place,
    /// The owner's zone.
    pub owner: &'a Place,
    /// The owner's addresses, in small letters.
    pub mails: &'a [String],
    /// The calendar withdraws its events.
    pub withdraws: bool,
}

/// An event, or an exception of a series.
#[derive(Debug, Clone)]
pub struct Event {
    /// The line on which it begins, from 1.
    pub line: usize,
    pub uid: Option<String>,
    pub rank: Rank,
    pub title: String,
    pub start: Moment,
    pub length: Length,
    /// The length was not written but follows from the start.
    pub is_bare: bool,
    /// It has no start of its own: it is an exception at the time of its occurrence.
    pub no_start: bool,
    /// Rules with their lines.
    pub rules: Vec<(usize, Rule)>,
    pub excluded_rules: Vec<(usize, Rule)>,
    pub added: Vec<Added>,
    pub excluded: Vec<Moment>,
    /// The occurrence that it replaces.
    pub replaces: Option<Moment>,
    /// It also replaces the later occurrences.
    pub and_later: bool,
    /// It takes no time.
    pub is_free: bool,
    /// Somebody declined it, and whether it was the owner is not known.
    pub somebody_declined: bool,
    pub whole: bool,
}

impl Event {
    /// Reads an event. What cannot be read is added to `problems` with its line; without a usable
    /// start or end there is no event.
    pub fn of(
        part: &EventPart,
        around: &Surroundings,
        problems: &mut Vec<(usize, Unread)>,
    ) -> Option<Self> {
        let reader = Reader { part, around };
        let times = match reader.times(problems) {
            Ok(times) => times,
            Err(problem) => {
                problems.push(problem);
                return None;
            }
        };
        let answers = reader.answers();
        let text = |name| reader.property(name).map(|p| p.value.trim().to_owned());
        let sequence = text("SEQUENCE").and_then(|s| s.parse().ok());
        let mut event = Self {
            line: part.line,
            uid: text("UID").filter(|uid| !uid.is_empty()),
            rank: Rank {
                sequence: sequence.unwrap_or(0),
                withdraws: around.withdraws,
                stamp: text("DTSTAMP").unwrap_or_default(),
                modified: text("LAST-MODIFIED").unwrap_or_default(),
            },
            title: reader
                .property("SUMMARY")
                .map(Property::text)
                .unwrap_or_default(),
            rules: reader.rules("RRULE", &times.start, problems),
            excluded_rules: reader.rules("EXRULE", &times.start, problems),
            added: vec![],
            excluded: vec![],
            replaces: times.replaces,
            and_later: times.and_later,
            is_free: reader.is_free() || answers == Some(Answer::Declined),
            somebody_declined: answers.is_none() && reader.somebody_declined(),
            whole: times.whole,
            start: times.start,
            length: times.length,
            is_bare: times.is_bare,
            no_start: times.no_start,
        };
        reader.dates(&mut event, problems);
        Some(event)
    }
}

struct Times {
    start: Moment,
    length: Length,
    is_bare: bool,
    no_start: bool,
    replaces: Option<Moment>,
    and_later: bool,
    whole: bool,
}

type Problem = (usize, Unread);

struct Reader<'a> {
    part: &'a EventPart,
    around: &'a Surroundings<'a>,
}

impl Reader<'_> {
    fn property(&self, name: &str) -> Option<&Property> {
        find(&self.part.properties, name)
    }

    fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b Property> {
        self.part.properties.iter().filter(move |p| p.name == name)
    }

    fn times(&self, problems: &mut Vec<Problem>) -> Result<Times, Problem> {
        let replaces = match self.property("RECURRENCE-ID") {
            Some(p) => Some(self.moment(p, Unread::Instance)?),
            None => None,
        };
        let start = match (self.property("DTSTART"), &replaces) {
            (Some(p), _) => self.moment(p, Unread::Start)?,
            (None, Some(replaces)) => replaces.clone(),
            (None, None) => return Err((self.part.line, Unread::NoStart)),
        };
        let (length, is_bare) = match (self.property("DTEND"), self.property("DURATION")) {
            (Some(p), _) => (self.until(p, &start)?, false),
            (None, Some(p)) => {
                let read = lasting(&p.value).map_err(|why| match why {
                    NoDuration::Unread => (p.line, Unread::Duration),
                    NoDuration::TooLong => (p.line, Unread::TooLong),
                })?;
                if read.days < 0 || read.time < TimeDelta::zero() {
                    return Err((p.line, Unread::Before));
                }
                (Length::Lasting(read), false)
            }
            (None, None) => match start {
                Moment::Day(_) => (Length::Wall(TimeDelta::days(1)), true),
                Moment::At(..) => (Length::Wall(TimeDelta::zero()), true),
            },
        };
        let range = self
            .property("RECURRENCE-ID")
            .and_then(|p| Some((p.line, p.param("RANGE")?)));
        let and_later = range.is_some_and(|(_, r)| r.eq_ignore_ascii_case("THISANDFUTURE"));
        if let Some((line, _)) = range.filter(|_| !and_later) {
            problems.push((line, Unread::Range));
        }
        let no_start = self.property("DTSTART").is_none();
        let mut times = Times {
            whole: matches!(start, Moment::Day(_)),
            start,
            length,
            is_bare,
            no_start,
            replaces,
            and_later,
        };
        self.make_whole(&mut times);
        Ok(times)
    }

    /// Outlook writes whole days as times from midnight to midnight, with a mark.
    fn make_whole(&self, times: &mut Times) {
        let mark = self
            .property("X-MICROSOFT-CDO-ALLDAYEVENT")
            .or_else(|| self.property("X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT"));
        if !mark.is_some_and(|p| p.is("TRUE")) {
            return;
        }
        let Moment::At(..) = times.start else {
            return;
        };
        let owner = self.around.owner;
        let start = times.start.instant(owner);
        let end = end_of(&times.start, &times.length, owner).unwrap_or(start);
        let (first, last) = (owner.local(start), owner.local(end.max(start)));
        if first.time() != NaiveTime::MIN || last.time() != NaiveTime::MIN {
            return;
        }
        let days = (last.date() - first.date()).max(TimeDelta::days(1));
        times.whole = true;
        times.start = Moment::Day(first.date());
        times.length = Length::Wall(days);
        times.is_bare = false;
    }

    fn until(&self, property: &Property, start: &Moment) -> Result<Length, Problem> {
        let end = self.moment(property, Unread::End)?;
        let owner = self.around.owner;
        let before = (property.line, Unread::Before);
        let length = match (start, &end) {
            (Moment::Day(first), Moment::Day(last)) => {
                let days = *last - *first;
                if days < TimeDelta::zero() {
                    return Err(before);
                }
                // The end of a day is exclusive. Programs that write it as inclusive mean one day.
                return Ok(Length::Wall(days.max(TimeDelta::days(1))));
            }
            (Moment::At(first, a), Moment::At(last, b)) if a == b && last >= first => {
                Length::Wall(*last - *first)
            }
            _ => Length::Exact(end.instant(owner) - start.instant(owner)),
        };
        match length {
            Length::Exact(exact) if exact < TimeDelta::zero() => Err(before),
            length => Ok(length),
        }
    }

    /// The value of a date property.
    fn moment(&self, property: &Property, unread: Unread) -> Result<Moment, Problem> {
        self.value(property, &property.value, unread)
    }

    fn value(&self, property: &Property, text: &str, unread: Unread) -> Result<Moment, Problem> {
        let is_date = property
            .param("VALUE")
            .is_some_and(|v| v.eq_ignore_ascii_case("DATE"));
        let found = written(text).ok_or((property.line, unread))?;
        Ok(match found {
            Written::Day(day) => Moment::Day(day),
            Written::Wall(wall) if is_date && wall.time() == NaiveTime::MIN => {
                Moment::Day(wall.date())
            }
            Written::Moment(at) => Moment::At(at.naive_utc(), Place::utc()),
            Written::Wall(wall) => match property.param("TZID").filter(|z| !z.is_empty()) {
                None => Moment::At(wall, self.around.floating.clone()),
                Some(name) => {
                    let unknown = || (property.line, Unread::Zone(name.to_owned()));
                    Moment::At(wall, self.around.zones.find(name).ok_or_else(unknown)?)
                }
            },
        })
    }

    fn rules(&self, name: &str, start: &Moment, problems: &mut Vec<Problem>) -> Vec<(usize, Rule)> {
        let mut out = Vec::new();
        for p in self.all(name) {
            match Rule::read(&p.value) {
                Some(mut rule) => {
                    if let Moment::Day(_) = start {
                        if rule.every < Every::Day {
                            problems.push((p.line, Unread::Rule));
                            continue;
                        }
                        // Days have no times (RFC 5545, 3.3.10).
                        (rule.hours, rule.minutes, rule.seconds) = (vec![], vec![], vec![]);
                    }
                    out.push((p.line, rule));
                }
                None => problems.push((p.line, Unread::Rule)),
            }
        }
        out
    }

    /// Added and excluded dates.
    fn dates(&self, event: &mut Event, problems: &mut Vec<Problem>) {
        for (name, added) in [("RDATE", true), ("EXDATE", false)] {
            for p in self.all(name) {
                for text in p.value.split(',').filter(|t| !t.trim().is_empty()) {
                    match self.date(p, text) {
                        Ok(date) if added => event.added.push(date),
                        Ok(date) => event.excluded.push(date.start),
                        Err(problem) => problems.push(problem),
                    }
                }
            }
        }
    }

    fn date(&self, property: &Property, text: &str) -> Result<Added, Problem> {
        let unread = (property.line, Unread::Dates);
        let Some((start, end)) = text.split_once('/') else {
            let start = self.value(property, text, Unread::Dates)?;
            return Ok(Added {
                start,
                length: None,
            });
        };
        let start = self.value(property, start, Unread::Dates)?;
        let length = if end.trim().to_ascii_uppercase().starts_with(['P', '+']) {
            Length::Lasting(lasting(end).map_err(|_| unread)?)
        } else {
            let end = self.value(property, end, Unread::Dates)?;
            let owner = self.around.owner;
            Length::Exact(end.instant(owner) - start.instant(owner))
        };
        Ok(Added {
            start,
            length: Some(length),
        })
    }

    /// The event takes no time, or was cancelled.
    fn is_free(&self) -> bool {
        let says = |name, words: &[&str]| self.all(name).any(|p| words.iter().any(|w| p.is(w)));
        let free = &["FREE", "WORKINGELSEWHERE"][..];
        self.around.withdraws
            // vCalendar 1.0 counts: 0 takes time.
            || says("TRANSP", &["TRANSPARENT", "TRANSPARENT-NOCONFLICT", "1"])
            || says("STATUS", &["CANCELLED", "CANCELED"])
            || says("X-MICROSOFT-CDO-BUSYSTATUS", free)
            || says("X-MICROSOFT-MSNCALENDAR-BUSYSTATUS", free)
    }

    /// The owner's answer; none where no address is known or the owner was not asked.
    fn answers(&self) -> Option<Answer> {
        let mut found = None;
        for p in self.all("ATTENDEE").filter(|p| self.is_mine(p)) {
            // Who answers from one address and not from another did answer.
            if !declines(p) {
                return Some(Answer::Other);
            }
            found = Some(Answer::Declined);
        }
        found
    }

    fn is_mine(&self, attendee: &Property) -> bool {
        let named = [Some(attendee.value.as_str()), attendee.param("EMAIL")];
        named.into_iter().flatten().any(|address| {
            let address = address_of(address);
            self.around.mails.contains(&address)
        })
    }

    fn somebody_declined(&self) -> bool {
        self.around.mails.is_empty() && self.all("ATTENDEE").any(declines)
    }
}

fn declines(attendee: &Property) -> bool {
    // Who delegates an event does not attend it.
    attendee
        .param("PARTSTAT")
        .is_some_and(|s| s.eq_ignore_ascii_case("DECLINED") || s.eq_ignore_ascii_case("DELEGATED"))
}

/// An address in small letters, without `mailto:`.
pub fn address_of(text: &str) -> String {
    let text = text.trim().to_lowercase();
    text.strip_prefix("mailto:")
        .unwrap_or(&text)
        .trim()
        .to_owned()
}
