//! One row: whether it is a record, what of it can be read, and what is noted about it.

use std::cell::RefCell;

use csv::StringRecord;

use super::state::{Planner, account_of};
use crate::domain::facts::Oddity;
use crate::domain::facts::outcome::OutcomeKind;
use crate::domain::failure::Failure;
use crate::domain::text::clean_line;
use crate::services::import::cells::{Bad, Cells, Skipped};
use crate::services::import::recognise::Recognised;
use crate::services::import::table::Table;
use crate::services::import::tail::{Judged, Tail};
use crate::services::import::usage_rows::UsageReader;
use crate::services::import::{Flag, Kind, NoRecord, Question, Reason};

impl Planner<'_> {
    /// Whether a row is a record. Totals and notes are named as left out.
    pub fn is_record(
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
                let learnt = reading.fit.layout.values.get("name");
                let said = self
                    .options()
                    .said_of_total(file, &name)
                    .or_else(|| learnt?.get(&name).map(String::as_str));
                match said {
                    Some("") => {
                        if !beside {
                            self.leave_out(file, line, head_text(row), NoRecord::Total);
                        }
                        return false;
                    }
                    // Without a name there is nothing to ask about: the row says what it lacks.
                    None if !beside && !name.is_empty() => {
                        let file = file.clone();
                        let asked = Question::Total { file, line, name };
                        self.plan.questions.push(asked);
                    }
                    _ => {}
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
    pub fn row(
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
            unit: reading.unit,
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
                if self.ask_word(reading, kind, line, &bad) {
                    return Ok(());
                }
                self.reject(reading, kind, line, bad, row);
            }
        }
        Ok(())
    }

    /// Asks about a word that refuses its row, like about any other. Returns whether the row is read
    /// all the same: as an account whose outcome is not understood.
    fn ask_word(&mut self, reading: &Recognised, kind: Kind, line: u64, bad: &Bad) -> bool {
        let allowed = match &bad.reason {
            Reason::UnknownWord { allowed } => allowed.clone(),
            // What Yes means under this header is asked in the same way.
            Reason::UnclearTruth => OutcomeKind::ALL.iter().map(|k| k.key()).collect(),
            _ => return false,
        };
        let cell = Skipped {
            field: bad.field.clone(),
            column: bad.column.clone(),
            value: bad.value.clone(),
            flag: Flag::Unread(bad.reason.clone()),
        };
        let file = &reading.source.name;
        let beside = reading.fit.outcomes_of.is_some();
        // A flag with an unknown word asks about it by itself.
        if !beside || bad.reason == Reason::UnclearTruth {
            self.unknown_word(file, kind, &cell, allowed);
        }
        if beside {
            self.flag_cells(file, kind, line, vec![cell], false);
        }
        beside
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
}

/// Watches for rows that are no records.
pub fn tail_of(reading: &Recognised) -> Tail {
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
