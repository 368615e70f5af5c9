//! Configuration: the files in `config/`, then the user's own, then the environment, then flags.
//! Every mistake is reported with its file, line and reason. Knows the domain types it fills, and
//! no service.

mod cadence;
mod desk;
mod file;
mod health;
mod holidays;
mod known;
pub mod lexicon;
mod listening;
mod messages;
mod phrases;
mod places;
mod risk;
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
use crate::domain::risk::policy::RiskPolicy;
use crate::domain::settings::dismissal::Dismissal;
use crate::domain::signals::Thresholds;

pub use desk::{Desk, Glyphs, Theme};
use file::read;
pub use file::{
    CADENCE, DESK, HEALTH, MESSAGES, Mistake, PHRASES, RISK, SIGNALS, TEMPLATES, column_of, line_of,
};
pub use known::Known;
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
    /// What evidence weighs, and what is at stake.
    pub risk: RiskPolicy,
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
        // Half of the files is read by a second thread: a short answer waits for them.
        let others = || {
            let mut failures = Vec::new();
            let signals = read(dir, &SIGNALS, signals::parse, &mut failures);
            let templates = read(dir, &TEMPLATES, templates::parse, &mut failures);
            let messages = read(dir, &MESSAGES, messages::parse, &mut failures).0;
            let risk = read(dir, &RISK, risk::parse, &mut failures);
            let phrases = read(dir, &PHRASES, phrases::parse, &mut failures);
            (signals, templates, messages, risk, phrases, failures)
        };
        let mut failures = Vec::new();
        let (health, cadence, desk, places_sum, others) = std::thread::scope(|scope| {
            let others = scope.spawn(others);
            let health = read(dir, &HEALTH, health::parse, &mut failures);
            let (places, places_sum) = holidays::load(dir, &mut failures);
            let parse_cadence = |text: &str| cadence::parse(text, &places);
            let cadence = read(dir, &CADENCE, parse_cadence, &mut failures);
            let desk = read(dir, &DESK, desk::parse, &mut failures).0;
            (health, cadence, desk, places_sum, others.join())
        });
        let (signals, templates, messages, (risk, risk_text), phrases, more) =
            others.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let ((policy, text), (thresholds, signals_text)) = (health, signals);
        let ((mut templates, aids), templates_text) = templates;
        let ((mut cadence, cadence_text), (phrases, phrases_text)) = (cadence, phrases);
        failures.extend(more);
        cadence.measure(&mut templates);
        let policy_stamp = u64::from(crc32fast::hash(
            [
                text,
                signals_text,
                phrases_text,
                cadence_text,
                listening::edition(),
                templates_text,
                risk_text,
                places_sum.to_string(),
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
                risk,
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

    /// The stamp of the policy with these lines dismissed or marked.
    pub fn policy_of(&self, lessons: &[Dismissal]) -> u64 {
        if lessons.is_empty() {
            return self.files_stamp;
        }
        let words: Vec<&str> = lessons.iter().map(|d| d.words.as_str()).collect();
        self.files_stamp ^ crate::domain::text::hash(&words.join("\0"))
    }

    /// The same, with these lines dismissed as false alarms or marked as risks: what is computed with
    /// them is computed anew. Replaces what was dismissed before.
    #[must_use]
    pub fn dismissing(&self, lessons: Vec<Dismissal>) -> Self {
        let mut out = self.clone();
        out.policy_stamp = self.policy_of(&lessons);
        out.phrases = std::sync::Arc::new(self.phrases.taught(lessons));
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
            risk: &self.risk,
            first_use: None,
        }
    }

    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|t| t.id == id)
    }
}

/// The mistakes of a text as one of the files (`cadence.toml`, `holidays/de.toml`); none for an unknown
/// file name.
pub fn mistakes(name: &str, text: &str) -> Vec<Mistake> {
    let checked = match name {
        "health.toml" => health::parse(text).map(drop),
        "signals.toml" => signals::parse(text).map(drop),
        "cadence.toml" => cadence::parse(text, &holidays::shipped()).map(drop),
        "templates.toml" => templates::parse(text).map(drop),
        "messages.toml" => messages::parse(text).map(drop),
        "phrases.toml" => phrases::parse(text).map(drop),
        "desk.toml" => desk::parse(text).map(drop),
        "risk.toml" => risk::parse(text).map(drop),
        _ => match name.strip_prefix("holidays/") {
            Some(file) => holidays::parse(file, text).map(drop),
            None => Ok(()),
        },
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
    fn the_shipped_holidays_have_no_mistakes_and_both_names() {
        let places = holidays::shipped();
        assert_eq!(
            places.codes().collect::<Vec<_>>(),
            ["jp", "us", "gb", "de", "fr", "sg", "au", "in"]
        );
        for file in file::HOLIDAYS {
            assert_eq!(
                mistakes(&format!("holidays/{}", file.name), file.text),
                vec![],
                "{}",
                file.name
            );
        }
        let latin = |text: &str| text.chars().all(|c| c.is_ascii() || c == 'é');
        for place in places.0.iter().map(|kept| kept.place()) {
            let regions = place.regions.iter().map(|r| &r.name);
            let holidays = place.holidays.iter().map(|h| &h.name);
            let closures = place.closures.iter().map(|c| &c.name);
            for name in regions.chain(holidays).chain(closures).chain([&place.name]) {
                assert!(
                    !latin(&name.ja) && !name.en.is_empty(),
                    "{}: {name:?}",
                    place.code
                );
                assert!(
                    latin(&name.en) || name.en.contains('ü'),
                    "{}: {name:?}",
                    place.code
                );
            }
        }
    }

    #[test]
    fn a_users_holidays_replace_a_country_or_add_one_and_mistakes_have_their_place() {
        let dir = tempfile::tempdir().expect("dir");
        let folder = dir.path().join("holidays");
        std::fs::create_dir(&folder).expect("a folder");
        let write =
            |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("writes");
        write(
            "nl.toml",
            "name = { ja = \"オランダ\", en = \"Netherlands\" }\nuntil = 2027\n[[holiday]]\nname = { ja = \"国王の日\", en = \"King's Day\" }\non = \"04-27\"\n",
        );
        write(
            "de.toml",
            "name = { ja = \"ドイツ\", en = \"Germany\" }\n[[holiday]]\nname = { ja = \"統一の日\", en = \"Unity\" }\non = \"10-03\"\n",
        );
        let wrong = "name = { ja = \"仏\", en = \"France\" }\n[[holiday]]\nname = { ja = \"元日\", en = \"New Year\" }\non = \"1st of January\"\n[[holiday]]\nname = { ja = \"x\", en = \"x\" }\ndates = [\"2026-01-01\", \"2026-02-30\"]\n[[holiday]]\nname = { ja = \"日\", en = \"x\" }\non = \"05-01\"\nregions = [\"alsace\"]\n";
        write("fr.toml", wrong);
        std::fs::write(
            dir.path().join("cadence.toml"),
            "[holidays]\ncountry = \"nl\"\n",
        )
        .expect("writes");
        let (config, failures) = Config::load(Some(dir.path()));
        let policy = &config.cadence;
        let day = |m, d| chrono::NaiveDate::from_ymd_opt(2027, m, d).expect("day");
        assert_eq!(
            policy.holidays.get(&day(4, 27)).map(|n| n.name.ja.as_str()),
            Some("国王の日")
        );
        let find = |text: &str, m, d| {
            policy
                .places
                .find(text)
                .and_then(|at| at.holiday(day(m, d)).map(|n| n.name.en.clone()))
        };
        assert_eq!(find("Germany", 10, 3).as_deref(), Some("Unity"));
        assert_eq!(
            find("Germany", 5, 1),
            None,
            "the copy replaces the whole file"
        );
        assert_eq!(find("オランダ", 4, 27).as_deref(), Some("King's Day"));
        // The file with mistakes is left out, and the shipped one stands.
        assert_eq!(find("France", 7, 14).as_deref(), Some("Bastille Day"));
        let places: Vec<(usize, Option<usize>, String)> = failures
            .iter()
            .map(|f| match f {
                Failure::Config {
                    path,
                    line,
                    column,
                    reason,
                } if path.ends_with("fr.toml") => (*line, *column, reason.clone()),
                other => panic!("{other:?}"),
            })
            .collect();
        let at: Vec<(usize, Option<usize>)> = places.iter().map(|p| (p.0, p.1)).collect();
        assert_eq!(
            at,
            [(4, Some(6)), (7, Some(24)), (11, Some(12))],
            "{places:?}"
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
