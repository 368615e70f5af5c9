//! Answers to what a filter asks of records that rows do not hold.

use super::handle::Store;
use super::keys;
use super::sharing::shared;
use crate::domain::account::Account;
use crate::domain::failure::Failure;
use crate::domain::filter::{Answers, Asked};
use crate::domain::ids::AccountId;
use crate::domain::when::Now;

/// Reading more accounts leaves too many pages in memory.
const MANY: usize = 1_000;

impl Store {
    /// The answers for all accounts.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn holding(&self, asked: &[Asked], now: Now) -> Result<Answers, Failure> {
        if asked.iter().any(Asked::reads_records) {
            return self.holding_of(asked, &self.account_ids()?, now);
        }
        let mut out = Answers::default();
        if asked.is_empty() {
            return Ok(out);
        }
        // One account after the other: the texts of all of them would not stay small.
        let texts = asked.iter().filter_map(|a| match a {
            Asked::Attribute(text) => Some((a, text)),
            Asked::Term(_) => None,
        });
        let texts: Vec<_> = texts.collect();
        let held_by = |account: Account| {
            let held = texts.iter().filter(|(_, text)| text.is_in(&account));
            let held: Vec<&Asked> = held.map(|(asked, _)| *asked).collect();
            (!held.is_empty()).then_some((account.id, held))
        };
        for (id, held) in self.all_as(keys::letter::<Account>(0), &held_by)? {
            for asked in held {
                out.add(asked, &id, Some(true));
            }
        }
        Ok(out)
    }

    /// The answers for some accounts, from all their records.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn holding_of(
        &self,
        asked: &[Asked],
        ids: &[AccountId],
        now: Now,
    ) -> Result<Answers, Failure> {
        let all = shared(ids, |some| {
            let mut out = Vec::with_capacity(some.len());
            for id in some {
                if let Some(dossier) = self.reader().dossier(id)? {
                    let answers = asked.iter().map(|asked| asked.of(&dossier, now));
                    out.push((id.clone(), answers.collect::<Vec<_>>()));
                }
            }
            Ok(out)
        })?;
        if ids.len() > MANY {
            self.mark_for_reopening();
        }
        let mut out = Answers::default();
        for (id, answers) in all {
            for (asked, answer) in asked.iter().zip(answers) {
                out.add(asked, &id, answer);
            }
        }
        Ok(out)
    }
}
