//! One row under its mapping: cells by field, read as values. An unreadable cell is reported with
//! its column.

mod days;
mod lengths;

use std::cell::RefCell;

use csv::StringRecord;

use super::mapping::{Fit, Unit};
use super::numbers::{Decimal, Fault, number};
use super::rejects::{FORMULA, is_own_column};
use super::values::{Amounts, NoMoney, is_placeholder};
use super::{Flag, Reason, values};
use crate::domain::limits::{LINE, LIST, is_long_line};
use crate::domain::money::{Currency, Money};
use crate::domain::text::{clean, clean_line, shown_line, visible};
use crate::domain::when::Zone;
use crate::services::dates::Column;

/// A cell that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    pub field: String,
    pub column: String,
    pub value: String,
    pub reason: Reason,
}

/// A cell that was left out, while its row is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub field: String,
    pub column: String,
    pub value: String,
    pub flag: Flag,
}

pub struct Cells<'a> {
    pub fit: &'a Fit,
    pub headers: &'a [String],
    pub row: &'a StringRecord,
    /// How each column writes its dates, once decided.
    pub dates: &'a [Column],
    /// The mark of decimals of each column.
    pub marks: &'a [Decimal],
    /// The unit of amounts whose column states none.
    pub unit: f64,
    pub zone: Zone,
    pub file: &'a str,
    /// The cells of this row that are left out. Only the fields that say which record a row is, or
    /// when, refuse the row.
    pub skipped: RefCell<Vec<Skipped>>,
}

type Read<T> = Result<T, Bad>;

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
            .filter(|c| c.starts_with(FORMULA))
            .unwrap_or(cell);
        // The formula by which a spreadsheet keeps the noughts before a number.
        let cell = cell
            .strip_prefix("=\"")
            .and_then(|c| c.strip_suffix('"'))
            .map_or(cell, str::trim);
        match self.fit.layout.values.get(field) {
            Some(words) => words
                .get(cell)
                .or_else(|| words.get(&cell.to_lowercase()))
                .map_or(cell, String::as_str),
            None => cell,
        }
    }

    /// Cells without a field, by their headers. Of a text longer than an attribute may be, the
    /// beginning is kept, and the cell is noted.
    pub fn others(&self) -> impl Iterator<Item = (String, String)> {
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
            let cell = self.row.get(i)?;
            if is_placeholder(cell) {
                return None;
            }
            let (header, mut text) = (shown_line(h), lower_truth(clean_line(cell)));
            if let Some((end, _)) = text.char_indices().nth(LINE) {
                text.truncate(end);
                self.note_long("", &header, &text);
            }
            Some((header, text)).filter(|(_, v)| !v.is_empty())
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
            field: field.to_owned(),
            column: if column.is_empty() {
                field.to_owned()
            } else {
                column.to_owned()
            },
            value: clean_line(self.get(field)),
            reason,
        }
    }

    /// The value of a field that the record can do without: what cannot be read stays blank, and is
    /// noted.
    fn or_blank<T>(&self, field: &str, read: impl FnOnce() -> Read<T>) -> Option<T> {
        let cell = self.get(field);
        if cell.is_empty() || self.is_blank(field) {
            return None;
        }
        read().map_err(|bad| self.skip(bad)).ok()
    }

    /// Leaves a cell out, and keeps its row.
    pub fn skip(&self, bad: Bad) {
        self.skipped.borrow_mut().push(Skipped {
            field: bad.field,
            column: bad.column,
            value: bad.value,
            flag: Flag::Unread(bad.reason),
        });
    }

    /// Whether the cell has a word for nothing, which is noted.
    fn is_blank(&self, field: &str) -> bool {
        let cell = self.get(field);
        let blank = is_placeholder(cell);
        if blank {
            self.skipped.borrow_mut().push(Skipped {
                field: field.to_owned(),
                column: self.header(field).to_owned(),
                value: clean_line(cell),
                flag: Flag::Placeholder,
            });
        }
        blank
    }

    /// An id: one line without characters that take no place.
    pub fn id(&self, field: &str) -> Option<String> {
        let cell = self.get(field);
        let id = Some(visible(cell)).filter(|t| !t.is_empty() && !is_placeholder(cell))?;
        if is_long_line(&id) {
            // The beginning of an id is another id.
            self.note_long(field, self.header(field), &id);
            return None;
        }
        Some(id)
    }

    /// A name: one line without characters that take no place.
    pub fn name(&self, field: &str) -> Option<String> {
        let name =
            Some(visible(self.get(field))).filter(|t| !t.is_empty() && !is_placeholder(t))?;
        Some(self.within_line(field, name))
    }

    /// A line cut to the length that is kept, which is noted.
    fn within_line(&self, field: &str, mut text: String) -> String {
        if let Some((end, _)) = text.char_indices().nth(LINE) {
            text.truncate(end);
            self.note_long(field, self.header(field), &text);
        }
        text
    }

    fn note_long(&self, field: &str, column: &str, value: &str) {
        self.skipped.borrow_mut().push(Skipped {
            field: field.to_owned(),
            column: column.to_owned(),
            value: value.chars().take(40).collect(),
            flag: Flag::TooLong,
        });
    }

    /// One line of text without control characters and what takes no place.
    pub fn text(&self, field: &str) -> Option<String> {
        let text = Some(shown_line(self.get(field))).filter(|t| !t.is_empty())?;
        (!self.is_blank(field)).then(|| self.within_line(field, text))
    }

    /// Text of several lines without control characters.
    pub fn long_text(&self, field: &str) -> Option<String> {
        Some(clean(self.get(field)).trim().to_owned()).filter(|t| !t.is_empty())
    }

    pub fn list(&self, field: &str) -> Option<Vec<String>> {
        let text = Some(shown_line(self.get(field))).filter(|t| !t.is_empty())?;
        if self.is_blank(field) {
            return None;
        }
        let entries = text.split([';', ',', '、', '|']).map(str::trim);
        let mut entries = entries.filter(|t| !t.is_empty());
        let list: Vec<String> = entries.by_ref().take(LIST).map(str::to_owned).collect();
        if entries.next().is_some() {
            self.note_long(field, self.header(field), &text);
        }
        let cut = list.into_iter().map(|entry| self.within_line(field, entry));
        Some(cut.collect())
    }

    /// The mark of decimals of a field's column.
    fn mark(&self, field: &str) -> Decimal {
        let column = self.fit.column(field);
        column
            .and_then(|c| self.marks.get(c).copied())
            .unwrap_or(Decimal::Dot)
    }

    /// A number that says which record a row is, or what it is about.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn key_number(&self, field: &str) -> Read<f64> {
        let read = number(self.get(field), self.mark(field));
        // A share is no count and no score.
        let read = read.and_then(|n| {
            if n.percent {
                Err(Fault::NotANumber)
            } else {
                Ok(n.value)
            }
        });
        read.map_err(|fault| self.bad(field, fault.into()))
    }

    pub fn number(&self, field: &str) -> Option<f64> {
        self.or_blank(field, || self.key_number(field))
    }

    pub fn whole(&self, field: &str) -> Option<u32> {
        self.or_blank(field, || match self.key_number(field)? {
            // Half a seat is a mistake, or a mark of thousands that was read as decimals.
            n if n >= 0.0 && n <= f64::from(u32::MAX) && n.fract() == 0.0 => Ok(n as u32),
            _ => Err(self.bad(field, Reason::NotANumber)),
        })
    }

    pub fn truth(&self, field: &str) -> Option<bool> {
        let cell = self.get(field);
        if cell.is_empty() {
            return None;
        }
        if let Some(truth) = values::truth(cell) {
            return Some(truth);
        }
        let allowed = vec!["true", "false"];
        self.or_blank(field, || {
            Err(self.bad(field, Reason::UnknownWord { allowed }))
        })
    }

    /// An amount of money.
    ///
    /// # Errors
    /// If the amount names no currency, and nothing else does. What cannot be read at all is left
    /// out, with a note.
    pub fn money(&self, field: &str) -> Result<Option<Money>, Bad> {
        let cell = self.get(field);
        if cell.is_empty() || self.is_blank(field) {
            return Ok(None);
        }
        let unit = Unit::of(self.header(field));
        let column = Amounts {
            decimal: self.mark(field),
            scale: if unit.scale == 1.0 {
                self.unit
            } else {
                unit.scale
            },
            currency: currency_named(self.get("currency"))
                .or(unit.currency)
                .or(self.fit.layout.currency),
            minor: self.fit.layout.minor,
        };
        let named = currency_named(self.get("currency"));
        match values::column_money(cell, column) {
            // ¥ is the sign of the yuan as well.
            Ok(money) if named == Currency::parse("CNY") && cell.contains(['¥', '￥']) => {
                Ok(named.map(|currency| Money::of(money.minor as f64, currency)))
            }
            Ok(money) if named.is_some_and(|named| named != money.currency) => {
                self.skip(self.bad(field, Reason::TwoCurrencies));
                Ok(None)
            }
            Ok(money) => Ok(Some(money)),
            Err(NoMoney::NoCurrency) => Err(self.bad(field, Reason::NoCurrency)),
            Err(NoMoney::NoNumber(fault)) => {
                self.skip(self.bad(field, fault.into()));
                Ok(None)
            }
        }
    }

    /// An amount of money that the record can do without.
    pub fn money_or_blank(&self, field: &str) -> Option<Money> {
        self.money(field).unwrap_or_else(|bad| {
            self.skip(bad);
            None
        })
    }

    /// A value of a closed list, by its key or by common words for it.
    pub fn word<T: Copy>(
        &self,
        field: &str,
        words: &[(T, &[&str])],
        allowed: &'static [T],
        key: fn(T) -> &'static str,
    ) -> Option<T> {
        self.or_blank(field, || self.key_word(field, words, allowed, key))
    }

    /// A value of a closed list without which the row says nothing.
    ///
    /// # Errors
    /// If it is none of the list.
    pub fn key_word<T: Copy>(
        &self,
        field: &str,
        words: &[(T, &[&str])],
        allowed: &'static [T],
        key: fn(T) -> &'static str,
    ) -> Read<T> {
        let cell = crate::domain::text::nfkc(self.get(field)).to_lowercase();
        let by_key = allowed.iter().copied().find(|v| key(*v) == cell);
        let by_word = || words.iter().find(|(_, w)| w.contains(&cell.as_str()));
        by_key
            .or_else(|| by_word().map(|(v, _)| *v))
            .ok_or_else(|| {
                let allowed = allowed.iter().map(|v| key(*v)).collect();
                self.bad(field, Reason::UnknownWord { allowed })
            })
    }
}

/// A currency by its code, sign or name.
fn currency_named(text: &str) -> Option<Currency> {
    Currency::parse(text).or_else(|| match text.trim().to_lowercase().as_str() {
        "us dollar" | "us dollars" | "dollar" | "dollars" | "米ドル" | "ドル" => {
            Some(Currency::USD)
        }
        "yen" | "japanese yen" | "日本円" => Some(Currency::JPY),
        "euro" | "euros" | "ユーロ" => Some(Currency::EUR),
        "pound" | "pounds" | "british pound" | "ポンド" => Some(Currency::GBP),
        _ => None,
    })
}

impl From<Fault> for Reason {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NotANumber => Reason::NotANumber,
            Fault::Unproven => Reason::NoDecimalMark,
            Fault::TrailingMinus => Reason::TrailingMinus,
        }
    }
}
