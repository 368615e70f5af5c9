//! The plan under construction, and the operations its parts share: counting, rejecting, flagging.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use csv::StringRecord;

use crate::domain::change::Change;
use crate::domain::facts::Oddity;
use crate::domain::ids::AccountId;
use crate::domain::records::{Kind as Stored, Record};
use crate::services::import::cells::{Bad, Cells};
use crate::services::import::recognise::Recognised;
use crate::services::import::resolve::Catalog;
use crate::services::import::{Counts, Flagged, KEPT, Kind, Options, Plan, Reject, Request};

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
            if self.plan.flags.len() < KEPT {
                self.plan.flags.push(Flagged {
                    file: file.to_owned(),
                    line,
                    oddity: *oddity,
                });
            }
        }
    }
}

/// The account of a row, for kinds that belong to one, and the first day of its contract.
pub fn account_of(
    catalog: &mut Catalog,
    options: &Options,
    cells: &Cells,
) -> Result<(AccountId, Option<NaiveDate>), Bad> {
    catalog
        .find(cells.get("account"), cells.fit.layout.through, options)
        .map_err(|reason| cells.bad("account", reason))
}
