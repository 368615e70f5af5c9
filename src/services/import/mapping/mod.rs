//! The meaning of columns: mappings as files, and their application to headers.

mod fit;
mod layout;

pub use fit::{Fit, Wish, best_fit, outcome_columns};
pub use layout::{Headers, Layout, Mapping, Through, UsageShape, normal, parse, shipped};
