//! The back-test over the store: accounts are read, scored as they stood, and let go again.

use serde_json::{Value, json};

use super::answer::{Said, Setting};
use crate::domain::failure::Failure;
use crate::domain::summary::contract_start;
use crate::services::backtest::fit::{Fitted, fit};
use crate::services::backtest::{Candidate, Design, Planned, Report, Sample, design, report, sample, words};
use crate::store::Store;
use crate::store::rows::{Scoring, shared};

/// Accounts between two looks at what else there is to do.
pub const PIECE: usize = 400;

/// A back-test under way: it is done in pieces, so that other work comes between and it can be left.
pub struct Run {
    design: Design,
    samples: Vec<Sample>,
    next: usize,
}

impl Run {
    pub fn begin(store: &Store, scoring: Scoring, lead: i64) -> Result<Self, Failure> {
        let mut candidates = Vec::new();
        for account in store.accounts()? {
            let outcomes = store.outcomes(&account.id)?;
            let start = match account.contract_start {
                Some(start) => Some(start),
                None => store.subscriptions(&account.id)?.iter().filter_map(|s| s.start).min(),
            };
            candidates.push(Candidate { id: account.id, outcomes, start });
        }
        Ok(Self { design: design(&candidates, lead, scoring.now.today()), samples: Vec::new(), next: 0 })
    }

    /// Scores some more accounts; answers how many are done, of how many.
    pub fn step(&mut self, store: &Store, scoring: Scoring, some: usize) -> Result<(usize, usize), Failure> {
        let snapshot = self.design.snapshot;
        let one = |case: &Planned| -> Result<Option<Sample>, Failure> {
            let Planned { id, positive, day, .. } = case;
            let Some(d) = store.dossier(id)? else { return Ok(None) };
            // Nothing is known of an account before it began.
            if !snapshot && contract_start(&d).is_some_and(|s| s > *day) {
                return Ok(None);
            }
            sample(&d, store.feeds(), scoring.lens.policy, scoring.now.zone, snapshot, *positive, *day).map(Some)
        };
        let end = self.next.saturating_add(some).min(self.design.cases.len());
        self.samples.extend(shared(&self.design.cases[self.next..end], |some| some.iter().filter_map(|case| one(case).transpose()).collect())?);
        self.next = end;
        Ok((end, self.design.cases.len()))
    }

    pub fn finish(self, with_fit: bool) -> (Report, Option<Fitted>) {
        let fitted = if with_fit { fit(&self.samples, self.design.snapshot) } else { None };
        (report(&self.design, &self.samples), fitted)
    }
}

pub(super) fn answer(store: &Store, setting: &mut Setting, with_fit: bool, lead: i64) -> Result<Said, Failure> {
    let mut run = Run::begin(store, setting.scoring(), lead)?;
    loop {
        let (done, total) = run.step(store, setting.scoring(), PIECE)?;
        (setting.progress)(done, total);
        if done >= total {
            break;
        }
    }
    let (report, fitted) = run.finish(with_fit);
    let t = setting.lang.strings();
    let mut text = words::report(&report, t);
    let mut value = json!(report);
    if with_fit {
        text.push('\n');
        text.push_str(&words::fit(fitted.as_ref(), t));
        value["fit"] = fitted.map_or(Value::Null, |f| json!(f));
    }
    Ok((value, text, None))
}
