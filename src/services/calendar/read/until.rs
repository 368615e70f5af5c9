//! The end of a repetition: UNTIL, in the terms of its series.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::moment::{Moment, day_of};
use super::place::Place;
use super::values::Written;

/// The end of a rule; it counts itself.
pub enum Until {
    /// The last reading of the clock.
    Wall(NaiveDateTime),
    /// The last moment, and the zone of the series.
    Moment(DateTime<Utc>, Place),
}

impl Until {
    pub fn of(until: Written, start: &Moment, owner: &Place) -> Self {
        let end_of_day = |day: NaiveDate| {
            let last = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or(NaiveTime::MIN);
            Self::Wall(day.and_time(last))
        };
        match (until, start) {
            (Written::Day(day), _) => end_of_day(day),
            (Written::Wall(wall), Moment::Day(_)) => end_of_day(wall.date()),
            (Written::Wall(wall), Moment::At(..)) => Self::Wall(wall),
            (Written::Moment(at), Moment::Day(_)) => {
                end_of_day(day_of(at.naive_utc(), &Place::utc(), owner))
            }
            (Written::Moment(at), Moment::At(_, place)) => Self::Moment(at, place.clone()),
        }
    }

    /// Whether an occurrence comes after the end.
    pub fn is_before(&self, wall: NaiveDateTime) -> bool {
        match self {
            Self::Wall(last) => wall > *last,
            Self::Moment(last, place) => place.instant(wall) > *last,
        }
    }
}
