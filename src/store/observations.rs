//! What each day was, in blocks of accounts: `[observations]`. A block is written once, by the desk while nobody waits
//! for it or by an import, and never by a question. The first day of a week is kept whole, the others as what differs
//! from it. A day on which the program did not run is recomputed as of that day and marked so.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, Days, Duration, NaiveDate};

use super::codec;
use super::files::check_free_space;
use super::frames::{FrameKind, Place, frame};
use super::handle::Store;
use super::heard::Remembering;
use super::keys::{self, Writes};
use super::scored::Scoring;
use super::sharing::shared;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::observed::{Block, Known, Observed};
use crate::domain::recorded::AsOf;
use crate::domain::standing::{ScoringContext, standing};
use crate::domain::when::{Now, end_of_day};

/// Days that are kept.
const KEEP: u64 = 800;
/// Accounts in a block.
pub(super) const PER_BLOCK: usize = 256;
/// Reading more accounts leaves too many pages in memory.
const MANY: usize = 1_000;
/// Days that are recomputed at most; earlier ones stay unknown.
const CATCH_UP: u64 = 92;

/// The blocks of a day that are there, by their number, and of how many.
type Present = BTreeMap<NaiveDate, (u16, BTreeSet<u16>)>;

impl Store {
    /// Notes the next block of accounts: of today, else of a missed day. Returns whether there may be more.
    ///
    /// # Errors
    /// The store cannot be read or written.
    pub fn observe(&mut self, scoring: Scoring) -> Result<bool, Failure> {
        let today = scoring.now.today();
        if self.observed == Some(today) || self.lost.is_some() {
            return Ok(false);
        }
        let ids = self.account_ids()?;
        let Some((day, block, of)) = self.next_block(today, ids.len())? else {
            self.observed = Some(today);
            if ids.len() > MANY {
                self.mark_for_reopening();
            }
            return Ok(false);
        };
        let known = if day == today {
            Known::Recorded
        } else {
            Known::Recomputed
        };
        let mine: Vec<AccountId> = ids
            .into_iter()
            .filter(|id| place(id, of) == block)
            .collect();
        let mut scoring = scoring;
        scoring.context.first_use = self.first_use()?;
        let rows = shared(&mine, |some| {
            let seen = some.iter().map(|id| self.seen(id, day, known, scoring));
            let seen: Result<Vec<_>, Failure> = seen.collect();
            Ok(seen?.into_iter().flatten().collect())
        })?;
        let whole = Block {
            day,
            block,
            of,
            known,
            base: None,
            rows,
            gone: Vec::new(),
        };
        let block = self.against_base(whole)?;
        self.write_observed(&block)?;
        Ok(true)
    }

    /// Notes as much of today and of missed days as takes a fraction of a second: a command must not wait for more. The
    /// rest follows with the next command, or with the desk.
    ///
    /// # Errors
    /// As [`Self::observe`].
    pub fn observe_some(&mut self, scoring: Scoring) -> Result<(), Failure> {
        /// Accounts and days.
        const AT_ONCE: usize = 512;
        let each = self.account_ids()?.len().clamp(1, PER_BLOCK);
        for _ in 0..AT_ONCE / each {
            if !self.observe(scoring)? {
                break;
            }
        }
        Ok(())
    }

    /// The first block that is missing, of today or else of the oldest missed day: its day, number, and of how many.
    fn next_block(
        &self,
        today: NaiveDate,
        accounts: usize,
    ) -> Result<Option<(NaiveDate, u16, u16)>, Failure> {
        let present = self.present(today - Days::new(CATCH_UP), today)?;
        let whole = u16::try_from(accounts.div_ceil(PER_BLOCK)).unwrap_or(u16::MAX);
        let missing = |day: NaiveDate| match present.get(&day) {
            Some((of, blocks)) => (0..*of)
                .find(|n| !blocks.contains(n))
                .map(|n| (day, n, *of)),
            None => (whole > 0).then_some((day, 0, whole)),
        };
        if let Some(found) = missing(today) {
            return Ok(Some(found));
        }
        // Nothing but scores is known of the time before the first day that was noted whole.
        let Some(first) = self.first_whole(&present)? else {
            return Ok(None);
        };
        let mut missed = first.iter_days().take_while(|day| *day < today);
        Ok(missed.find_map(missing))
    }

    /// The first of these days that was noted whole.
    fn first_whole(&self, present: &Present) -> Result<Option<NaiveDate>, Failure> {
        for (day, (of, blocks)) in present {
            let Some(number) = blocks.first() else {
                continue;
            };
            let block = self.block(*day, *of, *number)?;
            if block.is_some_and(|block| block.known != Known::Scored) {
                return Ok(Some(*day));
            }
        }
        Ok(None)
    }

    pub(super) fn present(&self, from: NaiveDate, to: NaiveDate) -> Result<Present, Failure> {
        let mut out = Present::new();
        for key in self.observed_keys(from, to)? {
            if let Some((day, of, block)) = keys::observed_place(&key) {
                out.entry(day)
                    .or_insert_with(|| (of, BTreeSet::new()))
                    .1
                    .insert(block);
            }
        }
        Ok(out)
    }

    fn observed_keys(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Vec<u8>>, Failure> {
        let (from, end) = (
            keys::observed_day(from),
            keys::observed_day(to + Days::new(1)),
        );
        let keys = self
            .tree
            .between(&from, &end)
            .map(|pair| pair.map(|(key, _)| key.to_vec()));
        keys.collect::<Result<_, _>>()
            .map_err(|e| self.sled_failure(&e))
    }

    /// An account as it was at the end of a day, or is now.
    fn seen(
        &self,
        id: &AccountId,
        day: NaiveDate,
        known: Known,
        scoring: Scoring,
    ) -> Result<Option<(AccountId, Observed)>, Failure> {
        let reader = self.reader();
        let Some(d) = reader.dossier(id)? else {
            return Ok(None);
        };
        let (d, now, fresh) = match known {
            Known::Recorded => (d, scoring.now, self.freshness()),
            Known::Recomputed | Known::Scored => {
                let zone = scoring.now.zone;
                let at = AsOf::new(day, zone, false).with_plans();
                let now = Now {
                    at: end_of_day(day, zone),
                    ..scoring.now
                };
                (d.as_of(&at), now, self.freshness().until(day))
            }
        };
        if d.account.archived.is_some_and(|on| on <= day) {
            return Ok(None);
        }
        let listening = Remembering::new(
            scoring.context.phrases,
            reader.heard(id, scoring.policy_stamp),
        );
        let context = ScoringContext {
            phrases: &listening,
            ..scoring.context
        };
        let standing = standing(&d, fresh, context, now);
        Ok(Some((id.clone(), Observed::of(&d, &standing, day))))
    }

    /// A block as what differs from that of the first such day of its week, where there is one of as many blocks.
    pub(super) fn against_base(&self, whole: Block) -> Result<Block, Failure> {
        let monday = whole.day - Duration::days(whole.day.weekday().num_days_from_monday().into());
        let mut days = monday.iter_days().take_while(|day| *day < whole.day);
        // A score alone says less than a whole day: neither is a base of the other.
        let scored = |block: &Block| block.known == Known::Scored;
        let like = |block: &Block| scored(block) == scored(&whole);
        let base = days
            .find_map(|day| {
                let block = self.block(day, whole.of, whole.block);
                block.map(|block| block.filter(like)).transpose()
            })
            .transpose()?;
        let Some(base) = base.filter(|base| base.base.is_none()) else {
            return Ok(whole);
        };
        let held: HashMap<&AccountId, &Observed> =
            base.rows.iter().map(|(id, o)| (id, o)).collect();
        let there: BTreeSet<&AccountId> = whole.rows.iter().map(|(id, _)| id).collect();
        let gone = base
            .rows
            .iter()
            .map(|(id, _)| id)
            .filter(|id| !there.contains(id));
        let gone = gone.cloned().collect();
        let differs = |(id, o): &&(AccountId, Observed)| held.get(id) != Some(&o);
        let rows = whole.rows.iter().filter(differs).cloned().collect();
        Ok(Block {
            base: Some(base.day),
            rows,
            gone,
            ..whole
        })
    }

    pub(super) fn block(
        &self,
        day: NaiveDate,
        of: u16,
        block: u16,
    ) -> Result<Option<Block>, Failure> {
        let Some(bytes) = self.get(&keys::observed(day, of, block))? else {
            return Ok(None);
        };
        let block = codec::unpressed(&bytes).and_then(|raw| codec::from_json(&raw));
        self.or_lost(block.map(Some).map_err(|reason| self.damaged(reason)))
    }

    /// Writes a block to the journal and to the tree. It is an observation, not an edit: no undo and no log entry.
    ///
    /// # Errors
    /// There is no room, or the store cannot be written.
    pub fn write_observed(&mut self, block: &Block) -> Result<(), Failure> {
        if self.lost.is_some() || self.broken {
            return Ok(());
        }
        let body = codec::pressed(&codec::json(block));
        let bytes = frame(FrameKind::Observed, &codec::numbered(self.meta.seq, &body))?;
        check_free_space(&self.home, bytes.len() as u64 * 3)?;
        self.forget_clean_end();
        self.journal.begin(self.meta.seq)?;
        let place = self.journal.append(&bytes)?;
        self.apply_observed(block, place)
    }

    /// Adds the blocks of an export, where the store has none of that day: what was noted here stands.
    ///
    /// # Errors
    /// As [`Self::write_observed`].
    pub fn add_observed(&mut self, blocks: &[Block]) -> Result<(), Failure> {
        let mut held = BTreeSet::new();
        if let Some((from, to)) = blocks
            .iter()
            .map(|b| b.day)
            .min()
            .zip(blocks.iter().map(|b| b.day).max())
        {
            held.extend(self.present(from, to)?.into_keys());
        }
        let news = blocks
            .iter()
            .filter(|b| b.block < b.of && !held.contains(&b.day));
        for block in news {
            self.write_observed(block)?;
        }
        Ok(())
    }

    /// Writes a block of a frame of the journal to the tree, and drops what is too old.
    pub(super) fn apply_observed(&mut self, block: &Block, place: Place) -> Result<(), Failure> {
        let mut writes = Writes::new();
        let value = codec::pressed(&codec::json(block));
        writes.insert(
            keys::observed(block.day, block.of, block.block),
            Some(value),
        );
        if block.block == 0 {
            let oldest = block.day - Days::new(KEEP);
            let old = self.observed_keys(NaiveDate::default(), oldest)?;
            writes.extend(old.into_iter().map(|key| (key, None)));
        }
        self.write_all(writes, |meta| meta.recorded = Some(place))
    }
}

/// The block of an account of so many: by its id, so that it is found without a list.
pub(super) fn place(id: &AccountId, of: u16) -> u16 {
    (crc32fast::hash(id.as_str().as_bytes()) % u32::from(of.max(1))) as u16
}

/// Whether a value is a block of its key.
pub(super) fn check(key: &[u8], value: &[u8]) -> Result<(), String> {
    let block: Block = codec::unpressed(value).and_then(|raw| codec::from_json(&raw))?;
    let own = keys::observed(block.day, block.of, block.block);
    (own == key)
        .then_some(())
        .ok_or("the key does not belong to the record".into())
}
