//! What another terminal is answered.

use std::ops::ControlFlow;

use super::{ANSWERED, Keeper};
use crate::app::msg::Msg;
use crate::ipc::{Answer, Envelope};
use crate::ops::Author;
use crate::runtime::answer::{Reply, Setting, answer};
use crate::runtime::insight::Test;
use crate::store::rows::Scoring;
use crate::words::Lang;

impl Keeper {
    /// Answers another terminal, and a request that comes twice only once; what it wrote is told to the desk.
    pub fn answer(&mut self, lang: Lang, envelope: &Envelope, tell: &mut dyn FnMut(Msg)) -> Reply {
        if let Some((_, said)) = self.answered.iter().find(|(id, _)| *id == envelope.id) {
            return Reply::Whole(said.clone());
        }
        let reply = self.answer_once(lang, envelope, tell);
        if let Reply::Whole(said) = &reply
            && envelope.request.writes()
        {
            self.answered.push_back((envelope.id.clone(), said.clone()));
            if self.answered.len() > ANSWERED {
                self.answered.pop_front();
            }
        }
        reply
    }

    fn answer_once(
        &mut self,
        lang: Lang,
        Envelope { request, form, .. }: &Envelope,
        tell: &mut dyn FnMut(Msg),
    ) -> Reply {
        self.portfolio.sort();
        let config = self.config.clone();
        // Another terminal is another device: the desk did not make this change itself.
        let author = Author {
            name: self.author.name.clone(),
            device: format!("{}+socket", self.author.device),
        };
        let mut setting = Setting {
            config: &config,
            author: &author,
            lang,
            form: *form,
            now: self.clock.now(),
            held: Some(&self.portfolio),
            mint: &mut self.mint,
        };
        let (reply, operation) = answer(&mut self.store, &mut setting, request);
        if let Some(operation) = operation {
            self.stored(vec![operation], tell);
        }
        reply
    }

    /// Goes on with a back-test that another terminal waits for.
    pub fn test(&mut self, test: Box<Test>) -> ControlFlow<Answer, Box<Test>> {
        let config = self.config.clone();
        let scoring = Scoring {
            lens: config.scoring_context(),
            policy_stamp: config.policy_stamp,
            now: self.clock.now(),
        };
        test.go_on(&self.store, scoring, &mut |_, _| {})
    }
}
