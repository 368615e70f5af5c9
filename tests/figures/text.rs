//! Texts taken apart into figures and what stands around them.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::{day, today};

static FIGURE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(\d{4}-\d{2}-\d{2})|(-?[\d,]*\d(?:\.\d+)?)").expect("a pattern"));

/// The figures in a text: numbers, and days as the days before today.
pub fn figures(text: &str) -> Vec<f64> {
    FIGURE
        .captures_iter(text)
        .map(|c| match c.get(1) {
            Some(date) => (today() - day(date.as_str())).num_days() as f64,
            None => c[2].replace(',', "").parse().expect("a number"),
        })
        .collect()
}

/// A text with its figures taken out.
pub fn shape(text: &str) -> String {
    FIGURE
        .replace_all(text, "#")
        .replace("±#", "#")
        .replace("+#", "#")
}

/// Whether a shown figure is the computed one, to the digit that is shown.
pub fn near(shown: f64, exact: f64) -> bool {
    (shown - exact).abs() <= 0.51 || (shown - exact).abs() <= exact.abs() * 0.02
}

pub fn percent(now: f64, before: f64) -> f64 {
    (now / before - 1.0) * 100.0
}

pub fn since(date: NaiveDate) -> f64 {
    (today() - date).num_days() as f64
}
