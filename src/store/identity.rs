//! The identity of a store: an id made once that its tree, segments and snapshots carry, and the choice of
//! the id where the parts disagree. This file must not know what the parts hold.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The id of a store, random and made once. A restored store gets a new one, because its journal begins anew.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct StoreId(String);

impl StoreId {
    pub fn random() -> Self {
        Self(format!("{:032x}", fastrand::u128(..)))
    }
}

/// A point of the journal that this store wrote: what stands before it there can no longer change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    pub segment: u64,
    /// The end of the last frame, in bytes from the start of the segment.
    pub size: u64,
    /// The checksum of the frames before it.
    pub chain: u32,
}

/// The id of a store whose tree names `tree` and whose other parts name `others`. The tree is believed if one
/// other part agrees, or none says anything; else the id that most of the others have.
pub(super) fn agreed(tree: Option<StoreId>, others: Vec<StoreId>) -> StoreId {
    if let Some(id) = tree.filter(|id| others.is_empty() || others.contains(id)) {
        return id;
    }
    let mut votes: BTreeMap<&StoreId, usize> = BTreeMap::new();
    for id in &others {
        *votes.entry(id).or_default() += 1;
    }
    // The earlier of two with as many votes: they come in the order of trust.
    let most = votes.values().max().copied();
    let first = others.iter().find(|id| votes.get(id).copied() == most);
    first.cloned().unwrap_or_else(StoreId::random)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> StoreId {
        StoreId(name.into())
    }

    #[test]
    fn the_tree_is_believed_unless_all_others_disagree() {
        let all = |names: &[&str]| names.iter().map(|n| id(n)).collect::<Vec<_>>();
        for (tree, others, want) in [
            (Some("a"), &[][..], "a"),
            (Some("a"), &["b", "b", "a"], "a"),
            (Some("a"), &["b"], "b"),
            (Some("a"), &["b", "c", "c"], "c"),
            (None, &["b", "c"], "b"),
        ] {
            assert_eq!(
                agreed(tree.map(id), all(others)),
                id(want),
                "{tree:?} {others:?}"
            );
        }
        assert_ne!(
            agreed(None, vec![]),
            agreed(None, vec![]),
            "new ones differ"
        );
    }
}
