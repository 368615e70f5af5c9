//! The interface between layers is documented: a function, type or constant that a file of another
//! layer uses must have a doc comment.

use std::collections::BTreeMap;

use syn::{Attribute, Item};

use crate::finding::Finding;
use crate::floors::floor_of;
use crate::graph::Graph;
use crate::resolve::House;

/// Undocumented items that another layer uses.
pub fn undocumented(house: &House, graph: &Graph) -> Vec<Finding> {
    let bare: Vec<BTreeMap<String, usize>> = house.files.iter().map(|f| bare(&f.text)).collect();
    let mut found = BTreeMap::new();
    for edge in &graph.edges {
        let (from, to) = (&graph.files[edge.from], &graph.files[edge.to]);
        if from == "testing.rs" || floor_of(from) == floor_of(to) {
            continue;
        }
        if let Some(line) = bare[edge.to].get(&edge.item) {
            let message = format!(
                "{to} line {line}: {} has no comment, and {from} names it",
                edge.item
            );
            found
                .entry(format!("{to} {}", edge.item))
                .or_insert(message);
        }
    }
    let findings = found.into_iter();
    findings
        .map(|(key, message)| Finding { key, message })
        .collect()
}

/// The items of a file without a comment, with their lines.
fn bare(text: &str) -> BTreeMap<String, usize> {
    let file = syn::parse_file(text).expect("valid Rust");
    let named = file.items.iter().filter_map(|item| {
        let (attributes, name) = named(item)?;
        let documented = attributes.iter().any(|a| a.path().is_ident("doc"));
        (!documented).then(|| (name.to_string(), name.span().start().line))
    });
    named.collect()
}

fn named(item: &Item) -> Option<(&[Attribute], &syn::Ident)> {
    match item {
        Item::Const(item) => Some((&item.attrs, &item.ident)),
        Item::Enum(item) => Some((&item.attrs, &item.ident)),
        Item::Fn(item) => Some((&item.attrs, &item.sig.ident)),
        Item::Static(item) => Some((&item.attrs, &item.ident)),
        Item::Struct(item) => Some((&item.attrs, &item.ident)),
        Item::Trait(item) => Some((&item.attrs, &item.ident)),
        Item::Type(item) => Some((&item.attrs, &item.ident)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_items_used_by_another_floor_need_a_comment() {
        let house = House::of_texts(&[
            (
                "domain/a.rs",
                "pub fn bare() {} /// Documented.\npub fn said() {} pub fn own() {}",
            ),
            ("domain/b.rs", "use crate::domain::a::own; fn f() { own() }"),
            (
                "app/mod.rs",
                "use crate::domain::a::{bare, said}; fn f() { bare(); said() }",
            ),
            ("domain/mod.rs", "pub mod a; pub mod b;"),
        ]);
        let found = undocumented(&house, &Graph::of(&house));
        let keys: Vec<&str> = found.iter().map(|f| f.key.as_str()).collect();
        assert_eq!(keys, ["domain/a.rs bare"]);
    }
}
