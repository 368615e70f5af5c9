//! Fields that a row would change in an existing record, and those among them that were edited by
//! hand since the last import: a hand edit stands unless the user gives it up.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::account::named;
use super::state::Planner;
use crate::domain::account::Account;
use crate::domain::change::Change;
use crate::domain::edited::{EditedField, fields};
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::records::{Kind as Stored, Record};
use crate::domain::settings::imported::{self, Imported};
use crate::services::import::cells::Cells;
use crate::services::import::{HandEdit, Kind, Update};

/// Updates that are listed; the counts include all.
const LISTED: usize = 2_000;

fn record(kind: Stored, fields: Map<String, Value>) -> Option<Record> {
    serde_json::from_value(serde_json::json!({ "kind": kind, "record": fields })).ok()
}

/// The name in JSON of a field of a table.
fn json_name(field: &str) -> &str {
    match field {
        "mrr" => "arr",
        "first_name" | "last_name" => "name",
        "first_reading" | "last_reading" => "reading",
        "account_manager" | "csm_manager" | "implementation" | "support_lead"
        | "product_contact" | "our_sponsor" => "people",
        field => field,
    }
}

/// A value as people read it.
fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) => {
            let parts = list.iter().map(|v| match v {
                Value::Object(o) => text(o.get("text")),
                other => text(Some(other)),
            });
            parts.collect::<Vec<_>>().join(", ")
        }
        Some(Value::Object(o)) => match (o.get("amount"), o.get("currency")) {
            (Some(amount), Some(currency)) => {
                format!("{} {}", text(Some(amount)), text(Some(currency)))
            }
            _ => Value::Object(o.clone()).to_string(),
        },
        Some(other) => other.to_string(),
    }
}

/// The kinds of record that people edit by hand.
fn is_edited_by_hand(kind: Stored) -> bool {
    matches!(kind, Stored::Account | Stored::Contact)
}

impl Planner<'_> {
    /// The record as it will be: what was edited by hand stays, and is listed.
    pub fn keep_edits(
        &mut self,
        kind: Kind,
        cells: &Cells,
        line: u64,
        before: Option<&Record>,
        after: Record,
    ) -> Result<Record, Failure> {
        let stored = after.kind();
        let Some(stated) = fields(&after).filter(|_| is_edited_by_hand(stored)) else {
            self.list_updates(kind, before, &after);
            return Ok(after);
        };
        let (account, of) = match (after.typed::<Account>(), after.account()) {
            // Another system's row of a merged account: what it said before is compared with itself.
            (Some(a), _) if self.is_by_alias(cells) => {
                let id = named(cells).unwrap_or_default();
                (a.id.clone(), imported::of_alias(&id))
            }
            (Some(a), _) => (a.id.clone(), imported::ACCOUNT.to_owned()),
            (None, Some(account)) => (account.clone(), imported::of_contact(after.id())),
            (None, None) => return Ok(after),
        };
        let held = self.imported(&account, &of)?;
        let mut out = after;
        if let (Some(before), Some(last)) = (before, &held)
            && let Some(mine) = fields(before)
        {
            let mut kept = stated.clone();
            for (name, theirs) in &stated {
                let value = mine.get(name);
                if name == "people" {
                    let last = last.fields.get(name);
                    kept.insert(name.clone(), people(value, theirs, last));
                    continue;
                }
                let by_hand = value != last.fields.get(name) && value.is_some();
                if value == Some(theirs) || !by_hand || !self.states(cells, name) {
                    continue;
                }
                if self.gives_up(before.id(), name) {
                    continue;
                }
                // The file says what it said before: the edit was made knowing it.
                let known = last.fields.get(name) == Some(theirs);
                kept.insert(name.clone(), value.cloned().unwrap_or_default());
                if !known {
                    self.plan.hand_edits.push(HandEdit {
                        file: cells.file.to_owned(),
                        line,
                        kind,
                        record: before.title(),
                        id: before.id().to_owned(),
                        field: name.clone(),
                        edited: None,
                        mine: text(value),
                        theirs: text(Some(theirs)),
                    });
                }
            }
            if let Some(record) = record(stored, kept) {
                out = record;
            }
        }
        self.list_updates(kind, before, &out);
        self.remember(kind, cells, account, of, held, stated);
        Ok(out)
    }

    /// Adds the day to each edit by hand.
    pub fn date_edits(&mut self) -> Result<(), Failure> {
        if self.plan.hand_edits.is_empty() {
            return Ok(());
        }
        let edits = self.plan.hand_edits.iter().map(|e| EditedField {
            kind: match e.kind {
                Kind::Contacts => Stored::Contact,
                _ => Stored::Account,
            },
            id: e.id.clone(),
            field: e.field.clone(),
        });
        let days = self.request.existing.edited(&edits.collect::<Vec<_>>())?;
        let zone = self.options().now.zone;
        for (edit, at) in self.plan.hand_edits.iter_mut().zip(days) {
            edit.edited = at.map(|at| zone.day(at));
        }
        Ok(())
    }

    /// Whether the row has a cell for a field of the record.
    fn states(&self, cells: &Cells, name: &str) -> bool {
        let columns = cells.fit.columns.keys();
        // Where no column names the owner, the one of the account manager does.
        let owner = name == "owner" && !cells.has("owner");
        let is_named = |field: &&String| {
            json_name(field) == name || owner && field.as_str() == "account_manager"
        };
        columns
            .filter(is_named)
            .any(|field| !cells.get(field).is_empty())
    }

    /// Whether the user gives up an edit for the file's value.
    fn gives_up(&self, id: &str, field: &str) -> bool {
        let theirs = &self.options().theirs;
        theirs.all || theirs.fields.contains(&(id.to_owned(), field.to_owned()))
    }

    /// What imports stated about a record until now, this one included.
    fn imported(&mut self, account: &AccountId, of: &str) -> Result<Option<Imported>, Failure> {
        let place = place(account, of);
        if let Some(at) = self.made.get(&place) {
            let made = self.order[*at].1.after.as_ref();
            return Ok(made.and_then(|r| r.typed::<Imported>().cloned()));
        }
        let held = self.held(account, Stored::Imported, of)?;
        Ok(held.and_then(|r| r.typed::<Imported>().cloned()))
    }

    /// Keeps what the row states, so that a later edit by hand is known as one.
    fn remember(
        &mut self,
        kind: Kind,
        cells: &Cells,
        account: AccountId,
        of: String,
        held: Option<Imported>,
        stated: Map<String, Value>,
    ) {
        let mut known = held
            .as_ref()
            .map_or_else(BTreeMap::new, |h| h.fields.clone());
        for (name, value) in stated {
            // The name of a merged account is an alias, and not read into the kept one.
            if name == "name" && of.starts_with(&imported::of_alias("")) {
                continue;
            }
            if name != "id" && name != "account" && self.states(cells, &name) {
                known.insert(name, value);
            }
        }
        let place = place(&account, &of);
        let next = Imported {
            account,
            of,
            fields: known,
        };
        if held.as_ref() == Some(&next) || next.fields.is_empty() {
            return;
        }
        match self.made.get(&place) {
            Some(at) => self.order[*at].1.after = Some(next.into()),
            None => {
                self.made.insert(place, self.order.len());
                self.order.push((
                    kind,
                    Change {
                        before: held.map(Record::from),
                        after: Some(next.into()),
                    },
                ));
            }
        }
    }

    /// Lists the fields of an existing record that change: old and new.
    fn list_updates(&mut self, kind: Kind, before: Option<&Record>, after: &Record) {
        let Some(before) = before.filter(|b| *b != after) else {
            return;
        };
        if self.plan.updates.len() >= LISTED {
            return;
        }
        let (Some(old), Some(new)) = (fields(before), fields(after)) else {
            return;
        };
        for name in old
            .keys()
            .chain(new.keys().filter(|n| !old.contains_key(*n)))
        {
            let (was, is) = (old.get(name), new.get(name));
            if was == is || matches!(name.as_str(), "oddities" | "known_as" | "imported") {
                continue;
            }
            // Columns without a field change one by one.
            if let (Some(Value::Object(was)), Some(Value::Object(is))) = (was, is)
                && name == "attributes"
            {
                for header in is.keys().filter(|h| was.get(*h) != is.get(*h)) {
                    let (old, new) = (text(was.get(header)), text(is.get(header)));
                    self.update(kind, before, header, old, new);
                }
                continue;
            }
            self.update(kind, before, name, text(was), text(is));
        }
    }

    fn update(&mut self, kind: Kind, record: &Record, field: &str, old: String, new: String) {
        self.plan.updates.push(Update {
            kind,
            record: record.title(),
            id: record.id().to_owned(),
            field: field.to_owned(),
            old,
            new,
        });
    }
}

/// Our people role by role: who was set by hand stays, and the file names the others.
fn people(mine: Option<&Value>, theirs: &Value, last: Option<&Value>) -> Value {
    let of = |all: Option<&Value>, role: &str| all.and_then(|all| all.get(role)).cloned();
    let Value::Object(stated) = theirs else {
        return theirs.clone();
    };
    let role = |(role, theirs): (&String, &Value)| {
        let own = of(mine, role).filter(|own| Some(own) != of(last, role).as_ref());
        (role.clone(), own.unwrap_or_else(|| theirs.clone()))
    };
    Value::Object(stated.iter().map(role).collect())
}

fn place(account: &AccountId, of: &str) -> (Stored, String, String) {
    (Stored::Imported, account.as_str().to_owned(), of.to_owned())
}
