//! Hints at risk in notes and tickets, in both languages. The phrases in `config/phrases.toml` are found in all
//! inflections of a Japanese verb, and a model judges the whole line: a shipped phrase alone is no hint,
//! because one harmless line in three has one. Phrases that the user added always are. The effect on
//! signals is the domain's.

use std::sync::OnceLock;

use regex::{RegexSet, RegexSetBuilder};
use regex_lite::Regex;

use super::listening::shipped;
use crate::domain::checkin::agenda::Words;
use crate::domain::listening::{Heard, Lesson, Model, Script};
use crate::domain::settings::dismissal::Dismissal;
use crate::domain::signals::PhraseMatcher;
use crate::domain::text::nfkc;

/// The phrases of one category.
#[derive(Debug, Clone)]
pub struct Phrase {
    pub id: String,
    pub category: Words,
    pub probe: Words,
    pub patterns: Vec<Pattern>,
}

/// A phrase as it is searched for.
#[derive(Debug, Clone)]
pub struct Pattern {
    pub regex: Regex,
    /// Whether the user added it: then it is heard whatever the model says.
    pub own: bool,
}

/// All phrases, compiled.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    phrases: Vec<Phrase>,
    set: OnceLock<Option<RegexSet>>,
    /// What was dismissed as a false alarm or marked as a risk, oldest first.
    lessons: Vec<Dismissal>,
    /// The models after these lessons.
    taught: OnceLock<[Model; 2]>,
}

/// By texts and lessons; patterns are compared as written.
impl PartialEq for Lexicon {
    fn eq(&self, other: &Self) -> bool {
        self.lessons == other.lessons && self.phrases == other.phrases
    }
}

impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        let texts = |p: &Phrase| -> Vec<String> {
            let texts = p.patterns.iter().map(|r| r.regex.as_str().to_owned());
            texts.collect()
        };
        (&self.id, &self.category, &self.probe) == (&other.id, &other.category, &other.probe)
            && texts(self) == texts(other)
    }
}

/// A phrase found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseHit {
    /// The place of the phrase in the lexicon.
    pub phrase: usize,
    /// The matched words, folded: a false alarm is dismissed by them.
    pub words: String,
    /// The byte range in the line; the whole line where folding changed its length.
    pub range: (usize, usize),
    /// What weighed most in the model's judgement, heaviest first; none where the phrase is the user's own.
    pub pieces: Vec<String>,
}

impl Lexicon {
    pub fn new(phrases: Vec<Phrase>) -> Self {
        Self {
            phrases,
            set: OnceLock::new(),
            lessons: Vec::new(),
            taught: OnceLock::new(),
        }
    }

    /// The same lexicon after what was dismissed as false alarms and marked as risks.
    #[must_use]
    pub fn taught(&self, mut lessons: Vec<Dismissal>) -> Self {
        lessons.sort_by(|a, b| (a.at, &a.words).cmp(&(b.at, &b.words)));
        Self {
            lessons,
            taught: OnceLock::new(),
            ..self.clone()
        }
    }

    /// The model that judges lines of a script.
    fn model(&self, script: Script) -> &Model {
        let lessons = |of: Script| {
            let some = self.lessons.iter().filter(|l| !l.line.is_empty());
            some.filter(move |l| Script::of(&l.line) == of)
                .map(|l| Lesson {
                    line: &l.line,
                    risk: l.risk,
                })
        };
        if lessons(script).next().is_none() {
            return shipped(script);
        }
        let taught = self
            .taught
            .get_or_init(|| [Script::Ja, Script::En].map(|of| shipped(of).taught(lessons(of))));
        &taught[usize::from(script == Script::En)]
    }

    pub fn phrase(&self, index: usize) -> Option<&Phrase> {
        self.phrases.get(index)
    }

    /// The candidate patterns of a folded line: the phrase, and its pattern. All are searched in
    /// one pass, because the tickets of ten thousand accounts are searched at once and few have a
    /// match.
    fn candidates(&self, folded: &str) -> Vec<(usize, usize)> {
        let all = || {
            self.phrases
                .iter()
                .enumerate()
                .flat_map(|(i, p)| (0..p.patterns.len()).map(move |k| (i, k)))
        };
        let text = |(i, k): (usize, usize)| {
            self.phrases[i].patterns[k]
                .regex
                .as_str()
                .replace(r"\b", r"(?-u:\b)")
        };
        let set = self.set.get_or_init(|| {
            RegexSetBuilder::new(all().map(text))
                .size_limit(1 << 26)
                .dfa_size_limit(1 << 24)
                .build()
                .ok()
        });
        match set {
            Some(set) => {
                let found = set.matches(folded);
                if found.matched_any() {
                    all()
                        .enumerate()
                        .filter(|(n, _)| found.matched(*n))
                        .map(|(_, place)| place)
                        .collect()
                } else {
                    Vec::new()
                }
            }
            // A pattern that only one of the two regex libraries accepts is searched for by itself.
            None => all().collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// The hints in a line that were not dismissed; each category once, in the order of the words.
    pub fn listen(&self, line: &str) -> Vec<PhraseHit> {
        // A longer line was pasted and is not searched.
        const LONGEST: usize = 2_000;
        if line.trim().is_empty() || line.len() > LONGEST {
            return Vec::new();
        }
        let mut out = self.phrases_in(line);
        let heard = self.model(Script::of(line)).judge(line, &self.signs(&out));
        match heard {
            None => out.retain(|hit| hit.1),
            Some(heard) if out.is_empty() => {
                out.extend(self.hit(line, heard).map(|hit| (hit, false)));
            }
            Some(heard) => {
                for (hit, _) in &mut out {
                    hit.pieces.clone_from(&heard.pieces);
                }
            }
        }
        let dismissed = |words: &str| self.lessons.iter().any(|l| !l.risk && l.words == words);
        let mut out: Vec<PhraseHit> = out.into_iter().map(|(hit, _)| hit).collect();
        out.retain(|hit| !dismissed(&hit.words));
        out.sort_by_key(|h| h.range);
        out
    }

    /// What the model heard, as a hint of its category; none where the file has no such category.
    fn hit(&self, line: &str, heard: Heard) -> Option<PhraseHit> {
        let category = heard.category?;
        let phrase = self.phrases.iter().position(|p| p.id == category)?;
        Some(PhraseHit {
            phrase,
            words: nfkc(&line[heard.range.0..heard.range.1]).to_lowercase(),
            range: heard.range,
            pieces: heard.pieces,
        })
    }

    /// The pieces by which a model knows that phrases were found.
    fn signs(&self, found: &[(PhraseHit, bool)]) -> Vec<String> {
        let sign = |(hit, _): &(PhraseHit, bool)| format!("§{}", self.phrases[hit.phrase].id);
        found.iter().map(sign).collect()
    }

    /// The signs of the phrases in a line, for the making of models.
    pub fn signs_in(&self, line: &str) -> Vec<String> {
        self.signs(&self.phrases_in(line))
    }

    /// The phrases of the file in a line, each category once, and whether the user added the phrase.
    fn phrases_in(&self, line: &str) -> Vec<(PhraseHit, bool)> {
        let folded = nfkc(line).to_lowercase();
        let candidates = self.candidates(&folded);
        if candidates.is_empty() {
            return Vec::new();
        }
        let same = folded.len() == line.len();
        let found = self.phrases.iter().enumerate().filter_map(|(i, phrase)| {
            let own = candidates
                .iter()
                .filter(|c| c.0 == i)
                .map(|c| &phrase.patterns[c.1]);
            // The user's own phrases first: they are heard in any case.
            let (found, own) = own
                .filter_map(|p| Some((p.regex.find(&folded)?, p.own)))
                .min_by_key(|(found, own)| (!own, found.start()))?;
            let inside = |at| same && line.is_char_boundary(at);
            let range = if inside(found.start()) && inside(found.end()) {
                (found.start(), found.end())
            } else {
                (0, line.len())
            };
            let hit = PhraseHit {
                phrase: i,
                words: found.as_str().to_owned(),
                range,
                pieces: Vec::new(),
            };
            Some((hit, own))
        });
        found.collect()
    }
}

impl PhraseMatcher for Lexicon {
    fn matches(&self, line: &str) -> Vec<(String, String)> {
        self.listen(line)
            .into_iter()
            .map(|h| (self.phrases[h.phrase].id.clone(), h.words))
            .collect()
    }

    fn in_ticket(&self, line: &str) -> Vec<(String, String)> {
        /// What every ticket is about.
        const ORDINARY: [&str; 3] = ["negative", "confused", "trouble"];
        let mut hits = self.matches(line);
        if !hits.is_empty() && self.phrases_in(line).is_empty() {
            hits.retain(|(category, _)| !ORDINARY.contains(&category.as_str()));
        }
        hits
    }

    fn marked(&self, line: &str) -> Vec<(String, String)> {
        let mut hits: Vec<PhraseHit> = self.phrases_in(line).into_iter().map(|h| h.0).collect();
        if hits.is_empty() {
            let heard = self.model(Script::of(line)).marked(line);
            hits.extend(self.hit(line, heard));
        }
        let named = |h: PhraseHit| (self.phrases[h.phrase].id.clone(), h.words);
        hits.into_iter().map(named).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, PHRASES};
    use crate::domain::settings::dismissal::Dismissal;
    use crate::domain::signals::PhraseMatcher;

    /// The categories whose phrases are in a line.
    fn categories(line: &str) -> Vec<String> {
        let signs = Config::load(None).0.phrases.signs_in(line).into_iter();
        signs
            .map(|s| s.trim_start_matches('§').to_owned())
            .collect()
    }

    #[test]
    fn japanese_phrases_match_all_inflections() {
        for line in [
            "まだ決めてない",
            "まだ決めていない",
            "まだ決めていません",
            "まだ決まっていません",
            "まだ決まってない",
            "まだ決めておらず、来月に",
            "来期の体制はまだ何も決まっていませんでした",
            "まだ決めてなくて",
        ] {
            assert!(categories(line).contains(&"undecided".to_owned()), "{line}");
        }
        for (line, id) in [
            ("コスト削減の話が出ている", "budget"),
            ("ｺｽﾄ削減", "budget"),
            ("他社さんはどうしていますか", "competitor"),
            ("解約の条件を教えて", "contract"),
            ("データのエクスポートはできますか", "contract"),
            ("現場が抵抗していて", "resistance"),
            ("全然使われていません", "resistance"),
            ("部署が統合されることになった", "reorganisation"),
            ("人員削減がある", "layoffs"),
            ("時間があればやります", "if-time"),
            ("操作がよくわからない", "confused"),
            ("使い方がよく分からなくて", "confused"),
            ("本当に必要かどうか", "need"),
            ("しばらく沈黙", "silence"),
        ] {
            assert!(
                categories(line).contains(&id.to_owned()),
                "{line} → {id}: {:?}",
                categories(line)
            );
        }
    }

    #[test]
    fn english_phrases_match_at_the_start_of_words() {
        for (line, id) in [
            ("They are Not Sure we really need it", "need"),
            ("it is TOO expensive for them", "budget"),
            ("we are reviewing all vendors", "budget"),
            ("a bit confused about roles", "confused"),
            ("the team is resisting", "resistance"),
            ("how do others do this?", "competitor"),
            ("asked about cancellation terms", "contract"),
            ("if we have time next month", "if-time"),
            ("layoffs were announced", "layoffs"),
            ("we haven't decided", "undecided"),
        ] {
            assert!(
                categories(line).contains(&id.to_owned()),
                "{line} → {id}: {:?}",
                categories(line)
            );
        }
        for line in [
            "they love the new report",
            "renewal signed for two years",
            "更新に前向き",
            "定着してきた",
            "決定しました",
            "weekly usage is up",
        ] {
            assert_eq!(categories(line), Vec::<String>::new(), "{line}");
        }
    }

    #[test]
    fn a_hit_has_its_byte_range() {
        let lexicon = Config::load(None).0.phrases;
        let hits = lexicon.listen("Mika: it is too expensive");
        assert_eq!(
            &"Mika: it is too expensive"[hits[0].range.0..hits[0].range.1],
            "too expensive"
        );
    }

    #[test]
    fn a_dismissed_word_stays_dismissed_when_the_file_is_read_again() {
        let line = "it is too expensive for us";
        let fresh = Config::load(None).0.phrases;
        let words = fresh.listen(line)[0].words.clone();
        assert!(!fresh.matches(line).is_empty());
        let dismissed = fresh.taught(vec![Dismissal::of(words.clone())]);
        assert!(dismissed.matches(line).is_empty());
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("phrases.toml"), PHRASES.text).expect("writes");
        let (read, failures) = Config::phrases(home.path());
        assert_eq!(failures, vec![]);
        let reread = read.taught(vec![Dismissal::of(words)]);
        assert_eq!(reread.matches(line), vec![]);
        assert_eq!(reread, dismissed);
        assert_ne!(reread, *fresh);
    }
}
