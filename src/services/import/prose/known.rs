//! What is known of the accounts in a text: contacts, notes and the renewal.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::contradictions;
use super::people;
use super::proposal::{Call, State};
use super::{ExistingData, Named};
use crate::domain::account::Account;
use crate::domain::change::Change;
use crate::domain::contact::Contact;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::effective::effective_renewal;
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::text::hash;

/// The records of the accounts, each read once.
pub struct Known<'a> {
    existing: &'a dyn ExistingData,
    accounts: &'a [Account],
    read: HashMap<AccountId, Details>,
}

struct Details {
    dossier: Dossier,
    notes: HashSet<RecordId>,
}

impl<'a> Known<'a> {
    pub fn new(existing: &'a dyn ExistingData, accounts: &'a [Account]) -> Self {
        Self {
            existing,
            accounts,
            read: HashMap::new(),
        }
    }

    fn details(&mut self, account: &Named) -> Result<&Details, Failure> {
        match self.read.entry(account.id.clone()) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => {
                let stored = self.accounts.iter().find(|a| a.id == account.id);
                let stored = stored.cloned();
                let stored = stored
                    .unwrap_or_else(|| Account::new(account.id.clone(), account.name.clone()));
                let mut dossier = Dossier::new(stored);
                for record in self.existing.records(&account.id)? {
                    dossier.apply(&Change::create(record));
                }
                let notes = dossier.notes.iter().map(|n| n.id.clone()).collect();
                Ok(place.insert(Details { dossier, notes }))
            }
        }
    }

    /// Matches the people of a call to the account's contacts, lists what contradicts its records,
    /// and finds out whether the note exists.
    pub fn complete(&mut self, call: &mut Call, names: &[String]) -> Result<(), Failure> {
        let Some(account) = call.account.clone() else {
            call.people = people::matched(names, &[]);
            return Ok(());
        };
        let details = self.details(&account)?;
        let contacts: &[Contact] = &details.dossier.contacts;
        call.people = people::matched(names, contacts);
        let Some(day) = call.day else { return Ok(()) };
        if let Some(recorded) = effective_renewal(&details.dossier, day) {
            let found = contradictions::renewal(&call.text, call.line, recorded);
            call.contradictions.extend(found);
        }
        let id = id_of(&account.id, day, &call.text);
        if details.notes.contains(&id) {
            call.state = State::Known;
        }
        call.id = Some(id);
        Ok(())
    }
}

/// The id of a note: the same account, day and text give the same id.
fn id_of(account: &AccountId, day: NaiveDate, text: &str) -> RecordId {
    let content = format!("{account}\u{1f}{day}\u{1f}{text}");
    RecordId::new(format!("prose-{:016x}", hash(&content)))
}
