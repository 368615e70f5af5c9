//! Working days: weekdays, holidays, closures, absences; and the conflicts of a moment.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

use super::Kind;
use super::absence::{Absence, Why};
use super::place::Named;
use super::policy::Policy;
use super::rhythm::Rhythm;
use super::theirs::Theirs;
use super::touchpoint::Touchpoint;
use crate::domain::account::Account;
use crate::domain::checkin::agenda::Words;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::prefs::Block;
use crate::domain::when::Zone;

/// Whose holiday or closure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Ours,
    Theirs,
    Both,
}

/// Why a day is not a working day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shut {
    Weekend,
    Holiday {
        whose: Whose,
        name: Named,
        /// The customer's country and region; none for a holiday of ours.
        place: Option<Words>,
    },
    Closure {
        whose: Whose,
        name: Words,
    },
    /// The owner is on leave.
    Absence,
    /// The customer must not be contacted.
    Blackout(String),
    /// Customers like this one are not contacted at this time of the year.
    Season(Words),
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
        return Some(Shut::Holiday {
            whose: Whose::Ours,
            name: name.clone(),
            place: None,
        });
    }
    if let Some(closure) = policy.closures.iter().find(|c| c.holds(day)) {
        return Some(Shut::Closure {
            whose: Whose::Ours,
            name: closure.name.clone(),
        });
    }
    (!policy.works_on(day.weekday())).then_some(Shut::Weekend)
}

/// All reasons against a touchpoint on a day: the day at the person's place, and at the customer's, which may be another one.
pub fn shut(
    policy: &Policy,
    calendar: &Calendar,
    theirs: &Theirs,
    kind: Kind,
    (here, there): (NaiveDate, NaiveDate),
) -> Vec<Shut> {
    let mut out: Vec<Shut> = house(policy, here).into_iter().collect();
    if let (Some(named), Some(at)) = (theirs.holiday(there), &theirs.at) {
        let same = |s: &&mut Shut| matches!(s, Shut::Holiday { name, .. } if name == named);
        match out.iter_mut().find(same) {
            Some(Shut::Holiday { whose, .. }) => *whose = Whose::Both,
            _ => out.push(Shut::Holiday {
                whose: Whose::Theirs,
                name: named.clone(),
                place: Some(at.name()),
            }),
        }
    }
    if let Some(closure) = theirs.closure(there) {
        let same = |s: &&mut Shut| matches!(s, Shut::Closure { name, .. } if *name == closure.name);
        match out.iter_mut().find(same) {
            Some(Shut::Closure { whose, .. }) => *whose = Whose::Both,
            _ => out.push(Shut::Closure {
                whose: Whose::Theirs,
                name: closure.name.clone(),
            }),
        }
    }
    let blackout = theirs.blackout(there).or_else(|| theirs.blackout(here));
    out.extend(blackout.map(|b| Shut::Blackout(b.reason.clone())));
    let season = theirs.season(there, Some(kind));
    out.extend(season.map(|s| Shut::Season(s.days.name.clone())));
    out.extend(calendar.is_absent(here).then_some(Shut::Absence));
    out
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
    /// All conflicts of a meeting of a kind with the account; `but` is the meeting itself, which cannot
    /// conflict with itself.
    pub fn conflicts(
        self,
        account: &Account,
        but: Option<&RecordId>,
        kind: Kind,
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
        let customer = Theirs::of(self.policy, account);
        let days = (here.date(), theirs.date());
        let mut out: Vec<Conflict> = shut(self.policy, self.calendar, &customer, kind, days)
            .into_iter()
            .map(Conflict::Shut)
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
