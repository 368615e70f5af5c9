//! Answers from the row cache without opening the store, while the journal ends where it did when the rows were
//! written. It reads the blocks that it needs; what is damaged or behind counts as absent, and the store is opened.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use super::codec;
use super::lean::{self, Lean, Place};
use super::newest::{self, Newest};
use super::row_cache::{self, Head, PER_BLOCK};
use super::sealed::Sealed;
use super::segments::segment_path;
use super::sharing::shared;
use super::spool;
use crate::domain::health::Band;
use crate::domain::search::Search;
use crate::domain::settings::dismissal::Dismissal;
use crate::domain::standing::Row;
use crate::domain::text::{fold, visible};

/// The rows as of now, not yet read.
pub struct Index {
    file: Sealed<Head>,
    lean: Vec<Lean>,
}

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
        let file = row_cache::open(home)?;
        ends_there(home, file.head.stamp.end.as_ref()?).then_some(())?;
        let rows = file.head.rows;
        let lean = lean::read(&file.block(rows.div_ceil(PER_BLOCK) + 2)?)?;
        (lean.len() == rows).then_some(Self { file, lean })
    }

    /// Whether there is no account in use.
    pub fn is_empty(&self) -> bool {
        !self.lean.iter().any(|l| l.2 != Place::Archived)
    }

    /// The rows of a band that the words find, in the order of risk. Lost accounts have no band.
    ///
    /// Returns `None` where a block cannot be read.
    pub fn found(&self, band: Option<Band>, search: Option<&Search>) -> Option<Vec<Arc<Row>>> {
        let fits = |l: &Lean| match band {
            None => l.2 != Place::Archived,
            Some(band) => l.2 == Place::InUse && l.1 == band,
        };
        let found = |l: &Lean| fits(l) && search.is_none_or(|s| s.rank(&l.3).is_some());
        let places = (0..self.lean.len()).filter(|n| found(&self.lean[*n]));
        self.rows(&places.collect::<Vec<_>>())
    }

    /// The row of the account that a text means beyond doubt; `None` where there is none or a doubt.
    pub fn meant(&self, text: &str) -> Option<Arc<Row>> {
        let text = visible(text);
        let folded = fold(&text);
        let is = |l: &&usize| {
            let Lean(id, _, _, hay, aliases) = &self.lean[**l];
            **id == *text || hay.name() == folded || aliases.contains(&folded)
        };
        let all: Vec<usize> = (0..self.lean.len()).collect();
        let mut exact: Vec<usize> = all.iter().filter(is).copied().collect();
        if exact.is_empty() {
            let words: Vec<String> = text.split_whitespace().map(fold).collect();
            let search = Search::by_name(&words);
            let literal = |l: &usize| search.rank(&self.lean[*l].3).is_some_and(|r| r >= LITERAL);
            exact = all.into_iter().filter(literal).collect();
        }
        let [one] = exact[..] else { return None };
        self.rows(&[one])?.pop()
    }

    /// The rows at these places, which ascend. Only their lines are decoded.
    fn rows(&self, places: &[usize]) -> Option<Vec<Arc<Row>>> {
        let blocks: Vec<&[usize]> = places
            .chunk_by(|a, b| a / PER_BLOCK == b / PER_BLOCK)
            .collect();
        let read = |some: &[&[usize]]| Ok(some.iter().map(|places| self.rows_of(places)).collect());
        let read: Vec<Option<Vec<Arc<Row>>>> = shared(&blocks, read).ok()?;
        let read: Option<Vec<Vec<Arc<Row>>>> = read.into_iter().collect();
        Some(read?.into_iter().flatten().collect())
    }

    /// The rows at these places of one block.
    fn rows_of(&self, places: &[usize]) -> Option<Vec<Arc<Row>>> {
        let bytes = self.file.block(places.first()? / PER_BLOCK)?;
        let lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
        let row = |place: &usize| {
            let row: Row = codec::from_json(lines.get(place % PER_BLOCK)?).ok()?;
            (row.account.id.as_str() == &*self.lean[*place].0).then(|| Arc::new(row))
        };
        places.iter().map(row).collect()
    }
}

/// The rank from which a name is meant, not only resembled: as in `search::meant`.
const LITERAL: i64 = 900;

/// Whether the journal ends at this operation: the head says so, and the newest segment is no longer.
fn ends_there(home: &Path, end: &Newest) -> bool {
    let dir = home.join("journal");
    let size = |segment| std::fs::metadata(segment_path(&dir, segment)).map(|m| m.len());
    newest::read(home).as_ref() == Some(end)
        && size(end.mark.segment).is_ok_and(|size| size == end.mark.size)
        && size(end.mark.segment + 1).is_err()
}
