//! Adherence: check-ins held against check-ins planned over a quarter, from the talks on record and
//! the interval that holds now.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::policy::Policy;
use super::start::Start;
use super::{Every, Kind};
use crate::domain::account::{Stage, Tier};
use crate::domain::action::Side;
use crate::domain::dossier::Dossier;
use crate::domain::facts::touch::{Attendance, TouchKind};
use crate::domain::when::Zone;

/// The days that are counted.
pub const DAYS: i64 = 90;

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde asks for"
)]
fn is_zero(count: &u16) -> bool {
    *count == 0
}

/// Check-ins of the last [`DAYS`]; for accounts without check-ins, months with a touch of any kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Adherence {
    /// Talks held that the cadence asked for.
    #[serde(skip_serializing_if = "is_zero")]
    pub done: u16,
    /// Those of `done` that came after their latest day.
    #[serde(skip_serializing_if = "is_zero")]
    pub late: u16,
    /// Planned and never held; what is still open is `overdue` instead.
    #[serde(skip_serializing_if = "is_zero")]
    pub skipped: u16,
    /// Past its latest day and still open. Where there is a plan, it knows better: see
    /// [`Adherence::with_overdue`].
    #[serde(skip_serializing_if = "is_zero")]
    pub overdue: u16,
    /// Talks beyond the plan.
    #[serde(skip_serializing_if = "is_zero")]
    pub extra: u16,
    #[serde(skip_serializing_if = "is_zero")]
    pub declined: u16,
    #[serde(skip_serializing_if = "is_zero")]
    pub no_show: u16,
    #[serde(skip_serializing_if = "is_zero")]
    pub moved_by_us: u16,
    #[serde(skip_serializing_if = "is_zero")]
    pub moved_by_them: u16,
    /// Touches of any kind are counted, because the tier has no talks.
    pub light: bool,
}

impl Adherence {
    pub fn planned(&self) -> u16 {
        self.done
            .saturating_add(self.skipped)
            .saturating_add(self.overdue)
    }

    /// Done of planned, percent; none where nothing was planned. It is 100 only where nothing was
    /// skipped and nothing is overdue.
    pub fn percent(&self) -> Option<u32> {
        rate(u32::from(self.done), u32::from(self.planned()))
    }

    /// The same with the touches that are overdue in the plan of today.
    #[must_use]
    pub fn with_overdue(self, overdue: usize) -> Self {
        Self {
            overdue: u16::try_from(overdue).unwrap_or(u16::MAX),
            ..self
        }
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
            overdue: self.overdue.saturating_add(o.overdue),
            extra: self.extra.saturating_add(o.extra),
            declined: self.declined.saturating_add(o.declined),
            no_show: self.no_show.saturating_add(o.no_show),
            moved_by_us: self.moved_by_us.saturating_add(o.moved_by_us),
            moved_by_them: self.moved_by_them.saturating_add(o.moved_by_them),
            light: self.light && o.light,
        }
    }
}

/// Done of planned, percent; none where nothing was planned. Rounded, but 100 only where all was
/// done.
pub fn rate(done: u32, planned: u32) -> Option<u32> {
    let rounded = (done * 100 + planned / 2).checked_div(planned)?;
    Some(if done < planned {
        rounded.min(99)
    } else {
        rounded
    })
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

/// The check-ins of an account on a day: the last [`DAYS`], but not before the first use. What was
/// due before the first use has the days of the policy's `catch_up` from then on.
pub fn adherence(
    d: &Dossier,
    policy: &Policy,
    (tier, stage): (Tier, Stage),
    (day, zone): (NaiveDate, Zone),
    first_use: Option<NaiveDate>,
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
    let from = first_use.map_or(day - Duration::days(DAYS), |first| {
        (first - Duration::days(1)).max(day - Duration::days(DAYS))
    });
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
    let walk = Walk {
        every,
        slack,
        start: Start::of(first_use, policy),
        from,
        day,
    };
    walk.count(&mut out, &days);
    out
}

/// The input of the count besides the talks.
struct Walk {
    every: Every,
    slack: i64,
    start: Start,
    /// The day before the first that counts.
    from: NaiveDate,
    day: NaiveDate,
}

impl Walk {
    /// The last day of the talk that follows one on a day.
    fn latest(&self, talk: NaiveDate) -> NaiveDate {
        let ideal = self.every.after(talk, 1);
        self.start.latest(ideal, ideal + Duration::days(self.slack))
    }

    /// Walks from talk to talk and counts those in time, late and skipped. Without any talk on
    /// record nothing is counted: unknown is not missed. The period that is still open is overdue.
    fn count(&self, out: &mut Adherence, days: &[NaiveDate]) {
        let (from, day) = (self.from, self.day);
        let Some(first) = days
            .iter()
            .rev()
            .find(|d| **d <= from)
            .or(days.first())
            .copied()
        else {
            return;
        };
        let length = self.every.length().max(1);
        // The first talk ever has no earlier one to be planned from, but it was held.
        out.done += u16::from(first > from);
        let mut cursor = first;
        for talk in days.iter().copied().filter(|d| *d > first) {
            let latest = self.latest(cursor);
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
        let latest = self.latest(cursor);
        if day > latest {
            // A day before the window belongs to an earlier period.
            let missed =
                u16::from(latest > from) + ((day - latest.max(from)).num_days() / length) as u16;
            out.overdue = missed.min(1);
            out.skipped += missed - out.overdue;
        }
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
            let walk = Walk {
                every: Every::days(30),
                slack: 10,
                start: Start::default(),
                from: day(today - DAYS),
                day: day(today),
            };
            walk.count(&mut out, &days);
            (out.done, out.late, out.skipped + out.overdue, out.extra)
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
        assert_eq!((rate(199, 200), rate(200, 200)), (Some(99), Some(100)));
    }
}
