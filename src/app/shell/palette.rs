//! The palette: every verb available here, found by name.

use super::bindings;
use crate::app::model::Model;
use crate::app::msg::Reply;
use crate::app::overlay::Item;
use crate::app::tables;
use crate::app::verb::LIST;
use crate::words;

/// Offers the verbs of the active scopes, each once. A verb that cannot run now shows why.
pub fn open(model: &mut Model) {
    let lang = model.lang;
    let mut items: Vec<Item> = Vec::new();
    let scopes = tables::scopes(model)
        .iter()
        .filter(|scope| **scope != &LIST);
    for verb in scopes.flat_map(|scope| bindings::of(scope)) {
        let reply = Reply::Verb(verb.id);
        if items.iter().any(|i| i.reply == reply) {
            continue;
        }
        let refusal = (verb.ready)(model)
            .err()
            .map(|why| format!("({})  ", why(lang)))
            .unwrap_or_default();
        let detail = format!("{refusal}{}", verb.key());
        items.push(Item::new(verb.words.of(lang), detail, reply));
    }
    model.offer(words::shell::palette(lang), items);
}
