//! The plan under construction, and the operations its parts share: counting, rejecting, flagging.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use csv::StringRecord;

use crate::domain::change::Change;
use crate::domain::facts::Oddity;
use crate::domain::ids::AccountId;
use crate::domain::records::{Kind as Stored, Record};
use crate::domain::text::visible;
use crate::services::import::cells::{Bad, Cells, Skipped};
use crate::services::import::recognise::Recognised;
use crate::services::import::resolve::{Catalog, SHORT_IDS};
use crate::services::import::{
    Counts, Flag, Flagged, KEPT, Kind, LeftOut, NoRecord, Options, Plan, Reason, Reject, Request,
    UnknownWord,
};

pub struct Planner<'a> {
    pub request: &'a Request<'a>,
    pub catalog: Catalog,
    /// The existing records of an account, by kind and id.
    pub held: HashMap<AccountId, HashMap<(Stored, String), Record>>,
    /// The account of each existing record, by kind and id; read at the first new record.
    pub homes: Option<HashMap<(Stored, String), AccountId>>,
    /// The ids of this import, with their file and line.
    pub seen: HashMap<(Stored, String), (usize, u64)>,
    /// Changes by record, because two files may be about one record.
    pub made: BTreeMap<(Stored, String, String), usize>,
    pub order: Vec<(Kind, Change)>,
    /// The number of equal rows without an id.
    pub blank: HashMap<u64, u32>,
    pub rows: u64,
    /// Bytes of the rejected rows.
    pub rejected_bytes: usize,
    pub plan: Plan,
}

/// Bytes of rejected rows that are kept; further rows are only counted.
const KEPT_BYTES: usize = 64 << 20;

impl Planner<'_> {
    pub fn options(&self) -> &Options {
        self.request.options
    }

    pub fn counts(&mut self, kind: Kind) -> &mut Counts {
        self.plan.kinds.entry(kind).or_default()
    }

    pub fn reject(
        &mut self,
        reading: &Recognised,
        kind: Kind,
        line: u64,
        bad: Bad,
        row: &StringRecord,
    ) {
        self.counts(kind).rejected += 1;
        // Wide and long rows take more than their share of the memory.
        self.rejected_bytes += row.as_slice().len() + row.len() * size_of::<String>();
        if self.plan.rejects.len() < KEPT && self.rejected_bytes < KEPT_BYTES {
            let Bad {
                column,
                value,
                reason,
                field: _,
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

    pub fn flag(&mut self, file: &str, kind: Kind, line: u64, oddities: &[Oddity]) {
        if oddities.is_empty() {
            return;
        }
        self.counts(kind).flagged += 1;
        for oddity in oddities {
            self.note(Flagged {
                file: file.to_owned(),
                line,
                column: String::new(),
                value: String::new(),
                flag: Flag::Oddity(*oddity),
            });
        }
    }

    /// The cells of a row that were left out. A row is counted once, whatever else is odd about it.
    pub fn flag_cells(
        &mut self,
        file: &str,
        kind: Kind,
        line: u64,
        skipped: Vec<Skipped>,
        counted: bool,
    ) {
        if skipped.is_empty() {
            return;
        }
        if !counted {
            self.counts(kind).flagged += 1;
        }
        for cell in skipped {
            if let Flag::Unread(Reason::UnknownWord { allowed }) = &cell.flag {
                self.unknown_word(file, kind, &cell, allowed.clone());
            }
            self.note(Flagged {
                file: file.to_owned(),
                line,
                column: cell.column,
                value: cell.value,
                flag: cell.flag,
            });
        }
    }

    fn note(&mut self, flagged: Flagged) {
        if self.plan.flags.len() < KEPT {
            self.plan.flags.push(flagged);
        }
    }

    /// Counts a word that a closed list does not have. Each is asked about once.
    pub fn unknown_word(
        &mut self,
        file: &str,
        kind: Kind,
        cell: &Skipped,
        allowed: Vec<&'static str>,
    ) {
        /// More different words are no closed list.
        const MOST: usize = 500;
        let words = &mut self.plan.unknown_words;
        let full = words.len() >= MOST;
        let known = words.iter_mut().find(|w| {
            w.kind == kind && w.field == cell.field && w.word == cell.value && w.file == file
        });
        match known {
            Some(word) => word.rows += 1,
            None if !full => words.push(UnknownWord {
                file: file.to_owned(),
                kind,
                field: cell.field.clone(),
                column: cell.column.clone(),
                word: cell.value.clone(),
                rows: 1,
                allowed,
            }),
            None => {}
        }
    }

    /// A row that is no record.
    pub fn leave_out(&mut self, file: &str, line: u64, text: String, why: NoRecord) {
        let left = &mut self.plan.left_out;
        // Rows without a value may be many: they are counted together.
        if why == NoRecord::NoValue
            && let Some(many) = left
                .iter_mut()
                .rev()
                .find(|l| l.why == why && l.file == file)
        {
            many.rows += 1;
            return;
        }
        if left.len() < KEPT {
            left.push(LeftOut {
                file: file.to_owned(),
                line,
                rows: 1,
                text,
                why,
            });
        }
    }
}

/// The account of a row, for kinds that belong to one, and the first day of its contract.
pub fn account_of(
    catalog: &mut Catalog,
    options: &Options,
    cells: &Cells,
) -> Result<(AccountId, Option<NaiveDate>), Bad> {
    let said = cells.fit.layout.values.get("account");
    let short_ids = said.and_then(|words| words.get(SHORT_IDS.0));
    catalog
        .find(
            &visible(cells.get("account")),
            cells.fit.layout.through,
            options,
            short_ids.is_some_and(|said| said == SHORT_IDS.1),
        )
        .map_err(|reason| cells.bad("account", reason))
}
