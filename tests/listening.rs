//! The lines that listening is made from and measured on, and the weights that are shipped.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use kenshin::testing::config::Config;
use kenshin::testing::listening::{Example, Script, train};

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/listening")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(assets().join(path)).expect("the file is read")
}

fn corpus(name: &str) -> Vec<Example> {
    let phrases = Config::load(None).0.phrases;
    let text = read(&format!("corpus/{name}.tsv"));
    let example = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind, category, family, line] = cells[..] else {
            panic!("four columns: {line}")
        };
        assert!(["risk", "harmless"].contains(&kind), "{line}");
        Example {
            risk: kind == "risk",
            category: category.into(),
            family: family.into(),
            extra: phrases.signs_in(line),
            line: line.into(),
        }
    };
    text.lines().map(example).collect()
}

/// Overlapping parts of a line, without blanks and signs.
fn parts(line: &str, size: usize) -> Vec<String> {
    let plain: Vec<char> = line
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    plain
        .windows(size.min(plain.len()).max(1))
        .map(|w| w.iter().collect())
        .collect()
}

#[test]
fn no_line_of_one_half_resembles_one_of_the_other() {
    for (name, size) in [("ja", 5), ("en", 10)] {
        let open = read(&format!("corpus/{name}-open.tsv"));
        let mut index: HashMap<String, Vec<usize>> = HashMap::new();
        let words = |line: &str| line.rsplit('\t').next().unwrap_or_default().to_owned();
        for (at, line) in open.lines().enumerate() {
            for part in parts(&words(line), size) {
                index.entry(part).or_default().push(at);
            }
        }
        let mut alike = Vec::new();
        for line in read(&format!("corpus/{name}-sealed.tsv")).lines() {
            let line = words(line);
            let parts = parts(&line, size);
            let mut shared: HashMap<usize, usize> = HashMap::new();
            for at in parts.iter().filter_map(|p| index.get(p)).flatten() {
                *shared.entry(*at).or_default() += 1;
            }
            let near = shared.iter().find(|(_, n)| **n * 10 >= parts.len() * 7);
            if let Some((at, _)) = near {
                alike.push(format!(
                    "{line} | {}",
                    words(open.lines().nth(*at).unwrap_or_default())
                ));
            }
        }
        assert!(alike.is_empty(), "{name}:\n{}", alike.join("\n"));
    }
}

/// The shipped weights are those that the open half gives, but for the last digits of other machines.
fn are_made_from_the_open_half(name: &str, script: Script) {
    const NEAR: i32 = 5;
    let examples = corpus(&format!("{name}-open"));
    let all: Vec<&Example> = examples.iter().collect();
    let made = train(&all, script).text(0.0);
    let weights = |text: &str| -> HashMap<String, i32> {
        let lines = text.lines().filter(|l| !l.starts_with('#'));
        let weight = |line: &str| {
            let mut cells = line.split('\t');
            let (piece, weight) = (cells.next()?, cells.next()?);
            Some((piece.to_owned(), weight.parse().ok()?))
        };
        lines.filter_map(weight).collect()
    };
    let (made, shipped) = (weights(&made), weights(&read(&format!("{name}.tsv"))));
    let far = shipped.iter().filter(|(piece, weight)| {
        let made = made.get(*piece).copied().unwrap_or(0);
        (made - **weight).abs() > NEAR
    });
    let far: Vec<_> = far.take(5).collect();
    assert!(
        far.is_empty(),
        "make the weights again (benches/README.md): {far:?}"
    );
    assert!(made.len().abs_diff(shipped.len()) * 50 < shipped.len());
}

#[test]
fn the_japanese_weights_are_made_from_the_open_half() {
    are_made_from_the_open_half("ja", Script::Ja);
}

#[test]
fn the_english_weights_are_made_from_the_open_half() {
    are_made_from_the_open_half("en", Script::En);
}

#[test]
fn what_people_type_every_day_is_heard_with_what_weighed_most() {
    let phrases = Config::load(None).0.phrases;
    for (line, category) in [
        ("まだ決めていません", "undecided"),
        ("解約の条件を聞かれた", "contract"),
        ("他社への乗り換えを検討中です", "competitor"),
        ("we haven't decided on next year", "undecided"),
        ("it is too expensive", "budget"),
        ("layoffs were announced", "layoffs"),
    ] {
        let hits = phrases.listen(line);
        let ids: Vec<&str> = hits
            .iter()
            .filter_map(|h| phrases.phrase(h.phrase))
            .map(|p| p.id.as_str())
            .collect();
        assert!(ids.contains(&category), "{line}: {ids:?}");
        assert!(!hits[0].pieces.is_empty(), "{line}");
    }
    for line in [
        "コスト削減できました",
        "不満はありません",
        "解約するつもりは全くない",
        "weekly usage is up",
        "no plans to cancel",
        "renewal signed for two years",
    ] {
        assert!(phrases.listen(line).is_empty(), "{line}");
    }
}
