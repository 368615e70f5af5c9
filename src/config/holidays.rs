//! `config/holidays/*.toml`: the holidays of countries and their regions. A user's file in the folder
//! `holidays` takes the place of the shipped one with its name, or adds a country; so does a calendar
//! of whole days, `holidays/nl.ics`.

mod ics;
mod japan;
mod rule;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use toml::Spanned;

use super::file::{self, HOLIDAYS, Mistake, wrong};
use crate::domain::cadence::closure::Closure;
use crate::domain::cadence::place::{Place, Region, Stated};
use crate::domain::cadence::places::{Kept, Places};
use crate::domain::checkin::agenda::Words;
use crate::domain::failure::Failure;
use crate::domain::text::clean;

pub use japan::japanese;
use rule::called;
pub use rule::day_of_year;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Words,
    #[serde(default)]
    also: Vec<String>,
    until: Option<Spanned<i32>>,
    assumed: Option<Spanned<String>>,
    /// A set of days that the program computes by itself.
    computed: Option<Spanned<String>>,
    #[serde(default)]
    region: Vec<Spanned<WrittenRegion>>,
    #[serde(default)]
    holiday: Vec<Spanned<rule::Written>>,
    #[serde(default)]
    closure: Vec<Spanned<WrittenClosure>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRegion {
    key: String,
    name: Words,
    #[serde(default)]
    also: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClosure {
    name: Words,
    from: String,
    to: String,
}

/// Reads a place; its code is the name of the file, without `.toml`.
///
/// # Errors
/// All mistakes of the text.
pub fn parse(file: &str, text: &str) -> Result<Place, Vec<Mistake>> {
    let written: Written = file::parse(text)?;
    let mut mistakes = Vec::new();
    let code = file.strip_suffix(".toml").unwrap_or(file);
    if code.is_empty() || !code.bytes().all(|b| b.is_ascii_lowercase()) {
        mistakes.push((
            0,
            format!("`{file}`: a file is named by its country: nl.toml"),
        ));
    }
    let regions = regions(written.region, &mut mistakes);
    let known: Vec<&str> = regions.iter().map(|r| r.key.as_str()).collect();
    let mut holidays = Vec::new();
    for holiday in written.holiday {
        match rule::read(holiday, &known) {
            Ok(holiday) => holidays.push(holiday),
            Err(wrong) => mistakes.push(wrong),
        }
    }
    match &written.computed {
        Some(set) if set.get_ref() == "japan" => holidays.extend(japan::holidays()),
        Some(set) => mistakes.push((
            set.span().start,
            format!("`{}`: the program computes \"japan\" alone", set.get_ref()),
        )),
        None => {}
    }
    if let Some(until) = written
        .until
        .as_ref()
        .filter(|u| !(2000..=2100).contains(u.get_ref()))
    {
        let why = format!("until = {}: a year from 2000 to 2100", until.get_ref());
        mistakes.push((until.span().start, why));
    }
    let mut assumed = None;
    if let Some(key) = &written.assumed {
        assumed = known.iter().position(|k| k == key.get_ref());
        if assumed.is_none() {
            mistakes.push((key.span().start, rule::no_region(key.get_ref(), &known)));
        }
    }
    let closures = closures(written.closure, &mut mistakes);
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(Place::new(Stated {
        code: code.to_owned(),
        also: called(&written.name, &written.also),
        name: written.name,
        regions,
        assumed,
        until: written.until.map(Spanned::into_inner),
        holidays,
        closures,
    }))
}

/// As a file of rules or as a calendar, by its ending.
fn read(file: &str, text: &str) -> Result<Place, Vec<Mistake>> {
    if file.ends_with(".ics") {
        ics::parse(file, text)
    } else {
        parse(file, &clean(text))
    }
}

fn regions(written: Vec<Spanned<WrittenRegion>>, mistakes: &mut Vec<Mistake>) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    for region in written {
        let at = region.span().start;
        let region = region.into_inner();
        if out.iter().any(|r| r.key == region.key) {
            mistakes.push((at, format!("the region `{}` is there twice", region.key)));
        }
        out.push(Region {
            also: called(&region.name, &region.also),
            key: region.key,
            name: region.name,
        });
    }
    out
}

fn closures(written: Vec<Spanned<WrittenClosure>>, mistakes: &mut Vec<Mistake>) -> Vec<Closure> {
    let mut out = Vec::new();
    for closure in written {
        let at = closure.span().start;
        let closure = closure.into_inner();
        match (day_of_year(&closure.from), day_of_year(&closure.to)) {
            (Some(from), Some(to)) => out.push(Closure {
                name: closure.name,
                from,
                to,
            }),
            (from, _) => {
                let text = if from.is_none() {
                    &closure.from
                } else {
                    &closure.to
                };
                mistakes.push((
                    at,
                    format!("`{text}` is not a day of the year (one is 12-29)"),
                ));
            }
        }
    }
    out
}

/// A shipped place, read when first needed.
macro_rules! shipped {
    ($($index:literal)*) => {
        [$({
            static PLACE: LazyLock<Place> = LazyLock::new(|| {
                let file = &HOLIDAYS[$index];
                match parse(file.name, file.text) {
                    Ok(place) => place,
                    Err(mistakes) => unreachable!("the shipped {} is checked by a test: {mistakes:?}", file.name),
                }
            });
            Kept::Shipped(code(HOLIDAYS[$index].name), &PLACE)
        }),*]
    };
}

fn code(file: &'static str) -> &'static str {
    file.strip_suffix(".toml").unwrap_or(file)
}

/// The places that come with the program.
pub fn shipped() -> Places {
    Places(shipped!(0 1 2 3 4 5 6 7).to_vec())
}

/// The shipped places, with those in the user's folder before them, and the checksum of that folder's files. A file with
/// mistakes is left out.
pub fn load(dir: Option<&Path>, failures: &mut Vec<Failure>) -> (Places, u32) {
    let mut places = shipped();
    let mut texts = crc32fast::Hasher::new();
    let entries = dir.and_then(|d| std::fs::read_dir(d.join("holidays")).ok());
    let mut paths: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "toml" || e == "ics"))
        .collect();
    paths.sort();
    for path in paths {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                texts.update(file.as_bytes());
                texts.update(text.as_bytes());
                match read(&file, &text) {
                    Ok(place) => {
                        places.0.retain(|kept| kept.code() != place.code);
                        places.0.insert(0, Kept::Own(Arc::new(place)));
                    }
                    Err(mistakes) => failures.extend(wrong(&path, &text, mistakes)),
                }
            }
            Err(e) => failures.push(Failure::io(&path, &e)),
        }
    }
    (places, texts.finalize())
}
