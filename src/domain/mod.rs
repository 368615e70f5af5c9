//! The rules of customer success, pure: no clock, no files, no randomness, no terminal.
//! Everything here takes `Now` as an argument and returns values.

pub mod account;
pub mod account_field;
pub mod action;
pub mod book;
pub mod cadence;
pub mod change;
pub mod checkin;
pub(crate) mod closed;
pub mod conflicts;
pub mod contact;
pub mod dossier;
pub mod facts;
pub mod failure;
pub mod filter;
pub mod freshness;
pub mod health;
pub mod ids;
pub mod money;
pub mod note;
pub mod policy;
pub mod prefs;
pub mod priority;
pub mod recorded;
pub mod records;
pub mod search;
pub mod settings;
pub mod signals;
pub mod standing;
pub mod text;
pub mod timeline;
pub mod view;
pub mod when;
