//! State of the renewals screen: a quarter, its terms in groups, and the cursor.

use crate::app::kit::about::{About, Ground};
use crate::app::kit::list::ListState;
use crate::config::Known;
use crate::domain::account::Tier;
use crate::domain::dossier::terms::Status;
use crate::domain::ids::AccountId;
use crate::domain::money::{Currency, Totals};
use crate::domain::renewals::quarter::{Grouping, Period, Quarter};
use crate::domain::renewals::{Due, TermKey};
use crate::domain::when::YearStart;

/// What the terms of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The year and the month of the end.
    Month(i32, u32),
    Owner(String),
    Tier(Option<Tier>),
    Currency(Option<Currency>),
    /// Terms that renewed by contract, and nobody confirmed it.
    Unconfirmed,
    /// Terms that ended before the first use, without an outcome.
    BeforeUse,
    /// Those of them that the user ignores.
    Ignored,
    /// Terms of under three months.
    Rolling,
}

impl Group {
    /// Whether its terms show only when the user unfolds it: they are in no rate, or not asked about.
    pub fn is_folded(&self) -> bool {
        matches!(
            self,
            Group::Unconfirmed | Group::BeforeUse | Group::Ignored | Group::Rolling
        )
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// A group, its number of terms and what is due in it.
    Group(Group, usize, Totals),
    /// A term, by its place in the quarter.
    Term(usize),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    pub list: ListState,
    pub grouping: Grouping,
    /// Quarters from this one.
    pub step: i32,
    /// The period that is shown or read; none before the screen was opened.
    pub period: Option<Period>,
    pub quarter: Option<Box<Quarter>>,
    /// A reading is under way, or waits until the store is open.
    pub reading: bool,
    /// The operations that were on disk as the reading began: each later one makes it old.
    pub as_of: u64,
    /// The groups that the user unfolded.
    pub unfolded: Vec<Group>,
    /// The terms that the user marked.
    pub marked: Vec<TermKey>,
    /// Whether each figure says what it means.
    pub definitions: bool,
    /// How far the figures with their definitions are scrolled.
    pub scroll: usize,
    pub lines: Vec<Line>,
    /// The user was asked when the fiscal year begins.
    pub asked: bool,
}

impl State {
    /// Puts the lines in order: overdue terms first, then the groups, folded ones last.
    pub fn arrange(&mut self) {
        self.lines.clear();
        let Some(quarter) = &self.quarter else {
            return;
        };
        let mut groups: Vec<(Option<Group>, Vec<usize>)> = Vec::new();
        for (at, row) in quarter.rows.iter().enumerate() {
            let group = self.group(row);
            match groups.iter_mut().find(|(known, _)| *known == group) {
                Some((_, rows)) => rows.push(at),
                None => groups.push((group, vec![at])),
            }
        }
        let folded = |group: &Option<Group>| group.as_ref().is_some_and(Group::is_folded);
        groups.sort_by(|(a, _), (b, _)| (folded(a), a).cmp(&(folded(b), b)));
        for (group, rows) in groups {
            let mut open = true;
            if let Some(group) = group {
                let mut due = Totals::default();
                rows.iter()
                    .filter_map(|at| quarter.rows[*at].due)
                    .for_each(|m| due.add(m));
                open = !group.is_folded() || self.unfolded.contains(&group);
                self.lines.push(Line::Group(group, rows.len(), due));
            }
            if open {
                self.lines.extend(rows.into_iter().map(Line::Term));
            }
        }
    }

    /// The group of a term; none where the terms follow each other by day.
    fn group(&self, row: &Due) -> Option<Group> {
        use chrono::Datelike;
        let apart = match row.status {
            _ if row.rolling => Some(Group::Rolling),
            Status::Unconfirmed => Some(Group::Unconfirmed),
            Status::BeforeUse if row.is_ignored() => Some(Group::Ignored),
            Status::BeforeUse => Some(Group::BeforeUse),
            Status::Renewed
            | Status::Lost
            | Status::Extended
            | Status::Merged
            | Status::Open
            | Status::Overdue => None,
        };
        let stands = row.stands.as_ref();
        apart.or_else(|| match self.grouping {
            Grouping::Day => None,
            Grouping::Month => Some(Group::Month(row.ends_on.year(), row.ends_on.month())),
            Grouping::Owner => Some(Group::Owner(
                stands.map(|s| s.owner.clone()).unwrap_or_default(),
            )),
            Grouping::Tier => Some(Group::Tier(stands.map(|s| s.tier))),
            Grouping::Currency => Some(Group::Currency(row.due.map(|m| m.currency))),
        })
    }

    /// The term under the cursor; of a folded group all its terms.
    pub fn chosen(&self) -> Vec<TermKey> {
        let (Some(line), Some(quarter)) = (self.lines.get(self.list.cursor), &self.quarter) else {
            return Vec::new();
        };
        match line {
            Line::Term(at) => quarter.rows.get(*at).map(Due::key).into_iter().collect(),
            Line::Group(group, ..) if group.is_folded() => {
                let of = |row: &&Due| self.group(row).as_ref() == Some(group);
                quarter.rows.iter().filter(of).map(Due::key).collect()
            }
            Line::Group(..) => Vec::new(),
        }
    }

    /// The term under the cursor.
    pub fn current(&self) -> Option<&Due> {
        match self.lines.get(self.list.cursor)? {
            Line::Term(at) => self.quarter.as_ref()?.rows.get(*at),
            Line::Group(..) => None,
        }
    }
}

impl About for State {
    fn about(&self, _ground: &Ground) -> Option<AccountId> {
        self.current().map(|row| row.account.clone())
    }
}

/// Answers about the fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It begins on this day.
    Starts(YearStart),
    /// It begins on another day, which is asked for.
    Another,
    /// The day that was typed.
    Typed,
}

/// Results from the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Read(Box<Quarter>),
    /// What was said was written to this file.
    Remembered(Known, String),
}

/// Work for the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Reads a period.
    Read(Period),
    /// Writes when the fiscal year begins.
    Remember(Known),
}
