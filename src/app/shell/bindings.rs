//! All verbs with their keys. Dispatch, footer, help, palette and key reference are generated from
//! this table.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::verbs;
use crate::app::kit::scope::Scope;
use crate::app::model::Model;
use crate::app::tables;
use crate::app::verb::Verb;
use crate::keys::Key;

/// Every verb in every scope in which it has keys, in display order.
pub static VERBS: LazyLock<Vec<&'static Verb>> = LazyLock::new(|| {
    let features = tables::VERBS.iter().flat_map(|verbs| verbs.iter());
    let mut all: Vec<&Verb> = features.chain(verbs::VERBS).collect();
    all.sort_by_key(|v| v.place);
    all
});

/// The verb of each key in each scope. The key notation is parsed once.
static BOUND: LazyLock<HashMap<(&'static str, Key), &'static Verb>> = LazyLock::new(|| {
    let mut bound = HashMap::new();
    for verb in VERBS.iter() {
        for key in keys(verb) {
            bound.entry((verb.scope.id, key)).or_insert(*verb);
        }
    }
    bound
});

/// The keys of a verb.
pub fn keys(verb: &Verb) -> impl Iterator<Item = Key> {
    let first = |k: &&str| Key::script(k).first().copied();
    verb.keys.iter().filter_map(first)
}

/// The verb of a key in these scopes; the first scope wins.
pub fn find(scopes: &[&Scope], key: Key) -> Option<&'static Verb> {
    let key = key.as_command();
    let bound = |scope: &&Scope| BOUND.get(&(scope.id, key)).copied();
    scopes.iter().find_map(bound)
}

/// The verb with this id.
pub fn by_id(id: &str) -> Option<&'static Verb> {
    VERBS.iter().copied().find(|v| v.id == id)
}

/// The verbs of a scope.
pub fn of(scope: &Scope) -> impl Iterator<Item = &'static Verb> {
    VERBS.iter().copied().filter(move |v| *v.scope == *scope)
}

/// Every scope once: the active ones first, then the others.
pub fn scopes(near: &[&'static Scope]) -> Vec<&'static Scope> {
    let mut others: Vec<&Scope> = VERBS.iter().map(|v| v.scope).collect();
    others.sort_by_key(|scope| scope.place);
    let mut seen = HashSet::new();
    near.iter()
        .copied()
        .chain(others)
        .filter(|scope| seen.insert(scope.id))
        .collect()
}

/// The verbs that the footer shows, each once. A verb whose key a nearer scope uses is left out.
pub fn footer(model: &Model) -> Vec<&'static Verb> {
    let (mut ids, mut taken) = (HashSet::new(), HashSet::new());
    let mut shown = Vec::new();
    for verb in tables::scopes(model).iter().flat_map(|scope| of(scope)) {
        let fits = verb.footer.is_some_and(|fits| fits(model));
        if fits && !ids.contains(verb.id) && taken.insert(verb.key()) {
            ids.insert(verb.id);
            shown.push(verb);
        }
    }
    shown
}
