//! Why a touch is not on its ideal day: whose holiday, closure or season it avoids. And the places of
//! all customers: their holidays, and the years that a table does not know.

use chrono::{Datelike, Duration, NaiveDate};

use super::calendar::Shut;
use super::place::Named;
use super::places::{Places, Where};
use super::plan::Planned;
use super::policy::Policy;
use super::schedule::Desk;
use crate::domain::account::Account;
use crate::domain::checkin::agenda::Words;

/// The days looked at between an ideal day and the day of a touch; a longer distance has other reasons.
const FAR: i64 = 45;

/// The first day that a planned touch avoids, from its ideal day on, and all reasons of that day. None
/// where the touch is on its ideal day or past it, was agreed or spread, or avoids only weekends.
pub fn avoided(desk: &Desk, account: &Account, p: &Planned) -> Option<(NaiveDate, Vec<Shut>)> {
    // A touch past its ideal day is on the first possible one, whatever it avoided before.
    if p.ideal < desk.now.today() || p.own.agreed.is_some() || p.placed || p.date == p.ideal {
        return None;
    }
    let first = p.ideal;
    // A touch before its ideal day found no day up to the latest one.
    let last = if p.date > first { p.date } else { p.latest };
    (0..FAR)
        .map(|n| first + Duration::days(n))
        .take_while(|day| *day <= last && *day != p.date)
        .filter(|day| desk.policy.works_on(day.weekday()))
        .find_map(|day| {
            let reasons = desk.shut(account, p.kind, day);
            (!reasons.is_empty()).then_some((day, reasons))
        })
}

/// A place whose table of holidays ends before the plan does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub code: String,
    pub place: Words,
    /// The last year that is known.
    pub until: i32,
}

/// The place of an account whose holidays are not known up to the day.
pub fn ended(at: Option<Where>, until: NaiveDate) -> Option<Ended> {
    let place = at?.place;
    place
        .until
        .filter(|last| *last < until.year())
        .map(|last| Ended {
            code: place.code.clone(),
            place: place.name.clone(),
            until: last,
        })
}

/// The places of the team and of some accounts whose holidays are not known up to the day, each once.
pub fn all_ended<'a>(
    desk: &Desk,
    accounts: impl Iterator<Item = &'a Account>,
    until: NaiveDate,
) -> Vec<Ended> {
    let mut out: Vec<Ended> = ended(desk.policy.here(), until).into_iter().collect();
    let places: &Places = &desk.policy.places;
    // Most accounts share a few spellings of their country.
    let mut seen: Vec<&str> = Vec::new();
    for country in accounts.map(|a| a.country.as_str()) {
        if seen.contains(&country) {
            continue;
        }
        seen.push(country);
        let found = ended(places.find(country), until);
        out.extend(found.filter(|e| !out.contains(e)));
    }
    out
}

/// A place other than the team's, and the number of accounts there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abroad {
    pub code: String,
    pub region: Option<usize>,
    pub count: usize,
}

/// The places of these accounts, without the team's own.
pub fn abroad<'a>(policy: &Policy, accounts: impl Iterator<Item = &'a Account>) -> Vec<Abroad> {
    let mut out: Vec<Abroad> = Vec::new();
    for at in accounts.filter_map(|a| policy.places.of(a)) {
        if policy.here() == Some(at) {
            continue;
        }
        let same = |a: &&mut Abroad| a.code == at.place.code && a.region == at.region;
        match out.iter_mut().find(same) {
            Some(held) => held.count += 1,
            None => out.push(Abroad {
                code: at.place.code.clone(),
                region: at.region,
                count: 1,
            }),
        }
    }
    out
}

/// A holiday, and the countries that have it with their numbers of accounts.
pub type OfCountries<'a> = (&'a Named, Vec<(&'a Words, usize)>);

/// The holidays of these places on a day.
pub fn holidays_abroad<'a>(
    policy: &'a Policy,
    places: &[Abroad],
    day: NaiveDate,
) -> Vec<OfCountries<'a>> {
    let mut out: Vec<OfCountries> = Vec::new();
    for abroad in places {
        let Some(place) = policy.places.of_code(&abroad.code) else {
            continue;
        };
        let Some(named) = place.holiday(abroad.region, day) else {
            continue;
        };
        let at = out.iter().position(|o| o.0 == named).unwrap_or(out.len());
        if at == out.len() {
            out.push((named, Vec::new()));
        }
        let countries = &mut out[at].1;
        match countries.iter_mut().find(|c| *c.0 == place.name) {
            Some(held) => held.1 += abroad.count,
            None => countries.push((&place.name, abroad.count)),
        }
    }
    for (_, countries) in &mut out {
        countries.sort_by_key(|c| std::cmp::Reverse(c.1));
    }
    out
}
