//! Scores that were recorded before whole days were noted (schema 8), as what each of those days was: `[observations]`.
//! Nothing else is known of them, and their blocks say so.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::handle::Store;
use super::observations::{PER_BLOCK, place};
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::observed::{Block, Known, Observed};

impl Store {
    /// Writes the blocks of the days before the first noted one. What is there stays, so doing it twice changes nothing.
    pub(super) fn fill_days_from_scores(&mut self) -> Result<(), Failure> {
        let ids = self.account_ids()?;
        let of = u16::try_from(ids.len().div_ceil(PER_BLOCK)).unwrap_or(u16::MAX);
        let first_noted = self.first_noted()?;
        for block in 0..of {
            let mine = ids.iter().filter(|id| place(id, of) == block);
            for (day, rows) in self.scores(mine, first_noted)? {
                if self.block(day, of, block)?.is_some() {
                    continue;
                }
                let known = Known::Scored;
                let whole = Block {
                    day,
                    block,
                    of,
                    known,
                    base: None,
                    rows,
                    gone: Vec::new(),
                };
                let filled = self.against_base(whole)?;
                self.write_observed(&filled)?;
            }
        }
        Ok(())
    }

    /// The first day that was noted whole.
    fn first_noted(&self) -> Result<Option<NaiveDate>, Failure> {
        for block in self.observed_blocks()? {
            let block = block?;
            if block.known != Known::Scored {
                return Ok(Some(block.day));
            }
        }
        Ok(None)
    }

    /// The recorded scores of accounts by day, up to a day.
    fn scores<'a>(
        &self,
        ids: impl Iterator<Item = &'a AccountId>,
        before: Option<NaiveDate>,
    ) -> Result<BTreeMap<NaiveDate, Vec<(AccountId, Observed)>>, Failure> {
        let mut out: BTreeMap<NaiveDate, Vec<(AccountId, Observed)>> = BTreeMap::new();
        for id in ids {
            let history = self.history(id)?;
            let recorded = history.entries().iter().filter(|e| !e.replayed);
            for entry in recorded.filter(|e| before.is_none_or(|first| e.date < first)) {
                let seen = Observed::of_score(entry);
                out.entry(entry.date).or_default().push((id.clone(), seen));
            }
        }
        Ok(out)
    }
}
