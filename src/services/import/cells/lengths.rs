//! The cells of a row as lengths of time: the months of a term, the notice before its end.

use super::{Bad, Cells};
use crate::domain::facts::notice::Notice;
use crate::domain::text::nfkc;
use crate::services::import::Reason;

/// A number and what follows it.
fn number_and_unit(text: &str) -> Option<(f64, &str)> {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, rest) = text.split_at(end.unwrap_or(text.len()));
    Some((number.parse().ok()?, rest.trim_start_matches([' ', '-'])))
}

fn begins(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

const MONTHS: &[&str] = &[
    "month", "mo", "m", "か月", "カ月", "ヶ月", "ケ月", "ヵ月", "箇月", "ヶ月", "月",
];
const YEARS: &[&str] = &["year", "yr", "y", "年", "か年", "カ年", "ヶ年"];
const WORK_DAYS: &[&str] = &["business", "working", "営業日", "平日"];
const DAYS: &[&str] = &["day", "d", "日"];
const WEEKS: &[&str] = &["week", "w", "週"];

impl Cells<'_> {
    /// Months: a number of them, or of years (`1年`, `24 months`).
    pub fn months(&self, field: &str) -> Option<u32> {
        self.or_blank(field, || {
            let text = nfkc(self.get(field)).to_lowercase();
            let bad = || self.length(field);
            let (number, unit) = number_and_unit(&text).ok_or_else(bad)?;
            let months = match unit {
                "" => number,
                unit if begins(unit, YEARS) => number * 12.0,
                unit if begins(unit, MONTHS) => number,
                _ => return Err(bad()),
            };
            // A term of more than a century is no term.
            let whole = months.fract() == 0.0 && (1.0..=1_200.0).contains(&months);
            whole.then_some(months as u32).ok_or_else(bad)
        })
    }

    /// How long before its end a contract has to be cancelled (`30日前`, `3 months`). A number alone is of days, unless
    /// its header speaks of months.
    pub fn notice(&self, field: &str) -> Option<Notice> {
        self.or_blank(field, || {
            let text = nfkc(self.get(field)).to_lowercase();
            let bad = || self.length(field);
            let (number, unit) = number_and_unit(&text).ok_or_else(bad)?;
            if number.fract() != 0.0 || !(0.0..=730.0).contains(&number) {
                return Err(bad());
            }
            let number = number as u16;
            let header = nfkc(self.header(field)).to_lowercase();
            let in_months = header.contains("month") || header.contains('月');
            Ok(match unit {
                "" if in_months => Notice::Months(number),
                "" => Notice::Days(number),
                unit if begins(unit, WORK_DAYS) => Notice::BusinessDays(number),
                unit if begins(unit, WEEKS) => Notice::Days(number.saturating_mul(7)),
                unit if begins(unit, DAYS) => Notice::Days(number),
                unit if begins(unit, YEARS) => Notice::Months(number.saturating_mul(12)),
                unit if begins(unit, MONTHS) => Notice::Months(number),
                _ => return Err(bad()),
            })
        })
    }

    fn length(&self, field: &str) -> Bad {
        self.bad(field, Reason::NotANumber)
    }
}
