//! A term of a filter: a word of the catalogue, and what is asked of its value.

use chrono::NaiveDate;

use super::catalogue::{self, Kind, Read, Word};
use super::dossier_words::On;
use super::value::Value;
use crate::domain::health::Band;
use crate::domain::portfolio::attributes::AttributeText;
use crate::domain::portfolio::row::Row;
use crate::domain::text::{fold, half_width};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Than {
    Less,
    AtMost,
    More,
    AtLeast,
    Exactly,
}

/// What is asked of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Key(&'static str),
    /// Folded.
    Text(String),
    Attribute(AttributeText),
    Number(Than, f64),
    Between(f64, f64),
    Yes(bool),
    Unknown,
}

/// A word of the catalogue with what is asked of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    word: &'static Word,
    /// The part of the word that the user chose, as the metric in `usage.logins`; empty for other words.
    key: String,
    test: Test,
}

impl Term {
    pub(super) fn wants_archived(&self) -> bool {
        self.word.name == "archived" && self.test == Test::Yes(true)
    }

    #[cfg(test)]
    pub(super) fn word(&self) -> &'static Word {
        self.word
    }

    /// Whether a row cannot answer it.
    pub(super) fn reads_records(&self) -> bool {
        matches!(self.word.read, Read::Dossier(_))
    }

    /// The text of an attribute that is asked for.
    pub(super) fn attribute(&self) -> Option<&AttributeText> {
        match &self.test {
            Test::Attribute(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it holds of a row; none where that is unknown, or the row cannot say it.
    pub(super) fn of_row(&self, row: &Row, today: NaiveDate) -> Option<bool> {
        match self.word.read {
            Read::Row(read) => self.test.holds(&read(row, &self.key, today), self.word),
            Read::Dossier(_) | Read::Attribute => None,
        }
    }

    /// Whether it holds of an account's records; none where that is unknown, or a row has to say it.
    pub(super) fn of_records(&self, on: On) -> Option<bool> {
        match self.word.read {
            Read::Dossier(read) => self.test.holds(&read(on, &self.key), self.word),
            Read::Row(_) | Read::Attribute => None,
        }
    }
}

impl Than {
    fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Than::Less => value < limit,
            Than::AtMost => value <= limit,
            Than::More => value > limit,
            Than::AtLeast => value >= limit,
            Than::Exactly => value == limit,
        }
    }
}

impl Test {
    fn holds(&self, value: &Value, word: &Word) -> Option<bool> {
        let is = |text: &str, wanted: &str| match word.kind {
            Kind::Tag => fold(text) == *wanted,
            _ => fold(text).contains(wanted),
        };
        Some(match (self, value) {
            (Test::Unknown, Value::Unknown) => true,
            (Test::Unknown, _) => false,
            (_, Value::Unknown) => return None,
            (Test::Key(wanted), Value::Key(key)) => key == wanted,
            (Test::Key(wanted), Value::Keys(keys)) => keys.contains(wanted),
            (Test::Text(wanted), Value::Text(text)) => is(text, wanted),
            (Test::Text(wanted), Value::Texts(texts)) => texts.iter().any(|text| is(text, wanted)),
            (Test::Number(than, limit), Value::Number(n)) => than.holds(*n, *limit),
            (Test::Between(from, to), Value::Number(n)) => (from..=to).contains(&n),
            (Test::Yes(wanted), Value::Yes(yes)) => wanted == yes,
            _ => false,
        })
    }
}

/// The sign between a word and its value.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Colon,
    Than(Than),
}

/// Reads a term; none where the text is none.
pub(super) fn read(typed: &str) -> Option<Term> {
    let wide: Vec<char> = typed.chars().collect();
    // Terms are read at half width; names keep their own dots and bars.
    let half: Vec<char> = wide.iter().copied().map(half_width).collect();
    splits(&half).into_iter().find_map(|(at, sign, from)| {
        let head: String = half[..at].iter().collect();
        let (half, wide) = (half.get(from..)?, wide.get(from..)?);
        let value = (
            half.iter().collect::<String>(),
            wide.iter().collect::<String>(),
        );
        if head.is_empty() || value.0.is_empty() {
            return None;
        }
        let words = catalogue::named(&head);
        words.into_iter().find_map(|(word, key)| {
            let test = match test(word, sign, &value)? {
                Test::Text(text) if matches!(word.read, Read::Attribute) => {
                    Test::Attribute(AttributeText::new(&key, &text))
                }
                test => test,
            };
            Some(Term { word, key, test })
        })
    })
}

/// The places of signs that may stand between a word and its value, the first to try first: where the word ends, the
/// sign, and where the value begins.
fn splits(letters: &[char]) -> Vec<(usize, Sign, usize)> {
    let is_at = |wanted: &[char]| letters.iter().position(|c| wanted.contains(c));
    if let Some(at) = is_at(&['<', '>'])
        .filter(|at| is_at(&[':']).is_none_or(|colon| colon > *at || letters[..*at].contains(&'.')))
    {
        let with_equals = letters.get(at + 1) == Some(&'=');
        let than = match (letters[at], with_equals) {
            ('<', true) => Than::AtMost,
            ('<', false) => Than::Less,
            (_, true) => Than::AtLeast,
            (_, false) => Than::More,
        };
        return vec![(at, Sign::Than(than), at + 1 + usize::from(with_equals))];
    }
    let colons = letters.iter().enumerate().filter(|(_, c)| **c == ':');
    let mut colons: Vec<usize> = colons.map(|(at, _)| at).collect();
    // The name of a metric may hold one.
    colons.dedup();
    let mut out: Vec<_> = colons.iter().map(|at| (*at, Sign::Colon, at + 1)).collect();
    out.extend(is_at(&['=']).map(|at| (at, Sign::Than(Than::Exactly), at + 1)));
    out
}

/// What is asked of a word; the value at half width and as it was typed.
fn test(word: &Word, sign: Sign, (half, typed): &(String, String)) -> Option<Test> {
    let is_unknown = matches!(half.to_lowercase().as_str(), "unknown" | "不明");
    match (word.kind, sign) {
        (Kind::Choice(choice), Sign::Colon) => match (choice.parse)(half) {
            Some(key) => Some(Test::Key(key)),
            None => is_unknown.then_some(Test::Unknown),
        },
        (Kind::YesNo, Sign::Colon) => yes_or_no(half).map(Test::Yes),
        (Kind::Text | Kind::Tag, Sign::Colon) => {
            // A value keeps its own signs.
            let text = if matches!(word.read, Read::Attribute) {
                typed
            } else {
                half
            };
            Some(Test::Text(fold(text)))
        }
        (Kind::Number(_), Sign::Than(than)) => number(half).map(|n| Test::Number(than, n)),
        (Kind::Number(_), Sign::Colon) if is_unknown => Some(Test::Unknown),
        (Kind::Number(_), Sign::Colon) => match half.split_once("..") {
            Some((from, to)) => Some(Test::Between(number(from)?, number(to)?)),
            None => number(half).map(|n| Test::Number(Than::Exactly, n)),
        },
        _ => None,
    }
}

/// A number with its unit: `90d`, `20%`, `50k`, `1.5m`, `300万`.
fn number(text: &str) -> Option<f64> {
    const SCALES: [(&str, f64); 7] = [
        ("k", 1e3),
        ("K", 1e3),
        ("m", 1e6),
        ("M", 1e6),
        ("万", 1e4),
        ("億", 1e8),
        ("千", 1e3),
    ];
    let text = text.trim_start_matches('=');
    let scaled = SCALES
        .iter()
        .find_map(|(sign, scale)| Some((text.strip_suffix(sign)?, *scale)));
    let (digits, scale) = scaled.unwrap_or((text.trim_end_matches(['d', '日', '%', '件']), 1.0));
    let plain: String = digits.chars().filter(|c| *c != ',').collect();
    let n = plain.parse::<f64>().ok().filter(|n| n.is_finite())?;
    Some(n * scale)
}

fn yes_or_no(value: &str) -> Option<bool> {
    match value.to_lowercase().as_str() {
        "yes" | "はい" => Some(true),
        "no" | "いいえ" => Some(false),
        _ => None,
    }
}

/// A word that looks like a term and is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// At half width.
    pub typed: String,
    /// The word of the catalogue that it names, where its value is not one of that word.
    pub word: Option<&'static Word>,
    /// The word that is meant otherwise, as far as one can tell.
    pub nearest: Option<&'static str>,
}

/// A text that looks like a term and is none, with the word that may be meant.
pub(super) fn unknown(typed: &str) -> Option<Unknown> {
    let word: String = typed.chars().map(half_width).collect();
    let (head, value) = word.split_once([':', '<', '>'])?;
    let named = head.chars().all(char::is_alphabetic) || catalogue::begins(head);
    (named && !head.is_empty() && !value.is_empty()).then(|| Unknown {
        word: catalogue::named(head)
            .into_iter()
            .next()
            .map(|(word, _)| word),
        nearest: catalogue::nearest(head),
        typed: word.clone(),
    })
}

/// The band that a word names, in the filter and on the command line.
pub fn band(word: &str) -> Option<Band> {
    let word: String = word.trim().chars().map(half_width).collect();
    if word.is_empty() {
        return None;
    }
    Band::parse(&word).or_else(|| {
        let key = catalogue::by_word(&word.to_lowercase(), catalogue::BANDS)?;
        Band::parse(key)
    })
}
