//! The parts that features are built of: an editor, lists, forms, pickers, lines, notices. They know no
//! feature and no model; what somebody answers is handed back to whoever asked.

pub mod about;
pub mod drafts;
pub mod editor;
pub mod field;
pub mod form;
pub mod geometry;
pub mod handle;
pub mod list;
pub mod notice;
pub mod pick;
pub mod prompt;
pub mod scope;
pub mod wrap;
