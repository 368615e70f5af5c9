//! The plan of an import: all that it would write, and its counts.

use std::collections::BTreeMap;

use super::Kind;
use super::existing::ExistingData;
use super::report::{Counts, FileReport, Flagged, Reject};
use super::usage::Gathered;
use crate::domain::change::{Change, UsageChange};
use crate::domain::failure::Failure;

/// What an import would do. Nothing has been written yet.
#[derive(Debug, Default)]
pub struct Plan {
    pub files: Vec<FileReport>,
    pub kinds: BTreeMap<Kind, Counts>,
    /// The first [`KEPT`](super::KEPT); the counts are of all.
    pub rejects: Vec<Reject>,
    pub flags: Vec<Flagged>,
    pub changes: Vec<Change>,
    /// A few of what is new or changed, for the preview.
    pub samples: BTreeMap<Kind, Vec<String>>,
    pub(super) usage: Gathered,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
            && self
                .kinds
                .get(&Kind::Usage)
                .is_none_or(|c| c.new + c.changed == 0)
    }

    pub fn rejected(&self) -> u64 {
        self.kinds.values().map(|c| c.rejected).sum()
    }

    pub fn readable(&self) -> bool {
        self.files.iter().any(|f| f.problem.is_none())
    }

    /// Accounts that have usage to write.
    pub fn usage_accounts(&self) -> usize {
        self.usage.len()
    }

    /// The usage changes of one of them, read against what the store holds now: one at a time, so
    /// that memory stays bounded.
    pub fn usage_changes(
        &self,
        account: usize,
        existing: &dyn ExistingData,
    ) -> Result<Vec<UsageChange>, Failure> {
        self.usage.changes(account, existing)
    }
}
