//! The back-test: every account with a known ending is scored as of earlier days, and the scores
//! are compared with the endings. It reads no data from after the day of a score.

mod design;
pub mod fit;
mod report;
mod sample;
pub mod words;

pub use design::{Candidate, Design, Planned, design};
pub use report::{Report, Verdict, report};
pub use sample::{Sample, sample};
