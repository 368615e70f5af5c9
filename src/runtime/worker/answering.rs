//! Questions of other terminals, answered from the store and the rows that the desk shows.

use std::ops::ControlFlow;

use super::Worker;
use crate::app::msg::Msg;
use crate::ipc::{Answer, Form};
use crate::ops::Author;
use crate::runtime::answering::{self, Reply};
use crate::runtime::context::Context;
use crate::runtime::question::Asked;
use crate::runtime::said::Work;
use crate::store::Store;
use crate::words::Lang;

/// Answers kept for requests that are sent twice.
const ANSWERED: usize = 64;

/// Another terminal that asked a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// Names the request, so that it is done only once.
    pub id: String,
    pub lang: Lang,
    pub form: Form,
}

impl Worker {
    /// Answers another terminal, and notifies the desk of what was written. A change that is requested twice is
    /// made once.
    pub fn answer(
        &mut self,
        asker: &Asker,
        asked: Box<dyn Asked>,
        notify: &mut dyn FnMut(Msg),
    ) -> Reply {
        if let Some((_, answer)) = self.answered.iter().find(|(id, _)| *id == asker.id) {
            return Reply::Whole(answer.clone());
        }
        let writes = asked.writes();
        self.portfolio.sort();
        let (reply, operation) = self.with_context(asker, |store, context| {
            answering::answer(asked, store, context)
        });
        if let Some(operation) = operation {
            self.stored(vec![operation], notify);
        }
        if let (Reply::Whole(answer), true) = (&reply, writes) {
            self.answered.push_back((asker.id.clone(), answer.clone()));
            if self.answered.len() > ANSWERED {
                self.answered.pop_front();
            }
        }
        reply
    }

    /// Does the next piece of work that another terminal waits for.
    pub fn go_on(&mut self, asker: &Asker, work: &mut dyn Work) -> ControlFlow<Answer> {
        self.with_context(asker, |store, context| {
            answering::go_on(work, store, context, &mut |_, _| {})
        })
    }

    fn with_context<T>(
        &mut self,
        asker: &Asker,
        work: impl FnOnce(&mut Store, &mut Context) -> T,
    ) -> T {
        let config = self.config.clone();
        // Another terminal is another device: the desk did not make this change itself.
        let author = Author {
            name: self.author.name.clone(),
            device: format!("{}+socket", self.author.device),
            ours: self.author.ours.clone(),
        };
        let mut context = Context {
            config: &config,
            author: &author,
            lang: asker.lang,
            form: asker.form,
            now: self.clock.now(),
            held: Some(&self.portfolio),
            mint: &mut self.mint,
        };
        work(&mut self.store, &mut context)
    }
}
