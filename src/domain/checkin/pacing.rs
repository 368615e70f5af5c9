//! Keeping time in a call: replanning the time left over the sections to come, reminders before a
//! hard stop, and the lengths of earlier calls.

use chrono::{DateTime, Duration, Utc};

use super::clock::{Reading, read};
use super::shares::{Range, shares};
use super::{Checkin, State};

/// The plan for the time left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The section, its present and its proposed target, in seconds; the current section first.
    pub targets: Vec<(usize, u32, u32)>,
    /// The time to the planned end, or to an earlier hard stop.
    pub left: Duration,
    /// The time missing even if every section takes its shortest time; zero where everything fits.
    pub short: Duration,
}

impl Plan {
    pub fn changes(&self) -> bool {
        self.targets.iter().any(|t| t.1 != t.2)
    }
}

/// The planned length of the call: the one of its meeting, and the minutes it was extended by. A
/// section that is added or left out does not change it.
pub fn planned(checkin: &Checkin, reading: &Reading) -> Duration {
    let extended: i64 = reading.extended.iter().map(|m| i64::from(*m)).sum();
    Duration::minutes(i64::from(checkin.length()) + extended)
}

/// The planned end of the call: after its planned length and its pauses, or an earlier hard stop. A
/// late start or a pause does not move an agreed end.
pub fn end(checkin: &Checkin, reading: &Reading, now: DateTime<Utc>) -> DateTime<Utc> {
    let planned = planned(checkin, reading);
    let agreed = checkin.start_at().map(|at| at + planned);
    let planned = now + planned - reading.total;
    let planned = agreed.map_or(planned, |agreed| agreed.min(planned));
    checkin.leave_by().map_or(planned, |stop| stop.min(planned))
}

/// Plans the time left. In a late call every section to come gives up the same share of the time
/// between its target and its shortest time; in an early one it gains the same share up to its
/// longest time.
pub fn replan(checkin: &Checkin, now: DateTime<Utc>) -> Plan {
    let reading = read(checkin, now);
    let left = (end(checkin, &reading, now) - now).max(Duration::zero());
    let current = reading.current;
    let spent = |i: usize| {
        reading
            .sections
            .get(i)
            .copied()
            .unwrap_or_else(Duration::zero)
            .num_seconds()
    };
    let ahead: Vec<usize> = (current..checkin.sections.len())
        .filter(|i| !reading.dropped[*i])
        .collect();
    // The further time of a section: shortest, planned and longest.
    let need = |i: usize, seconds: i64| {
        if i == current {
            (seconds - spent(i)).max(0)
        } else {
            seconds
        }
    };
    let ranges: Vec<Range> = ahead
        .iter()
        .map(|&i| {
            let s = &checkin.sections[i];
            let extended = i64::from(reading.extended[i]) * 60;
            let least = need(i, i64::from(s.min) * 60);
            let planned = need(i, i64::from(s.target) + extended).max(least);
            let most = need(i, i64::from(s.max) * 60 + extended).max(planned);
            Range {
                least,
                planned,
                most,
            }
        })
        .collect();
    let least: i64 = ranges.iter().map(|r| r.least).sum();
    let times = shares(&ranges, left.num_seconds());
    let targets = ahead
        .iter()
        .zip(times)
        .map(|(&i, rest)| {
            let seconds = if i == current { spent(i) + rest } else { rest };
            (
                i,
                reading.target(i).num_seconds().max(0) as u32,
                seconds.max(0) as u32,
            )
        })
        .collect();
    Plan {
        targets,
        left,
        short: Duration::seconds((least - left.num_seconds()).max(0)),
    }
}

/// A call is late when the planned sections to come exceed the time left.
pub fn is_late(checkin: &Checkin, now: DateTime<Utc>) -> bool {
    const PATIENCE: i64 = 60;
    let reading = read(checkin, now);
    let left = (end(checkin, &reading, now) - now).num_seconds();
    let need: i64 = (reading.current..checkin.sections.len())
        .filter(|i| !reading.dropped[*i])
        .map(|i| {
            let target = reading.target(i).num_seconds();
            if i == reading.current {
                (target - reading.sections[i].num_seconds()).max(0)
            } else {
                target
            }
        })
        .sum();
    need > left + PATIENCE
}

/// Minutes before a hard stop at which a reminder appears.
pub const REMINDERS: [i64; 2] = [5, 1];

/// The reminder that is due, in whole minutes left; it holds for one minute.
pub fn reminder(checkin: &Checkin, now: DateTime<Utc>) -> Option<i64> {
    let left = (checkin.leave_by()? - now).num_seconds();
    REMINDERS
        .into_iter()
        .find(|m| left <= m * 60 && left > (m - 1) * 60)
}

/// The length of a section in the last calls against its target then: minutes, oldest first.
/// Unfinished calls are left out.
pub fn took(past: &[Checkin], template: &str, section: &str) -> Vec<(u32, u32)> {
    const LAST: usize = 3;
    let mut calls: Vec<&Checkin> = past
        .iter()
        .filter(|c| c.template == template && matches!(c.state(), State::Done | State::Unwritten))
        .collect();
    calls.sort_by_key(|c| c.started());
    let mut out: Vec<(u32, u32)> = calls
        .iter()
        .filter_map(|c| {
            let i = c
                .sections
                .iter()
                .position(|s| s.name.en == section || s.name.ja == section)?;
            let reading = read(c, c.ended()?);
            (reading.visited[i] && !reading.dropped[i]).then(|| {
                (
                    ((reading.sections[i].num_seconds() + 30) / 60) as u32,
                    c.sections[i].target.div_ceil(60),
                )
            })
        })
        .collect();
    out.drain(..out.len().saturating_sub(LAST));
    out
}

/// The target to plan for a section after its last calls, minutes: their mean, where all three
/// differ from the target in the same direction by at least two minutes.
pub fn lesson(took: &[(u32, u32)]) -> Option<u32> {
    const CALLS: usize = 3;
    const APART: i64 = 2;
    if took.len() < CALLS {
        return None;
    }
    let over = took
        .iter()
        .all(|(took, target)| i64::from(*took) - i64::from(*target) >= APART);
    let under = took
        .iter()
        .all(|(took, target)| i64::from(*target) - i64::from(*took) >= APART);
    (over || under).then(|| {
        ((took.iter().map(|t| t.0).sum::<u32>() as f64 / took.len() as f64).round() as u32).max(1)
    })
}

#[cfg(test)]
mod tests;
