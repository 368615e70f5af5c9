//! What the user set and what the program remembers, as records: undone, backed up and exported like
//! everything else.

pub mod aside;
pub mod dismissal;
pub mod first_use;
pub mod imported;
pub mod look;
pub mod published;
