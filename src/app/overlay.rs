//! What lies over the screen, as a stack: the top has the keyboard.

use super::kit::form::Form;
use super::kit::notice::Notice;
use super::kit::pick::Pick;
use super::kit::prompt::Prompt;
use super::msg::{Layer, Reply};
use crate::domain::dossier::Dossier;
use crate::keys::Key;

/// One layer over the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    Help { scroll: usize },
    Pick(Pick<Reply>),
    Prompt(Prompt, Reply),
    Form(Form, Reply),
    Notice(Notice),
    Layer(Layer),
}

/// An item of a picker, with the reply it stands for.
pub type Item = super::kit::pick::Item<Reply>;

/// How a question was answered.
pub enum Answer<'a> {
    /// An item was chosen; its reply says which.
    Chosen,
    /// A line of text.
    Line(&'a str),
    /// A form, which may be changed where it is refused.
    Form(&'a mut Form),
    /// A form that was left with its answers kept, and the key that left it.
    Kept(&'a Form, Key),
    /// The words typed so far, for whoever finds the items.
    Typed(&'a str),
    /// The dossier that was waited for.
    Dossier(Box<Dossier>),
}
