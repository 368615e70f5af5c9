//! The back-test over the store: accounts are read, scored at past dates, and released. This file
//! must not know who asked for it.

use crate::domain::failure::Failure;
use crate::domain::policy::Policy;
use crate::domain::standing::contract_start;
use crate::services::backtest::fit::{Fitted, fit};
use crate::services::backtest::{
    Candidate, Design, Planned, Report, Sample, design, report, sample,
};
use crate::store::rows::Scoring;
use crate::store::sharing::shared;
use crate::store::{LARGE_READ, Store};

/// Accounts in one step; then the caller may do other work.
pub const PIECE: usize = 400;

/// A back-test in progress. It runs in pieces, so that it can be interrupted and other work is not
/// delayed.
pub struct Run {
    design: Design,
    /// The rules without a profile: it was learnt from these endings, and would know them.
    policy: Policy,
    had_profile: bool,
    samples: Vec<Sample>,
    next: usize,
}

impl Run {
    pub fn begin(store: &Store, scoring: Scoring, lead: i64) -> Result<Self, Failure> {
        let mut outcomes = store.all_outcomes()?;
        let candidate = |(id, start)| {
            let at = outcomes.binary_search_by(|(of, _)| of.cmp(&id)).ok();
            Candidate {
                outcomes: at
                    .map(|at| std::mem::take(&mut outcomes[at].1))
                    .unwrap_or_default(),
                id,
                start,
            }
        };
        let candidates: Vec<Candidate> = store.contracts()?.into_iter().map(candidate).collect();
        Ok(Self {
            design: design(&candidates, lead, scoring.now.today()),
            policy: Policy {
                profile: None,
                ..scoring.context.policy.clone()
            },
            had_profile: scoring.context.policy.profile.is_some(),
            samples: Vec::new(),
            next: 0,
        })
    }

    /// Scores some more accounts. Returns the number done and the total.
    pub fn step(
        &mut self,
        store: &Store,
        scoring: Scoring,
        some: usize,
    ) -> Result<(usize, usize), Failure> {
        let snapshot = self.design.snapshot;
        let one = |case: &Planned| -> Result<Option<Sample>, Failure> {
            let Planned {
                id, positive, day, ..
            } = case;
            let Some(mut d) = store.dossier(id)? else {
                return Ok(None);
            };
            d.account.id = id.clone();
            // There is no data about an account before it began.
            if !snapshot && contract_start(&d).is_some_and(|s| s > *day) {
                return Ok(None);
            }
            sample(
                &d,
                store.freshness(),
                &self.policy,
                scoring.now.zone,
                snapshot,
                *positive,
                *day,
            )
            .map(Some)
        };
        let end = self.next.saturating_add(some).min(self.design.cases.len());
        self.samples
            .extend(shared(&self.design.cases[self.next..end], |some| {
                some.iter()
                    .filter_map(|case| one(case).transpose())
                    .collect()
            })?);
        self.next = end;
        let total = self.design.cases.len();
        if end == total && total > LARGE_READ {
            store.mark_for_reopening();
        }
        Ok((end, total))
    }

    pub fn finish(self, with_fit: bool) -> (Report, Option<Fitted>) {
        // Where no score can be made, the columns may still tell who leaves.
        let unscored = self.samples.iter().all(|s| s.case.is_none());
        let fitted = if with_fit || unscored {
            fit(&self.samples, self.design.snapshot, &self.policy)
        } else {
            None
        };
        let columns = fitted
            .as_ref()
            .filter(|_| unscored)
            .and_then(|f| f.model_auc);
        let report = Report {
            columns,
            without_profile: self.had_profile,
            ..report(&self.design, self.samples)
        };
        (report, fitted.filter(|_| with_fit))
    }
}
