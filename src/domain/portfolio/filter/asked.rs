//! What only the store can answer, and its answers.

use std::collections::{BTreeMap, BTreeSet};

use super::dossier_words::On;
use super::term::Term;
use crate::domain::account::Account;
use crate::domain::dossier::Dossier;
use crate::domain::ids::AccountId;
use crate::domain::portfolio::attributes::AttributeText;
use crate::domain::when::Now;

/// A question to the store, of every account.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// A text of an attribute, of which rows hold the beginning.
    Attribute(AttributeText),
    /// A word that reads more than rows hold.
    Term(Term),
}

impl Asked {
    /// The question of a term that rows may not be able to answer.
    pub(super) fn of_term(term: &Term) -> Option<Self> {
        match term.attribute() {
            Some(text) => Some(Asked::Attribute(text.clone())),
            None => term.reads_records().then(|| Asked::Term(term.clone())),
        }
    }

    /// Whether all records of an account have to be read.
    pub fn reads_records(&self) -> bool {
        matches!(self, Asked::Term(_))
    }

    /// The answer for an account; none where it is unknown.
    pub fn of(&self, dossier: &Dossier, now: Now) -> Option<bool> {
        match self {
            Asked::Attribute(text) => Some(text.is_in(&dossier.account)),
            Asked::Term(term) => term.of_records(On {
                dossier,
                day: now.today(),
                zone: now.zone,
            }),
        }
    }
}

/// The answers of the store, as far as it has answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    texts: BTreeMap<AttributeText, BTreeSet<AccountId>>,
    terms: Vec<(Term, BTreeMap<AccountId, bool>)>,
}

impl Answers {
    /// Adds an answer for an account.
    pub fn add(&mut self, asked: &Asked, account: &AccountId, answer: Option<bool>) {
        match (asked, answer) {
            (Asked::Attribute(text), Some(true)) => {
                let held = self.texts.entry(text.clone()).or_default();
                held.insert(account.clone());
            }
            (Asked::Term(term), Some(holds)) => {
                let of = self.terms.iter().position(|(known, _)| known == term);
                let at = of.unwrap_or_else(|| {
                    self.terms.push((term.clone(), BTreeMap::new()));
                    self.terms.len() - 1
                });
                self.terms[at].1.insert(account.clone(), holds);
            }
            (Asked::Attribute(_), _) | (Asked::Term(_), None) => {}
        }
    }

    /// Adds those of other accounts.
    pub fn extend(&mut self, other: Answers) {
        for (text, ids) in other.texts {
            self.texts.entry(text).or_default().extend(ids);
        }
        for (term, ids) in other.terms {
            match self.terms.iter_mut().find(|(known, _)| *known == term) {
                Some((_, held)) => held.extend(ids),
                None => self.terms.push((term, ids)),
            }
        }
    }

    /// Whether the account of a row holds a text.
    pub(super) fn holds(&self, asked: &AttributeText, account: &Account) -> bool {
        let said = || {
            self.texts
                .get(asked)
                .is_some_and(|ids| ids.contains(&account.id))
        };
        asked.is_in(account) || account.excerpt && said()
    }

    /// Whether a term holds of an account.
    pub(super) fn of(&self, term: &Term, account: &AccountId) -> Option<bool> {
        let (_, held) = self.terms.iter().find(|(known, _)| known == term)?;
        held.get(account).copied()
    }
}
