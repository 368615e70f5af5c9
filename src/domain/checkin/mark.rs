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
        (Mark::Risk, "~", After::Letter),
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
                let first = rest.chars().next().filter(|f| half_width(*f) == c);
                rest = first.map_or(rest, |f| &rest[f.len_utf8()..]);
                first.is_some()
            });
            if found && rest.starts_with(|c| after.allows(c)) && !rest.trim().is_empty() {
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
    /// The same, or a number.
    Number,
}

impl After {
    fn allows(self, c: char) -> bool {
        let blank = c.is_whitespace() || matches!(c, '「' | '『' | '"' | '“');
        match self {
            After::Anything => true,
            After::Letter => blank || c.is_alphabetic(),
            After::Number => blank || c.is_alphanumeric(),
        }
    }
}

/// The part of a line before a private remark: `//` at the start or after a blank.
pub fn public(line: &str) -> &str {
    let mut before = ' ';
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let slash = |c: char| c == '/' || c == '／';
        let next = chars.peek().is_some_and(|(_, n)| slash(*n));
        if slash(c) && next && (before.is_whitespace() || c == '／') {
            return line[..at].trim_end();
        }
        before = c;
    }
    line
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
            ("=> next", None),
            ("?", None),
        ] {
            assert_eq!(Mark::of_text(text).map(|m| m.0), mark, "{text}");
        }
    }
}
