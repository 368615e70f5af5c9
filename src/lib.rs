//! Kenshin (健診): a terminal workbench for customer success managers.

pub mod domain;
