//! The house stands: who may import whom, what no floor may mention, how large a room may be, and
//! a first line that says its duty. See ARCHITECTURE.md.

use std::path::{Path, PathBuf};

fn rooms(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir)
        .expect("a folder")
        .map(|e| e.expect("an entry").path())
    {
        if entry.is_dir() {
            rooms(&entry, out);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            out.push(entry);
        }
    }
}

fn source() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    rooms(&root, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|p| {
            (
                p.strip_prefix(&root)
                    .expect("inside")
                    .display()
                    .to_string()
                    .replace('\\', "/"),
                std::fs::read_to_string(&p).expect("text"),
            )
        })
        .collect()
}

/// The code of a room: without comments, and without its tests.
fn code(text: &str) -> String {
    let text = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text);
    text.lines()
        .filter(|l| !l.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Floor, and what its rooms must never mention.
const FLOORS: &[(&str, &[&str])] = &[
    (
        "domain/",
        &[
            "crate::app",
            "crate::ui",
            "crate::store",
            "crate::services",
            "crate::runtime",
            "crate::cli",
            "crate::i18n",
            "crate::config",
            "std::fs",
            "tokio",
            "ratatui",
            "crossterm",
            "sled::",
            "fastrand",
            "Utc::now",
            "Local::now",
            "Instant::now",
        ],
    ),
    (
        "i18n/",
        &[
            "ratatui",
            "crossterm",
            "tokio",
            "sled::",
            "std::fs",
            "crate::ui",
            "crate::runtime",
            "crate::cli",
        ],
    ),
    (
        "services/",
        &[
            "std::fs",
            "crate::store",
            "crate::app::Model",
            "crate::ui",
            "crate::runtime",
            "crate::cli",
            "tokio",
            "ratatui",
            "crossterm",
            "sled::",
        ],
    ),
    ("keys.rs", &["ratatui", "crossterm", "tokio", "std::fs"]),
    (
        "app/",
        &[
            "ratatui",
            "crossterm",
            "sled::",
            "tokio",
            "crate::store",
            "crate::ui",
            "crate::runtime",
            "crate::cli",
            "std::fs",
            "Utc::now",
            "Instant::now",
            "fastrand",
        ],
    ),
    (
        "ui/",
        &[
            "&mut Model",
            "crate::store",
            "crate::runtime",
            "crate::cli",
            "tokio",
            "crossterm",
            "std::fs",
            "sled::",
        ],
    ),
    (
        "store/",
        &[
            "crate::app",
            "crate::ui",
            "crate::cli",
            "crate::runtime",
            "crate::i18n",
            "tokio",
            "ratatui",
            "crossterm",
        ],
    ),
    (
        "ipc.rs",
        &[
            "crate::app",
            "crate::ui",
            "crate::store",
            "ratatui",
            "tokio",
        ],
    ),
    ("cli/", &["ratatui", "crossterm", "tokio"]),
    ("runtime/", &["crate::cli"]),
];

#[test]
fn no_floor_mentions_what_it_must_not() {
    let mut wrong = Vec::new();
    for (room, text) in source() {
        let code = code(&text);
        for (floor, banned) in FLOORS.iter().filter(|(floor, _)| room.starts_with(floor)) {
            for word in banned.iter().filter(|w| code.contains(**w)) {
                wrong.push(format!("{room} (floor {floor}) mentions {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sled_and_its_socket_have_one_door() {
    for (room, text) in source() {
        if !room.starts_with("store/") {
            assert!(!code(&text).contains("sled::"), "{room} opens sled");
        }
        if room != "clock.rs" {
            assert!(
                !code(&text).contains("Utc::now()"),
                "{room} reads the clock"
            );
        }
    }
}

/// Rooms larger than this say why in their first lines.
const LARGE: usize = 400;

#[test]
fn rooms_are_small_and_say_their_duty() {
    let mut wrong = Vec::new();
    for (room, text) in source() {
        let first = text.lines().next().unwrap_or("");
        if !first.starts_with("//!") {
            wrong.push(format!("{room} does not begin with its duty"));
        }
        let lines = text.lines().count();
        let reason = text
            .lines()
            .take_while(|l| l.starts_with("//!"))
            .any(|l| l.contains("Larger than most"));
        if lines > LARGE && !reason {
            wrong.push(format!("{room} has {lines} lines and gives no reason"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_undone() {
    let words = [
        ["to", "do!("].concat(),
        ["unimpl", "emented!("].concat(),
        ["coming", " soon"].concat(),
        ["FIX", "ME"].concat(),
    ];
    for (room, text) in source() {
        for word in &words {
            assert!(!text.contains(word.as_str()), "{room} contains {word}");
        }
    }
}

/// A signal's file says what it means, and the help says the same: one of them changed alone is a
/// help that lies.
#[test]
fn the_help_of_a_signal_is_the_first_words_of_its_file() {
    use kenshin::domain::signals::Kind;
    let rooms: Vec<(String, String)> = source();
    let registry = &rooms
        .iter()
        .find(|(room, _)| room == "domain/signals/mod.rs")
        .expect("the registry")
        .1;
    let registry: String = registry
        .split("pub static REGISTRY")
        .nth(1)
        .expect("its lines")
        .split("];")
        .next()
        .expect("an end")
        .split_whitespace()
        .collect();
    let files: Vec<String> = registry
        .split("Kind::")
        .skip(1)
        .map(|line| {
            line.split(',')
                .find_map(|p| p.split_once("::find"))
                .expect("a finder")
                .0
                .replace("::", "/")
        })
        .collect();
    assert_eq!(files.len(), Kind::ALL.len());
    for (kind, file) in Kind::ALL.iter().zip(files) {
        let text = &rooms
            .iter()
            .find(|(room, _)| *room == format!("domain/signals/{file}.rs"))
            .unwrap_or_else(|| panic!("{file}"))
            .1;
        let doc: Vec<&str> = text
            .lines()
            .map_while(|l| l.strip_prefix("//!"))
            .map(str::trim)
            .collect();
        assert_eq!(
            *kind.help(kenshin::words::Lang::En),
            doc.join(" "),
            "{file}"
        );
    }
}

#[test]
fn every_package_that_is_linked_has_its_licence_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lock = std::fs::read_to_string(root.join("Cargo.lock")).expect("text");
    let list = std::fs::read_to_string(root.join("LICENSES-THIRD-PARTY.md")).expect("text");
    let of = |block: &str, key: &str| {
        block
            .lines()
            .find_map(|l| Some(l.strip_prefix(key)?.trim_matches('"').to_owned()))
    };
    let missing: Vec<String> = lock
        .split("[[package]]")
        .filter(|block| block.contains("\nsource = "))
        .filter_map(|block| {
            Some(format!(
                "{} {}",
                of(block, "name = ")?,
                of(block, "version = ")?
            ))
        })
        .filter(|package| !list.contains(package.as_str()))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "assets/refresh-licences.sh");
}
