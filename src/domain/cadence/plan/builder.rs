//! The plan under construction: intervals, working days, and the preferences that block a touch.
//! The files beside this one add the touches.

use chrono::{Duration, NaiveDate};

use super::ground::{Ground, end_of};
use super::touch::{Own, Planned, Rule};
use crate::domain::account::{Account, Stage, Tier};
use crate::domain::cadence::rhythm::Rhythm;
use crate::domain::cadence::start::Start;
use crate::domain::cadence::theirs::Theirs;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::cadence::{Every, Kind};
use crate::domain::portfolio::row::Standing;
use crate::domain::prefs::Block;
use crate::domain::text::hash;

/// Days after a declined or missed touch until it is asked for again.
const ASK_AGAIN: i64 = 5;

pub struct Builder<'a> {
    pub account: &'a Account,
    pub rhythm: Option<&'a Rhythm>,
    pub s: &'a Standing,
    pub g: &'a Ground<'a>,
    pub theirs: Theirs<'a>,
    pub start: Start,
    pub until: NaiveDate,
    pub out: Vec<Planned>,
    /// The day each touch would have without smoothing: later touches must not depend on where
    /// smoothing placed an earlier one.
    pub natural: Vec<NaiveDate>,
}

impl Builder<'_> {
    /// The stage on a later day: onboarding and adoption end by themselves.
    pub fn stage_on(&self, day: NaiveDate) -> Stage {
        let Some(start) = self.s.anchors.start else {
            return self.s.stage;
        };
        let age = (day - start).num_days();
        match self.s.stage {
            Stage::Onboarding if age > 365 => Stage::Growth,
            Stage::Onboarding if age > 45 => Stage::Adoption,
            Stage::Adoption if age > 365 => Stage::Growth,
            stage => stage,
        }
    }

    /// The first day of a later stage.
    pub fn next_stage(&self, after: NaiveDate) -> Option<NaiveDate> {
        let start = self.s.anchors.start?;
        [46, 366]
            .iter()
            .map(|d| start + Duration::days(*d))
            .find(|d| *d > after && self.stage_on(*d) != self.stage_on(after))
    }

    /// Reviews of the highest tier are never skipped.
    pub fn never_skipped(&self, kind: Kind) -> bool {
        kind == Kind::Review && self.s.tier == Tier::Enterprise
    }

    pub fn interval(&self, kind: Kind, day: NaiveDate) -> Option<(Every, Rule)> {
        let stage = self.stage_on(day);
        let by_rule = self.g.policy.every(kind, self.s.tier, stage).map(|every| {
            (
                every,
                Rule::Interval {
                    every,
                    tier: self.s.tier,
                    stage,
                },
            )
        });
        let own = match self.rhythm.and_then(|r| r.every.get(&kind)) {
            Some(d) => match d.every {
                Some(every) => Some((every, Rule::Deviation { every })),
                None if self.never_skipped(kind) => by_rule,
                None => None,
            },
            None => by_rule,
        };
        let (every, rule) = own?;
        let preferred = kind
            .message()
            .and_then(|m| self.account.prefs.spacing(m).ok().flatten());
        match preferred {
            Some(days) if days > every.length() && !self.never_skipped(kind) => {
                let every = Every::days(days as u32);
                Some((every, Rule::Preference { every }))
            }
            _ => Some((every, rule)),
        }
    }

    /// Whether both sides work on the day, and the customer may be contacted in this way.
    pub fn is_open(&self, kind: Kind, day: NaiveDate) -> bool {
        self.g.calendar.is_open(day) && self.theirs.is_open(day, kind)
    }

    /// The day smoothing gave a touch, if the touch may be on it.
    pub fn placed(&self, kind: Kind, ideal: NaiveDate, latest: NaiveDate) -> Option<NaiveDate> {
        let placed = self
            .rhythm?
            .placed
            .iter()
            .find(|p| p.kind == kind && p.ideal == ideal)?
            .date;
        (placed >= self.g.today.max(ideal)
            && placed <= end_of(self.g, latest)
            && self.is_open(kind, placed))
        .then_some(placed)
    }

    /// A working day for a touch: the first from the ideal day to the latest; else the last one
    /// before, not before today and not further back than the slack; else the first one after.
    pub fn working_day(&self, kind: Kind, ideal: NaiveDate, latest: NaiveDate) -> NaiveDate {
        let today = self.g.today;
        let first = ideal.max(today);
        let mut day = first;
        while day <= latest {
            if self.is_open(kind, day) {
                return day;
            }
            day += Duration::days(1);
        }
        let reach = (latest - ideal).num_days().max(2);
        let before = (1..=reach)
            .map(|n| ideal - Duration::days(n))
            .take_while(|d| *d >= today)
            .find(|d| self.is_open(kind, *d));
        let after = || {
            self.g
                .calendar
                .next(first.max(latest), |d| self.is_open(kind, d))
        };
        // A long blackout must end the search.
        let far = || {
            (62..400)
                .map(|n| first + Duration::days(n))
                .find(|d| self.is_open(kind, *d))
        };
        before.or_else(after).or_else(far).unwrap_or(first)
    }

    /// A declined or missed touch is asked for again after some days, not the next morning.
    pub fn ask_again(&self, kind: Kind, ideal: NaiveDate) -> Option<NaiveDate> {
        let from = self.s.anchors.refused[kind.index()]? + Duration::days(ASK_AGAIN);
        if from <= self.g.today || ideal >= from {
            return None;
        }
        self.g.calendar.next(from, |d| self.is_open(kind, d))
    }

    pub fn push(&mut self, kind: Kind, ideal: NaiveDate, latest: NaiveDate, rule: Rule) {
        let latest = self.start.latest_by(&rule, ideal, latest);
        let natural = self
            .ask_again(kind, ideal)
            .unwrap_or_else(|| self.working_day(kind, ideal, latest));
        let placed = self.placed(kind, ideal, latest);
        let date = placed.unwrap_or(natural);
        self.natural.push(natural);
        self.out.push(Planned {
            kind,
            ideal,
            latest,
            date,
            rule,
            own: Own {
                blocked: self.blocked_by(kind),
                ..Own::default()
            },
            placed: placed.is_some(),
        });
    }

    /// The preference that forbids a kind altogether.
    pub fn blocked_by(&self, kind: Kind) -> Option<Block> {
        let message = kind.message()?;
        if let Err(block) = self.account.prefs.spacing(message) {
            return Some(block);
        }
        self.s
            .anchors
            .nobody
            .contains(&message)
            .then_some(Block::NobodyLeft { message })
    }

    pub fn agreed(&mut self, meetings: &[Touchpoint]) {
        for m in meetings.iter().filter(|m| m.is_open()) {
            let local = self.g.zone.local(m.start);
            let ideal = m.ideal.unwrap_or(local.date());
            self.natural.push(local.date());
            self.out.push(Planned {
                kind: m.kind,
                ideal,
                latest: local.date(),
                date: local.date(),
                rule: Rule::Agreed,
                own: Own {
                    time: (!m.day_only).then(|| local.time()),
                    talk: Some(m.minutes),
                    agreed: Some(m.id.clone()),
                    ..Own::default()
                },
                placed: false,
            });
        }
    }

    /// The days of agreed or planned touches that serve as one of these kinds.
    pub fn days_of(&self, serves: impl Fn(&Planned) -> bool) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = self
            .out
            .iter()
            .zip(&self.natural)
            .filter(|(p, _)| p.counts() && serves(p))
            .map(|(_, day)| *day)
            .collect();
        days.sort_unstable();
        days
    }

    /// The day of a kind without any touch on record: on a grid of the account's own, so that a
    /// thousand accounts do not share a day. The next day whose window is open, because unknown is
    /// not late.
    pub fn unanchored(&self, every: Every, from: Option<NaiveDate>) -> NaiveDate {
        let (length, slack) = (every.length().max(1), self.g.policy.slack(every));
        let base = from.unwrap_or_else(|| {
            NaiveDate::from_ymd_opt(2020, 1, 6).unwrap_or_default()
                + Duration::days((hash(self.account.id.as_str()) % length as u64) as i64)
        });
        let mut times = ((self.g.today - base).num_days() / (length + 1)).max(0) as u32;
        while every.after(base, times) + Duration::days(slack) < self.g.today {
            times += 1;
        }
        every.after(base, times)
    }
}
