//! Stores of earlier schemas, brought up to this one when they are opened. A backup is written first;
//! each step may be cut short anywhere and is done again at the next opening.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::handle::{SCHEMA, Store};
use super::keys::Meta;
use crate::domain::failure::{Failure, Repair};

/// What leads from a schema to the next one.
struct Step {
    from: u32,
    work: fn(&mut Store) -> Result<(), Failure>,
}

const STEPS: [Step; 1] = [
    // 3: heads of the log that no undo reaches any more are packed.
    Step {
        from: 2,
        work: Store::pack_log,
    },
];

/// The oldest schema that can be brought up.
pub(super) const OLDEST: u32 = STEPS[0].from;

impl Store {
    /// Brings the tree up to this program's schema; answers what was done, if anything was to do.
    pub(super) fn migrate(&mut self, at: DateTime<Utc>) -> Result<Option<Repair>, Failure> {
        let from = self.meta.schema;
        if from >= SCHEMA {
            return Ok(None);
        }
        let backup = self.migration_backup(from, at);
        // Only a whole backup has this name: one that an earlier try left behind is of this store.
        if !backup.exists() {
            self.backup(&backup)?;
        }
        for step in STEPS.iter().filter(|s| s.from >= from) {
            (step.work)(self)?;
            self.write_batch(
                Default::default(),
                Meta {
                    schema: step.from + 1,
                    ..self.meta.clone()
                },
            )?;
            self.settle()?;
        }
        Ok(Some(Repair::Migrated {
            from,
            to: SCHEMA,
            backup: backup.display().to_string(),
        }))
    }

    fn migration_backup(&self, from: u32, at: DateTime<Utc>) -> PathBuf {
        self.home.join("backups").join(format!(
            "before-schema-{}-{}.kenshin",
            from + 1,
            at.format("%Y%m%d")
        ))
    }
}
