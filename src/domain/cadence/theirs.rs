//! The days on which one customer is not contacted: its country's holidays and closures, the seasons
//! of its industry, and its own no-contact periods.

use chrono::NaiveDate;

use super::Kind;
use super::closure::{Closure, Season};
use super::place::Named;
use super::places::Where;
use super::policy::Policy;
use super::rhythm::{Blackout, Rhythm};
use crate::domain::account::Account;
use crate::domain::text::fold;

/// One customer's days off. Found once for an account, because each of its touches asks for days.
#[derive(Debug, Clone)]
pub struct Theirs<'a> {
    /// None: the country is not stated, or its holidays are unknown.
    pub at: Option<Where<'a>>,
    rhythm: Option<&'a Rhythm>,
    seasons: Vec<&'a Season>,
}

impl<'a> Theirs<'a> {
    pub fn of(policy: &'a Policy, account: &'a Account) -> Self {
        let at = policy.places.of(account);
        let industry = fold(&account.industry);
        let seasons = policy
            .seasons
            .iter()
            .filter(|s| s.places.is_empty() || at.is_some_and(|at| is_in(s, at)))
            .filter(|s| {
                s.industries.is_empty() || s.industries.iter().any(|i| has_word(&industry, i))
            })
            .collect();
        Self {
            at,
            rhythm: account.cadence.as_deref(),
            seasons,
        }
    }

    pub fn holiday(&self, day: NaiveDate) -> Option<&'a Named> {
        let at = self.at?;
        at.place.holiday(at.region, day)
    }

    pub fn closure(&self, day: NaiveDate) -> Option<&'a Closure> {
        self.at?.place.closure(day)
    }

    /// A no-contact period of the account.
    pub fn blackout(&self, day: NaiveDate) -> Option<&'a Blackout> {
        self.rhythm?.blackout(day)
    }

    /// A season in which the kind of touchpoint waits; without a kind, any kind.
    pub fn season(&self, day: NaiveDate, kind: Option<Kind>) -> Option<&'a Season> {
        let waits = |s: &Season| s.kinds.is_empty() || kind.is_none_or(|k| s.kinds.contains(&k));
        let mut seasons = self.seasons.iter();
        seasons.find(|s| s.days.holds(day) && waits(s)).copied()
    }

    /// Whether the customer may be contacted in this way on the day.
    pub fn is_open(&self, day: NaiveDate, kind: Kind) -> bool {
        self.holiday(day).is_none()
            && self.closure(day).is_none()
            && self.blackout(day).is_none()
            && self.season(day, Some(kind)).is_none()
    }
}

/// Whether a text has the word. Latin words stand alone: "ec" is not in "tech".
fn has_word(text: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, found)| {
        let (before, after) = (&text[..at], &text[at + found.len()..]);
        !word.is_ascii() || !part(before.chars().next_back()) && !part(after.chars().next())
    })
}

fn is_in(season: &Season, at: Where) -> bool {
    let region = at.region.and_then(|r| at.place.regions.get(r));
    season.places.iter().any(|(code, part)| {
        *code == at.place.code
            && part
                .as_ref()
                .is_none_or(|p| region.is_some_and(|r| r.key == *p))
    })
}

#[cfg(test)]
mod tests {
    use super::has_word;

    #[test]
    fn an_industry_is_found_by_whole_words_in_latin_letters_and_by_parts_in_japanese() {
        for (text, word) in [
            ("retail", "retail"),
            ("food & retail (eu)", "retail"),
            ("ec/通販", "ec"),
            ("総合小売業", "小売"),
        ] {
            assert!(has_word(text, word), "{word} in {text}");
        }
        for (text, word) in [
            ("tech", "ec"),
            ("electronics", "ec"),
            ("", "ec"),
            ("卸売", "小売"),
        ] {
            assert!(!has_word(text, word), "{word} in {text}");
        }
    }
}
