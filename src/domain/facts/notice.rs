//! The notice period of a contract (解約予告期間): how long before its end the customer has to say no.

use chrono::{Datelike, Duration, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::domain::when::add_months;

/// How long before its end a contract has to be cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    Days(u16),
    Months(u16),
    /// Mondays to Fridays; holidays are not known here.
    BusinessDays(u16),
}

impl Notice {
    /// The last day on which the customer can say no; the day itself still counts.
    pub fn last_day(self, ends_on: NaiveDate) -> NaiveDate {
        match self {
            Notice::Days(days) => ends_on - Duration::days(days.into()),
            Notice::Months(months) => add_months(ends_on, -i32::from(months)),
            Notice::BusinessDays(0) => ends_on,
            Notice::BusinessDays(days) => {
                let is_work =
                    |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
                let mut before = ends_on.iter_days().rev().skip(1).filter(is_work);
                before.nth(usize::from(days) - 1).unwrap_or(ends_on)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_to_say_no_counts_itself() {
        let last = |notice: Notice, ends_on: &str| {
            notice.last_day(ends_on.parse().expect("a day")).to_string()
        };
        assert_eq!(last(Notice::Months(1), "2027-03-31"), "2027-02-28");
        assert_eq!(last(Notice::Days(30), "2027-03-31"), "2027-03-01");
        assert_eq!(last(Notice::Months(3), "2027-05-31"), "2027-02-28");
        assert_eq!(last(Notice::Days(0), "2027-03-31"), "2027-03-31");
        // 2027-03-31 is a Wednesday, 2027-02-28 a Sunday.
        assert_eq!(last(Notice::BusinessDays(3), "2027-03-31"), "2027-03-26");
        assert_eq!(last(Notice::BusinessDays(1), "2027-02-28"), "2027-02-26");
        assert_eq!(last(Notice::BusinessDays(0), "2027-02-28"), "2027-02-28");
    }
}
