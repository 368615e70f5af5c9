//! `kenshin export --actions`: open actions as a table or as calendar to-dos.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::account::Account;
use crate::domain::action::{Action, urgency};
use crate::domain::failure::Failure;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::Ask;
use crate::runtime::said::{Said, Whole};
use crate::services::packet;
use crate::store::Store;

#[derive(Serialize, Deserialize)]
pub struct Request {
    /// `ics`, or anything else for a table.
    pub format: String,
    pub account: Option<String>,
}

impl Ask for Request {
    const ASK: &'static str = "export-actions";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let only = match &self.account {
            Some(account) => Some(find_account::one(store, context.held, account)?.id),
            None => None,
        };
        let accounts = store.accounts()?.into_iter();
        let listed = |a: &Account| a.archived.is_none() || only.as_ref() == Some(&a.id);
        let names: HashMap<_, _> = accounts.filter(listed).map(|a| (a.id, a.name)).collect();
        let mut found = store.open_actions(&|a| {
            names.contains_key(&a.account) && only.as_ref().is_none_or(|id| *id == a.account)
        })?;
        found.sort_by_key(urgency);
        let name = |a: &Action| names.get(&a.account).cloned().unwrap_or_default();
        let text = if self.format == "ics" {
            packet::ics(&found, name, context.now)
        } else {
            String::from_utf8_lossy(&packet::csv(&found, name)).into_owned()
        };
        let json = json!({ "format": self.format, "text": text });
        Ok(Whole::new(json, text.trim_end().to_owned()).into())
    }
}
