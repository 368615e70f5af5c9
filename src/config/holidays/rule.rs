//! A holiday as a file writes it: `on = "last mon of may"`, or dates.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;
use toml::Spanned;

use crate::config::file::Mistake;
use crate::domain::cadence::place::{Holiday, Observed, When};
use crate::domain::checkin::agenda::Words;
use crate::domain::text::fold;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    name: Words,
    on: Option<Spanned<String>>,
    dates: Option<Vec<Spanned<String>>>,
    observed: Option<Spanned<String>>,
    #[serde(default)]
    moves: bool,
    #[serde(default)]
    regions: Vec<Spanned<String>>,
    from: Option<i32>,
    to: Option<i32>,
    #[serde(default)]
    except: Vec<Spanned<String>>,
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The names of a place, folded.
pub fn called(name: &Words, also: &[String]) -> Vec<String> {
    let names = [&name.en, &name.ja].into_iter().chain(also);
    names
        .map(|n| fold(n.trim()))
        .filter(|n| !n.is_empty())
        .collect()
}

/// Reads a holiday; `known` are the keys of the regions.
pub fn read(written: Spanned<Written>, known: &[&str]) -> Result<Holiday, Mistake> {
    let at = written.span().start;
    let written = written.into_inner();
    let when = match (&written.on, &written.dates) {
        (Some(on), None) => {
            when(on.get_ref()).ok_or_else(|| (on.span().start, no_rule(on.get_ref())))
        }
        (None, Some(dates)) => all(dates).map(When::Dates),
        _ => Err((at, "either `on` or `dates`".to_owned())),
    }?;
    let observed = match written
        .observed
        .as_ref()
        .map(|o| (o.span(), o.get_ref().as_str()))
    {
        None => Observed::Never,
        Some((_, "next")) => Observed::Next,
        Some((_, "sunday")) => Observed::Sunday,
        Some((_, "nearest")) => Observed::Nearest,
        Some((span, other)) => {
            let why = format!("observed = \"{other}\": \"next\", \"sunday\" or \"nearest\"");
            return Err((span.start, why));
        }
    };
    let mut regions = Vec::new();
    for key in &written.regions {
        let found = known.iter().position(|k| k == key.get_ref());
        regions.push(found.ok_or_else(|| (key.span().start, no_region(key.get_ref(), known)))?);
    }
    Ok(Holiday {
        name: written.name,
        when,
        observed,
        moves: written.moves,
        regions,
        years: (
            written.from.unwrap_or(i32::MIN),
            written.to.unwrap_or(i32::MAX),
        ),
        except: all(&written.except)?,
    })
}

fn all(dates: &[Spanned<String>]) -> Result<Vec<NaiveDate>, Mistake> {
    let one = |d: &Spanned<String>| {
        date(d.get_ref()).ok_or_else(|| {
            let why = format!("`{}` is not a date (one is 2027-05-06)", d.get_ref());
            (d.span().start, why)
        })
    };
    dates.iter().map(one).collect()
}

/// A rule: `12-25`, `third mon of jan`, `last mon of may`, `easter`, `easter -2`, `wed before 11-23`, `mon from 05-27`.
fn when(text: &str) -> Option<When> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        ["easter"] => Some(When::Easter(0)),
        ["easter", days] => {
            let days: i64 = days.parse().ok()?;
            (-100..=100).contains(&days).then_some(When::Easter(days))
        }
        [day] => day_of_year(day).map(|(month, day)| When::Fixed(month, day)),
        [weekday, word @ ("before" | "from"), day] => {
            let (weekday, (month, day)) = (weekday_of(weekday)?, day_of_year(day)?);
            Some(match *word {
                "before" => When::Before(weekday, month, day),
                _ => When::From(weekday, month, day),
            })
        }
        [nth, weekday, "of", month] => {
            let nth = match *nth {
                "first" => 1,
                "second" => 2,
                "third" => 3,
                "fourth" => 4,
                "last" => -1,
                _ => return None,
            };
            let month = MONTHS.iter().position(|m| m == month)? as u32 + 1;
            Some(When::Nth {
                nth,
                weekday: weekday_of(weekday)?,
                month,
            })
        }
        _ => None,
    }
}

/// A weekday in three letters, as in all files.
fn weekday_of(text: &str) -> Option<Weekday> {
    (text.len() == 3).then(|| text.parse().ok()).flatten()
}

/// A month and a day of the year, as 12-29; 29 February exists in some years only.
pub fn day_of_year(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    NaiveDate::from_ymd_opt(2024, month, day).map(|_| (month, day))
}

fn no_rule(text: &str) -> String {
    format!(
        "`{text}` is not a rule: 12-25, third mon of jan, last mon of may, easter -2, wed before 11-23, mon from 05-27"
    )
}

/// What to say of a region that is not in the file.
pub fn no_region(key: &str, known: &[&str]) -> String {
    format!("`{key}` is not a region of this file: {}", known.join(", "))
}

/// A date as files write it, of a year that calendars are made for.
fn date(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (1900..=2200).contains(&date.year()).then_some(date)
}
