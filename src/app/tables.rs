//! Dispatch tables generated from the list of features. Must not contain code for a single feature.

use super::features::features;
use super::kit::scope::Scope;
use super::model::Model;
use super::msg::{Layer, Msg, Reply, Screen};
use super::overlay::Answer;
use super::verb::{Effects, Face, Verb};
use crate::keys::Key;
use crate::ops::Refusal;

/// A draft that is newer than the one on disk, as the effect that writes it.
pub type Draft = super::msg::Effect;

macro_rules! tables {
    (
        verbs { $($verbs:ident)* }
        screens { $($Screen:ident $screen:ident,)* }
        states { $($_t:ident)* }
        messages { $($Message:ident $message:ident,)* }
        effects { $($_E:ident $_e:ident,)* }
        replies { $($Reply:ident $reply:ident,)* }
        layers { $($Layer:ident $layer:ident,)* }
        follows { $($follow:ident)* }
        drafts { $($draft:ident)* }
    ) => {
        /// The verbs of all features.
        pub const VERBS: &[&[Verb]] = &[$(super::$verbs::VERBS,)*];

        /// The face of a screen.
        pub fn face(screen: Screen) -> &'static Face {
            match screen {
                $(Screen::$Screen => &super::$screen::FACE,)*
            }
        }

        /// Passes a message to its feature. Returns messages that belong to no feature.
        pub fn on(model: &mut Model, msg: Msg, effects: &mut Effects) -> Option<Msg> {
            match msg {
                $(Msg::$Message(msg) => super::$message::on(model, msg, effects),)*
                own => return Some(own),
            }
            None
        }

        /// Passes an answer to the feature that asked.
        ///
        /// # Errors
        /// If the feature refuses the answer.
        pub fn answer(
            model: &mut Model,
            reply: Reply,
            answer: Answer,
            effects: &mut Effects,
        ) -> Result<(), Refusal> {
            match reply {
                Reply::Verb(_) => Ok(()),
                $(Reply::$Reply(reply) => super::$reply::answer(model, reply, answer, effects),)*
            }
        }

        /// Passes a key to a feature's layer. Returns the key if the layer does not use it; it then
        /// goes to the screen below.
        pub fn layer_key(
            model: &mut Model,
            layer: Layer,
            key: Key,
            effects: &mut Effects,
        ) -> Option<Key> {
            match layer {
                $(Layer::$Layer(layer) => super::$layer::layer_key(model, layer, key, effects),)*
            }
        }

        /// Runs each feature's follow-up after every message.
        pub fn follow(model: &mut Model) {
            $(super::$follow::follow(model);)*
        }

        /// Whether a text is newer than its draft on disk.
        pub fn is_newer(model: &Model) -> bool {
            $(super::$draft::is_newer(model))||*
        }

        /// The text that is newer than its draft on disk; from now on it counts as written.
        pub fn newest(model: &mut Model) -> Option<Draft> {
            $(if let Some(draft) = super::$draft::newest(model) {
                return Some(draft);
            })*
            None
        }

        /// Marks a draft as unwritten again after its write failed.
        pub fn not_written(model: &mut Model, key: &str) {
            $(super::$draft::not_written(model, key);)*
        }
    };
}

features!(tables);

/// The active key scopes, the nearest first.
pub fn scopes(model: &Model) -> &'static [&'static Scope] {
    (face(model.screen).scopes)(model)
}
