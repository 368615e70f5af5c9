//! What connects the features: keys, the palette, store results, drafts, quitting. It calls the
//! features through `tables`; no feature may depend on it.

pub mod bindings;
pub mod drafting;
pub mod events;
pub mod keys;
mod palette;
mod verbs;
