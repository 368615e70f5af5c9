//! The rules of customer success, pure: no clock, no files, no randomness, no terminal.
//! Everything here takes `Now` as an argument and returns values.

pub mod account;
pub mod account_field;
pub mod action;
pub mod cadence;
pub mod change;
pub mod checkin;
pub(crate) mod closed;
pub mod colleague;
pub mod contact;
pub mod courtesy;
pub mod curves;
pub mod dossier;
pub mod edited;
pub mod facts;
pub mod failure;
pub mod freshness;
pub mod health;
pub mod ids;
pub mod limits;
pub mod listening;
pub mod lookalike;
pub mod merging;
pub mod message;
pub mod money;
pub mod note;
pub mod note_line;
pub mod observed;
pub mod ours;
pub mod policy;
pub mod portfolio;
pub mod prefs;
pub mod profile;
pub mod recorded;
pub mod records;
pub mod renewals;
pub mod retention;
pub mod risk;
pub mod settings;
pub mod signals;
pub mod text;
pub mod timeline;
pub mod when;

pub use portfolio::{book, conflicts, filter, priority, search, standing, view};
