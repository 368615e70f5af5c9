//! The marks of a line, set by a key or by the sign the line begins with.

use serde::{Deserialize, Serialize};

use crate::domain::closed::closed;
use crate::domain::text::half_width;

closed! {
    /// The marks of a line, each on one key.
    Mark {
        Action = "action", Quote = "quote", Risk = "risk", Opportunity = "opportunity",
        Feedback = "feedback", Decision = "decision", Question = "question", Private = "private",
    }
}

impl Mark {
    /// The sign that marks a line at its start, at half width. A sign that also begins ordinary
    /// text (`+81`, `~700`, `$5`) needs a space or a letter after it, `=` and `?` also take a number.
    const SIGNS: [(Mark, &'static str, After); 8] = [
        (Mark::Private, "//", After::Anything),
        (Mark::Action, "!", After::Anything),
        (Mark::Quote, ">", After::Letter),
        (Mark::Decision, "=", After::Number),
        (Mark::Risk, "~", After::Counted),
        (Mark::Opportunity, "$", After::Letter),
        (Mark::Feedback, "+", After::Letter),
        (Mark::Question, "?", After::Number),
    ];

    /// The mark a text begins with, and the text after the sign.
    pub fn of_text(text: &str) -> Option<(Mark, &str)> {
        let text = text.trim_start();
        for (mark, sign, after) in Self::SIGNS {
            let mut rest = text;
            let found = sign.chars().all(|c| {
                // Japanese input methods type 〜 (U+301C) or ～ (U+FF5E) with the same key.
                let same = |f: &char| half_width(*f) == c || (c == '~' && *f == '〜');
                let first = rest.chars().next().filter(same);
                rest = first.map_or(rest, |f| &rest[f.len_utf8()..]);
                first.is_some()
            });
            if found && after.allows(rest) && !rest.trim().is_empty() {
                // "!!!" is an exclamation, not a mark. A private sign always counts, so that no
                // private line is exposed.
                let cries = mark == Mark::Action && rest.starts_with(['!', '！']);
                return (!cries).then(|| (mark, rest.trim()));
            }
        }
        None
    }
}

/// What may stand right after a sign.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Anything,
    /// A blank, a quotation mark or a letter.
    Letter,
    /// The same, or a number of something in Japanese: `~11月の障害`. `~700 users` is about 700.
    Counted,
    /// The same, or a number.
    Number,
}

impl After {
    fn allows(self, rest: &str) -> bool {
        let Some(c) = rest.chars().next() else {
            return false;
        };
        let blank = c.is_whitespace() || matches!(c, '「' | '『' | '"' | '“');
        match self {
            After::Anything => true,
            After::Letter => blank || c.is_alphabetic(),
            After::Counted => {
                let counted = rest.trim_start_matches(|c: char| c.is_numeric());
                let of = counted
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_alphabetic() && !c.is_ascii());
                blank || c.is_alphabetic() || (c.is_numeric() && of)
            }
            After::Number => blank || c.is_alphanumeric(),
        }
    }
}

/// What stands before `//` in an address; any other `//` begins a private remark.
const SCHEMES: [&str; 16] = [
    "http", "https", "ftp", "sftp", "ssh", "git", "file", "ws", "wss", "s3", "smb", "slack",
    "msteams", "zoommtg", "notion", "app",
];

/// The part of a line before a private remark, which `//` begins, also right after a letter or a full stop:
/// Japanese has no blank there. The `//` of an address begins none.
pub fn public(line: &str) -> &str {
    let slash = |c: char| c == '/' || c == '／';
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let doubled = slash(c) && chars.peek().is_some_and(|(_, n)| slash(*n));
        if doubled && (c == '／' || !in_address(&line[..at])) {
            let before = line[..at].trim_end();
            return before
                .trim_end_matches(['(', '（', '、', ',', '「', '['])
                .trim_end();
        }
    }
    line
}

/// Whether a text ends within an address: right behind its scheme, or later without a blank.
fn in_address(before: &str) -> bool {
    let outside = |c: char| c.is_whitespace() || !c.is_ascii();
    let word = before.rsplit(outside).next().unwrap_or_default();
    let colons = word.match_indices(':');
    colons.into_iter().any(|(at, _)| {
        let letters = |c: char| !c.is_ascii_alphanumeric();
        let scheme = word[..at].rsplit(letters).next().unwrap_or_default();
        let rest = &word[at + 1..];
        let known = SCHEMES.iter().any(|s| scheme.eq_ignore_ascii_case(s));
        known && (rest.is_empty() || rest.starts_with("//"))
    })
}

/// A confirmed marked line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub mark: Mark,
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_needs_a_blank_or_a_letter_after_it() {
        for (text, mark) in [
            ("= Pilot ends in January", Some(Mark::Decision)),
            ("=Pilot ends in January", Some(Mark::Decision)),
            ("？SSOは使えるか", Some(Mark::Question)),
            ("~予算が厳しい", Some(Mark::Risk)),
            (">「遅い」", Some(Mark::Quote)),
            ("=12月15日に本番へ切り替える", Some(Mark::Decision)),
            ("+81-3-1234", None),
            ("$500 a month", None),
            ("~700 users", None),
            ("~11月の障害で信用を失った", Some(Mark::Risk)),
            ("～３件の障害", Some(Mark::Risk)),
            ("〜 予算が厳しい", Some(Mark::Risk)),
            ("〜予算が厳しい", Some(Mark::Risk)),
            ("=> next", None),
            ("?", None),
        ] {
            assert_eq!(Mark::of_text(text).map(|m| m.0), mark, "{text}");
        }
    }

    #[test]
    fn a_private_remark_needs_no_blank_before_it() {
        for (line, want) in [
            ("Rollout in May.// boss hates it", "Rollout in May."),
            ("Price fixed (//floor 15)", "Price fixed"),
            (
                "写真の要望は製品部に伝える。//断るつもり",
                "写真の要望は製品部に伝える。",
            ),
            ("4月から使う（仮）//まだ口頭", "4月から使う（仮）"),
            ("下げられます、//10%まで", "下げられます"),
            (
                "Review [draft](https://x.example/d)",
                "Review [draft](https://x.example/d)",
            ),
            ("a:https://x.example // no", "a:https://x.example"),
            ("Pilot in June //she may leave", "Pilot in June"),
            ("price://10%", "price:"),
            (
                "see https://example.com//guide",
                "see https://example.com//guide",
            ),
            (
                "資料はhttps://example.com/aです//内緒",
                "資料はhttps://example.com/aです",
            ),
            (
                "(HTTPS://example.com/a) // inside",
                "(HTTPS://example.com/a)",
            ),
            (
                "https://example.com/a//b,c // x",
                "https://example.com/a//b,c",
            ),
            ("//all", ""),
            ("24/7 and/or", "24/7 and/or"),
        ] {
            assert_eq!(public(line), want, "{line}");
        }
    }
}
