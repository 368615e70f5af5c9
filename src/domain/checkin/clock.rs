//! The clock of a call, read from stored moments. It survives a suspended laptop, a killed process
//! and a closed terminal, because no running counter holds it.

use chrono::{DateTime, Duration, Utc};

use super::agenda::Section;
use super::{Checkin, EventKind};

/// The state of a section's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    Within,
    /// Past the target: a gentle warning.
    PastTarget,
    /// Past the longest time: a clear warning.
    Over,
}

/// The clocks of a call at one moment, computed from its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Time since the start, without pauses.
    pub total: Duration,
    /// Time spent in each section.
    pub sections: Vec<Duration>,
    pub current: usize,
    pub paused: bool,
    pub running: bool,
    /// The target of each section, with extensions and replanning.
    pub targets: Vec<Duration>,
    /// Minutes added to each section.
    pub extended: Vec<u32>,
    /// The sections that are left out.
    pub dropped: Vec<bool>,
    /// The sections that were entered at least once.
    pub visited: Vec<bool>,
}

/// Reads the clock at a moment.
pub fn read(checkin: &Checkin, at: DateTime<Utc>) -> Reading {
    let mut clock = Clock::new(checkin);
    for event in &checkin.events {
        clock.latest = clock.latest.max(event.at);
        clock.follow(&event.what);
    }
    clock.latest = clock.latest.max(at);
    clock.spend();
    clock.reading
}

/// The clock while it reads the events.
struct Clock {
    reading: Reading,
    /// The moment since which it runs; none while it is stopped.
    since: Option<DateTime<Utc>>,
    /// The latest moment seen: after the system clock was set back, time runs on from here.
    latest: DateTime<Utc>,
}

impl Clock {
    fn new(checkin: &Checkin) -> Self {
        let n = checkin.sections.len();
        let target = |s: &Section| Duration::seconds(i64::from(s.target));
        Self {
            reading: Reading {
                total: Duration::zero(),
                sections: vec![Duration::zero(); n],
                current: 0,
                paused: false,
                running: false,
                targets: checkin.sections.iter().map(target).collect(),
                extended: vec![0; n],
                dropped: vec![false; n],
                visited: vec![false; n],
            },
            since: None,
            latest: DateTime::<Utc>::MIN_UTC,
        }
    }

    /// Adds the time since it last started to the current section, and stops.
    fn spend(&mut self) {
        if let Some(since) = self.since.take() {
            // A system clock that was set back must not subtract time.
            let spent = (self.latest - since).max(Duration::zero());
            self.reading.total += spent;
            if let Some(section) = self.reading.sections.get_mut(self.reading.current) {
                *section += spent;
            }
        }
    }

    fn follow(&mut self, event: &EventKind) {
        match event {
            EventKind::Started => {
                self.since = Some(self.latest);
                self.reading.running = true;
                set(&mut self.reading.visited, 0, true);
            }
            EventKind::Entered { section } => {
                let runs = self.since.is_some();
                self.spend();
                self.since = runs.then_some(self.latest);
                self.reading.current =
                    (*section).min(self.reading.sections.len().saturating_sub(1));
                set(&mut self.reading.visited, *section, true);
            }
            EventKind::Paused => {
                self.spend();
                self.reading.paused = true;
            }
            EventKind::Resumed => {
                self.spend();
                self.since = Some(self.latest);
                self.reading.running = true;
                self.reading.paused = false;
            }
            EventKind::Extended { section, minutes } => {
                let extended = self.reading.extended.get_mut(*section);
                let target = self.reading.targets.get_mut(*section);
                if let (Some(extended), Some(target)) = (extended, target) {
                    *extended += minutes;
                    *target += Duration::minutes(i64::from(*minutes));
                }
            }
            EventKind::Replanned { targets } => {
                for (section, seconds) in targets {
                    let target = Duration::seconds(i64::from(*seconds));
                    set(&mut self.reading.targets, *section, target);
                }
            }
            EventKind::Dropped { section } => set(&mut self.reading.dropped, *section, true),
            EventKind::Restored { section } => set(&mut self.reading.dropped, *section, false),
            EventKind::LeaveBy { .. }
            | EventKind::StartAt { .. }
            | EventKind::Length { .. }
            | EventKind::Mood { .. } => {}
            EventKind::Ended => {
                self.spend();
                self.reading.running = false;
                self.reading.paused = false;
            }
        }
    }
}

/// Sets an element of a list; ignores a place beyond its end.
fn set<T>(list: &mut [T], place: usize, value: T) {
    if let Some(slot) = list.get_mut(place) {
        *slot = value;
    }
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

    /// The planned length: the targets of all sections kept, and the time spent in those left out.
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
    use super::super::{Event, Kind, agenda::Words, wrapup::Wrapup};
    use super::*;
    use chrono::TimeZone;

    fn at(seconds: i64) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap() + Duration::seconds(seconds)
    }

    fn checkin(events: Vec<(i64, EventKind)>) -> Checkin {
        let section = |min, target: u32, max| Section {
            customer: None,
            name: Words::both("s"),
            min,
            target: target * 60,
            max,
            prompts: Default::default(),
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
    fn time_stops_at_the_end_and_never_decreases() {
        let c = checkin(vec![(0, EventKind::Started), (60, EventKind::Ended)]);
        assert_eq!(read(&c, at(9_999)).total, Duration::seconds(60));
        let set_back = checkin(vec![(0, EventKind::Started)]);
        assert_eq!(read(&set_back, at(-50)).total, Duration::zero());
    }
}
