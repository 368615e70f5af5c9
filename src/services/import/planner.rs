//! From files to a plan: recognise, order by dependency, decide each column's date order, then
//! turn rows into changes against what the store holds.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use csv::StringRecord;

use super::cells::{Bad, Cells};
use super::mapping::{Fit, Through, UsageShape, recognise};
use super::resolve::Catalog;
use super::table::{Source, Table, Unreadable};
use super::usage_rows::{UsageReader, wide_columns};
use super::values::{Evidence, Order};
use super::{Counts, FileProblem, FileReport, Flagged, KEPT, Kind, Options, Plan, Reason, Reject, Request, records};
use crate::domain::change::{self, Change, Record};
use crate::domain::facts::Oddity;
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, RecordId};

/// A file that was recognised, with the orders its date columns have.
pub(super) struct Reading<'a> {
    pub source: &'a Source,
    pub headers: Vec<String>,
    pub fit: Fit,
    orders: Vec<Option<Order>>,
    report: usize,
}

/// Plans an import. Nothing is written.
pub fn plan(request: &Request) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    let mut readings = Vec::new();
    for source in request.sources {
        if let Some(reading) = look(source, request, &mut plan) {
            readings.push(reading);
        }
    }
    share_orders(&mut readings);
    // Accounts first: everything else joins them.
    readings.sort_by_key(|r| r.fit.layout.kind);
    let mut taking = Taking {
        catalog: Catalog::new(request.shelf)?,
        held: HashMap::new(),
        seen: HashMap::new(),
        made: BTreeMap::new(),
        order: Vec::new(),
        blank: HashMap::new(),
        rows: 0,
        request,
        plan,
    };
    for reading in &readings {
        taking.take(reading)?;
    }
    taking.finish()
}

/// Opens a file and recognises it; looks through its dates.
fn look<'a>(source: &'a Source, request: &Request, plan: &mut Plan) -> Option<Reading<'a>> {
    let mut report =
        FileReport { name: source.name.clone(), headers: Vec::new(), kind: None, mapping: String::new(), columns: Vec::new(), ignored: Vec::new(), rows: 0, problem: None };
    let opened = Table::open(source, request.options.sheet.as_deref());
    let reading = match opened {
        Err(Unreadable { line, reason }) => {
            report.problem = Some(FileProblem::Unreadable { line, reason });
            None
        }
        Ok(table) => {
            report.headers = table.headers.clone();
            match recognise(&table.headers, &source.name, request.mappings, &request.options.wish) {
                None => {
                    report.problem = Some(FileProblem::Unrecognised);
                    None
                }
                Some(fit) => {
                    report.kind = Some(fit.layout.kind);
                    report.mapping = fit.mapping.clone();
                    report.columns = fit.columns.iter().map(|(f, c)| (f.clone(), table.headers[*c].clone())).collect();
                    // The columns of a wide table are its metrics.
                    if fit.layout.usage != Some(UsageShape::Wide) {
                        report.ignored = table.headers.iter().enumerate().filter(|(i, h)| !h.is_empty() && !fit.columns.values().any(|c| c == i)).map(|(_, h)| h.clone()).collect();
                    }
                    let headers = table.headers.clone();
                    let orders = evidence(table, &fit);
                    Some(Reading { source, headers, fit, orders, report: plan.files.len() })
                }
            }
        }
    };
    plan.files.push(report);
    reading
}

const DATE_FIELDS: [&str; 10] = ["contract_start", "renewal", "since", "last_contacted", "start", "end", "opened", "first_answer", "solved", "date"];

/// Reads the file once for the date columns: their order is decided for the column, never a cell.
fn evidence(mut table: Table, fit: &Fit) -> Vec<Option<Order>> {
    let columns: Vec<usize> = DATE_FIELDS.iter().chain(&["at"]).filter_map(|f| fit.column(f)).collect();
    let mut seen = vec![Evidence::default(); table.headers.len()];
    let mut row = StringRecord::new();
    // A column whose first rows all start with the year never needs an order.
    const ENOUGH: u64 = 5_000;
    let mut rows = 0_u64;
    while let Some(next) = table.next(&mut row) {
        rows += 1;
        if next.is_ok() {
            for c in &columns {
                seen[*c].see(row.get(*c).unwrap_or(""));
            }
        }
        if rows >= ENOUGH && columns.iter().all(|c| !seen[*c].needed() || seen[*c].order().is_some()) {
            break;
        }
    }
    let own: Vec<Option<Order>> = seen.iter().map(Evidence::order).collect();
    // A column of only ambiguous days follows the other columns of its file.
    let file = [Order::Dmy, Order::Mdy].into_iter().filter(|o| own.contains(&Some(*o))).collect::<Vec<_>>();
    let shared = if file.len() == 1 { Some(file[0]) } else { None };
    seen.iter().zip(own).map(|(e, order)| order.or(if e.needed() { shared } else { None })).collect()
}

/// A file of only ambiguous days follows the other files of the import.
fn share_orders(readings: &mut [Reading]) {
    let known: Vec<Order> = readings.iter().flat_map(|r| r.orders.iter().flatten().copied()).collect();
    let Some(first) = known.first().copied().filter(|f| known.iter().all(|k| k == f)) else { return };
    for reading in readings {
        for order in &mut reading.orders {
            order.get_or_insert(first);
        }
    }
}

pub(super) struct Taking<'a> {
    request: &'a Request<'a>,
    catalog: Catalog,
    /// Records of an account as the store holds them, by kind and id.
    held: HashMap<AccountId, HashMap<(change::Kind, String), Record>>,
    /// Ids met in this import: the file and line.
    seen: HashMap<(change::Kind, String), (usize, u64)>,
    /// Changes by record, so that two files may speak of one.
    made: BTreeMap<(change::Kind, String, String), usize>,
    order: Vec<(Kind, Change)>,
    /// How often the same idless row was met.
    blank: HashMap<u64, u32>,
    rows: u64,
    pub plan: Plan,
}

impl Taking<'_> {
    fn options(&self) -> &Options {
        self.request.options
    }

    fn counts(&mut self, kind: Kind) -> &mut Counts {
        self.plan.kinds.entry(kind).or_default()
    }

    fn take(&mut self, reading: &Reading) -> Result<(), Failure> {
        let kind = reading.fit.layout.kind;
        self.counts(kind);
        let mut table = match Table::open(reading.source, self.options().sheet.as_deref()) {
            Ok(table) => table,
            Err(Unreadable { line, reason }) => {
                self.plan.files[reading.report].problem = Some(FileProblem::Unreadable { line, reason });
                return Ok(());
            }
        };
        let wide = if reading.fit.layout.usage == Some(UsageShape::Wide) { wide_columns(reading) } else { Vec::new() };
        let mut usage = UsageReader::default();
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
                    let bad = Bad { column: String::new(), value: String::new(), reason: Reason::Unreadable { reason } };
                    self.reject(reading, kind, line, bad, &row);
                    continue;
                }
            };
            let cells = Cells { fit: &reading.fit, headers: &reading.headers, row: &row, orders: &reading.orders, zone: self.options().now.zone, file: &reading.source.name };
            let taken = if kind == Kind::Usage { usage.row(self, reading, &cells, &wide, line) } else { self.record(reading, kind, &cells, line)? };
            if let Err(bad) = taken {
                self.reject(reading, kind, line, bad, &row);
            }
        }
        if kind == Kind::Usage {
            self.plan.usage.settle(usage.together);
        }
        Ok(())
    }

    fn reject(&mut self, reading: &Reading, kind: Kind, line: u64, bad: Bad, row: &StringRecord) {
        self.counts(kind).rejected += 1;
        if self.plan.rejects.len() < KEPT {
            let Bad { column, value, reason } = bad;
            self.plan.rejects.push(Reject { file: reading.source.name.clone(), line, column, value, reason, cells: row.iter().map(str::to_owned).collect() });
        }
    }

    pub fn flag(&mut self, file: &str, kind: Kind, line: u64, oddities: &[Oddity]) {
        if oddities.is_empty() {
            return;
        }
        self.counts(kind).flagged += 1;
        for oddity in oddities {
            if self.plan.flags.len() < KEPT {
                self.plan.flags.push(Flagged { file: file.to_owned(), line, oddity: *oddity });
            }
        }
    }

    /// The account of a row, for kinds that belong to one.
    pub fn account_of(&mut self, cells: &Cells) -> Result<(AccountId, Option<NaiveDate>), Bad> {
        self.catalog.find(cells.get("account"), cells.fit.layout.through, self.request.options).map_err(|reason| cells.bad("account", reason))
    }

    /// A record of any kind but usage.
    fn record(&mut self, reading: &Reading, kind: Kind, cells: &Cells, line: u64) -> Result<Result<(), Bad>, Failure> {
        let made = match self.build(kind, cells, line)? {
            Ok(made) => made,
            Err(bad) => return Ok(Err(bad)),
        };
        let (before, after, oddities) = made;
        let key = (after.kind(), after.id().to_owned());
        // Two rows with one id and different contents: the first stands, the second is named.
        if let Some((file, first)) = self.seen.get(&key).copied()
            && file == reading.report
        {
            let place = (key.0, after.account().map(|a| a.as_str().to_owned()).unwrap_or_default(), key.1.clone());
            let same = self.made.get(&place).is_some_and(|i| self.order[*i].1.after.as_ref() == Some(&after)) || before.as_ref() == Some(&after);
            if same {
                return Ok(Ok(()));
            }
            return Ok(Err(cells.bad("id", Reason::Duplicate { line: first })));
        }
        self.seen.insert(key, (reading.report, line));
        match &after {
            Record::Account(a) => self.catalog.put(a.clone()),
            Record::Subscription(s) => self.catalog.put_key(Through::Subscription, s.id.as_str().to_owned(), s.account.clone(), s.start),
            Record::Contact(c) => {
                self.catalog.put_key(Through::Contact, c.id.as_str().to_owned(), c.account.clone(), None);
                if !c.email.is_empty() {
                    self.catalog.put_key(Through::Contact, c.email.clone(), c.account.clone(), None);
                }
            }
            _ => {}
        }
        self.flag(&reading.source.name, kind, line, &oddities);
        let counts = self.counts(kind);
        match &before {
            Some(b) if *b == after => counts.unchanged += 1,
            Some(_) => counts.changed += 1,
            None => counts.new += 1,
        }
        if before.as_ref() != Some(&after) {
            let samples = self.plan.samples.entry(kind).or_default();
            if samples.len() < 5 {
                samples.push(sample(&after));
            }
            let place = (after.kind(), after.account().map(|a| a.as_str().to_owned()).unwrap_or_default(), after.id().to_owned());
            match self.made.get(&place) {
                Some(i) => self.order[*i].1.after = Some(after),
                None => {
                    self.made.insert(place, self.order.len());
                    self.order.push((kind, Change { before, after: Some(after) }));
                }
            }
        }
        Ok(Ok(()))
    }

    /// The record a row makes, the one that stands there now, and what is odd about it.
    #[expect(clippy::type_complexity, reason = "the three are taken apart at once, by the one caller")]
    fn build(&mut self, kind: Kind, cells: &Cells, line: u64) -> Result<Result<(Option<Record>, Record, Vec<Oddity>), Bad>, Failure> {
        let now = self.options().now;
        if kind == Kind::Accounts {
            let text = cells.text("id").or_else(|| cells.text("name"));
            let Some(text) = text else { return Ok(Err(cells.bad("id", Reason::Missing { field: "id" }))) };
            let exact = AccountId::new(&text);
            // Without an id column an account is known by its name.
            let id = if cells.get("id").is_empty() { self.catalog.exact(&text).cloned().unwrap_or(exact) } else { exact };
            let existing = self.catalog.get(&id).cloned();
            let held = self.held(&id, change::Kind::Account, id.as_str())?;
            return Ok(records::account(cells, id, existing.as_ref()).map(|a| {
                let odd = a.oddities.clone();
                (held, Record::Account(a), odd)
            }));
        }
        let (account, contract) = match self.account_of(cells) {
            Ok(found) => found,
            Err(bad) => return Ok(Err(bad)),
        };
        let id = match cells.text("id") {
            Some(id) => RecordId::new(id),
            None => self.row_id(kind, cells, line),
        };
        let record_kind = match kind {
            Kind::Contacts => change::Kind::Contact,
            Kind::Subscriptions => change::Kind::Subscription,
            Kind::Tickets => change::Kind::Ticket,
            Kind::Surveys => change::Kind::Survey,
            Kind::Interactions => change::Kind::Touch,
            _ => change::Kind::Outcome,
        };
        let held = self.held(&account, record_kind, id.as_str())?;
        let place = (record_kind, account.as_str().to_owned(), id.as_str().to_owned());
        let current = self.made.get(&place).and_then(|i| self.order[*i].1.after.clone()).or_else(|| held.clone());
        macro_rules! existing {
            ($variant:ident) => {
                match &current {
                    Some(Record::$variant(r)) => Some(r),
                    _ => None,
                }
            };
        }
        let built = match kind {
            Kind::Contacts => records::contact(cells, id, account, existing!(Contact)).map(|r| (Vec::new(), Record::Contact(r))),
            Kind::Subscriptions => records::subscription(cells, id, account, existing!(Subscription), now).map(|r| (r.oddities.clone(), Record::Subscription(r))),
            Kind::Tickets => records::ticket(cells, id, account, existing!(Ticket), contract, now).map(|r| (r.oddities.clone(), Record::Ticket(r))),
            Kind::Surveys => records::survey(cells, id, account, existing!(Survey), now).map(|r| (r.oddities.clone(), Record::Survey(r))),
            Kind::Interactions => records::touch(cells, id, account, existing!(Touch)).map(|r| (Vec::new(), Record::Touch(r))),
            _ => records::outcome(cells, id, account, existing!(Outcome), contract).map(|r| (r.oddities.clone(), Record::Outcome(r))),
        };
        Ok(built.map(|(odd, after)| (held, after, odd)))
    }

    /// A row without an id is known by its contents, and by how many like it came before.
    fn row_id(&mut self, kind: Kind, cells: &Cells, _line: u64) -> RecordId {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        kind.key().hash(&mut hasher);
        cells.row.iter().for_each(|c| c.trim().hash(&mut hasher));
        let hash = hasher.finish();
        let n = self.blank.entry(hash).or_default();
        *n += 1;
        RecordId::new(format!("row-{hash:016x}-{n}"))
    }

    fn held(&mut self, account: &AccountId, kind: change::Kind, id: &str) -> Result<Option<Record>, Failure> {
        if !self.held.contains_key(account) {
            let records = self.request.shelf.records(account)?.into_iter().map(|r| ((r.kind(), r.id().to_owned()), r)).collect();
            self.held.insert(account.clone(), records);
        }
        Ok(self.held.get(account).and_then(|h| h.get(&(kind, id.to_owned())).cloned()))
    }

    fn finish(mut self) -> Result<Plan, Failure> {
        if !self.plan.usage.is_empty() {
            let mut counts = self.plan.kinds.remove(&Kind::Usage).unwrap_or_default();
            self.plan.usage.count(self.request.shelf, &mut counts)?;
            self.plan.kinds.insert(Kind::Usage, counts);
        }
        // Accounts that were made because another row named them.
        if self.request.options.create_accounts {
            let known: std::collections::HashSet<AccountId> = self.request.shelf.accounts()?.into_iter().map(|a| a.id).collect();
            let planned: std::collections::HashSet<AccountId> = self
                .order
                .iter()
                .filter_map(|(_, c)| match &c.after {
                    Some(Record::Account(a)) => Some(a.id.clone()),
                    _ => None,
                })
                .collect();
            let mut made: Vec<_> = self.catalog.into_accounts().into_values().filter(|a| !known.contains(&a.id) && !planned.contains(&a.id)).collect();
            made.sort_by(|a, b| a.id.cmp(&b.id));
            self.plan.kinds.entry(Kind::Accounts).or_default().new += made.len() as u64;
            self.plan.changes.extend(made.into_iter().map(|a| Change::create(Record::Account(a))));
        }
        self.plan.changes.extend(self.order.into_iter().map(|(_, c)| c));
        Ok(self.plan)
    }
}

fn sample(record: &Record) -> String {
    match record {
        Record::Account(a) => format!("{} · {}", a.name, a.id),
        Record::Contact(c) => format!("{} · {}", c.name, c.account),
        Record::Subscription(s) => format!("{} · {} · {}", s.id, s.account, s.plan),
        Record::Ticket(t) => format!("{} · {} · {}", t.id, t.account, t.subject),
        Record::Survey(s) => format!("{} · {} · {}", s.account, s.kind.key(), s.score),
        Record::Touch(t) => format!("{} · {}", t.account, t.kind.key()),
        Record::Outcome(o) => format!("{} · {}", o.account, o.kind.key()),
        other => other.id().to_owned(),
    }
}
