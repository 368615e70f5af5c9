//! The meaning of columns: mappings as files, and their application to headers.

mod fit;
mod headers;
mod layout;

pub use fit::{Fit, Wish, best_fit, missing, outcome_columns};
pub use headers::{Compared, Unit, normal};
pub use layout::{Headers, Layout, Mapping, Through, UsageShape, parse, shipped};
