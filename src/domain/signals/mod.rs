//! Early signals: what an account's data shows before the customer says it. Each is dated by the
//! day it first held, and has evidence, the records behind it, a severity and a confidence. A
//! signal is one file and one line of the registry; its numbers are in `config/signals.toml`.

mod behaviour;
mod business;
mod feedback;
pub mod gaps;
pub mod phrases;
mod positive;
mod registry;
mod signal;
mod support;
mod thresholds;
mod time;
mod usage;
mod view;

pub use super::facts::level;
pub use phrases::{PhraseHit, PhraseMatcher};
pub use registry::{REGISTRY, find, spec};
pub use signal::{Call, Evidence, Kind, Severity, Signal, Source, call, troubles};
pub use thresholds::{Override, Setting, Thresholds};
pub use view::{Found, View};
