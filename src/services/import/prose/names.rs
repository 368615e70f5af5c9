//! The accounts of the desk by the names that people write: id, name with or without its legal form,
//! reading, domain. Similar names are only offered, never taken.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::said;
use super::spelling::{FORMS_EN, FORMS_JA, core, low, squeeze, stands_alone, unlike};
use crate::domain::account::Account;
use crate::domain::portfolio::search::{Haystack, Search};
use crate::domain::text::{fold, nfkc};

/// What identifies an account in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Id,
    Name,
}

/// Accounts that a part of a line names exactly: one, or several that share the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub range: Range<usize>,
    /// Places in [`Names::accounts`].
    pub of: Vec<usize>,
    pub how: How,
}

/// An account with a similar name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near {
    pub of: usize,
    /// The names differ in a few letters only, or one contains the other.
    pub close: bool,
}

pub struct Names {
    pub accounts: Vec<Account>,
    keys: HashMap<String, Vec<usize>>,
    ids: HashMap<String, usize>,
    /// The compared names of each account.
    forms: Vec<Vec<Vec<char>>>,
    hay: Vec<Haystack>,
    near: RefCell<HashMap<String, Vec<Near>>>,
}

impl Names {
    pub fn new(accounts: Vec<Account>) -> Self {
        let mut names = Self {
            keys: HashMap::new(),
            ids: HashMap::new(),
            forms: Vec::new(),
            hay: accounts.iter().map(Haystack::of).collect(),
            near: RefCell::default(),
            accounts: Vec::new(),
        };
        for (i, account) in accounts.iter().enumerate() {
            let mut forms: Vec<String> = Vec::new();
            let written = [&account.name, &account.reading];
            for name in written.into_iter().chain(&account.aliases) {
                let low = low(name);
                let short = core(&low);
                if stands_alone(&short) {
                    forms.push(squeeze(&short));
                }
                forms.push(squeeze(&low));
            }
            let domain = fold(&account.domain);
            forms.push(squeeze(&domain));
            forms.retain(|f| !f.is_empty());
            forms.sort();
            forms.dedup();
            for form in &forms {
                names.keys.entry(form.clone()).or_default().push(i);
            }
            names
                .forms
                .push(forms.iter().map(|f| f.chars().collect()).collect());
            names.ids.insert(fold(&nfkc(account.id.as_str())), i);
            // Ids of accounts that were merged into this one.
            for alias in &account.aliases {
                names.ids.entry(fold(&nfkc(alias))).or_insert(i);
            }
        }
        names.accounts = accounts;
        names
    }

    /// The accounts that a line names exactly, from left to right. `text` is the half-width line,
    /// `low` the same folded; parts that are no names are blanked in both.
    pub fn hits(&self, text: &str, low: &str) -> Vec<Hit> {
        let mut out = self.id_hits(low);
        let starts: Vec<usize> = low.char_indices().map(|(i, _)| i).collect();
        let mut from = 0;
        for start in starts {
            let inside = out
                .iter()
                .any(|h| h.range.contains(&start) && h.how == How::Id);
            if start < from || inside {
                continue;
            }
            if let Some((end, of)) = self.longest(text, low, start) {
                out.push(Hit {
                    range: start..end,
                    of,
                    how: How::Name,
                });
                from = end;
            }
        }
        out.sort_by_key(|h| h.range.start);
        out
    }

    /// The longest name that begins here.
    fn longest(&self, text: &str, low: &str, start: usize) -> Option<(usize, Vec<usize>)> {
        /// Longer names than this are not looked for in a line.
        const LETTERS: usize = 60;
        let first = low[start..]
            .chars()
            .next()
            .filter(|c| c.is_alphanumeric())?;
        if !begins(text, low, start, first) {
            return None;
        }
        let (mut key, mut best) = (String::new(), None);
        for (i, c) in low[start..].char_indices().take(LETTERS) {
            if c == '&' {
                key.push_str("and");
            } else if c.is_alphanumeric() || c == 'ー' {
                key.push(c);
            } else {
                continue;
            }
            let end = start + i + c.len_utf8();
            if let Some(of) = self.keys.get(&key)
                && ends(text, end)
            {
                best = Some((end, of.clone()));
            }
        }
        let (mut end, of) = best?;
        // A name ends with the dot of its legal form.
        if text[end..].starts_with('.') && text[..end].ends_with(|c: char| c.is_ascii_alphabetic())
        {
            let word = low[..end].rsplit([' ', ',']).next().unwrap_or("");
            end += usize::from(FORMS_EN.contains(&word));
        }
        Some((end, of))
    }

    /// Ids are whole words with a digit. A number alone is an id only where it is long, or marked.
    fn id_hits(&self, low: &str) -> Vec<Hit> {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let mut out = Vec::new();
        let mut start = None;
        let ends = low.char_indices().chain([(low.len(), ' ')]);
        for (i, c) in ends {
            match (start, is_part(c)) {
                (None, true) => start = Some(i),
                (Some(from), false) => {
                    start = None;
                    let word = low[from..i].trim_end_matches('.');
                    let marked = low[..from].ends_with('#');
                    if let Some(of) = self.ids.get(word)
                        && (marked || is_id(word))
                    {
                        out.push(Hit {
                            range: from..from + word.len(),
                            of: vec![*of],
                            how: How::Id,
                        });
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// Whether a line has the id of an account.
    pub fn is_named_by_id(&self, text: &str, of: usize) -> bool {
        let hits = self.id_hits(&text.to_lowercase());
        hits.iter().any(|h| h.of[0] == of)
    }

    /// Up to three accounts with a similar name, the most similar first.
    pub fn near(&self, name: &str) -> Vec<Near> {
        /// A document of unknown names would search for each of them.
        const REMEMBERED: usize = 2_000;
        let wanted = core(&low(name));
        let key = squeeze(&wanted);
        if key.chars().count() < 2 || !key.chars().any(char::is_alphabetic) {
            return Vec::new();
        }
        if let Some(known) = self.near.borrow().get(&key) {
            return known.clone();
        }
        if self.near.borrow().len() >= REMEMBERED {
            return Vec::new();
        }
        let found = self.similar(&wanted, &key);
        self.near.borrow_mut().insert(key, found.clone());
        found
    }

    fn similar(&self, wanted: &str, key: &str) -> Vec<Near> {
        const OFFERED: usize = 3;
        let letters: Vec<char> = key.chars().collect();
        let mut ranked: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for (i, forms) in self.forms.iter().enumerate() {
            let far = forms.iter().filter_map(|f| unlike(&letters, f)).min();
            if let Some(far) = far {
                ranked.insert((far, self.accounts[i].id.as_str()), i);
            }
        }
        let close = ranked.into_values().map(|of| Near { of, close: true });
        let mut out: Vec<Near> = close.take(OFFERED).collect();
        // Else the longest beginning that some account shares.
        let least = if key.is_ascii() { 3 } else { 2 };
        for n in (least..=letters.len()).rev() {
            if out.len() == OFFERED {
                break;
            }
            let begin: String = wanted.chars().take(n).collect();
            let words: Vec<String> = begin.split_whitespace().map(str::to_owned).collect();
            let search = Search::new(&words);
            let hits = self.hay.iter().enumerate();
            let mut hits: Vec<(i64, usize)> = hits
                .filter_map(|(i, hay)| Some((search.rank(hay)?, i)))
                .collect();
            if hits.is_empty() {
                continue;
            }
            hits.sort_by_key(|(rank, i)| (std::cmp::Reverse(*rank), *i));
            for (_, of) in hits {
                if out.len() < OFFERED && out.iter().all(|n| n.of != of) {
                    out.push(Near { of, close: false });
                }
            }
            break;
        }
        out
    }
}

fn is_id(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let other = word.chars().any(|c| !c.is_ascii_digit());
    word.chars().count() >= 2 && digits > 0 && (other || (digits >= 5))
}

/// Whether a name may begin at a place: no letter of the same script stands before it.
fn begins(text: &str, low: &str, start: usize, first: char) -> bool {
    let Some(before) = text[..start].chars().next_back() else {
        return true;
    };
    if !before.is_alphanumeric() && before != 'ー' {
        return true;
    }
    if first.is_ascii() {
        return !before.is_ascii();
    }
    // A particle may stand before a name written in kanji.
    let hiragana = |c: char| matches!(c, 'ぁ'..='ん');
    let legal = FORMS_JA.iter().any(|f| low[..start].ends_with(f));
    legal || (hiragana(before) && !hiragana(text[start..].chars().next().unwrap_or(first)))
}

/// Whether a name may end at a place: what follows is no further letter of it.
fn ends(text: &str, end: usize) -> bool {
    let last = text[..end].chars().next_back().unwrap_or(' ');
    let rest = &text[end..];
    let Some(next) = rest.chars().next() else {
        return true;
    };
    // "acme.example" is no mention of Acme.
    if next == '.' && rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    if !next.is_alphanumeric() && next != 'ー' {
        return true;
    }
    if last.is_ascii() {
        return !next.is_ascii();
    }
    let kana = |c: char| matches!(c, 'ぁ'..='ヿ');
    if said::follows_a_name(rest) {
        return true;
    }
    matches!(next, 'ぁ'..='ん') && !kana(last) || next.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::import::prose::line::Plain;

    fn names() -> Names {
        let account = |id: &str, name: &str, reading: &str, domain: &str| Account {
            reading: reading.into(),
            domain: domain.into(),
            ..Account::new(id.into(), name)
        };
        Names::new(vec![
            account("A11", "Acme Corp", "", "acme.com"),
            account("A12", "Globex", "", ""),
            account("A13", "株式会社青葉", "カブシキガイシャアオバ", ""),
            account("A14", "青葉商事", "アオバショウジ", ""),
            account("A15", "Harrow & Finch, Inc.", "", ""),
            account("A16", "Support Ltd", "", ""),
        ])
    }

    fn found(text: &str) -> Vec<String> {
        let (names, plain) = (names(), Plain::of(text));
        names
            .hits(&plain.text, &plain.low)
            .iter()
            .map(|h| names.accounts[h.of[0]].id.to_string())
            .collect()
    }

    #[test]
    fn names_are_found_as_people_write_them() {
        for (text, ids) in [
            ("Acme Corp – QBR", vec!["A11"]),
            ("Call with ACME on Tuesday", vec!["A11"]),
            ("acme.com", vec!["A11"]),
            ("㈱青葉 定例", vec!["A13"]),
            ("青葉様 定例", vec!["A13"]),
            ("青葉商事 田中様", vec!["A14"]),
            ("アオバ", vec!["A13"]),
            ("Harrow and Finch: call", vec!["A15"]),
            ("A12 Acme", vec!["A12", "A11"]),
            ("a12", vec!["A12"]),
            ("青葉台クリニック", vec![]),
            ("Acmeology", vec![]),
            ("Support call", vec![]),
            ("Support Ltd call", vec!["A16"]),
        ] {
            assert_eq!(found(text), ids, "{text}");
        }
    }

    #[test]
    fn misspelt_names_are_offered() {
        let names = names();
        let near = |text: &str| {
            names
                .near(text)
                .first()
                .filter(|n| n.close)
                .map(|n| names.accounts[n.of].id.to_string())
        };
        for (text, id) in [
            ("Amce Corp", Some("A11")),
            ("Globx", Some("A12")),
            ("青羽商事", Some("A14")),
            ("Harow & Finch", Some("A15")),
            ("青葉商", Some("A14")),
            ("Initech", None),
        ] {
            assert_eq!(near(text).as_deref(), id, "{text}");
        }
        assert!(!names.near("aoba").is_empty(), "by its reading in romaji");
    }
}
