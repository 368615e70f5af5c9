//! The ordinary rows of a wide usage table: an account and a day that an earlier row named as they
//! stand there, and plain numbers. They need no closer look; any other row takes the long way, and
//! what it is found to be about is remembered.

use std::collections::HashMap;

use csv::StringRecord;
use smallvec::SmallVec;

use super::Kind;
use super::gathering::Together;
use super::mapping::UsageShape;
use super::numbers::{Decimal, number, plain_in};
use super::recognise::Recognised;
use super::tail::{Tail, is_total};
use super::usage::Gathered;
use super::usage_rows::Read;
use crate::domain::facts::usage::Day;

/// Texts of one column that are remembered: more different ones are forgotten together.
const REMEMBERED: usize = 1 << 20;

pub(super) struct PlainRows {
    account: Column<(usize, Option<Day>)>,
    date: Column<Day>,
    /// What each column holds, in their order.
    columns: Vec<Cell>,
    shape: usize,
    values: Vec<Option<f64>>,
    /// The header of the date column, which a repeated header has as its cell.
    date_header: String,
}

/// What a column holds.
#[derive(Debug, Clone, Copy)]
enum Cell {
    Account,
    Date,
    /// Values, with this mark of decimals.
    Metric(Decimal),
    Other,
}

/// A text beside its hash, as long as most ids: of rows in no order each text is likely to be outside
/// the processor's cache.
type Text = SmallVec<[u8; 40]>;

/// What the texts of a column stand for.
struct Column<T> {
    at: usize,
    known: HashMap<Text, T, foldhash::fast::RandomState>,
    /// Exports are sorted: the text of the row before is likely to come again.
    last: Option<(Vec<u8>, T)>,
}

impl<T: Copy> Column<T> {
    fn new(at: usize) -> Self {
        Self {
            at,
            known: HashMap::default(),
            last: None,
        }
    }

    fn get(&mut self, text: &[u8]) -> Option<T> {
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
        self.known.insert(Text::from_slice(text.as_bytes()), value);
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
        let cell = |column: usize| {
            let mark = reading.marks.get(column).copied();
            if column == account {
                Cell::Account
            } else if column == date {
                Cell::Date
            } else if is_metric(column) {
                Cell::Metric(mark.unwrap_or(Decimal::Dot))
            } else {
                Cell::Other
            }
        };
        Some(Self {
            account: Column::new(account),
            date: Column::new(date),
            columns: (0..reading.headers.len()).map(cell).collect(),
            shape: usage.shape(metrics),
            values: Vec::with_capacity(wide.len()),
            date_header: reading.headers.get(date)?.clone(),
        })
    }

    /// Takes a line; false where its row needs a closer look. A row that is taken is a record: its
    /// account is no word for a total, it has more than two cells, and its date is none of the header.
    pub fn take(
        &mut self,
        line: &[u8],
        delimiter: u8,
        lossy: bool,
        tail: &mut Tail,
        usage: &mut Gathered,
    ) -> bool {
        self.values.clear();
        let (mut account, mut day, mut filled) = (None, None, false);
        let mut rest = Some(line);
        for column in &self.columns {
            let Some(text) = rest else { return false };
            if let Cell::Metric(mark) = column {
                let (value, length) = plain_start(text, delimiter, *mark);
                rest = text.get(length + 1..);
                match value {
                    Some(value) => self.values.push(Some(value)),
                    None if length == 0 => self.values.push(None),
                    None => match longer(&text[..length], *mark) {
                        Some(value) => self.values.push(Some(value)),
                        None => return false,
                    },
                }
                filled |= length > 0;
                continue;
            }
            let length = memchr::memchr(delimiter, text).unwrap_or(text.len());
            rest = text.get(length + 1..);
            match column {
                Cell::Account => account = Some(&text[..length]),
                Cell::Date => day = self.date.get(&text[..length]),
                Cell::Metric(_) | Cell::Other => {}
            }
        }
        let (Some(name), Some(day), None) = (account, day, rest) else {
            return false;
        };
        let Some((account, contract)) = self.account.get(name) else {
            return false;
        };
        let unusual = !filled
            || contract.is_some_and(|first| day < first)
            || memchr::memchr(b'"', line).is_some()
            || lossy && memchr::memmem::find(line, "\u{fffd}".as_bytes()).is_some();
        if unusual {
            return false;
        }
        tail.pass(name);
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

/// The plain number at the beginning of a text, and the length of the first cell.
fn plain_start(text: &[u8], delimiter: u8, mark: Decimal) -> (Option<f64>, usize) {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let length = match text.get(digits) {
        None => digits,
        Some(b) if *b == delimiter => digits,
        Some(_) => memchr::memchr(delimiter, text).unwrap_or(text.len()),
    };
    (plain_in(&text[..length], mark), length)
}
