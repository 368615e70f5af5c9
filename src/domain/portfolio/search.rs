//! The search rank of accounts, one for every list, picker and the command line: by a few letters
//! of the name, its reading (kana or romaji), the domain, a tag or the owner.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use serde::{Deserialize, Serialize};
use wana_kana::ConvertJapanese;

use crate::domain::account::Account;
use crate::domain::portfolio::attributes::beginning;
use crate::domain::text::{fold, visible};

/// The searchable text of one account, folded once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Haystack {
    text: Box<str>,
    /// The end of the name: a hit in the name ranks higher.
    name: usize,
    /// The end of names and readings: scattered letters count only there.
    names: usize,
    /// The end of what names the account. Behind it stand attributes: they find it, but do not name it.
    naming: usize,
    mask: u64,
}

impl Haystack {
    pub fn of(account: &Account) -> Self {
        let mut text = fold(&account.name);
        let name = text.len();
        let reading = fold(&account.reading);
        let mut add = |part: &str| {
            if !part.is_empty() {
                text.push(' ');
                text.push_str(part);
            }
        };
        add(&reading);
        if !reading.is_empty() {
            add(&reading.to_romaji());
        } else if name_has_kana(&account.name) {
            add(&fold(&account.name).to_romaji());
        }
        for alias in &account.aliases {
            add(&fold(alias));
        }
        let names = text.len();
        let mut add = |part: &str| {
            if !part.is_empty() {
                text.push(' ');
                text.push_str(part);
            }
        };
        add(&fold(account.id.as_str()));
        add(&fold(&account.domain));
        add(&fold(&account.owner));
        for tag in &account.tags {
            add(&fold(tag));
        }
        let naming = text.len();
        for value in account.attributes.values() {
            text.push(' ');
            text.push_str(&fold(beginning(value)));
        }
        let mask = mask(&text);
        Self {
            text: text.into(),
            name,
            names,
            naming,
            mask,
        }
    }
}

impl Haystack {
    /// Whether a folded text stands in it.
    pub fn holds(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// The account's name, folded.
    pub fn name(&self) -> &str {
        &self.text[..self.name]
    }
}

/// A name without a stated reading is read as far as it is kana.
fn name_has_kana(name: &str) -> bool {
    name.chars().any(|c| matches!(c, '\u{3041}'..='\u{30fa}'))
}

/// One bit per character, so that most misses cost one comparison.
fn mask(text: &str) -> u64 {
    text.chars().filter(|c| !c.is_whitespace()).fold(0, |m, c| {
        m | 1 << (u32::from(c).wrapping_mul(0x9e37_79b1) >> 26)
    })
}

/// Words to find, prepared for many haystacks.
pub struct Search {
    matcher: SkimMatcherV2,
    words: Vec<(String, u64)>,
    /// Attributes are searched, too.
    attributes: bool,
}

impl Search {
    /// `words` must be folded already (see `Query`).
    pub fn new(words: &[String]) -> Self {
        Self {
            matcher: SkimMatcherV2::default(),
            words: words.iter().map(|w| (w.clone(), mask(w))).collect(),
            attributes: true,
        }
    }

    /// As [`Search::new`], among what names an account: a text of an attribute names none.
    pub fn by_name(words: &[String]) -> Self {
        Self {
            attributes: false,
            ..Self::new(words)
        }
    }

    /// The rank, higher is better; none unless every word is found.
    pub fn rank(&self, hay: &Haystack) -> Option<i64> {
        let mut total = 0;
        for (word, mask) in &self.words {
            if mask & !hay.mask != 0 {
                return None;
            }
            let end = if self.attributes {
                hay.text.len()
            } else {
                hay.naming
            };
            total += match hay.text[..end].find(word.as_str()) {
                // A hit in an attribute comes after those in names.
                Some(at) if at >= hay.naming => 100,
                // A literal hit beats scattered letters, more so at the start or in the name.
                Some(at) => {
                    1_000 + i64::from(at == 0) * 500 + i64::from(at < hay.name) * 200
                        - (hay.name as i64).min(100)
                }
                // Scattered letters count where most of them are adjacent or begin a word.
                None => self
                    .matcher
                    .fuzzy_match(&hay.text[..hay.names], word)
                    .filter(|score| *score >= 16 * word.chars().count() as i64)?,
            };
        }
        Some(total)
    }
}

/// The accounts that the words name, best first.
pub fn find<'a>(
    accounts: impl Iterator<Item = &'a Account>,
    text: &str,
) -> Vec<(&'a Account, i64)> {
    let words: Vec<String> = text.split_whitespace().map(fold).collect();
    let search = Search::by_name(&words);
    let mut hits: Vec<_> = accounts
        .filter_map(|a| search.rank(&Haystack::of(a)).map(|r| (a, r)))
        .collect();
    hits.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.name.cmp(&b.0.name)));
    hits
}

/// The rank from which a name is meant, not only resembled.
pub const LITERAL: i64 = 900;

/// The account a person named on the command line.
#[derive(Debug, Clone, PartialEq)]
pub enum Meant<'a> {
    One(&'a Account),
    /// Nearest first.
    Several(Vec<&'a Account>),
    None,
}

/// An exact id or name wins, then a single literal hit; otherwise the candidates. Scattered letters
/// are too weak to act on and only offered.
pub fn meant<'a>(accounts: impl Iterator<Item = &'a Account> + Clone, text: &str) -> Meant<'a> {
    let text = visible(text);
    let folded = fold(&text);
    let exact: Vec<_> = accounts
        .clone()
        .filter(|a| {
            a.id.as_str() == text
                || fold(&a.name) == folded
                || a.aliases.iter().any(|alias| fold(alias) == folded)
        })
        .collect();
    if let [one] = exact[..] {
        return Meant::One(one);
    }
    if exact.len() > 1 {
        return Meant::Several(exact);
    }
    let hits = find(accounts, &text);
    let literal: Vec<_> = hits
        .iter()
        .filter(|(_, rank)| *rank >= LITERAL)
        .map(|(a, _)| *a)
        .collect();
    match (literal.len(), hits.len()) {
        (1, _) => Meant::One(literal[0]),
        (0, 0) => Meant::None,
        (0, _) => Meant::Several(hits.into_iter().map(|(a, _)| a).take(10).collect()),
        _ => Meant::Several(literal.into_iter().take(10).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(id: &str, name: &str, reading: &str) -> Account {
        Account {
            reading: reading.into(),
            ..Account::new(id.into(), name)
        }
    }

    #[test]
    fn kanji_kana_and_romaji_find_the_same_account() {
        let all = [
            account("1", "株式会社あおば精機", "カブシキガイシャアオバセイキ"),
            account("2", "Harrow & Finch", ""),
        ];
        for text in ["あおば", "アオバ", "ｱｵﾊﾞ", "aoba", "青葉"] {
            let hits = find(all.iter(), text);
            assert_eq!(
                hits.first().map(|(a, _)| a.id.as_str()),
                if text == "青葉" { None } else { Some("1") },
                "{text}"
            );
        }
        assert!(
            find(all.iter(), "aeie").is_empty(),
            "letters from everywhere are no hit"
        );
        assert_eq!(
            find(all.iter(), "hafi").first().map(|(a, _)| a.id.as_str()),
            Some("2")
        );
    }

    #[test]
    fn an_exact_name_wins_over_names_that_contain_it() {
        let all = [
            account("1", "Company_1", ""),
            account("2", "Company_10", ""),
            account("3", "Company_11", ""),
        ];
        assert!(matches!(meant(all.iter(), "company_1"), Meant::One(a) if a.id.as_str() == "1"));
        assert!(matches!(meant(all.iter(), "company"), Meant::Several(v) if v.len() == 3));
        assert_eq!(meant(all.iter(), "zzz"), Meant::None);
        // Scattered letters are offered, never acted on.
        let late = [account("9", "Late Feed Inc", "")];
        assert!(
            matches!(meant(late.iter(), "ainc"), Meant::Several(v) if v.len() == 1)
                || meant(late.iter(), "ainc") == Meant::None
        );
        let kana = [account("8", "ハロー・フィンチ", "")];
        assert!(
            matches!(meant(kana.iter(), "haroo"), Meant::One(_))
                || matches!(meant(kana.iter(), "haro"), Meant::One(_))
        );
        assert!(matches!(
            meant(kana.iter(), "ハロー・フィンチ"),
            Meant::One(_)
        ));
    }
}
