//! Health `[health.score]`: six dimensions, 0–100 each, weighted. What is not known is left out
//! and shown as missing coverage; it is never zero and never green.

mod financial;
pub mod history;
mod judged;
mod outcomes;
mod relationship;
mod satisfaction;
mod score;
mod scoring;
mod support;
mod to_green;
pub mod truth;
mod usage;
pub mod why;

pub use score::{Band, Dimension, Fact, Held, Holder, Input, Part, Score};
pub use scoring::{band_of, score};

#[cfg(test)]
mod tests;
