//! Adherence: check-ins held against check-ins planned over a quarter, from the talks on record and
//! the interval that holds now.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::policy::Policy;
use super::{Every, Kind};
use crate::domain::account::{Stage, Tier};
use crate::domain::action::Side;
use crate::domain::dossier::Dossier;
use crate::domain::facts::touch::{Attendance, TouchKind};
use crate::domain::when::Zone;

/// The days that are counted.
pub const DAYS: i64 = 90;

/// Check-ins of the last [`DAYS`]; for accounts without check-ins, months with a touch of any kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adherence {
    /// Talks held that the cadence asked for.
    pub done: u16,
    /// Those of `done` that came after their latest day.
    pub late: u16,
    /// Planned and never held.
    pub skipped: u16,
    /// Talks beyond the plan.
    pub extra: u16,
    pub declined: u16,
    pub no_show: u16,
    pub moved_by_us: u16,
    pub moved_by_them: u16,
    /// Touches of any kind are counted, because the tier has no talks.
    #[serde(default)]
    pub light: bool,
}

impl Adherence {
    pub fn planned(&self) -> u16 {
        self.done + self.skipped
    }

    /// Meetings with an outcome: held, declined or missed.
    pub fn invited(&self) -> u16 {
        self.done + self.extra + self.declined + self.no_show
    }

    #[must_use]
    pub fn plus(self, o: Self) -> Self {
        Self {
            done: self.done.saturating_add(o.done),
            late: self.late.saturating_add(o.late),
            skipped: self.skipped.saturating_add(o.skipped),
            extra: self.extra.saturating_add(o.extra),
            declined: self.declined.saturating_add(o.declined),
            no_show: self.no_show.saturating_add(o.no_show),
            moved_by_us: self.moved_by_us.saturating_add(o.moved_by_us),
            moved_by_them: self.moved_by_them.saturating_add(o.moved_by_them),
            light: self.light && o.light,
        }
    }
}

/// Done of planned, percent; none where nothing was planned.
pub fn rate(done: u32, planned: u32) -> Option<u32> {
    (planned > 0).then(|| (done * 100 + planned / 2) / planned)
}

/// The days of talks with the customer, rising.
fn talks(d: &Dossier, day: NaiveDate, zone: Zone) -> Vec<NaiveDate> {
    let touches = d
        .touches
        .iter()
        .filter(|t| t.is_conversation())
        .map(|t| zone.day(t.at));
    let mut days: Vec<NaiveDate> = touches
        .chain(
            d.checkins
                .iter()
                .filter_map(|c| c.ended())
                .map(|at| zone.day(at)),
        )
        .filter(|d| *d <= day)
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

pub fn adherence(
    d: &Dossier,
    policy: &Policy,
    tier: Tier,
    stage: Stage,
    day: NaiveDate,
    zone: Zone,
) -> Adherence {
    let own = d.account.cadence.as_ref();
    let every = match own.and_then(|r| r.every.get(&Kind::Checkin)) {
        Some(deviation) => deviation.every,
        None => policy.every(Kind::Checkin, tier, stage),
    };
    let every = own
        .and_then(|r| r.agreed.as_ref())
        .map(|a| Every::days(a.length() as u32))
        .or(every);
    let from = day - Duration::days(DAYS);
    let mut out = Adherence::default();
    for touch in d.touches.iter().filter(|t| {
        matches!(
            t.kind,
            TouchKind::Call | TouchKind::Meeting | TouchKind::Training
        )
    }) {
        let at = zone.day(touch.at);
        if at <= from || at > day {
            continue;
        }
        match touch.attendance {
            Attendance::Declined => out.declined += 1,
            Attendance::NoShow => out.no_show += 1,
            Attendance::Moved if touch.moved_by == Some(Side::Us) => out.moved_by_us += 1,
            Attendance::Moved => out.moved_by_them += 1,
            Attendance::Held => {}
        }
    }
    let (days, every, slack) = match every {
        Some(every) => (talks(d, day, zone), every, policy.slack(every)),
        None => {
            out.light = true;
            let mut days: Vec<NaiveDate> = d
                .touches
                .iter()
                .filter(|t| t.attendance == Attendance::Held)
                .map(|t| zone.day(t.at))
                .filter(|d| *d <= day)
                .collect();
            days.extend(talks(d, day, zone));
            days.sort_unstable();
            days.dedup();
            (days, Every::days(policy.floor.max(1) as u32), 3)
        }
    };
    count(&mut out, &days, every, slack, from, day);
    out
}

/// Walks from talk to talk and counts those in time, late and skipped. Without any talk on record
/// nothing is counted: unknown is not missed.
fn count(
    out: &mut Adherence,
    days: &[NaiveDate],
    every: Every,
    slack: i64,
    from: NaiveDate,
    day: NaiveDate,
) {
    let Some(first) = days
        .iter()
        .rev()
        .find(|d| **d <= from)
        .or(days.first())
        .copied()
    else {
        return;
    };
    let length = every.length().max(1);
    let mut cursor = first;
    for talk in days.iter().copied().filter(|d| *d > first) {
        let latest = every.after(cursor, 1) + Duration::days(slack);
        if (talk - cursor).num_days() < length / 2 {
            // An early talk does not replace the next planned one.
            out.extra += u16::from(talk > from);
            continue;
        }
        if talk > from {
            out.done += 1;
            if talk > latest {
                out.late += 1;
                out.skipped += ((talk - latest.max(from)).num_days() / length) as u16;
            }
        }
        cursor = talk;
    }
    let latest = every.after(cursor, 1) + Duration::days(slack);
    if day > latest {
        // A day before the window belongs to an earlier period.
        out.skipped +=
            u16::from(latest > from) + ((day - latest.max(from)).num_days() / length) as u16;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_missed_and_extra_talks_are_counted_separately() {
        let day = |n: i64| NaiveDate::from_ymd_opt(2026, 1, 1).expect("day") + Duration::days(n);
        let walk = |talks: &[i64], today: i64| {
            let days: Vec<NaiveDate> = talks.iter().map(|n| day(*n)).collect();
            let mut out = Adherence::default();
            count(
                &mut out,
                &days,
                Every::days(30),
                10,
                day(today - DAYS),
                day(today),
            );
            (out.done, out.late, out.skipped, out.extra)
        };
        assert_eq!(walk(&[], 200), (0, 0, 0, 0));
        assert_eq!(walk(&[100, 130, 160, 190], 200), (3, 0, 0, 0));
        assert_eq!(walk(&[100, 105, 130, 160, 190], 190), (3, 0, 0, 1));
        // One talk twenty days late, then none for two months.
        assert_eq!(walk(&[100, 160], 225), (1, 1, 1, 0));
        // No talk for a year: of thirty-day periods, ninety days hold three, not four.
        assert_eq!(walk(&[100], 465), (0, 0, 3, 0));
        assert_eq!(rate(1, 3), Some(33));
        assert_eq!(rate(0, 0), None);
    }
}
