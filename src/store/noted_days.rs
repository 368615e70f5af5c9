//! Reading what was noted of each day: of one account, or all blocks for an export.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::handle::Store;
use super::keys::{self, OBSERVED};
use super::observations::place;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::observed::{Block, Known, Observed};

/// A day of an account, and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    pub day: NaiveDate,
    pub known: Known,
    pub was: Observed,
}

impl Store {
    /// The days of an account of which something is known, the earliest first: noted ones, and those of recorded scores
    /// that no block holds, as of an account that came from an export.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn days_of(
        &self,
        id: &AccountId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<Day>, Failure> {
        let mut out = self.observed_of(id, from, to)?;
        let noted: BTreeSet<NaiveDate> = out.iter().map(|d| d.day).collect();
        let history = self.history(id)?;
        let scores = history.entries().iter();
        let scores = scores.filter(|e| !e.replayed && (from..=to).contains(&e.date));
        out.extend(scores.filter(|e| !noted.contains(&e.date)).map(|e| Day {
            day: e.date,
            known: Known::Scored,
            was: Observed::of_score(e),
        }));
        out.sort_by_key(|d| d.day);
        Ok(out)
    }

    /// The noted days of an account, the earliest first.
    fn observed_of(
        &self,
        id: &AccountId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<Day>, Failure> {
        let mut out = Vec::new();
        // The block of a week's first day is read once for all days of it.
        let mut base: Option<Block> = None;
        for (day, (of, _)) in self.present(from, to)? {
            let Some(block) = self.block(day, of, place(id, of))? else {
                continue;
            };
            if let Some(on) = block.base
                && base.as_ref().is_none_or(|b| b.day != on)
            {
                base = self.block(on, of, place(id, of))?;
            }
            let own = |b: &Block| {
                b.rows
                    .iter()
                    .find(|(other, _)| other == id)
                    .map(|(_, o)| o.clone())
            };
            let of_base = || {
                base.as_ref()
                    .filter(|b| Some(b.day) == block.base)
                    .and_then(own)
            };
            let seen = own(&block).or_else(|| of_base().filter(|_| !block.gone.contains(id)));
            out.extend(seen.map(|was| Day {
                day,
                known: block.known,
                was,
            }));
        }
        Ok(out)
    }

    /// All blocks, the earliest first, for an export.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn observed_blocks(
        &self,
    ) -> Result<impl Iterator<Item = Result<Block, Failure>> + '_, Failure> {
        let places = self
            .tree
            .walk([OBSERVED])
            .map(|pair| pair.map(|(key, _)| keys::observed_place(&key)));
        let places: Result<Vec<_>, _> = places.collect();
        let places = places
            .map_err(|e| self.sled_failure(&e))?
            .into_iter()
            .flatten();
        Ok(places.filter_map(|(day, of, block)| self.block(day, of, block).transpose()))
    }
}
