//! The words by which a line is known to be personal, or for us alone: `assets/outgoing.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::text::{fold, nfkc};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub personal: Personal,
    pub inner: Inner,
    pub pending: Pending,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Personal {
    pub always: Vec<String>,
    pub told: Vec<String>,
    pub of_a_person: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inner {
    pub reserved: Vec<String>,
    pub ours: Vec<String>,
    pub ours_unless_sent: Vec<String>,
    pub sends: Vec<String>,
    pub inward: Vec<String>,
    pub price: Vec<String>,
    pub limit: Vec<String>,
    pub asks: Vec<String>,
    pub stance: Vec<String>,
    pub written: Vec<String>,
    pub approves: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pending {
    pub begins: Vec<String>,
    pub anywhere: Vec<String>,
    pub promised: Vec<String>,
    pub others: Vec<String>,
}

/// The shipped words. A test reads them.
pub static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../assets/outgoing.toml")).expect("a test reads the words")
});

/// Whether a text has one of these phrases.
pub fn has_any(text: &str, phrases: &[String]) -> bool {
    // Kana stay apart: ケガ is no part of 「それだけが」.
    let (folded, plain) = (typed_fast(&fold(text)), nfkc(text).to_lowercase());
    phrases.iter().any(|phrase| match phrase.strip_suffix('…') {
        Some(stem) => begins_word(&folded, stem),
        None if phrase.is_ascii() => has_word(&folded, &typed_fast(phrase)),
        None => plain.contains(phrase),
    })
}

/// A text without apostrophes, as people type in a call: "dont".
fn typed_fast(text: &str) -> String {
    text.replace(['\'', '’'], "")
}

/// Whether a folded text has a word or a phrase. An English one stands alone: "internal" is not in "international".
pub fn has_word(folded: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let open = |edge: Option<char>| edge.is_some_and(|c| !c.is_alphanumeric());
    let mut places = folded.match_indices(word);
    places.any(|(at, _)| {
        let before = folded[..at].chars().last();
        let behind = folded[at + word.len()..]
            .trim_start_matches("ly")
            .trim_start_matches('s');
        (open(word.chars().next()) || !letter(before))
            && (open(word.chars().last()) || !letter(behind.chars().next()))
    })
}

fn begins_word(folded: &str, stem: &str) -> bool {
    let mut places = folded.match_indices(stem);
    places.any(|(at, _)| {
        let before = folded[..at].chars().last();
        !before.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_written_as_it_is_sought_and_stands_once() {
        let (personal, inner) = (&WORDS.personal, &WORDS.inner);
        let lists = [
            &personal.always,
            &personal.told,
            &personal.of_a_person,
            &inner.reserved,
            &inner.ours,
            &inner.ours_unless_sent,
            &inner.sends,
            &inner.inward,
            &inner.price,
            &inner.limit,
            &inner.asks,
            &inner.stance,
            &inner.written,
            &inner.approves,
            &WORDS.pending.begins,
            &WORDS.pending.anywhere,
            &WORDS.pending.promised,
            &WORDS.pending.others,
        ];
        for list in lists {
            for (n, phrase) in list.iter().enumerate() {
                assert!(!list[..n].contains(phrase), "{phrase} stands twice");
                let stem = phrase.trim_end_matches('…');
                assert_eq!(stem, nfkc(stem).to_lowercase(), "{phrase}");
                assert!(has_any(stem, std::slice::from_ref(phrase)), "{phrase}");
            }
        }
    }
}
