//! The cells of a row as days and moments, in the way in which their column writes them.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};

use super::{Bad, Cells, Read, Skipped};
use crate::services::dates::{self, Column, Means};
use crate::services::import::mapping::normal;
use crate::services::import::{Flag, Reason};

impl Cells<'_> {
    fn dates(&self, field: &str) -> Column {
        let column = self.fit.column(field).and_then(|c| self.dates.get(c));
        let mut dates = column.copied().unwrap_or_default();
        dates.order = self.fit.layout.date_order.or(dates.order);
        dates
    }

    pub fn day(&self, field: &str) -> Option<NaiveDate> {
        self.or_blank(field, || self.key_day(field)).flatten()
    }

    /// Reads cells that are read once more for the record: what is left out is noted then.
    pub fn apart<T>(&self, read: impl FnOnce(&Self) -> T) -> T {
        let noted = self.skipped.borrow().len();
        let out = read(self);
        self.skipped.borrow_mut().truncate(noted);
        out
    }

    /// The end of a term, as what its column means.
    pub fn end_of_term(&self, field: &str) -> Option<NaiveDate> {
        let day = self.day(field)?;
        let means = self.dates(field).means;
        let flag = match means {
            Means::Itself => return Some(day),
            Means::DayAfter => Flag::DayAfter,
            Means::LastDay => Flag::LastDay,
        };
        self.skipped.borrow_mut().push(Skipped {
            field: field.to_owned(),
            column: self.header(field).to_owned(),
            value: self.get(field).to_owned(),
            flag,
        });
        day.checked_add_signed(Duration::days(means.step()))
    }

    /// The day of a cell; none where it says that there is none (9999-12-31).
    fn key_day(&self, field: &str) -> Read<Option<NaiveDate>> {
        let (cell, dates) = (self.get(field), self.dates(field));
        // A month alone: the first day of it, or the last where something ends.
        if let Some(end) = dates::end(cell).filter(|_| !dates.serial) {
            self.skipped.borrow_mut().push(Skipped {
                field: field.to_owned(),
                column: self.header(field).to_owned(),
                value: cell.to_owned(),
                flag: Flag::MonthOnly,
            });
            let ends = ["renewal", "end", "close_date"].contains(&field);
            return Ok(if ends { Some(end) } else { end.with_day(1) });
        }
        let day = if dates.serial {
            dates::serial(cell).map(|at| at.date())
        } else {
            dates::day(cell, dates.order, self.zone)
        };
        match day {
            None if !dates::is_no_day(cell) => Err(self.not_a_date(field)),
            day => Ok(day),
        }
    }

    /// The day of a fact: a month or a quarter counts as its last day, also where the column
    /// names it by its first.
    pub fn last_day(&self, field: &str) -> Option<NaiveDate> {
        if let Some(end) = dates::end(self.get(field)) {
            return Some(end);
        }
        let span = self.dates(field).span;
        self.day(field)
            .map(|day| span.map_or(day, |span| span.end(day)))
    }

    /// Whether the day of a fact is the end of a period.
    pub fn is_period(&self, field: &str) -> bool {
        self.dates(field).span.is_some() || dates::end(self.get(field)).is_some()
    }

    pub fn instant(&self, field: &str) -> Option<DateTime<Utc>> {
        self.or_blank(field, || self.moment(field)).flatten()
    }

    /// The day that says which record a row is, like [`last_day`](Self::last_day).
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub fn key_last_day(&self, field: &'static str) -> Read<NaiveDate> {
        let cell = self.get(field);
        if let Some(day) = self.fit.layout.as_of.filter(|_| !self.has(field)) {
            return Ok(day);
        }
        if cell.is_empty() {
            return Err(self.bad(field, Reason::Missing { field }));
        }
        if let Some(end) = dates::end(cell) {
            return Ok(end);
        }
        let day = self.key_day(field)?;
        day.map(|day| self.dates(field).span.map_or(day, |span| span.end(day)))
            .ok_or_else(|| self.bad(field, Reason::Missing { field }))
    }

    /// A moment, or how long after `from` it was: `1:35:00`, `2h 5m`, minutes.
    pub fn instant_after(&self, field: &str, from: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        self.or_blank(field, || {
            let after = || from?.checked_add_signed(dates::duration(self.get(field))?);
            self.moment(field)
                .or_else(|bad| after().map(Some).ok_or(bad))
        })
        .flatten()
    }

    /// The moment of a cell; none where it says that there is none.
    fn moment(&self, field: &str) -> Read<Option<DateTime<Utc>>> {
        let (cell, dates) = (self.get(field), self.dates(field));
        let at = if dates.serial {
            dates::serial(cell).map(|at| self.zone.instant(at))
        } else {
            dates::instant(cell, dates.order, self.zone)
        };
        match at {
            None if !dates::is_no_day(cell) => Err(self.not_a_date(field)),
            at => Ok(at),
        }
    }

    /// The moment of an event.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub fn key_instant(&self, field: &'static str) -> Read<DateTime<Utc>> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Err(self.bad(field, Reason::Missing { field }));
        }
        self.moment(field)?
            .ok_or_else(|| self.bad(field, Reason::Missing { field }))
    }

    fn not_a_date(&self, field: &str) -> Bad {
        let order = self.dates(field).order;
        let reason = if order.is_none() && dates::needs_order(self.get(field)) {
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
}
