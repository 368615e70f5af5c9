//! Check-ins: by interval, by an agreed recurrence, or closer during trouble.

use chrono::{Duration, NaiveDate};

use super::builder::Builder;
use super::touch::Rule;
use crate::domain::cadence::calendar::zone_of;
use crate::domain::cadence::recurrence::Recurrence;
use crate::domain::cadence::{Every, Kind};
use crate::domain::health::Band;
use crate::domain::signals;

/// Days for which check-ins during trouble are planned ahead: afterwards the trouble is over, or
/// the plan is computed again.
const TROUBLE_AHEAD: i64 = 28;

impl Builder<'_> {
    pub fn in_trouble(&self) -> bool {
        self.s.escalated || self.s.escalated_tickets > 0 || self.s.health.band == Band::Red
    }

    pub fn checkins(&mut self) {
        if let Some(every) = self
            .g
            .policy
            .trouble
            .get(&self.s.tier)
            .copied()
            .filter(|_| self.in_trouble())
        {
            self.troubled(every);
        }
        match self.rhythm.and_then(|r| r.agreed.as_ref()) {
            Some(agreed)
                if self.rhythm.is_none_or(|r| {
                    r.every
                        .get(&Kind::Checkin)
                        .is_none_or(|d| d.every.is_some())
                }) =>
            {
                let agreed = agreed.clone();
                self.recurring(&agreed);
            }
            _ => {
                let talks = self.days_of(|p| {
                    matches!(p.kind, Kind::Review | Kind::Renewal | Kind::Executive)
                        && p.kind.is_talk()
                });
                self.periodic(Kind::Checkin, &talks);
            }
        }
    }

    /// Closer check-ins during trouble, for the weeks ahead.
    pub fn troubled(&mut self, every: Every) {
        let today = self.g.today;
        let seen = signals::troubles(self.s.signals.iter())
            .map(|s| s.date)
            .min();
        let last = self.s.anchors.last(Kind::Checkin);
        let base = match (last, seen) {
            (Some(last), Some(seen)) => last.max(seen),
            (one, other) => one
                .or(other)
                .unwrap_or(today - Duration::days(every.length())),
        };
        let met = self.days_of(|p| p.kind.is_talk());
        let slack = (every.length() / 3).max(2);
        let mut shown: Option<NaiveDate> = None;
        for n in 1..=60 {
            let ideal = every.after(base, n);
            if ideal > (today + Duration::days(TROUBLE_AHEAD)).min(self.until) {
                break;
            }
            let near = |d: &NaiveDate| (*d - ideal).num_days().abs() <= slack;
            let merged = shown
                .is_some_and(|d| ideal <= today || (ideal - d).num_days() < every.length() / 2);
            let upcoming = every.after(base, n + 1) <= today;
            if merged || met.iter().any(near) || (upcoming && n > 1) {
                continue;
            }
            self.push(
                Kind::Checkin,
                ideal,
                ideal + Duration::days(slack),
                Rule::Trouble { every },
            );
            shown = self.natural.last().copied();
        }
    }

    /// Check-ins on the agreed days; a closed day moves its check-in to the next open one.
    pub fn recurring(&mut self, agreed: &Recurrence) {
        let today = self.g.today;
        let slack = (agreed.length() * self.g.policy.slack_percent / 100)
            .clamp(1, self.g.policy.slack_most);
        let (met, last) = (
            self.days_of(|p| p.kind == Kind::Checkin),
            self.s.anchors.last(Kind::Checkin),
        );
        let half = agreed.length() / 2;
        let before = last
            .unwrap_or(today - Duration::days(1))
            .max(today - Duration::days(agreed.length() + slack));
        let theirs = zone_of(self.rhythm, self.g.zone);
        let days: Vec<NaiveDate> = agreed
            .days(before)
            .take_while(|d| *d <= self.until)
            .collect();
        for (i, ideal) in days.iter().copied().enumerate() {
            // A missed day stays until the next one; a talk within half an interval serves it.
            let gone = ideal < today && days.get(i + 1).is_some_and(|next| *next <= today);
            let early = last
                .is_some_and(|l| (ideal - l).num_days() < half && l > ideal - Duration::days(half));
            if gone
                || early
                || met.iter().any(|d| (*d - ideal).num_days().abs() < half)
                || self.rhythm.is_some_and(|r| r.pause(ideal).is_some())
            {
                continue;
            }
            self.push(
                Kind::Checkin,
                ideal,
                ideal + Duration::days(slack),
                Rule::Recurrence,
            );
            // A past day no longer has a time.
            if let (Some(time), Some(pushed)) =
                (agreed.time, self.out.last_mut().filter(|_| ideal >= today))
            {
                // The time is agreed in the customer's zone and shown in the user's.
                let at = theirs.instant(pushed.date.and_time(time));
                let local = self.g.zone.local(at);
                pushed.own.time = Some(local.time());
                if pushed.date == ideal && self.g.calendar.is_open(local.date()) {
                    pushed.date = local.date();
                }
            }
        }
    }
}
