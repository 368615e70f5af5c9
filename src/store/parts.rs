//! What the parts of a home say of the store that they belong to, compared before any of them is believed. This
//! file must not know how the store is opened.

use std::path::Path;

use super::identity::{Mark, StoreId, agreed};
use super::journal::Known;
use super::keys::Meta;
use super::newest::{self, Newest};
use super::snapshots::Head;
use super::tree::Tree;
use super::{backup, strangers};
use crate::domain::failure::{Cause, Failure};

/// What the parts say of the store before any of them is believed.
pub(super) struct Identity {
    pub store: StoreId,
    /// The newest operation by the file `head`.
    pub newest: Option<Newest>,
    /// Why the tree that was found is not of this store as it is now.
    pub tree: Option<Cause>,
    /// Points of the journal that this store wrote.
    marks: Vec<Mark>,
}

impl Identity {
    /// # Errors
    /// If the segments of the journal cannot be read.
    pub fn of(home: &Path, found: &Result<(Tree, Option<Meta>), Failure>) -> Result<Self, Failure> {
        let meta = found.as_ref().ok().and_then(|(_, meta)| meta.as_ref());
        let parts = strangers::ids(home)?;
        let newest = newest::read(home);
        let others = newest.iter().map(|n| n.store.clone());
        let others = others.chain(parts.iter().cloned()).collect();
        let store = agreed(meta.and_then(|m| m.store.clone()), others);
        let newest = newest.filter(|n| n.store == store);
        let is_ours = |meta: &Meta| match &meta.store {
            Some(id) => *id == store,
            // A tree gets the id before any segment or snapshot does.
            None => parts.is_empty(),
        };
        let tree = meta.and_then(|meta| {
            if !is_ours(meta) {
                Some(Cause::Foreign)
            } else {
                backup::is_behind(home, &store, meta.seq).then_some(Cause::Behind)
            }
        });
        let in_tree = meta.filter(|meta| is_ours(meta)).and_then(|m| m.journal);
        let marks = newest.iter().map(|n| n.mark).chain(in_tree).collect();
        Ok(Self {
            store,
            newest,
            tree,
            marks,
        })
    }

    pub fn known(&self, snapshot: Option<&Head>) -> Known<'_> {
        Known {
            store: &self.store,
            least: snapshot.map_or(1, |n| n.segment),
            marks: &self.marks,
        }
    }

    /// Whether no operation was ever acknowledged, as far as the file `head` tells.
    pub fn is_unused(&self, existed: bool) -> bool {
        self.newest.as_ref().map_or(!existed, |n| n.seq == 0)
    }
}
