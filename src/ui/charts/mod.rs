//! Charts of numbers over time: lines, a calendar, bars by month.

mod bars;
mod calendar;
mod lines;

pub use bars::months;
pub use calendar::heat;
pub use lines::lines;

use chrono::NaiveDate;

use crate::domain::facts::usage::{Series, date_of};

/// The last day a chart should end on: the data's own, so that a late feed does not look like a fall.
pub fn last_day(series: &Series, today: NaiveDate) -> NaiveDate {
    series
        .between(NaiveDate::MIN, today)
        .last()
        .map_or(today, |p| date_of(p.0))
}
