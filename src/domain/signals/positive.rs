//! Good news that calls for action too: an expansion, a reference, a word of thanks.

pub(super) mod limit;
pub(super) mod milestone;
pub(super) mod promoter;
pub(super) mod surge;
