//! From files to a plan: recognise the files, order them by dependency, decide each column's date
//! order, then turn rows into changes of the existing data.

mod edits;
mod record;
mod state;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use csv::StringRecord;

use super::cells::{Bad, Cells, Skipped};
use super::column_dates::share_orders;
use super::mapping::{Compared, UsageShape};
use super::recognise::{Recognised, recognise};
use super::resolve::Catalog;
use super::table::{BadRow, Table, Unreadable};
use super::tail::{Judged, Tail};
use super::usage_rows::{UsageReader, wide_columns};
use super::{FileProblem, FileReport, Flag, Kind, Plan, Question, Reason, Request};
use crate::domain::account::Account;
use crate::domain::change::Change;
use crate::domain::facts::Oddity;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::text::clean_line;
use state::{Planner, account_of};

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
        let mut tail = tail_of(reading);
        let mut row = StringRecord::new();
        while let Some(next) = table.next(&mut row) {
            self.rows += 1;
            self.plan.files[reading.report].rows += 1;
            if self.rows.is_multiple_of(50_000) {
                (self.request.progress)(self.rows);
            }
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
        if kind == Kind::Usage {
            self.plan.usage.merge_waiting(usage.together);
        }
        if let Some(mut before) = before {
            before.absorb(std::mem::take(&mut self.plan.usage));
            self.plan.usage = before;
        }
        Ok(())
    }

    /// Whether a row is a record. Totals and notes are named as left out.
    fn is_record(
        &mut self,
        reading: &Recognised,
        tail: &mut Tail,
        row: &StringRecord,
        line: u64,
        table: &mut Table,
    ) -> bool {
        // The outcomes of a table are read from the rows of another kind, which names its totals.
        let beside = reading.fit.outcomes_of.is_some();
        let file = &reading.source.name;
        match tail.judge(row, table) {
            Judged::Record => true,
            Judged::MayBeTotal => {
                let name = tail.name(row);
                if !beside && !self.options().is_company(&name) {
                    let file = file.clone();
                    self.plan
                        .questions
                        .push(Question::Total { file, line, name });
                }
                true
            }
            Judged::NoRecord(why) => {
                if !beside {
                    self.leave_out(file, line, head_text(row), why);
                }
                false
            }
        }
    }

    /// Reads one row, or rejects it.
    #[allow(
        clippy::too_many_arguments,
        reason = "a row and what was noticed while it was read"
    )]
    fn row(
        &mut self,
        reading: &Recognised,
        row: &mut StringRecord,
        line: u64,
        short: bool,
        lossy: bool,
        usage: &mut UsageReader,
        wide: &[(usize, String)],
    ) -> Result<(), Failure> {
        let kind = reading.fit.layout.kind;
        let mut noted = Vec::new();
        if lossy && row.as_slice().contains(char::REPLACEMENT_CHARACTER) {
            match undecodable(reading, row) {
                Ok((sound, skipped)) => {
                    *row = sound;
                    noted = skipped;
                }
                Err(bad) => {
                    self.reject(reading, kind, line, bad, row);
                    return Ok(());
                }
            }
        }
        if short && reading.fit.outcomes_of.is_none() {
            noted.push(Skipped {
                field: String::new(),
                column: String::new(),
                value: String::new(),
                flag: Flag::Short,
            });
        }
        let cells = Cells {
            fit: &reading.fit,
            headers: &reading.headers,
            row,
            dates: &reading.dates,
            marks: &reading.marks,
            zone: self.options().now.zone,
            file: &reading.source.name,
            skipped: RefCell::new(noted),
        };
        // A row with blank outcome columns states no outcome.
        if reading.fit.outcomes_of.is_some()
            && cells.get("kind").is_empty()
            && cells.get("date").is_empty()
        {
            return Ok(());
        }
        let flagged = self.counts(kind).flagged;
        let taken = if kind == Kind::Usage {
            self.usage(reading, &cells, line, usage, wide)
        } else {
            self.record(reading, kind, &cells, line)?
        };
        let counted = self.counts(kind).flagged > flagged;
        let skipped = cells.skipped.take();
        let file = &reading.source.name;
        match taken {
            Ok(()) => self.flag_cells(file, kind, line, skipped, counted),
            Err(Bad {
                reason: Reason::NoRecord { why },
                ..
            }) => {
                self.flag_cells(file, kind, line, skipped, counted);
                self.leave_out(file, line, head_text(row), why);
            }
            Err(bad) => {
                // A word that refuses its row is asked about like any other.
                if let Reason::UnknownWord { allowed } = &bad.reason {
                    let cell = Skipped {
                        field: bad.field.clone(),
                        column: bad.column.clone(),
                        value: bad.value.clone(),
                        flag: Flag::Placeholder,
                    };
                    self.unknown_word(file, kind, &cell, allowed.clone());
                }
                self.reject(reading, kind, line, bad, row);
            }
        }
        Ok(())
    }

    fn usage(
        &mut self,
        reading: &Recognised,
        cells: &Cells,
        line: u64,
        usage: &mut UsageReader,
        wide: &[(usize, String)],
    ) -> Result<(), Bad> {
        let (catalog, options) = (&mut self.catalog, self.request.options);
        let noticed = usage.row(
            &mut self.plan.usage,
            |cells| account_of(catalog, options, cells),
            reading,
            cells,
            wide,
        )?;
        let file = &reading.source.name;
        if noticed.early {
            self.flag(file, Kind::Usage, line, &[Oddity::BeforeContract]);
        }
        if noticed.negative {
            self.flag(file, Kind::Usage, line, &[Oddity::Negative]);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Plan, Failure> {
        if !self.plan.usage.is_empty() {
            self.plan.usage.name_users();
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
        Ok(self.plan)
    }
}

/// A header that the user named must stand in one of the files: else a spelling mistake would import
/// the rest without a word.
fn refuse_unknown_headers(plan: &mut Plan, readings: &mut Vec<Recognised>, request: &Request) {
    let named = request.options.wish.columns.iter();
    for (_, header) in named {
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

/// Watches for rows that are no records.
fn tail_of(reading: &Recognised) -> Tail {
    let columns = |fields: &[&str]| {
        let found = fields.iter().filter_map(|f| reading.fit.column(f));
        found.collect::<Vec<usize>>()
    };
    let adds = reading.fit.layout.kind != Kind::Usage;
    Tail::new(
        &reading.headers,
        columns(&["name", "account", "last_name", "subject"]),
        columns(&["id"]),
        &reading.marks,
        adds,
    )
}

/// The beginning of a row, to name it by.
fn head_text(row: &StringRecord) -> String {
    let cells = row.iter().map(clean_line).filter(|c| !c.is_empty());
    let text = cells.collect::<Vec<_>>().join(" ");
    text.chars().take(80).collect()
}

/// A row without the cells that could not be decoded; refused where one of them says which record
/// the row is.
fn undecodable(
    reading: &Recognised,
    row: &StringRecord,
) -> Result<(StringRecord, Vec<Skipped>), Bad> {
    let kind = reading.fit.layout.kind;
    let keys = ["id", "account", "name", "email"];
    let needed = kind.required().iter().copied().flatten();
    let keys: Vec<usize> = keys
        .iter()
        .chain(needed)
        .filter_map(|field| reading.fit.column(field))
        .collect();
    let (mut sound, mut skipped) = (StringRecord::new(), Vec::new());
    for (at, cell) in row.iter().enumerate() {
        if !cell.contains(char::REPLACEMENT_CHARACTER) {
            sound.push_field(cell);
            continue;
        }
        let column = reading.headers.get(at).cloned().unwrap_or_default();
        let value = clean_line(&cell.replace(char::REPLACEMENT_CHARACTER, "?"));
        if keys.contains(&at) {
            return Err(Bad {
                field: String::new(),
                column,
                value,
                reason: Reason::Undecodable,
            });
        }
        skipped.push(Skipped {
            field: String::new(),
            column,
            value,
            flag: Flag::Unread(Reason::Undecodable),
        });
        sound.push_field("");
    }
    Ok((sound, skipped))
}
