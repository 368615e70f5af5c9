//! A new kind of record must not be overlooked: code that distinguishes kinds names all of them,
//! and only a few files destructure records at all.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::graph::Graph;
use crate::parse::Path;
use crate::resolve::House;

/// The enums of all records and of their kinds: file and name.
const RECORD: (&str, &str) = ("domain/records.rs", "Record");
const KIND: (&str, &str) = ("domain/records.rs", "Kind");

/// Files that may use a record variant in a pattern.
const MAY: &[&str] = &["domain/records.rs"];

/// Whether a path in a pattern is a variant of the enum.
fn is_variant(house: &House, at: usize, path: &Path, (file, name): (&str, &str)) -> bool {
    let item = house.resolve(at, path).item;
    item.is_some_and(|item| item.name == name && house.file_of(&item).path == file)
}

/// The lines of every `match` that names some kinds of record and has a catch-all arm, by file.
fn wild(house: &House) -> BTreeMap<&str, Vec<usize>> {
    let mut lines = BTreeMap::<&str, Vec<usize>>::new();
    for (at, module) in house.modules.iter().enumerate() {
        let of_records = |path: &Path| {
            [RECORD, KIND]
                .iter()
                .any(|e| is_variant(house, at, path, *e))
        };
        for found in &module.matches {
            let rest = found.arms.iter().any(|arm| arm.rest);
            if rest
                && found
                    .arms
                    .iter()
                    .any(|arm| arm.paths.iter().any(of_records))
            {
                lines
                    .entry(&house.files[module.file].path)
                    .or_default()
                    .push(found.line);
            }
        }
    }
    lines
}

/// The lines of every pattern that destructures a record, by file.
fn taken_apart(house: &House) -> BTreeMap<&str, BTreeSet<usize>> {
    let mut lines = BTreeMap::<&str, BTreeSet<usize>>::new();
    for (at, module) in house.modules.iter().enumerate() {
        for pattern in module
            .patterns
            .iter()
            .filter(|p| is_variant(house, at, &p.path, RECORD))
        {
            lines
                .entry(&house.files[module.file].path)
                .or_default()
                .insert(pattern.line);
        }
    }
    lines
}

/// Whether the enums are in the expected files. Otherwise the rules would find nothing.
pub fn are_at_home(graph: &Graph) -> bool {
    [RECORD, KIND].iter().all(|(file, name)| {
        let mut edges = graph.edges.iter();
        edges.any(|edge| edge.item == *name && graph.files[edge.to] == *file)
    })
}

/// Number of such matches per file.
pub fn wild_matches(house: &House) -> Vec<Finding> {
    let finding = |(file, lines): (&str, Vec<usize>)| Finding {
        key: format!("{file}: {}", lines.len()),
        message: format!("{file} takes kinds of record as the rest in lines {lines:?}"),
    };
    wild(house).into_iter().map(finding).collect()
}

/// Files that destructure records without being allowed to.
pub fn strangers(house: &House) -> Vec<Finding> {
    let strangers = taken_apart(house)
        .into_iter()
        .filter(|(file, _)| !MAY.contains(file));
    strangers
        .map(|(file, lines)| Finding::of(file, &format!("takes records apart in lines {lines:?}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDS: &str =
        "pub enum Record { Note(u8), Call(u8) } closed! { Kind { Note = \"n\", Call = \"c\" } }";

    fn house(text: &str) -> House {
        House::of_texts(&[
            ("domain/mod.rs", ""),
            ("domain/records.rs", RECORDS),
            ("a.rs", text),
        ])
    }

    fn wild_lines(text: &str) -> Vec<usize> {
        wild(&house(text)).remove("a.rs").unwrap_or_default()
    }

    #[test]
    fn a_catch_all_arm_is_found_in_every_form() {
        let head = "use crate::domain::records::{self, Kind, Record as R};\n";
        for arms in [
            "R::Note(_) => 1, _ => 2",
            "R::Note(_) => 1, other => 2",
            "Some(R::Note(_)) => 1, Some(_) | None => 2",
            "(R::Note(_), R::Call(_)) => 1, (_, _) => 2",
            "Kind::Note => 1, _ => 2",
            "records::Kind::Note => 1, _ => 2",
            "records::Record::Note(x) if x > 1 => 1, _ => 2",
        ] {
            assert_eq!(
                wild_lines(&format!("{head}fn f() {{ match x {{ {arms} }} }}")),
                [2],
                "{arms}"
            );
        }
        let local = "fn f() {\n use crate::domain::records::Record::*;\n match x { Note(_) => 1, _ => 2 } }";
        assert_eq!(wild_lines(local), [3]);
    }

    #[test]
    fn a_match_inside_a_macro_is_found() {
        let text = "use crate::domain::records::Record;
            macro_rules! of { ($v:ident) => { match &x { Some(Record::$v(r)) => Some(r), _ => None } } }";
        assert_eq!(wild_lines(text), [2]);
    }

    #[test]
    fn a_complete_match_or_another_enum_is_not_a_finding() {
        let head = "use crate::domain::records::Record; enum Kind { A, B }\n";
        for arms in [
            "Record::Note(_) => 1, Record::Call(_) => 2",
            "Record::Note(_) => 1, _ if late => 2, Record::Call(_) => 3",
            "Some(Record::Note(_) | Record::Call(_)) => 1, None => 2",
            "Kind::A => 1, _ => 2",
            "x => Record::Note(1)",
        ] {
            assert_eq!(
                wild_lines(&format!("{head}fn f() {{ match x {{ {arms} }} }}")),
                [0; 0],
                "{arms}"
            );
        }
    }

    #[test]
    fn only_patterns_count_as_destructuring() {
        let text = "use crate::domain::records::Record;
            fn a() { let made: Record = Record::Note(1); }
            fn b() { if let Some(Record::Note(n)) = x {} }
            fn c() -> bool { matches!(x, Record::Call(_) if y) }";
        let house = house(text);
        assert_eq!(taken_apart(&house)["a.rs"], BTreeSet::from([3, 4]));
    }
}
