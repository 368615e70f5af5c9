//! The order of the numbers in a date.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::scan::Digits;

/// The order of day, month and year in dates that do not begin with four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    Dmy,
    Mdy,
    /// The year first, in two digits: `27/03/31`.
    Ymd,
}

impl Order {
    pub const ALL: [Order; 3] = [Order::Dmy, Order::Mdy, Order::Ymd];

    /// Year, month and day of three numbers in this order.
    fn of(self, [a, b, c]: [Digits; 3]) -> (Digits, Digits, Digits) {
        match self {
            Order::Dmy => (c, b, a),
            Order::Mdy => (c, a, b),
            Order::Ymd => (a, b, c),
        }
    }
}

/// The year that two digits mean: 1970 to 2069.
pub(super) fn century(two: u32) -> i32 {
    two as i32 + if two < 70 { 2_000 } else { 1_900 }
}

/// The day of three numbers in an order; none where they are no day in it. A year has two or four
/// digits.
pub(super) fn day(order: Order, numbers: [Digits; 3]) -> Option<NaiveDate> {
    let (year, month, day) = order.of(numbers);
    let year = match year.len {
        2 => century(year.value),
        4 => year.value as i32,
        _ => return None,
    };
    (month.len <= 2 && day.len <= 2)
        .then(|| NaiveDate::from_ymd_opt(year, month.value, day.value))
        .flatten()
}
