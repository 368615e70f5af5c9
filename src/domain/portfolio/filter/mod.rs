//! The filter language of the portfolio: `band:red renewal<90 tier:enterprise owner:佐藤 word word`.

use chrono::NaiveDate;

use crate::domain::account::{Stage, Tier};
use crate::domain::health::Band;
use crate::domain::portfolio::attributes::{Answers, AttributeText};
use crate::domain::portfolio::row::Row;
use crate::domain::text::{fold, half_width};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Than {
    Less,
    AtMost,
    More,
    AtLeast,
}

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Band(Band),
    Tier(Tier),
    Stage(Stage),
    Owner(String),
    Tag(String),
    /// Days to the renewal.
    Renewal(Than, f64),
    Score(Than, f64),
    Arr(Than, f64),
    /// Days since the last touch.
    Touch(Than, f64),
    /// The change of headline usage, percent.
    Usage(Than, f64),
    Actions(Than, f64),
    Tickets(Than, f64),
    Churned(bool),
    Archived(bool),
    /// A text of a column without a field.
    Attribute(AttributeText),
}

/// A parsed filter line: terms that must all hold, and words for the fuzzy search.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    terms: Vec<Term>,
    /// Folded words, all of which must be found.
    pub words: Vec<String>,
    /// Words that look like a term but are not one: they match no row, and the user gets a message.
    pub unknown: Vec<String>,
}

impl Query {
    /// Parses a line. A word that is no term is searched for, so typing never fails.
    pub fn parse(text: &str) -> Self {
        let mut out = Self::default();
        for typed in text.split_whitespace() {
            // Terms are read at half width; names keep their own dots and bars.
            let word: String = typed.chars().map(half_width).collect();
            match term(&word).or_else(|| attribute(&word, typed)) {
                Some(term) => out.terms.push(term),
                None => {
                    if looks_like_a_term(&word) {
                        out.unknown.push(word);
                    }
                    out.words.push(fold(typed));
                }
            }
        }
        out
    }

    /// Whether archived accounts are asked for.
    pub fn wants_archived(&self) -> bool {
        self.terms.contains(&Term::Archived(true))
    }

    /// Whether all terms hold; the words are left to the search. `answers` are the store's, to what
    /// [`Query::beyond`] asks.
    pub fn holds(&self, row: &Row, today: NaiveDate, answers: &Answers) -> bool {
        self.terms.iter().all(|t| t.holds(row, today, answers))
    }

    /// What only the store can answer: texts of attributes that some of the rows hold cut.
    pub fn beyond<'a>(&self, rows: impl Iterator<Item = &'a Row> + Clone) -> Vec<AttributeText> {
        let asked = self.terms.iter().filter_map(|t| match t {
            Term::Attribute(asked) => Some(asked),
            _ => None,
        });
        asked
            .filter(|asked| rows.clone().any(|r| asked.is_cut_in(&r.account)))
            .cloned()
            .collect()
    }
}

fn looks_like_a_term(word: &str) -> bool {
    word.split_once([':', '<', '>'])
        .is_some_and(|(key, value)| {
            !key.is_empty() && !value.is_empty() && key.chars().all(char::is_alphabetic)
        })
}

/// `attr.region:West`: the word at half width, and as it was typed, because values keep their own signs.
fn attribute(word: &str, typed: &str) -> Option<Term> {
    let colon = word.chars().position(|c| c == ':')?;
    let key: String = word.chars().take(colon).collect();
    let (prefix, header) = key.split_once('.')?;
    let value: String = typed.chars().skip(colon + 1).collect();
    let is_prefix = ["attr", "属性"].contains(&prefix.to_ascii_lowercase().as_str());
    (is_prefix && !header.is_empty() && !value.is_empty())
        .then(|| Term::Attribute(AttributeText::new(header, &value)))
}

fn term(word: &str) -> Option<Term> {
    if let Some((key, value)) = word.split_once(':')
        && !value.is_empty()
    {
        return match key.to_ascii_lowercase().as_str() {
            "band" | "health" | "健康" | "区分" => band(value).map(Term::Band),
            "tier" | "ティア" => Tier::parse(value)
                .or_else(|| by_word(value, &TIERS))
                .map(Term::Tier),
            "stage" | "ステージ" => Stage::parse(value)
                .or_else(|| by_word(value, &STAGES))
                .map(Term::Stage),
            "churned" | "解約" => yes_or_no(value).map(Term::Churned),
            "archived" | "アーカイブ" => yes_or_no(value).map(Term::Archived),
            "owner" | "担当" => Some(Term::Owner(fold(value))),
            "tag" | "タグ" => Some(Term::Tag(fold(value))),
            _ => None,
        };
    }
    let at = word.find(['<', '>'])?;
    let than = match &word.as_bytes()[at..] {
        [b'<', b'=', ..] => Than::AtMost,
        [b'<', ..] => Than::Less,
        [b'>', b'=', ..] => Than::AtLeast,
        _ => Than::More,
    };
    let number = word[at + 1..].trim_start_matches('=');
    let (number, scale) = match number.strip_suffix(['k', 'K']) {
        Some(n) => (n, 1e3),
        None => match number.strip_suffix(['m', 'M']) {
            Some(n) => (n, 1e6),
            None => match number.strip_suffix('万') {
                Some(n) => (n, 1e4),
                None => (number.trim_end_matches(['d', '日', '%']), 1.0),
            },
        },
    };
    let value = number.parse::<f64>().ok()? * scale;
    match word[..at].to_ascii_lowercase().as_str() {
        "renewal" | "更新" => Some(Term::Renewal(than, value)),
        "score" | "health" => Some(Term::Score(than, value)),
        "arr" => Some(Term::Arr(than, value)),
        "touch" => Some(Term::Touch(than, value)),
        "usage" => Some(Term::Usage(than, value)),
        "actions" => Some(Term::Actions(than, value)),
        "tickets" => Some(Term::Tickets(than, value)),
        _ => None,
    }
}

fn yes_or_no(value: &str) -> Option<bool> {
    match value {
        "yes" | "はい" => Some(true),
        "no" | "いいえ" => Some(false),
        _ => None,
    }
}

/// The band that a word names, in the filter and on the command line.
pub fn band(word: &str) -> Option<Band> {
    let word: String = word.trim().chars().map(half_width).collect();
    if word.is_empty() {
        return None;
    }
    Band::parse(&word).or_else(|| by_word(&word.to_lowercase(), &BANDS))
}

/// The bands as the screens name them; `red`, `yellow` and `green` are read as well.
const BANDS: [(&str, Band); 7] = [
    ("at-risk", Band::Red),
    ("caution", Band::Yellow),
    ("healthy", Band::Green),
    ("危険", Band::Red),
    ("注意", Band::Yellow),
    ("健全", Band::Green),
    ("不明", Band::Unknown),
];
const TIERS: [(&str, Tier); 3] = [
    ("エンタープライズ", Tier::Enterprise),
    ("ミッドマーケット", Tier::MidMarket),
    ("テックタッチ", Tier::TechTouch),
];
const STAGES: [(&str, Stage); 5] = [
    ("オンボーディング", Stage::Onboarding),
    ("アダプション", Stage::Adoption),
    ("成長", Stage::Growth),
    ("更新", Stage::Renewal),
    ("アドボカシー", Stage::Advocacy),
];

/// The value of a Japanese word; its beginning is enough.
fn by_word<T: Copy>(word: &str, words: &[(&str, T)]) -> Option<T> {
    words
        .iter()
        .find(|(w, _)| w.starts_with(word))
        .map(|(_, value)| *value)
}

impl Than {
    /// An unknown value is neither more nor less.
    fn holds(self, value: Option<f64>, limit: f64) -> bool {
        value.is_some_and(|v| match self {
            Than::Less => v < limit,
            Than::AtMost => v <= limit,
            Than::More => v > limit,
            Than::AtLeast => v >= limit,
        })
    }
}

impl Term {
    fn holds(&self, row: &Row, today: NaiveDate, answers: &Answers) -> bool {
        let s = &row.standing;
        match self {
            // A churned customer has no band; `churned:yes` finds it.
            Term::Band(b) => s.health.band == *b && s.churned.is_none(),
            Term::Tier(t) => s.tier == *t,
            Term::Stage(stage) => s.stage == *stage,
            Term::Owner(o) => fold(&row.account.owner).contains(o.as_str()),
            Term::Tag(tag) => row.account.tags.iter().any(|t| fold(t) == *tag),
            // A past renewal is not within the next days.
            Term::Renewal(than, n) => {
                s.churned.is_none()
                    && than.holds(
                        s.renewal
                            .map(|r| (r - today).num_days() as f64)
                            .filter(|d| *d >= 0.0),
                        *n,
                    )
            }
            Term::Score(than, n) => than.holds(s.health.score.map(f64::from), *n),
            Term::Arr(than, n) => than.holds(s.arr.map(crate::domain::money::Money::units), *n),
            // Never touched counts as longer ago than any number of days.
            Term::Touch(than, n) => than.holds(
                Some(
                    s.last_touch
                        .map_or(f64::INFINITY, |d| (today - d).num_days() as f64),
                ),
                *n,
            ),
            Term::Usage(than, n) => than.holds(s.usage_change.map(f64::from), *n),
            Term::Actions(than, n) => than.holds(Some(f64::from(s.open_actions)), *n),
            Term::Tickets(than, n) => than.holds(Some(f64::from(s.open_tickets)), *n),
            Term::Churned(yes) => s.churned.is_some() == *yes,
            Term::Archived(yes) => row.account.archived.is_some() == *yes,
            Term::Attribute(asked) => answers.holds(asked, &row.account),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_read_as_the_screens_name_them() {
        for (typed, band) in [
            ("band:at-risk", Band::Red),
            ("band:Caution", Band::Yellow),
            ("band:healthy", Band::Green),
            ("区分:危険", Band::Red),
            ("band:red", Band::Red),
        ] {
            assert_eq!(term(typed), Some(Term::Band(band)), "{typed}");
        }
        assert_eq!(term("band:poorly"), None);
    }
}
