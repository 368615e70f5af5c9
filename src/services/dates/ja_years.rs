//! Days of years and fiscal years in Japanese: `来年3月末`, `年度末`, `上期末`, `第3四半期末`.

use chrono::{Datelike, NaiveDate};

use super::fiscal::{self, Part};
use super::ja_month::{FIRST, LAST, within_month};
use super::on::On;
use super::scan::Scan;
use super::written::year_ja;
use crate::domain::when::add_months;

/// `来年3月末`, `年内`, `今年中`, `2027年中`, `来年3月5日`.
pub(super) fn of_year(text: &str, on: On) -> Option<NaiveDate> {
    const YEARS: [(&str, i32); 11] = [
        ("再来年", 2),
        ("来年", 1),
        ("翌年", 1),
        ("明年", 1),
        ("今年", 0),
        ("本年", 0),
        ("当年", 0),
        ("一昨年", -2),
        ("昨年", -1),
        ("去年", -1),
        ("前年", -1),
    ];
    let this = on.today.year();
    let (rest, year) = match YEARS
        .iter()
        .find_map(|(name, n)| Some((text.strip_prefix(name)?, *n)))
    {
        Some((rest, n)) => (rest, this + n),
        None => {
            let mut scan = Scan::new(text);
            let year = scan.attempt(year_ja)?;
            (scan.rest(), year.0)
        }
    };
    let rest = rest.strip_prefix('の').unwrap_or(rest);
    if LAST.contains(&rest) {
        return NaiveDate::from_ymd_opt(year, 12, 31);
    }
    if FIRST.contains(&rest) {
        return NaiveDate::from_ymd_opt(year, 1, 1);
    }
    let mut scan = Scan::new(rest);
    let month = scan.count()?;
    scan.eat("月").then_some(())?;
    within_month(NaiveDate::from_ymd_opt(year, month, 1)?, scan.rest())
}

/// `年度末`, `上期末`, `今年度中`, `来期末`, `第3四半期末`, `2026年度上期末`.
pub(super) fn of_fiscal(text: &str, on: On) -> Option<NaiveDate> {
    const YEARS: [(&str, i32); 10] = [
        ("今年度", 0),
        ("本年度", 0),
        ("当年度", 0),
        ("来年度", 1),
        ("翌年度", 1),
        ("昨年度", -1),
        ("今期", 0),
        ("当期", 0),
        ("来期", 1),
        ("前期", -1),
    ];
    const QUARTERS: [(&str, i32); 6] = [
        ("今四半期", 0),
        ("当四半期", 0),
        ("この四半期", 0),
        ("来四半期", 1),
        ("翌四半期", 1),
        ("次の四半期", 1),
    ];
    let this = fiscal::year_of(on.today, on.year_starts);
    if let Some((rest, by)) = QUARTERS
        .iter()
        .find_map(|(name, n)| Some((text.strip_prefix(name)?, *n)))
    {
        return edge(fiscal::around(on.today, on.year_starts, 3, by), rest);
    }
    let named = YEARS
        .iter()
        .find_map(|(name, n)| Some((text.strip_prefix(name)?, add_months(this, 12 * n))));
    let (rest, year) = match named.or_else(|| numbered_year(text, on)) {
        Some((rest, year)) => (rest, Some(year)),
        None => (text, None),
    };
    let (rest, part) = fiscal_part(rest.strip_prefix('の').unwrap_or(rest));
    match (year, part) {
        (Some(year), part) => edge(fiscal::part(year, part.unwrap_or(Part::Year)), rest),
        (None, Some(part)) => {
            let first = FIRST.contains(&rest);
            (first || LAST.contains(&rest)).then(|| on.nearest_part(part, !first))?
        }
        (None, None) => None,
    }
}

/// `2026年度`, `令和8年度`: the fiscal year that begins in that year.
fn numbered_year(text: &str, on: On) -> Option<(&str, NaiveDate)> {
    let (head, rest) = text.split_once("年度")?;
    let whole = format!("{head}年");
    let mut scan = Scan::new(&whole);
    let (year, _) = year_ja(&mut scan)?;
    scan.is_done().then_some(())?;
    Some((rest, on.year_starts.in_year(year)?))
}

/// A part of a fiscal year, and what follows it.
fn fiscal_part(text: &str) -> (&str, Option<Part>) {
    const PARTS: [(&str, Part); 8] = [
        ("上半期", Part::Half(1)),
        ("上期", Part::Half(1)),
        ("前半期", Part::Half(1)),
        ("下半期", Part::Half(2)),
        ("下期", Part::Half(2)),
        ("後半期", Part::Half(2)),
        ("年度", Part::Year),
        ("期", Part::Year),
    ];
    let named = PARTS
        .iter()
        .find_map(|(name, part)| Some((text.strip_prefix(name)?, Some(*part))));
    let quarter = || {
        let mut scan = Scan::new(text);
        scan.eat("第");
        let before = scan.eat("q");
        let n = scan.count().filter(|n| (1..=4).contains(n))?;
        (before || scan.eat_any(&["四半期", "q"])).then_some(())?;
        Some((scan.rest(), Some(Part::Quarter(n))))
    };
    named.or_else(quarter).unwrap_or((text, None))
}

/// The end or the beginning of a period.
fn edge((first, last): (NaiveDate, NaiveDate), rest: &str) -> Option<NaiveDate> {
    let rest = rest.strip_prefix('の').unwrap_or(rest);
    if LAST.contains(&rest) {
        Some(last)
    } else {
        FIRST.contains(&rest).then_some(first)
    }
}
