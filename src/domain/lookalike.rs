//! Names and ids of companies in a form in which two spellings of one are equal, and the accounts that look like
//! a new one. It only finds candidates: whether two accounts are one customer is a person's decision.

use super::account::Account;
use super::closed::closed;
use super::text::{fold, nfkc, without_hidden};

/// Legal forms, folded. They do not tell companies apart, and one list writes them where another does not.
const LEGAL_FORMS: [&str; 12] = [
    "株式会社",
    "(株)",
    "有限会社",
    "(有)",
    "合同会社",
    "(同)",
    "合資会社",
    "合名会社",
    "一般社団法人",
    "(一社)",
    "一般財団法人",
    "(財)",
];

/// Latin words for the legal form, as the last words of a name.
const LATIN_FORMS: [&str; 21] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "llp",
    "lp",
    "plc",
    "kk",
    "gk",
    "gmbh",
    "ag",
    "sa",
    "sas",
    "bv",
    "ab",
    "pty",
];

/// Variants of kanji in names (itaiji), each with the common one.
const VARIANTS: [(&str, char); 27] = [
    ("髙", '高'),
    ("﨑嵜碕", '崎'),
    ("邊邉", '辺'),
    ("齋齊斎", '斉'),
    ("濵濱", '浜'),
    ("澤", '沢'),
    ("國", '国'),
    ("廣", '広'),
    ("嶋嶌", '島'),
    ("櫻", '桜'),
    ("眞", '真'),
    ("德", '徳'),
    ("𠮷", '吉'),
    ("栁", '柳'),
    ("槗", '橋'),
    ("圡", '土'),
    ("惠", '恵'),
    ("學", '学'),
    ("瀨瀬", '瀬'),
    ("黑", '黒'),
    ("靑", '青'),
    ("淸", '清'),
    ("冨", '富'),
    ("神", '神'),
    ("舘", '館'),
    ("龍", '竜'),
    ("會", '会'),
];

/// The words of a company's name without signs and legal form, in lower case and at half width. A name that consists of
/// a legal form alone keeps it.
pub fn name_words(name: &str) -> Vec<String> {
    let mut rest = without_hidden(&nfkc(name)).to_lowercase();
    for form in LEGAL_FORMS {
        rest = rest.replace(form, " ");
    }
    let mut words: Vec<String> = rest
        .replace(['.', '\'', '’'], "")
        .split(|c: char| !c.is_alphanumeric() && c != 'ー')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let ends = |w: &&String| LATIN_FORMS.contains(&w.as_str());
    let kept = words.len() - words.iter().rev().take_while(ends).count();
    if kept > 0 {
        words.truncate(kept);
    }
    words
}

/// A company's name as it is compared: without width, case, blanks, signs, legal form and variants of kanji.
pub fn compared_name(name: &str) -> String {
    let words = name_words(name).concat();
    let words = if words.is_empty() { name } else { &words };
    fold(words).chars().map(common).collect()
}

/// The common form of a variant of a kanji.
fn common(c: char) -> char {
    let of = VARIANTS.iter().find(|(variants, _)| variants.contains(c));
    of.map_or(c, |(_, common)| *common)
}

/// An id as it is compared: without width, case, signs and leading zeros, which spreadsheets drop.
pub fn compared_id(id: &str) -> String {
    let plain: String = fold(id).chars().filter(|c| c.is_alphanumeric()).collect();
    if plain.chars().all(|c| c.is_ascii_digit()) {
        let number = plain.trim_start_matches('0');
        return if number.is_empty() {
            plain
        } else {
            number.to_owned()
        };
    }
    plain
}

/// A domain as it is compared: without scheme, `www.`, path and the local part of an address.
pub fn compared_domain(domain: &str) -> String {
    let text = fold(domain.trim());
    let text = text
        .split_once("://")
        .map_or(text.as_str(), |(_, rest)| rest);
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    host.trim_start_matches("www.")
        .trim_end_matches('.')
        .to_owned()
}

closed! {
    /// Why an account looks like a new one.
    Likeness { Id = "id", Name = "name", Domain = "domain" }
}

/// The accounts that look like one with this id, name and domain, with the first reason of each. An empty text looks
/// like nothing.
pub fn lookalikes<'a>(
    accounts: impl Iterator<Item = &'a Account>,
    id: &str,
    name: &str,
    domain: &str,
) -> Vec<(&'a Account, Likeness)> {
    let (id, name, domain) = (
        compared_id(id),
        compared_name(name),
        compared_domain(domain),
    );
    let like = |a: &Account| {
        let mut ids = std::iter::once(a.id.as_str()).chain(a.aliases.iter().map(String::as_str));
        let mut names = std::iter::once(&a.name).chain(&a.aliases);
        if !id.is_empty() && ids.any(|known| compared_id(known) == id) {
            Some(Likeness::Id)
        } else if !name.is_empty() && names.any(|known| compared_name(known) == name) {
            Some(Likeness::Name)
        } else if !domain.is_empty() && compared_domain(&a.domain) == domain {
            Some(Likeness::Domain)
        } else {
            None
        }
    };
    accounts.filter_map(|a| Some((a, like(a)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_company_are_equal() {
        for (one, other) in [
            ("㈱髙島屋", "株式会社高島屋"),
            ("(株)アオバ精機", "アオバ精機株式会社"),
            ("（株）ｱｵﾊﾞ精機", "あおば 精機"),
            ("渡邉製作所(有)", "渡辺製作所"),
            ("Acme, Inc.", "ACME"),
            ("Acme Co., Ltd.", "acme"),
            ("Harrow & Finch", "Harrow-Finch LLC"),
            ("Ｂｌｕｅ　Ｗａｖｅ", "Blue Wave"),
            ("山﨑商店", "山崎商店"),
        ] {
            assert_eq!(compared_name(one), compared_name(other), "{one} / {other}");
        }
        for (one, other) in [
            ("Acme East", "Acme West"),
            ("高島屋", "高島"),
            ("Company 1", "Company 10"),
            ("株式会社", "有限会社"),
        ] {
            assert_ne!(compared_name(one), compared_name(other), "{one} / {other}");
        }
    }

    #[test]
    fn spellings_of_one_id_and_domain_are_equal() {
        for (one, other) in [("00123", "123"), ("ACME-1", "acme_1"), ("ａｃｍｅ", "acme")] {
            assert_eq!(compared_id(one), compared_id(other), "{one} / {other}");
        }
        assert_ne!(compared_id("A-1"), compared_id("A-10"));
        assert_eq!(compared_id("000"), "000");
        for (one, other) in [
            ("https://www.acme.com/jp", "acme.com"),
            ("info@ACME.com", "acme.com"),
        ] {
            assert_eq!(
                compared_domain(one),
                compared_domain(other),
                "{one} / {other}"
            );
        }
        assert_ne!(compared_domain("acme.com"), compared_domain("acme.co.jp"));
    }
}
