//! One row under its mapping: cells by field, read as values. An unreadable cell is reported with
//! its column.

use chrono::{DateTime, NaiveDate, Utc};
use csv::StringRecord;

use super::days::{self, Order};
use super::mapping::{Fit, normal};
use super::rejects::is_own_column;
use super::{Reason, periods, values};
use crate::domain::money::{Currency, Money};
use crate::domain::text::{clean, clean_line};
use crate::domain::when::Zone;

/// A cell that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    pub column: String,
    pub value: String,
    pub reason: Reason,
}

pub struct Cells<'a> {
    pub fit: &'a Fit,
    pub headers: &'a [String],
    pub row: &'a StringRecord,
    /// The date order of each column, once decided.
    pub orders: &'a [Option<Order>],
    pub zone: Zone,
    pub file: &'a str,
}

type Read<T> = Result<Option<T>, Bad>;

impl<'a> Cells<'a> {
    /// The trimmed cell of a field, translated where the mapping has values for it; blank when the
    /// field has no column.
    pub fn get(&self, field: &str) -> &'a str {
        let Some(column) = self.fit.column(field) else {
            return "";
        };
        let cell = self.row.get(column).unwrap_or("").trim();
        // The apostrophe by which a spreadsheet keeps a text from being a formula.
        let cell = cell
            .strip_prefix('\'')
            .filter(|c| c.starts_with(['=', '+', '-', '@']))
            .unwrap_or(cell);
        match self.fit.layout.values.get(field) {
            Some(words) => words
                .get(cell)
                .or_else(|| words.get(&cell.to_lowercase()))
                .map_or(cell, String::as_str),
            None => cell,
        }
    }

    /// Cells without a field, by their headers, each with whether it was cut to the longest attribute.
    pub fn others(&self) -> impl Iterator<Item = (String, String, bool)> {
        /// Longer texts are documents, not attributes, characters.
        const LONGEST: usize = 4_000;
        let others = self
            .fit
            .others(self.headers)
            .filter(|(_, h)| !is_own_column(h));
        // Spreadsheets write booleans in capitals.
        let lower_truth = |v: String| {
            if v.eq_ignore_ascii_case("true") || v.eq_ignore_ascii_case("false") {
                v.to_ascii_lowercase()
            } else {
                v
            }
        };
        others.filter_map(move |(i, h)| {
            let mut value = lower_truth(clean_line(self.row.get(i)?));
            let end = value.char_indices().nth(LONGEST).map(|(at, _)| at);
            value.truncate(end.unwrap_or(value.len()));
            Some((clean_line(h), value, end.is_some())).filter(|(_, v, _)| !v.is_empty())
        })
    }

    pub fn has(&self, field: &str) -> bool {
        self.fit.column(field).is_some()
    }

    pub fn header(&self, field: &str) -> &str {
        self.fit
            .column(field)
            .and_then(|c| self.headers.get(c))
            .map_or("", String::as_str)
    }

    pub fn bad(&self, field: &str, reason: Reason) -> Bad {
        let column = self.header(field);
        Bad {
            column: if column.is_empty() {
                field.to_owned()
            } else {
                column.to_owned()
            },
            value: clean_line(self.get(field)),
            reason,
        }
    }

    /// One line of text without control characters.
    pub fn text(&self, field: &str) -> Option<String> {
        Some(clean_line(self.get(field))).filter(|t| !t.is_empty())
    }

    /// Text of several lines without control characters.
    pub fn long_text(&self, field: &str) -> Option<String> {
        Some(clean(self.get(field)).trim().to_owned()).filter(|t| !t.is_empty())
    }

    pub fn list(&self, field: &str) -> Option<Vec<String>> {
        let text = self.text(field)?;
        Some(
            text.split([';', ',', '、', '|'])
                .map(|t| t.trim().to_owned())
                .filter(|t| !t.is_empty())
                .collect(),
        )
    }

    fn order(&self, field: &str) -> Option<Order> {
        self.fit.layout.date_order.or_else(|| {
            self.fit
                .column(field)
                .and_then(|c| self.orders.get(c).copied().flatten())
        })
    }

    pub fn day(&self, field: &str) -> Read<NaiveDate> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Ok(None);
        }
        days::day(cell, self.order(field), self.zone)
            .map(Some)
            .ok_or_else(|| self.not_a_date(field))
    }

    /// The day of a fact: a month or a quarter counts as its last day.
    pub fn last_day(&self, field: &str) -> Read<NaiveDate> {
        match periods::end(self.get(field)) {
            Some(end) => Ok(Some(end)),
            None => self.day(field),
        }
    }

    pub fn instant(&self, field: &str) -> Read<DateTime<Utc>> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Ok(None);
        }
        days::instant(cell, self.order(field), self.zone)
            .map(Some)
            .ok_or_else(|| self.not_a_date(field))
    }

    fn not_a_date(&self, field: &str) -> Bad {
        let mut evidence = days::Evidence::default();
        evidence.see(self.get(field));
        let reason = if self.order(field).is_none() && evidence.needed() {
            Reason::NoDateOrder
        } else {
            Reason::NotADate
        };
        self.bad(field, reason)
    }

    /// The cell is not blank, and its header is about churned customers (`churn_date`, `解約日`).
    pub fn names_leaving(&self, field: &str) -> bool {
        let header = normal(self.header(field));
        !self.get(field).is_empty()
            && ["churn", "cancel", "解約", "失注"]
                .iter()
                .any(|word| header.contains(word))
    }

    pub fn number(&self, field: &str) -> Read<f64> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Ok(None);
        }
        values::amount(cell)
            .map(Some)
            .ok_or_else(|| self.bad(field, Reason::NotANumber))
    }

    pub fn whole(&self, field: &str) -> Read<u32> {
        match self.number(field)? {
            Some(n) if n >= 0.0 && n <= f64::from(u32::MAX) => Ok(Some(n.round() as u32)),
            Some(_) => Err(self.bad(field, Reason::NotANumber)),
            None => Ok(None),
        }
    }

    pub fn truth(&self, field: &str) -> Read<bool> {
        let cell = self.get(field);
        if !self.has(field) || cell.is_empty() {
            return Ok(None);
        }
        values::truth(cell).map(Some).ok_or_else(|| {
            self.bad(
                field,
                Reason::UnknownWord {
                    allowed: vec!["true", "false"],
                },
            )
        })
    }

    pub fn money(&self, field: &str) -> Read<Money> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Ok(None);
        }
        if values::amount(cell).is_none() {
            return Err(self.bad(field, Reason::NotANumber));
        }
        let named = Currency::parse(self.get("currency"))
            .or_else(|| header_currency(self.header(field)))
            .or(self.fit.layout.currency);
        let read = |currency| values::money(cell, currency, self.fit.layout.minor);
        // An amount too large for any currency is not missing its currency.
        let reason = if named.is_none() && read(Some(Currency::USD)).is_some() {
            Reason::NoCurrency
        } else {
            Reason::NotANumber
        };
        read(named).map(Some).ok_or_else(|| self.bad(field, reason))
    }

    /// A value of a closed list, by its key or by common words for it.
    pub fn word<T: Copy>(
        &self,
        field: &str,
        words: &[(T, &[&str])],
        allowed: &'static [T],
        key: fn(T) -> &'static str,
    ) -> Read<T> {
        let cell = crate::domain::text::nfkc(self.get(field)).to_lowercase();
        if cell.is_empty() {
            return Ok(None);
        }
        let by_key = allowed.iter().copied().find(|v| key(*v) == cell);
        by_key
            .or_else(|| {
                words
                    .iter()
                    .find(|(_, w)| w.contains(&cell.as_str()))
                    .map(|(v, _)| *v)
            })
            .map(Some)
            .ok_or_else(|| {
                self.bad(
                    field,
                    Reason::UnknownWord {
                        allowed: allowed.iter().map(|v| key(*v)).collect(),
                    },
                )
            })
    }
}

/// The currency a header names (`refund_amount_usd`, `金額(円)`).
fn header_currency(header: &str) -> Option<Currency> {
    let header = header.to_lowercase();
    if header.contains('円')
        || header.contains("年額")
        || header.contains("月額")
        || header.contains("金額")
        || header.contains("契約額")
    {
        return Some(Currency::JPY);
    }
    let last = header
        .rsplit(['_', '(', ' ', '（'])
        .next()?
        .trim_matches([')', '）'])
        .to_owned();
    match last.as_str() {
        "usd" | "jpy" | "eur" | "gbp" => Currency::parse(&last),
        "$" | "¥" | "€" | "£" => Currency::parse(&last),
        _ => None,
    }
}
