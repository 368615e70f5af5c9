//! The back-test `[health.truth]`: every account with a known ending is scored as it stood before,
//! and the scores are held against what happened.

mod design;
pub mod fit;
mod report;
mod sample;
pub mod words;

pub use design::{Candidate, Design, Planned, design};
pub use report::{Report, Verdict, report};
pub use sample::{Sample, sample};
