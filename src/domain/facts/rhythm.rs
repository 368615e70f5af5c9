//! The spacing of a series of numbers, and the median of a list.

use chrono::NaiveDate;

use crate::domain::closed::closed;
use crate::domain::facts::usage::Series;

closed! {
    /// What a number of use stands for.
    Per { Day = "day", Week = "week", Month = "month" }
}

impl Rhythm {
    /// What one number of such a series stands for. Irregular events are compared by day.
    pub fn per(self) -> Per {
        match self {
            Rhythm::Spaced(gap) if gap >= 20 => Per::Month,
            Rhythm::Spaced(_) => Per::Week,
            Rhythm::Daily | Rhythm::Irregular(_) => Per::Day,
        }
    }
}

/// The spacing of a series: (nearly) daily numbers, or one a week or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    Daily,
    /// The days between two regular weekly or monthly numbers.
    Spaced(i64),
    /// The median days between two irregular events.
    Irregular(i64),
}

/// The median; none of an empty list.
pub fn median(values: &mut [f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let mid = values.len() / 2;
    Some(if values.len() % 2 == 1 {
        values[mid]
    } else {
        f64::midpoint(values[mid - 1], values[mid])
    })
}

/// The spacing up to a day, from the gaps between the last 25 numbers.
pub fn rhythm(series: &Series, to: NaiveDate) -> Rhythm {
    const LOOK: usize = 24;
    let points = series.between(NaiveDate::MIN, to);
    let last = &points[points.len().saturating_sub(LOOK)..];
    let mut gaps: Vec<f64> = last
        .windows(2)
        .map(|w| f64::from(w[1].0 - w[0].0))
        .collect();
    let Some(gap) = median(&mut gaps).filter(|gap| *gap >= 6.0) else {
        return Rhythm::Daily;
    };
    // Months have 28 to 31 days and one is sometimes missing; irregular events vary more.
    let near = gaps
        .iter()
        .filter(|g| (*g - gap).abs() <= (gap / 5.0).max(2.0))
        .count();
    if near * 5 >= gaps.len() * 3 {
        Rhythm::Spaced(gap as i64)
    } else {
        Rhythm::Irregular(gap as i64)
    }
}
