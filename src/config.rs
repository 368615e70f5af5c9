//! Configuration: the files that ship in `config/`, then the user's own, then the environment,
//! then flags. Every mistake is reported with its file, line and reason.

mod cadence;
mod desk;
mod health;
mod messages;
mod phrases;
mod signals;
mod templates;

use std::path::{Path, PathBuf};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

use crate::domain::cadence::policy::Policy as Cadence;
use crate::domain::checkin::agenda::Template;
use crate::domain::checkin::aid::Aids;
use crate::domain::failure::Failure;
use crate::domain::policy::Policy;
use crate::domain::portfolio::standing::ScoringContext;
use crate::domain::signals::Thresholds;
use crate::services::message::Message;
use crate::services::phrases::Lexicon;

pub use desk::{Desk, Glyphs, Theme};

/// Where the desk keeps the words that were dismissed as false alarms.
pub const DISMISSED: &str = "phrases/dismissed";

/// A shipped configuration file and its place in the user's folder.
pub struct Shipped {
    pub name: &'static str,
    pub text: &'static str,
}

pub const HEALTH: Shipped = Shipped {
    name: "health.toml",
    text: include_str!("../config/health.toml"),
};
pub const TEMPLATES: Shipped = Shipped {
    name: "templates.toml",
    text: include_str!("../config/templates.toml"),
};
pub const MESSAGES: Shipped = Shipped {
    name: "messages.toml",
    text: include_str!("../config/messages.toml"),
};
pub const PHRASES: Shipped = Shipped {
    name: "phrases.toml",
    text: include_str!("../config/phrases.toml"),
};
pub const SIGNALS: Shipped = Shipped {
    name: "signals.toml",
    text: include_str!("../config/signals.toml"),
};
pub const CADENCE: Shipped = Shipped {
    name: "cadence.toml",
    text: include_str!("../config/cadence.toml"),
};
pub const DESK: Shipped = Shipped {
    name: "desk.toml",
    text: include_str!("../config/desk.toml"),
};

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
    pub messages: Vec<Message>,
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
        let rules = crate::domain::text::hash(&format!("{policy:?}")).max(1);
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
            ear: &*self.phrases,
            cadence: &self.cadence,
        }
    }

    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|t| t.id == id)
    }
}

/// A mistake in a file: the byte it starts at, and why.
pub type Mistake = (usize, String);

type Parse<T> = fn(&str) -> Result<T, Vec<Mistake>>;

fn read<T>(
    dir: Option<&Path>,
    shipped: &Shipped,
    parse: Parse<T>,
    failures: &mut Vec<Failure>,
) -> (T, String) {
    if let Some(path) = dir.map(|d| d.join(shipped.name)).filter(|p| p.exists()) {
        match std::fs::read_to_string(&path) {
            Ok(text) => match parse(&text) {
                Ok(value) => return (value, text),
                Err(mistakes) => {
                    failures.extend(mistakes.into_iter().map(|(at, reason)| Failure::Config {
                        path: path.display().to_string(),
                        line: line_of(&text, at),
                        reason,
                    }))
                }
            },
            Err(e) => failures.push(Failure::io(&path, &e)),
        }
    }
    match parse(shipped.text) {
        Ok(value) => (value, shipped.text.to_owned()),
        Err(mistakes) => unreachable!(
            "the shipped {} is checked by a test: {mistakes:?}",
            shipped.name
        ),
    }
}

/// The line (from 1) of a byte.
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())]
        .iter()
        .filter(|b| **b == b'\n')
        .count()
        + 1
}

/// The mistake behind a toml error.
pub(crate) fn mistake(error: &toml::de::Error) -> Mistake {
    (
        error.span().map_or(0, |s| s.start),
        error.message().to_owned(),
    )
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

/// Where things live on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The store, drafts, journal and backups.
    pub home: PathBuf,
    /// The user's configuration files.
    pub config: PathBuf,
}

impl Places {
    /// `home` is `--home` or `KENSHIN_HOME`; with it, configuration is looked for in
    /// `<home>/config`, so that a home is self-contained.
    pub fn find(home: Option<PathBuf>) -> Result<Self, Failure> {
        if let Some(home) = home {
            return Ok(Self {
                config: home.join("config"),
                home,
            });
        }
        let args = AppStrategyArgs {
            top_level_domain: "org".into(),
            author: "kenshin".into(),
            app_name: "kenshin".into(),
        };
        let strategy = choose_app_strategy(args).map_err(|e| Failure::Io {
            path: "HOME".into(),
            reason: e.to_string(),
        })?;
        Ok(Self {
            home: strategy.data_dir(),
            config: strategy.config_dir(),
        })
    }
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
