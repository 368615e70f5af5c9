//! Completion of the word that is being typed.

use super::catalogue::{Kind, WORDS, Word};
use crate::domain::text::half_width;

/// A way to go on.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// The whole line with it.
    pub line: String,
    /// What is completed: the word, or a value.
    pub shown: String,
    pub word: &'static Word,
    /// Whether it is a value of the word.
    pub is_value: bool,
}

/// How a line may go on at its end: the words that begin as what is typed there, or the values of its word. Nothing
/// where a new word begins.
pub fn complete(line: &str) -> Vec<Completion> {
    let from = line
        .char_indices()
        .rfind(|(_, c)| c.is_whitespace() || matches!(half_width(*c), '(' | '"'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let (before, typed) = line.split_at(from);
    let negated = typed.starts_with(['-', '－', '−']);
    let (sign, typed) = match typed.char_indices().nth(1).filter(|_| negated) {
        Some((at, _)) => typed.split_at(at),
        None => ("", typed),
    };
    let typed: String = typed.chars().map(half_width).collect();
    if typed.is_empty() {
        return Vec::new();
    }
    let whole = |shown: &str| format!("{before}{sign}{shown}");
    match typed.split_once(':') {
        Some((head, value)) => values(head, value)
            .into_iter()
            .map(|(word, value)| {
                let shown = format!("{head}:{value}");
                Completion {
                    line: whole(&format!("{shown} ")),
                    shown: value.to_owned(),
                    word,
                    is_value: true,
                }
            })
            .collect(),
        None => names(&typed)
            .into_iter()
            .map(|(word, name)| Completion {
                line: whole(&name),
                shown: name,
                word,
                is_value: false,
            })
            .collect(),
    }
}

/// The words whose name begins so, with the sign that follows.
fn names(typed: &str) -> Vec<(&'static Word, String)> {
    let typed = typed.to_lowercase();
    let mut out: Vec<(&'static Word, String)> = Vec::new();
    for word in WORDS {
        let sign = match word.kind {
            Kind::Number(_) => "",
            Kind::Choice(_) | Kind::Text | Kind::Tag | Kind::YesNo => ":",
        };
        let own = word.names().filter(|name| {
            !out.iter()
                .any(|(_, known)| known == &format!("{name}{sign}"))
        });
        for name in own {
            let parts = word.parts();
            if word.part.is_none() && name.starts_with(&typed) {
                out.push((word, format!("{name}{sign}")));
                break;
            }
            let Some(of) = word.part.as_ref() else {
                continue;
            };
            let Some(rest) = typed.strip_prefix(&format!("{name}.")) else {
                if name.starts_with(&typed) {
                    out.push((word, format!("{name}.")));
                    break;
                }
                continue;
            };
            if parts.is_empty() && !of.suffix.is_empty() && rest.contains('.') {
                let (part, end) = rest.rsplit_once('.').unwrap_or((rest, ""));
                if of.suffix[1..].starts_with(end) {
                    out.push((word, format!("{name}.{part}{}", of.suffix)));
                }
            }
            let listed = parts.into_iter().filter(|part| part.starts_with(rest));
            out.extend(listed.map(|part| (word, format!("{name}.{part}{sign}"))));
            break;
        }
    }
    out
}

/// The values of a word that begin so.
fn values(head: &str, typed: &str) -> Vec<(&'static Word, &'static str)> {
    let typed = typed.to_lowercase();
    let word = WORDS.iter().filter(|w| w.part.is_none());
    let mut named = word.filter(|w| w.names().any(|name| name.eq_ignore_ascii_case(head)));
    let Some(word) = named.next() else {
        return Vec::new();
    };
    let keys = match word.kind {
        Kind::Choice(choice) => (choice.keys)(),
        Kind::YesNo => vec!["yes", "no"],
        Kind::Text if word.name == "signal" => super::catalogue::signal_kinds(),
        Kind::Text | Kind::Tag | Kind::Number(_) => Vec::new(),
    };
    keys.into_iter()
        .filter(|key| key.starts_with(&typed) && *key != typed)
        .map(|key| (word, key))
        .collect()
}
