//! What holds the features together: keys, the palette, what the store answers, drafts, leaving. It stands
//! above the features and works through `tables`; none of them knows it.

pub mod bindings;
pub mod drafting;
pub mod events;
pub mod keys;
mod palette;
mod verbs;
