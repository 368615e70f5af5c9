//! The meaning of columns: mappings as files, and their application to headers.

mod fit;
mod headers;
mod headless;
mod layout;
mod others;
mod shared;
mod shipped;

pub use fit::{Fit, Wish, best_fit, missing, outcome_columns};
pub use headers::{Compared, Unit, normal};
pub use layout::{Headers, Layout, Mapping, Through, UsageShape, parse};
pub use others::{Other, other};
pub use shared::inherit;
pub use shipped::shipped;
