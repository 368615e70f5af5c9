//! What the name of a time zone means: a name of the zone tables, also behind a prefix, the file's
//! own definition, or a name of Windows.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::str::FromStr;

use calcard::common::timezone::Tz as Windows;
use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::lines::Property;
use super::parts::{Part, ZonePart, find};
use super::place::{Own, Place};
use super::repeat::{Begin, Budget, repeat};
use super::rule::Rule;
use super::values::{Written, offset, written};

/// The time zones of a calendar, by the names that its events use.
pub struct Zones {
    /// What the calendar defines itself, by name in small letters.
    own: HashMap<String, Place>,
    found: RefCell<HashMap<String, Option<Place>>>,
    /// The year whose offsets are compared.
    year: i32,
}

impl Zones {
    /// Reads the zones of a calendar. Changes of the clock are known up to `until`.
    pub fn of(part: &Part, until: NaiveDate, budget: &mut Budget) -> Self {
        let mut own = HashMap::new();
        for zone in &part.zones {
            let Some(name) =
                find(&zone.properties, "TZID").map(|p| normal(&p.text()).to_lowercase())
            else {
                continue;
            };
            if let Some(place) = defined(zone, until, budget) {
                own.entry(name).or_insert(place);
            }
        }
        Self {
            own,
            found: RefCell::default(),
            year: until.year(),
        }
    }

    /// The zone of a name; none where neither the file nor the tables know it.
    pub fn find(&self, name: &str) -> Option<Place> {
        let name = normal(name);
        if let Some(known) = self.found.borrow().get(&name) {
            return known.clone();
        }
        let own = self.own.get(&name.to_lowercase());
        let place = match (tabled(&name), own) {
            // The tables know past and future; files often define one year only. A name without a
            // place, like EST, says less than its definition.
            (Some(tz), Some(own)) if !name.contains('/') || self.is_another(tz, own) => {
                Some(own.clone())
            }
            (Some(tz), _) => Some(Place::Known(tz)),
            (None, Some(own)) => Some(own.clone()),
            (None, None) => of_windows(&name),
        };
        self.found.borrow_mut().insert(name, place.clone());
        place
    }

    /// Whether a file uses the name of a zone for another: its definition has no offset of that
    /// zone.
    fn is_another(&self, tz: Tz, own: &Place) -> bool {
        let Place::Own(own) = own else {
            return false;
        };
        let mut theirs = own.changes.iter().map(|(_, o)| *o).chain([own.first]);
        let ours: Vec<FixedOffset> = (1..=12)
            .filter_map(|m| NaiveDate::from_ymd_opt(self.year - 1, m, 1))
            .filter_map(|d| d.and_hms_opt(12, 0, 0))
            .map(|t| tz.offset_from_utc_datetime(&t).fix())
            .collect();
        !theirs.any(|o| ours.contains(&o))
    }
}

fn normal(name: &str) -> String {
    name.trim().trim_matches('"').trim().to_owned()
}

/// A zone of the zone tables, also behind the prefix of a program:
/// `/freeassociation.sourceforge.net/Europe/Berlin`, `/mozilla.org/20050126_1/Europe/Berlin`.
pub fn tabled(name: &str) -> Option<Tz> {
    let name = name.replace(' ', "_");
    let exact = |name: &str| {
        let same = |tz: &&Tz| tz.name().eq_ignore_ascii_case(name);
        Tz::from_str(name)
            .ok()
            .or_else(|| TZ_VARIANTS.iter().find(same).copied())
    };
    if let Some(tz) = exact(&name) {
        return Some(tz);
    }
    let parts: Vec<&str> = name.split('/').filter(|p| !p.is_empty()).collect();
    // Names have one to three parts. One alone is a zone only behind a slash.
    let least = if name.starts_with('/') { 1 } else { 2 };
    (least..=parts.len().min(3))
        .rev()
        .filter_map(|n| parts.get(parts.len() - n..))
        .find_map(|last| exact(&last.join("/")))
}

/// A name of Windows or Outlook, or an offset that serves as a name.
fn of_windows(name: &str) -> Option<Place> {
    /// Names that Windows shows in Japanese, and those that no table has.
    const MORE: &[(&str, Tz)] = &[
        ("東京 (標準時)", Tz::Asia__Tokyo),
        ("大阪、札幌、東京", Tz::Asia__Tokyo),
        ("日本標準時", Tz::Asia__Tokyo),
        ("JST", Tz::Asia__Tokyo),
        ("Z", Tz::UTC),
        ("Coordinated Universal Time", Tz::UTC),
        ("Central Standard Time (Mexico)", Tz::America__Mexico_City),
        ("Mountain Standard Time (Mexico)", Tz::America__Mazatlan),
        ("Pacific Standard Time (Mexico)", Tz::America__Tijuana),
        ("Eastern Standard Time (Mexico)", Tz::America__Cancun),
        ("South Sudan Standard Time", Tz::Africa__Juba),
        ("Russia Time Zone 3", Tz::Europe__Samara),
        ("Russia Time Zone 10", Tz::Asia__Srednekolymsk),
        ("Russia Time Zone 11", Tz::Asia__Kamchatka),
    ];
    let name = name.strip_prefix("tzone://Microsoft/").unwrap_or(name);
    // The offset in front of a display name: "(UTC+09:00) Osaka, Sapporo, Tokyo".
    let (stated, bare) = match name.strip_prefix('(').and_then(|n| n.split_once(')')) {
        Some((stated, bare)) => (Some(stated), bare.trim()),
        None => (None, name),
    };
    if let Some((_, tz)) = MORE.iter().find(|(n, _)| n.eq_ignore_ascii_case(bare)) {
        return Some(Place::Known(*tz));
    }
    if let Some(tz) = tabled(bare) {
        return Some(Place::Known(tz));
    }
    match Windows::from_str(bare) {
        Ok(Windows::Tz(tz)) => return Some(Place::Known(tz)),
        Ok(Windows::Fixed(offset)) => return Some(Place::Fixed(offset)),
        _ => {}
    }
    let hours = stated.unwrap_or(bare).trim();
    let hours = ["UTC", "GMT"]
        .iter()
        .find_map(|p| hours.strip_prefix(p))
        .unwrap_or(hours)
        .trim();
    if stated.is_some() && hours.is_empty() {
        return None;
    }
    let found = hours
        .starts_with(['+', '-'])
        .then(|| offset(hours))
        .flatten()?;
    // Behind a display name the offset is that of the winter. No zone from +04:00 to +09:00 has
    // another one in summer.
    let steady = (4 * 3_600..=9 * 3_600).contains(&found.local_minus_utc());
    (stated.is_none() || steady).then_some(Place::Fixed(found))
}

/// No clock changes more often in a century.
const CHANGES: usize = 2_000;

/// A zone as the file defines it; none where no part of the definition can be read.
fn defined(zone: &ZonePart, until: NaiveDate, budget: &mut Budget) -> Option<Place> {
    let mut changes: Vec<(NaiveDateTime, FixedOffset, FixedOffset)> = Vec::new();
    for observance in &zone.observances {
        changes.extend(changes_of(observance, until, budget).into_iter().flatten());
    }
    changes.sort_by_key(|(at, ..)| *at);
    let Some((_, first, _)) = changes.first() else {
        let located = find(&zone.properties, "X-LIC-LOCATION").and_then(|p| tabled(p.value.trim()));
        return located.map(Place::Known);
    };
    Some(Place::Own(Rc::new(Own {
        first: *first,
        changes: changes.iter().map(|(at, _, to)| (*at, *to)).collect(),
    })))
}

type Change = (NaiveDateTime, FixedOffset, FixedOffset);

/// The changes of a standard or daylight time: the moment in UTC, the offset before, the one from
/// then on.
fn changes_of(list: &[Property], until: NaiveDate, budget: &mut Budget) -> Option<Vec<Change>> {
    let to = offset(&find(list, "TZOFFSETTO")?.value)?;
    let from = find(list, "TZOFFSETFROM")
        .and_then(|p| offset(&p.value))
        .unwrap_or(to);
    let start = match written(&find(list, "DTSTART")?.value)? {
        Written::Wall(wall) => wall,
        Written::Day(day) => day.and_hms_opt(0, 0, 0)?,
        Written::Moment(at) => at.naive_utc().checked_add_offset(from)?,
    };
    let mut walls: Vec<NaiveDateTime> = Vec::new();
    let rules = list.iter().filter(|p| p.name == "RRULE");
    let rules: Vec<Rule> = rules.filter_map(|p| Rule::read(&p.value)).collect();
    if rules.is_empty() {
        walls.push(start);
    }
    /// Nobody imports older meetings.
    const EARLIEST: Option<NaiveDate> = NaiveDate::from_ymd_opt(1970, 1, 1);
    for rule in rules {
        let last = match rule.until {
            Some(Written::Moment(at)) => at.naive_utc().checked_add_offset(from)?,
            Some(Written::Wall(wall)) => wall,
            Some(Written::Day(day)) => day.and_hms_opt(23, 59, 59)?,
            None => until.and_hms_opt(0, 0, 0)?,
        };
        let before = walls.len();
        let begin = Begin {
            start,
            counts: false,
            from: EARLIEST.unwrap_or(until),
        };
        repeat(&rule, begin, budget, &mut |at| {
            if at > last || at.date() > until || walls.len() > CHANGES {
                return ControlFlow::Break(());
            }
            walls.push(at);
            ControlFlow::Continue(())
        });
        if walls.len() == before {
            walls.push(start);
        }
    }
    let dates = list.iter().filter(|p| p.name == "RDATE");
    for date in dates.flat_map(|p| p.value.split(',')).filter_map(written) {
        match date {
            Written::Wall(wall) => walls.push(wall),
            Written::Moment(at) => walls.extend(at.naive_utc().checked_add_offset(from)),
            Written::Day(day) => walls.extend(day.and_hms_opt(0, 0, 0)),
        }
    }
    let change = |wall: NaiveDateTime| Some((wall.checked_sub_offset(from)?, from, to));
    Some(walls.into_iter().filter_map(change).collect())
}
