//! How well risks are heard, on lines that were kept apart:
//! `cargo bench --bench listening` prints the figures of the sealed half, and counts as a look at it;
//! `cargo bench --bench listening -- open` prints those of the open half, each family judged by a model made
//! without it; `cargo bench --bench listening -- make` makes the shipped weights from the open half.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kenshin::testing::config::Config;
use kenshin::testing::listening::{Example, Script, folds, threshold, train};

/// Harmless lines that may be heard wrongly in the making, where no line like them was seen: of all, and of
/// ordinary notes. Lines from elsewhere are heard wrongly about half as often: many of the open ones
/// are twins of a risk, a word apart.
const RESEMBLING: f64 = 0.11;
const ORDINARY: f64 = 0.05;
const FOLDS: usize = 10;

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/listening")
}

fn name(script: Script) -> &'static str {
    match script {
        Script::Ja => "ja",
        Script::En => "en",
    }
}

fn corpus(script: Script, half: &str, config: &Config) -> Vec<Example> {
    let path = assets().join(format!("corpus/{}-{half}.tsv", name(script)));
    let text = std::fs::read_to_string(&path).expect("the corpus is read");
    let example = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind, category, family, line] = cells[..] else {
            panic!("four columns: {line}")
        };
        Example {
            risk: kind == "risk",
            category: category.to_owned(),
            family: format!("{kind} {category} {family}"),
            extra: config.phrases.signs_in(line),
            line: line.to_owned(),
        }
    };
    text.lines().map(example).collect()
}

fn main() {
    let (config, _) = Config::load(None);
    let wanted = std::env::args().skip(1).find(|a| !a.starts_with('-'));
    for script in [Script::Ja, Script::En] {
        match wanted.as_deref() {
            Some("make") => make(script, &config),
            Some("open") => open(script, &config),
            _ => sealed(script, &config),
        }
    }
}

/// Makes the weights, and the threshold from families that the model did not see.
fn make(script: Script, config: &Config) {
    let examples = corpus(script, "open", config);
    let scores = folds(&examples, script, FOLDS);
    let from = threshold(&examples, &scores, RESEMBLING, ORDINARY);
    let all: Vec<&Example> = examples.iter().collect();
    let training = train(&all, script);
    let path = assets().join(format!("{}.tsv", name(script)));
    std::fs::write(&path, training.text(from)).expect("the weights are written");
    println!(
        "{}: {} lines, {} pieces, heard from {from:.3}",
        path.display(),
        examples.len(),
        training.weights.len()
    );
}

fn open(script: Script, config: &Config) {
    let examples = corpus(script, "open", config);
    let scores = folds(&examples, script, FOLDS);
    let from = threshold(&examples, &scores, RESEMBLING, ORDINARY);
    let heard: Vec<bool> = scores.iter().map(|s| *s > from).collect();
    print(script, "open, unseen families", &examples, &heard);
}

fn sealed(script: Script, config: &Config) {
    let examples = corpus(script, "sealed", config);
    let loading = std::time::Instant::now();
    config.phrases.listen(&examples[0].line);
    let loading = loading.elapsed().as_secs_f64() * 1e3;
    let started = std::time::Instant::now();
    let heard: Vec<bool> = examples
        .iter()
        .map(|e| !config.phrases.listen(&e.line).is_empty())
        .collect();
    let each = started.elapsed().as_secs_f64() * 1e6 / examples.len().max(1) as f64;
    print(script, "sealed", &examples, &heard);
    println!("\n{each:.1} µs a line; {loading:.0} ms for the first one, which reads the weights");
    let right = examples.iter().filter(|e| e.risk).filter(|e| {
        let hits = config.phrases.listen(&e.line);
        let mut ids = hits.iter().filter_map(|h| config.phrases.phrase(h.phrase));
        ids.any(|p| p.id == e.category)
    });
    let all = heard.iter().zip(&examples).filter(|(h, e)| **h && e.risk);
    println!(
        "of the heard, the category is right in {:.0} %",
        share(right.count(), all.count())
    );
}

fn share(part: usize, all: usize) -> f64 {
    part as f64 * 100.0 / all.max(1) as f64
}

fn print(script: Script, what: &str, examples: &[Example], heard: &[bool]) {
    let mut by: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for (example, heard) in examples.iter().zip(heard) {
        for key in [example.category.as_str(), "~ all"] {
            let counts = by.entry(key).or_default();
            let at = if example.risk { 0 } else { 2 };
            counts[at] += usize::from(*heard);
            counts[at + 1] += 1;
        }
    }
    println!(
        "\n{} ({what})\n\n| category | risks heard | harmless heard |\n|---|---|---|",
        name(script)
    );
    for (category, [risks, of, wrong, harmless]) in by {
        let cell = |part, all| {
            if all == 0 {
                "–".to_owned()
            } else {
                format!("{:.0} % of {all}", share(part, all))
            }
        };
        println!(
            "| {category} | {} | {} |",
            cell(risks, of),
            cell(wrong, harmless)
        );
    }
}
