//! Whether a line is the heading of a call, or a line of the note above it.

use super::heading::{Heading, Who};
use super::line::{Mark, Plain};
use super::said;
use crate::services::dates::in_text::Said;

/// What stands around a line.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// A blank line, a rule or the start of the document stands before it.
    pub free: bool,
    /// A line of text follows at once.
    pub goes_on: bool,
    /// The heading of the call that the line would otherwise belong to.
    pub above: Option<&'a Heading>,
    /// Headings of calls in this document are accounts without days.
    pub names_alone: bool,
    /// List items may be calls, because the document has no other headings.
    pub items: bool,
}

impl Around<'_> {
    fn same_account(&self, who: &Who) -> bool {
        self.above.is_some_and(|above| above.who == *who)
    }
}

/// Whether the text reads as a sentence.
fn is_sentence(plain: &Plain, h: &Heading) -> bool {
    let text = plain.text.trim_end();
    let short = ["inc.", "corp.", "co.", "ltd."];
    let dot = text.ends_with('.') && !short.iter().any(|s| plain.low.ends_with(s));
    dot || text.ends_with(['。', '!', '?', '、', ',']) || h.rest > 8
}

/// Whether words look like the name of a company: capitals, or Japanese that does not end like a verb.
fn is_name_like(name: &str) -> bool {
    let Some(first) = name.chars().next() else {
        return false;
    };
    if name.is_ascii() {
        let words = name.split_whitespace();
        let small = words.filter(|w| w.starts_with(|c: char| c.is_ascii_lowercase()));
        return (first.is_ascii_uppercase() || first.is_ascii_digit()) && small.count() == 0;
    }
    let kana = |c: char| matches!(c, 'ぁ'..='ん');
    name.chars().count() <= 20 && (!name.ends_with(kana) || name.chars().all(kana))
}

/// Whether a line is the heading of a call.
pub fn is_heading(plain: &Plain, h: &Heading, around: &Around) -> bool {
    if plain.low.contains("http://") || plain.low.contains("https://") {
        return false;
    }
    let named = h.who.is_exact() || h.who.is_close();
    let dated = h.day.is_some() && !h.deadline;
    match h.mark {
        Mark::Quote => false,
        Mark::Bullet => {
            around.items && plain.indent == 0 && named && h.name_first && (dated || h.colon)
        }
        Mark::Bracket => in_brackets(plain, h, around, dated),
        Mark::Hash(_) | Mark::Sign(_) | Mark::Bold => marked(plain, h, around, dated),
        Mark::None => unmarked(plain, h, around, dated),
    }
}

fn in_brackets(plain: &Plain, h: &Heading, around: &Around, dated: bool) -> bool {
    let named = h.who.is_exact() || h.who.is_close();
    let inner = plain.text.trim_start_matches(['[', '【', '《', '〔', ' ']);
    let is_name = !h.name.is_empty() && inner.starts_with(&h.name) && h.separated;
    if named && is_name {
        return dated || around.free || !around.same_account(&h.who);
    }
    if dated && named {
        return true;
    }
    let part = said::is_part(&plain.low);
    dated && around.free && !part && !is_sentence(plain, h)
}

fn level(mark: Mark) -> u8 {
    match mark {
        Mark::Hash(level) => level,
        Mark::None | Mark::Sign(_) | Mark::Bracket | Mark::Bold | Mark::Bullet | Mark::Quote => 0,
    }
}

fn marked(plain: &Plain, h: &Heading, around: &Around, dated: bool) -> bool {
    let deeper = around
        .above
        .is_some_and(|above| level(h.mark) > level(above.mark) && level(above.mark) > 0);
    if dated {
        return h.who.is_exact() || !said::is_part(&plain.low);
    }
    if h.who.is_exact() || h.who.is_close() {
        if h.rest == 0 {
            return !(deeper && around.same_account(&h.who));
        }
        // Further words: a part of the note above, unless its own heading is marked alike.
        let like = around.above.is_none_or(|above| above.mark == h.mark);
        let other = !around.same_account(&h.who);
        return h.who.is_exact() && h.name_first && like && other && !h.deadline;
    }
    // A heading like those of the other calls, with a name that no account has.
    let like = around
        .above
        .is_none_or(|above| above.mark == h.mark && above.day.is_none());
    around.names_alone && like && around.free && !said::is_part(&plain.low) && !h.deadline
}

fn unmarked(plain: &Plain, h: &Heading, around: &Around, dated: bool) -> bool {
    let sentence = is_sentence(plain, h);
    let same = around.same_account(&h.who);
    let short = plain.text.chars().count() <= 70;
    let (exact, close) = (h.who.is_exact(), h.who.is_close());
    let only = h.rest == 0 || h.separated;
    if dated && h.day_first {
        if exact && h.name_first {
            return match (around.free, same) {
                (true, false) => true,
                (true, true) => only || !h.rest_is_prose,
                (false, false) => only,
                // In a list of one-line notes, the next line of the same account.
                (false, true) => {
                    h.separated
                        && around
                            .above
                            .is_some_and(|a| a.day_first && a.mark == h.mark)
                }
            };
        }
        return around.free && !sentence && dated_only(plain, h, around, close, short);
    }
    if dated && exact && h.name_first {
        let plain_words = only || (h.rest <= 3 && !h.rest_is_prose);
        return plain_words && !sentence && (around.free || (!same && h.rest <= 3));
    }
    if h.kind_first && around.free && h.rest <= 4 && !sentence {
        return exact && (dated || !same) || close || (dated && around.goes_on);
    }
    if dated && h.name_first && around.free && !sentence && h.rest <= 3 && !h.rest_is_prose {
        let firm = h
            .day
            .as_ref()
            .is_some_and(|d| matches!(d.said, Said::Day(_)) || d.weekday.is_some());
        return close || (short && is_name_like(&h.name) && (firm || h.separated));
    }
    undated(plain, h, around, sentence)
}

/// A line that begins with a day, without the exact name of an account.
fn dated_only(plain: &Plain, h: &Heading, around: &Around, close: bool, short: bool) -> bool {
    if close {
        return h.rest <= 6;
    }
    if !short || h.rest > 6 || h.rest_is_prose {
        return false;
    }
    let alone = h.name.is_empty() && h.rest == 0;
    if alone {
        return true;
    }
    let Some(day) = &h.day else { return false };
    let after = plain.low[day.range.end.min(plain.low.len())..].trim_start();
    let sign = after.starts_with([':', '-', '–', '—', '/', '|', ',']);
    let firm = matches!(day.said, Said::Day(_)) || day.weekday.is_some();
    let like = h.name.is_empty() || is_name_like(&h.name);
    like && (firm || sign || h.kind.is_some() || around.above.is_none())
}

/// A line without a day: an account alone, or an account with a colon.
fn undated(plain: &Plain, h: &Heading, around: &Around, sentence: bool) -> bool {
    if h.day.is_some() || !h.name_first {
        return false;
    }
    let same = around.same_account(&h.who);
    let exact = h.who.is_exact();
    if exact && h.colon && !plain.text.ends_with(':') {
        let listed = around.above.is_some_and(|a| a.colon && a.mark == h.mark);
        return !same && (around.free || listed);
    }
    if h.rest > 0 || sentence || !around.free {
        return false;
    }
    if exact {
        return !same || around.above.is_some_and(|a| a.day.is_none());
    }
    h.who.is_close() && around.names_alone && around.goes_on && is_name_like(&h.name)
}
