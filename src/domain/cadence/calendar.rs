//! Working days: weekdays, holidays, closures, absences; and the conflicts of a moment.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

use super::absence::{Absence, Why};
use super::policy::Policy;
use super::rhythm::Rhythm;
use super::touchpoint::Touchpoint;
use crate::domain::account::Account;
use crate::domain::checkin::agenda::Words;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::prefs::Block;
use crate::domain::when::Zone;

/// Why a day is not a working day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shut {
    Weekend,
    Holiday(String),
    Closure(Words),
    /// The owner is on leave.
    Absence,
    /// The customer must not be contacted.
    Blackout(String),
}

/// The working days of one person over the planned years.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    base: NaiveDate,
    open: Vec<bool>,
    absent: Vec<bool>,
}

/// Days before today and after it that a calendar covers.
const BEFORE: i64 = 400;
const BEHIND: i64 = 1_200;

impl Calendar {
    pub fn new<'a>(
        policy: &Policy,
        absences: impl Iterator<Item = &'a Absence>,
        today: NaiveDate,
        zone: Zone,
    ) -> Self {
        let base = today - Duration::days(BEFORE);
        let days = (BEFORE + BEHIND) as usize;
        let mut absent = vec![false; days];
        // Where another person covers the absence, touches keep their days.
        for span in absences
            .filter(|a| a.why == Why::Absence && a.cover.is_empty())
            .flat_map(|a| &a.spans)
        {
            let (mut day, end) = (
                zone.day(span.start),
                zone.day(span.end - Duration::seconds(1)),
            );
            while day <= end {
                if let Some(slot) = usize::try_from((day - base).num_days())
                    .ok()
                    .and_then(|i| absent.get_mut(i))
                {
                    *slot = true;
                }
                day += Duration::days(1);
            }
        }
        let open = (0..days)
            .map(|i| !absent[i] && house(policy, base + Duration::days(i as i64)).is_none())
            .collect();
        Self { base, open, absent }
    }

    fn at(&self, day: NaiveDate) -> Option<usize> {
        usize::try_from((day - self.base).num_days())
            .ok()
            .filter(|i| *i < self.open.len())
    }

    /// Whether the person works on the day; every day beyond the covered range counts as open.
    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.at(day).is_none_or(|i| self.open[i])
    }

    pub fn is_absent(&self, day: NaiveDate) -> bool {
        self.at(day).is_some_and(|i| self.absent[i])
    }

    /// The next working day from `from` on that satisfies `fits`, within two months.
    pub fn next(&self, from: NaiveDate, fits: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
        (0..62)
            .map(|i| from + Duration::days(i))
            .find(|d| self.is_open(*d) && fits(*d))
    }
}

/// Why the day is closed for the whole team.
pub fn house(policy: &Policy, day: NaiveDate) -> Option<Shut> {
    if let Some(name) = policy.holidays.get(&day) {
        return Some(Shut::Holiday(name.clone()));
    }
    if let Some(closure) = policy.closures.iter().find(|c| c.holds(day)) {
        return Some(Shut::Closure(closure.name.clone()));
    }
    (!policy.weekdays[day.weekday().num_days_from_monday() as usize]).then_some(Shut::Weekend)
}

/// Why the person does not contact the account on the day.
pub fn shut(
    policy: &Policy,
    calendar: &Calendar,
    account: &Account,
    day: NaiveDate,
) -> Option<Shut> {
    let blackout = || {
        account
            .cadence
            .as_ref()
            .and_then(|r| r.blackout(day))
            .map(|b| Shut::Blackout(b.reason.clone()))
    };
    house(policy, day)
        .or_else(blackout)
        .or_else(|| calendar.is_absent(day).then_some(Shut::Absence))
}

/// The calendars of all owners.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendars {
    house: Calendar,
    people: HashMap<String, Calendar>,
    /// Covers: owner, first day, last day, covering person.
    covers: Vec<(String, NaiveDate, NaiveDate, String)>,
}

impl Calendars {
    pub fn new<'a>(
        policy: &Policy,
        absences: impl Iterator<Item = &'a Absence> + Clone,
        today: NaiveDate,
        zone: Zone,
    ) -> Self {
        let house = Calendar::new(policy, std::iter::empty(), today, zone);
        let mut people = HashMap::new();
        for person in absences
            .clone()
            .filter(|a| a.why == Why::Absence)
            .map(|a| &a.person)
        {
            if !people.contains_key(person) {
                let calendar = Calendar::new(
                    policy,
                    absences.clone().filter(|a| a.person == *person),
                    today,
                    zone,
                );
                people.insert(person.clone(), calendar);
            }
        }
        let covers = absences
            .filter(|a| !a.cover.is_empty())
            .filter_map(|a| {
                super::absence::days(a, zone)
                    .map(|(from, to)| (a.person.clone(), from, to, a.cover.clone()))
            })
            .collect();
        Self {
            house,
            people,
            covers,
        }
    }

    pub fn of(&self, owner: &str) -> &Calendar {
        self.people.get(owner).unwrap_or(&self.house)
    }

    /// Whether the person covers the owner at any time.
    pub fn is_covered_by(&self, owner: &str, person: &str) -> bool {
        self.covers.iter().any(|c| c.0 == owner && c.3 == person)
    }

    /// The person who looks after the owner's accounts on the day.
    pub fn on_duty<'a>(&'a self, owner: &'a str, day: NaiveDate) -> &'a str {
        self.covers
            .iter()
            .find(|(who, from, to, _)| who == owner && *from <= day && day <= *to)
            .map_or(owner, |c| c.3.as_str())
    }
}

/// A reason against a meeting at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    Shut(Shut),
    /// Outside the working hours of the user, or of the customer.
    OurHours,
    TheirHours,
    Preference(Block),
    /// An entry of an imported calendar.
    Busy(String),
    /// A meeting of another account.
    Meeting(AccountId),
}

/// The customer's time zone, or the user's where none is stated.
pub fn zone_of(rhythm: Option<&Rhythm>, ours: Zone) -> Zone {
    rhythm
        .and_then(|r| r.zone.parse::<Tz>().ok())
        .map_or(ours, Zone::Named)
}

/// Everything a moment is judged by.
pub struct ConflictCheck<'a, A, M> {
    pub policy: &'a Policy,
    pub calendar: &'a Calendar,
    pub zone: Zone,
    /// The owner's busy times.
    pub absences: A,
    /// The owner's agreed meetings.
    pub meetings: M,
}

impl<'a, A: Iterator<Item = &'a Absence>, M: Iterator<Item = &'a Touchpoint>>
    ConflictCheck<'a, A, M>
{
    /// All conflicts of a meeting with the account; `but` is the meeting itself, which cannot
    /// conflict with itself.
    pub fn conflicts(
        self,
        account: &Account,
        but: Option<&RecordId>,
        start: DateTime<Utc>,
        minutes: u32,
    ) -> Vec<Conflict> {
        let end = start + Duration::minutes(i64::from(minutes));
        let (here, theirs) = (
            self.zone.local(start),
            zone_of(account.cadence.as_deref(), self.zone).local(start),
        );
        let length = Duration::minutes(i64::from(minutes));
        let outside = |local: chrono::NaiveDateTime,
                       (from, to): (chrono::NaiveTime, chrono::NaiveTime)| {
            local.time() < from
                || (local + length).time() > to
                || (local + length).date() != local.date()
        };
        let mut out: Vec<Conflict> = shut(self.policy, self.calendar, account, here.date())
            .map(Conflict::Shut)
            .into_iter()
            .collect();
        if outside(here, self.policy.hours) {
            out.push(Conflict::OurHours);
        }
        let own = account.cadence.as_ref();
        if own.is_some_and(|r| !r.zone.is_empty() || r.hours.is_some())
            && outside(
                theirs,
                own.and_then(|r| r.hours).unwrap_or(self.policy.hours),
            )
        {
            out.push(Conflict::TheirHours);
        }
        out.extend(account.prefs.disturbed(theirs).map(Conflict::Preference));
        out.extend(
            self.absences
                .filter(|a| a.why == Why::Calendar)
                .filter_map(|a| a.meets(start, end))
                .map(|s| Conflict::Busy(s.title.clone())),
        );
        let others = self.meetings.filter(|m| {
            but != Some(&m.id) && m.is_open() && !m.day_only && m.start < end && start < m.end()
        });
        out.extend(others.map(|m| Conflict::Meeting(m.account.clone())));
        out
    }
}
