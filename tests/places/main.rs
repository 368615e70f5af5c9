//! Holidays of eight countries: the days against a table from elsewhere, and both sides' holidays on the
//! desk and in the shell.

#[path = "../common/mod.rs"]
mod common;
mod desk;
mod golden;
