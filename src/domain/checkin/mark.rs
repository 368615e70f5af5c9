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
    /// text needs a space after it.
    const SIGNS: [(Mark, &'static str, bool); 8] = [
        (Mark::Private, "//", false),
        (Mark::Action, "!", false),
        (Mark::Quote, ">", true),
        (Mark::Decision, "=", true),
        (Mark::Risk, "~", true),
        (Mark::Opportunity, "$", true),
        (Mark::Feedback, "+", true),
        (Mark::Question, "?", true),
    ];

    /// The mark a text begins with, and the text after the sign.
    pub fn of_text(text: &str) -> Option<(Mark, &str)> {
        let text = text.trim_start();
        for (mark, sign, blank) in Self::SIGNS {
            let mut rest = text;
            let found = sign.chars().all(|c| {
                let first = rest.chars().next().filter(|f| half_width(*f) == c);
                rest = first.map_or(rest, |f| &rest[f.len_utf8()..]);
                first.is_some()
            });
            if found && (!blank || rest.starts_with(char::is_whitespace)) && !rest.trim().is_empty()
            {
                // "!!!" is an exclamation, not a mark. A private sign always counts, so that no
                // private line is exposed.
                let cries = mark == Mark::Action && rest.starts_with(['!', '！']);
                return (!cries).then(|| (mark, rest.trim()));
            }
        }
        None
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
