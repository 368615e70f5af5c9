//! Headers in compared form, and what stands in them beside their words: the unit, the currency,
//! the tax and the mark of a required column.

use crate::domain::money::Currency;
use crate::domain::text::{is_hidden, nfkc};

/// A header in its compared forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// All of its words.
    pub full: String,
    /// Its words without notes in brackets, units, currencies, tax and marks.
    pub bare: String,
}

impl Compared {
    pub fn of(header: &str) -> Self {
        Self {
            full: normal(header),
            bare: bare(header),
        }
    }

    pub fn all(headers: &[String]) -> Vec<Self> {
        headers.iter().map(|h| Self::of(h)).collect()
    }
}

/// The compared form of a header: NFKC, lower case, every run of other characters one underscore.
/// Between Japanese characters no underscore stays, because they are written with and without a
/// blank.
pub fn normal(header: &str) -> String {
    let folded = nfkc(header.trim()).to_lowercase();
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        if is_hidden(c) {
            continue;
        }
        if c.is_alphanumeric() {
            if out.ends_with('_') && !c.is_ascii() {
                let before = out.trim_end_matches('_').chars().next_back();
                if before.is_some_and(|b| !b.is_ascii()) {
                    out.truncate(out.trim_end_matches('_').len());
                }
            }
            out.push(c);
        } else if !out.ends_with('_') {
            out.push('_');
        }
    }
    out.trim_matches('_').to_owned()
}

/// Words at the end of a header that say how it is counted and not what it is.
const TAILS: &[&str] = &[
    "百万円",
    "千円",
    "万円",
    "億円",
    "円",
    "千ドル",
    "万ドル",
    "ドル",
    "税抜き",
    "税込み",
    "税抜",
    "税込",
    "税別",
    "必須項目",
    "必須",
    "任意",
    "usd",
    "jpy",
    "eur",
    "gbp",
    "yen",
    "required",
    "optional",
    "utc",
    "jst",
    "gmt",
    "in_thousands",
    "in_millions",
    "thousands",
    "millions",
];

fn bare(header: &str) -> String {
    let folded = nfkc(header);
    let mut text = String::with_capacity(folded.len());
    let mut depth = 0_usize;
    for c in folded.chars() {
        match c {
            '(' | '[' | '{' | '【' | '〔' | '<' => depth += 1,
            ')' | ']' | '}' | '】' | '〕' | '>' => depth = depth.saturating_sub(1),
            // A note without brackets runs to the end.
            '※' if depth == 0 => break,
            _ if depth == 0 => text.push(c),
            _ => {}
        }
    }
    let mut out = normal(&text);
    // `①会社名`, `1. 会社名`
    let numbered = out.trim_start_matches(|c: char| c.is_ascii_digit());
    if numbered.len() < out.len() && numbered.starts_with(|c: char| !c.is_ascii()) {
        out = numbered.to_owned();
    }
    if Unit::of(header).scale != 1.0 {
        // The unit stands without brackets: `ARR k$`.
        for tail in [
            "_k", "_m", "_mm", "_mn", "_in_k", "_in_m", "_in", "_000s", "_000",
        ] {
            out = out.strip_suffix(tail).unwrap_or(&out).to_owned();
        }
    }
    while let Some(rest) = TAILS.iter().find_map(|tail| {
        let rest = out.strip_suffix(tail)?;
        // A Japanese unit may follow its word directly; a Latin one is a word of its own.
        let own = rest.ends_with('_') || !tail.is_ascii();
        (own && !rest.trim_matches('_').is_empty()).then(|| rest.trim_matches('_').to_owned())
    }) {
        out = rest;
    }
    out
}

/// How the numbers of a column are counted, as its header says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// The number that one unit of a cell stands for: 1,000 in a column of 千円.
    pub scale: f64,
    pub currency: Option<Currency>,
}

impl Unit {
    pub fn of(header: &str) -> Self {
        let text = nfkc(header).to_lowercase();
        Self {
            scale: scale(&text),
            currency: currency(&text),
        }
    }
}

/// The scale that a header in lower case states.
fn scale(text: &str) -> f64 {
    const JAPANESE: [(&str, f64); 6] = [
        ("百万円", 1e6),
        ("億円", 1e8),
        ("千円", 1e3),
        ("万円", 1e4),
        ("百万ドル", 1e6),
        ("千ドル", 1e3),
    ];
    if let Some((_, scale)) = JAPANESE.iter().find(|(unit, _)| text.contains(unit)) {
        return *scale;
    }
    let says = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if says(&["thousand", "'000", "’000", "(000", "000s", "tsd."]) {
        return 1e3;
    }
    if says(&["million", "mio.", " mn ", "(mn", " mn)"]) {
        return 1e6;
    }
    if says(&["(cents)", "in cents", "(pence)"]) {
        return 0.01;
    }
    // `k USD`, `($K)`, `(M)`, `k€`, `$m`, but not the k of a word.
    let words = text.split(|c: char| !(c.is_alphanumeric() || "$€£¥".contains(c)));
    let signs = |w: &str| w.trim_matches(['$', '€', '£', '¥']).to_owned();
    let bracketed = |w: &str| {
        ["(", "["]
            .iter()
            .any(|open| text.contains(&format!("{open}{w}")))
    };
    for word in words.filter(|w| !w.is_empty()) {
        let has_sign = signs(word).len() < word.len();
        let beside = has_sign || bracketed(word) || currency(text).is_some();
        match signs(word).as_str() {
            "k" | "kusd" | "keur" | "kjpy" | "kgbp" if beside => return 1e3,
            "m" | "mm" | "mn" | "musd" | "meur" | "mjpy" | "mgbp" if beside => return 1e6,
            _ => {}
        }
    }
    1.0
}

/// The currency that a header in lower case names (`refund_amount_usd`, `金額(円)`).
fn currency(text: &str) -> Option<Currency> {
    if text.contains("ドル") {
        return Some(Currency::USD);
    }
    if [
        "円",
        "年額",
        "月額",
        "金額",
        "契約額",
        "税抜",
        "税込",
        "税別",
    ]
    .iter()
    .any(|word| text.contains(word))
    {
        return Some(Currency::JPY);
    }
    let mut words = text.split(|c: char| !(c.is_alphanumeric() || "$€£¥".contains(c)));
    words.find_map(|word| match word {
        "usd" | "kusd" | "musd" => Some(Currency::USD),
        "jpy" | "kjpy" | "mjpy" | "yen" => Some(Currency::JPY),
        "eur" | "keur" | "meur" => Some(Currency::EUR),
        "gbp" | "kgbp" | "mgbp" => Some(Currency::GBP),
        _ => word
            .chars()
            .find(|c| "$€£¥".contains(*c))
            .and_then(|sign| Currency::parse(&sign.to_string())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_its_words_without_unit_and_notes() {
        for (header, want) in [
            ("ARR (USD)", "arr"),
            ("arr_usd", "arr"),
            ("ARR [USD]", "arr"),
            ("年間契約額（円）", "年間契約額"),
            ("年間契約額（税抜）", "年間契約額"),
            ("年間契約額 税込", "年間契約額"),
            ("年間契約額(千円・税抜)", "年間契約額"),
            ("Renewal Date (JST)", "renewal_date"),
            ("Renewal Date*", "renewal_date"),
            ("Account Name (required)", "account_name"),
            ("会社名(※必須項目です)", "会社名"),
            ("会社名※必須", "会社名"),
            ("Account\nName", "account_name"),
            ("契約 開始日", "契約開始日"),
            ("ARR in thousands", "arr"),
            ("ARR k$", "arr"),
            ("ARR 千円", "arr"),
            ("年間契約額：千円", "年間契約額"),
            ("年額_万円", "年額"),
            ("①会社名", "会社名"),
            ("Name\u{200b}", "name"),
            // A unit alone is the word itself.
            ("USD", "usd"),
            ("days (28)", "days"),
        ] {
            assert_eq!(bare(header), want, "{header}");
        }
    }

    #[test]
    fn a_unit_in_a_header_scales_its_numbers() {
        for (header, scale, currency) in [
            ("ARR(千円)", 1e3, Some(Currency::JPY)),
            ("契約金額（百万円）", 1e6, Some(Currency::JPY)),
            ("契約金額（万円、税抜）", 1e4, Some(Currency::JPY)),
            ("ARR (k USD)", 1e3, Some(Currency::USD)),
            ("ARR ($K)", 1e3, Some(Currency::USD)),
            ("ARR (€M)", 1e6, Some(Currency::EUR)),
            ("ARR in thousands", 1e3, None),
            ("ARR (K)", 1e3, None),
            ("ARR ($'000)", 1e3, Some(Currency::USD)),
            ("ARR (000s)", 1e3, None),
            ("ARR (mn EUR)", 1e6, Some(Currency::EUR)),
            ("ARR k$", 1e3, Some(Currency::USD)),
            ("ARR 千円", 1e3, Some(Currency::JPY)),
            ("ARR (cents)", 0.01, None),
            ("arr_usd", 1.0, Some(Currency::USD)),
            ("ARR ($)", 1.0, Some(Currency::USD)),
            ("ARR", 1.0, None),
            // The letters of words are no units.
            ("OKR", 1.0, None),
            ("Type K", 1.0, None),
            ("M&A value", 1.0, None),
        ] {
            let unit = Unit::of(header);
            assert_eq!((unit.scale, unit.currency), (scale, currency), "{header}");
        }
    }
}
