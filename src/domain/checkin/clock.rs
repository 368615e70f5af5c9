//! The call's clock, read from stored moments: it survives a suspended laptop, kill -9 and a
//! reopened terminal, because nothing counts while the program is away.

use chrono::{DateTime, Duration, Utc};

use super::{Checkin, EventKind};

/// Where a section's time stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    Within,
    /// Past the target: a gentle warning.
    PastTarget,
    /// Past the longest time: a clear one.
    Over,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Since the start, pauses left out.
    pub total: Duration,
    /// Time spent in each section.
    pub sections: Vec<Duration>,
    pub current: usize,
    pub paused: bool,
    pub running: bool,
    /// Target of each section, with extensions and as it was planned anew.
    pub targets: Vec<Duration>,
    /// Minutes added to each section.
    pub extended: Vec<u32>,
    /// Sections that are left out.
    pub dropped: Vec<bool>,
    /// Sections that were entered at least once.
    pub visited: Vec<bool>,
}

/// Reads the clock at a moment.
pub fn read(checkin: &Checkin, at: DateTime<Utc>) -> Reading {
    let n = checkin.sections.len();
    let mut reading = Reading {
        total: Duration::zero(),
        sections: vec![Duration::zero(); n],
        current: 0,
        paused: false,
        running: false,
        targets: Vec::new(),
        extended: vec![0; n],
        dropped: vec![false; n],
        visited: vec![false; n],
    };
    reading.targets = checkin
        .sections
        .iter()
        .map(|s| Duration::seconds(i64::from(s.target)))
        .collect();
    let mut since: Option<DateTime<Utc>> = None;
    // A clock that was set back runs on from the latest moment it has seen.
    let mut latest = DateTime::<Utc>::MIN_UTC;
    let settle = |reading: &mut Reading, since: Option<DateTime<Utc>>, until: DateTime<Utc>| {
        if let Some(since) = since {
            // A clock that was set back must not take time away.
            let spent = (until - since).max(Duration::zero());
            reading.total += spent;
            if let Some(section) = reading.sections.get_mut(reading.current) {
                *section += spent;
            }
        }
    };
    for event in &checkin.events {
        latest = latest.max(event.at);
        let now = latest;
        match &event.what {
            EventKind::Started => {
                since = Some(now);
                reading.running = true;
                if n > 0 {
                    reading.visited[0] = true;
                }
            }
            EventKind::Entered { section } => {
                settle(&mut reading, since, now);
                since = since.map(|_| now);
                reading.current = (*section).min(n.saturating_sub(1));
                if let Some(v) = reading.visited.get_mut(*section) {
                    *v = true;
                }
            }
            EventKind::Paused => {
                settle(&mut reading, since.take(), now);
                reading.paused = true;
            }
            EventKind::Resumed => {
                settle(&mut reading, since.take(), now);
                since = Some(now);
                reading.running = true;
                reading.paused = false;
            }
            EventKind::Extended { section, minutes } => {
                if let (Some(e), Some(target)) = (
                    reading.extended.get_mut(*section),
                    reading.targets.get_mut(*section),
                ) {
                    *e += minutes;
                    *target += Duration::minutes(i64::from(*minutes));
                }
            }
            EventKind::Replanned { targets } => {
                for (section, seconds) in targets {
                    if let Some(target) = reading.targets.get_mut(*section) {
                        *target = Duration::seconds(i64::from(*seconds));
                    }
                }
            }
            EventKind::Dropped { section } => {
                if let Some(d) = reading.dropped.get_mut(*section) {
                    *d = true;
                }
            }
            EventKind::Restored { section } => {
                if let Some(d) = reading.dropped.get_mut(*section) {
                    *d = false;
                }
            }
            EventKind::LeaveBy { .. } | EventKind::StartAt { .. } | EventKind::Mood { .. } => {}
            EventKind::Ended => {
                settle(&mut reading, since.take(), now);
                reading.running = false;
                reading.paused = false;
            }
        }
    }
    settle(&mut reading, since, at.max(latest));
    reading
}

impl Reading {
    pub fn target(&self, section: usize) -> Duration {
        self.targets
            .get(section)
            .copied()
            .unwrap_or_else(Duration::zero)
    }

    pub fn longest(&self, checkin: &Checkin, section: usize) -> Duration {
        let minutes = checkin.sections.get(section).map_or(0, |s| s.max)
            + self.extended.get(section).copied().unwrap_or(0);
        Duration::minutes(i64::from(minutes))
    }

    /// Planned length: the targets of all that is not left out, and the time that what is left out
    /// has taken already.
    pub fn planned(&self) -> Duration {
        (0..self.targets.len())
            .map(|i| {
                if self.dropped[i] {
                    self.sections[i]
                } else {
                    self.targets[i]
                }
            })
            .sum()
    }

    pub fn pace(&self, checkin: &Checkin, section: usize) -> Pace {
        let spent = self
            .sections
            .get(section)
            .copied()
            .unwrap_or_else(Duration::zero);
        if spent > self.longest(checkin, section) {
            Pace::Over
        } else if spent > self.target(section) {
            Pace::PastTarget
        } else {
            Pace::Within
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Event, Kind,
        agenda::{Section, Words},
        wrapup::Wrapup,
    };
    use super::*;
    use chrono::TimeZone;

    fn at(seconds: i64) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap() + Duration::seconds(seconds)
    }

    fn checkin(events: Vec<(i64, EventKind)>) -> Checkin {
        let section = |min, target: u32, max| Section {
            name: Words::both("s"),
            min,
            target: target * 60,
            max,
            prompts: vec![],
            ticket: None,
        };
        Checkin {
            id: "c".into(),
            account: "a".into(),
            kind: Kind::Risk,
            template: "risk".into(),
            title: None,
            author: "me".into(),
            created: at(0),
            sections: vec![section(1, 1, 2), section(10, 12, 15)],
            events: events
                .into_iter()
                .map(|(s, what)| Event { at: at(s), what })
                .collect(),
            notes: vec![],
            prepared: None,
            noted: None,
            wrapup: Wrapup::default(),
        }
    }

    #[test]
    fn sections_pauses_and_extensions_add_up() {
        let c = checkin(vec![
            (0, EventKind::Started),
            (108, EventKind::Entered { section: 1 }),
            (200, EventKind::Paused),
            (800, EventKind::Resumed),
            (
                800,
                EventKind::Extended {
                    section: 1,
                    minutes: 5,
                },
            ),
        ]);
        let r = read(&c, at(861));
        assert_eq!(r.total, Duration::seconds(108 + 92 + 61));
        assert_eq!(
            r.sections,
            vec![Duration::seconds(108), Duration::seconds(153)]
        );
        assert_eq!(r.pace(&c, 0), Pace::PastTarget);
        assert_eq!(r.target(1), Duration::minutes(17));
        assert_eq!(r.planned(), Duration::minutes(18));
        assert!(r.running && !r.paused);
    }

    #[test]
    fn time_stops_at_the_end_and_never_runs_backwards() {
        let c = checkin(vec![(0, EventKind::Started), (60, EventKind::Ended)]);
        assert_eq!(read(&c, at(9_999)).total, Duration::seconds(60));
        let set_back = checkin(vec![(0, EventKind::Started)]);
        assert_eq!(read(&set_back, at(-50)).total, Duration::zero());
    }
}
