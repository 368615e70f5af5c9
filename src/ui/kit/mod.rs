//! The parts that screens are drawn with: pickers, forms, notices, columns, the editor.

pub mod columns;
pub mod editor;
pub mod form;
pub mod help;
pub mod notice;
pub mod pick;
pub mod preview;
pub mod prompt;
