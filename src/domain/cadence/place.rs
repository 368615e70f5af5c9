//! The holidays of one country and its regions, by rules and dated tables. See `config/holidays`.

mod days;
mod rule;

use std::sync::OnceLock;

use chrono::NaiveDate;

use super::closure::Closure;
use crate::domain::checkin::agenda::Words;

pub use rule::{Holiday, Named, Observed, When};

/// A part of a country with holidays of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    pub key: String,
    pub name: Words,
    /// What it is called, folded.
    pub also: Vec<String>,
}

/// The holidays of a country.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Two small letters, as in the file's name.
    pub code: String,
    pub name: Words,
    /// What it is called, folded.
    pub also: Vec<String>,
    pub regions: Vec<Region>,
    /// The region of an account that states none.
    pub assumed: Option<usize>,
    /// The last year whose days are known. None: rules give the days of every year.
    pub until: Option<i32>,
    pub holidays: Vec<Holiday>,
    /// Days of every year on which few people work there.
    pub closures: Vec<Closure>,
    days: Vec<OnceLock<Vec<(NaiveDate, Named)>>>,
}

/// What a file states of a place, from which [`Place::new`] makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    pub code: String,
    pub name: Words,
    pub also: Vec<String>,
    pub regions: Vec<Region>,
    pub assumed: Option<usize>,
    pub until: Option<i32>,
    pub holidays: Vec<Holiday>,
    pub closures: Vec<Closure>,
}

impl Place {
    pub fn new(stated: Stated) -> Self {
        Self {
            days: vec![OnceLock::new(); stated.regions.len() + 1],
            code: stated.code,
            name: stated.name,
            also: stated.also,
            regions: stated.regions,
            assumed: stated.assumed,
            until: stated.until,
            holidays: stated.holidays,
            closures: stated.closures,
        }
    }

    /// All holidays of a region of the computed years, by date; without a region, those of the whole country.
    pub fn days(&self, region: Option<usize>) -> &[(NaiveDate, Named)] {
        let slot = region.map_or(0, |r| r + 1).min(self.regions.len());
        self.days[slot].get_or_init(|| days::days(&self.holidays, region))
    }

    pub fn holiday(&self, region: Option<usize>, day: NaiveDate) -> Option<&Named> {
        let days = self.days(region);
        let at = days.binary_search_by_key(&day, |d| d.0).ok()?;
        Some(&days[at].1)
    }

    pub fn closure(&self, day: NaiveDate) -> Option<&Closure> {
        self.closures.iter().find(|c| c.holds(day))
    }

    /// Whether a folded text names the place.
    pub fn is_called(&self, text: &str) -> bool {
        text == self.code || self.also.iter().any(|a| a == text)
    }

    /// The region with a key or name; the text is folded.
    pub fn region(&self, text: &str) -> Option<usize> {
        self.regions
            .iter()
            .position(|r| r.key == text)
            .or_else(|| self.region_by_name(text))
    }

    /// The region with a name; a key alone may also be a key elsewhere.
    pub fn region_by_name(&self, text: &str) -> Option<usize> {
        self.regions
            .iter()
            .position(|r| r.also.iter().any(|a| a == text))
    }
}
