//! What a line says as the heading of a call: account, day, people, sort of talk. Whether the line is
//! a heading at all is decided in `split.rs`.

use std::ops::Range;

use super::line::{Mark, Plain};
use super::names::{How, Names, Near};
use super::{people, said};
use crate::domain::note::Kind;
use crate::services::dates::in_text::{self, Found};

/// The account that a heading names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Who {
    #[default]
    Nobody,
    One(usize),
    /// Accounts that share the name, or several accounts in one heading.
    Several(Vec<usize>),
    /// The id of one account beside the name of another.
    IdAgainst {
        id: usize,
        name: usize,
    },
    /// A name that no account has, with similar ones.
    Unknown(Vec<Near>),
}

impl Who {
    pub fn is_exact(&self) -> bool {
        matches!(self, Who::One(_) | Who::Several(_) | Who::IdAgainst { .. })
    }

    pub fn is_close(&self) -> bool {
        matches!(self, Who::Unknown(near) if near.first().is_some_and(|n| n.close))
    }
}

/// A line read as a heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    pub mark: Mark,
    pub day: Option<Found>,
    /// The day as it is written.
    pub day_said: String,
    /// Nothing but signs stands before the day.
    pub day_first: bool,
    pub who: Who,
    /// The name as it is written.
    pub name: String,
    /// No other words stand before the name, apart from the day and the sort of talk.
    pub name_first: bool,
    /// A sign or the end of the line follows the name.
    pub separated: bool,
    /// A colon follows the name.
    pub colon: bool,
    pub kind: Option<Kind>,
    /// The line begins with the sort of talk: "Call with …".
    pub kind_first: bool,
    pub people: Vec<String>,
    /// Words that are none of these.
    pub rest: usize,
    /// Those words begin in lower case, as a sentence goes on.
    pub rest_is_prose: bool,
    /// The day is a deadline or a plan.
    pub deadline: bool,
}

/// Bytes of a line that are read as a heading: what follows is text.
const HEAD: usize = 160;

/// A piece of a line between separators.
#[derive(Debug)]
struct Chunk {
    range: Range<usize>,
    /// After "with".
    with: bool,
    /// The sign before it.
    sign: char,
}

pub fn read(plain: &Plain, names: &Names) -> Heading {
    let mut end = plain.text.len().min(HEAD);
    while !plain.text.is_char_boundary(end) {
        end -= 1;
    }
    let (mut text, mut low) = (plain.text[..end].to_owned(), plain.low[..end].to_owned());
    let days = in_text::all(&low);
    let plan = |f: &Found| said::is_deadline(&low[..f.range.start], &low[f.range.end..]);
    let deadline = days.first().is_some_and(plan);
    let day = days.iter().find(|f| !plan(f)).or(days.first()).cloned();
    let mut day_first = false;
    let mut day_said = String::new();
    if let Some(found) = &day {
        day_first = !low[..found.range.start].contains(char::is_alphanumeric);
        day_said = text[found.range.clone()].to_owned();
        blank(&mut text, found.range.clone(), '|');
        blank(&mut low, found.range.clone(), '|');
    }
    for range in in_text::times(&low) {
        blank(&mut text, range.clone(), ' ');
        blank(&mut low, range, ' ');
    }
    let (mut who, mut range) = account(names, &text, &low);
    if let Some(range) = &range {
        blank(&mut low, range.clone(), '|');
    }
    let (mut chunks, kind, kind_first) = chunks(&low);
    if range.is_none()
        && let Some((near, part)) = unknown(names, &text, &mut chunks)
    {
        (who, range) = (Who::Unknown(near), Some(part));
    }
    contradicted(names, &text, &chunks, &mut who);
    let start = range.as_ref().map_or(0, |r| r.start);
    let name_first = range.is_some() && !chunks.iter().any(|c| c.range.start < start);
    let separated = range.as_ref().is_some_and(|r| ends_or_sign(&low[r.end..]));
    let after = range.as_ref().map_or("", |r| low[r.end..].trim_start());
    let colon = after.starts_with(':');
    let (people, rest): (Vec<Chunk>, Vec<Chunk>) = chunks
        .into_iter()
        .partition(|c| is_person(&text[c.range.clone()], c));
    let words = |c: &Chunk| text[c.range.clone()].split_whitespace().count();
    Heading {
        mark: plain.mark,
        day,
        day_said,
        day_first,
        name: range.map_or_else(String::new, |r| text[r].trim().to_owned()),
        who,
        name_first,
        separated,
        colon,
        kind,
        kind_first,
        rest: rest.iter().map(words).sum(),
        rest_is_prose: rest
            .first()
            .is_some_and(|c| text[c.range.clone()].starts_with(char::is_lowercase)),
        people: people
            .iter()
            .flat_map(|c| people::listed(&text[c.range.clone()]))
            .collect(),
        deadline,
    }
}

/// Overwrites a part of a line, byte for byte.
fn blank(text: &mut String, range: Range<usize>, sign: char) {
    let mut cover = String::from(sign);
    cover.push_str(&" ".repeat(range.len().saturating_sub(1)));
    text.replace_range(range, &cover);
}

/// The account named exactly, and where. An id beside the name of another account is neither.
fn account(names: &Names, text: &str, low: &str) -> (Who, Option<Range<usize>>) {
    let hits = names.hits(text, low);
    let id = hits.iter().find(|h| h.how == How::Id);
    let named: Vec<_> = hits.iter().filter(|h| h.how == How::Name).collect();
    if let Some(id) = id {
        let of = id.of[0];
        // A name right beside the id belongs to it.
        let beside = named.iter().find(|n| {
            let (a, b) = if n.range.start < id.range.start {
                (n.range.end, id.range.start)
            } else {
                (id.range.end, n.range.start)
            };
            a <= b && !low[a..b].contains(char::is_alphanumeric)
        });
        return match beside {
            Some(name) => {
                let range = id.range.start.min(name.range.start)..id.range.end.max(name.range.end);
                let who = if name.of.contains(&of) {
                    Who::One(of)
                } else {
                    Who::IdAgainst {
                        id: of,
                        name: name.of[0],
                    }
                };
                (who, Some(range))
            }
            None => (Who::One(of), Some(id.range.clone())),
        };
    }
    let Some(first) = named.first() else {
        return (Who::Nobody, None);
    };
    let mut of = first.of.clone();
    let mut end = first.range.end;
    for next in &named[1..] {
        // "Acme / Globex": both stand in the heading as its name.
        let between = low[end..next.range.start].trim();
        let joined = matches!(between, "/" | "," | "&" | "+" | "and" | "、" | "と" | "|");
        if !joined {
            break;
        }
        of.extend(&next.of);
        end = next.range.end;
    }
    of.sort_unstable();
    of.dedup();
    let range = Some(first.range.start..end);
    match of[..] {
        [one] => (Who::One(one), range),
        _ => (Who::Several(of), range),
    }
}

/// An id with a name beside it that is similar to another account's only is a contradiction.
fn contradicted(names: &Names, text: &str, chunks: &[Chunk], who: &mut Who) {
    let Who::One(of) = *who else { return };
    let Some(chunk) = chunks.first() else { return };
    let said = &text[chunk.range.clone()];
    if chunk.with || people::bare(said).1 {
        return;
    }
    let by_id = names.is_named_by_id(text, of);
    let near = names.near(said);
    let other = near.first().filter(|n| n.close && n.of != of);
    if let Some(other) = other
        && by_id
        && !near.iter().any(|n| n.close && n.of == of)
    {
        *who = Who::IdAgainst {
            id: of,
            name: other.of,
        };
    }
}

/// The first words that may be a company's name, with similar names. They are taken out of the chunks.
fn unknown(
    names: &Names,
    text: &str,
    chunks: &mut Vec<Chunk>,
) -> Option<(Vec<Near>, Range<usize>)> {
    const WORDS: usize = 6;
    let at = chunks.iter().position(|c| {
        let said = &text[c.range.clone()];
        let low = crate::domain::text::fold(said);
        !people::bare(said).1 && !said::is_part(&low) && low.contains(char::is_alphabetic)
    })?;
    let whole = chunks[at].range.clone();
    let said = text[whole.clone()].to_owned();
    if said.split_whitespace().count() > WORDS {
        return None;
    }
    // The name may be the first words only: "Globx Jane".
    let mut ends: Vec<usize> = said
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(i, _)| i)
        .collect();
    ends.push(said.len());
    for end in ends.into_iter().rev() {
        let near = names.near(&said[..end]);
        if near.first().is_some_and(|n| n.close) {
            let name = whole.start..whole.start + end;
            let rest = said[end..].len() - said[end..].trim_start().len();
            chunks[at].range.start = name.end + rest;
            if chunks[at].range.is_empty() {
                chunks.remove(at);
            }
            return Some((near, name));
        }
    }
    chunks.remove(at);
    Some((names.near(&said), whole))
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        '|' | ':'
            | ';'
            | ','
            | '、'
            | '。'
            | '–'
            | '—'
            | '―'
            | '/'
            | '('
            | ')'
            | '['
            | ']'
            | '【'
            | '】'
            | '「'
            | '」'
            | '《'
            | '》'
            | '<'
            | '>'
            | '→'
            | '@'
            | '~'
            | '\t'
            | '*'
            | '_'
            | '"'
    )
}

fn ends_or_sign(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with(|c| is_separator(c) || c == '-')
}

/// The words of a line that are neither a sort of talk nor joining words, in pieces.
fn chunks(low: &str) -> (Vec<Chunk>, Option<Kind>, bool) {
    let mut out: Vec<Chunk> = Vec::new();
    let (mut kind, mut kind_first) = (None, false);
    let (mut with, mut sign, mut open) = (false, ' ', false);
    let mut at = 0;
    while at < low.len() {
        let rest = &low[at..];
        let Some(c) = rest.chars().next() else { break };
        let dash = c == '-' && rest[1..].starts_with(' ');
        if is_separator(c) || dash {
            (sign, with, open) = (c, false, false);
            at += c.len_utf8();
            continue;
        }
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        if let Some((n, of)) = said::talk(rest) {
            kind_first |= kind.is_none() && out.is_empty() && !low[..at].contains('|');
            kind = kind.or(Some(of));
            (open, at) = (false, at + n);
            continue;
        }
        if let Some(n) = said::joining(rest) {
            with |= matches!(&rest[..n], "with" | "w/" | "との");
            // "Jane and Bob" stays one piece.
            open &= matches!(&rest[..n], "and" | "of" | "the");
            at += n;
            continue;
        }
        let n = token(rest);
        let wide = !rest[..n].is_ascii();
        match out.last_mut() {
            Some(last) if open && !wide => last.range.end = at + n,
            _ => out.push(Chunk {
                range: at..at + n,
                with,
                sign,
            }),
        }
        (open, at) = (!wide, at + n);
    }
    (out, kind, kind_first)
}

/// The length of the word at the start of a text: up to a blank or separator, in Japanese also up to
/// a word for a talk.
fn token(rest: &str) -> usize {
    for (i, c) in rest.char_indices().skip(1) {
        let talk = || !c.is_ascii() && said::talk(&rest[i..]).is_some();
        if c.is_whitespace() || is_separator(c) || talk() {
            return i;
        }
    }
    rest.len()
}

/// Whether a piece is a person: with an honorific, after "with", or set off like a name.
fn is_person(said: &str, chunk: &Chunk) -> bool {
    let (bare, polite) = people::bare(said);
    if polite {
        return people::is_name(bare);
    }
    if !people::is_name(said) {
        return false;
    }
    let words = said.split_whitespace().count();
    if chunk.with {
        return words <= 4;
    }
    let short = if said.is_ascii() {
        people::is_capitalised(said) && words <= 3
    } else {
        said.chars().count() <= 6
    };
    match chunk.sign {
        '/' | '(' | '<' | '@' => short,
        ',' | '、' => short && said.is_ascii() && words >= 2,
        _ => false,
    }
}
