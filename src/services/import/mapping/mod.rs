//! The meaning of columns: mappings as files, and their application to headers.

mod fit;
mod layout;
mod others;
mod shared;
mod shipped;

pub use fit::{Fit, Wish, best_fit, outcome_columns};
pub use layout::{Headers, Layout, Mapping, Through, UsageShape, normal, parse};
pub use others::{Other, other};
pub use shared::inherit;
pub use shipped::shipped;
