//! The desk in memory: every account with its standing, the open actions, the check-ins under way
//! and the saved views. The rest of an account is read from the store when it is opened.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::feature_use::FeatureUse;
use super::held::HeldRecords;
use super::search::Haystack;
use crate::domain::account::Account;
use crate::domain::action::Action;
use crate::domain::cadence::absence::Absence;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::change::{Change, Operation};
use crate::domain::checkin::Checkin;
use crate::domain::health::Band;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::money::Totals;
use crate::domain::portfolio::row::Row;

/// All accounts of the desk with what lists need of them, and the records that are not in an
/// account's folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Book {
    /// The accounts in use, then the archived ones. Shared with the worker at the store, which answers other
    /// terminals from the same rows.
    rows: Vec<Arc<Row>>,
    /// The number of accounts in use.
    in_use: usize,
    hay: Vec<Haystack>,
    index: HashMap<AccountId, usize>,
    /// The version in which each row, or an agreed meeting of its account, last changed.
    stamps: Vec<u64>,
    feature_use: FeatureUse,
    pub actions: BTreeMap<RecordId, Action>,
    /// Unfinished ones and the recently finished.
    pub checkins: BTreeMap<RecordId, Checkin>,
    /// Agreed meetings to come, by account.
    meetings: HashMap<AccountId, Vec<Touchpoint>>,
    /// The kinds of record that are held whole.
    pub held: HeldRecords,
    /// Rises with every change of an absence.
    pub absences_version: u64,
    /// Rises with every change, so that lists know when to recompute.
    pub version: u64,
}

impl Book {
    pub fn new(mut rows: Vec<Arc<Row>>) -> Self {
        if rows.iter().any(|r| r.account.archived.is_some()) {
            rows.sort_by_key(|r| r.account.archived.is_some());
        }
        let in_use = rows.partition_point(|r| r.account.archived.is_none());
        let hay = rows.iter().map(|r| Haystack::of(&r.account)).collect();
        let index = rows
            .iter()
            .enumerate()
            .map(|(i, r)| (r.account.id.clone(), i))
            .collect();
        let stamps = vec![0; rows.len()];
        Self {
            rows,
            in_use,
            hay,
            index,
            stamps,
            ..Self::default()
        }
    }

    /// The accounts in use. Every list and total is made from them.
    pub fn rows(&self) -> &[Arc<Row>] {
        &self.rows[..self.in_use]
    }

    /// All accounts, the archived ones last: for what finds one account. The rows of [`Book::rows`] have the same
    /// indices here.
    pub fn with_archived(&self) -> &[Arc<Row>] {
        &self.rows
    }

    /// Whether an account is archived; an unknown one is not.
    pub fn is_archived(&self, id: &AccountId) -> bool {
        self.index.get(id).is_some_and(|i| *i >= self.in_use)
    }

    /// Moves a row to where it belongs after it was archived or restored. One other row changes its place with it.
    fn settle(&mut self, at: usize) {
        let archived = self.rows[at].account.archived.is_some();
        let to = match (archived, at < self.in_use) {
            (true, true) => {
                self.in_use -= 1;
                self.in_use
            }
            (false, false) => {
                self.in_use += 1;
                self.in_use - 1
            }
            _ => return,
        };
        self.feature_use = FeatureUse::default();
        self.rows.swap(at, to);
        self.hay.swap(at, to);
        for place in [at, to] {
            let id = self.rows[place].account.id.clone();
            self.index.insert(id, place);
            self.stamps[place] = self.version;
        }
    }

    /// The version in which a row, or an agreed meeting of its account, last changed.
    pub fn stamp(&self, index: usize) -> u64 {
        self.stamps[index]
    }

    pub fn haystack(&self, index: usize) -> &Haystack {
        &self.hay[index]
    }

    pub fn get(&self, id: &AccountId) -> Option<&Row> {
        self.index.get(id).map(|i| &*self.rows[*i])
    }

    pub fn name<'a>(&'a self, id: &'a AccountId) -> &'a str {
        self.get(id)
            .map_or(id.as_str(), |r| r.account.name.as_str())
    }

    /// By feature, the share of the other accounts of its tier that used it in the last month,
    /// among those whose features are known. Empty where they are too few to compare with.
    pub fn peers(&self, id: &AccountId) -> BTreeMap<String, f64> {
        const LEAST: usize = 5;
        let Some(row) = self.get(id) else {
            return BTreeMap::new();
        };
        let own = &row.standing.features;
        let Some(tier) = self.feature_use.of(self.rows(), row.standing.tier) else {
            return BTreeMap::new();
        };
        let known = tier.known - usize::from(!own.is_empty());
        if known < LEAST {
            return BTreeMap::new();
        }
        let others = tier.users.iter().map(|(feature, users)| {
            let others = users - usize::from(own.contains(feature));
            (feature.clone(), others as f64 / known as f64)
        });
        others.filter(|(_, share)| *share > 0.0).collect()
    }

    /// Inserts or replaces rows computed by the store.
    pub fn put(&mut self, rows: Vec<Arc<Row>>) {
        self.version += 1;
        for row in rows {
            let hay = Haystack::of(&row.account);
            match self.index.get(&row.account.id) {
                Some(&i) => {
                    self.feature_use.follow(Some(&self.rows[i]), &row);
                    self.rows[i] = row;
                    // It seldom differs. Allocating an equal one again would fragment the
                    // memory the old row frees.
                    if self.hay[i] != hay {
                        self.hay[i] = hay;
                    }
                    self.stamps[i] = self.version;
                    self.settle(i);
                }
                None => {
                    self.feature_use.follow(None, &row);
                    let place = self.rows.len();
                    self.index.insert(row.account.id.clone(), place);
                    self.rows.push(row);
                    self.hay.push(hay);
                    self.stamps.push(self.version);
                    self.settle(place);
                }
            }
        }
    }

    /// Removes rows, as when an import is undone.
    pub fn remove(&mut self, gone: &[AccountId]) {
        if gone.is_empty() {
            return;
        }
        self.version += 1;
        let gone: HashSet<&AccountId> = gone.iter().collect();
        let rows = std::mem::take(&mut self.rows)
            .into_iter()
            .filter(|r| !gone.contains(&r.account.id))
            .collect();
        let kept = Self::new(rows);
        self.stamps = vec![self.version; kept.rows.len()];
        (self.rows, self.hay, self.index) = (kept.rows, kept.hay, kept.index);
        self.in_use = kept.in_use;
        self.feature_use = FeatureUse::default();
    }

    /// Applies the part of an operation that the desk holds itself. Rows come from the store, which
    /// alone computes standings.
    pub fn apply(&mut self, operation: &Operation) {
        // What the program remembers of its own doings is on no list.
        if operation.changes.iter().all(|c| !c.is_edit()) && operation.usage.is_empty() {
            return;
        }
        self.version += 1;
        for change in &operation.changes {
            self.apply_change(change);
        }
    }

    /// Applies a change to the records the desk holds; it holds none of the other kinds.
    fn apply_change(&mut self, change: &Change) {
        match change.typed::<Action>() {
            (_, Some(a)) if a.needs_attention() => {
                self.actions.insert(a.id.clone(), a.clone());
            }
            (_, Some(a)) | (Some(a), None) => {
                self.actions.remove(&a.id);
            }
            (None, None) => {}
        }
        match change.typed::<Checkin>() {
            (_, Some(c)) => {
                self.checkins.insert(c.id.clone(), c.clone());
            }
            (Some(c), None) => {
                self.checkins.remove(&c.id);
            }
            (None, None) => {}
        }
        self.held.apply(change);
        if change.typed::<Absence>() != (None, None) {
            self.absences_version += 1;
        }
        let (before, after) = change.typed::<Touchpoint>();
        if let Some(meeting) = after.or(before) {
            self.touch_row(&meeting.account);
            self.forget_meeting(meeting);
        }
        if let Some(meeting) = after.filter(|m| m.is_open()) {
            self.meetings
                .entry(meeting.account.clone())
                .or_default()
                .push(meeting.clone());
        }
        let (before, after) = change.typed::<Account>();
        if let Some(account) = after.or(before) {
            self.touch_row(&account.id);
        }
        if let Some(account) = after
            && let Some(&i) = self.index.get(&account.id)
        {
            self.hay[i] = Haystack::of(account);
            Arc::make_mut(&mut self.rows[i]).account = account.clone();
            self.settle(i);
        }
    }

    fn touch_row(&mut self, account: &AccountId) {
        if let Some(&i) = self.index.get(account) {
            self.stamps[i] = self.version;
        }
    }

    fn forget_meeting(&mut self, meeting: &Touchpoint) {
        if let Some(all) = self.meetings.get_mut(&meeting.account) {
            all.retain(|m| m.id != meeting.id);
        }
    }

    /// The agreed meetings of an account to come.
    pub fn meetings_of(&self, account: &AccountId) -> &[Touchpoint] {
        self.meetings.get(account).map_or(&[], Vec::as_slice)
    }

    pub fn meetings(&self) -> impl Iterator<Item = &Touchpoint> {
        self.meetings.values().flatten()
    }

    pub fn meeting(&self, account: &AccountId, id: &RecordId) -> Option<&Touchpoint> {
        self.meetings_of(account).iter().find(|m| m.id == *id)
    }

    /// Replaces the open meetings by those of the store.
    pub fn set_meetings(&mut self, meetings: Vec<Touchpoint>) {
        self.meetings.clear();
        for m in meetings.into_iter().filter(Touchpoint::is_open) {
            // Most accounts have one meeting: a list that grows by itself allocates space for four.
            let all = self.meetings.entry(m.account.clone()).or_default();
            all.reserve_exact(1);
            all.push(m);
        }
    }

    /// Accounts that somebody set aside on a day.
    pub fn set_aside(&self, by: &str, day: NaiveDate) -> BTreeSet<AccountId> {
        let mine = self
            .held
            .asides
            .values()
            .filter(|a| a.author == by && a.day == day);
        mine.map(|a| a.account.clone()).collect()
    }

    /// The open actions and unreported promises of the accounts in use.
    pub fn actions_in_use(&self) -> impl Iterator<Item = &Action> {
        let actions = self.actions.values();
        actions.filter(|a| !self.is_archived(&a.account))
    }

    /// The check-ins of the accounts in use.
    pub fn checkins_in_use(&self) -> impl Iterator<Item = &Checkin> {
        let checkins = self.checkins.values();
        checkins.filter(|c| !self.is_archived(&c.account))
    }

    /// Check-ins started and not completed, newest first.
    pub fn unfinished(&self) -> Vec<&Checkin> {
        let mut out: Vec<_> = self.checkins_in_use().filter(|c| c.unfinished()).collect();
        out.sort_by_key(|c| std::cmp::Reverse(c.started()));
        out
    }
}

/// Counts by band and value by currency of the rows shown. Churned customers are counted apart:
/// they have no band and no revenue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    pub count: usize,
    /// In the order of [`Band::ALL`].
    pub bands: [usize; 4],
    pub arr: Totals,
    /// Rows without a known value, so that a sum shows that it is incomplete.
    pub without_arr: usize,
    pub churned: usize,
    /// Archived accounts that were asked for. They count nowhere else.
    pub archived: usize,
}

/// Counts and money of rows. Archived and churned accounts are counted apart.
pub fn sums<'a>(rows: impl Iterator<Item = &'a Row>) -> Sums {
    let mut out = Sums::default();
    for row in rows {
        if row.account.archived.is_some() {
            out.archived += 1;
            continue;
        }
        if row.standing.churned.is_some() {
            out.churned += 1;
            continue;
        }
        out.count += 1;
        out.bands[row.standing.health.band.index()] += 1;
        if row.standing.value.is_empty() {
            out.without_arr += 1;
        }
        for money in row.standing.value.iter() {
            out.arr.add(money);
        }
    }
    out
}

/// The place of a band in the order "riskiest first": red, yellow, unknown, green.
pub fn risk_order(band: Band) -> u8 {
    match band {
        Band::Red => 0,
        Band::Yellow => 1,
        Band::Unknown => 2,
        Band::Green => 3,
    }
}
