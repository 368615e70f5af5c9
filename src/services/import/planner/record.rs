//! A row as a record: the existing record, the new one, and whether it changes anything.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::continued::{self, By};
use super::state::{Planner, account_of};
use crate::domain::account::Account;
use crate::domain::change::Change;
use crate::domain::contact::Contact;
use crate::domain::facts::Oddity;
use crate::domain::facts::subscription::Subscription;
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::records::{Kind as Stored, Listed, Record};
use crate::domain::text::hash;
use crate::services::import::cells::{Bad, Cells};
use crate::services::import::mapping::Through;
use crate::services::import::recognise::Recognised;
use crate::services::import::{Kind, Reason, records};

/// The existing record of a row, the new one, and the oddities.
pub type Built = (Option<Record>, Record, Vec<Oddity>);

/// What identifies the record of a row, and the first day of its contract.
struct Row {
    id: RecordId,
    account: AccountId,
    contract: Option<NaiveDate>,
    /// The id that the row states, or that was made for it, and why the record may be another.
    stated: RecordId,
    by: By,
}

impl Planner<'_> {
    /// A record of any kind but usage.
    pub fn record(
        &mut self,
        reading: &Recognised,
        kind: Kind,
        cells: &Cells,
        line: u64,
    ) -> Result<Result<(), Bad>, Failure> {
        let made = match self.build(kind, cells, line)? {
            Ok(made) => made,
            Err(bad) => return Ok(Err(bad)),
        };
        let (before, after, oddities) = made;
        let after = self.keep_edits(kind, cells, line, before.as_ref(), after)?;
        let key = (after.kind(), after.id().to_owned());
        // Two rows with one id and different contents: the first is read, the second is rejected
        // and names the first.
        let by_alias = kind == Kind::Accounts && self.is_by_alias(cells);
        if let Some((file, first)) = self.seen.get(&key).copied()
            && !by_alias
            && file == reading.report
            && reading.fit.outcomes_of != Some(Kind::Usage)
        {
            let place = (
                key.0,
                after
                    .account()
                    .map(|a| a.as_str().to_owned())
                    .unwrap_or_default(),
                key.1.clone(),
            );
            let same = self
                .made
                .get(&place)
                .is_some_and(|i| self.order[*i].1.after.as_ref() == Some(&after))
                || before.as_ref() == Some(&after);
            if same {
                return Ok(Ok(()));
            }
            return Ok(Err(cells.bad("id", Reason::Duplicate { line: first })));
        }
        if !by_alias {
            self.seen.insert(key, (reading.report, line));
        }
        self.catalogue(&after);
        self.flag(&reading.source.name, kind, line, &oddities);
        let place = (
            after.kind(),
            after
                .account()
                .map(|a| a.as_str().to_owned())
                .unwrap_or_default(),
            after.id().to_owned(),
        );
        if let Some(i) = self.made.get(&place) {
            // A row of an earlier file is about the same record: the later file wins, and it stays
            // one record.
            self.order[*i].1.after = Some(after);
            return Ok(Ok(()));
        }
        let moved = if before.is_none() {
            self.elsewhere(&after)?
        } else {
            None
        };
        let counts = self.counts(kind);
        match &before {
            Some(b) if *b == after => counts.unchanged += 1,
            None if moved.is_none() => counts.new += 1,
            _ => counts.changed += 1,
        }
        if before.as_ref() != Some(&after) {
            let samples = self.plan.samples.entry(kind).or_default();
            if samples.len() < 5 {
                samples.push(sample(&after));
            }
            // A record that moved to another account must not stay in the old one.
            self.order
                .extend(moved.map(|old| (kind, Change::remove(old))));
            self.made.insert(place, self.order.len());
            self.order.push((
                kind,
                Change {
                    before,
                    after: Some(after),
                },
            ));
        }
        Ok(Ok(()))
    }

    /// The record with the same kind and id in another account.
    fn elsewhere(&mut self, record: &Record) -> Result<Option<Record>, Failure> {
        if record.kind() == Stored::Account || record.id().starts_with("row-") {
            return Ok(None);
        }
        if self.homes.is_none() {
            let mut homes = HashMap::new();
            for account in self.request.existing.accounts()? {
                for held in self.request.existing.records(&account.id)? {
                    if held.kind() != Stored::Account {
                        homes.insert((held.kind(), held.id().to_owned()), account.id.clone());
                    }
                }
            }
            self.homes = Some(homes);
        }
        let home = self
            .homes
            .as_ref()
            .and_then(|h| h.get(&(record.kind(), record.id().to_owned())))
            .cloned();
        match home.filter(|home| record.account() != Some(home)) {
            Some(home) => self.held(&home, record.kind(), record.id()),
            None => Ok(None),
        }
    }

    /// The new record of a row, the existing one, and the oddities.
    fn build(
        &mut self,
        kind: Kind,
        cells: &Cells,
        line: u64,
    ) -> Result<Result<Built, Bad>, Failure> {
        let now = self.options().now;
        match kind {
            Kind::Accounts => self.account(cells, line),
            Kind::Contacts => self.of_account(kind, cells, |row, held| {
                let contact = records::contact(cells, row.id, row.account, held)?;
                Ok((contact, Vec::new()))
            }),
            Kind::Subscriptions => {
                self.of_account(kind, cells, |row, held: Option<&Subscription>| {
                    let base = held.and_then(|held| held.imported.as_deref()).or(held);
                    let mut s = records::subscription(cells, row.id, row.account, base, now)?;
                    if let Some(held) = held {
                        continued::settle(&mut s, held, row.stated, row.by);
                        if held.imported.is_some() {
                            s = records::over_edits(held, s, now);
                        }
                    }
                    let odd = s.oddities.clone();
                    Ok((s, odd))
                })
            }
            Kind::Deals => self.of_account(kind, cells, |row, held| {
                let deal = records::deal(cells, row.id, row.account, held)?;
                let odd = deal.oddities.clone();
                Ok((deal, odd))
            }),
            Kind::Tickets => self.of_account(kind, cells, |row, held| {
                let ticket = records::ticket(cells, row.id, row.account, held, row.contract, now)?;
                let odd = ticket.oddities.clone();
                Ok((ticket, odd))
            }),
            Kind::Surveys => self.of_account(kind, cells, |row, held| {
                let survey = records::survey(cells, row.id, row.account, held, now)?;
                let odd = survey.oddities.clone();
                Ok((survey, odd))
            }),
            Kind::Interactions => self.of_account(kind, cells, |row, held| {
                let touch = records::touch(cells, row.id, row.account, held)?;
                Ok((touch, Vec::new()))
            }),
            Kind::Outcomes => self.of_account(kind, cells, |row, held| {
                let outcome = records::outcome(cells, row.id, row.account, held, row.contract)?;
                let odd = outcome.oddities.clone();
                Ok((outcome, odd))
            }),
            Kind::Usage => unreachable!("rows of usage are days of a series and no records"),
        }
    }

    /// A row that belongs to an account: `read` makes its record over the existing one.
    fn of_account<R: Listed>(
        &mut self,
        kind: Kind,
        cells: &Cells,
        read: impl FnOnce(Row, Option<&R>) -> Result<(R, Vec<Oddity>), Bad>,
    ) -> Result<Result<Built, Bad>, Failure> {
        let mut options = std::borrow::Cow::Borrowed(self.request.options);
        if kind == Kind::Deals && options.create_accounts {
            // A deal is often with a company that is no customer yet.
            options.to_mut().create_accounts = false;
        }
        let (account, contract) = match account_of(&mut self.catalog, &options, cells) {
            Ok(found) => found,
            Err(bad) => return Ok(Err(bad)),
        };
        let stated = match cells.id("id") {
            Some(id) => RecordId::new(id),
            None => self.row_id(kind, R::KIND, &account, cells)?,
        };
        let (id, by) = if R::KIND == Stored::Subscription {
            let about = self.contract_of(&account, stated.clone(), cells)?;
            (about.id, about.by)
        } else {
            (stated.clone(), By::Id)
        };
        let held = self.held(&account, R::KIND, id.as_str())?;
        let place = (R::KIND, account.as_str().to_owned(), id.as_str().to_owned());
        let current = self
            .made
            .get(&place)
            .and_then(|i| self.order[*i].1.after.clone())
            .or_else(|| held.clone());
        let row = Row {
            id,
            account,
            contract,
            stated,
            by,
        };
        let built = read(row, current.as_ref().and_then(R::of));
        Ok(built.map(|(record, odd)| (held, record.into(), odd)))
    }

    /// Keys by which later rows and tables may refer to the record.
    fn catalogue(&mut self, record: &Record) {
        if let Some(account) = record.typed::<Account>() {
            self.catalog.put(account.clone());
        }
        if let Some(s) = record.typed::<Subscription>() {
            for id in std::iter::once(&s.id).chain(&s.known_as) {
                let (key, account) = (id.as_str().to_owned(), s.account.clone());
                self.catalog
                    .put_key(Through::Subscription, key, account, s.start);
            }
        }
        if let Some(c) = record.typed::<Contact>() {
            for key in [c.id.as_str(), c.email.as_str()] {
                if !key.is_empty() {
                    let key = key.to_owned();
                    self.catalog
                        .put_key(Through::Contact, key, c.account.clone(), None);
                }
            }
        }
    }

    /// The id for a row without one: that of an existing record from the same row, also where it came in under an
    /// account that was merged into this one.
    fn row_id(
        &mut self,
        kind: Kind,
        stored: Stored,
        account: &AccountId,
        cells: &Cells,
    ) -> Result<RecordId, Failure> {
        let own = self.row_id_under(kind, account.as_str(), cells);
        let aliases = self
            .catalog
            .get(account)
            .map_or_else(Vec::new, |a| a.aliases.clone());
        if aliases.is_empty() {
            return Ok(own);
        }
        let earlier: Vec<RecordId> = aliases
            .iter()
            .map(|alias| self.row_id_under(kind, alias, cells))
            .collect();
        for id in std::iter::once(&own).chain(&earlier) {
            if self.held(account, stored, id.as_str())?.is_some() {
                return Ok(id.clone());
            }
        }
        Ok(own)
    }

    /// The id for a row without one, under an account. It is made from the naming fields of its kind, so that a
    /// changed title is no second person; else from all cells and the number of equal rows before it in the file.
    fn row_id_under(&mut self, kind: Kind, account: &str, cells: &Cells) -> RecordId {
        let named: &[&str] = match kind {
            Kind::Contacts if cells.text("email").is_some() => &["email"],
            Kind::Contacts => &["name"],
            Kind::Surveys if cells.text("respondent").is_some() && cells.text("date").is_some() => {
                &["kind", "date", "respondent"]
            }
            Kind::Outcomes => &["kind", "date"],
            Kind::Deals => &["name"],
            Kind::Accounts
            | Kind::Subscriptions
            | Kind::Tickets
            | Kind::Surveys
            | Kind::Interactions
            | Kind::Usage => &[],
        };
        let mut text = format!("{}\0{account}", kind.key());
        // A status repeated in every month of usage is a single one: the last row states the
        // outcome.
        if cells.fit.outcomes_of == Some(Kind::Usage) {
            return RecordId::new(format!("row-{:016x}-beside", hash(&text)));
        }
        if named.is_empty() {
            cells
                .row
                .iter()
                .for_each(|c| text.push_str(&format!("\0{}", c.trim())));
        } else {
            named
                .iter()
                .for_each(|f| text.push_str(&format!("\0{}", cells.get(f).trim().to_lowercase())));
        }
        let print = hash(&text);
        let n = self.blank.entry(print).or_default();
        // A named row is unique; unnamed equal rows are counted.
        *n = if named.is_empty() { *n + 1 } else { 1 };
        RecordId::new(format!("row-{print:016x}-{n}"))
    }

    pub fn held(
        &mut self,
        account: &AccountId,
        kind: Stored,
        id: &str,
    ) -> Result<Option<Record>, Failure> {
        if !self.held.contains_key(account) {
            let records = self
                .request
                .existing
                .records(account)?
                .into_iter()
                .map(|r| ((r.kind(), r.id().to_owned()), r))
                .collect();
            self.held.insert(account.clone(), records);
        }
        Ok(self
            .held
            .get(account)
            .and_then(|h| h.get(&(kind, id.to_owned())).cloned()))
    }
}

/// A new record in a few words, for the preview.
fn sample(record: &Record) -> String {
    match record.account() {
        Some(account) => format!("{} · {account}", record.title()),
        None => record.title(),
    }
}
