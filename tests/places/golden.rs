//! The days of the shipped places against the Python package `holidays` (see `golden.txt`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use kenshin::testing::config::Config;

const TABLE: &str = include_str!("golden.txt");

/// A line of the table.
struct Line {
    country: &'static str,
    regions: Vec<String>,
    name: &'static str,
    days: Vec<NaiveDate>,
}

/// Countries that are only looked at by region.
const BY_REGION: [&str; 2] = ["gb", "au"];

fn lines(config: &Config) -> Vec<Line> {
    let all = |country: &str| -> Vec<String> {
        let place = config.cadence.places.of_code(country).expect("a place");
        let mut keys: Vec<String> = place.regions.iter().map(|r| r.key.clone()).collect();
        if !BY_REGION.contains(&country) {
            keys.push("-".into());
        }
        keys
    };
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let parts: Vec<&str> = line.split('|').collect();
            let [country, regions, name, days] = parts[..] else {
                panic!("{line}");
            };
            Line {
                country,
                regions: match regions {
                    "*" => all(country),
                    keys => keys.split(',').map(str::to_owned).collect(),
                },
                name,
                days: days
                    .split(' ')
                    .map(|d| NaiveDate::parse_from_str(d, "%y-%m-%d").expect("a day"))
                    .collect(),
            }
        })
        .collect()
}

type Days = BTreeMap<(String, String), BTreeSet<NaiveDate>>;

#[test]
fn every_day_of_2024_to_2028_is_that_of_the_table() {
    let config = Config::load(None).0;
    let mut theirs = Days::new();
    for line in lines(&config) {
        for region in line.regions {
            let days = theirs.entry((line.country.into(), region)).or_default();
            days.extend(&line.days);
        }
    }
    // Japan, the US, Singapore and India; Germany and France with and without regions; four nations; eight states.
    assert_eq!(theirs.len(), 4 + 17 + 2 + 4 + 8);
    for ((country, region), expected) in &theirs {
        let place = config.cadence.places.of_code(country).expect("a place");
        let at = (region != "-").then(|| place.region(region).expect("a region"));
        let ours: BTreeSet<NaiveDate> = place
            .days(at)
            .iter()
            .map(|d| d.0)
            .filter(|d| (2024..=2028).contains(&d.year()))
            .collect();
        let missing: Vec<_> = expected.difference(&ours).collect();
        let beyond: Vec<_> = ours.difference(expected).collect();
        assert!(
            missing.is_empty() && beyond.is_empty(),
            "{country} {region}: missing {missing:?}, beyond {beyond:?}"
        );
    }
}

#[test]
fn a_name_of_the_table_is_always_the_same_holiday_here() {
    let config = Config::load(None).0;
    let mut seen: BTreeMap<(&str, &str, String), String> = BTreeMap::new();
    let mut compared = 0;
    for line in lines(&config) {
        // Japanese substitutes carry the name of their holiday here.
        if line.country == "jp" {
            continue;
        }
        let name = line.name.split(" (").next().unwrap_or(line.name);
        let place = config
            .cadence
            .places
            .of_code(line.country)
            .expect("a place");
        for region in &line.regions {
            let at = (region != "-").then(|| place.region(region).expect("a region"));
            for day in &line.days {
                let named = place.holiday(at, *day).expect("a holiday");
                // Two holidays on one day are named together.
                if named.name.en.contains(" / ") {
                    continue;
                }
                let ours = named.name.en.replace(" (additional)", "");
                compared += 1;
                let held = seen
                    .entry((line.country, name, region.clone()))
                    .or_insert_with(|| ours.clone());
                assert_eq!(*held, ours, "{} {region} {day}: {name}", line.country);
                let observed = line.name.contains("observed");
                assert!(
                    named.observed == observed || ours != named.name.en,
                    "{} {region} {day}: {name}",
                    line.country
                );
            }
        }
    }
    assert!(compared > 1_500, "{compared}");
}

#[test]
fn a_table_that_the_moon_or_a_decree_decides_has_its_last_year() {
    let config = Config::load(None).0;
    let until = |code: &str| config.cadence.places.of_code(code).expect("a place").until;
    assert_eq!(
        ["jp", "us", "gb", "de", "fr", "sg", "au", "in"].map(until),
        [
            Some(2035),
            None,
            None,
            None,
            None,
            Some(2027),
            None,
            Some(2026)
        ]
    );
    // What a table only estimates is never within the years that are said to be known.
    for line in lines(&config) {
        if line.name.contains("estimated") {
            let last = until(line.country).expect("a last year");
            assert!(line.days.iter().all(|d| d.year() > last), "{}", line.name);
        }
    }
}

#[test]
fn an_account_is_found_by_country_and_region_in_either_language() {
    let config = Config::load(None).0;
    let find = |text: &str| {
        let at = config.cadence.places.find(text)?;
        let region = at.region.map(|r| at.place.regions[r].key.as_str());
        Some((at.place.code.as_str(), region.unwrap_or("-")))
    };
    for (text, expected) in [
        ("DE", ("de", "-")),
        ("Deutschland", ("de", "-")),
        ("ドイツ", ("de", "-")),
        ("DE-BY", ("de", "by")),
        ("Germany (Bavaria)", ("de", "by")),
        ("ドイツ・バイエルン", ("de", "by")),
        ("Germany / Hessen", ("de", "he")),
        ("Scotland", ("gb", "scotland")),
        ("UK", ("gb", "-")),
        ("英国", ("gb", "-")),
        ("USA", ("us", "-")),
        ("ｊｐ", ("jp", "-")),
        ("Australia, NSW", ("au", "nsw")),
        ("インド", ("in", "-")),
    ] {
        assert_eq!(find(text), Some(expected), "{text}");
    }
    for text in ["", "Mars", "by", "wa", "Deutsche Bank"] {
        assert_eq!(find(text), None, "{text}");
    }
}
