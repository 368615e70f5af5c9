//! Health: the weighted mean of six dimensions, 0–100 each, and of the profile where a model of the
//! accounts' columns was accepted. A dimension without data is left out
//! and lowers the coverage; it never counts as zero and never as green.

mod dimension_score;
mod financial;
mod guarded;
pub mod history;
mod outcomes;
mod profile;
mod relationship;
mod satisfaction;
mod score;
mod scoring;
mod support;
mod to_green;
pub mod truth;
mod usage;
mod whole;
pub mod why;

pub use score::{Band, Capped, Dimension, Fact, Held, Holder, Input, Part, Per, Score};
pub use scoring::{band_of, score};
pub use whole::beside;

#[cfg(test)]
mod tests;
