//! Kenshin (健診): a terminal workbench for customer success managers.

#![warn(clippy::too_many_lines)]

mod app;
mod clock;
mod commands;
mod config;
mod domain;
mod ipc;
mod keys;
mod ops;
mod runtime;
mod services;
mod store;
#[doc(hidden)]
pub mod testing;
mod ui;
mod words;

pub use commands::run;
