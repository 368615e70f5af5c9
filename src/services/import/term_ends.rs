//! Which day of a term the column of ends states: the last paid day (満了日), or the day of the renewal (更新日). The
//! header says it, or the rows: where ends equal the next starts, or the starts a whole number of months later, they
//! are the first days after. Rule: `[term]`.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Days, NaiveDate};
use csv::StringRecord;

use super::Kind;
use super::mapping::{Fit, normal};
use crate::domain::when::Zone;
use crate::services::dates::{self, Column, Means};

/// Rows that are looked at.
const ROWS: usize = 50_000;

/// The columns of a table whose rows are terms.
struct Places {
    account: Option<usize>,
    start: Option<usize>,
    end: usize,
}

/// What the rows of a table say of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    DayAfter,
    LastDay,
}

/// The rows of a table of terms, as far as its ends can be told by them.
pub(super) struct Ends {
    kind: Kind,
    places: Places,
    rows: Vec<[String; 3]>,
}

impl Ends {
    /// None where the table has no ends of terms.
    pub(super) fn of(fit: &Fit) -> Option<Self> {
        let kind = fit.layout.kind;
        let (start, end) = match kind {
            Kind::Accounts => ("contract_start", "renewal"),
            Kind::Subscriptions => ("start", "end"),
            Kind::Contacts
            | Kind::Deals
            | Kind::Tickets
            | Kind::Surveys
            | Kind::Interactions
            | Kind::Outcomes
            | Kind::Usage => return None,
        };
        let places = Places {
            account: fit.column("account"),
            start: fit.column(start),
            end: fit.column(end)?,
        };
        Some(Self {
            kind,
            places,
            rows: Vec::new(),
        })
    }

    pub(super) fn see(&mut self, row: &StringRecord) {
        let (Some(start), end) = (self.places.start, self.places.end) else {
            return;
        };
        if self.rows.len() < ROWS {
            let cell = |column: usize| row.get(column).unwrap_or("").trim().to_owned();
            let account = self.places.account.map(cell).unwrap_or_default();
            self.rows.push([account, cell(start), cell(end)]);
        }
    }

    /// Sets what the days of the column of ends are.
    pub(super) fn decide(self, headers: &[String], columns: &mut [Column]) {
        let said = self.by_rows(columns);
        let header = normal(&headers[self.places.end]);
        let has = |words: &[&str]| words.iter().any(|word| header.contains(word));
        let renewal = has(&["renew", "更新"]);
        let last = has(&["end", "expir", "満了", "終了", "満期", "期限"]) && !renewal;
        columns[self.places.end].means = match self.kind {
            Kind::Accounts if last && said != Some(Said::DayAfter) => Means::LastDay,
            // The rows know better than the header.
            Kind::Subscriptions if said == Some(Said::DayAfter) => Means::DayAfter,
            Kind::Subscriptions if renewal && said.is_none() => Means::DayAfter,
            _ => Means::Itself,
        };
    }

    /// What the rows say of the column; none where they say nothing for certain.
    fn by_rows(&self, columns: &[Column]) -> Option<Said> {
        /// A vote against outweighs this many for it: days that are equal by chance decide nothing.
        const CERTAIN: usize = 4;
        /// At least one row of this many has to speak for it.
        const SHARE: usize = 20;
        let start = self.places.start?;
        let read = |cell: &str, column: usize| match columns[column].serial {
            true => dates::serial(cell).map(|at| at.date()),
            false => dates::day(cell, columns[column].order, Zone::utc()),
        };
        let terms: Vec<(&str, NaiveDate, NaiveDate)> = self
            .rows
            .iter()
            .filter_map(|[account, s, e]| {
                Some((&**account, read(s, start)?, read(e, self.places.end)?))
            })
            .filter(|(_, start, end)| end > start)
            .collect();
        let mut starts: HashMap<&str, HashSet<NaiveDate>> = HashMap::new();
        for [account, s, _] in &self.rows {
            starts.entry(account).or_default().extend(read(s, start));
        }
        let joined = self.places.account.is_some();
        let speaks = |account: &str, start: NaiveDate, behind: NaiveDate| {
            let next = joined && starts.get(account).is_some_and(|s| s.contains(&behind));
            next || start.day() == behind.day()
        };
        let next_day = |day: NaiveDate| day.checked_add_days(Days::new(1)).unwrap_or(day);
        let after = terms.iter().filter(|(a, s, e)| speaks(a, *s, *e)).count();
        let last = terms
            .iter()
            .filter(|(a, s, e)| speaks(a, *s, next_day(*e)))
            .count();
        let wins =
            |votes: usize, others: usize| votes > others * CERTAIN && votes * SHARE >= terms.len();
        match (wins(after, last), wins(last, after)) {
            (true, _) => Some(Said::DayAfter),
            (_, true) => Some(Said::LastDay),
            (false, false) => None,
        }
    }
}
