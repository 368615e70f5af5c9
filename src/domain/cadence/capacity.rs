//! The load and the budget of each week, in minutes.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};

use super::Kind;
use super::absence::{Absence, Why};
use super::calendar::Calendar;
use super::plan::Planned;
use super::policy::Policy;
use crate::domain::account::Tier;
use crate::domain::when::Zone;

/// The weeks of the forecast.
pub const WEEKS: usize = 26;

/// The planned work of one week, of all people whose touchpoints are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    pub monday: NaiveDate,
    /// Minutes of all its touches, with preparation and follow-up.
    pub load: u32,
    /// The part of the load that was agreed with customers.
    pub agreed: u32,
    pub talks: u32,
    /// The number of written touches, by a person or automatic.
    pub written: u32,
    /// The minutes it has for touches.
    pub budget: u32,
}

impl Week {
    pub fn over(&self) -> u32 {
        self.load.saturating_sub(self.budget)
    }
}

/// The Monday of the week that a day is in.
pub fn monday(day: NaiveDate) -> NaiveDate {
    day - Duration::days(i64::from(day.weekday().num_days_from_monday()))
}

/// The week of a day, counted from the week of today.
pub fn week_of(day: NaiveDate, today: NaiveDate) -> Option<usize> {
    usize::try_from((monday(day) - monday(today)).num_days() / 7)
        .ok()
        .filter(|_| day >= monday(today))
}

/// Empty weeks with their budgets. Days off and busy hours lower the budget. The current week has
/// the budget from today on, because its load is the work still to do.
pub fn weeks<'a>(
    policy: &Policy,
    calendar: &Calendar,
    absences: impl Iterator<Item = &'a Absence> + Clone,
    today: NaiveDate,
    zone: Zone,
    count: usize,
) -> Vec<Week> {
    let working = policy.weekdays.iter().filter(|d| **d).count().max(1) as u32;
    let day_minutes = (policy.hours.1 - policy.hours.0).num_minutes().max(0) as u32;
    (0..count)
        .map(|n| {
            let monday = monday(today) + Duration::days(7 * n as i64);
            let days = || {
                (0..7)
                    .map(|d| monday + Duration::days(d))
                    .filter(|d| *d >= today && calendar.is_open(*d))
            };
            let open = days().count() as u32;
            let taken = busy(policy, days(), absences.clone(), monday, zone);
            let budget = (policy.budget * open.min(working) / working)
                .min((day_minutes * open).saturating_sub(taken));
            Week {
                monday,
                load: 0,
                agreed: 0,
                talks: 0,
                written: 0,
                budget,
            }
        })
        .collect()
}

/// The minutes that a day has for touches: its share of the week, or what absences and the calendar
/// leave of the working hours. None on a day off.
pub fn day<'a>(
    policy: &Policy,
    calendar: &Calendar,
    absences: impl Iterator<Item = &'a Absence>,
    day: NaiveDate,
    zone: Zone,
) -> u32 {
    if !calendar.is_open(day) {
        return 0;
    }
    let working = policy.weekdays.iter().filter(|d| **d).count().max(1) as u32;
    let hours = (policy.hours.1 - policy.hours.0).num_minutes().max(0) as u32;
    let taken = busy(policy, std::iter::once(day), absences, monday(day), zone);
    (policy.budget / working).min(hours.saturating_sub(taken))
}

/// Minutes of a week's working hours that are taken in the calendar; overlaps count once.
fn busy<'a>(
    policy: &Policy,
    days: impl Iterator<Item = NaiveDate>,
    absences: impl Iterator<Item = &'a Absence>,
    monday: NaiveDate,
    zone: Zone,
) -> u32 {
    let (first, last) = (
        zone.instant(monday.and_time(chrono::NaiveTime::MIN)),
        zone.instant((monday + Duration::days(7)).and_time(chrono::NaiveTime::MIN)),
    );
    let mut spans: Vec<(DateTime<Utc>, DateTime<Utc>)> = absences
        .filter(|a| a.why == Why::Calendar)
        .flat_map(|a| &a.spans)
        .filter(|s| s.start < last && s.end > first)
        .map(|s| (s.start, s.end))
        .collect();
    if spans.is_empty() {
        return 0;
    }
    spans.sort_unstable();
    let mut taken = 0;
    for day in days {
        let (open, shut) = (
            zone.instant(day.and_time(policy.hours.0)),
            zone.instant(day.and_time(policy.hours.1)),
        );
        let mut at = open;
        for (start, end) in &spans {
            let (start, end) = ((*start).max(at), (*end).min(shut));
            if start < end {
                taken += (end - start).num_minutes() as u32;
                at = end;
            }
        }
    }
    taken
}

/// Adds a touch to its week. A past touch counts in the current week.
pub fn add(weeks: &mut [Week], policy: &Policy, tier: Tier, p: &Planned, today: NaiveDate) {
    if !p.counts() {
        return;
    }
    let Some(week) = week_of(p.date.max(today), today).and_then(|n| weeks.get_mut(n)) else {
        return;
    };
    let minutes = p.minutes(policy, tier);
    week.load += minutes;
    if p.own.agreed.is_some() {
        week.agreed += minutes;
    }
    if Kind::is_talk(p.kind) {
        week.talks += 1;
    } else {
        week.written += 1;
    }
}
