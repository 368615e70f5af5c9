//! Architecture rules: which file may use which, what a layer must not mention, how long a file may
//! be. See ARCHITECTURE.md.
//!
//! `cargo test --test architecture -- --nocapture circles` prints all cycles among the files.

mod docs;
mod features;
mod finding;
mod floors;
mod graph;

mod listed;
mod parse;
mod reader;
mod records;
mod resolve;
mod samples;
mod text;
mod tokens;

use std::sync::LazyLock;

use finding::none;
use graph::Graph;
use resolve::House;

/// Read once for all tests.
static HOUSE: LazyLock<House> = LazyLock::new(House::read);
static GRAPH: LazyLock<Graph> = LazyLock::new(|| Graph::of(&HOUSE));

#[test]
fn no_circles_among_files() {
    let circles = GRAPH.circles();
    let mut wrong = Vec::new();
    for circle in &circles {
        let files: Vec<&str> = circle
            .iter()
            .map(|file| GRAPH.files[*file].as_str())
            .collect();
        let round = GRAPH.describe(&GRAPH.shortest(circle));
        println!(
            "{} files reach each other: {}\n  {round}",
            files.len(),
            files.join(" ")
        );
        if std::env::var_os("KENSHIN_EDGES").is_some() {
            for edge in &GRAPH.edges {
                if circle.contains(&edge.from) && circle.contains(&edge.to) {
                    let (from, to) = (&GRAPH.files[edge.from], &GRAPH.files[edge.to]);
                    println!("    {from}:{} -({})-> {to}", edge.line, edge.item);
                }
            }
        }
        wrong.push(format!(
            "{} files, {} among them: {round}",
            files.len(),
            files[0]
        ));
    }
    assert!(
        wrong.is_empty(),
        "files name each other in circles:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_floor_uses_only_allowed_items() {
    none("floors", &floors::breaches(&HOUSE, &GRAPH));
}

#[test]
fn no_feature_depends_on_an_earlier_one() {
    none(
        "features",
        &features::breaches(&GRAPH, &features::in_order()),
    );
}

#[test]
fn matches_name_every_kind_of_record() {
    assert!(
        records::are_at_home(&GRAPH),
        "the records have moved: say where in records.rs"
    );
    none(
        "an arm for all other records",
        &records::wild_matches(&HOUSE),
    );
    none("records taken apart", &records::strangers(&HOUSE));
}

#[test]
fn files_state_their_purpose_and_are_short() {
    none("first lines", &text::without_a_head(&HOUSE));
    none("length", &text::long(&HOUSE));
}

#[test]
fn items_used_by_other_floors_are_documented() {
    none("documentation", &docs::undocumented(&HOUSE, &GRAPH));
}

#[test]
fn comments_name_no_pages() {
    let pages = text::pages(&HOUSE);
    assert!(
        pages.is_empty(),
        "pages named in comments:\n{}",
        pages.join("\n")
    );
}

#[test]
fn no_banned_word_is_used() {
    none("unspoken words", &text::spoken(&HOUSE));
}

#[test]
fn user_texts_use_no_worn_words() {
    none("worn words", &text::worn(&HOUSE));
}

#[test]
fn nothing_is_left_undone() {
    let words = [
        ["to", "do!("],
        ["unimpl", "emented!("],
        ["coming", " soon"],
        ["FIX", "ME"],
    ];
    for file in &HOUSE.files {
        for word in words.map(|parts| parts.concat()) {
            assert!(!file.text.contains(&word), "{} contains {word}", file.path);
        }
    }
}

/// A signal's file header and its help text must agree. If only one of them is changed, the help is
/// wrong.
#[test]
fn the_help_of_a_signal_starts_its_file_header() {
    use kenshin::testing::domain::signals::Kind;
    let text_of = |path: &str| {
        let file = HOUSE.files.iter().find(|file| file.path == path);
        file.unwrap_or_else(|| panic!("{path}")).text.as_str()
    };
    let registry = text_of("domain/signals/registry.rs")
        .split("pub static REGISTRY")
        .nth(1);
    let registry = registry
        .and_then(|text| text.split("];").next())
        .expect("the entries of the registry");
    let registry: String = registry.split_whitespace().collect();
    let finder = |line: &str| {
        let found = line.split(',').find_map(|part| part.split_once("::find"));
        found.expect("a finder").0.replace("::", "/")
    };
    let files: Vec<String> = registry.split("Kind::").skip(1).map(finder).collect();
    assert_eq!(files.len(), Kind::ALL.len());
    for (kind, file) in Kind::ALL.iter().zip(files) {
        let text = text_of(&format!("domain/signals/{file}.rs"));
        let head = text.lines().map_while(|line| line.strip_prefix("//!"));
        let head: Vec<&str> = head.map(str::trim).collect();
        let help = kind.help(kenshin::testing::words::Lang::En);
        assert_eq!(help, head.join(" "), "{file}");
    }
}

#[test]
fn every_package_that_is_linked_has_its_licence_listed() {
    let lock = include_str!("../../Cargo.lock");
    let list = include_str!("../../LICENSES-THIRD-PARTY.md");
    let of = |block: &str, key: &str| {
        block
            .lines()
            .find_map(|line| Some(line.strip_prefix(key)?.trim_matches('"').to_owned()))
    };
    let missing: Vec<String> = lock
        .split("[[package]]")
        .filter(|block| block.contains("\nsource = "))
        .filter_map(|b| Some(format!("{} {}", of(b, "name = ")?, of(b, "version = ")?)))
        .filter(|package| !list.contains(package.as_str()))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "assets/refresh-licences.sh");
}
