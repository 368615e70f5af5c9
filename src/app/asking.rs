//! Questions to the user: a line, a choice or a form. Each carries the reply of the feature that
//! asks.

use super::kit::field::Field;
use super::kit::form::Form;
use super::kit::pick::Pick;
use super::kit::prompt::Prompt;
use super::kit::reading::Reads;
use super::model::Model;
use super::msg::{Effect, Layer, Reply};
use super::overlay::{Item, Overlay};
use super::verb::Effects;
use crate::domain::ids::AccountId;
use crate::words;

impl Model {
    /// Asks for a line of text.
    pub fn ask(
        &mut self,
        reply: impl Into<Reply>,
        title: impl Into<String>,
        hint: impl Into<String>,
        text: &str,
    ) {
        let prompt = Prompt::new(title, hint, text);
        self.overlays.push(Overlay::Prompt(prompt, reply.into()));
    }

    /// As [`Self::ask`], and shows what the line is read as while it is typed.
    pub fn ask_read(
        &mut self,
        reads: Reads,
        reply: impl Into<Reply>,
        title: impl Into<String>,
        hint: impl Into<String>,
        text: &str,
    ) {
        let prompt = Prompt {
            reads: Some(reads),
            ..Prompt::new(title, hint, text)
        };
        self.overlays.push(Overlay::Prompt(prompt, reply.into()));
    }

    /// Opens a layer with its own keys over the screen.
    pub fn lay(&mut self, layer: impl Into<Layer>) {
        self.overlays.push(Overlay::Layer(layer.into()));
    }

    /// Offers a choice. Each item carries its own reply.
    pub fn offer(&mut self, title: impl Into<String>, items: Vec<Item>) {
        self.overlays.push(Overlay::Pick(Pick::new(title, items)));
    }

    /// Opens a form. If the user left the form before submitting it, the answers kept under `draft`
    /// are restored.
    pub fn open_form(
        &mut self,
        reply: impl Into<Reply>,
        title: impl Into<String>,
        fields: Vec<Field>,
        draft: impl Into<Option<String>>,
    ) {
        let form = Form {
            draft: draft.into(),
            ..Form::new(title, fields)
        };
        self.open_prepared(reply, form);
    }

    /// As [`Self::open_form`], for a form that has more than its fields.
    pub fn open_prepared(&mut self, reply: impl Into<Reply>, mut form: Form) {
        let kept = form.draft.as_ref().and_then(|key| self.drafts.get(key));
        if let Some(answers) = kept {
            form.restore(answers);
            self.say(words::common::draft_back(self.lang));
        }
        self.overlays.push(Overlay::Form(form, reply.into()));
    }

    /// Reads an account. Only the last request gets its dossier.
    pub fn load_for(&mut self, id: AccountId, reply: impl Into<Reply>, effects: &mut Effects) {
        let reply = reply.into();
        self.waiting = Some(reply.clone());
        effects.push(Effect::Load(id, Some(reply)));
    }
}
