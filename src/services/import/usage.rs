//! Usage rows collected into packed series: memory grows with accounts × metrics × days, not with
//! the file, in whatever order its rows stand.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::gathering::{Gathering, Merged, Scratch, Together, merge_all};
use super::{Counts, ExistingData};
use crate::domain::change::UsageChange;
use crate::domain::facts::usage::{
    ACTIVE_USERS, Day, MONTHLY_USERS, Series, Usage, WEEKLY_USERS, unpack_points,
};
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;

/// All usage of an import.
#[derive(Debug, Default)]
pub struct Gathered {
    accounts: HashMap<AccountId, usize>,
    ids: Vec<AccountId>,
    metrics: HashMap<String, usize>,
    names: Vec<String>,
    /// The metrics of a row: those of a wide table together, others alone.
    shapes: Vec<Vec<usize>>,
    /// The shapes of single metrics, by metric.
    single: BTreeMap<usize, usize>,
    /// By account.
    held: Vec<Gathering>,
    /// The accounts by their ids, once all files are read.
    order: Vec<usize>,
    /// Distinct people by account and day, where events name them.
    people: HashMap<(usize, Day), HashSet<u64>>,
    scratch: Scratch,
}

impl Gathered {
    pub fn account(&mut self, id: &AccountId) -> usize {
        if let Some(i) = self.accounts.get(id) {
            return *i;
        }
        let i = self.ids.len();
        self.accounts.insert(id.clone(), i);
        self.ids.push(id.clone());
        self.held.push(Gathering::default());
        i
    }

    pub fn metric(&mut self, name: &str) -> usize {
        if let Some(i) = self.metrics.get(name) {
            return *i;
        }
        let i = self.names.len();
        self.metrics.insert(name.to_owned(), i);
        self.names.push(name.to_owned());
        i
    }

    /// Rows of values for these metrics, in this order. A metric may be named twice: the later value
    /// of a row is then taken as that of a later row.
    pub fn shape(&mut self, metrics: Vec<usize>) -> usize {
        self.shapes.push(metrics);
        self.shapes.len() - 1
    }

    /// Adds a value.
    pub fn add(&mut self, account: usize, metric: usize, day: Day, value: f64, together: Together) {
        let shape = match self.single.get(&metric) {
            Some(shape) => *shape,
            None => {
                let shape = self.shape(vec![metric]);
                self.single.insert(metric, shape);
                shape
            }
        };
        self.add_row(account, shape, day, &[Some(value)], together);
    }

    /// Adds the values of a row, in the order of its shape.
    pub fn add_row(
        &mut self,
        account: usize,
        shape: usize,
        day: Day,
        values: &[Option<f64>],
        together: Together,
    ) {
        let held = &mut self.held[account];
        if held.add(shape, day, values) {
            held.merge(&self.shapes, together, &mut self.scratch);
        }
    }

    pub fn person(&mut self, account: usize, day: Day, who: u64) {
        self.people.entry((account, day)).or_default().insert(who);
    }

    /// Merges the rows of a file, and turns people into a count by day.
    pub fn merge_waiting(&mut self, together: Together) {
        let people = std::mem::take(&mut self.people);
        if !people.is_empty() {
            let metric = self.metric(ACTIVE_USERS);
            for ((account, day), who) in people {
                self.add(account, metric, day, who.len() as f64, Together::Last);
            }
        }
        merge_all(&mut self.held, &self.shapes, together);
    }

    /// Values for which a later row of the file has another value of the same day.
    pub fn replaced(&self) -> u64 {
        self.held.iter().map(|held| held.merged.replaced).sum()
    }

    /// Overrides this usage with that of another file.
    pub fn absorb(&mut self, other: Gathered) {
        if self.is_empty() {
            *self = other;
            return;
        }
        let metrics: Vec<usize> = other.names.iter().map(|name| self.metric(name)).collect();
        let mut points = Vec::new();
        for (id, held) in other.ids.iter().zip(other.held) {
            let account = self.account(id);
            for (metric, packed) in held.merged.iter() {
                points.clear();
                unpack_points(packed, &mut points);
                for (day, value) in &points {
                    self.add(account, metrics[metric], *day, *value, Together::Last);
                }
            }
            self.held[account].merge(&self.shapes, Together::Last, &mut self.scratch);
        }
    }

    /// Ends the reading. Weekly or monthly users count as active users for accounts without a finer
    /// count; beside a finer count they stay a metric of their own. Accounts follow their ids, so
    /// that the plan does not depend on the order of rows.
    pub fn finish(&mut self) {
        self.name_users();
        self.scratch = Scratch::default();
        self.order = (0..self.ids.len()).collect();
        self.order.sort_by(|a, b| self.ids[*a].cmp(&self.ids[*b]));
    }

    fn name_users(&mut self) {
        let place = |name: &str| self.metrics.get(name).copied();
        let wide = [place(WEEKLY_USERS), place(MONTHLY_USERS)];
        if wide == [None, None] {
            return;
        }
        let users = self.metric(ACTIVE_USERS);
        let has = |merged: &Merged, metric: usize| merged.iter().any(|(m, _)| m == metric);
        for held in self.held.iter_mut().filter(|h| !has(&h.merged, users)) {
            if let Some(finest) = wide.iter().flatten().find(|w| has(&held.merged, **w)) {
                held.merged.rename(*finest, users);
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The number of accounts with usage.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// The changes of one account against the existing data. Accounts are counted in the order of
    /// their ids.
    pub fn changes(
        &self,
        account: usize,
        existing: &dyn ExistingData,
    ) -> Result<Vec<UsageChange>, Failure> {
        let account = self.order[account];
        let current = existing.usage(&self.ids[account])?;
        let mut out = Vec::new();
        self.compare(account, &current, |metric, points| {
            let mut before = Vec::with_capacity(points.new.len());
            let mut after = Vec::with_capacity(points.new.len());
            points.each(|day, old, new| {
                if old != Some(new) {
                    before.push((day, old));
                    after.push((day, Some(new)));
                }
            });
            if !after.is_empty() {
                out.push(UsageChange {
                    account: self.ids[account].clone(),
                    metric: metric.to_owned(),
                    before,
                    after,
                });
            }
        });
        Ok(out)
    }

    /// Counts new, changed and unchanged days.
    pub fn count(&self, existing: &dyn ExistingData, counts: &mut Counts) -> Result<(), Failure> {
        for account in &self.order {
            let current = existing.usage(&self.ids[*account])?;
            if current.0.is_empty() {
                counts.new += self.held[*account].merged.days() as u64;
                continue;
            }
            self.compare(*account, &current, |_, points| {
                points.each(|_, old, new| match old {
                    None => counts.new += 1,
                    Some(old) if old == new => counts.unchanged += 1,
                    Some(_) => counts.changed += 1,
                });
            });
        }
        Ok(())
    }

    /// Calls with each metric of an account, by name, and its days.
    fn compare(&self, account: usize, current: &Usage, mut each: impl FnMut(&str, Days)) {
        let none = Series::default();
        let mut points = Vec::new();
        let mut all: Vec<(&str, &[u8])> = self.held[account]
            .merged
            .iter()
            .map(|(metric, packed)| (self.names[metric].as_str(), packed))
            .collect();
        all.sort_unstable_by_key(|(name, _)| *name);
        for (name, packed) in all {
            points.clear();
            unpack_points(packed, &mut points);
            let old = current.0.get(name).unwrap_or(&none).points();
            each(name, Days { old, new: &points });
        }
    }
}

/// The existing days of a metric, and those of the import.
struct Days<'a> {
    old: &'a [(Day, f64)],
    new: &'a [(Day, f64)],
}

impl Days<'_> {
    /// Calls with each day of the import: its existing value, and the new one.
    fn each(&self, mut each: impl FnMut(Day, Option<f64>, f64)) {
        let mut old = self.old;
        for (day, new) in self.new {
            while old.first().is_some_and(|p| p.0 < *day) {
                old = &old[1..];
            }
            let held = old.first().filter(|p| p.0 == *day).map(|p| p.1);
            each(*day, held, *new);
        }
    }
}
