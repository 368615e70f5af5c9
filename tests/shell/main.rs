//! The command line: answers, outputs, paths, limits and settings. One program, because each takes its time to build.

mod cli;
mod commands;
#[path = "../common/mod.rs"]
mod common;
mod limits;
mod outputs;
mod paths;
mod settings;
