//! Replay: applies the operations and scores of the journal that the tree lacks. This file must not
//! know how the store is opened.

use super::codec;
use super::frames::FrameKind;
use super::handle::Store;
use super::segments::{Walk, operations};
use crate::domain::failure::Failure;
use crate::domain::health::history::Entry;
use crate::domain::ids::AccountId;
use crate::domain::observed::Block;

impl Store {
    /// Applies the journal's operations that the tree lacks.
    pub(super) fn replay(&mut self, walk: Walk) -> Result<Replayed, Failure> {
        let mut pending = Vec::new();
        let (have, recorded) = (self.meta.seq, self.meta.recorded);
        let mut unread = Vec::new();
        let mut last = 0;
        let mut damage = self.journal.read(walk, |place, kind, body| {
            match kind {
                FrameKind::Operation | FrameKind::History | FrameKind::Observed => {
                    match codec::from_numbered(&body) {
                        Ok((seq, _)) if kind == FrameKind::Operation && seq <= have => {
                            last = last.max(seq)
                        }
                        Ok((seq, _))
                            if kind != FrameKind::Operation
                                && (seq < have || recorded.is_some_and(|r| place <= r)) => {}
                        Ok(_) => pending.push((place, kind)),
                        Err(reason) => unread.push(reason),
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        let (mut applied, mut missing) = (0, 0);
        for (place, kind) in pending {
            let body = self.journal.read_at(place)?;
            let Ok((seq, body)) = codec::from_numbered(&body) else {
                continue;
            };
            if kind == FrameKind::Operation {
                match codec::from_operation(body) {
                    Ok(op) => {
                        if seq > self.meta.seq + 1 {
                            missing += seq - self.meta.seq - 1;
                            unread.push(operations(self.meta.seq + 1, seq - 1));
                        }
                        self.meta.seq = seq - 1;
                        self.apply(&op, place)?;
                        applied += 1;
                        last = last.max(seq);
                    }
                    Err(reason) => unread.push(format!("operation {seq}: {reason}")),
                }
            } else if kind == FrameKind::Observed {
                let block = codec::unpressed(body).and_then(|raw| codec::from_json::<Block>(&raw));
                if let Ok(block) = block {
                    self.apply_observed(&block, place)?;
                }
            } else if let Ok(entries) = codec::unpressed(body)
                .and_then(|raw| codec::from_json::<Vec<(AccountId, Vec<Entry>)>>(&raw))
            {
                self.apply_history(&entries, place)?;
            }
        }
        damage.extend(unread);
        Ok(Replayed {
            operations: applied,
            damage,
            missing,
            last,
        })
    }
}

/// The result of a replay.
pub(super) struct Replayed {
    pub operations: u64,
    pub damage: Vec<String>,
    /// The numbers of missing operations.
    pub missing: u64,
    /// The number of the newest operation in the journal.
    pub last: u64,
}
