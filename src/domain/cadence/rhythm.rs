//! What one account has of its own: deviations from the rules, an agreed recurrence, a pause, times
//! when nobody there can be reached, and where smoothing put its touches.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::recurrence::Recurrence;
use super::{Every, Kind};

/// Another interval than the rules give, with the reason for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    /// None: this kind is left out.
    pub every: Option<Every>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    pub set: NaiveDate,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
}

/// No touches but a light one a month, renewal steps, and reviews that are never skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub from: NaiveDate,
    /// The last day of it.
    pub until: NaiveDate,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Pause {
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}

/// A time in which the customer is not to be touched: December, a retailer's fourth quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blackout {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Every year again.
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

/// Where smoothing put a touch. It is forgotten by itself when the touch's ideal day moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    pub kind: Kind,
    pub ideal: NaiveDate,
    pub date: NaiveDate,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub every: BTreeMap<Kind, Deviation>,
    /// Of the check-ins: "second Tuesday, 10:00".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Recurrence>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<Pause>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blackouts: Vec<Blackout>,
    /// The customer's zone, by its IANA name; without one, the user's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zone: String,
    /// The customer's working hours in their zone; without them, the user's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<(NaiveTime, NaiveTime)>,
    /// Where one meets, or the link.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// A suggestion was turned down on this day: there is none for a while.
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
    fn a_yearly_blackout_may_go_over_new_year() {
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
