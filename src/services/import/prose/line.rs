//! A line of a document, normalised for reading: its mark, and its text in half width. The text of a
//! note is never taken from here; it stays as it was written.

use crate::domain::text::nfkc;

/// What stands before the words of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    None,
    /// A heading of Markdown, with its level.
    Hash(u8),
    /// A sign such as ■ or ◆, or a line framed by `===`.
    Sign(char),
    /// A line that begins with a bracket: `[Acme]`, 【青葉】.
    Bracket,
    Bold,
    Bullet,
    Quote,
}

/// Signs that Japanese documents put before a heading.
const SIGNS: &str = "■□●◆◇▼▽▲△★☆◎▶►♦";

/// A line without its mark, in half width; `low` is the same text folded, byte for byte.
#[derive(Debug, Clone)]
pub struct Plain {
    pub mark: Mark,
    pub text: String,
    pub low: String,
    /// Columns of blanks before the first sign.
    pub indent: usize,
}

impl Plain {
    pub fn of(raw: &str) -> Self {
        let indent = raw.chars().take_while(|c| c.is_whitespace()).count();
        let text = nfkc(raw.trim());
        let (mark, rest) = mark_of(&text);
        let text = rest
            .replace("(株)", "株式会社")
            .replace("(有)", "有限会社")
            .trim()
            .to_owned();
        let low = text.chars().map(low).collect();
        Self {
            mark,
            text,
            low,
            indent,
        }
    }
}

/// The folded form of a character, where it takes as many bytes.
fn low(c: char) -> char {
    let small = c.to_lowercase().next().unwrap_or(c);
    let small = match small {
        'ァ'..='ヶ' => char::from_u32(small as u32 - 0x60).unwrap_or(small),
        _ => small,
    };
    if small.len_utf8() == c.len_utf8() {
        small
    } else {
        c
    }
}

fn mark_of(text: &str) -> (Mark, &str) {
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && text[hashes..].starts_with(' ') {
        let rest = text[hashes..].trim().trim_end_matches('#');
        return (Mark::Hash(hashes as u8), rest);
    }
    let Some(first) = text.chars().next() else {
        return (Mark::None, text);
    };
    let after = &text[first.len_utf8()..];
    if SIGNS.contains(first) {
        return (Mark::Sign(first), after);
    }
    if first == '>' {
        return (Mark::Quote, after);
    }
    for sign in ["**", "__"] {
        let inner = text.strip_prefix(sign).and_then(|t| t.strip_suffix(sign));
        if let Some(inner) = inner.filter(|i| !i.is_empty() && !i.contains(sign)) {
            return (Mark::Bold, inner);
        }
    }
    let framed = text.trim_matches(['=', '-', '*', '~', '―', '─', '━', '<', '>']);
    if text.len() - framed.len() >= 4
        && text.starts_with(['=', '-', '*', '~', '―', '─', '━', '<'])
        && !framed.trim().is_empty()
        && text.starts_with(&text[..first.len_utf8()].repeat(2))
    {
        return (Mark::Sign(first), framed);
    }
    if let Some(rest) = bullet(text) {
        return (Mark::Bullet, rest);
    }
    if matches!(first, '[' | '【' | '《' | '〔') {
        return (Mark::Bracket, text);
    }
    (Mark::None, text)
}

/// The text after the sign of a list item.
fn bullet(text: &str) -> Option<&str> {
    for sign in ["- ", "* ", "+ ", "• ", "‣ ", "· ", "– ", "・"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return Some(rest);
        }
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    if (1..=2).contains(&digits) {
        return rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "));
    }
    None
}

/// Whether a line only separates: three or more of one sign.
pub fn is_rule(raw: &str) -> bool {
    let signs: Vec<char> = raw.chars().filter(|c| !c.is_whitespace()).collect();
    signs.len() >= 3
        && "-=_*~#―─━＝－＊〜".contains(signs[0])
        && signs.iter().all(|c| *c == signs[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_and_words_stay() {
        for (raw, mark, text) in [
            ("## Acme ##", Mark::Hash(2), "Acme"),
            ("■ ㈱青葉　１２／３", Mark::Sign('■'), "株式会社青葉 12/3"),
            ("**Acme**", Mark::Bold, "Acme"),
            ("=== Acme ===", Mark::Sign('='), "Acme"),
            ("- call", Mark::Bullet, "call"),
            ("・確認", Mark::Bullet, "確認"),
            ("1. one", Mark::Bullet, "one"),
            ("【青葉】定例", Mark::Bracket, "【青葉】定例"),
            ("#tag", Mark::None, "#tag"),
            ("3.5 percent", Mark::None, "3.5 percent"),
            ("", Mark::None, ""),
        ] {
            let plain = Plain::of(raw);
            assert_eq!((plain.mark, plain.text.as_str()), (mark, text), "{raw}");
            assert_eq!(plain.text.len(), plain.low.len());
        }
    }

    #[test]
    fn rules_are_lines_of_one_sign() {
        for rule in ["---", "=====", "***", "* * *", "―――", "━━━━"] {
            assert!(is_rule(rule), "{rule}");
        }
        for no in ["--", "-- -x", "", "a---", "--=", "1111"] {
            assert!(!is_rule(no), "{no}");
        }
    }
}
