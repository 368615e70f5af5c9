//! Japan's holidays, which a library computes by law, equinoxes included; and their names in English.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::cadence::place::{Holiday, Observed, When};
use crate::domain::checkin::agenda::Words;

/// The years that the library knows. `until` of `jp.toml` is the last one.
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2035;

/// The end of the name of a substitute.
const SUBSTITUTE: &str = " 振替休日";

const NAMES: [(&str, &str); 17] = [
    ("元日", "New Year's Day"),
    ("成人の日", "Coming of Age Day"),
    ("建国記念の日", "National Foundation Day"),
    ("天皇誕生日", "Emperor's Birthday"),
    ("春分の日", "Vernal Equinox"),
    ("昭和の日", "Showa Day"),
    ("憲法記念日", "Constitution Day"),
    ("みどりの日", "Greenery Day"),
    ("こどもの日", "Children's Day"),
    ("海の日", "Marine Day"),
    ("山の日", "Mountain Day"),
    ("敬老の日", "Respect for the Aged Day"),
    ("秋分の日", "Autumnal Equinox"),
    ("スポーツの日", "Sports Day"),
    ("文化の日", "Culture Day"),
    ("勤労感謝の日", "Labour Thanksgiving Day"),
    ("国民の休日", "Citizens' Holiday"),
];

/// A Japanese holiday in both languages; any other name is the same in both.
pub fn japanese(name: &str) -> Words {
    let (plain, ending) = name
        .strip_suffix(SUBSTITUTE)
        .map_or((name, ""), |n| (n, " (observed)"));
    let english = NAMES.iter().find(|(ja, _)| *ja == plain);
    Words {
        ja: name.to_owned(),
        en: english.map_or_else(|| name.to_owned(), |(_, en)| format!("{en}{ending}")),
    }
}

/// All holidays of the known years as dates.
pub fn holidays() -> impl Iterator<Item = Holiday> {
    let mut by_name: BTreeMap<String, Vec<NaiveDate>> = BTreeMap::new();
    for (day, name) in YEARS.flat_map(yasumi::year_holidays) {
        by_name.entry(name).or_default().push(day);
    }
    by_name.into_iter().map(|(name, dates)| Holiday {
        name: japanese(&name),
        when: When::Dates(dates),
        observed: Observed::Never,
        moves: false,
        regions: Vec::new(),
        years: (*YEARS.start(), *YEARS.end()),
        except: Vec::new(),
    })
}
