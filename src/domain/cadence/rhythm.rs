//! The rhythm of one account: deviations from the rules, an agreed recurrence, a pause, days on
//! which the customer cannot be reached, and placements by smoothing. It plans nothing itself.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::recurrence::Recurrence;
use super::{Every, Kind};

/// An interval that differs from the rules, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    /// None: the kind is not planned.
    pub every: Option<Every>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    pub set: NaiveDate,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
}

/// A pause: only one light touch a month, renewal steps, and reviews that are never skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub from: NaiveDate,
    /// The last day of the pause.
    pub until: NaiveDate,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Pause {
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}

/// Days on which the customer must not be contacted, such as December, or a retailer's fourth
/// quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blackout {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// It repeats every year.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub yearly: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Blackout {
    pub fn holds(&self, day: NaiveDate) -> bool {
        if !self.yearly {
            return self.from <= day && day <= self.to;
        }
        let (at, from, to) = (
            (day.month(), day.day()),
            (self.from.month(), self.from.day()),
            (self.to.month(), self.to.day()),
        );
        if from <= to {
            from <= at && at <= to
        } else {
            at >= from || at <= to
        }
    }
}

/// The day smoothing gave a touch. It loses effect when the ideal day of the touch moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    pub kind: Kind,
    pub ideal: NaiveDate,
    pub date: NaiveDate,
}

/// What an account has of its own in place of the policy: intervals, a pause, a recurrence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub every: BTreeMap<Kind, Deviation>,
    /// The recurrence of check-ins: "second Tuesday, 10:00".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Recurrence>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<Pause>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blackouts: Vec<Blackout>,
    /// The customer's time zone, as an IANA name; empty: the user's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zone: String,
    /// The customer's working hours in its time zone; none: the user's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<(NaiveTime, NaiveTime)>,
    /// The place of meetings, or the link.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The day on which a suggestion was turned down. No new one follows for a while.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissed: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub placed: Vec<Placement>,
}

impl Rhythm {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub fn blackout(&self, day: NaiveDate) -> Option<&Blackout> {
        self.blackouts.iter().find(|b| b.holds(day))
    }

    pub fn pause(&self, day: NaiveDate) -> Option<&Pause> {
        self.paused.as_ref().filter(|p| p.holds(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yearly_blackout_may_cross_new_year() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("day");
        let b = Blackout {
            from: day(2026, 12, 15),
            to: day(2027, 1, 10),
            yearly: true,
            reason: String::new(),
        };
        assert!(
            b.holds(day(2029, 12, 31))
                && b.holds(day(2030, 1, 10))
                && !b.holds(day(2030, 1, 11))
                && !b.holds(day(2029, 12, 14))
        );
        let once = Blackout { yearly: false, ..b };
        assert!(once.holds(day(2027, 1, 1)) && !once.holds(day(2028, 1, 1)));
    }
}
