//! Periodic touches, and the minimum every account gets.

use chrono::{Duration, NaiveDate};

use super::builder::Builder;
use super::touch::{Planned, Rule};
use crate::domain::cadence::{Every, Kind};

/// A contract of up to this many days counts its first interval from its start.
const YOUNG: i64 = 60;

impl Builder<'_> {
    /// Plans a periodic kind. `serves` are the days of other touches that count as this kind.
    pub fn periodic(&mut self, kind: Kind, serves: &[NaiveDate]) {
        if !self.may_ask(kind) {
            return;
        }
        let today = self.g.today;
        let met = self.days_of(|p| p.kind == kind);
        let last = self.s.anchors.last(kind);
        // A touch of today serves the first one as well.
        let mut cursor = last.unwrap_or(today - Duration::days(1));
        // The first touch of a kind has no earlier one to be an interval away from.
        let mut next = match (last, self.interval(kind, today)) {
            (None, Some((every, _))) => {
                let start = self
                    .s
                    .anchors
                    .start
                    .filter(|s| (today - *s).num_days() <= YOUNG || kind == Kind::Review);
                Some(self.unanchored(every, start.map(|s| every.after(s, 1))))
            }
            _ => None,
        };
        let (mut base, mut times, mut current) = (cursor, 0_u32, None);
        let mut pending: Option<NaiveDate> = None;
        // A bound no kind reaches within the planned years.
        for _ in 0..600 {
            let Some((every, rule)) = self.interval(kind, cursor.max(today)) else {
                match self.next_stage(cursor.max(today)) {
                    Some(day) if day <= self.until => {
                        (cursor, base, times, next) = (day, day, 0, None);
                        continue;
                    }
                    _ => break,
                }
            };
            if current != Some(every) {
                (current, base, times) = (Some(every), cursor, 0);
            }
            times += 1;
            let ideal = next.take().unwrap_or_else(|| every.after(base, times));
            if ideal != every.after(base, times) {
                (base, times) = (ideal, 0);
            }
            if ideal > self.until {
                break;
            }
            let latest = ideal + Duration::days(self.g.policy.slack(every));
            let latest = self.start.latest_by(&rule, ideal, latest);
            // An agreed meeting stays; another talk replaces the touch only near its day.
            let about = ideal + Duration::days(every.length() / 4);
            let served = |days: &[NaiveDate], until: NaiveDate| {
                days.iter().copied().find(|d| *d > cursor && *d <= until)
            };
            let same = served(&met, latest);
            let is_due = |p: &Planned| p.kind == kind && p.own.agreed.is_none() && p.ideal <= today;
            if same.is_some() && ideal <= today && self.out.iter().any(is_due) {
                // The touch that stands names this rule as well: `settle` puts them together.
                self.push(kind, ideal, latest, rule);
            }
            if let Some(day) = same.or_else(|| served(serves, about)) {
                (cursor, base, times) = (day, day, 0);
                pending = None;
                continue;
            }
            cursor = ideal;
            // One overdue touch replaces all missed ones since, and for one due right after it.
            if let Some(day) = pending
                && (ideal <= today || (ideal - day).num_days() < every.length() / 2)
            {
                continue;
            }
            if self
                .rhythm
                .is_some_and(|r| r.pause(ideal.max(today)).is_some())
                && !self.never_skipped(kind)
            {
                continue;
            }
            self.push(kind, ideal, latest, rule);
            let pushed = &self.out[self.out.len() - 1];
            if pushed.own.blocked.is_some() {
                // The blocked touch is listed once.
                break;
            }
            pending = (ideal <= today).then_some(self.natural[self.natural.len() - 1]);
        }
    }

    /// Every account is contacted at least once a month, by a person or automatically.
    pub fn floor(&mut self) {
        let (today, floor) = (self.g.today, self.g.policy.floor);
        let every = Every::days(floor as u32);
        let touched = self.days_of(|_| true);
        let mut from = self
            .s
            .last_touch
            .unwrap_or_else(|| self.unanchored(every, None) - Duration::days(floor));
        let light = [Kind::Email, Kind::Report, Kind::Webinar, Kind::Checkin]
            .into_iter()
            .find(|k| self.blocked_by(*k).is_none())
            .unwrap_or(Kind::Email);
        let mut touched = touched.into_iter().peekable();
        for _ in 0..60 {
            let due = from + Duration::days(floor);
            while touched.peek().is_some_and(|d| *d <= from) {
                touched.next();
            }
            match touched.peek().copied() {
                // A day or two beyond the limit is accepted.
                Some(next) if next <= due.max(today) + Duration::days(2) => from = next,
                _ if due > self.until => break,
                _ => {
                    let paused = self
                        .rhythm
                        .is_some_and(|r| r.pause(due.max(today)).is_some());
                    self.push(
                        light,
                        due,
                        due + Duration::days(3),
                        if paused {
                            Rule::Paused
                        } else {
                            Rule::Floor { days: floor as i32 }
                        },
                    );
                    from = due.max(today);
                }
            }
        }
    }
}
