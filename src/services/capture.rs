//! Quick capture: the contents of a typed line beside its text. `Mika asked about SSO ! send doc @me
//! ^fri #feature "too slow"`. `!` starts an action, `@` names its owner, `^` its date, `#` a tag;
//! quotation marks keep a quote.

mod captured;

use crate::domain::action::Side;
use crate::domain::colleague::Role;
use crate::domain::contact::{Contact, Status};
use crate::domain::courtesy;
use crate::domain::ours::Ours;
use crate::domain::text::{clean, fold, half_width, quotes, shown_line, visible};
use crate::domain::when::Now;
use crate::services::dates;

pub use captured::{Captured, Item, Talk};

/// The people `@` can name.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub contacts: &'a [Contact],
    /// The writer, and our people, whom `@` names by role or name.
    pub ours: Ours<'a>,
    pub now: Now,
}

/// Reads a text of any number of lines. The text itself is kept as it was typed.
pub fn read(text: &str, context: Context) -> Captured {
    let text = clean(text).trim().to_owned();
    // Private lines stay text: they give no action, tag or quote.
    let open = text
        .lines()
        .filter(|l| !crate::domain::note::is_private(l))
        .map(crate::domain::checkin::public)
        .collect::<Vec<_>>()
        .join("\n");
    let mut out = Captured {
        quotes: quotes(&open),
        ..Captured::default()
    };
    for line in open.lines() {
        let mut current: Option<Item> = None;
        let spaced = spaced(line);
        let mut words = spaced.split_whitespace();
        while let Some(word) = words.next() {
            let (mark, rest) = split_mark(word);
            match mark {
                Some('!') if begins_action(rest) => {
                    finish(&mut current, &mut out);
                    current = Some(Item {
                        what: rest.to_owned(),
                        side: Side::Us,
                        owner: context.ours.me.to_owned(),
                        due: None,
                        promised: false,
                        inside: false,
                    });
                }
                Some('#')
                    if rest.starts_with(char::is_alphanumeric)
                        && !rest.chars().all(|c| c.is_ascii_digit()) =>
                {
                    let tag = shown_line(rest);
                    if !tag.is_empty() && !out.tags.contains(&tag) {
                        out.tags.push(tag);
                    }
                }
                Some('@') if !rest.is_empty() && current.is_some() => {
                    if let Some(item) = &mut current {
                        let mut name = rest.to_owned();
                        // A given name of two words: "@Wei Ling".
                        if let Some(more) = second_word(rest, words.clone().next(), context) {
                            words.next();
                            name = format!("{rest}_{more}");
                        }
                        (item.side, item.owner) = owner(&name, context);
                    }
                }
                Some('^') if !rest.is_empty() && current.is_some() => {
                    let typed = dated(rest, &mut words);
                    match dates::read(&typed, context.now) {
                        Some(date) => {
                            if let Some(item) = &mut current {
                                item.due = Some(date);
                            }
                            // A due date has no time: it stays in the text.
                            if let Some(time) = dates::time_in(&typed, context.now) {
                                push(&mut current, &time.format("%H:%M").to_string());
                            }
                        }
                        None => {
                            push(&mut current, &format!("^{typed}"));
                            out.unread_dates.push(typed);
                        }
                    }
                }
                _ => push(&mut current, word),
            }
        }
        finish(&mut current, &mut out);
    }
    out.text = text;
    out
}

/// Whether an action begins with a sign before this text: the sign is alone or before a word; "!!!" is only
/// an exclamation.
fn begins_action(rest: &str) -> bool {
    let begins = |c: char| c.is_alphanumeric() || matches!(c, '「' | '『' | '(' | '（' | '"');
    rest.is_empty() || rest.starts_with(begins)
}

/// What a line says before the first action in it, empty where it begins with one; none for a line without
/// an action.
pub fn before_actions(line: &str) -> Option<String> {
    let spaced = spaced(line);
    let is_action = |word: &&str| {
        let (mark, rest) = split_mark(word);
        mark == Some('!') && begins_action(rest)
    };
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let at = words.iter().position(is_action)?;
    // A sign at the end is only an exclamation.
    let follows = at + 1 < words.len() || !split_mark(words[at]).1.is_empty();
    follows.then(|| words[..at].join(" "))
}

/// A typed date that may have several words, `^next fri`, `^31 dec 2026`.
fn dated<'a>(first: &'a str, words: &mut (impl Iterator<Item = &'a str> + Clone)) -> String {
    let more = dates::words_of(std::iter::once(first).chain(words.clone()));
    let mut typed = first.to_owned();
    for word in words.take(more.saturating_sub(1)) {
        typed.push(' ');
        typed.push_str(word);
    }
    typed
}

/// The line with a space before every sign that Japanese text writes without one. `@`, `^` and `#`
/// after a Japanese letter are signs; `!` is one only before an owner or a date, because it also
/// ends many sentences.
fn spaced(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut before: Option<char> = None;
    for (at, c) in line.char_indices() {
        let rest = &line[at + c.len_utf8()..];
        let ends = before.is_some_and(|b| matches!(b, '。' | '」' | '』' | '）'));
        let sign = match half_width(c) {
            '@' | '^' | '#' => rest.chars().next().is_some_and(|n| !n.is_whitespace()),
            // After a sentence a sign, unless it only cries.
            '!' if ends => rest.trim_start().starts_with(char::is_alphanumeric),
            '!' => has_sign(rest) && rest.chars().next().is_some_and(|n| !n.is_whitespace()),
            _ => false,
        };
        if sign && before.is_some_and(|b| !b.is_ascii() && !b.is_whitespace()) {
            out.push(' ');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Whether an owner or a date follows; the `@` of a mail address does not count.
fn has_sign(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        matches!(half_width(c), '@' | '^')
            && !text[..at].ends_with(|b: char| b.is_ascii_alphanumeric())
    })
}

fn push(current: &mut Option<Item>, word: &str) {
    if let Some(item) = current {
        if !item.what.is_empty() {
            item.what.push(' ');
        }
        item.what.push_str(word);
    }
}

fn finish(current: &mut Option<Item>, out: &mut Captured) {
    if let Some(item) = current.take()
        && !item.what.trim().is_empty()
    {
        out.actions.push(item);
    }
}

/// A sign at the start of a word, half or full width. Signs inside a word are ordinary text.
fn split_mark(word: &str) -> (Option<char>, &str) {
    let Some(first) = word.chars().next() else {
        return (None, word);
    };
    match half_width(first) {
        mark @ ('!' | '@' | '^' | '#') => (Some(mark), &word[first.len_utf8()..]),
        _ => (None, word),
    }
}

/// `@me`, `@us`, `@customer`, a contact's name (or part of it, or its reading), one of us by role or name, or
/// another colleague. A name in two words is written with `_`; さん and the like do not matter.
fn owner(written: &str, context: Context) -> (Side, String) {
    let name = &visible(&written.replace('_', " "));
    let folded = fold(courtesy::bare(name).0);
    match folded.as_str() {
        "me" | "私" | "自分" => return (Side::Us, context.ours.me.to_owned()),
        "us" | "当社" | "弊社" => return (Side::Us, String::new()),
        "customer" | "client" | "them" | "客" | "顧客" | "先方" | "お客様" | "お客" => {
            return (Side::Customer, String::new());
        }
        _ => {}
    }
    if fold(context.ours.me) == folded {
        return (Side::Us, context.ours.me.to_owned());
    }
    if let Some(person) = Role::parse(name).and_then(|role| context.ours.of(role)) {
        return (Side::Internal, person.name.clone());
    }
    // One Latin letter is no name, and a name two people share is ambiguous.
    let enough = folded.chars().count() >= if folded.is_ascii() { 2 } else { 1 };
    let fits = |c: &&Contact| {
        let reading = fold(&c.reading);
        enough
            && (courtesy::is_meant(&c.name, name)
                || (!reading.is_empty() && reading.starts_with(&folded)))
    };
    let all: Vec<&Contact> = context.contacts.iter().filter(fits).collect();
    let here: Vec<&&Contact> = all.iter().filter(|c| c.status == Status::Active).collect();
    match (&here[..], &all[..]) {
        ([one], _) => (Side::Customer, one.name.clone()),
        ([], [one]) => (Side::Customer, one.name.clone()),
        ([], []) if is_part(context.ours.me, &folded) => (Side::Us, context.ours.me.to_owned()),
        ([], []) => {
            let person = context.ours.find(name).map(|p| p.name.clone());
            (Side::Internal, person.unwrap_or_else(|| name.clone()))
        }
        _ => (Side::Customer, name.clone()),
    }
}

/// The word behind an owner's name that belongs to it: a contact's name has both, one behind the other.
fn second_word<'a>(first: &str, next: Option<&'a str>, context: Context) -> Option<&'a str> {
    let next = next?;
    let (a, b) = (fold(first), fold(next));
    let both = |name: &str| {
        let parts: Vec<String> = name.split_whitespace().map(fold).collect();
        parts.len() > 1 && parts.windows(2).any(|two| two[0] == a && two[1] == b)
    };
    context
        .contacts
        .iter()
        .any(|c| both(&c.name))
        .then_some(next)
}

/// Whether a folded text is the family or given name of a name.
fn is_part(name: &str, folded: &str) -> bool {
    fold(name).split_whitespace().any(|part| part == folded)
}

/// Actions typed on their own, one or several (the first `!` may be left out), and the `^` words
/// that are no dates. Tags stay in the text, because actions have none.
pub fn action_line(text: &str, context: Context) -> (Vec<Item>, Vec<String>) {
    let line = text.trim();
    let marked = if matches!(split_mark(line).0, Some('!')) {
        line.to_owned()
    } else {
        format!("! {line}")
    };
    let mut read = read(&marked, context);
    if let Some(item) = read.actions.last_mut() {
        for tag in &read.tags {
            item.what.push_str(&format!(" #{tag}"));
        }
    }
    (read.actions, read.unread_dates)
}

#[cfg(test)]
mod tests;
