//! A time zone of an event: from the zone tables, an offset, or as the file defines it.

use std::rc::Rc;

use chrono::{DateTime, Duration, FixedOffset, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

use crate::domain::when::Zone;

/// Where a wall clock hangs.
#[derive(Debug, Clone)]
pub enum Place {
    Known(Tz),
    Fixed(FixedOffset),
    /// As the file defines it.
    Own(Rc<Own>),
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Known(a), Self::Known(b)) => a == b,
            (Self::Fixed(a), Self::Fixed(b)) => a == b,
            (Self::Own(a), Self::Own(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl From<Zone> for Place {
    fn from(zone: Zone) -> Self {
        match zone {
            Zone::Named(tz) => Self::Known(tz),
            Zone::Fixed(offset) => Self::Fixed(offset),
        }
    }
}

impl Place {
    pub fn utc() -> Self {
        Self::Known(Tz::UTC)
    }

    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        let offset = self.offset(at.naive_utc());
        at.naive_utc()
            .checked_add_offset(offset)
            .unwrap_or(at.naive_utc())
    }

    /// The offset at a moment in UTC.
    fn offset(&self, utc: NaiveDateTime) -> FixedOffset {
        match self {
            Self::Known(tz) => tz.offset_from_utc_datetime(&utc).fix(),
            Self::Fixed(offset) => *offset,
            Self::Own(own) => own.offset(utc),
        }
    }

    /// The moment of a reading. Of a reading that occurs twice it is the first; one that a clock
    /// change skips is taken as if the clock had not changed yet (RFC 5545, 3.3.5).
    pub fn instant(&self, wall: NaiveDateTime) -> DateTime<Utc> {
        let day = Duration::hours(26);
        let around = |by: Duration| wall.checked_add_signed(by).map(|at| self.offset(at));
        let before = around(-day).unwrap_or_else(|| self.offset(wall));
        let after = around(day).unwrap_or(before);
        let moments = [before, after].map(|offset| (offset, wall.checked_sub_offset(offset)));
        let mut found = moments
            .iter()
            .filter_map(|(offset, utc)| utc.filter(|utc| self.offset(*utc) == *offset))
            .collect::<Vec<_>>();
        found.sort();
        let skipped = moments[0].1.unwrap_or(wall);
        found.first().copied().unwrap_or(skipped).and_utc()
    }
}

/// A zone that a file defines.
#[derive(Debug, PartialEq, Eq)]
pub struct Own {
    /// The offset before the first change.
    pub first: FixedOffset,
    /// The changes of the clock in their order: the moment in UTC, and the offset from then on.
    pub changes: Vec<(NaiveDateTime, FixedOffset)>,
}

impl Own {
    fn offset(&self, utc: NaiveDateTime) -> FixedOffset {
        let after = self.changes.partition_point(|(at, _)| *at <= utc);
        let last = after.checked_sub(1).and_then(|i| self.changes.get(i));
        last.map_or(self.first, |(_, offset)| *offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn wall(m: u32, d: u32, h: u32, min: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, m, d)
            .and_then(|day| day.and_hms_opt(h, min, 0))
            .expect("a time")
    }

    #[test]
    fn skipped_and_doubled_readings() {
        for (tz, local, right) in [
            // Skipped: an hour, and half an hour.
            (Tz::America__New_York, wall(3, 8, 2, 30), wall(3, 8, 7, 30)),
            (
                Tz::Australia__Lord_Howe,
                wall(10, 4, 2, 15),
                wall(10, 3, 15, 45),
            ),
            // Doubled: the first one.
            (
                Tz::America__New_York,
                wall(11, 1, 1, 30),
                wall(11, 1, 5, 30),
            ),
            (
                Tz::Australia__Lord_Howe,
                wall(4, 5, 1, 45),
                wall(4, 4, 14, 45),
            ),
            // The edges.
            (Tz::America__New_York, wall(3, 8, 1, 59), wall(3, 8, 6, 59)),
            (Tz::America__New_York, wall(3, 8, 3, 0), wall(3, 8, 7, 0)),
            (Tz::America__New_York, wall(11, 1, 2, 0), wall(11, 1, 7, 0)),
            (Tz::Asia__Kolkata, wall(6, 1, 9, 0), wall(6, 1, 3, 30)),
        ] {
            assert_eq!(
                Place::Known(tz).instant(local).naive_utc(),
                right,
                "{tz} {local}"
            );
        }
        // Samoa left out the whole 30 December 2011.
        let skipped = NaiveDate::from_ymd_opt(2011, 12, 30).expect("day");
        let noon = skipped.and_hms_opt(12, 0, 0).expect("time");
        let apia = Place::Known(Tz::Pacific__Apia);
        let right = skipped.and_hms_opt(22, 0, 0).expect("time");
        assert_eq!(apia.instant(noon).naive_utc(), right);
    }
}
