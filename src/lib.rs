//! Kenshin (健診): a terminal workbench for customer success managers.

#![warn(clippy::too_many_lines)]
// The documentation is built with private items: nothing but `run` is public.
#![allow(rustdoc::private_intra_doc_links)]

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
