//! All countries with known holidays, and the one that an account is in.

use std::sync::{Arc, LazyLock};

use super::place::{Named, Place};
use crate::domain::account::Account;
use crate::domain::checkin::agenda::Words;
use crate::domain::text::fold;
use chrono::NaiveDate;

/// A place: one of the program's, read when first needed, or one of the user's.
#[derive(Debug, Clone)]
pub enum Kept {
    Shipped(&'static str, &'static LazyLock<Place>),
    Own(Arc<Place>),
}

impl Kept {
    pub fn code(&self) -> &str {
        match self {
            Kept::Shipped(code, _) => code,
            Kept::Own(place) => &place.code,
        }
    }

    pub fn place(&self) -> &Place {
        match self {
            Kept::Shipped(_, place) => place,
            Kept::Own(place) => place,
        }
    }
}

/// Shipped places are equal by code: there is one of each.
impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Kept::Shipped(one, _), Kept::Shipped(other, _)) => one == other,
            (Kept::Own(one), Kept::Own(other)) => one == other,
            _ => false,
        }
    }
}

/// A country, and the region of it where one is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Where<'a> {
    pub place: &'a Place,
    pub region: Option<usize>,
}

impl Where<'_> {
    pub fn holiday(&self, day: NaiveDate) -> Option<&Named> {
        self.place.holiday(self.region, day)
    }

    /// The name of the country, and of the region where there is one.
    pub fn name(&self) -> Words {
        let country = &self.place.name;
        match self.region.and_then(|r| self.place.regions.get(r)) {
            Some(region) => Words {
                ja: format!("{}・{}", country.ja, region.name.ja),
                en: format!("{}, {}", country.en, region.name.en),
            },
            None => country.clone(),
        }
    }
}

/// The countries with known holidays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places(pub Vec<Kept>);

/// Headers of columns that may state a region; folded, and found anywhere in the header.
const REGIONAL: [&str; 8] = [
    "state",
    "region",
    "province",
    "bundesland",
    "nation",
    "州",
    "地域",
    "県",
];

impl Places {
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Kept::code)
    }

    pub fn of_code(&self, code: &str) -> Option<&Place> {
        self.0.iter().find(|k| k.code() == code).map(Kept::place)
    }

    /// The place a text names: `de`, `Germany`, `ドイツ`, `DE-BY`, `Germany (Bavaria)`, `Scotland`.
    pub fn find(&self, text: &str) -> Option<Where<'_>> {
        let text = fold(text.trim());
        if text.is_empty() {
            return None;
        }
        if let Some(place) = self.country(&text) {
            return Some(Where {
                place,
                region: None,
            });
        }
        if let Some((country, region)) = halves(&text)
            && let Some(place) = self.country(country)
        {
            let region = place.region(region);
            return Some(Where { place, region });
        }
        let places = self.0.iter().map(Kept::place);
        places
            .filter_map(|place| Some((place, place.region_by_name(&text)?)))
            .map(|(place, region)| Where {
                place,
                region: Some(region),
            })
            .next()
    }

    fn country(&self, text: &str) -> Option<&Place> {
        self.of_code(text).or_else(|| {
            let mut places = self.0.iter().map(Kept::place);
            places.find(|p| p.is_called(text))
        })
    }

    /// Where an account is: its country decides, then a region in it or in an attribute such as "State".
    pub fn of(&self, account: &Account) -> Option<Where<'_>> {
        let mut found = self.find(&account.country)?;
        let regional = |header: &str| {
            let header = fold(header);
            REGIONAL.iter().any(|word| header.contains(word))
        };
        if found.region.is_none() && !found.place.regions.is_empty() {
            let mut attributes = account.attributes.iter();
            let stated = attributes.find_map(|(header, value)| {
                let region = || found.place.region(&fold(value.trim()));
                regional(header).then(region).flatten()
            });
            found.region = stated.or(found.place.assumed);
        }
        Some(found)
    }
}

/// A country and a region written in one: `de-by`, `germany (bavaria)`, `ドイツ・バイエルン`.
fn halves(text: &str) -> Option<(&str, &str)> {
    let at = text.find(['-', '/', ',', '(', '・', ':', '、'])?;
    let sign = text[at..].chars().next()?;
    let rest = text[at + sign.len_utf8()..].trim_end_matches(')');
    Some((text[..at].trim(), rest.trim()))
}
