//! From files to a plan: recognise, order by dependency, decide each column's date order, then
//! turn rows into changes against what the store holds.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use csv::StringRecord;

use super::cells::{Bad, Cells};
use super::mapping::{Through, UsageShape};
use super::recognise::{Recognised, recognise, share_orders};
use super::resolve::Catalog;
use super::table::{Table, Unreadable};
use super::usage_rows::{UsageReader, wide_columns};
use super::{
    Counts, FileProblem, FileReport, Flagged, KEPT, Kind, Options, Plan, Reason, Reject, Request,
    records,
};
use crate::domain::account::Account;
use crate::domain::change::Change;
use crate::domain::contact::Contact;
use crate::domain::facts::Oddity;
use crate::domain::facts::subscription::Subscription;
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::records::{Kind as Stored, Listed, Record};

/// Plans an import. Nothing is written.
pub fn plan(request: &Request) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    let mut readings = Vec::new();
    let mut contents: HashMap<u64, String> = HashMap::new();
    for source in request.sources {
        // One file given twice would count twice.
        let print = if request.sources.len() > 1 {
            source.fingerprint()
        } else {
            None
        };
        if let Some(first) = print.and_then(|print| contents.insert(print, source.name.clone())) {
            plan.files.push(FileReport {
                problem: Some(FileProblem::Again { first }),
                ..FileReport::of(source)
            });
            continue;
        }
        readings.extend(recognise(source, request, &mut plan));
    }
    share_orders(&mut readings);
    // Accounts first: everything else joins them.
    readings.sort_by_key(|r| r.fit.layout.kind);
    let mut planner = Planner {
        catalog: Catalog::new(request.existing)?,
        held: HashMap::new(),
        homes: None,
        seen: HashMap::new(),
        made: BTreeMap::new(),
        order: Vec::new(),
        blank: HashMap::new(),
        rows: 0,
        request,
        plan,
    };
    for reading in &readings {
        planner.take(reading)?;
    }
    planner.finish()
}

struct Planner<'a> {
    request: &'a Request<'a>,
    catalog: Catalog,
    /// Records of an account as the store holds them, by kind and id.
    held: HashMap<AccountId, HashMap<(Stored, String), Record>>,
    /// Which account holds a record, by kind and id; read when the first new record comes.
    homes: Option<HashMap<(Stored, String), AccountId>>,
    /// Ids met in this import: the file and line.
    seen: HashMap<(Stored, String), (usize, u64)>,
    /// Changes by record, so that two files may speak of one.
    made: BTreeMap<(Stored, String, String), usize>,
    order: Vec<(Kind, Change)>,
    /// How often the same idless row was met.
    blank: HashMap<u64, u32>,
    rows: u64,
    plan: Plan,
}

impl Planner<'_> {
    fn options(&self) -> &Options {
        self.request.options
    }

    fn counts(&mut self, kind: Kind) -> &mut Counts {
        self.plan.kinds.entry(kind).or_default()
    }

    fn take(&mut self, reading: &Recognised) -> Result<(), Failure> {
        let kind = reading.fit.layout.kind;
        self.counts(kind);
        let mut table = match Table::open(reading.source, self.options().sheet.as_deref()) {
            Ok(table) => table,
            Err(Unreadable { line, reason }) => {
                self.plan.files[reading.report].problem =
                    Some(FileProblem::Unreadable { line, reason });
                return Ok(());
            }
        };
        let wide = if reading.fit.layout.usage == Some(UsageShape::Wide) {
            wide_columns(reading)
        } else {
            Vec::new()
        };
        let mut usage = UsageReader::default();
        // Values of one file come together; of two files that speak of one day the later stands.
        // Events are the exception: logs are cut into files anywhere.
        let events = reading.fit.layout.usage == Some(UsageShape::Events);
        let before = if kind == Kind::Usage && !events {
            Some(std::mem::take(&mut self.plan.usage))
        } else {
            None
        };
        self.blank.clear();
        let mut row = StringRecord::new();
        while let Some(next) = table.next(&mut row) {
            self.rows += 1;
            self.plan.files[reading.report].rows += 1;
            if self.rows.is_multiple_of(50_000) {
                (self.request.progress)(self.rows);
            }
            let line = match next {
                Ok(line) => line,
                Err(Unreadable { line, reason }) => {
                    let bad = Bad {
                        column: String::new(),
                        value: String::new(),
                        reason: Reason::Unreadable { reason },
                    };
                    self.reject(reading, kind, line, bad, &row);
                    continue;
                }
            };
            let cells = Cells {
                fit: &reading.fit,
                headers: &reading.headers,
                row: &row,
                orders: &reading.orders,
                zone: self.options().now.zone,
                file: &reading.source.name,
            };
            if reading.fit.outcomes_of.is_some()
                && cells.get("kind").is_empty()
                && cells.get("date").is_empty()
            {
                continue;
            }
            let taken = if kind == Kind::Usage {
                let (catalog, options) = (&mut self.catalog, self.request.options);
                let early = usage.row(
                    &mut self.plan.usage,
                    |cells| account_of(catalog, options, cells),
                    reading,
                    &cells,
                    &wide,
                );
                early.map(|early| {
                    if early {
                        self.flag(&reading.source.name, kind, line, &[Oddity::BeforeContract]);
                    }
                })
            } else {
                self.record(reading, kind, &cells, line)?
            };
            if let Err(bad) = taken {
                self.reject(reading, kind, line, bad, &row);
            }
        }
        if kind == Kind::Usage {
            self.plan.usage.settle(usage.together);
        }
        if let Some(mut before) = before {
            before.absorb(std::mem::take(&mut self.plan.usage));
            self.plan.usage = before;
        }
        Ok(())
    }

    fn reject(
        &mut self,
        reading: &Recognised,
        kind: Kind,
        line: u64,
        bad: Bad,
        row: &StringRecord,
    ) {
        self.counts(kind).rejected += 1;
        if self.plan.rejects.len() < KEPT {
            let Bad {
                column,
                value,
                reason,
            } = bad;
            self.plan.rejects.push(Reject {
                file: reading.source.name.clone(),
                index: reading.report,
                line,
                column,
                value,
                reason,
                cells: row.iter().map(str::to_owned).collect(),
            });
        }
    }

    fn flag(&mut self, file: &str, kind: Kind, line: u64, oddities: &[Oddity]) {
        if oddities.is_empty() {
            return;
        }
        self.counts(kind).flagged += 1;
        for oddity in oddities {
            if self.plan.flags.len() < KEPT {
                self.plan.flags.push(Flagged {
                    file: file.to_owned(),
                    line,
                    oddity: *oddity,
                });
            }
        }
    }

    /// A record of any kind but usage.
    fn record(
        &mut self,
        reading: &Recognised,
        kind: Kind,
        cells: &Cells,
        line: u64,
    ) -> Result<Result<(), Bad>, Failure> {
        let made = match self.build(kind, cells)? {
            Ok(made) => made,
            Err(bad) => return Ok(Err(bad)),
        };
        let (before, after, oddities) = made;
        let key = (after.kind(), after.id().to_owned());
        // Two rows with one id and different contents: the first stands, the second is named.
        if let Some((file, first)) = self.seen.get(&key).copied()
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
        self.seen.insert(key, (reading.report, line));
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
            // Another file spoke of it before: the later one stands, and it is one record.
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
            // A record that belongs to another account now is not to stand in both.
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

    /// The record of the same kind and id that another account holds.
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

    /// The record a row makes, the one that stands there now, and what is odd about it.
    #[expect(
        clippy::type_complexity,
        reason = "the three are taken apart at once, by the one caller"
    )]
    fn build(
        &mut self,
        kind: Kind,
        cells: &Cells,
    ) -> Result<Result<(Option<Record>, Record, Vec<Oddity>), Bad>, Failure> {
        let now = self.options().now;
        if kind == Kind::Accounts {
            let text = cells.text("id").or_else(|| cells.text("name"));
            let Some(text) = text else {
                return Ok(Err(cells.bad("id", Reason::Missing { field: "id" })));
            };
            let exact = AccountId::new(&text);
            // Without an id column an account is known by its name.
            let id = if cells.get("id").is_empty() {
                self.catalog.exact(&text).cloned().unwrap_or(exact)
            } else {
                exact
            };
            let existing = self.catalog.get(&id).cloned();
            let held = self.held(&id, Stored::Account, id.as_str())?;
            return Ok(records::account(cells, id, existing.as_ref()).map(|a| {
                let odd = a.oddities.to_vec();
                (held, a.into(), odd)
            }));
        }
        let (account, contract) = match account_of(&mut self.catalog, self.request.options, cells) {
            Ok(found) => found,
            Err(bad) => return Ok(Err(bad)),
        };
        let id = match cells.text("id") {
            Some(id) => RecordId::new(id),
            None => self.row_id(kind, &account, cells),
        };
        let record_kind = match kind {
            Kind::Contacts => Stored::Contact,
            Kind::Subscriptions => Stored::Subscription,
            Kind::Tickets => Stored::Ticket,
            Kind::Surveys => Stored::Survey,
            Kind::Interactions => Stored::Touch,
            _ => Stored::Outcome,
        };
        let held = self.held(&account, record_kind, id.as_str())?;
        let place = (
            record_kind,
            account.as_str().to_owned(),
            id.as_str().to_owned(),
        );
        let current = self
            .made
            .get(&place)
            .and_then(|i| self.order[*i].1.after.clone())
            .or_else(|| held.clone());
        let built = match kind {
            Kind::Contacts => records::contact(cells, id, account, typed(&current))
                .map(|r| (Vec::new(), r.into())),
            Kind::Subscriptions => records::subscription(cells, id, account, typed(&current), now)
                .map(|r| (r.oddities.clone(), r.into())),
            Kind::Tickets => records::ticket(cells, id, account, typed(&current), contract, now)
                .map(|r| (r.oddities.clone(), r.into())),
            Kind::Surveys => records::survey(cells, id, account, typed(&current), now)
                .map(|r| (r.oddities.clone(), r.into())),
            Kind::Interactions => {
                records::touch(cells, id, account, typed(&current)).map(|r| (Vec::new(), r.into()))
            }
            _ => records::outcome(cells, id, account, typed(&current), contract)
                .map(|r| (r.oddities.clone(), r.into())),
        };
        Ok(built.map(|(odd, after)| (held, after, odd)))
    }

    /// Later rows and tables may refer to the record by these keys.
    fn catalogue(&mut self, record: &Record) {
        if let Some(account) = record.typed::<Account>() {
            self.catalog.put(account.clone());
        }
        if let Some(s) = record.typed::<Subscription>() {
            let (key, account) = (s.id.as_str().to_owned(), s.account.clone());
            self.catalog
                .put_key(Through::Subscription, key, account, s.start);
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

    /// A row without an id is known by what names it in its kind, so that a changed title is not a
    /// second person; else by all it says, and by how many like it came before in its file.
    fn row_id(&mut self, kind: Kind, account: &AccountId, cells: &Cells) -> RecordId {
        let named: &[&str] = match kind {
            Kind::Contacts if cells.text("email").is_some() => &["email"],
            Kind::Contacts => &["name"],
            Kind::Surveys if cells.text("respondent").is_some() && cells.text("date").is_some() => {
                &["kind", "date", "respondent"]
            }
            Kind::Outcomes => &["kind", "date"],
            _ => &[],
        };
        let mut text = format!("{}\0{account}", kind.key());
        // A status that every month of usage repeats is one: the last row tells how it ended.
        if cells.fit.outcomes_of == Some(Kind::Usage) {
            return RecordId::new(format!(
                "row-{:016x}-beside",
                crate::domain::text::hash(&text)
            ));
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
        let hash = crate::domain::text::hash(&text);
        let n = self.blank.entry(hash).or_default();
        // Of a named row there is one; of rows that only look alike there may be several.
        *n = if named.is_empty() { *n + 1 } else { 1 };
        RecordId::new(format!("row-{hash:016x}-{n}"))
    }

    fn held(
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

    fn finish(mut self) -> Result<Plan, Failure> {
        if !self.plan.usage.is_empty() {
            self.plan.usage.name_users();
            let mut counts = self.plan.kinds.remove(&Kind::Usage).unwrap_or_default();
            self.plan.usage.count(self.request.existing, &mut counts)?;
            self.plan.kinds.insert(Kind::Usage, counts);
        }
        // Accounts that were made because another row named them.
        if self.request.options.create_accounts {
            let known: std::collections::HashSet<AccountId> = self
                .request
                .existing
                .accounts()?
                .into_iter()
                .map(|a| a.id)
                .collect();
            let planned: std::collections::HashSet<AccountId> = self
                .order
                .iter()
                .filter_map(|(_, c)| c.after_as::<Account>().map(|a| a.id.clone()))
                .collect();
            let mut made: Vec<_> = self
                .catalog
                .into_accounts()
                .into_values()
                .filter(|a| !known.contains(&a.id) && !planned.contains(&a.id))
                .collect();
            made.sort_by(|a, b| a.id.cmp(&b.id));
            self.plan.kinds.entry(Kind::Accounts).or_default().new += made.len() as u64;
            self.plan
                .changes
                .extend(made.into_iter().map(Change::create));
        }
        self.plan.changes.extend(
            self.order
                .into_iter()
                .map(|(_, c)| c)
                .filter(|c| c.before != c.after),
        );
        Ok(self.plan)
    }
}

/// The account of a row, for kinds that belong to one, and the first day of its contract.
fn account_of(
    catalog: &mut Catalog,
    options: &Options,
    cells: &Cells,
) -> Result<(AccountId, Option<NaiveDate>), Bad> {
    catalog
        .find(cells.get("account"), cells.fit.layout.through, options)
        .map_err(|reason| cells.bad("account", reason))
}

/// The record that is held, in the type that is read.
fn typed<R: Listed>(held: &Option<Record>) -> Option<&R> {
    held.as_ref().and_then(R::of)
}

/// A new record in a few words, for the preview.
fn sample(record: &Record) -> String {
    match record.account() {
        Some(account) => format!("{} · {account}", record.title()),
        None => record.title(),
    }
}
