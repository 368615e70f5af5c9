//! Reads the days off of the cadence: the team's place and holidays, its closures, and the seasons in
//! which customers are not contacted.

use chrono::NaiveDate;
use toml::Spanned;

use super::reader::Reader;
use super::tables::not_a;
use super::written::{Holidays, WrittenBlackout, WrittenClosure};
use crate::config::holidays::{day_of_year, japanese};
use crate::domain::cadence::Kind;
use crate::domain::cadence::closure::{Closure, Season};
use crate::domain::cadence::place::Named;
use crate::domain::cadence::places::Where;
use crate::domain::text::fold;

impl Reader {
    pub fn holidays(&mut self, holidays: Option<Holidays>) {
        let Some(holidays) = holidays else { return };
        self.place(holidays.country.as_ref(), holidays.region.as_ref());
        for day in holidays.add {
            match day.get_ref().date.parse::<NaiveDate>() {
                Ok(date) => {
                    let named = Named {
                        name: japanese(&day.into_inner().name),
                        observed: false,
                    };
                    self.policy.holidays.insert(date, named);
                }
                Err(_) => self.wrong(
                    day.span().start,
                    format!("`{}` is not a date (one is 2027-05-06)", day.get_ref().date),
                ),
            }
        }
        for day in holidays.remove {
            match day.get_ref().parse::<NaiveDate>() {
                Ok(date) => drop(self.policy.holidays.remove(&date)),
                Err(_) => self.wrong(
                    day.span().start,
                    format!("`{}` is not a date (one is 2027-02-11)", day.get_ref()),
                ),
            }
        }
    }

    /// The country and region of the team.
    fn place(&mut self, country: Option<&Spanned<String>>, region: Option<&Spanned<String>>) {
        let here = match country.map(|c| c.get_ref().as_str()) {
            Some("none") => None,
            Some(text) => match self.policy.places.find(text) {
                Some(at) => Some((at.place.code.clone(), at.region.or(at.place.assumed))),
                None => {
                    let why = format!(
                        "country = \"{text}\": {}, \"none\", or a country of your own in holidays/",
                        self.codes()
                    );
                    self.wrong(country.map_or(0, |c| c.span().start), why);
                    return;
                }
            },
            None => self.policy.here.take(),
        };
        self.policy.here = here;
        if let Some(region) = region {
            self.region(region);
        }
        let days = self
            .policy
            .here()
            .map(|at| at.place.days(at.region).to_vec());
        self.policy.holidays = days.unwrap_or_default().into_iter().collect();
    }

    fn region(&mut self, region: &Spanned<String>) {
        let text = region.get_ref();
        let place = self.policy.here().map(|at| at.place);
        let found = place.and_then(|p| p.region(&fold(text.trim())));
        let known = place.iter().flat_map(|p| &p.regions);
        let known: Vec<String> = known.map(|r| r.key.clone()).collect();
        match (found, &mut self.policy.here) {
            (Some(found), Some(here)) => here.1 = Some(found),
            _ => {
                let why = if known.is_empty() {
                    format!("region = \"{text}\": this country has no regions here")
                } else {
                    format!("region = \"{text}\": {}", known.join(", "))
                };
                self.wrong(region.span().start, why);
            }
        }
    }

    fn codes(&self) -> String {
        let codes: Vec<String> = self
            .policy
            .places
            .codes()
            .map(|c| format!("\"{c}\""))
            .collect();
        codes.join(", ")
    }

    pub fn closure(&mut self, closure: Spanned<WrittenClosure>) {
        let at = closure.span().start;
        let closure = closure.into_inner();
        let from = self.day(at, &closure.from);
        let to = self.day(at, &closure.to);
        self.policy.closures.push(Closure {
            name: closure.name,
            from,
            to,
        });
    }

    fn day(&mut self, at: usize, text: &str) -> (u32, u32) {
        let found = day_of_year(text);
        if found.is_none() {
            self.wrong(
                at,
                format!("`{text}` is not a day of the year (one is 12-29)"),
            );
        }
        found.unwrap_or((1, 1))
    }

    pub fn blackout(&mut self, blackout: Spanned<WrittenBlackout>) {
        let at = blackout.span().start;
        let blackout = blackout.into_inner();
        let from = self.day(at, &blackout.from);
        let to = self.day(at, &blackout.to);
        let mut season = Season {
            days: Closure {
                name: blackout.name,
                from,
                to,
            },
            places: Vec::new(),
            industries: blackout.industries.iter().map(|i| fold(i.trim())).collect(),
            kinds: Vec::new(),
        };
        if season.industries.iter().any(String::is_empty) {
            self.wrong(at, "industries: an empty word would mean all");
        }
        for text in blackout.places {
            match self.policy.places.find(text.get_ref()) {
                Some(found) => season.places.push(written(found)),
                None => {
                    let why = format!("`{}` is no place here: {}", text.get_ref(), self.codes());
                    self.wrong(text.span().start, why);
                }
            }
        }
        for text in blackout.kinds {
            match Kind::parse(text.get_ref()) {
                Some(kind) => season.kinds.push(kind),
                None => {
                    let known = Kind::ALL.iter().map(|k| k.key());
                    self.wrong(text.span().start, not_a("kind", text.get_ref(), known));
                }
            }
        }
        self.policy.seasons.push(season);
    }
}

fn written(at: Where) -> (String, Option<String>) {
    let region = at.region.and_then(|r| at.place.regions.get(r));
    (at.place.code.clone(), region.map(|r| r.key.clone()))
}
