//! When something of a calendar happens, and how long it takes.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::place::Place;
use super::values::Lasting;

/// A day, or a reading of a clock somewhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Moment {
    Day(NaiveDate),
    At(NaiveDateTime, Place),
}

impl Moment {
    /// The reading of the clock; midnight of a day.
    pub fn wall(&self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN),
            Self::At(wall, _) => *wall,
        }
    }

    /// The moment; a day begins at midnight of `zone`.
    pub fn instant(&self, zone: &Place) -> DateTime<Utc> {
        match self {
            Self::Day(day) => zone.instant(day.and_time(NaiveTime::MIN)),
            Self::At(wall, place) => place.instant(*wall),
        }
    }
}

/// How long each occurrence takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Length {
    /// Until so much later on the same clock.
    Wall(TimeDelta),
    /// Exactly so long.
    Exact(TimeDelta),
    Lasting(Lasting),
}

/// An added occurrence; one of a period has a length of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    pub start: Moment,
    pub length: Option<Length>,
}

/// The end of an occurrence; none after the last day that there is.
pub fn end_of(start: &Moment, length: &Length, owner: &Place) -> Option<DateTime<Utc>> {
    let later = |by: TimeDelta| {
        let wall = start.wall().checked_add_signed(by)?;
        Some(match start {
            Moment::Day(_) => owner.instant(wall),
            Moment::At(_, place) => place.instant(wall),
        })
    };
    let begins = start.instant(owner);
    match length {
        Length::Exact(exact) => begins.checked_add_signed(*exact),
        Length::Wall(wall) => {
            let end = later(*wall)?;
            // A clock change that skips the start may turn a short event around.
            if end <= begins {
                return begins.checked_add_signed(*wall);
            }
            Some(end)
        }
        Length::Lasting(lasting) => {
            let days = Duration::try_days(lasting.days)?;
            let after = if lasting.days == 0 {
                begins
            } else {
                later(days)?
            };
            after.checked_add_signed(lasting.time)
        }
    }
}

/// The day that a time names in a series of days: midnight in UTC is a day written as a time.
pub fn day_of(wall: NaiveDateTime, place: &Place, owner: &Place) -> NaiveDate {
    if *place == Place::utc() && wall.time() != NaiveTime::MIN {
        return owner.local(wall.and_utc()).date();
    }
    wall.date()
}
