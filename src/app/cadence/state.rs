//! State of the cadence screen: touches by month, week and day; weekly capacity; suggestions;
//! adherence.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use crate::app::kit::about::{About, Ground};
use crate::app::kit::list::ListState;
use crate::domain::account::Tier;
use crate::domain::book::Book;
use crate::domain::cadence::adherence::Adherence;
use crate::domain::cadence::avoided::{self, Abroad, Ended};
use crate::domain::cadence::capacity::{self, Week};
use crate::domain::cadence::plan::Due;
use crate::domain::cadence::schedule::{AccountScope, Desk, Entry, Plans};
use crate::domain::cadence::spread::{Job, Proposal};
use crate::domain::closed::closed;
use crate::domain::ids::AccountId;

closed! {
    Tab { Month = "month", Week = "week", Agenda = "agenda", Capacity = "capacity", Suggestions = "suggestions", Adherence = "adherence" }
}

/// A line of the adherence table: a tier or a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    Tier(Tier),
    Person(String),
}

/// How a day is listed whose hours do not hold all of its touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// The touches that do not fit.
    pub rest: usize,
    /// The minutes that the day has for touches.
    pub room: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub tab: Tab,
    pub list: ListState,
    /// The day under the cursor; `None` until the screen is first opened.
    pub day: Option<NaiveDate>,
    /// In the week view, the index among the touches of that day.
    pub slot: usize,
    /// Shows everybody's touches instead of the user's own.
    pub all: bool,
    /// Includes touches that take nobody's time.
    pub automatic: bool,
    /// The touches that are listed, from today on, by day.
    pub entries: Vec<Entry>,
    /// Those that the hours of their day do not hold, while they are folded.
    pub hidden: Vec<Entry>,
    /// The days whose hours do not hold all of their touches.
    pub folds: BTreeMap<NaiveDate, Fold>,
    /// What the hours of a day do not hold is listed all the same.
    pub unfolded: bool,
    pub weeks: Vec<Week>,
    /// Index of the row in the book, and of the suggestion within the row.
    pub suggestions: Vec<(usize, usize)>,
    pub kept: Vec<(Group, Adherence)>,
    /// The places of the shown accounts, without the team's own.
    pub abroad: Vec<Abroad>,
    /// Places whose table of holidays ends before the plan does.
    pub ended: Vec<Ended>,
    /// Codes of those of which the user was told.
    pub told: Vec<String>,
    plans: Plans,
    seen: Option<(u64, NaiveDate, [bool; 3], NaiveDate)>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            tab: Tab::Month,
            list: ListState::default(),
            day: None,
            slot: 0,
            all: false,
            automatic: false,
            entries: Vec::new(),
            folds: BTreeMap::new(),
            unfolded: false,
            hidden: Vec::new(),
            weeks: Vec::new(),
            suggestions: Vec::new(),
            kept: Vec::new(),
            abroad: Vec::new(),
            ended: Vec::new(),
            told: Vec::new(),
            plans: Plans::default(),
            seen: None,
        }
    }
}

/// Days ahead that are always planned: the weeks of the forecast.
const AHEAD: i64 = 7 * capacity::WEEKS as i64 + 7;
/// The farthest day that can be shown, in days from today.
pub const FARTHEST: i64 = 370;

/// Days ahead for which holidays should be known.
const YEAR: i64 = 365;

/// With more accounts than this, only the visible part of the calendar is planned, because plans
/// take time and memory.
const MANY: usize = 2_000;
/// Days that a calendar may show beyond the day under the cursor.
const SIGHT: i64 = 62;

/// Days ahead that a calendar needs, rounded up to steps so that paging does not plan again each
/// time.
fn near(day: NaiveDate, today: NaiveDate) -> i64 {
    (((day - today).num_days().max(0) + SIGHT) as u64).next_multiple_of(SIGHT as u64) as i64
}

/// Days ahead to plan: half a year, or the whole range.
fn far(day: NaiveDate, today: NaiveDate) -> i64 {
    if (day - today).num_days() + SIGHT <= AHEAD {
        AHEAD
    } else {
        FARTHEST + SIGHT
    }
}

impl State {
    /// Drops everything made from the previous book after another one was opened.
    pub fn forget(&mut self) {
        (self.plans, self.seen) = (Plans::default(), None);
    }

    /// Plans again if the book, the day or the user's choice changed.
    pub fn refresh(&mut self, desk: &Desk, book: &Book, me: &str, height: usize) {
        let today = desk.now.today();
        let day = *self.day.get_or_insert(today);
        let whose = if self.all {
            AccountScope::All
        } else {
            AccountScope::mine(book, me)
        };
        let grid = matches!(self.tab, Tab::Month | Tab::Week);
        let shown = today
            + Duration::days(if grid && whose.count(book) > MANY {
                near(day, today)
            } else {
                far(day, today)
            });
        // Paging forward plans farther; paging back keeps the plan.
        let until = self
            .seen
            .filter(|s| s.3 >= shown && s.1 == today)
            .map_or(shown, |s| s.3);
        let shows = [self.all, self.automatic, self.unfolded];
        let stamp = (book.version, today, shows, until);
        if self.seen == Some(stamp) {
            return;
        }
        // Frees the previous entries before the new ones are made, because they hold plans.
        self.entries = Vec::new();
        self.entries = self.plans.entries(desk, book, whose, until);
        // A week that is not planned to its end would look lighter than it is.
        let whole = ((until - today).num_days() / 7).clamp(1, capacity::WEEKS as i64) as usize;
        self.weeks = desk.weeks(book, &self.entries, me, whole);
        if !self.automatic {
            let takes = |e: &Entry| {
                e.own.agreed.is_some()
                    || desk
                        .policy
                        .effort(e.kind, book.rows()[e.row()].standing.tier)
                        .total()
                        > 0
            };
            self.entries.retain(takes);
        }
        self.fold(desk, book, whose, me);
        let ours = |owner: &str| match whose {
            AccountScope::All => true,
            AccountScope::Of(me) => owner.is_empty() || owner == me,
        };
        let rows = || {
            book.rows()
                .iter()
                .enumerate()
                .filter(|(_, r)| r.standing.churned.is_none() && ours(&r.account.owner))
        };
        self.suggestions = rows()
            .flat_map(|(i, r)| (0..r.standing.suggestions.len()).map(move |n| (i, n)))
            .collect();
        let overdue = self.overdue(today);
        self.kept = groups(rows().map(|(i, r)| {
            let late = overdue.get(&i).copied().unwrap_or(0);
            (
                r.standing.tier,
                r.account.owner.as_str(),
                r.standing.adherence.with_overdue(late),
            )
        }));
        let used = || {
            let shown = rows().map(|(_, r)| &r.account);
            shown.filter(|a| a.archived.is_none())
        };
        self.abroad = avoided::abroad(desk.policy, used());
        self.ended = avoided::all_ended(desk, used(), today + Duration::days(YEAR));
        self.list.hold(self.len(), height);
        self.seen = Some(stamp);
    }

    /// The touches that are overdue, by the row of their account.
    fn overdue(&self, today: NaiveDate) -> BTreeMap<usize, usize> {
        let mut out = BTreeMap::new();
        let late = |e: &&Entry| e.counts() && e.due(today) == Due::Late;
        for e in self.entries.iter().filter(late) {
            *out.entry(e.row()).or_default() += 1;
        }
        out
    }

    /// Finds the days whose hours do not hold all of their touches, and hides the rest of them.
    fn fold(&mut self, desk: &Desk, book: &Book, whose: AccountScope, me: &str) {
        let today = desk.now.today();
        self.folds = BTreeMap::new();
        self.hidden = Vec::new();
        // The hours are the user's own: they say nothing of the days of a whole team.
        if self.all {
            return;
        }
        let mut listed = Vec::with_capacity(self.entries.len());
        for day in self.entries.chunk_by(|a, b| a.date == b.date) {
            let date = day[0].date;
            let room = desk.room(book, me, date);
            let spent = if date == today {
                desk.spent(book, whose)
            } else {
                0
            };
            let fits = desk.fitting(book, day, room.saturating_sub(spent));
            if fits < day.len() && date >= today {
                let rest = day.len() - fits;
                self.folds.insert(date, Fold { rest, room });
            }
            if self.folds.contains_key(&date) && !self.unfolded {
                listed.extend_from_slice(&day[..fits]);
                self.hidden.extend_from_slice(&day[fits..]);
            } else {
                listed.extend_from_slice(day);
            }
        }
        self.entries = listed;
    }

    /// The touches of a day that are listed.
    pub fn on(&self, day: NaiveDate) -> &[Entry] {
        on(&self.entries, day)
    }

    /// All touches of a day, also those that are folded.
    pub fn all_on(&self, day: NaiveDate) -> impl Iterator<Item = &Entry> {
        self.on(day).iter().chain(on(&self.hidden, day))
    }

    /// The index of the first touch on or after a day.
    pub fn place(&self, day: NaiveDate) -> usize {
        self.entries.partition_point(|e| e.date < day)
    }

    /// The fold that the agenda names below its list: that of the day under the cursor, else the
    /// first one after it, else the last.
    pub fn fold_near(&self) -> Option<(NaiveDate, Fold)> {
        let day = self.entry().map(|e| e.date).or(self.day)?;
        let next = self.folds.range(day..).next();
        let near = next.or_else(|| self.folds.last_key_value());
        near.map(|(day, fold)| (*day, *fold))
    }

    /// Whether a day in sight has more touches than its hours hold.
    pub fn is_over(&self) -> bool {
        let day = match self.tab {
            Tab::Agenda => return !self.folds.is_empty(),
            Tab::Month | Tab::Week => self.day,
            _ => None,
        };
        day.is_some_and(|day| self.folds.contains_key(&day))
    }

    /// Number of rows in the list that is shown.
    pub fn len(&self) -> usize {
        match self.tab {
            Tab::Month | Tab::Week => 0,
            Tab::Agenda => self.entries.len(),
            Tab::Capacity => self.weeks.len(),
            Tab::Suggestions => self.suggestions.len(),
            Tab::Adherence => self.kept.len(),
        }
    }

    /// The touch under the cursor.
    pub fn entry(&self) -> Option<&Entry> {
        match self.tab {
            Tab::Agenda => self.entries.get(self.list.cursor),
            Tab::Week | Tab::Month => self.on(self.day?).get(self.slot),
            _ => None,
        }
    }

    /// Moves the cursor to a day, within the planned year.
    pub fn go(&mut self, day: NaiveDate, today: NaiveDate) {
        self.day = Some(day.clamp(today - Duration::days(31), today + Duration::days(FARTHEST)));
        self.slot = 0;
    }
}

impl About for State {
    fn about(&self, ground: &Ground) -> Option<AccountId> {
        let row = match self.tab {
            Tab::Suggestions => self.suggestions.get(self.list.cursor)?.0,
            _ => self.entry()?.row(),
        };
        ground.book.rows().get(row).map(|r| r.account.id.clone())
    }
}

/// Results from the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// How touches would be spread over the weeks.
    Spread(Box<Proposal>),
}

/// Work that takes too long for a key press; done by the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Computes how touches could be spread over the weeks.
    Spread(Box<Job>),
}

/// Layers of the cadence screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// The change that an edit makes to a plan. Closed by the next key.
    Diff { title: String, lines: Vec<String> },
    /// The preview of a spread.
    Spread {
        proposal: Box<Proposal>,
        scroll: usize,
    },
}

/// The touches of a day, of those in order.
fn on(entries: &[Entry], day: NaiveDate) -> &[Entry] {
    let from = entries.partition_point(|e| e.date < day);
    let to = entries.partition_point(|e| e.date <= day);
    &entries[from..to]
}

/// Adherence by tier, then by person. Groups without any planned touch are left out.
fn groups<'a>(kept: impl Iterator<Item = (Tier, &'a str, Adherence)>) -> Vec<(Group, Adherence)> {
    let mut tiers: Vec<Option<Adherence>> = vec![None; Tier::ALL.len()];
    let mut people: BTreeMap<&str, Adherence> = Default::default();
    for (tier, owner, kept) in kept {
        if kept.planned() + kept.invited() == 0 {
            continue;
        }
        let slot = &mut tiers[tier.index()];
        *slot = Some(slot.map_or(kept, |s| s.plus(kept)));
        people
            .entry(owner)
            .and_modify(|s| *s = s.plus(kept))
            .or_insert(kept);
    }
    let tiers = Tier::ALL
        .iter()
        .zip(tiers)
        .filter_map(|(t, k)| Some((Group::Tier(*t), k?)));
    tiers
        .chain(
            people
                .into_iter()
                .map(|(p, k)| (Group::Person(p.to_owned()), k)),
        )
        .collect()
}
