//! The text that is being read: one spelling for all widths, and a cursor over it.

use crate::domain::text::nfkc;

/// Longer texts are sentences, not dates.
const LONGEST: usize = 64;

/// The text in half width and small letters, with one sort of dash and single spaces, and without
/// the stop at its end; none for a text that is too long to be a date.
pub(super) fn normal(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > LONGEST * 4 {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for c in nfkc(text).chars().flat_map(char::to_lowercase) {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '、' => out.push(','),
            // Byte-order marks and zero-width spaces of other systems.
            '\u{200b}'..='\u{200f}' | '\u{feff}' => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    let kept = out.trim_end_matches([',', '。', ' ', '.']).len();
    out.truncate(kept);
    (!out.is_empty() && out.chars().count() <= LONGEST).then_some(out)
}

/// A number with the count of its digits: `05` is not `5` where a year may be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    pub value: u32,
    pub len: usize,
}

/// A cursor over a normal text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    pub fn new(rest: &'a str) -> Self {
        Self { rest }
    }

    pub fn rest(self) -> &'a str {
        self.rest
    }

    pub fn is_done(self) -> bool {
        self.rest.is_empty()
    }

    pub fn peek(self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Passes over a text that stands here.
    pub fn eat(&mut self, what: &str) -> bool {
        match self.rest.strip_prefix(what) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Passes over the first of the texts that stands here. A text must come before its own
    /// beginnings.
    pub fn eat_any(&mut self, all: &[&str]) -> bool {
        all.iter().any(|one| self.eat(one))
    }

    /// Passes over blanks; whether there were any.
    pub fn space(&mut self) -> bool {
        let rest = self.rest.trim_start();
        let was = rest.len() < self.rest.len();
        self.rest = rest;
        was
    }

    /// Reads with `f`, and stays here where it reads nothing.
    pub fn attempt<T>(&mut self, f: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = *self;
        let found = f(self);
        if found.is_none() {
            *self = before;
        }
        found
    }

    /// A number of at most nine digits.
    pub fn digits(&mut self) -> Option<Digits> {
        let len = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if len == 0 || len > 9 {
            return None;
        }
        let value = self.rest[..len].parse().ok()?;
        self.rest = &self.rest[len..];
        Some(Digits { value, len })
    }

    /// A number in digits or in kanji: `10`, `十`, `二十一`.
    pub fn count(&mut self) -> Option<u32> {
        if self.peek()?.is_ascii_digit() {
            return self.digits().map(|d| d.value);
        }
        let (mut total, mut last, mut len) = (0_u32, None, 0);
        for c in self.rest.chars() {
            match kanji(c) {
                Some(n) if n < 10 => last = Some(last.map_or(n, |l: u32| (l * 10 + n) % 10_000)),
                Some(unit) => {
                    total = (total + last.take().unwrap_or(1) * unit) % 100_000;
                }
                None => break,
            }
            len += c.len_utf8();
        }
        if len == 0 {
            return None;
        }
        self.rest = &self.rest[len..];
        Some(total + last.unwrap_or(0))
    }

    /// Latin letters that stand here.
    pub fn letters(&mut self) -> Option<&'a str> {
        let len = self
            .rest
            .bytes()
            .take_while(u8::is_ascii_alphabetic)
            .count();
        let (word, rest) = self.rest.split_at(len);
        self.rest = rest;
        (len > 0).then_some(word)
    }
}

fn kanji(c: char) -> Option<u32> {
    Some(match c {
        '〇' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_digits_and_kanji() {
        for (text, want, rest) in [
            ("31日", 31, "日"),
            ("十日", 10, "日"),
            ("二十一日", 21, "日"),
            ("三十一", 31, ""),
            ("百二十", 120, ""),
            ("二〇二六年", 2026, "年"),
        ] {
            let mut scan = Scan::new(text);
            assert_eq!((scan.count(), scan.rest()), (Some(want), rest), "{text}");
        }
        assert_eq!(Scan::new("日").count(), None);
        assert_eq!(Scan::new("9999999999").digits(), None);
    }

    #[test]
    fn one_spelling_for_all_widths() {
        assert_eq!(normal("　１２／１（火）　").as_deref(), Some("12/1(火)"));
        assert_eq!(normal("Dec  31 – ").as_deref(), Some("dec 31 -"));
        assert_eq!(normal("10時30分、").as_deref(), Some("10時30分"));
        assert_eq!(normal("㋿9年").as_deref(), Some("令和9年"));
        assert_eq!(normal(&"x".repeat(65)), None);
        assert_eq!(normal(" ... "), None);
    }
}
