//! The parts that features are built of: editor, lists, forms, pickers, prompts, notices. Must not
//! depend on any feature or on the model: answers are returned to the feature that asked.

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
pub mod reading;
pub mod scope;
pub mod wrap;
