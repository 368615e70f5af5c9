//! The features of the app are ordered, and dependencies go one way.
//!
//! A feature may depend on the features to its right and on the shared files, so it can be read,
//! changed or removed with only the features to its left in mind.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::graph::{Edge, Graph};
use crate::listed;

/// The features from left to right: each may open or fill those after it, never those before.
/// `deleting` has no verbs of its own and comes last.
pub fn in_order() -> Vec<&'static str> {
    let listed = listed::features()
        .into_iter()
        .chain(["deleting".to_owned()]);
    listed.map(|name| &*name.leak()).collect()
}

/// Files of app that every feature may use.
const SHARED: &[&str] = &[
    "kit", "msg", "model", "overlay", "place", "verb", "asking", "saving",
];

/// Files that connect all features, and the files that work through them.
const TOGETHER: &[&str] = &[
    "mod", "model", "msg", "features", "tables", "shell", "place",
];

/// Layers that the state of a feature may use, besides `app/kit`. Of `words` it may use the
/// language only, because stored state must not depend on displayed text.
const STATE: &[&str] = &["domain", "services", "config", "keys", "ops"];

/// The rule applies once the list of features exists in the source.
pub const BEGIN: &str = "app/features.rs";

/// The part of app that a file belongs to: `app/today/list.rs` and `app/today.rs` are both `today`.
fn part(file: &str) -> Option<&str> {
    let part = file.strip_prefix("app/")?.split('/').next()?;
    Some(part.strip_suffix(".rs").unwrap_or(part))
}

fn is_state(file: &str) -> bool {
    file.ends_with("/state.rs")
}

pub fn breaches(graph: &Graph, features: &[&str]) -> Vec<Finding> {
    if !graph.files.iter().any(|file| file == BEGIN) {
        return Vec::new();
    }
    let mut found = BTreeMap::new();
    for edge in &graph.edges {
        let (from, to) = (&graph.files[edge.from], &graph.files[edge.to]);
        if let Some(why) = refusal(from, to, edge, features) {
            let message = format!(
                "{from} line {} names {} of {to}: {why}",
                edge.line, edge.item
            );
            found.entry(format!("{from} names {to}")).or_insert(message);
        }
    }
    found
        .into_iter()
        .map(|(key, message)| Finding { key, message })
        .collect()
}

/// Why an edge is not allowed; `None` if it is.
fn refusal(from: &str, to: &str, edge: &Edge, features: &[&str]) -> Option<&'static str> {
    let own = part(from)?;
    let place = |part: &str| features.iter().position(|feature| *feature == part);
    let other = part(to).and_then(place);
    let Some(here) = place(own) else {
        let together = TOGETHER.contains(&own);
        return other
            .filter(|_| !together)
            .map(|_| "only what puts all features together may");
    };
    if is_state(from) {
        let floor = crate::floors::floor_of(to)?;
        let fits = match floor {
            // A state may use the other files of its own folder.
            "app" => part(to) == Some("kit") || part(to) == Some(own),
            "words" => edge.item == "Lang",
            floor => STATE.contains(&floor),
        };
        return (!fits).then_some("a state knows neither the desk nor its words");
    }
    match (other, part(to)) {
        // A state is plain data, so any feature may use it.
        (Some(_), _) if is_state(to) => None,
        (Some(there), _) if there < here => Some("that feature stands to its left"),
        (Some(_), _) | (None, None) => None,
        (None, Some(shared)) if SHARED.contains(&shared) => None,
        (None, Some(_)) => Some("not among what all features share"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::House;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let graph = Graph::of(&House::of_texts(files));
        breaches(&graph, &["today", "account"])
            .into_iter()
            .map(|finding| finding.key)
            .collect()
    }

    const TREE: &[(&str, &str)] = &[
        ("domain.rs", "pub struct Note;"),
        ("words/mod.rs", "pub enum Lang { En } pub fn title() {}"),
        ("app/mod.rs", "pub struct Desk;"),
        ("app/kit.rs", "pub fn list() {}"),
        ("app/shell/mod.rs", "pub fn open() {}"),
        ("app/features.rs", "use super::{account::show, today::go};"),
        ("app/today/mod.rs", "pub fn go() {}"),
        ("app/account/mod.rs", "pub fn show() {}"),
        ("app/account/state.rs", "pub struct State;"),
    ];

    /// The tree with one file changed.
    fn with(path: &str, text: &str) -> Vec<String> {
        let files: Vec<(&str, &str)> = TREE
            .iter()
            .map(|(p, t)| (*p, if *p == path { text } else { t }))
            .collect();
        found(&files)
    }

    #[test]
    fn features_to_the_right_and_shared_files_may_be_used() {
        assert_eq!(found(TREE), Vec::<String>::new());
        let text = "use crate::app::{account, kit::list}; fn go() { account::show(); list() }";
        assert_eq!(with("app/today/mod.rs", text), Vec::<String>::new());
    }

    #[test]
    fn features_to_the_left_and_files_outside_may_not_be_used() {
        let text = "use crate::app::Desk;
use crate::app::today; pub fn show() { today::go() }";
        let expected = [
            "app/account/mod.rs names app/mod.rs",
            "app/account/mod.rs names app/today/mod.rs",
        ];
        assert_eq!(with("app/account/mod.rs", text), expected);
    }

    #[test]
    fn shared_files_may_not_use_a_feature() {
        let text = "pub fn list() { super::today::go() }";
        assert_eq!(
            with("app/kit.rs", text),
            ["app/kit.rs names app/today/mod.rs"]
        );
    }

    #[test]
    fn a_state_may_use_the_language_but_not_the_words() {
        let text = "use crate::{domain::Note, words::Lang}; use crate::app::kit::list;";
        assert_eq!(with("app/account/state.rs", text), Vec::<String>::new());
        let text = "use crate::words::title; use super::show; // its own";
        let expected = ["app/account/state.rs names words/mod.rs"];
        assert_eq!(with("app/account/state.rs", text), expected);
        let text = "use super::super::today::go; fn show() { go() }";
        let expected = ["app/account/state.rs names app/today/mod.rs"];
        assert_eq!(with("app/account/state.rs", text), expected);
    }

    #[test]
    fn the_rule_is_inactive_without_a_list_of_features() {
        let text = "use super::today::go;";
        let files: Vec<(&str, &str)> = TREE
            .iter()
            .filter(|(p, _)| *p != BEGIN)
            .map(|(p, t)| (*p, if *p == "app/kit.rs" { text } else { t }))
            .collect();
        assert_eq!(found(&files), Vec::<String>::new());
    }
}
