//! One notion of a day for score and signals: a level is the middle of working days, without the days on
//! which the customer was closed, and it ends where the account's own numbers end. So a weekend, a week
//! of holidays or a late feed is no fall.

use chrono::{Duration, NaiveDate};

use super::rhythm::{Rhythm, rhythm};
use super::usage::{Day, Series, date_of, day_number, is_count};

/// Days of a level: six weeks.
pub const LEVEL: i64 = 42;
/// Days of the levels that an account's best is chosen from: eight weeks.
const SUSTAINED: i64 = 56;
/// Days that are looked at: two years and a level.
const BACK: i64 = 2 * 365 + SUSTAINED;
/// The same weekday a year ago.
pub const YEAR: i64 = 364;
/// Days without use that are a closure: at least a long weekend, at most two weeks, which are silence.
const CLOSED: std::ops::RangeInclusive<usize> = 3..=13;
/// With less history than this many days, an account has no normal level yet.
pub const YOUNG: i64 = 150;

/// The working days of one metric up to a day, closures left out; of weekly numbers, all of them.
pub struct Track {
    points: Vec<(Day, f64)>,
    /// The first number of all, and the last one up to the day.
    first: Day,
    last: Day,
    /// Fewest numbers of a level.
    least: usize,
    /// A middle of Poisson counts varies by the root of this times its size.
    scatter: f64,
}

impl Track {
    /// None without numbers, and for monthly and irregular ones.
    pub fn of(metric: &str, series: &Series, day: NaiveDate) -> Option<Self> {
        Self::back(metric, series, day, BACK)
    }

    /// As [`of`](Self::of), of so many days back only: levels of earlier days are unknown.
    pub fn back(metric: &str, series: &Series, day: NaiveDate, back: i64) -> Option<Self> {
        let weekly = match rhythm(series, day) {
            Rhythm::Daily => false,
            Rhythm::Spaced(gap) if gap < 20 => true,
            Rhythm::Spaced(_) | Rhythm::Irregular(_) => return None,
        };
        let last = series.between(NaiveDate::MIN, day).last()?.0;
        let first = series.points().first()?.0;
        let from = date_of(last) - Duration::days(back);
        let known = series.between(from, day);
        let points = if weekly {
            known.to_vec()
        } else if is_count(metric) {
            working(&dense(known))
        } else {
            working(known)
        };
        Some(Self {
            points,
            first,
            last,
            least: if weekly { 3 } else { 10 },
            scatter: if weekly { 0.12 } else { 0.04 },
        })
    }

    /// Days from the first to the last number.
    pub fn history(&self) -> i64 {
        i64::from(self.last - self.first)
    }

    fn within(&self, ago: i64, days: i64) -> &[(Day, f64)] {
        let to = i64::from(self.last) - ago;
        let from = to - days;
        let low = self.points.partition_point(|p| i64::from(p.0) <= from);
        let high = self.points.partition_point(|p| i64::from(p.0) <= to);
        &self.points[low..high]
    }

    /// The known numbers of `days` that end `ago` days before the last one.
    pub fn days(&self, ago: i64, days: i64) -> usize {
        self.within(ago, days).len()
    }

    /// The middle of `days` that end `ago` days before the last number: the mean without the quarter of
    /// lowest and highest values. None where too few are known.
    pub fn level(&self, ago: i64, days: i64) -> Option<f64> {
        let some = self.within(ago, days);
        // A shorter window needs as large a share of its days.
        let least = (self.least as i64 * days.min(LEVEL) / LEVEL).max(2) as usize;
        (some.len() >= least).then(|| middle(some))
    }

    /// The middle of the last `n` numbers that are at least `ago` days old.
    pub fn latest(&self, ago: i64, n: usize) -> Option<f64> {
        let end = self.within(ago, BACK);
        (end.len() >= n).then(|| middle(&end[end.len() - n..]))
    }

    /// The level that the account kept up when it was best, in the year that ends `ago` days before the
    /// last number: the ninth of ten levels of eight weeks.
    pub fn best(&self, ago: i64) -> Option<f64> {
        const STEP: i64 = 14;
        let mut levels: Vec<f64> = (0..=(365 - SUSTAINED) / STEP)
            .map(|n| ago + n * STEP)
            .filter(|ago| i64::from(self.last) - ago - SUSTAINED >= i64::from(self.first) - 7)
            .filter_map(|ago| self.level(ago, SUSTAINED))
            .collect();
        levels.sort_by(f64::total_cmp);
        let at = (levels.len() * 9).div_ceil(10).checked_sub(1)?;
        levels.get(at).copied()
    }

    /// The best fortnight, where there is no year to look back on.
    pub fn best_fortnight(&self) -> Option<f64> {
        let ends = (0..=(self.history() / 14)).map(|n| n * 14);
        let levels = ends.filter_map(|ago| self.level(ago, 14));
        levels.max_by(f64::total_cmp)
    }

    /// The level of these weeks a year ago against that year's best, where the account is seasonal: below
    /// 85 %. Otherwise 1.
    pub fn season(&self) -> f64 {
        const SEASONAL: f64 = 0.85;
        let then = self.level(YEAR, LEVEL);
        match (then, self.best(YEAR)) {
            (Some(then), Some(best)) if best > 0.0 && then < SEASONAL * best => then / best,
            _ => 1.0,
        }
    }

    /// How much a middle of `n` numbers may be off by chance, as counts of people are.
    pub fn error(&self, level: f64, n: usize) -> f64 {
        const ENOUGH: f64 = 30.0;
        ((level + 1.5) * self.scatter * ENOUGH / (n.max(1) as f64).min(ENOUGH)).sqrt()
    }

    /// The means of the fortnights that end `ago` days before the last number, the oldest first; none for
    /// a fortnight without numbers.
    pub fn fortnights(&self, ago: i64, n: i64) -> Vec<Option<f64>> {
        let each = (0..n).rev().map(|i| self.level(ago + i * 14, 14));
        each.collect()
    }
}

/// The mean without the quarter of lowest and the quarter of highest values.
fn middle(some: &[(Day, f64)]) -> f64 {
    /// The longest window, twelve weeks, has sixty working days.
    const MOST: usize = 64;
    let mut held = [0.0; MOST];
    let some = &some[some.len().saturating_sub(MOST)..];
    let values = &mut held[..some.len()];
    for (value, point) in values.iter_mut().zip(some) {
        *value = point.1;
    }
    let cut = values.len() / 4;
    let mut kept = &mut values[..];
    if cut > 0 {
        // Only the ends are told apart: the order of what is kept does not matter.
        kept.select_nth_unstable_by(cut - 1, f64::total_cmp);
        kept = &mut kept[cut..];
        let most = kept.len() - cut;
        kept.select_nth_unstable_by(most, f64::total_cmp);
        kept = &mut kept[..most];
    }
    kept.iter().sum::<f64>() / kept.len().max(1) as f64
}

/// With the days without a row as noughts: of a log, a day without a row is a day without events.
fn dense(known: &[(Day, f64)]) -> Vec<(Day, f64)> {
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return Vec::new();
    };
    let mut next = known.iter().peekable();
    (first.0..=last.0)
        .map(|day| match next.next_if(|p| p.0 == day) {
            Some(point) => *point,
            None => (day, 0.0),
        })
        .collect()
}

/// Whether a day is a Saturday or Sunday. Day 1 was a Monday.
fn is_weekend(day: Day) -> bool {
    day.rem_euclid(7) == 6 || day.rem_euclid(7) == 0
}

/// The working days, without closures where the account is otherwise rarely without use.
fn working(known: &[(Day, f64)]) -> Vec<(Day, f64)> {
    /// The share of working days without use from which idle days are this account's habit.
    const RARE: f64 = 0.2;
    let sum = |weekend: bool| -> f64 {
        let some = known.iter().filter(|p| is_weekend(p.0) == weekend);
        some.map(|p| p.1).sum()
    };
    // Who works at weekends has no other working days.
    let at_weekends = sum(true) > sum(false);
    let days: Vec<(Day, f64)> = known
        .iter()
        .filter(|p| at_weekends || !is_weekend(p.0))
        .copied()
        .collect();
    let idle = days.iter().filter(|p| p.1 == 0.0).count();
    if idle == 0 || idle as f64 > RARE * days.len() as f64 {
        return days;
    }
    let mut out = Vec::with_capacity(days.len());
    // A run of days without use; its weekends count as days of it.
    let mut run: Vec<(Day, f64)> = Vec::new();
    let flush = |run: &mut Vec<(Day, f64)>, out: &mut Vec<(Day, f64)>| {
        let long = run
            .first()
            .zip(run.last())
            .map_or(0, |(a, b)| (b.0 - a.0 + 1) as usize);
        if !CLOSED.contains(&long) {
            out.append(run);
        }
        run.clear();
    };
    for point in days {
        if point.1 == 0.0 {
            run.push(point);
        } else {
            flush(&mut run, &mut out);
            out.push(point);
        }
    }
    flush(&mut run, &mut out);
    out
}

/// The day up to which a metric is known. Where rows stand for events, a day without a row is a day without
/// use, up to `feed`, the newest day of any account's usage. A history that has a row each day and ends
/// early is a feed that stopped, and says nothing.
pub fn known_until(
    metric: &str,
    series: &Series,
    feed: Option<NaiveDate>,
    day: NaiveDate,
) -> Option<NaiveDate> {
    let known = series.between(NaiveDate::MIN, day);
    let last = date_of(known.last()?.0);
    let feed = feed.map(|f| f.min(day)).filter(|_| is_log(metric, known));
    Some(feed.map_or(last, |f| f.max(last)))
}

/// Days without use up to the day that [`known_until`] gives; 0 where the account is often that long
/// without use.
pub fn silence(metric: &str, series: &Series, feed: Option<NaiveDate>, day: NaiveDate) -> i64 {
    let known = series.between(NaiveDate::MIN, day);
    let (Some(first), Some(end)) = (known.first(), known_until(metric, series, feed, day)) else {
        return 0;
    };
    match known.iter().rev().find(|p| p.1 > 0.0) {
        Some(used) => {
            let days = i64::from(day_number(end) - used.0);
            if days as f64 > habit(known) { days } else { 0 }
        }
        None => i64::from(day_number(end) - first.0 + 1),
    }
}

/// Days without use that are no news: half as many again as nine of ten of the account's last breaks had.
fn habit(known: &[(Day, f64)]) -> f64 {
    const BREAKS: usize = 24;
    const ABOVE: f64 = 1.5;
    let used: Vec<Day> = known
        .iter()
        .rev()
        .filter(|p| p.1 > 0.0)
        .map(|p| p.0)
        .take(BREAKS + 1)
        .collect();
    let mut breaks: Vec<i64> = used.windows(2).map(|w| i64::from(w[0] - w[1])).collect();
    breaks.sort_unstable();
    let at = (breaks.len() * 9).div_ceil(10).saturating_sub(1);
    breaks.get(at).map_or(0.0, |days| ABOVE * *days as f64)
}

/// Whether rows stand for events: working days without one are usual.
fn is_log(metric: &str, known: &[(Day, f64)]) -> bool {
    /// The share of working days with a row up to which a history is a log.
    const DENSE: f64 = 0.9;
    /// Rows that are looked at: the habit of half a year.
    const LOOK: usize = 180;
    let known = &known[known.len().saturating_sub(LOOK)..];
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return false;
    };
    let days = (first.0..=last.0).filter(|d| !is_weekend(*d)).count();
    let rows = known.iter().filter(|p| !is_weekend(p.0)).count();
    (is_count(metric) || known.iter().all(|p| p.1 > 0.0)) && (rows as f64) < DENSE * days as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::usage::{ACTIVE_USERS, LOGINS};

    /// 2026-11-20, a Friday.
    const END: Day = 739_940;

    fn series(days: i32, value: impl Fn(i32, bool) -> Option<f64>) -> Series {
        let points = (0..days).filter_map(|ago| {
            let day = END - ago;
            Some((day, value(ago, is_weekend(day))?))
        });
        Series::from_points(points.collect())
    }

    fn track(series: &Series) -> Track {
        Track::of(ACTIVE_USERS, series, date_of(END)).expect("a track")
    }

    #[test]
    fn weekends_and_closures_are_no_part_of_a_level() {
        assert_eq!(date_of(END).to_string(), "2026-11-20");
        let work = |weekend: bool| if weekend { 0.0 } else { 20.0 };
        let plain = series(400, |_, weekend| Some(work(weekend)));
        let closed = series(400, |ago, weekend| {
            Some(if (2..11).contains(&ago) {
                0.0
            } else {
                work(weekend)
            })
        });
        for one in [&plain, &closed] {
            assert_eq!(track(one).level(0, LEVEL), Some(20.0));
            assert_eq!(track(one).best(0), Some(20.0));
        }
        // Two weeks and more without use are no closure.
        let silent = series(400, |ago, weekend| {
            Some(if ago < 20 { 0.0 } else { work(weekend) })
        });
        assert!(track(&silent).level(0, LEVEL).is_some_and(|l| l < 15.0));
        // Who works at weekends has working days there.
        let shop = series(400, |_, weekend| Some(if weekend { 20.0 } else { 1.0 }));
        assert!(track(&shop).level(0, LEVEL).is_some_and(|l| l > 1.0));
    }

    #[test]
    fn a_quiet_season_is_told_by_the_year_before() {
        let summer = |ago: i32| {
            if (0..60).contains(&(ago % 364)) {
                10.0
            } else {
                20.0
            }
        };
        let two_years = series(760, |ago, weekend| {
            Some(if weekend { 0.0 } else { summer(ago) })
        });
        assert_eq!(track(&two_years).season(), 0.5);
        let one_year = series(380, |ago, weekend| {
            Some(if weekend { 0.0 } else { summer(ago) })
        });
        assert_eq!(track(&one_year).season(), 1.0, "nobody knows yet");
    }

    #[test]
    fn silence_is_noughts_or_missing_rows_of_a_log_and_no_late_feed() {
        let feed = Some(date_of(END));
        let quiet = |s: &Series, metric: &str| silence(metric, s, feed, date_of(END));
        let noughts = series(200, |ago, _| Some(if ago < 20 { 0.0 } else { 5.0 }));
        assert_eq!(quiet(&noughts, ACTIVE_USERS), 20);
        let late = series(200, |ago, _| (ago >= 20).then_some(5.0));
        assert_eq!(quiet(&late, ACTIVE_USERS), 0, "the feed ended");
        // A log has rows on some days only; it is known up to the newest row of any account.
        let log = series(200, |ago, _| (ago >= 20 && ago % 3 == 0).then_some(5.0));
        assert_eq!(quiet(&log, LOGINS), 21);
    }

    #[test]
    fn a_break_that_an_account_often_takes_is_no_silence() {
        let feed = Some(date_of(END));
        // In bursts: three days of use, then two weeks without, as a small account does.
        let bursts = |quiet: i32| {
            series(300, |ago, _| {
                let since = ago - quiet;
                (since >= 0 && since % 17 < 3).then_some(8.0)
            })
        };
        let days = |s: &Series| silence(LOGINS, s, feed, date_of(END));
        assert_eq!(days(&bursts(17)), 0, "it comes every seventeen days");
        assert_eq!(days(&bursts(40)), 40);
        // One long closure is no habit.
        let closed = series(300, |ago, weekend| {
            let open = !(60..80).contains(&ago) && ago >= 16 && !weekend;
            Some(if open { 5.0 } else { 0.0 })
        });
        assert!(days(&closed) >= 16);
    }
}
