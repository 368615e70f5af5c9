//! Tickets as figures: how many come compared to usual, how long they take, and how many are open.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::ticket::Ticket;
use crate::domain::facts::level::median;
use crate::domain::when::Zone;

/// The window for counting tickets, days.
pub const DAYS: i64 = 30;
/// The window for timing solved tickets, days; it is compared with the same number of days before.
pub const SOLVED: i64 = 90;
/// An open ticket is old after 48 hours: the usual limit before it counts as a warning.
pub const OLD: Duration = Duration::hours(48);

/// How many tickets were opened recently, beside what is usual for the account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Workload {
    /// The day up to which tickets were imported.
    pub until: NaiveDate,
    /// Opened in the last [`DAYS`] up to `until`.
    pub opened: usize,
    /// The median of up to six windows before. `None` if fewer than three are after the first
    /// ticket: before it, tickets may not have been recorded.
    pub usual: Option<f64>,
    /// Median hours to solve: of tickets solved in the last [`SOLVED`] days, and in those before.
    pub hours: (Option<f64>, Option<f64>),
    pub open: usize,
    /// Open for longer than [`OLD`].
    pub old: usize,
    /// Open and escalated.
    pub escalated: usize,
}

/// None where the account has no tickets, or no account's tickets came in for two months. `feed` is
/// the newest day of any account's tickets.
pub fn workload(
    tickets: &[Ticket],
    feed: Option<NaiveDate>,
    now: DateTime<Utc>,
    zone: Zone,
) -> Option<Workload> {
    const STALE: i64 = 60;
    let today = zone.day(now);
    // The feed's day is in UTC; a ticket may be on the next day in the user's zone.
    let feed = feed?;
    let own = tickets
        .iter()
        .filter_map(|t| t.opened)
        .map(|o| zone.day(o))
        .find(|d| Some(*d) == feed.succ_opt());
    let until = own.unwrap_or(feed).min(today);
    if tickets.is_empty() || (today - until).num_days() > STALE {
        return None;
    }
    let opened: Vec<NaiveDate> = tickets
        .iter()
        .filter_map(|t| t.opened)
        .filter(|o| *o <= now)
        .map(|o| zone.day(o))
        .collect();
    let within =
        |day: NaiveDate, to: NaiveDate, days: i64| day <= to && (to - day).num_days() < days;
    let count = |to: NaiveDate| opened.iter().filter(|d| within(**d, to, DAYS)).count();
    let mut before: Vec<f64> = match opened.iter().min() {
        Some(first) => (1..=6)
            .map(|n| until - Duration::days(n * DAYS))
            .filter(|to| *to - Duration::days(DAYS - 1) >= *first)
            .map(|to| count(to) as f64)
            .collect(),
        None => Vec::new(),
    };
    let usual = if before.len() >= 3 {
        median(&mut before)
    } else {
        None
    };
    let hours = |to: NaiveDate| {
        let timed = tickets.iter().filter(|t| {
            t.solved
                .is_some_and(|s| s <= now && within(zone.day(s), to, SOLVED))
        });
        median(&mut timed.filter_map(Ticket::hours_to_solve).collect::<Vec<_>>())
    };
    let open = || {
        tickets
            .iter()
            .filter(|t| t.is_open() && t.opened.is_none_or(|o| o <= now))
    };
    Some(Workload {
        until,
        opened: count(until),
        usual,
        hours: (hours(until), hours(until - Duration::days(SOLVED))),
        open: open().count(),
        old: open()
            .filter(|t| t.opened.is_some_and(|o| now - o > OLD))
            .count(),
        escalated: open().filter(|t| t.escalated).count(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn the_average_is_the_accounts_own_and_unknown_figures_are_left_out() {
        let zone = Zone::Named(chrono_tz::Asia::Tokyo);
        // 08:30 on the 22nd in Tokyo is still the 21st in UTC.
        let now = Utc.with_ymd_and_hms(2026, 11, 21, 23, 30, 0).unwrap();
        let ticket = |days: i64, hours: Option<i64>| {
            let opened = now - Duration::days(days);
            let solved = hours.map(|h| opened + Duration::hours(h));
            let status = if solved.is_some() { "solved" } else { "open" };
            let value = serde_json::json!({ "id": "t", "account": "a", "status": status, "priority": "normal", "opened": opened, "solved": solved });
            serde_json::from_value(value).expect("a ticket")
        };
        let feed = Some(zone.day(now));
        let load = |tickets: &[Ticket]| workload(tickets, feed, now, zone).expect("a load");
        assert_eq!(workload(&[], feed, now, zone), None);
        // Two a month, then seven; solved in ten hours, lately in thirty.
        let mut all: Vec<Ticket> = (1..=8)
            .flat_map(|m| [ticket(m * 30 + 3, Some(10)), ticket(m * 30 + 9, Some(10))])
            .collect();
        all.extend((0..7).map(|i| ticket(i * 4 + 3, Some(30))));
        let found = load(&all);
        assert_eq!((found.opened, found.usual, found.open), (7, Some(2.0), 0));
        assert_eq!(found.hours, (Some(30.0), Some(10.0)));
        // A short history has no usual number; future tickets do not count.
        let young = load(&[ticket(70, None), ticket(1, None), ticket(-2, None)]);
        assert_eq!(
            (
                young.opened,
                young.usual,
                young.hours,
                young.open,
                young.old
            ),
            (1, None, (None, None), 2, 1)
        );
        // The thirtieth day back by the local calendar.
        assert_eq!(load(&[ticket(29, Some(1))]).opened, 1);
        assert_eq!(load(&[ticket(30, Some(1))]).opened, 0);
        // Without recent imports the last known month counts; after 60 days nothing does.
        let late =
            |days: i64| workload(&all, Some(zone.day(now) - Duration::days(days)), now, zone);
        assert_eq!(late(30).map(|w| (w.opened, w.usual)), Some((2, Some(2.0))));
        assert_eq!((late(61), workload(&all, None, now, zone)), (None, None));
        // The feed ends yesterday; this account's ticket of this morning counts.
        assert_eq!(
            workload(
                &[ticket(0, None)],
                Some(zone.day(now) - Duration::days(1)),
                now,
                zone
            )
            .map(|w| w.opened),
            Some(1)
        );
        // A reopened ticket counts as open.
        let again = Ticket {
            status: super::super::ticket::Status::Open,
            ..ticket(5, Some(3))
        };
        assert_eq!(load(&[again]).open, 1);
    }
}
