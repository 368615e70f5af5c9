//! A row of an accounts table: which account it is about, and what it says of it.

use super::record::Built;
use super::state::Planner;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::merging::merged;
use crate::domain::records::Kind as Stored;
use crate::services::import::cells::{Bad, Cells, Skipped};
use crate::services::import::resolve::Same;
use crate::services::import::{Flag, Question, Reason, records};

impl Planner<'_> {
    pub fn account(&mut self, cells: &Cells, line: u64) -> Result<Result<Built, Bad>, Failure> {
        let Some(text) = named(cells) else {
            return Ok(Err(cells.bad("id", Reason::Missing { field: "id" })));
        };
        let exact = AccountId::new(&text);
        let name = cells.name("name");
        // The id or name of an account that was merged into another means the other. Without an id
        // column an account is identified by its name.
        let alias = self.catalog.alias(&text).cloned();
        let id = if let Some(kept) = &alias {
            kept.clone()
        } else if cells.id("id").is_none() {
            self.catalog.exact(&text).cloned().unwrap_or(exact)
        } else {
            let domain = cells.list("domain").and_then(|d| d.into_iter().next());
            match self
                .catalog
                .same(&exact, name.as_deref(), domain.as_deref())
            {
                Same::Known(id) => id,
                Same::Like(existing) => {
                    self.looks_like(cells, line, &exact, name.as_deref(), &existing);
                    exact
                }
                Same::New => exact,
            }
        };
        let existing = self.catalog.get(&id).cloned();
        // An account that the catalog does not have is not stored either.
        let held = match existing {
            Some(_) => self.held(&id, Stored::Account, id.as_str())?,
            None => None,
        };
        let kept = existing.clone().filter(|_| alias.is_some());
        // The kept account's own row goes before that of the merged one.
        let own = self
            .seen
            .contains_key(&(Stored::Account, id.as_str().to_owned()));
        let over = existing.filter(|_| kept.is_none() || !own);
        Ok(records::account(cells, id, over.as_ref()).map(|mut a| {
            if let Some(kept) = kept {
                // The row of the merged account never renames the kept one.
                a.name.clone_from(&kept.name);
                if own {
                    a = merged(&kept, &a);
                }
            }
            let odd = a.oddities.to_vec();
            (held, a.into(), odd)
        }))
    }

    /// A new account that looks like an existing one comes in, is flagged and asked about.
    fn looks_like(
        &mut self,
        cells: &Cells,
        line: u64,
        id: &AccountId,
        name: Option<&str>,
        existing: &AccountId,
    ) {
        /// More questions than this are no longer read.
        const ASKED: usize = 200;
        let existing_name = self.catalog.get(existing).map_or("", |a| a.name.as_str());
        let value = format!("{existing_name} ({existing})");
        let question = Question::SameAccount {
            file: cells.file.to_owned(),
            line,
            id: id.to_string(),
            name: name.unwrap_or(id.as_str()).to_owned(),
            existing: existing.clone(),
            existing_name: existing_name.to_owned(),
        };
        cells.skipped.borrow_mut().push(Skipped {
            field: "name".to_owned(),
            column: cells.header("name").to_owned(),
            value,
            flag: Flag::LooksLike,
        });
        if self.plan.questions.len() < ASKED {
            self.plan.questions.push(question);
        }
    }

    /// Whether a row of an accounts table names an account that was merged into another.
    pub fn is_by_alias(&self, cells: &Cells) -> bool {
        named(cells).is_some_and(|text| self.catalog.alias(&text).is_some())
    }
}

/// What a row of an accounts table names its account by: the id, else the name.
pub fn named(cells: &Cells) -> Option<String> {
    cells.id("id").or_else(|| cells.name("name"))
}
