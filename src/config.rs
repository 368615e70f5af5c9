//! Configuration: the files that ship in `config/`, then the user's own, then the environment,
//! then flags. Every mistake is reported with its file, line and reason.

mod cadence;
mod desk;
mod file;
mod health;
pub mod lexicon;
mod messages;
mod phrases;
mod places;
mod signals;
mod templates;

use std::path::Path;

use crate::domain::cadence::policy::Policy as Cadence;
use crate::domain::checkin::agenda::{self, Template};
use crate::domain::checkin::aid::Aids;
use crate::domain::failure::Failure;
use crate::domain::message::MessageTemplate;
use crate::domain::policy::Policy;
use crate::domain::portfolio::standing::ScoringContext;
use crate::domain::signals::Thresholds;

pub use desk::{Desk, Glyphs, Theme};
use file::read;
pub use file::{CADENCE, DESK, HEALTH, MESSAGES, Mistake, PHRASES, SIGNALS, TEMPLATES, line_of};
pub use lexicon::Lexicon;
pub use places::Places;

/// Where the desk keeps the words that were dismissed as false alarms.
pub const DISMISSED: &str = "phrases/dismissed";

/// All that was read, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub policy: Policy,
    /// Which early signals are looked for, and with which numbers.
    pub thresholds: Thresholds,
    /// When accounts are touched, and what a week holds.
    pub cadence: Cadence,
    /// Changes when one of the files does by which accounts are judged: what is computed is cached
    /// by it.
    pub policy_stamp: u64,
    /// Another number is another way to score; words and thresholds of signals are no part of it, nor
    /// is how the file is written. Never 0.
    rules: u64,
    pub templates: Vec<Template>,
    /// Listening aids for any section.
    pub aids: Aids,
    /// Templates of drafts.
    pub messages: Vec<MessageTemplate>,
    /// Warning phrases; the desk reads them anew when the file changes.
    pub phrases: std::sync::Arc<Lexicon>,
    pub desk: Desk,
}

impl Config {
    /// Reads the user's files where they exist, the shipped ones elsewhere. Answers every mistake,
    /// not only the first; a file with mistakes is replaced by the shipped one.
    pub fn load(dir: Option<&Path>) -> (Self, Vec<Failure>) {
        let mut failures = Vec::new();
        let (thresholds, signals_text) = read(dir, &SIGNALS, signals::parse, &mut failures);
        let (policy, text) = read(dir, &HEALTH, health::parse, &mut failures);
        let (cadence, cadence_text) = read(dir, &CADENCE, cadence::parse, &mut failures);
        let ((templates, aids), _) = read(dir, &TEMPLATES, templates::parse, &mut failures);
        let (messages, _) = read(dir, &MESSAGES, messages::parse, &mut failures);
        let (phrases, phrases_text) = read(dir, &PHRASES, phrases::parse, &mut failures);
        let (desk, _) = read(dir, &DESK, desk::parse, &mut failures);
        let policy_stamp = u64::from(crc32fast::hash(
            [text, signals_text, phrases_text, cadence_text]
                .join("\0")
                .as_bytes(),
        ));
        let rules = policy.version();
        (
            Self {
                policy,
                thresholds,
                cadence,
                policy_stamp,
                rules,
                templates,
                aids,
                messages,
                phrases: std::sync::Arc::new(phrases),
                desk,
            },
            failures,
        )
    }

    /// The lexicon alone, for when its file has changed.
    pub fn phrases(dir: &Path) -> (std::sync::Arc<Lexicon>, Vec<Failure>) {
        let mut failures = Vec::new();
        let (phrases, _) = read(Some(dir), &PHRASES, phrases::parse, &mut failures);
        (std::sync::Arc::new(phrases), failures)
    }

    /// Words that are no warning here: what is computed with them is computed anew.
    pub fn dismiss(&mut self, words: Vec<String>) {
        if !words.is_empty() {
            self.policy_stamp ^= crate::domain::text::hash(&words.join("\0"));
            self.phrases = std::sync::Arc::new(self.phrases.without(words));
        }
    }

    /// What accounts are judged by.
    pub fn scoring_context(&self) -> ScoringContext<'_> {
        ScoringContext {
            policy: &self.policy,
            rules: self.rules,
            thresholds: &self.thresholds,
            phrases: &*self.phrases,
            cadence: &self.cadence,
        }
    }

    pub fn template(&self, id: &str) -> Option<&Template> {
        agenda::template(&self.templates, id)
    }
}

/// The mistakes in a text that would be read as one of the files; none for a name that is not one.
pub fn mistakes(name: &str, text: &str) -> Vec<Mistake> {
    let checked = match name {
        "health.toml" => health::parse(text).map(drop),
        "signals.toml" => signals::parse(text).map(drop),
        "cadence.toml" => cadence::parse(text).map(drop),
        "templates.toml" => templates::parse(text).map(drop),
        "messages.toml" => messages::parse(text).map(drop),
        "phrases.toml" => phrases::parse(text).map(drop),
        "desk.toml" => desk::parse(text).map(drop),
        _ => Ok(()),
    };
    checked.err().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_files_are_sound() {
        let (config, failures) = Config::load(None);
        assert_eq!(failures, vec![]);
        assert_eq!(config.templates.len(), 9);
        let sum: f64 = config.policy.weights.iter().sum();
        assert!((sum - 100.0).abs() < 1e-9);
        let renewal = config.template("renewal").expect("ships");
        assert_eq!(
            crate::domain::checkin::agenda::total(&renewal.sections),
            (41, 45)
        );
    }

    #[test]
    fn every_mistake_has_its_line_and_reason() {
        let dir = tempfile::tempdir().expect("dir");
        let text = "[[template]]\nid = \"a\"\nkind = \"health\"\nname = { ja = \"a\", en = \"a\" }\n[[template.section]]\nname = { ja = \"s\", en = \"s\" }\nminutes = [9, 3]\n\n[[template]]\nid = \"a\"\nkind = \"lunch\"\nname = { ja = \"b\", en = \"b\" }\n";
        std::fs::write(dir.path().join("templates.toml"), text).expect("writes");
        std::fs::write(
            dir.path().join("health.toml"),
            "[weights]\nusage = \"much\"\n",
        )
        .expect("writes");
        let (config, failures) = Config::load(Some(dir.path()));
        let lines: Vec<(usize, String)> = failures
            .iter()
            .map(|f| match f {
                Failure::Config { line, reason, .. } => (*line, reason.clone()),
                other => panic!("{other:?}"),
            })
            .collect();
        let has =
            |line: usize, word: &str| lines.iter().any(|(l, r)| *l == line && r.contains(word));
        assert!(has(2, "invalid type"), "{lines:?}");
        assert!(has(7, "9"), "{lines:?}");
        assert!(has(10, "twice"), "{lines:?}");
        assert!(has(11, "lunch"), "{lines:?}");
        assert_eq!(
            config.templates.len(),
            9,
            "a file with mistakes is not half used"
        );
    }
}
