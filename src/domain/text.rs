//! The door for every text from files and people: cleaned of control characters, of hidden ones in names
//! and ids, and folded for search.

mod fields;
mod hidden;

use unicode_normalization::UnicodeNormalization;

pub use fields::clean_fields;
pub use hidden::{is_hidden, without_hidden};

/// Removes every character a terminal could obey: control characters except newline and tab, and
/// Unicode marks that reorder text. Every way to end a line becomes LF: CRLF, CR, VT, FF, NEL and the
/// separators of lines and paragraphs.
pub fn clean(text: &str) -> String {
    if !text.chars().any(is_unsafe) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if ends_line(c) {
            if c != '\r' || chars.peek() != Some(&'\n') {
                out.push('\n');
            }
        } else if !is_unsafe(c) {
            out.push(c);
        }
    }
    out
}

/// Characters beside LF that end a line somewhere: in mail, in calendars, in JavaScript, on paper.
fn ends_line(c: char) -> bool {
    matches!(
        c,
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
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

/// As [`clean_line`], without characters that take no place, and with blanks of one kind: two ids or
/// names that look alike are alike.
pub fn visible(text: &str) -> String {
    if text.is_ascii() {
        return clean_line(text);
    }
    let blanks = ['\u{a0}', '\u{2007}', '\u{202f}', '\u{3000}'];
    shown_line(&text.replace(blanks, " "))
}

/// As [`clean_line`], without characters that take no place.
pub fn shown_line(text: &str) -> String {
    let line = clean_line(text);
    if line.is_ascii() {
        return line;
    }
    without_hidden(&line).trim().to_owned()
}

/// The text as a part of a file's name: every sign but `-` and `_` is one underscore, so that it is neither a path
/// nor hidden. At most eighty characters.
pub fn file_name(text: &str) -> String {
    let sign = |c: char| {
        if c.is_alphanumeric() || matches!(c, '-' | '_') {
            c
        } else {
            '_'
        }
    };
    text.chars().map(sign).take(80).collect()
}

/// FNV-1a. Ids and stored fingerprints are made from it, so it never changes.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Control characters (C0, C1, DEL), bidirectional overrides and separators of lines never reach a
/// terminal.
pub fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

/// Folds text for search: NFKC, lower case, katakana to hiragana, nothing that takes no place. ｶﾞｽ, ガス
/// and がす fold alike; so do ＡＢＣ and abc.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkc()
        .filter(|c| !is_hidden(*c))
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

/// The text with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
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
        assert_eq!(
            clean("a\rb\u{2028}c\u{85}\r\nd\u{c}e\u{2029}"),
            "a\nb\nc\n\nd\ne\n"
        );
        assert_eq!(clean_line(" a\nb\tc "), "a b c");
    }

    #[test]
    fn no_text_is_a_path() {
        for (text, want) in [
            ("../../etc/passwd", "______etc_passwd"),
            (".hidden", "_hidden"),
            ("田中-2", "田中-2"),
            ("a\0b\u{202e}", "a_b_"),
        ] {
            assert_eq!(file_name(text), want);
        }
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
            let name = visible(&text);
            prop_assert_eq!(&visible(&name), &name);
            prop_assert!(!name.chars().any(|c| is_unsafe(c) || c == '\n' || c == '\t'));
        }

        #[test]
        fn folded_text_hides_nothing(text in any::<String>()) {
            prop_assert!(!fold(&text).chars().any(is_hidden));
        }

        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), fold(&fold(&once)));
        }
    }
}
