//! Days of every year on which nobody works, or customers are better left alone.

use chrono::{Datelike, NaiveDate};

use super::Kind;
use crate::domain::checkin::agenda::Words;

/// Days of every year on which the team, or a country, does not work: from (month, day) to (month, day).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    pub name: Words,
    pub from: (u32, u32),
    pub to: (u32, u32),
}

impl Closure {
    pub fn holds(&self, day: NaiveDate) -> bool {
        let at = (day.month(), day.day());
        if self.from <= self.to {
            self.from <= at && at <= self.to
        } else {
            at >= self.from || at <= self.to
        }
    }
}

/// Days of every year on which some customers are not contacted: a retailer's fourth quarter, a budget season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    pub days: Closure,
    /// Countries, each with a region or without: `("de", Some("by"))`. Empty: all.
    pub places: Vec<(String, Option<String>)>,
    /// Words in the account's industry, folded. Empty: all.
    pub industries: Vec<String>,
    /// Kinds of touchpoints that wait. Empty: all.
    pub kinds: Vec<Kind>,
}
