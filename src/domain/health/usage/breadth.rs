//! Breadth: the share of features, integrations and workflows that fell out of use while the account goes on.

use chrono::{Datelike, Duration, NaiveDate};

use super::parts::{Normal, Parts};
use crate::domain::curves::Curves;
use crate::domain::facts::level::{Per, rhythm};
use crate::domain::facts::usage::{
    ACTIVE_USERS, EVENTS, LOGINS, MONTHLY_USERS, Series, Usage, WEEKLY_USERS, date_of, day_number,
};
use crate::domain::health::Fact;
use crate::domain::health::dimension_score::along;

/// Days by which the newest row of a feature may be older than that of the headline.
const STOPPED: i32 = 35;
/// Of fewer metrics, one more or less is no share.
const FEWEST: usize = 3;

/// Judges every metric that is not the headline, nor counts the same people or sign-ins.
pub fn judge(
    usage: &Usage,
    headline: &str,
    day: NaiveDate,
    normal: &Normal,
    curves: &Curves,
    parts: &mut Parts,
) {
    let same = [ACTIVE_USERS, WEEKLY_USERS, MONTHLY_USERS, LOGINS, EVENTS];
    // A workflow is one, though its starts and its ends are counted.
    let ends: Vec<&Series> = usage.workflows().map(|(_, _, done)| done).collect();
    let is_end = |series: &Series| ends.iter().any(|end| std::ptr::eq(*end, series));
    let others = || {
        let all = usage.0.iter().map(|(m, s)| (m.as_str(), s));
        all.filter(|(m, s)| *m != headline && !same.contains(m) && !is_end(s))
    };
    // A feature that nobody uses any more has no rows: all are counted up to the newest row of any.
    let newest = |s: &Series| Some(s.between(NaiveDate::MIN, day).last()?.0);
    let Some(end) = others().filter_map(|(_, s)| newest(s)).max() else {
        return;
    };
    let ahead = usage
        .0
        .get(headline)
        .and_then(newest)
        .map_or(0, |h| h - end);
    let rhythm = |s: &Series| rhythm(s, day).per();
    let monthly = usage.0.get(headline).map(rhythm) == Some(Per::Month);
    // The export of features stopped.
    if ahead > STOPPED {
        return;
    }
    let shares: Vec<(&str, f64)> = others()
        .filter_map(|(m, s)| Some((m, of_normal(s, date_of(end), monthly, curves.usage_doubt)?)))
        .collect();
    if shares.len() < FEWEST {
        return;
    }
    // All fall with the headline: what is more than that is breadth.
    let limit = curves.breadth_share * normal.share;
    let fallen: Vec<&str> = shares.iter().filter(|s| s.1 < limit).map(|s| s.0).collect();
    let share = fallen.len() as f64 / shares.len() as f64;
    let fact = Fact::Dropped {
        names: fallen.iter().take(3).map(|m| (*m).to_owned()).collect(),
        count: fallen.len(),
        of: shares.len(),
    };
    parts.put_quietly(along(&curves.breadth, share), fact);
}

/// The last four weeks or month against the metric's own normal: the third best of the thirteen before.
/// None where it was never in regular use.
fn of_normal(series: &Series, end: NaiveDate, monthly: bool, doubt: f64) -> Option<f64> {
    const WINDOWS: usize = 13;
    const SPAN: i64 = 28;
    /// Uses in a window from which it is regular.
    const REGULAR: f64 = 5.0;
    let month = |d: NaiveDate| d.year() * 12 + d.month0() as i32;
    let last = day_number(end);
    // The windows that each number falls into, counted back from the end.
    let mut sums = [0.0_f64; WINDOWS + 1];
    let from = end - Duration::days(if monthly { 31 } else { SPAN } * (WINDOWS as i64 + 1));
    for (day, value) in series.between(from, end) {
        let at = if monthly {
            month(end) - month(date_of(*day))
        } else {
            (last - day) / SPAN as i32
        };
        if let Some(sum) = sums.get_mut(at as usize) {
            *sum += value;
        }
    }
    let now = sums[0];
    let before = &mut sums[1..];
    before.sort_unstable_by(|a, b| b.total_cmp(a));
    let normal = before.get(2).copied().filter(|n| *n >= REGULAR)?;
    Some((now + doubt * now.sqrt()) / normal)
}
