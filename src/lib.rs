//! Kenshin (健診): a terminal workbench for customer success managers.

pub mod clock;
pub mod config;
pub mod domain;
pub mod services;
pub mod store;
