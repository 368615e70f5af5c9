//! The log of who did what. The tree holds a head for every operation; the operations themselves
//! are in the journal. Heads that undo can no longer reach are packed, so that years of log cost a
//! few bytes per operation.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::frames::Place;
use super::handle::Store;
use super::keys::Writes;
use super::{codec, keys};
use crate::domain::change::{Group, Label, Operation};
use crate::domain::failure::Failure;
use crate::domain::ids::RecordId;

/// Heads per pack: with the pack itself they fit in one atomic batch.
const PACK: usize = 64;

/// The head of an operation, as the log shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    pub seq: u64,
    pub id: RecordId,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub label: Label,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undone: bool,
    /// A part of a group that was interrupted and has been undone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rolled_back: bool,
    pub(super) place: Place,
}

impl LogEntry {
    pub(super) fn of(op: &Operation, seq: u64, place: Place) -> Self {
        Self {
            seq,
            id: op.id.clone(),
            at: op.at,
            actor: op.actor.clone(),
            label: op.label.clone(),
            group: op.group.clone(),
            undone: false,
            rolled_back: false,
            place,
        }
    }

    /// The target of an undo: the group, or the operation itself.
    pub fn unit(&self) -> &RecordId {
        self.group.as_ref().map_or(&self.id, |g| &g.id)
    }

    /// Whether undo may revert it.
    pub(super) fn is_edit(&self) -> bool {
        !self.rolled_back
            && !self.is_passed_over()
            && !matches!(
                self.label,
                Label::Undo { .. } | Label::Redo { .. } | Label::Demo
            )
    }

    /// Whether undo and redo ignore it.
    pub(super) fn is_passed_over(&self) -> bool {
        matches!(
            self.label,
            Label::Call { .. } | Label::Rollback { .. } | Label::Mark | Label::Upgrade { .. }
        )
    }

    /// Whether the history shows it: marks that the program wrote for itself are left out.
    pub fn is_shown(&self) -> bool {
        self.label != Label::Mark
    }
}

impl Store {
    /// The whole log, newest first.
    pub fn log(&self) -> impl Iterator<Item = LogEntry> + '_ {
        let packs = self
            .tree
            .scan_back([keys::LOG_PACK])
            .filter_map(|pair| codec::from_folder::<LogEntry>(&pair.ok()?.1).ok());
        self.recent_log()
            .chain(packs.flat_map(|pack| pack.into_iter().rev()))
    }

    /// The id of an operation in the log; `None` where the log begins later.
    pub(super) fn operation_at(&self, seq: u64) -> Option<RecordId> {
        let head: Option<LogEntry> = self.one(&keys::of_log(seq)).ok().flatten();
        head.map(|head| head.id)
    }

    /// The part of the log that undo can reach, newest first.
    pub(super) fn recent_log(&self) -> impl Iterator<Item = LogEntry> + '_ {
        self.tree
            .scan_back([keys::LOG])
            .filter_map(|pair| codec::from_json(&pair.ok()?.1).ok())
    }

    /// Packs the heads whose operations the journal no longer holds. One batch writes a pack and
    /// removes its heads, so a crash between two packs leaves a complete log.
    pub(super) fn pack_log(&mut self) -> Result<(), Failure> {
        let Some(kept) = self.journal.first_segment()? else {
            return Ok(());
        };
        let mut heads: Vec<LogEntry> = Vec::with_capacity(PACK);
        let mut packs = Vec::new();
        for pair in self.tree.scan([keys::LOG]) {
            let (_, value) = pair.map_err(|e| self.sled_failure(&e))?;
            let Ok(head) = codec::from_json::<LogEntry>(&value) else {
                break;
            };
            if head.place.segment >= kept {
                break;
            }
            heads.push(head);
            if heads.len() == PACK {
                packs.push(std::mem::take(&mut heads));
            }
        }
        for pack in packs {
            let mut writes: Writes = pack
                .iter()
                .map(|head| (keys::of_log(head.seq), None))
                .collect();
            writes.insert(keys::of_log_pack(pack[0].seq), Some(codec::folder(&pack)));
            self.write(writes, self.meta.seq)?;
        }
        Ok(())
    }
}
