//! Kenshin (健診): a terminal workbench for customer success managers.

#![warn(clippy::too_many_lines)]

pub mod app;
pub mod clock;
pub mod commands;
pub mod config;
pub mod domain;
pub mod ipc;
pub mod keys;
pub mod ops;
pub mod runtime;
pub mod services;
pub mod store;
pub mod ui;
pub mod words;
