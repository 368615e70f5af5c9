//! Text from files and people: cleaned of control characters, and folded for search.

use unicode_normalization::UnicodeNormalization;

/// Removes every character a terminal could obey: control characters except newline and tab, and
/// Unicode marks that reorder or hide text. CRLF becomes LF.
pub fn clean(text: &str) -> String {
    if !text.chars().any(|c| is_unsafe(c) || c == '\r') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\r' {
            if chars.peek() != Some(&'\n') {
                out.push('\n');
            }
        } else if !is_unsafe(c) {
            out.push(c);
        }
    }
    out
}

/// As [`clean`], on one line: newlines and tabs become blanks and the ends are trimmed.
pub fn clean_line(text: &str) -> String {
    let text = clean(text);
    let text = text.trim();
    if text.contains(['\n', '\t']) {
        text.split(['\n', '\t'])
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    } else {
        text.to_owned()
    }
}

/// As [`clean_line`], without characters that take no place: two ids or names that look alike are
/// alike. Variation selectors stay, because they choose between forms of a character.
pub fn visible(text: &str) -> String {
    if text.is_ascii() {
        return clean_line(text);
    }
    let seen: String = text.chars().filter(|c| !takes_no_place(*c)).collect();
    let seen = seen.replace(['\u{a0}', '\u{2007}', '\u{202f}', '\u{3000}'], " ");
    clean_line(&seen)
}

fn takes_no_place(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// FNV-1a. Ids and stored fingerprints are made from it, so it never changes.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Control characters (C0, C1, DEL) and bidirectional overrides never reach a terminal.
pub fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

/// Folds text for search: NFKC, lower case, katakana to hiragana. ｶﾞｽ, ガス and がす fold alike; so do
/// ＡＢＣ and abc.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkc()
        .flat_map(char::to_lowercase)
        .map(hiragana)
        .collect()
}

/// The hiragana of a katakana character that has one.
fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    }
}

/// The half-width form of full-width digits, Latin letters and signs, so that commands typed with a
/// Japanese input method work.
pub fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '。' => '.',
        '、' => ',',
        '・' => '/',
        _ => c,
    }
}

/// The texts between quotation marks: `"…"`, `“…”` and `「…」`.
pub fn quotes(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((start, open)) = rest
        .char_indices()
        .find(|(_, c)| matches!(c, '"' | '“' | '「'))
    {
        let inner = &rest[start + open.len_utf8()..];
        let close = match open {
            '“' => '”',
            '「' => '」',
            _ => '"',
        };
        let Some(end) = inner.find(close) else { break };
        let quote = inner[..end].trim();
        if !quote.is_empty() {
            out.push(quote.to_owned());
        }
        rest = &inner[end + close.len_utf8()..];
    }
    out
}

/// NFKC for values compared as data (numbers, dates, ids in headers).
pub fn nfkc(text: &str) -> String {
    if text.is_ascii() {
        text.to_owned()
    } else {
        text.nfkc().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn kana_width_and_case_fold_together() {
        assert_eq!(fold("ｶﾞｽ会社"), "がす会社");
        assert_eq!(fold("ガス会社"), "がす会社");
        assert_eq!(fold("㈱アオバ"), "(株)あおば");
        assert_eq!(fold("ＡＣＭＥ"), "acme");
    }

    #[test]
    fn escape_sequences_are_removed_and_text_stays() {
        assert_eq!(
            clean("a\u{1b}[31mred\u{9b}5n\r\nb\u{202e}c"),
            "a[31mred5n\nbc"
        );
        assert_eq!(clean_line(" a\nb\tc "), "a b c");
    }

    #[test]
    fn quotes_in_both_languages() {
        assert_eq!(
            quotes("she said \"too slow\" and 「遅い」"),
            ["too slow", "遅い"]
        );
        assert!(quotes("half \"open").is_empty());
    }

    proptest! {
        #[test]
        fn cleaned_text_has_no_control_characters(text in any::<String>()) {
            prop_assert!(!clean(&text).chars().any(is_unsafe));
            prop_assert!(!clean_line(&text).contains(['\n', '\t']));
        }

        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), fold(&fold(&once)));
        }
    }
}
