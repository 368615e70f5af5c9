//! Cadence: the touches of many accounts by month, week and day; what the weeks hold; suggestions;
//! what was kept of what was planned.

use chrono::{Duration, NaiveDate};

use crate::app::kit::about::{About, Ground};
use crate::app::kit::list::ListState;
use crate::domain::account::Tier;
use crate::domain::book::Book;
use crate::domain::cadence::adherence::Adherence;
use crate::domain::cadence::capacity::{self, Week};
use crate::domain::cadence::schedule::{AccountScope, Desk, Entry, Plans};
use crate::domain::cadence::spread::{Job, Proposal};
use crate::domain::closed::closed;
use crate::domain::ids::AccountId;

closed! {
    Tab { Month = "month", Week = "week", Agenda = "agenda", Capacity = "capacity", Suggestions = "suggestions", Adherence = "adherence" }
}

/// A line of the adherence table: of a tier, or of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    Tier(Tier),
    Person(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub tab: Tab,
    pub list: ListState,
    /// The day under the cursor; none before the screen was opened.
    pub day: Option<NaiveDate>,
    /// The place among the touches of that day, in the week.
    pub slot: usize,
    /// Everybody's touches instead of one's own.
    pub all: bool,
    /// With touches that take nobody's time.
    pub automatic: bool,
    /// By day; from today on.
    pub entries: Vec<Entry>,
    pub weeks: Vec<Week>,
    /// Row of the book and place among its suggestions.
    pub suggestions: Vec<(usize, usize)>,
    pub kept: Vec<(Group, Adherence)>,
    plans: Plans,
    seen: Option<(u64, NaiveDate, (bool, bool), NaiveDate)>,
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
            weeks: Vec::new(),
            suggestions: Vec::new(),
            kept: Vec::new(),
            plans: Plans::default(),
            seen: None,
        }
    }
}

/// Days ahead that are looked at in any case: the weeks of the forecast.
const AHEAD: i64 = 7 * capacity::WEEKS as i64 + 7;
/// Nobody plans farther than this.
pub const FARTHEST: i64 = 370;

/// More accounts than this are planned as far as a calendar shows, until more is looked at: their plans
/// take time and memory.
const MANY: usize = 2_000;
/// What a calendar may show beyond the day under the cursor.
const SIGHT: i64 = 62;

/// Days ahead that a calendar needs, in steps: paging on does not plan anew each time.
fn near(day: NaiveDate, today: NaiveDate) -> i64 {
    (((day - today).num_days().max(0) + SIGHT) as u64).next_multiple_of(SIGHT as u64) as i64
}

/// Half a year, or the whole of it.
fn far(day: NaiveDate, today: NaiveDate) -> i64 {
    if (day - today).num_days() + SIGHT <= AHEAD {
        AHEAD
    } else {
        FARTHEST + SIGHT
    }
}

impl State {
    /// Another book was opened: nothing that was made of the old one holds.
    pub fn forget(&mut self) {
        (self.plans, self.seen) = (Plans::default(), None);
    }

    /// Looks again when the book, the day or the choice changed.
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
        // Paging on plans farther; paging back keeps what is there.
        let until = self
            .seen
            .filter(|s| s.3 >= shown && s.1 == today)
            .map_or(shown, |s| s.3);
        let stamp = (book.version, today, (self.all, self.automatic), until);
        if self.seen == Some(stamp) {
            return;
        }
        // The old ones hold plans that are about to be made anew.
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
        self.kept = groups(rows().map(|(_, r)| {
            (
                r.standing.tier,
                r.account.owner.as_str(),
                r.standing.adherence,
            )
        }));
        self.list.hold(self.len(), height);
        self.seen = Some(stamp);
    }

    /// The touches of a day.
    pub fn on(&self, day: NaiveDate) -> &[Entry] {
        let from = self.entries.partition_point(|e| e.date < day);
        let to = self.entries.partition_point(|e| e.date <= day);
        &self.entries[from..to]
    }

    /// The place of the first touch of a day or later.
    pub fn place(&self, day: NaiveDate) -> usize {
        self.entries.partition_point(|e| e.date < day)
    }

    /// Rows of the list that is shown.
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

    /// Puts the cursor on a day, within the year that is planned.
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

/// Answers of the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// How touches would be spread over the weeks.
    Spread(Box<Proposal>),
}

/// Work that takes too long for a key: done by the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Asks how touches could be spread: a long computation.
    Spread(Box<Job>),
}

/// Texts of the cadence that lie over a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// What an edit changes in a plan: read, and gone with the next key.
    Diff { title: String, lines: Vec<String> },
    /// How touches would be spread, before they are.
    Spread {
        proposal: Box<Proposal>,
        scroll: usize,
    },
}

/// By tier, then by person; only those of whom something was planned.
fn groups<'a>(kept: impl Iterator<Item = (Tier, &'a str, Adherence)>) -> Vec<(Group, Adherence)> {
    let mut tiers: Vec<Option<Adherence>> = vec![None; Tier::ALL.len()];
    let mut people: std::collections::BTreeMap<&str, Adherence> = Default::default();
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
