//! The layers ("floors"): which layer may use which, and what its files must not mention.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::graph::{Graph, Outside};
use crate::resolve::House;

const CLOCKS: &[&str] = &[
    "chrono::Utc::now",
    "chrono::Local",
    "std::time::SystemTime",
    "std::time::Instant::now",
];
const FILES: &[&str] = &["std::fs"];
const SLED: &[&str] = &["sled"];
const WAITING: &[&str] = &["tokio"];
const WIDGETS: &[&str] = &["ratatui", "crossterm"];
const CHANCE: &[&str] = &["fastrand"];

struct Floor {
    name: &'static str,
    /// Layers whose items it may use, besides its own.
    may: &'static [&'static str],
    /// The packages it may use; `None` for any.
    packages: Option<&'static [&'static str]>,
    never: &'static [&'static [&'static str]],
}

const FLOORS: &[Floor] = &[
    Floor {
        name: "domain",
        may: &[],
        packages: Some(&[
            "std",
            "serde",
            "serde_json",
            "chrono",
            "chrono_tz",
            "fuzzy_matcher",
            "strsim",
            // Text tables.
            "unicode_normalization",
            "unicode_segmentation",
            "unicode_width",
            "wana_kana",
        ]),
        never: &[CLOCKS, FILES, SLED, WAITING, WIDGETS, CHANCE],
    },
    Floor {
        name: "words",
        may: &["domain"],
        packages: None,
        never: &[FILES, SLED, WAITING, WIDGETS],
    },
    Floor {
        name: "ops",
        // Refusals are worded in ops; labels and records never are.
        may: &["domain", "words", "services"],
        packages: None,
        never: &[CLOCKS, FILES, SLED, WAITING, WIDGETS, CHANCE],
    },
    Floor {
        name: "services",
        may: &["domain", "words"],
        packages: None,
        never: &[CLOCKS, FILES, SLED, WAITING, WIDGETS],
    },
    Floor {
        name: "app",
        may: &["domain", "words", "ops", "services", "keys", "config"],
        packages: None,
        never: &[CLOCKS, FILES, SLED, WAITING, WIDGETS, CHANCE],
    },
    Floor {
        name: "ui",
        may: &["app", "services", "domain", "words", "config"],
        packages: None,
        never: &[CLOCKS, FILES, SLED, WAITING, CHANCE, &["crossterm"]],
    },
    Floor {
        name: "store",
        may: &["domain"],
        packages: None,
        never: &[WAITING, WIDGETS],
    },
    Floor {
        name: "config",
        may: &["domain"],
        packages: None,
        never: &[SLED, WAITING, WIDGETS],
    },
    Floor {
        name: "ipc",
        may: &["domain"],
        packages: None,
        never: &[SLED, WAITING, WIDGETS],
    },
    Floor {
        name: "keys",
        may: &[],
        packages: Some(&["std"]),
        never: &[FILES, SLED, WAITING, WIDGETS],
    },
    Floor {
        name: "clock",
        may: &["domain"],
        packages: None,
        never: &[FILES, SLED, WAITING],
    },
    Floor {
        name: "commands",
        may: &[
            "app", "runtime", "store", "ipc", "ops", "services", "config", "domain", "words",
            "clock",
        ],
        packages: None,
        never: &[WAITING, WIDGETS],
    },
    Floor {
        name: "runtime",
        may: &[
            "app", "ui", "store", "ipc", "ops", "services", "config", "domain", "words", "keys",
            "clock",
        ],
        packages: None,
        never: &[],
    },
];

/// Packages and functions that only one layer may use. All other layers must call that layer.
const DOORS: &[(&str, &str)] = &[("sled", "store"), ("chrono::Utc::now", "clock")];

/// Types that a layer may read from another layer, but never take by `&mut`.
const READ_ONLY: &[(&str, &str, &str)] = &[("ui", "app", "Model")];

/// The layer of a file; `None` for `lib.rs` and `main.rs`, which use all layers.
pub fn floor_of(file: &str) -> Option<&str> {
    let name = file.split('/').next()?;
    let name = name.strip_suffix(".rs").unwrap_or(name);
    (!["lib", "main", "testing"].contains(&name)).then_some(name)
}

fn floor(name: &str) -> Option<&'static Floor> {
    FLOORS.iter().find(|floor| floor.name == name)
}

/// Whether a path equals `word` or is inside it, as in `std::fs`.
fn within(path: &str, word: &str) -> bool {
    path.strip_prefix(word)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The dependencies of `Cargo.toml` under their code names, and the standard crates.
fn packages() -> BTreeSet<String> {
    let text = include_str!("../../Cargo.toml");
    let manifest: toml::Table = toml::from_str(text).expect("a manifest");
    let listed = manifest["dependencies"].as_table().expect("a table").keys();
    let own = ["std", "core", "alloc"].map(str::to_owned);
    listed
        .map(|name| name.replace('-', "_"))
        .chain(own)
        .collect()
}

/// The first finding of each kind in each file.
#[derive(Default)]
struct Notes(BTreeMap<String, String>);

impl Notes {
    fn note(&mut self, file: &str, what: &str, line: usize, name: &str) {
        let message = format!("{file} line {line} {what}: {name}");
        self.0.entry(format!("{file} {what}")).or_insert(message);
    }
}

pub fn breaches(house: &House, graph: &Graph) -> Vec<Finding> {
    let mut notes = Notes::default();
    for file in &graph.files {
        if floor_of(file).is_some_and(|name| floor(name).is_none()) {
            notes.note(file, "stands on no floor", 1, "see FLOORS");
        }
    }
    between_floors(graph, &mut notes);
    out_of_the_house(graph, &mut notes);
    changed(house, &mut notes);
    let findings = notes.0.into_iter();
    findings
        .map(|(key, message)| Finding { key, message })
        .collect()
}

fn between_floors(graph: &Graph, notes: &mut Notes) {
    for edge in &graph.edges {
        let (from, to) = (&graph.files[edge.from], &graph.files[edge.to]);
        let (Some(own), Some(other)) = (floor_of(from), floor_of(to)) else {
            continue;
        };
        if own != other && floor(own).is_some_and(|floor| !floor.may.contains(&other)) {
            notes.note(from, &format!("names {other}"), edge.line, &edge.item);
        }
    }
}

fn out_of_the_house(graph: &Graph, notes: &mut Notes) {
    let packages = packages();
    for Outside { file, path, line } in &graph.outside {
        let file = &graph.files[*file];
        let Some(floor) = floor_of(file).and_then(floor) else {
            continue;
        };
        for word in floor.never.concat() {
            if within(path, word) {
                notes.note(file, &format!("mentions {word}"), *line, path);
            }
        }
        for (word, door) in DOORS {
            if within(path, word) && floor.name != *door {
                notes.note(file, &format!("goes round {door} to {word}"), *line, path);
            }
        }
        let package = path.split("::").next().unwrap_or_default();
        let unlisted = |listed: &[&str]| packages.contains(package) && !listed.contains(&package);
        if floor.packages.is_some_and(unlisted) {
            notes.note(file, &format!("uses the package {package}"), *line, path);
        }
    }
}

fn changed(house: &House, notes: &mut Notes) {
    for (at, module) in house.modules.iter().enumerate() {
        let file = &house.files[module.file].path;
        for mention in &module.changed {
            let Some(item) = house.resolve(at, &mention.path).item else {
                continue;
            };
            let home = floor_of(&house.file_of(&item).path);
            let read_only = READ_ONLY.iter().any(|(floor, other, name)| {
                floor_of(file) == Some(floor) && home == Some(other) && item.name == *name
            });
            if read_only {
                notes.note(
                    file,
                    &format!("changes {}", item.name),
                    mention.line,
                    "&mut",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(files: &[(&str, &str)]) -> Vec<String> {
        let house = House::of_texts(files);
        let found = breaches(&house, &Graph::of(&house));
        found.into_iter().map(|finding| finding.key).collect()
    }

    #[test]
    fn a_floor_may_use_lower_floors_only() {
        let found = keys(&[
            ("domain/mod.rs", "pub struct Note;"),
            (
                "words/mod.rs",
                "use crate::domain::Note; use crate::app::model::Model;",
            ),
            (
                "app/mod.rs",
                "pub struct Model; fn f(_: crate::domain::Note) {}",
            ),
            ("cellar.rs", ""),
        ]);
        assert_eq!(
            found,
            ["cellar.rs stands on no floor", "words/mod.rs names app"]
        );
    }

    #[test]
    fn forbidden_paths_are_found_under_any_name() {
        let found = keys(&[
            (
                "domain/mod.rs",
                "use std::{fmt, fs as f, io}; use chrono::Utc as Clock; fn g() { Clock::now() }",
            ),
            (
                "services/mod.rs",
                "fn g() { let sled = 1; sled + tokio::spawn(h) }",
            ),
            ("store/mod.rs", "use sled::Db;"),
            ("clock.rs", "fn now() { chrono::Utc::now() }"),
            ("commands/mod.rs", "fn open() { sled::open() }"),
            ("keys.rs", "use regex::Regex;"),
        ]);
        let expected = [
            "commands/mod.rs goes round store to sled",
            "domain/mod.rs goes round clock to chrono::Utc::now",
            "domain/mod.rs mentions chrono::Utc::now",
            "domain/mod.rs mentions std::fs",
            "keys.rs uses the package regex",
            "services/mod.rs mentions tokio",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn drawing_code_never_changes_the_model() {
        let found = keys(&[
            (
                "app/mod.rs",
                "pub struct Model; fn update(model: &mut Model) {}",
            ),
            (
                "ui/mod.rs",
                "use crate::app::model::Model; fn draw(model: &Model, out: &mut Pen) {}",
            ),
            (
                "ui/list.rs",
                "use crate::app; fn draw(model: &mut app::Model) {}",
            ),
        ]);
        assert_eq!(found, ["ui/list.rs changes Model"]);
    }
}
