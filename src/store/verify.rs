//! `verify`: the tree against its own counts, every value against its form, and the journal and
//! snapshots against their checksums.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;

use chrono::NaiveDate;

use super::backup::WholeCheck;
use super::frozen::Frozen;
use super::handle::Store;
use super::journal::Place;
use super::keys::{self, Tally};
use super::{backup, codec};
use crate::domain::account::Account;
use crate::domain::failure::{Failure, Problem};
use crate::domain::ids::AccountId;

/// What was looked at and what was found wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub records: u64,
    pub operations: u64,
    pub snapshots: usize,
    /// Empty when all is well.
    pub problems: Vec<Problem>,
    /// The tree itself is wrong: it should be rebuilt.
    pub tree_damaged: bool,
}

impl Store {
    /// Counts and checksums of the whole tree against what the last batch wrote. Cheap enough to
    /// run behind every start.
    pub fn check_counts(&self) -> Result<Vec<String>, Failure> {
        let mut found = BTreeMap::new();
        for pair in self.tree.walk([]) {
            let (key, value) = pair.map_err(|e| self.sled_failure(&e))?;
            count(&mut found, &key, &value);
        }
        Ok(self.differences(&found))
    }

    /// In which kinds of keys the tree is not what the last batch wrote.
    fn differences(&self, found: &BTreeMap<u8, Tally>) -> Vec<String> {
        let should = &self.meta.counts;
        let kinds: BTreeSet<u8> = found.keys().chain(should.keys()).copied().collect();
        let difference = |kind| {
            let tally = |of: &BTreeMap<u8, Tally>| of.get(&kind).copied().unwrap_or_default();
            let (is, should) = (tally(found), tally(should));
            let contents = if is.keys == should.keys {
                " (contents differ)"
            } else {
                ""
            };
            (is != should).then(|| {
                format!(
                    "kind `{}`: {} records, {} expected{contents}",
                    kind as char, is.keys, should.keys
                )
            })
        };
        kinds.into_iter().filter_map(difference).collect()
    }

    /// The day the tree was last looked through, if it was closed cleanly before it was opened now. The first
    /// write takes the note of the clean end away; [`Store::close`] and [`Store::leave`] write it again.
    pub fn last_check(&self) -> Option<NaiveDate> {
        if self.wrote {
            return self.checked;
        }
        let path = self.home.join("cache").join("checked");
        let note = std::fs::read_to_string(&path).unwrap_or_default();
        note.trim().parse().ok()
    }

    /// Settles and leaves word of a clean end. Once a day the whole tree is looked through first:
    /// here, when nobody waits for it. What is wrong then is rebuilt at the next start.
    pub fn close(mut self, checked: Option<NaiveDate>, today: NaiveDate) -> Result<(), Failure> {
        self.settle()?;
        if checked != Some(today) && !self.check_counts()?.is_empty() {
            return Ok(());
        }
        self.note_clean_end(today)
    }

    /// Settles and leaves the word of a clean end as it was found: a short command looks through nothing, and
    /// the next start need not either because of what it wrote.
    pub fn leave(mut self) -> Result<(), Failure> {
        let Some(day) = self.checked.filter(|_| !self.broken && self.lost.is_none()) else {
            return Ok(());
        };
        self.settle()?;
        self.note_clean_end(day)
    }

    fn note_clean_end(&self, day: NaiveDate) -> Result<(), Failure> {
        let dir = self.home.join("cache");
        super::files::private_dir(&dir)?;
        super::files::write_atomic(&dir.join("checked"), day.to_string().as_bytes())
    }

    /// Looks through everything at once.
    pub fn verify(&self) -> Result<Report, Failure> {
        let mut verification = Verification::begin(self, self.journal.next_place());
        while verification.step(self)? {}
        Ok(verification.report)
    }

    /// Begins a look through the store as it stands now, which others may write to meanwhile: its steps
    /// are to be made with [`Store::read_at`].
    pub fn begin_verify(&mut self) -> (Frozen, Verification) {
        let frozen = self.freeze();
        let verification = Verification::begin(self, frozen.journal);
        (frozen, verification)
    }
}

fn count(found: &mut BTreeMap<u8, Tally>, key: &[u8], value: &[u8]) {
    if key != keys::META {
        found.entry(key[0]).or_default().add(key, value);
    }
}

/// A look through the store under way: first the counts of the tree, then what its accounts hold, the
/// journal, and the snapshots.
pub struct Verification {
    pub report: Report,
    /// Pieces that are done, and how many there are.
    pub done: usize,
    pub total: usize,
    stage: Stage,
    accounts: Vec<AccountId>,
    /// Where the journal ended when this began.
    end: Place,
}

enum Stage {
    Counts {
        found: BTreeMap<u8, Tally>,
        behind: Option<Vec<u8>>,
    },
    /// The first account that was not read yet.
    Accounts(usize),
    Journal(Option<Place>),
    Snapshots(VecDeque<PathBuf>, Option<WholeCheck>),
    Over,
}

impl Verification {
    /// What is looked at between two looks at what else there is to do: a few milliseconds each.
    const PAIRS: usize = 1_000;
    const ACCOUNTS: usize = 50;
    const BYTES: u64 = 4 << 20;

    fn begin(store: &Store, end: Place) -> Self {
        let records: u64 = store.meta.counts.values().map(|t| t.keys).sum();
        let accounts = keys::letter::<Account>(0);
        let accounts = store.meta.counts.get(&accounts).map_or(0, |t| t.keys);
        Self {
            report: Report {
                records,
                ..Report::default()
            },
            done: 0,
            total: (records + accounts) as usize,
            stage: Stage::Counts {
                found: BTreeMap::new(),
                behind: None,
            },
            accounts: Vec::new(),
            end,
        }
    }

    /// Looks at some more; answers whether there is more.
    ///
    /// # Errors
    /// Where the store or its journal cannot be read at all: what is damaged in them is told.
    pub fn step(&mut self, store: &Store) -> Result<bool, Failure> {
        let stage = std::mem::replace(&mut self.stage, Stage::Over);
        self.stage = match stage {
            Stage::Counts { found, behind } => self.count(store, found, behind)?,
            Stage::Accounts(next) => self.read_accounts(store, next),
            Stage::Journal(Some(from)) => Stage::Journal(self.read_journal(store, from)?),
            Stage::Journal(None) => Stage::Snapshots(backup::snapshots(&store.home).into(), None),
            Stage::Snapshots(rest, check) => self.check_snapshot(rest, check),
            Stage::Over => Stage::Over,
        };
        Ok(!matches!(self.stage, Stage::Over))
    }

    fn count(
        &mut self,
        store: &Store,
        mut found: BTreeMap<u8, Tally>,
        behind: Option<Vec<u8>>,
    ) -> Result<Stage, Failure> {
        let mut last = None;
        for pair in store.tree.walk_behind(behind.as_deref()).take(Self::PAIRS) {
            let (key, value) = pair.map_err(|e| store.sled_failure(&e))?;
            count(&mut found, &key, &value);
            if key[0] == keys::letter::<Account>(0) {
                let id = AccountId::new(String::from_utf8_lossy(&key[1..]));
                self.accounts.push(id);
            }
            self.done += 1;
            last = Some(key.to_vec());
        }
        if last.is_some() {
            return Ok(Stage::Counts {
                found,
                behind: last,
            });
        }
        self.report.problems = found_as_problems(store.differences(&found));
        self.report.tree_damaged = !self.report.problems.is_empty();
        Ok(Stage::Accounts(0))
    }

    fn read_accounts(&mut self, store: &Store, next: usize) -> Stage {
        let end = (next + Self::ACCOUNTS).min(self.accounts.len());
        for id in &self.accounts[next..end] {
            if let Err(failure) = store.dossier(id) {
                self.report.tree_damaged = true;
                let place = id.to_string();
                let problem = Problem::Unreadable { place, failure };
                self.report.problems.push(problem);
            }
        }
        self.done += end - next;
        if end < self.accounts.len() {
            return Stage::Accounts(end);
        }
        store.looked_far();
        Stage::Journal(Some(Place {
            segment: 0,
            offset: 0,
        }))
    }

    fn read_journal(&mut self, store: &Store, from: Place) -> Result<Option<Place>, Failure> {
        let (report, end) = (&mut self.report, self.end);
        let (mut damage, mut problems) = (Vec::new(), Vec::new());
        let mut each = |place: Place, _, body: Vec<u8>| {
            // What was appended since is none of this moment's.
            if place >= end {
                return Ok(());
            }
            report.operations += 1;
            if let Err(reason) = codec::from_numbered(&body) {
                problems.push(format!(
                    "journal {} byte {}: {reason}",
                    place.segment, place.offset
                ));
            }
            Ok(())
        };
        let next = store
            .journal
            .read_some(from, Self::BYTES, &mut damage, &mut each)?;
        problems.extend(damage);
        self.report.problems.extend(found_as_problems(problems));
        Ok(next.filter(|next| *next < end))
    }

    fn check_snapshot(&mut self, mut rest: VecDeque<PathBuf>, check: Option<WholeCheck>) -> Stage {
        let (path, checked) = match check {
            Some(mut check) => match check.step(Self::BYTES) {
                Ok(true) => return Stage::Snapshots(rest, Some(check)),
                Ok(false) => return Stage::Snapshots(rest, None),
                Err(failure) => (check.path().to_owned(), failure),
            },
            None => {
                let Some(path) = rest.pop_front() else {
                    return Stage::Over;
                };
                // One that was to be looked through may have been replaced meanwhile.
                if !path.exists() {
                    return Stage::Snapshots(rest, None);
                }
                self.report.snapshots += 1;
                match WholeCheck::begin(&path) {
                    Ok(check) => return Stage::Snapshots(rest, Some(check)),
                    Err(failure) => (path, failure),
                }
            }
        };
        self.report.problems.push(Problem::Unreadable {
            place: path.display().to_string(),
            failure: checked,
        });
        Stage::Snapshots(rest, None)
    }
}

fn found_as_problems(what: Vec<String>) -> Vec<Problem> {
    what.into_iter().map(Problem::Found).collect()
}
