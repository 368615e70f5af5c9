//! The parts that screens are drawn with: lists, actions, tabs, columns, bars, pickers, forms, notices, the
//! editor, the account at a glance.

pub mod action;
pub mod bars;
pub mod columns;
pub mod editor;
pub mod form;
pub mod help;
pub mod layout;
pub mod list;
pub mod notice;
pub mod pick;
pub mod preview;
pub mod prompt;
pub mod room;
pub mod tabs;
