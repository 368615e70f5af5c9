//! The plan of an import: the changes it would write, and their counts.

use std::collections::BTreeMap;

use super::Kind;
use super::existing::ExistingData;
use super::report::{
    Counts, FileReport, Flagged, HandEdit, LeftOut, Question, Reject, UnknownWord, Update,
};
use super::usage::Gathered;
use crate::domain::change::{Change, UsageChange};
use crate::domain::failure::Failure;

/// The effect of an import before anything is written.
#[derive(Debug, Default)]
pub struct Plan {
    pub files: Vec<FileReport>,
    pub kinds: BTreeMap<Kind, Counts>,
    /// The first [`KEPT`](super::KEPT); the counts include all.
    pub rejects: Vec<Reject>,
    pub flags: Vec<Flagged>,
    /// Rows that are no records.
    pub left_out: Vec<LeftOut>,
    /// Words of closed lists that no answer covers, each once.
    pub unknown_words: Vec<UnknownWord>,
    pub questions: Vec<Question>,
    /// Edits by hand that the files contradict.
    pub hand_edits: Vec<HandEdit>,
    /// Fields of existing records that change, the first of them.
    pub updates: Vec<Update>,
    pub changes: Vec<Change>,
    /// A few new or changed records, for the preview.
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

    /// The number of accounts with usage to write.
    pub fn usage_accounts(&self) -> usize {
        self.usage.len()
    }

    /// The usage changes of one of these accounts against the existing data. They are computed one
    /// account at a time, so that memory stays bounded.
    pub fn usage_changes(
        &self,
        account: usize,
        existing: &dyn ExistingData,
    ) -> Result<Vec<UsageChange>, Failure> {
        self.usage.changes(account, existing)
    }
}
