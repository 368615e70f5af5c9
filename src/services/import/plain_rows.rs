//! The ordinary rows of a wide usage table: an account and a day that an earlier row named as they
//! stand there, and plain numbers. They need no closer look; any other row takes the long way, and
//! what it is found to be about is remembered.

use std::collections::HashMap;

use csv::{ByteRecord, StringRecord};

use super::Kind;
use super::mapping::UsageShape;
use super::numbers::{Decimal, number, plain_in};
use super::recognise::Recognised;
use super::tail::{Tail, is_total};
use super::usage::{Gathered, Together};
use super::usage_rows::Read;
use crate::domain::facts::usage::Day;

/// Texts of one column that are remembered: more different ones are forgotten together.
const REMEMBERED: usize = 1 << 20;

pub(super) struct PlainRows {
    account: Column<(usize, Option<Day>)>,
    date: Column<Day>,
    /// The columns of the metrics, with their marks of decimals.
    metrics: Vec<(usize, Decimal)>,
    shape: usize,
    values: Vec<Option<f64>>,
    /// The header of the date column, which a repeated header has as its cell.
    date_header: String,
}

/// What the texts of a column stand for.
struct Column<T> {
    at: usize,
    known: HashMap<Box<[u8]>, T>,
    /// Exports are sorted: the text of the row before is likely to come again.
    last: Option<(Vec<u8>, T)>,
}

impl<T: Copy> Column<T> {
    fn new(at: usize) -> Self {
        Self {
            at,
            known: HashMap::new(),
            last: None,
        }
    }

    fn get(&mut self, row: &ByteRecord) -> Option<T> {
        let text = row.get(self.at)?;
        if let Some((_, value)) = self.last.as_ref().filter(|(last, _)| last == text) {
            return Some(*value);
        }
        let value = *self.known.get(text)?;
        match &mut self.last {
            Some((last, known)) => {
                last.clear();
                last.extend_from_slice(text);
                *known = value;
            }
            None => self.last = Some((text.to_vec(), value)),
        }
        Some(value)
    }

    fn learn(&mut self, text: &str, value: T) {
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(text.as_bytes().into(), value);
    }
}

impl PlainRows {
    /// None where the table is not wide, or its rows must each be looked at: what names a row stands
    /// in a column besides the account's.
    pub fn of(
        reading: &Recognised,
        wide: &[(usize, String)],
        usage: &mut Gathered,
    ) -> Option<Self> {
        let fit = &reading.fit;
        if fit.layout.kind != Kind::Usage
            || fit.layout.usage != Some(UsageShape::Wide)
            || fit.outcomes_of.is_some()
        {
            return None;
        }
        let (account, date) = (fit.column("account")?, fit.column("date")?);
        let names = ["name", "last_name", "subject", "id"];
        let is_metric = |column: usize| wide.iter().any(|(c, _)| *c == column);
        let is_first = (0..account).all(|column| column == date || is_metric(column));
        if account == date || !is_first || names.iter().any(|n| fit.column(n).is_some()) {
            return None;
        }
        let metrics = wide.iter().map(|(_, name)| usage.metric(name)).collect();
        let mark = |column: &usize| reading.marks.get(*column).copied();
        Some(Self {
            account: Column::new(account),
            date: Column::new(date),
            metrics: wide
                .iter()
                .map(|(column, _)| (*column, mark(column).unwrap_or(Decimal::Dot)))
                .collect(),
            shape: usage.shape(metrics),
            values: Vec::with_capacity(wide.len()),
            date_header: reading.headers.get(date)?.clone(),
        })
    }

    /// Takes a row with a cell for each header; false where the row needs a closer look. A row that is
    /// taken is a record: its account is no word for a total, it has more than two cells, and its
    /// date is none of the header.
    pub fn take(
        &mut self,
        row: &ByteRecord,
        lossy: bool,
        tail: &mut Tail,
        usage: &mut Gathered,
    ) -> bool {
        let Some((account, contract)) = self.account.get(row) else {
            return false;
        };
        let Some(day) = self.date.get(row) else {
            return false;
        };
        if contract.is_some_and(|first| day < first) {
            return false;
        }
        self.values.clear();
        let mut filled = false;
        for (column, mark) in &self.metrics {
            let cell = row.get(*column).unwrap_or_default();
            let value = if cell.is_empty() {
                None
            } else {
                let read = plain_in(cell, *mark).or_else(|| longer(cell, *mark));
                if read.is_none() {
                    return false;
                }
                read
            };
            filled |= value.is_some();
            self.values.push(value);
        }
        if !filled || lossy && is_damaged(row) {
            return false;
        }
        if let Some(name) = row
            .get(self.account.at)
            .and_then(|n| str::from_utf8(n).ok())
        {
            tail.pass(name);
        }
        usage.add_row(account, self.shape, day, &self.values, Together::Last);
        true
    }

    /// Remembers what the account and the date of a row that was read stand for.
    pub fn learn(&mut self, row: &StringRecord, read: Read) {
        if let Some(text) = row.get(self.account.at).filter(|t| !is_total(t.trim())) {
            self.account.learn(text, (read.account, read.contract));
        }
        let date = row.get(self.date.at);
        if let Some(text) = date.filter(|t| t.trim() != self.date_header) {
            self.date.learn(text, read.day);
        }
    }
}

/// A number that is not written plainly; none where it is negative, which is noted with its row.
fn longer(cell: &[u8], mark: Decimal) -> Option<f64> {
    let text = str::from_utf8(cell).ok()?.trim();
    let value = number(text, mark).ok()?.value;
    (value >= 0.0).then_some(value)
}

/// Whether a cell could not be decoded.
fn is_damaged(row: &ByteRecord) -> bool {
    memchr::memmem::find(row.as_slice(), "\u{fffd}".as_bytes()).is_some()
}
