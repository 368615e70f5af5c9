//! Imports: what a table is, what its cells say, and what comes in. One program, because each takes its time to build.

#[path = "../common/mod.rs"]
mod common;
mod dates;
mod shapes;
mod tables;
mod truth;
mod usage;
