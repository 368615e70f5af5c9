//! Usage tables row by row: long, wide or events.

use chrono::NaiveDate;

use super::cells::{Bad, Cells};
use super::gathering::Together;
use super::mapping::UsageShape;
use super::metrics::{is_no_usage, metric_name};
use super::numbers::{self, Decimal, number};
use super::recognise::Recognised;
use super::rejects::is_own_column;
use super::usage::Gathered;
use super::values::is_placeholder;
use super::{NoRecord, Reason};
use crate::domain::facts::usage::{Day, EVENTS, FEATURE, day_number};
use crate::domain::ids::AccountId;
use crate::domain::text::clean_line;

/// The metric columns of a wide table: all that are not a field. Known names become the metrics the
/// score uses.
pub(super) fn wide_columns(reading: &Recognised) -> Vec<(usize, String)> {
    let taken: Vec<usize> = reading
        .fit
        .columns
        .values()
        .chain(&reading.fit.apart)
        .chain(&reading.words)
        .copied()
        .collect();
    reading
        .headers
        .iter()
        .enumerate()
        .filter(|(i, h)| {
            !taken.contains(i) && !h.trim().is_empty() && !is_own_column(h) && !is_no_usage(h)
        })
        .map(|(i, h)| {
            let name = metric_name(h);
            (i, name)
        })
        .collect()
}

/// Reads usage rows. It remembers the last account and metric, because exports are sorted.
pub(super) struct UsageReader {
    pub together: Together,
    account: Option<(String, usize, Option<NaiveDate>)>,
    metric: Option<(String, usize)>,
    events: Option<usize>,
    /// What the last row was about, where it was read.
    pub read: Option<Read>,
}

/// What a row is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read {
    /// The account, as its usage is gathered.
    pub account: usize,
    /// The first day of its contract.
    pub contract: Option<Day>,
    pub day: Day,
}

/// What is odd about a row that was read.
pub(super) struct Noticed {
    /// Its day is before the contract.
    pub early: bool,
    pub negative: bool,
}

impl Default for UsageReader {
    fn default() -> Self {
        Self {
            together: Together::Sum,
            account: None,
            metric: None,
            events: None,
            read: None,
        }
    }
}

impl UsageReader {
    /// Reads one row. `account_of` finds the
    /// account of a row.
    pub fn row(
        &mut self,
        usage: &mut Gathered,
        account_of: impl FnOnce(&Cells) -> Result<(AccountId, Option<NaiveDate>), Bad>,
        reading: &Recognised,
        cells: &Cells,
        wide: &[(usize, String)],
    ) -> Result<Noticed, Bad> {
        self.read = None;
        let cell = cells.get("account");
        if self
            .account
            .as_ref()
            .is_none_or(|(known, ..)| known != cell)
        {
            let (id, start) = account_of(cells)?;
            let index = usage.account(&id);
            self.account = Some((cell.to_owned(), index, start));
        }
        let Some((_, account, contract)) = &self.account else {
            return Err(cells.bad("account", Reason::NoAccount));
        };
        let (account, contract) = (*account, *contract);
        let date = cells.key_last_day("date")?;
        let day = day_number(date);
        let negative = match reading.fit.layout.usage {
            Some(UsageShape::Wide) => self.wide(usage, account, day, reading, cells, wide),
            shape => self.one_value(usage, account, day, shape, cells)?,
        };
        self.read = Some(Read {
            account,
            contract: contract.map(day_number),
            day,
        });
        Ok(Noticed {
            early: contract.is_some_and(|c| date < c),
            negative,
        })
    }

    /// A row of a wide table: a value for each metric. A blank cell is no observation, and one that
    /// cannot be read is left out. Returns whether a value is negative.
    fn wide(
        &mut self,
        usage: &mut Gathered,
        account: usize,
        day: Day,
        reading: &Recognised,
        cells: &Cells,
        wide: &[(usize, String)],
    ) -> bool {
        self.together = Together::Last;
        let mut negative = false;
        for (column, name) in wide {
            let text = cells.row.get(*column).unwrap_or("").trim();
            if text.is_empty() || is_placeholder(text) {
                continue;
            }
            let mark = cells.marks.get(*column).copied().unwrap_or(Decimal::Dot);
            match number(text, mark) {
                Ok(found) => {
                    negative |= found.value < 0.0;
                    let metric = usage.metric(name);
                    usage.add(account, metric, day, found.value, Together::Last);
                }
                Err(fault) => cells.skip(Bad {
                    field: String::new(),
                    column: reading.headers[*column].clone(),
                    value: clean_line(text),
                    reason: fault.into(),
                }),
            }
        }
        negative
    }

    /// A row with one value, or an event.
    fn one_value(
        &mut self,
        usage: &mut Gathered,
        account: usize,
        day: Day,
        shape: Option<UsageShape>,
        cells: &Cells,
    ) -> Result<bool, Bad> {
        let value = if shape == Some(UsageShape::Events) || !cells.has("value") {
            1.0
        } else {
            let text = cells.get("value");
            if text.is_empty() || is_placeholder(text) {
                return Err(cells.bad(
                    "value",
                    Reason::NoRecord {
                        why: NoRecord::NoValue,
                    },
                ));
            }
            numbers::plain(text).map_or_else(|| cells.key_number("value"), Ok)?
        };
        let named = if cells.has("metric") {
            cells.get("metric")
        } else {
            cells.get("feature")
        };
        let feature = !cells.has("metric");
        if self.metric.as_ref().is_none_or(|(known, _)| known != named) {
            let name = clean_line(named);
            let name = if feature && !name.is_empty() {
                format!("{FEATURE}{name}")
            } else if name.is_empty() {
                EVENTS.to_owned()
            } else {
                metric_name(&name)
            };
            self.metric = Some((named.to_owned(), usage.metric(&name)));
        }
        if let Some((_, metric)) = self.metric {
            usage.add(account, metric, day, value, Together::Sum);
        }
        if feature && !named.is_empty() {
            let events = *self.events.get_or_insert_with(|| usage.metric(EVENTS));
            usage.add(account, events, day, value, Together::Sum);
        }
        if shape == Some(UsageShape::Events) && !cells.get("user").is_empty() {
            use std::hash::{DefaultHasher, Hash, Hasher};
            let mut hasher = DefaultHasher::new();
            cells.get("user").hash(&mut hasher);
            usage.person(account, day, hasher.finish());
        }
        Ok(value < 0.0)
    }
}
