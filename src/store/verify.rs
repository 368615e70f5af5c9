//! `verify`: the tree against its own counts, every value against its form, and the journal and
//! snapshots against their checksums.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::handle::Store;
use super::keys::{self, Tally};
use super::{backup, codec};
use crate::domain::failure::{Failure, Problem};

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
        let mut found: BTreeMap<u8, Tally> = BTreeMap::new();
        for pair in self.tree.walk([]) {
            let (key, value) = pair.map_err(|e| self.sled_failure(&e))?;
            if &key[..] != keys::META {
                found.entry(key[0]).or_default().add(&key, &value);
            }
        }
        let kinds: std::collections::BTreeSet<u8> = found
            .keys()
            .chain(self.meta.counts.keys())
            .copied()
            .collect();
        Ok(kinds
            .into_iter()
            .filter_map(|kind| {
                let (is, should) = (
                    found.get(&kind).copied().unwrap_or_default(),
                    self.meta.counts.get(&kind).copied().unwrap_or_default(),
                );
                (is != should).then(|| {
                    format!(
                        "kind `{}`: {} records, {} expected{}",
                        kind as char,
                        is.keys,
                        should.keys,
                        if is.keys == should.keys {
                            " (contents differ)"
                        } else {
                            ""
                        }
                    )
                })
            })
            .collect())
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

    pub fn verify(&self) -> Result<Report, Failure> {
        let mut report = Report {
            problems: found(self.check_counts()?).collect(),
            ..Report::default()
        };
        report.tree_damaged = !report.problems.is_empty();
        report.records = self.meta.counts.values().map(|t| t.keys).sum();
        for account in self.accounts()? {
            if let Err(failure) = self.dossier(&account.id) {
                report.tree_damaged = true;
                report.problems.push(Problem::Unreadable {
                    place: account.id.to_string(),
                    failure,
                });
            }
        }
        let mut operations = 0;
        let damage = self.journal.read_from(0, |place, _, body| {
            operations += 1;
            if let Err(reason) = codec::from_numbered(&body) {
                report.problems.push(Problem::Found(format!(
                    "journal {} byte {}: {reason}",
                    place.segment, place.offset
                )));
            }
            Ok(())
        })?;
        report.operations = operations;
        report.problems.extend(found(damage));
        for path in backup::snapshots(&self.home) {
            report.snapshots += 1;
            if let Err(failure) = backup::check_whole(&path) {
                report.problems.push(Problem::Unreadable {
                    place: path.display().to_string(),
                    failure,
                });
            }
        }
        Ok(report)
    }
}

fn found(what: Vec<String>) -> impl Iterator<Item = Problem> {
    what.into_iter().map(Problem::Found)
}
