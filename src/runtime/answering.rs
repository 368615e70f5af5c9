//! Turns the result of a question into the answer that is printed or sent. It is the same whether
//! the command opened the store itself or asks the open desk.

use std::ops::ControlFlow;

use super::context::Context;
use super::listing::List;
use super::question::Asked;
use super::said::{Said, Whole, Work};
use crate::domain::change::Operation;
use crate::domain::failure::Failure;
use crate::ipc::{Answer, Form};
use crate::store::Store;
use crate::words::{self, Lang};

/// An answer, or the rest of the work for a long one.
pub enum Reply {
    Whole(Answer),
    List(List),
    Work(Box<dyn Work>),
}

/// Answers a question. Passes on the operation that it wrote, so that an open desk can update.
pub fn answer(
    asked: Box<dyn Asked>,
    store: &mut Store,
    context: &mut Context,
) -> (Reply, Option<Operation>) {
    match asked.answer(store, context) {
        Ok(said) => reply(said, context.form),
        Err(failure) => (
            Reply::Whole(refused(context.lang, context.form, &failure)),
            None,
        ),
    }
}

/// What was said as a reply, and the operation that it wrote.
pub fn reply(said: Said, form: Form) -> (Reply, Option<Operation>) {
    match said {
        Said::List(list) => (Reply::List(list), None),
        Said::Work(work) => (Reply::Work(work), None),
        Said::Whole(mut whole) => {
            let operation = whole.operation.take().map(|op| *op);
            (Reply::Whole(whole_of(*whole, form)), operation)
        }
    }
}

/// Does the next piece of work. Breaks with the answer after the last piece or on a failure.
pub fn go_on(
    work: &mut dyn Work,
    store: &mut Store,
    context: &Context,
    progress: &mut dyn FnMut(usize, usize),
) -> ControlFlow<Answer> {
    match work.step(store, context, progress) {
        Ok(ControlFlow::Continue(())) => ControlFlow::Continue(()),
        Ok(ControlFlow::Break(whole)) => ControlFlow::Break(whole_of(whole, context.form)),
        Err(failure) => ControlFlow::Break(refused(context.lang, context.form, &failure)),
    }
}

fn whole_of(whole: Whole, form: Form) -> Answer {
    let mut answer = Answer::done(form, &whole.json, &whole.words);
    answer.exit = whole.exit;
    answer.fit = whole.fit;
    if form == Form::Words {
        answer.error = whole.notice;
    }
    answer
}

/// Words for a failure, with the next step for the user.
pub fn refused(lang: Lang, form: Form, failure: &Failure) -> Answer {
    let mut error = words::problems::failure(lang, failure);
    if let Some(hint) = words::problems::hint(lang, failure) {
        error.push('\n');
        error.push_str(&words::commands::did_hint(lang, hint));
    }
    Answer::refused(failure.exit_code(), form, &error)
}
