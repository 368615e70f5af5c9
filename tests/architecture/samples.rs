//! Tests of the resolver: a small made-up tree for every way to refer to an item.

use crate::graph::Graph;
use crate::resolve::House;

/// The edges of a tree, as `from > to item`.
fn edges(files: &[(&str, &str)]) -> Vec<String> {
    let graph = Graph::of(&House::of_texts(files));
    let mut out: Vec<String> = graph
        .edges
        .iter()
        .map(|e| format!("{} > {} {}", graph.files[e.from], graph.files[e.to], e.item))
        .collect();
    out.sort();
    out.dedup();
    out
}

/// The edges out of `a.rs`, next to a tree with an item of every sort.
fn from_a(text: &str) -> Vec<String> {
    let all = edges(&[
        ("a.rs", text),
        (
            "b.rs",
            "pub struct Thing; pub enum Sort { One, Two } pub fn thing() {} pub const N: u8 = 1;",
        ),
        (
            "deep/mod.rs",
            "pub mod leaf; mod twig; pub use twig::Bud; pub struct Root;",
        ),
        (
            "deep/leaf.rs",
            "pub fn green() {} pub mod vein { pub fn flow() {} }",
        ),
        ("deep/twig.rs", "pub struct Bud;"),
    ]);
    all.into_iter()
        .filter_map(|e| e.strip_prefix("a.rs > ").map(str::to_owned))
        .collect()
}

#[test]
fn a_use_tree_makes_an_edge_for_every_item_in_it() {
    let text =
        "use crate::{b::{Thing, Sort as Other, thing as _}, deep::{self, leaf::{green}, Root}};";
    let expected = [
        "b.rs Sort",
        "b.rs Thing",
        "b.rs thing",
        "deep/leaf.rs green",
        "deep/mod.rs Root",
    ];
    assert_eq!(from_a(text), expected);
}

#[test]
fn a_module_import_is_no_edge_but_a_path_through_it_is() {
    assert_eq!(from_a("use crate::deep::leaf;"), [""; 0]);
    assert_eq!(
        from_a("use crate::deep::leaf; fn f() { leaf::green() }"),
        ["deep/leaf.rs green"]
    );
    assert_eq!(
        from_a("use crate::deep; fn f() { deep::leaf::vein::flow() }"),
        ["deep/leaf.rs flow"]
    );
}

#[test]
fn a_re_export_leads_to_the_definition() {
    assert_eq!(from_a("use crate::deep::Bud;"), ["deep/twig.rs Bud"]);
    assert_eq!(from_a("fn f(_: crate::deep::Bud) {}"), ["deep/twig.rs Bud"]);
    let chain = edges(&[
        ("a.rs", "use crate::b::Two;"),
        ("b.rs", "pub use crate::c::One as Two;"),
        ("c.rs", "pub struct One;"),
    ]);
    assert_eq!(chain, ["a.rs > c.rs One", "b.rs > c.rs One"]);
}

#[test]
fn a_parent_depends_on_a_re_exported_item_only_if_it_uses_it() {
    let tree = |parent: &'static str| {
        edges(&[
            ("deep/mod.rs", parent),
            ("deep/twig.rs", "use super::Root; pub fn bud() {}"),
        ])
    };
    let child = "deep/twig.rs > deep/mod.rs Root";
    assert_eq!(
        tree("mod twig; pub use twig::bud; pub struct Root;"),
        [child]
    );
    assert_eq!(
        tree("mod twig; pub(super) use twig::bud; pub struct Root; fn f() { bud() }"),
        ["deep/mod.rs > deep/twig.rs bud", child]
    );
    // A variable of the same name is not an edge.
    assert_eq!(
        tree("pub use twig::bud; pub struct Root; fn f(bud: u8) -> u8 { bud }"),
        [child]
    );
    assert_eq!(
        tree("use twig::bud; pub struct Root;"),
        ["deep/mod.rs > deep/twig.rs bud", child]
    );
}

#[test]
fn a_glob_makes_edges_for_the_names_used() {
    assert_eq!(from_a("use crate::b::*;"), [""; 0]);
    assert_eq!(
        from_a("use crate::b::*; fn f(_: Thing) -> u8 { N }"),
        ["b.rs N", "b.rs Thing"]
    );
    assert_eq!(
        from_a("use crate::deep::*; fn f(_: Bud) { leaf::green() }"),
        ["deep/leaf.rs green", "deep/twig.rs Bud"]
    );
    assert_eq!(
        from_a("use crate::b::Sort::*; fn f() -> u8 { match x { One => 1, Two => 2 } }"),
        ["b.rs Sort"]
    );
    let circle = [
        ("a.rs", "pub use crate::b::*; fn f() { g() }"),
        ("b.rs", "pub use crate::a::*;"),
    ];
    assert_eq!(edges(&circle), [""; 0]);
}

#[test]
fn super_and_self_are_followed() {
    assert_eq!(
        from_a("use super::b::Thing; use self::own::f; mod own { pub fn f() {} }"),
        ["b.rs Thing"]
    );
    assert_eq!(
        from_a("mod own { use super::super::deep::Root; }"),
        ["deep/mod.rs Root"]
    );
    assert_eq!(
        from_a("mod own { fn f() { super::g() } } fn g() {}"),
        [""; 0]
    );
}

#[test]
fn an_alias_resolves_to_its_path() {
    assert_eq!(
        from_a("use crate::b as other; fn f() { other::thing() }"),
        ["b.rs thing"]
    );
    assert_eq!(
        from_a("use crate::deep as d; use d::leaf as l; fn f() { l::green() }"),
        ["deep/leaf.rs green"]
    );
}

#[test]
fn variants_and_associated_functions_resolve_to_their_type() {
    assert_eq!(
        from_a("fn f() { crate::b::Sort::One; crate::b::Thing::new(); }"),
        ["b.rs Sort", "b.rs Thing"]
    );
    let apart = edges(&[
        ("a.rs", "use crate::b::Thing; fn f() { Thing::new() }"),
        ("b.rs", "pub struct Thing;"),
        ("c.rs", "impl crate::b::Thing { pub fn new() {} }"),
    ]);
    assert_eq!(apart, ["a.rs > b.rs Thing", "c.rs > b.rs Thing"]);
}

#[test]
fn paths_are_found_in_every_position() {
    let text = "struct S<T: crate::b::Thing>(Vec<crate::deep::Root>, T);
        impl<T> crate::deep::Bud for S<T> {}
        fn f() { if let crate::b::Sort::One = x {} <crate::b::N as Y>::z(); }";
    let expected = [
        "b.rs N",
        "b.rs Sort",
        "b.rs Thing",
        "deep/mod.rs Root",
        "deep/twig.rs Bud",
    ];
    assert_eq!(from_a(text), expected);
}

#[test]
fn macro_arguments_are_read() {
    let call =
        "use crate::b; fn f() { println!(\"{}\", b::thing()); vec![x.thing, crate::deep::Root] }";
    assert_eq!(from_a(call), ["b.rs thing", "deep/mod.rs Root"]);
    let rules = "macro_rules! m { ($x:ident) => { $crate::b::$x; super::deep::leaf::green() } }";
    assert_eq!(from_a(rules), ["b.rs x", "deep/leaf.rs green"]);
    let imported = "use crate::deep::*; fn f() { assert!(matches!(x, Root)) }";
    assert_eq!(from_a(imported), ["deep/mod.rs Root"]);
}

#[test]
fn items_made_by_a_macro_belong_to_the_calling_file() {
    let tree = |user: &'static str| {
        edges(&[
            ("a.rs", user),
            (
                "closed.rs",
                "macro_rules! closed { ($n:ident) => {} } pub(crate) use closed;",
            ),
            (
                "b.rs",
                "use crate::closed::closed; closed! { Tier { One = \"one\" } }",
            ),
        ])
    };
    let made = "b.rs > closed.rs closed";
    assert_eq!(
        tree("use crate::b::Tier; fn f() { Tier::One }"),
        ["a.rs > b.rs Tier", made]
    );
    assert_eq!(
        tree("fn f() { crate::b::Tier::One }"),
        ["a.rs > b.rs Tier", made]
    );
    assert_eq!(
        tree("use crate::b::*; fn f(_: Tier) {}"),
        ["a.rs > b.rs Tier", made]
    );
    // The name is not among the words, but only the macro can have defined it.
    assert_eq!(
        tree("use crate::b::TierSet;"),
        ["a.rs > b.rs TierSet", made]
    );
}

#[test]
fn tests_and_attributes_make_no_edges() {
    let text = "#[cfg(test)] mod tests { use crate::b::Thing; }
        #[cfg(all(test, unix))] use crate::deep::Root;
        #[test] fn f() { crate::b::thing() }
        #[derive(crate::b::Thing)] #[serde(with = \"crate::b\")] struct S;";
    assert_eq!(from_a(text), [""; 0]);
    let file = edges(&[
        ("a.rs", "#[cfg(test)] mod tests;"),
        ("a/tests.rs", "use crate::b::Thing;"),
        ("b.rs", "pub struct Thing;"),
    ]);
    assert_eq!(file, [""; 0]);
}

#[test]
fn imports_in_a_function_apply_to_it_only() {
    let text =
        "fn f() { use crate::b::Sort as Here; use crate::deep; deep::leaf::green(); Here::One }
        fn g() { leaf::green(); Here::Two }";
    assert_eq!(from_a(text), ["b.rs Sort", "deep/leaf.rs green"]);
    let hidden = "use crate::b::*; fn f() { struct Thing; fn thing() {} thing(); Thing }";
    assert_eq!(from_a(hidden), [""; 0]);
}

#[test]
fn a_module_and_an_item_may_share_a_name() {
    let tree = edges(&[
        (
            "a.rs",
            "use crate::deep::write; fn f() { write(); write::more() }",
        ),
        ("deep/mod.rs", "pub mod write; pub use write::write;"),
        ("deep/write.rs", "pub fn write() {} pub fn more() {}"),
    ]);
    assert_eq!(
        tree,
        ["a.rs > deep/write.rs more", "a.rs > deep/write.rs write"]
    );
}

#[test]
fn cycles_are_found_and_the_shortest_is_described() {
    let house = House::of_texts(&[
        ("a.rs", "use crate::b::B; pub struct A;"),
        ("b.rs", "\nuse crate::c::C; pub struct B;"),
        ("c.rs", "use crate::{a::A, b::B}; pub struct C;"),
        ("d.rs", "use crate::a::A;"),
    ]);
    let graph = Graph::of(&house);
    let circles = graph.circles();
    assert_eq!(circles, [[0, 1, 2]]);
    let message = graph.describe(&graph.shortest(&circles[0]));
    assert_eq!(message, "b.rs -(C, line 2)-> c.rs -(B, line 1)-> b.rs");
}
