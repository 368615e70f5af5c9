//! A check-in: a timed agenda, the notes under each section, and the wrap-up.

pub mod agenda;
pub mod aid;
pub mod clock;
pub mod crm;
pub mod items;
mod kind;
mod mark;
pub mod pacing;
pub mod prompts;
pub mod propose;
pub mod quality;
mod record;
pub mod report;
mod shares;
mod words;
pub mod wrapup;

pub use kind::Kind;
pub use mark::{Mark, public};
pub use record::{Checkin, Event, EventKind, Line, State};
