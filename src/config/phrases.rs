//! `config/phrases.toml`: the lexicon of warning phrases.

use serde::Deserialize;
use toml::Spanned;

use std::collections::HashSet;
use std::sync::OnceLock;

use super::file::{self, Mistake, PHRASES};
use super::lexicon::{Lexicon, Pattern, Phrase};
use crate::domain::checkin::agenda::Words;
use crate::domain::text::nfkc;
use regex_lite::Regex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    phrase: Vec<WrittenPhrase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPhrase {
    id: Spanned<String>,
    category: Words,
    probe: Words,
    #[serde(default)]
    ja: Vec<Spanned<String>>,
    #[serde(default)]
    en: Vec<Spanned<String>>,
}

/// Negations, as Japanese verbs end in them.
const NOT: &str = "(?:ない|なく|なかっ|なけれ|なさそう|ません|まへん|ませんでした|ず|ねえ|ねぇ|ん)";
/// The progressive form of a verb.
const GOING_ON: &str = "(?:て|って|で)?(?:い|お|おら)?";

/// A phrase of the lexicon as a pattern; an error has the reason.
fn pattern(words: &str, latin: bool) -> Result<Regex, String> {
    if words.trim().is_empty() {
        return Err("it is empty".into());
    }
    let folded = nfkc(words.trim()).to_lowercase();
    let spread = folded
        .replace("{ない}", NOT)
        .replace("{て}", GOING_ON)
        .replace(' ', r"\s+");
    let whole = if latin {
        format!(r"\b(?:{spread})")
    } else {
        spread
    };
    Regex::new(&whole).map_err(|e| e.to_string())
}

/// The phrases that come with the program.
fn shipped() -> &'static HashSet<String> {
    static SHIPPED: OnceLock<HashSet<String>> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let written: Result<Written, _> = toml::from_str(PHRASES.text);
        let phrases = written.into_iter().flat_map(|w| w.phrase);
        let words = phrases.flat_map(|p| p.ja.into_iter().chain(p.en));
        words.map(Spanned::into_inner).collect()
    })
}

pub fn parse(text: &str) -> Result<Lexicon, Vec<Mistake>> {
    let written: Written = file::parse(text)?;
    let mut mistakes = Vec::new();
    let mut out: Vec<Phrase> = Vec::new();
    for p in written.phrase {
        if out.iter().any(|known| known.id == *p.id.get_ref()) {
            mistakes.push((
                p.id.span().start,
                format!("the id `{}` is taken", p.id.get_ref()),
            ));
        }
        let mut patterns = Vec::new();
        for (words, latin) in
            p.ja.iter()
                .map(|w| (w, false))
                .chain(p.en.iter().map(|w| (w, true)))
        {
            match pattern(words.get_ref(), latin) {
                Ok(regex) => patterns.push(Pattern {
                    regex,
                    own: !shipped().contains(words.get_ref()),
                }),
                Err(reason) => mistakes.push((
                    words.span().start,
                    format!("`{}`: {reason}", words.get_ref()),
                )),
            }
        }
        out.push(Phrase {
            id: p.id.into_inner(),
            category: p.category,
            probe: p.probe,
            patterns,
        });
    }
    if mistakes.is_empty() {
        Ok(Lexicon::new(out))
    } else {
        Err(mistakes)
    }
}
