//! The store: what it keeps, its parts, and what it makes of them. One program, because each takes its time to build.

#[path = "../common/mod.rs"]
mod common;
mod derived;
mod index;
mod kept;
mod parts;
mod restores;
mod rows;
mod spool;
mod strangers;
