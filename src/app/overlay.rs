//! Overlays over the screen, as a stack: the top one has the keyboard.

use super::kit::form::Form;
use super::kit::notice::Notice;
use super::kit::pick::Pick;
use super::kit::prompt::Prompt;
use super::msg::{Layer, Reply};
use crate::domain::dossier::Dossier;
use crate::keys::Key;

/// One overlay.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    Help { scroll: usize },
    Pick(Pick<Reply>),
    Prompt(Prompt, Reply),
    Form(Form, Reply),
    Notice(Notice),
    Layer(Layer),
}

/// An item of a picker, with its reply.
pub type Item = super::kit::pick::Item<Reply>;

/// The answer to a question.
pub enum Answer<'a> {
    /// An item was chosen; its reply says which.
    Chosen,
    /// A line of text.
    Line(&'a str),
    /// A form. It may be changed when it is refused.
    Form(&'a mut Form),
    /// A form that was left with its answers kept, and the key that left it.
    LeftForm(&'a Form, Key),
    /// The text typed so far, for the feature that finds the items.
    Typed(&'a str),
    /// The requested dossier.
    Dossier(Box<Dossier>),
}
