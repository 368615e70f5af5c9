//! An account's score of today, from everything that belongs to it, and the scores of the weeks before that are not
//! recorded yet.

use chrono::{Duration, NaiveDate};

use super::commit::NewScores;
use super::handle::Store;
use super::heard::{Heard, Remembering};
use super::packed_history;
use super::reader::{Reader, Together, Values};
use crate::domain::dossier::Dossier;
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::health::history::Entry;
use crate::domain::health::{self, Score};
use crate::domain::ids::AccountId;
use crate::domain::portfolio::attributes::excerpt;
use crate::domain::standing::{Row, ScoringContext, standing_by};
use crate::domain::when::Now;

/// Past weeks for which a missing score is computed: three for the trend, the others for the
/// history line.
const REPLAY_WEEKS: i64 = 18;

/// A row, its new scores, and what was heard where it is not known.
pub(super) struct Scored {
    pub row: Row,
    pub scores: Option<NewScores>,
    pub heard: Option<Heard>,
}

/// How rows are scored.
#[derive(Clone, Copy)]
pub struct Scoring<'a> {
    pub context: ScoringContext<'a>,
    /// See `config::Config::policy_stamp`.
    pub policy_stamp: u64,
    pub now: Now,
}

/// Whether to compute the past scores of an account again.
pub type Again<'a> = &'a (dyn Fn(&AccountId) -> bool + Sync);

/// How accounts are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    OneByOne,
    /// The ids follow each other in the store.
    Together,
}

impl Store {
    /// The scores of accounts. An id without an account has none.
    pub(super) fn scored(
        &self,
        ids: &[AccountId],
        reading: Reading,
        scoring: Scoring,
        again: Again,
    ) -> Result<Vec<Scored>, Failure> {
        match reading {
            Reading::OneByOne => self.scored_from(&self.reader(), ids, scoring, again),
            Reading::Together => {
                let values = Together::read(&self.tree, ids);
                let values = &values.map_err(|e| self.sled_failure(&e))?;
                let store = self;
                self.scored_from(&Reader { store, values }, ids, scoring, again)
            }
        }
    }

    fn scored_from<V: Values>(
        &self,
        from: &Reader<V>,
        ids: &[AccountId],
        scoring: Scoring,
        again: Again,
    ) -> Result<Vec<Scored>, Failure> {
        let one = |id: &AccountId| self.score(from, id, scoring, again(id)).transpose();
        ids.iter().filter_map(one).collect()
    }

    /// One account's row, and its new history entries.
    fn score<V: Values>(
        &self,
        from: &Reader<V>,
        id: &AccountId,
        scoring: Scoring,
        again: bool,
    ) -> Result<Option<Scored>, Failure> {
        let Some(mut dossier) = from.dossier(id)? else {
            return Ok(None);
        };
        let freshness = self.freshness();
        let today = scoring.now.today();
        let recorded = dossier
            .history
            .at(today)
            .filter(|e| e.date == today)
            .cloned();
        let (score, mut fresh) = record(&mut dossier, freshness, scoring, again);
        let listening = Remembering::new(
            scoring.context.phrases,
            from.heard(id, scoring.policy_stamp),
        );
        let phrases = &listening;
        let context = ScoringContext {
            phrases,
            ..scoring.context
        };
        let standing = standing_by(score, &dossier, freshness, context, scoring.now);
        // Signals may hold the band: the history keeps the one that was shown.
        let entry = Entry::of(&standing.health, today, false, scoring.context.rules);
        if entry.score.is_some() {
            dossier.history.record(entry.clone());
            if recorded.as_ref() != Some(&entry) {
                fresh.push(entry);
            }
        }
        let scores = (!fresh.is_empty()).then(|| NewScores {
            account: id.clone(),
            fresh,
            history: packed_history::value(&dossier.history),
        });
        let row = Row {
            account: excerpt(dossier.account),
            standing,
        };
        Ok(Some(Scored {
            row,
            scores,
            heard: listening.changed(),
        }))
    }
}

/// Makes today's score and computes the weeks before that have none; the dossier's history gets all of
/// them. Returns the score and the new entries of earlier days. If `again`, the computed past scores are
/// replaced, because new data may concern the past.
fn record(
    dossier: &mut Dossier,
    freshness: DataFreshness,
    scoring: Scoring,
    again: bool,
) -> (Score, Vec<Entry>) {
    let today = scoring.now.today();
    let mut fresh = Vec::new();
    let start = crate::domain::standing::contract_start(dossier).unwrap_or(NaiveDate::MIN);
    let days: Vec<NaiveDate> = if dossier.history.at(today - Duration::days(1)).is_none() {
        (1..=REPLAY_WEEKS)
            .rev()
            .map(|w| w * 7)
            .chain([30, 90])
            .map(|d| today - Duration::days(d))
            .filter(|d| *d >= start)
            .collect()
    } else if again {
        dossier
            .history
            .entries()
            .iter()
            .filter(|e| e.replayed && e.date < today)
            .map(|e| e.date)
            .collect()
    } else {
        Vec::new()
    };
    for day in days {
        let score = health::score(
            dossier,
            freshness,
            scoring.context.policy,
            day,
            scoring.now.zone,
        );
        let entry = Entry::of(&score, day, true, scoring.context.rules);
        let held = dossier.history.at(day).filter(|e| e.date == day);
        if score.score.is_some() && held.is_none_or(|h| h.replayed && *h != entry) {
            fresh.push(entry);
        }
    }
    let score = health::score(
        dossier,
        freshness,
        scoring.context.policy,
        today,
        scoring.now.zone,
    );
    for entry in &fresh {
        dossier.history.record(entry.clone());
    }
    if score.score.is_some() {
        let entry = Entry::of(&score, today, false, scoring.context.rules);
        dossier.history.record(entry);
    }
    (score, fresh)
}
