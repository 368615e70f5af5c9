//! From files to a plan: recognise the files, order them by dependency, decide each column's date
//! order, then turn rows into changes of the existing data.

mod account;
mod continued;
mod edits;
mod record;
mod renewed;
mod row;
mod state;

use std::collections::{BTreeMap, HashMap, HashSet};

use csv::StringRecord;

use super::cells::Bad;
use super::column_dates::share_orders;
use super::mapping::{Compared, UsageShape};
use super::plain_rows::PlainRows;
use super::recognise::{Recognised, recognise};
use super::resolve::Catalog;
use super::table::{BadRow, Table, Unreadable};
use super::tail::Tail;
use super::usage_rows::{UsageReader, wide_columns};
use super::{FileProblem, FileReport, Kind, LeftOut, NoRecord, Plan, Question, Reason, Request};
use crate::domain::account::Account;
use crate::domain::change::Change;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use row::tail_of;
use state::Planner;

/// Plans an import without writing anything. Fails where the existing data cannot be read.
pub fn plan(request: &Request) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    let mut readings = Vec::new();
    let mut contents: HashMap<u64, String> = HashMap::new();
    for source in request.sources {
        // A file given twice would count twice.
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
    pass_over_covers(&mut plan, request);
    refuse_unknown_headers(&mut plan, &mut readings, request);
    let columns = readings.iter_mut().flat_map(|r| &mut r.dates);
    share_orders(&mut columns.collect::<Vec<_>>());
    // Accounts first, because all other kinds refer to them.
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
        rejected_bytes: 0,
        request,
        plan,
    };
    for reading in &readings {
        planner.take(reading)?;
    }
    planner.finish()
}

impl Planner<'_> {
    fn take(&mut self, reading: &Recognised) -> Result<(), Failure> {
        let kind = reading.fit.layout.kind;
        self.counts(kind);
        let mut table = match Table::again(reading.source, &reading.head) {
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
        self.plan.files[reading.report].metrics = wide.iter().map(|(_, m)| m.clone()).collect();
        let mut usage = UsageReader::default();
        // Values of one file are added up; where two files have a value of one day, the later file
        // wins. Events are added up across files, because logs may be split anywhere.
        let events = reading.fit.layout.usage == Some(UsageShape::Events);
        let before = if kind == Kind::Usage && !events {
            Some(std::mem::take(&mut self.plan.usage))
        } else {
            None
        };
        self.blank.clear();
        let rejected = self.plan.rejects.len();
        let mut tail = tail_of(reading);
        let mut plain = PlainRows::of(reading, &wide, &mut self.plan.usage);
        let mut row = StringRecord::new();
        loop {
            if let Some(plain) = &mut plain {
                self.plain(reading, plain, &mut table, &mut tail);
            }
            let Some(next) = table.next(&mut row) else {
                break;
            };
            self.count_row(reading);
            match next {
                Ok(line) => {
                    let short = table.short;
                    if self.is_record(reading, &mut tail, &row, line, &mut table) {
                        self.row(
                            reading,
                            &mut row,
                            line,
                            short,
                            table.lossy,
                            &mut usage,
                            &wide,
                        )?;
                        if let (Some(plain), Some(read)) = (&mut plain, usage.read.take()) {
                            plain.learn(&row, read);
                        }
                    }
                }
                Err(BadRow { line, reason }) => {
                    let bad = Bad {
                        field: String::new(),
                        column: String::new(),
                        value: String::new(),
                        reason,
                    };
                    self.reject(reading, kind, line, bad, &row);
                }
            }
        }
        self.ask_short_ids(&reading.source.name, rejected);
        if kind == Kind::Usage {
            self.plan.usage.merge_waiting(usage.together);
            self.name_replaced(&reading.source.name);
        }
        if let Some(mut before) = before {
            before.absorb(std::mem::take(&mut self.plan.usage));
            self.plan.usage = before;
        }
        Ok(())
    }

    /// Asks once about all numbers of a file that lack their leading noughts. `from` is its first
    /// rejected row.
    fn ask_short_ids(&mut self, file: &str, from: usize) {
        let mut numbers: HashSet<&str> = HashSet::new();
        let mut first = None;
        for reject in &self.plan.rejects[from..] {
            if let Reason::ShortId { id, name } = &reject.reason {
                numbers.insert(&reject.value);
                first.get_or_insert((reject, id, name));
            }
        }
        if let Some((reject, id, name)) = first {
            self.plan.questions.push(Question::ShortIds {
                file: file.to_owned(),
                column: reject.column.clone(),
                numbers: numbers.len() as u64,
                number: reject.value.clone(),
                id: id.clone(),
                name: name.clone(),
            });
        }
    }

    /// Names the values of a file that later rows of it took the place of.
    fn name_replaced(&mut self, file: &str) {
        let rows = self.plan.usage.replaced();
        if rows > 0 {
            self.plan.left_out.push(LeftOut {
                file: file.to_owned(),
                line: 0,
                rows,
                text: String::new(),
                why: NoRecord::Replaced,
            });
        }
    }

    /// Takes rows of usage as long as they are ordinary ones.
    fn plain(
        &mut self,
        reading: &Recognised,
        plain: &mut PlainRows,
        table: &mut Table,
        tail: &mut Tail,
    ) {
        let lossy = table.lossy;
        table.take_lines(|line, delimiter| {
            let taken = plain.take(line, delimiter, lossy, tail, &mut self.plan.usage);
            if taken {
                self.count_row(reading);
            }
            taken
        });
    }

    fn count_row(&mut self, reading: &Recognised) {
        self.rows += 1;
        self.plan.files[reading.report].rows += 1;
        if self.rows.is_multiple_of(50_000) {
            (self.request.progress)(self.rows);
        }
    }

    fn finish(mut self) -> Result<Plan, Failure> {
        self.date_edits()?;
        if !self.plan.usage.is_empty() {
            self.plan.usage.finish();
            let mut counts = self.plan.kinds.remove(&Kind::Usage).unwrap_or_default();
            self.plan.usage.count(self.request.existing, &mut counts)?;
            self.plan.kinds.insert(Kind::Usage, counts);
        }
        // Accounts that were created because a row named them.
        if self.request.options.create_accounts {
            let known: HashSet<AccountId> = self
                .request
                .existing
                .accounts()?
                .into_iter()
                .map(|a| a.id)
                .collect();
            let planned: HashSet<AccountId> = self
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
        let today = self.request.options.now.today();
        for (account, step) in renewed::steps(&self.plan.changes, today) {
            let held = self.request.existing.records(&account)?;
            let change = step.change(&held, &account, today);
            let new = change.as_ref().is_some_and(|c| c.before.is_none());
            self.plan.kinds.entry(Kind::Outcomes).or_default().new += u64::from(new);
            self.plan.changes.extend(change);
        }
        Ok(self.plan)
    }
}

/// A cover or a summary is no failure where another sheet of the workbook has a table.
fn pass_over_covers(plan: &mut Plan, request: &Request) {
    let book = |name: &str| name.split(" [").next().unwrap_or_default().to_owned();
    let known: HashSet<String> = plan
        .files
        .iter()
        .filter(|f| f.kind.is_some())
        .map(|f| book(&f.name))
        .collect();
    let is_sheet = |name: &str| {
        let source = request.sources.iter().find(|s| s.name == name);
        source.is_some_and(|s| s.sheet.is_some())
    };
    for file in &mut plan.files {
        let empty = matches!(
            file.problem,
            Some(FileProblem::Unrecognised | FileProblem::Empty)
        );
        if empty && is_sheet(&file.name) && known.contains(&book(&file.name)) {
            file.problem = Some(FileProblem::NoTable);
        }
    }
}

/// A header that the user named must stand in one of the files: else a spelling mistake would import
/// the rest without a word.
fn refuse_unknown_headers(plan: &mut Plan, readings: &mut Vec<Recognised>, request: &Request) {
    let named = request.options.wish.columns.iter();
    for (_, header) in named.filter(|(_, header)| !header.is_empty()) {
        let wanted = Compared::of(header).full;
        let is = |h: &String| Compared::of(h).full == wanted;
        if plan.files.iter().any(|f| f.headers.iter().any(is)) {
            continue;
        }
        for file in plan.files.iter_mut().filter(|f| !f.headers.is_empty()) {
            file.problem = Some(FileProblem::NoColumn {
                header: header.clone(),
            });
            file.kind = None;
        }
        readings.clear();
        return;
    }
}
