//! Answers from the row cache without opening the store, while the journal ends where it did when the rows were
//! written. It reads the blocks that it needs; what is damaged or behind counts as absent, and the store is opened.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::codec;
use super::lean::{self, Lean, Place};
use super::loss;
use super::newest::{self, Newest};
use super::restore;
use super::row_cache::{self, Head, PER_BLOCK, Stamp};
use super::sealed::Sealed;
use super::segments::segment_path;
use super::sharing::shared;
use super::spool;
use crate::domain::health::Band;
use crate::domain::search::{LITERAL, Search};
use crate::domain::settings::dismissal::Dismissal;
use crate::domain::standing::Row;
use crate::domain::text::{fold, visible};

/// The rows as of now, not yet read.
pub struct Index {
    home: PathBuf,
    file: Sealed<Head>,
    /// One line for each row: see `lean`.
    lean: String,
}

/// The place of a row, and its account's id.
type Spot<'a> = (usize, &'a str);

impl Index {
    /// The rows if nothing was written since, no note waits, and they are of this day and policy. The policy depends on
    /// what was dismissed.
    pub fn of_today(
        home: &Path,
        date: NaiveDate,
        policy: impl FnOnce(&[Dismissal]) -> u64,
    ) -> Option<Self> {
        if spool::is_waiting(home) {
            return None;
        }
        let index = Self::current(home)?;
        let head = &index.file.head;
        let is = head.stamp.date == date && head.stamp.policy == policy(&head.settings.dismissed);
        is.then_some(index)
    }

    /// The rows if nothing was written since, of any day: their accounts are as of now.
    pub fn current(home: &Path) -> Option<Self> {
        // What was lost is told by an opening, and a restore that was cut short is ended by one.
        let is_usual = |name: &str| !home.join(name).exists();
        (is_usual(loss::FILE) && is_usual(restore::STAGE)).then_some(())?;
        let file = row_cache::open(home)?;
        ends_there(home, file.head.stamp.end.as_ref()?).then_some(())?;
        let rows = file.head.rows;
        let lean = String::from_utf8(file.block(rows.div_ceil(PER_BLOCK) + 2)?).ok()?;
        let home = home.to_owned();
        let index = Self { home, file, lean };
        (index.lines().count() == rows).then_some(index)
    }

    pub fn home(&self) -> &Path {
        &self.home
    }

    /// What an answer of now was made from.
    pub fn stamp(&self) -> &Stamp {
        &self.file.head.stamp
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        self.lean.split('\n').filter(|line| !line.is_empty())
    }

    /// The rows of a band that the words find, in the order of risk, and whether there is any account in use. Lost
    /// accounts have no band.
    ///
    /// Returns `None` where a block cannot be read.
    pub fn found(
        &self,
        band: Option<Band>,
        search: Option<&Search>,
    ) -> Option<(Vec<Arc<Row>>, bool)> {
        let lean = lean::read(&self.lines().collect::<Vec<_>>())?;
        let fits = |l: &Lean| match band {
            None => l.2 != Place::Archived,
            Some(band) => l.2 == Place::InUse && l.1 == band,
        };
        let found = |l: &Lean| fits(l) && search.is_none_or(|s| s.rank(&l.3).is_some());
        let places = lean.iter().enumerate().filter(|(_, l)| found(l));
        let rows = self.rows(&places.map(|(place, l)| (place, &*l.0)).collect::<Vec<_>>())?;
        Some((rows, lean.iter().any(|l| l.2 != Place::Archived)))
    }

    /// The row of the account that a text means beyond doubt; `None` where there is none or a doubt.
    pub fn meant(&self, text: &str) -> Option<Arc<Row>> {
        let text = visible(text);
        let folded = fold(&text);
        let is = |l: &Lean| *l.0 == *text || l.3.name() == folded || l.4.contains(&folded);
        let exact = self.with_any(&[&text, &folded])?;
        let exact: Vec<(usize, Lean)> = exact.into_iter().filter(|(_, l)| is(l)).collect();
        let hits = match exact.is_empty() {
            false => exact,
            true => {
                let words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
                let search = Search::by_name(&words);
                let literal = |l: &Lean| search.rank(&l.3).is_some_and(|r| r >= LITERAL);
                let some = self.with_any(&words)?;
                some.into_iter().filter(|(_, l)| literal(l)).collect()
            }
        };
        let [(place, one)] = &hits[..] else {
            return None;
        };
        self.rows(&[(*place, &one.0)])?.pop()
    }

    /// The lines in which one of the texts stands, with their places. Only those are read.
    fn with_any(&self, texts: &[impl AsRef<str>]) -> Option<Vec<(usize, Lean)>> {
        // In a line a quotation mark is written otherwise.
        let plain = |t: &str| !t.is_empty() && !t.contains(['"', '\\']);
        let sought = texts.iter().all(|t| plain(t.as_ref()));
        let has = |line: &str| !sought || texts.iter().any(|t| line.contains(t.as_ref()));
        let lines = self.lines().enumerate().filter(|(_, line)| has(line));
        lines
            .map(|(place, line)| Some((place, lean::one(line)?)))
            .collect()
    }

    /// The rows at these places, which ascend, of these accounts. Only their lines are decoded.
    fn rows(&self, places: &[Spot]) -> Option<Vec<Arc<Row>>> {
        let blocks: Vec<&[Spot]> = places
            .chunk_by(|a, b| a.0 / PER_BLOCK == b.0 / PER_BLOCK)
            .collect();
        let read = |some: &[&[Spot]]| Ok(some.iter().map(|places| self.rows_of(places)).collect());
        let read: Vec<Option<Vec<Arc<Row>>>> = shared(&blocks, read).ok()?;
        let read: Option<Vec<Vec<Arc<Row>>>> = read.into_iter().collect();
        Some(read?.into_iter().flatten().collect())
    }

    /// The rows at these places of one block.
    fn rows_of(&self, places: &[Spot]) -> Option<Vec<Arc<Row>>> {
        let bytes = self.file.block(places.first()?.0 / PER_BLOCK)?;
        let lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
        let row = |(place, id): &Spot| {
            let row: Row = codec::from_json(lines.get(place % PER_BLOCK)?).ok()?;
            (row.account.id.as_str() == *id).then(|| Arc::new(row))
        };
        places.iter().map(row).collect()
    }
}

/// Whether the journal ends at this operation: the head says so, and the newest segment is no longer.
fn ends_there(home: &Path, end: &Newest) -> bool {
    let dir = home.join("journal");
    let size = |segment| std::fs::metadata(segment_path(&dir, segment)).map(|m| m.len());
    newest::read(home).as_ref() == Some(end)
        && size(end.mark.segment).is_ok_and(|size| size == end.mark.size)
        && size(end.mark.segment + 1).is_err()
}
