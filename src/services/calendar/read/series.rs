//! The occurrences of an event with its exceptions, as busy times.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::event::Event;
use super::moment::{Length, Moment, day_of, end_of};
use super::place::Place;
use super::repeat::{Begin, Budget, repeat};
use super::rule::Rule;
use super::slot::{Excluded, Key, Slot};
use super::unread::Unread;
use super::until::Until;
use crate::domain::cadence::absence::Span;
use crate::domain::text::clean_line;

/// Longer titles are cut.
const TITLE: usize = 80;

/// The time that is read, and the zone of the owner.
pub struct Window<'a> {
    pub first: DateTime<Utc>,
    /// The exclusive end.
    pub last: DateTime<Utc>,
    pub owner: &'a Place,
}

/// The versions and exceptions of one event.
pub struct Series<'a> {
    pub window: &'a Window<'a>,
    pub budget: &'a mut Budget,
    pub spans: &'a mut Vec<Span>,
    pub problems: &'a mut Vec<(usize, Unread)>,
}

impl Series<'_> {
    /// Adds the busy times of all events with one id.
    pub fn add(&mut self, events: &[Event]) {
        let (exceptions, versions): (Vec<&Event>, Vec<&Event>) =
            events.iter().partition(|e| e.replaces.is_some());
        let masters = newest(&versions, self.window.owner);
        // A withdrawn event takes its older exceptions with it.
        let withdrawn = masters.iter().find(|m| m.rank.withdraws);
        let exceptions: Vec<&Event> = exceptions
            .into_iter()
            .filter(|e| withdrawn.is_none_or(|w| e.rank.sequence > w.rank.sequence))
            .collect();
        let masters: Vec<&Event> = masters.into_iter().filter(|m| !m.rank.withdraws).collect();
        let by_key = self.by_key(masters.first().copied(), &exceptions);
        let and_later: Vec<&Event> = by_key.values().filter(|e| e.and_later).copied().collect();
        for master in &masters {
            self.add_master(master, &by_key, &and_later);
        }
        let excluded = masters
            .first()
            .map(|m| self.excluded(m, &[]))
            .unwrap_or_default();
        for (key, exception) in &by_key {
            // An occurrence that was left out after it was changed.
            if !excluded.keys.contains(key) {
                self.add_exception(exception, masters.first().copied());
            }
        }
    }

    /// The exceptions by the occurrence that they replace; of several the newest.
    fn by_key<'e>(
        &self,
        master: Option<&Event>,
        exceptions: &[&'e Event],
    ) -> BTreeMap<Key, &'e Event> {
        let mut out: BTreeMap<Key, &Event> = BTreeMap::new();
        for exception in exceptions {
            let Some(replaces) = &exception.replaces else {
                continue;
            };
            let key = match master {
                Some(master) => self.key_in(master, replaces),
                None => self.key(replaces),
            };
            let kept = out.entry(key).or_insert(exception);
            if exception.rank >= kept.rank {
                *kept = exception;
            }
        }
        out
    }

    fn key(&self, moment: &Moment) -> Key {
        match moment {
            Moment::Day(day) => Key::Day(*day),
            Moment::At(..) => Key::At(moment.instant(self.window.owner)),
        }
    }

    /// The key of a moment that names an occurrence of a series, even where one is written as a
    /// day and the other as a time.
    fn key_in(&self, master: &Event, moment: &Moment) -> Key {
        match (&master.start, moment) {
            (Moment::At(start, place), Moment::Day(day)) => {
                Key::At(place.instant(day.and_time(start.time())))
            }
            (Moment::Day(_), Moment::At(wall, place)) => {
                Key::Day(day_of(*wall, place, self.window.owner))
            }
            _ => self.key(moment),
        }
    }

    fn add_master(
        &mut self,
        master: &Event,
        exceptions: &BTreeMap<Key, &Event>,
        and_later: &[&Event],
    ) {
        if !self.budget.take(and_later.len() as u64) {
            self.problems.push((master.line, Unread::TooOften));
            return;
        }
        let mut shifts: Vec<(DateTime<Utc>, &Event)> = and_later
            .iter()
            .filter_map(|e| Some((self.at_of(master, e.replaces.as_ref()?), *e)))
            .collect();
        shifts.sort_by_key(|(at, _)| *at);
        let excluded = self.excluded(master, &shifts);
        for slot in self.slots(master, &shifts) {
            if exceptions.contains_key(&slot.key) || excluded.holds(&slot) {
                continue;
            }
            let at = self.at_of(master, &slot.start);
            let before = shifts.partition_point(|(from, _)| *from <= at);
            match before.checked_sub(1).and_then(|i| shifts.get(i)) {
                None => {
                    let length = slot.length.as_ref().unwrap_or(&master.length);
                    self.span(master, &slot.start, length);
                }
                // A changed rest with a rule of its own is a series of its own.
                Some((_, changed)) if changed.rules.is_empty() => {
                    let start = self.shifted(&slot.start, changed);
                    let again = exceptions.contains_key(&self.key(&start));
                    if let Some(start) = Some(start).filter(|_| !again) {
                        self.span(changed, &start, &changed.length);
                    }
                }
                Some(_) => {}
            }
        }
    }

    fn at_of(&self, master: &Event, moment: &Moment) -> DateTime<Utc> {
        match self.key_in(master, moment) {
            Key::At(at) => at,
            Key::Day(day) => Moment::Day(day).instant(self.window.owner),
        }
    }

    /// The start of a later occurrence, moved as an exception for it and all later ones was.
    fn shifted(&self, slot: &Moment, changed: &Event) -> Moment {
        let Some(replaces) = &changed.replaces else {
            return slot.clone();
        };
        let owner = self.window.owner;
        let by = match (replaces, &changed.start) {
            (Moment::At(from, a), Moment::At(to, b)) if a == b => *to - *from,
            (Moment::Day(from), Moment::Day(to)) => *to - *from,
            (from, to) => to.instant(owner) - from.instant(owner),
        };
        match (slot, &changed.start) {
            (Moment::Day(day), Moment::Day(_)) => {
                Moment::Day(day.checked_add_signed(by).unwrap_or(*day))
            }
            (Moment::At(wall, place), Moment::At(_, other)) => {
                // The series goes on by the clock of the exception.
                let here = if place == other {
                    *wall
                } else {
                    other.local(place.instant(*wall))
                };
                Moment::At(here.checked_add_signed(by).unwrap_or(here), other.clone())
            }
            (slot, Moment::At(to, other)) => {
                Moment::At(slot.wall().date().and_time(to.time()), other.clone())
            }
            (slot, Moment::Day(_)) => Moment::Day(slot.wall().date()),
        }
    }

    fn add_exception(&mut self, event: &Event, master: Option<&Event>) {
        let inherited = master.filter(|_| event.no_start && event.is_bare);
        let length = inherited.map_or(&event.length, |m| &m.length);
        let start = match (&event.start, master.map(|m| &m.start)) {
            // A day that names an occurrence of a series of times.
            (Moment::Day(day), Some(Moment::At(wall, place))) if event.no_start => {
                Moment::At(day.and_time(wall.time()), place.clone())
            }
            (start, _) => start.clone(),
        };
        if event.rules.is_empty() {
            self.span(event, &start, length);
            return;
        }
        let excluded = self.excluded(event, &[]);
        for slot in self.slots(event, &[]) {
            if !excluded.holds(&slot) {
                self.span(event, &slot.start, length);
            }
        }
    }

    fn excluded(&mut self, master: &Event, shifts: &[(DateTime<Utc>, &Event)]) -> Excluded {
        let mut out = Excluded::default();
        for moment in &master.excluded {
            match (&master.start, moment) {
                (Moment::At(..), Moment::Day(day)) => out.days.insert(*day),
                _ => out.keys.insert(self.key_in(master, moment)),
            };
        }
        for (line, rule) in &master.excluded_rules {
            let slots = self.of_rule(master, (*line, rule, false), shifts);
            out.keys.extend(slots.into_iter().map(|s| s.key));
        }
        out
    }

    /// The occurrences that may touch the window, each once and in their order.
    fn slots(&mut self, master: &Event, shifts: &[(DateTime<Utc>, &Event)]) -> Vec<Slot> {
        let mut out: BTreeMap<Key, Slot> = BTreeMap::new();
        // With one rule, the start is the first that is counted; several are counted each alone.
        let counts = master.rules.len() == 1;
        if !counts {
            let slot = self.slot(master, master.start.clone());
            out.insert(slot.key, slot);
        }
        for (line, rule) in &master.rules {
            for slot in self.of_rule(master, (*line, rule, counts), shifts) {
                out.insert(slot.key, slot);
            }
        }
        for added in &master.added {
            let start = match (&master.start, &added.start) {
                (Moment::At(wall, place), Moment::Day(day)) => {
                    Moment::At(day.and_time(wall.time()), place.clone())
                }
                (Moment::Day(_), Moment::At(wall, place)) if added.length.is_none() => {
                    Moment::Day(day_of(*wall, place, self.window.owner))
                }
                (_, start) => start.clone(),
            };
            let mut slot = self.slot(master, start);
            slot.length.clone_from(&added.length);
            // A period says more than the rule.
            if added.length.is_some() || !out.contains_key(&slot.key) {
                out.insert(slot.key, slot);
            }
        }
        out.into_values().collect()
    }

    fn slot(&self, master: &Event, start: Moment) -> Slot {
        Slot {
            key: self.key_in(master, &start),
            start,
            length: None,
        }
    }

    fn of_rule(
        &mut self,
        master: &Event,
        (line, rule, counts): (usize, &Rule, bool),
        shifts: &[(DateTime<Utc>, &Event)],
    ) -> Vec<Slot> {
        if !self.budget.take(1 + shifts.len() as u64) {
            self.problems.push((line, Unread::TooOften));
            return Vec::new();
        }
        let owner = self.window.owner;
        let wall = master.start.wall();
        let at = |wall: NaiveDateTime| match &master.start {
            Moment::Day(_) => Moment::Day(wall.date()),
            Moment::At(_, place) => Moment::At(wall, place.clone()),
        };
        // An occurrence outside the window may last or be moved into it.
        let lasts = |e: &Event| {
            let end = end_of(&e.start, &e.length, owner);
            end.map_or(TimeDelta::zero(), |end| end - e.start.instant(owner))
        };
        let moves = |e: &Event| {
            let from = e.replaces.as_ref().map(|r| r.instant(owner));
            from.map_or(TimeDelta::zero(), |from| {
                (e.start.instant(owner) - from).abs()
            })
        };
        let all = || std::iter::once(master).chain(shifts.iter().map(|(_, e)| *e));
        let longest = all().map(lasts).max().unwrap_or_default();
        let margin = shifts
            .iter()
            .map(|(_, e)| moves(e))
            .max()
            .unwrap_or_default()
            + Duration::days(2);
        let from = self.window.first.checked_sub_signed(longest + margin);
        let from = from.map_or(NaiveDate::MIN, |at| at.date_naive());
        let last = self.window.last.checked_add_signed(margin);
        let last = last.map_or(NaiveDate::MAX, |at| at.date_naive());
        let until = rule
            .until
            .map(|until| Until::of(until, &master.start, owner));
        let mut found = Vec::new();
        let begin = Begin {
            start: wall,
            counts,
            from,
        };
        // One event without end leaves enough for the others.
        let mut own = Budget(self.budget.0.min(MOST_OF_ONE));
        self.budget.0 -= own.0;
        let lasted = repeat(rule, begin, &mut own, &mut |wall| {
            if found.len() > OCCURRENCES
                || wall.date() > last
                || until.as_ref().is_some_and(|u| u.is_before(wall))
            {
                return ControlFlow::Break(());
            }
            if wall.date() >= from {
                found.push(wall);
            }
            ControlFlow::Continue(())
        });
        self.budget.0 += own.0;
        if !lasted || found.len() > OCCURRENCES {
            self.problems.push((line, Unread::TooOften));
            found.truncate(OCCURRENCES);
        }
        found
            .into_iter()
            .map(|wall| self.slot(master, at(wall)))
            .collect()
    }

    /// Adds a busy time of an event, unless it takes no time or lies outside the window.
    fn span(&mut self, event: &Event, start: &Moment, length: &Length) {
        if event.is_free {
            return;
        }
        let owner = self.window.owner;
        let Some(end) = end_of(start, length, owner) else {
            self.problems.push((event.line, Unread::TooLong));
            return;
        };
        let start = start.instant(owner);
        if end <= start || end <= self.window.first || start >= self.window.last {
            return;
        }
        self.spans.push(Span {
            start,
            end,
            title: clean_line(&event.title).chars().take(TITLE).collect(),
            whole: event.whole,
        });
    }
}

/// The days and occurrences that are looked at for one rule.
const MOST_OF_ONE: u64 = 1_000_000;
/// The most occurrences of one event that are read.
const OCCURRENCES: usize = 20_000;

/// The versions of an event that count: the newest. Versions that are equally new and differ in
/// their start are different events of a program that gives them one id.
fn newest<'e>(versions: &[&'e Event], owner: &Place) -> Vec<&'e Event> {
    let Some(best) = versions.iter().map(|v| &v.rank).max() else {
        return Vec::new();
    };
    let mut starts = HashSet::new();
    let newest = versions.iter().rev().filter(|v| v.rank == *best);
    newest
        .filter(|v| starts.insert((v.start.wall(), v.start.instant(owner))))
        .copied()
        .collect()
}
