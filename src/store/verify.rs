//! `verify`: checks the tree against its counts, every value against its type, and the journal and
//! the snapshots against their checksums.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::backup::WholeCheck;
use super::frames::{FrameKind, Place};
use super::frozen::Frozen;
use super::handle::{Durability, Store};
use super::keys::{self, Tally};
use super::sealed::{seal, unseal};
use super::segments::Walk;
use super::{codec, kept_list, newest, row_cache, segments, snapshots, values};
use crate::domain::failure::{Failure, Problem};

/// What was checked, and the problems found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub records: u64,
    pub operations: u64,
    pub snapshots: usize,
    /// Empty if there are no problems.
    pub problems: Vec<Problem>,
    /// The tree is damaged and should be rebuilt.
    pub tree_damaged: bool,
}

impl Store {
    /// Compares counts and checksums of the whole tree with those of the last batch. It is quick
    /// enough to run after every start.
    pub fn check_counts(&self) -> Result<Vec<String>, Failure> {
        let mut found = BTreeMap::new();
        for pair in self.tree.walk([]) {
            let (key, value) = pair.map_err(|e| self.sled_failure(&e))?;
            count(&mut found, &key, &value);
        }
        Ok(self.differences(&found))
    }

    /// The kinds of keys whose count or checksum differs from the last batch.
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

    /// The day of the tree's last verification, if it was closed cleanly before this opening. The
    /// first write removes the mark of the clean close; [`Store::close`] and [`Store::leave`] write
    /// it again.
    pub fn last_check(&self) -> Option<NaiveDate> {
        if self.wrote {
            return self.checked;
        }
        let path = self.home.join("cache").join("checked");
        let note = std::fs::read(&path).unwrap_or_default();
        std::str::from_utf8(unseal(&note)?).ok()?.parse().ok()
    }

    /// Syncs and marks a clean close. Verifies the whole tree first, once a day: at the end nobody
    /// waits for it. The next start rebuilds a damaged tree.
    pub fn close(mut self, checked: Option<NaiveDate>, today: NaiveDate) -> Result<(), Failure> {
        self.sync()?;
        if checked != Some(today) && !self.check_counts()?.is_empty() {
            return Ok(());
        }
        self.note_clean_end(today)
    }

    /// Syncs and restores the mark of a clean close as it was at the opening: a short command
    /// verifies nothing, and its writes do not make the next start verify.
    pub fn leave(mut self) -> Result<(), Failure> {
        let Some(day) = self.checked.filter(|_| !self.broken && self.lost.is_none()) else {
            return Ok(());
        };
        self.sync()?;
        self.note_clean_end(day)
    }

    fn note_clean_end(&self, day: NaiveDate) -> Result<(), Failure> {
        let dir = self.home.join("cache");
        super::files::private_dir(&dir)?;
        super::files::write_atomic(&dir.join("checked"), &seal(day.to_string().as_bytes()))
    }

    /// The derived files that are damaged. They are removed, because they are made anew from the store: no answer
    /// came from them.
    pub fn renew_derived(&self) -> Vec<&'static str> {
        let mut out = Vec::new();
        if row_cache::is_damaged(&self.home) {
            row_cache::remove(&self.home);
            out.push("cache/rows");
        }
        if kept_list::renew(&self.home) {
            out.push("cache/list");
        }
        if self.notes_are_damaged() {
            self.forget_notes_file();
            out.push("cache/notes");
        }
        out
    }

    /// Verifies everything in one step.
    pub fn verify(&self) -> Result<Report, Failure> {
        let mut verification = Verification::begin(self, self.journal.next_place());
        while verification.step(self)? {}
        Ok(verification.report)
    }

    /// Begins a verification of the store's present state. Commits may follow meanwhile: call its
    /// steps with [`Store::read_at`].
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

/// A verification in progress: first the counts and the records of the tree, then the journal, and the
/// snapshots.
pub struct Verification {
    pub report: Report,
    /// Pieces done, and their total.
    pub done: usize,
    pub total: usize,
    stage: Stage,
    /// Records that cannot be read.
    unreadable: Vec<String>,
    /// The end of the journal at the beginning.
    end: Place,
}

enum Stage {
    Counts {
        found: BTreeMap<u8, Tally>,
        behind: Option<Vec<u8>>,
    },
    Journal(Walk),
    Snapshots(VecDeque<PathBuf>, Option<WholeCheck>),
    Over,
}

impl Verification {
    /// The amounts checked in one step; a step takes a few milliseconds.
    const PAIRS: usize = 250;
    const BYTES: u64 = 4 << 20;

    fn begin(store: &Store, end: Place) -> Self {
        let records: u64 = store.meta.counts.values().map(|t| t.keys).sum();
        Self {
            report: Report {
                records,
                ..Report::default()
            },
            done: 0,
            total: records as usize,
            stage: Stage::Counts {
                found: BTreeMap::new(),
                behind: None,
            },
            unreadable: Vec::new(),
            end,
        }
    }

    /// Checks some more. Returns whether there is more.
    ///
    /// # Errors
    /// If the store or its journal cannot be read at all. Damage in them is no error but a result.
    pub fn step(&mut self, store: &Store) -> Result<bool, Failure> {
        let stage = std::mem::replace(&mut self.stage, Stage::Over);
        self.stage = match stage {
            Stage::Counts { found, behind } => self.count(store, found, behind)?,
            Stage::Journal(walk) if walk.next.is_none_or(|next| next >= self.end) => {
                self.report.problems.extend(self.check_newest(store)?);
                Stage::Snapshots(snapshots::snapshots(&store.home).into(), None)
            }
            Stage::Journal(walk) => Stage::Journal(self.read_journal(store, walk)?),
            Stage::Snapshots(rest, check) => self.check_snapshot(store, rest, check),
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
            if key[..] != *keys::META
                && let Err(reason) = values::check(&key, &value)
            {
                self.unreadable.push(reason);
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
        let mut problems = store.differences(&found);
        problems.append(&mut self.unreadable);
        self.report.problems = found_as_problems(problems);
        self.report.tree_damaged = !self.report.problems.is_empty();
        store.mark_for_reopening();
        Ok(Stage::Journal(Walk::from(0)))
    }

    fn read_journal(&mut self, store: &Store, mut walk: Walk) -> Result<Walk, Failure> {
        let (report, end) = (&mut self.report, self.end);
        let (mut damage, mut problems) = (Vec::new(), Vec::new());
        let mut each = |place: Place, kind, body: Vec<u8>| {
            // Later frames do not belong to this moment.
            if place >= end || kind == FrameKind::Segment {
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
        store
            .journal
            .read_some(&mut walk, Self::BYTES, &mut damage, &mut each)?;
        problems.extend(damage);
        self.report.problems.extend(found_as_problems(problems));
        Ok(walk)
    }

    /// The file `head` names this store, an operation that the tree has, and a point that the journal has.
    fn check_newest(&self, store: &Store) -> Result<Vec<Problem>, Failure> {
        let Some(newest) = newest::read(&store.home) else {
            return Ok(found_as_problems(vec![format!(
                "{}: missing or damaged",
                newest::FILE
            )]));
        };
        let mut wrong = Vec::new();
        if Some(&newest.store) != store.meta.store.as_ref() {
            wrong.push(format!("{}: of another store", newest::FILE));
        }
        // Commits may have followed since this moment. Without syncs the file stays behind.
        let is_behind = newest.seq < store.meta.seq && store.durability == Durability::Full;
        if is_behind || !store.journal.holds(newest.mark)? {
            wrong.push(format!("{}: not the end of this journal", newest::FILE));
        }
        Ok(found_as_problems(wrong))
    }

    /// Whether a snapshot belongs to the store, and the journal continues after it.
    fn belongs(store: &Store, path: &Path) -> Result<(), Failure> {
        let Some(head) = snapshots::read_head(path) else {
            return Ok(());
        };
        if head.store.is_some() && head.store != store.meta.store {
            return Err(snapshots::damaged(path, "of another store".into()));
        }
        if head.store.is_some() && !head.is_continued(&store.home)? {
            let name = segments::name(head.segment);
            return Err(snapshots::damaged(
                path,
                format!("{name} does not continue it"),
            ));
        }
        Ok(())
    }

    fn check_snapshot(
        &mut self,
        store: &Store,
        mut rest: VecDeque<PathBuf>,
        check: Option<WholeCheck>,
    ) -> Stage {
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
                // A snapshot in the list may have been replaced meanwhile.
                if !path.exists() {
                    return Stage::Snapshots(rest, None);
                }
                self.report.snapshots += 1;
                let begun =
                    Self::belongs(store, &path).and_then(|()| WholeCheck::with_values(&path));
                match begun {
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

impl Store {
    /// Whether all segments and snapshots that are there belong together.
    pub(super) fn is_journal_whole(&self) -> Result<bool, Failure> {
        let damage = self.journal.read(Walk::from(0), |_, _, _| Ok(()))?;
        let belongs = |path: &PathBuf| Verification::belongs(self, path).is_ok();
        Ok(damage.is_empty() && snapshots::snapshots(&self.home).iter().all(belongs))
    }
}

fn found_as_problems(what: Vec<String>) -> Vec<Problem> {
    what.into_iter().map(Problem::Found).collect()
}
