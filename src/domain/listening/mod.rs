//! Listening: whether a line hints at risk, judged by the pieces of text in it. A linear model weighs each
//! piece; it was made from lines written for it (`assets/listening`), and it goes on learning from the lines
//! that the user marks or dismisses. It says which pieces weighed most.

mod fold;
mod meanings;
mod model;
mod training;

pub use fold::Script;
pub use model::{Heard, Lesson, Model};
pub use training::{Example, Training, folds, threshold, train};
