//! Migrates stores of earlier schemas when they are opened. A backup is written first. A step that
//! is interrupted runs again at the next opening.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::handle::{SCHEMA, Store};
use super::keys::Meta;
use super::old_contracts;
use crate::domain::failure::{Failure, Repair};
use crate::domain::ids::Mint;

/// The steps from each schema to the next.
struct Step {
    from: u32,
    work: fn(&mut Store) -> Result<(), Failure>,
}

const STEPS: [Step; 9] = [
    // 3: heads of the log that undo can no longer reach are packed.
    Step {
        from: 2,
        work: Store::pack_log,
    },
    // 4: settings are records. Every opening that finds their old files imports them, so that a
    // tree that was rebuilt without this step has them too: see `old_settings`.
    Step {
        from: 3,
        work: |_| Ok(()),
    },
    // 5: deals are a kind of record, which an earlier program would not read.
    Step {
        from: 4,
        work: |_| Ok(()),
    },
    // 6: histories are packed when they are written, which an earlier program would take for damage.
    Step {
        from: 5,
        work: |_| Ok(()),
    },
    // 7: the store has an id, and segments of the journal begin with a head, which an earlier program would take
    // for damage.
    Step {
        from: 6,
        work: |_| Ok(()),
    },
    // 8: what each day was is noted, which an earlier program would take for damage. Scores that were recorded before
    // follow with 11.
    Step {
        from: 7,
        work: |_| Ok(()),
    },
    // 9: steps of a renewal are a kind of record, and contracts can be merged, which an earlier program would not read.
    Step {
        from: 8,
        work: |_| Ok(()),
    },
    // 10: what people say of a risk is a kind of record, which an earlier program would not read.
    Step {
        from: 9,
        work: |_| Ok(()),
    },
    // 11: scores that were recorded before whole days were noted are among the noted days, a term from before the
    // first use can be ignored, and rescues are a kind of record. An earlier program would not read them.
    Step {
        from: 10,
        work: Store::fill_days_from_scores,
    },
];

/// The oldest schema that can be migrated.
pub(super) const OLDEST: u32 = STEPS[0].from;

/// The first schema in which a store has an id.
const FIRST_WITH_ID: u32 = 7;

impl Store {
    /// Migrates the store to this program's schema. Returns what was done, if anything.
    pub(super) fn migrate(
        &mut self,
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<Vec<Repair>, Failure> {
        let mut repairs = Vec::new();
        let from = self.meta.schema;
        if from < SCHEMA {
            let backup = self.migration_backup(from, at);
            // Only a complete backup has this name, so one left by an earlier attempt can be used.
            if !backup.exists() {
                self.backup(&backup)?;
            }
            repairs.push(Repair::Migrated {
                from,
                to: SCHEMA,
                backup: backup.display().to_string(),
            });
        }
        let settings = self.adopt_settings(mint, at)?;
        repairs.extend(settings.repairs());
        if from < old_contracts::FIRST_TO_KNOW {
            self.mark_ended_contracts(mint, at)?;
        }
        for step in STEPS.iter().filter(|s| s.from >= from) {
            (step.work)(self)?;
            let schema = step.from + 1;
            self.write_batch(
                Default::default(),
                Meta {
                    schema,
                    ..self.meta.clone()
                },
            )?;
        }
        if from < SCHEMA || settings.is_any() {
            self.sync()?;
            if from < FIRST_WITH_ID {
                // After the tree: a tree without the id is no part of a journal that has it.
                self.journal.rotate(self.meta.seq)?;
            }
            let home = self.home.clone();
            settings.forget(&home)?;
        }
        repairs.extend(self.take_waiting_marks(mint, at)?);
        Ok(repairs)
    }

    fn migration_backup(&self, from: u32, at: DateTime<Utc>) -> PathBuf {
        self.home.join("backups").join(format!(
            "before-schema-{}-{}.kenshin",
            from + 1,
            at.format("%Y%m%d")
        ))
    }
}
