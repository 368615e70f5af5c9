//! Usage rows collected into packed series: memory grows with accounts × metrics × days, not with
//! the file.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Counts, ExistingData};
use crate::domain::change::UsageChange;
use crate::domain::facts::usage::{ACTIVE_USERS, Day, MONTHLY_USERS, Series, WEEKLY_USERS};
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;

/// Values that wait before they are merged into the packed form of a series.
const WAITING: usize = 192;

/// How values of the same day are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    Sum,
    Last,
}

#[derive(Debug, Default)]
struct Gathering {
    packed: Vec<u8>,
    waiting: Vec<(Day, f64)>,
}

impl Gathering {
    fn add(&mut self, day: Day, value: f64, together: Together) {
        if let Some(last) = self.waiting.last_mut()
            && last.0 == day
        {
            last.1 = if together == Together::Sum {
                last.1 + value
            } else {
                value
            };
            return;
        }
        self.waiting.push((day, value));
        if self.waiting.len() >= WAITING {
            self.merge_waiting(together);
        }
    }

    fn merge_waiting(&mut self, together: Together) {
        let mut all: BTreeMap<Day, f64> = Series::unpack(&self.packed)
            .unwrap_or_default()
            .points()
            .iter()
            .copied()
            .collect();
        for (day, value) in self.waiting.drain(..) {
            let slot = all.entry(day).or_insert(0.0);
            *slot = if together == Together::Sum {
                *slot + value
            } else {
                value
            };
        }
        self.packed = Series::from_points(all.into_iter().collect()).pack();
    }
}

/// All usage of an import.
#[derive(Debug, Default)]
pub struct Gathered {
    accounts: HashMap<AccountId, usize>,
    ids: Vec<AccountId>,
    metrics: HashMap<String, usize>,
    names: Vec<String>,
    /// By account, then by metric.
    series: Vec<Vec<(usize, Gathering)>>,
    /// Distinct people by account and day, where events name them.
    people: HashMap<(usize, Day), HashSet<u64>>,
}

impl Gathered {
    pub fn account(&mut self, id: &AccountId) -> usize {
        if let Some(i) = self.accounts.get(id) {
            return *i;
        }
        let i = self.ids.len();
        self.accounts.insert(id.clone(), i);
        self.ids.push(id.clone());
        self.series.push(Vec::new());
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

    pub fn add(&mut self, account: usize, metric: usize, day: Day, value: f64, together: Together) {
        let series = &mut self.series[account];
        let at = match series.iter().position(|(m, _)| *m == metric) {
            Some(at) => at,
            None => {
                series.push((metric, Gathering::default()));
                series.len() - 1
            }
        };
        series[at].1.add(day, value, together);
    }

    pub fn person(&mut self, account: usize, day: Day, who: u64) {
        self.people.entry((account, day)).or_default().insert(who);
    }

    /// Packs the waiting values, and turns people into a count by day.
    pub fn merge_waiting(&mut self, together: Together) {
        let people = std::mem::take(&mut self.people);
        if !people.is_empty() {
            let metric = self.metric(ACTIVE_USERS);
            for ((account, day), who) in people {
                self.add(account, metric, day, who.len() as f64, Together::Last);
            }
        }
        for series in &mut self.series {
            for (_, gathering) in series.iter_mut().filter(|(_, g)| !g.waiting.is_empty()) {
                gathering.merge_waiting(together);
            }
        }
    }

    /// Overrides this usage with that of another file.
    pub fn absorb(&mut self, other: Gathered) {
        if self.is_empty() {
            *self = other;
            return;
        }
        for (id, series) in other.ids.iter().zip(other.series) {
            let account = self.account(id);
            for (metric, gathering) in series {
                let metric = self.metric(&other.names[metric]);
                for (day, value) in Series::unpack(&gathering.packed)
                    .unwrap_or_default()
                    .points()
                {
                    self.add(account, metric, *day, *value, Together::Last);
                }
                if let Some((_, mine)) = self.series[account]
                    .iter_mut()
                    .find(|(m, g)| *m == metric && !g.waiting.is_empty())
                {
                    mine.merge_waiting(Together::Last);
                }
            }
        }
    }

    /// Counts weekly or monthly users as active users for accounts without a finer count; beside a
    /// finer count they stay a metric of their own.
    pub fn name_users(&mut self) {
        let place = |name: &str| self.metrics.get(name).copied();
        let wide = [place(WEEKLY_USERS), place(MONTHLY_USERS)];
        if wide == [None, None] {
            return;
        }
        let users = self.metric(ACTIVE_USERS);
        for series in self
            .series
            .iter_mut()
            .filter(|all| all.iter().all(|(m, _)| *m != users))
        {
            let finest = wide
                .iter()
                .flatten()
                .find_map(|w| series.iter().position(|(m, _)| m == w));
            if let Some(at) = finest {
                series[at].0 = users;
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

    /// The changes of one account against the existing data.
    pub fn changes(
        &self,
        account: usize,
        existing: &dyn ExistingData,
    ) -> Result<Vec<UsageChange>, Failure> {
        self.account_changes(account, existing, &mut Counts::default())
    }

    /// Counts new, changed and unchanged days.
    pub fn count(&self, existing: &dyn ExistingData, counts: &mut Counts) -> Result<(), Failure> {
        for i in 0..self.ids.len() {
            self.account_changes(i, existing, counts)?;
        }
        Ok(())
    }

    fn account_changes(
        &self,
        i: usize,
        existing: &dyn ExistingData,
        counts: &mut Counts,
    ) -> Result<Vec<UsageChange>, Failure> {
        let id = &self.ids[i];
        let held = existing.usage(id)?;
        let mut out = Vec::new();
        for (metric, gathering) in &self.series[i] {
            let name = &self.names[*metric];
            let current = held.0.get(name);
            let (mut before, mut after) = (Vec::new(), Vec::new());
            for (day, value) in Series::unpack(&gathering.packed)
                .unwrap_or_default()
                .points()
            {
                match current.and_then(|s| s.get(*day)) {
                    Some(old) if old == *value => counts.unchanged += 1,
                    old => {
                        if old.is_some() {
                            counts.changed += 1;
                        } else {
                            counts.new += 1;
                        }
                        before.push((*day, old));
                        after.push((*day, Some(*value)));
                    }
                }
            }
            if !after.is_empty() {
                out.push(UsageChange {
                    account: id.clone(),
                    metric: name.clone(),
                    before,
                    after,
                });
            }
        }
        Ok(out)
    }
}
