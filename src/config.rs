//! Configuration: the files in `config/`, then the user's own, then the environment, then flags.
//! Every mistake is reported with its file, line and reason. Knows the domain types it fills, and
//! no service.

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
use crate::domain::checkin::agenda::Template;
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

/// The checked configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub policy: Policy,
    /// The early signals to look for, and their thresholds.
    pub thresholds: Thresholds,
    /// The intervals of touches, and the capacity of a week.
    pub cadence: Cadence,
    /// Changes when a file changes that accounts are scored by: computed results are cached by it.
    pub policy_stamp: u64,
    /// The same of the files alone, whatever was dismissed.
    files_stamp: u64,
    /// The version of the policy ([`Policy::version`]): a different number means different scoring
    /// rules. Never 0. Phrases and thresholds of signals do not change it, nor does the layout of
    /// the file.
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
    /// Reads the user's files where they exist, otherwise the shipped ones. Returns all mistakes,
    /// not only the first; a file with mistakes is replaced by the shipped one.
    pub fn load(dir: Option<&Path>) -> (Self, Vec<Failure>) {
        let mut failures = Vec::new();
        let (thresholds, signals_text) = read(dir, &SIGNALS, signals::parse, &mut failures);
        let (policy, text) = read(dir, &HEALTH, health::parse, &mut failures);
        let (mut cadence, cadence_text) = read(dir, &CADENCE, cadence::parse, &mut failures);
        let ((mut templates, aids), templates_text) =
            read(dir, &TEMPLATES, templates::parse, &mut failures);
        cadence.measure(&mut templates);
        let (messages, _) = read(dir, &MESSAGES, messages::parse, &mut failures);
        let (phrases, phrases_text) = read(dir, &PHRASES, phrases::parse, &mut failures);
        let (desk, _) = read(dir, &DESK, desk::parse, &mut failures);
        let policy_stamp = u64::from(crc32fast::hash(
            [
                text,
                signals_text,
                phrases_text,
                cadence_text,
                templates_text,
            ]
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
                files_stamp: policy_stamp,
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

    /// The lexicon alone, for use after its file changed.
    pub fn phrases(dir: &Path) -> (std::sync::Arc<Lexicon>, Vec<Failure>) {
        let mut failures = Vec::new();
        let (phrases, _) = read(Some(dir), &PHRASES, phrases::parse, &mut failures);
        (std::sync::Arc::new(phrases), failures)
    }

    /// The same, with these warning phrases dismissed as false alarms: what is computed with them is
    /// computed anew. Replaces phrases that were dismissed before.
    #[must_use]
    pub fn dismissing(&self, words: Vec<String>) -> Self {
        let mut out = self.clone();
        out.policy_stamp = self.files_stamp;
        if !words.is_empty() {
            out.policy_stamp ^= crate::domain::text::hash(&words.join("\0"));
        }
        out.phrases = std::sync::Arc::new(self.phrases.without(words));
        out
    }

    /// The rules accounts are scored by.
    pub fn scoring_context(&self) -> ScoringContext<'_> {
        ScoringContext {
            policy: &self.policy,
            rules: self.rules,
            thresholds: &self.thresholds,
            phrases: &*self.phrases,
            cadence: &self.cadence,
            first_use: None,
        }
    }

    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|t| t.id == id)
    }
}

/// The mistakes of a text as one of the files; none for an unknown file name.
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
    fn the_shipped_files_have_no_mistakes() {
        let (config, failures) = Config::load(None);
        assert_eq!(failures, vec![]);
        assert_eq!(config.templates.len(), 10);
        let sum: f64 = config.policy.weights.iter().sum();
        assert!((sum - 100.0).abs() < 1e-9);
        let renewal = config.template("renewal").expect("ships");
        assert_eq!(
            crate::domain::checkin::agenda::total(&renewal.sections),
            crate::domain::checkin::agenda::Total {
                length: 45,
                least: 36,
                most: 45
            }
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
            10,
            "a file with mistakes is not half used"
        );
    }
}
