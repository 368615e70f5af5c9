//! What of a check-in the customer may read: by permission, not by suspicion. The names of the sections,
//! decisions and answered questions go out; any other line only when the user ticks it; what is marked as a
//! risk, an opportunity or private never.

pub mod actions;
mod colleagues;
mod inner;
mod people;
pub mod personal;
mod phrases;
mod promised;
mod questions;

use std::collections::BTreeSet;

use crate::domain::checkin::{Checkin, Mark, public};
use crate::domain::ours::Ours;
use crate::domain::text::capital;
use crate::services::compose::plain;
use crate::words::Lang;

use personal::Names;

pub use people::{addressed, greeted, is_ours, person};
pub use questions::{answer, asked, says_nothing};

/// Why a line stays inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It carries this mark, and never leaves.
    Marked(Mark),
    /// It is not among what leaves by itself, or it was taken out; with the mark that it carries.
    Unticked(Option<Mark>),
    /// It sounds as if it were for us alone, and nobody ticked it.
    Inner,
    /// It is about a personal matter, and nobody ticked it.
    Personal,
    /// It notes that there is no answer or no decision yet, and nobody ticked it.
    Pending,
}

/// A line that stays inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack {
    pub line: String,
    pub why: Why,
}

/// The lines of a check-in for the customer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outgoing {
    /// The sections that were spoken of, by their places.
    pub sections: Vec<usize>,
    pub decisions: Vec<String>,
    pub answered: Vec<String>,
    /// Questions whose answers we promised.
    pub open: Vec<String>,
    /// The lines that were ticked.
    pub ticked: Vec<String>,
    /// What goes out without being ticked, as typed: decisions and answers.
    pub free: Vec<String>,
    pub held: Vec<HeldBack>,
}

/// What the user said of single lines.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// Lines that may leave.
    pub ticked: &'a BTreeSet<String>,
    /// Lines that stay inside although they might leave.
    pub withheld: &'a BTreeSet<String>,
}

/// Whether a mark keeps a line inside whatever is ticked.
pub fn is_inside(mark: Mark) -> bool {
    matches!(mark, Mark::Risk | Mark::Opportunity | Mark::Private)
}

/// A line as it stands in a list of a mail: in English with a capital.
fn sentence(text: &str, lang: Lang) -> String {
    match lang {
        Lang::En => capital(text),
        Lang::Ja => text.to_owned(),
    }
}

/// Why a line that may leave by its kind is asked about first.
fn delicate(text: &str, inner: bool, names: &Names) -> Option<Why> {
    match (inner || names.tells_stance(text), names.is_personal(text)) {
        (true, _) => Some(Why::Inner),
        (false, true) => Some(Why::Personal),
        (false, false) => None,
    }
}

/// The private remark behind what a line says to everyone; empty where there is none.
fn remark(words: &str) -> &str {
    words[public(words).len()..].trim()
}

/// Sorts the lines of a check-in.
pub fn outgoing(c: &Checkin, ours: Ours, said: Said, lang: Lang) -> Outgoing {
    let mut out = Outgoing::default();
    let ticked = said.ticked;
    let names = Names::of(names(c, ours));
    let confirmed = c.wrapup.items.as_deref().unwrap_or_default();
    let inside = |words: &str| {
        let marked = c
            .lines()
            .filter_map(|(_, l)| Some((l.meaning()?, l.words())));
        let items = confirmed.iter().map(|i| (i.mark, i.text.trim()));
        let mut all = marked.chain(items);
        let same = |text: &str| public(text).trim() == public(words).trim();
        all.find(|(mark, text)| is_inside(*mark) && same(text))
            .map(|(mark, _)| mark)
    };
    for (section, lines) in c.notes.iter().enumerate() {
        for line in lines {
            let (words, mark) = (line.words(), line.meaning());
            if words.trim().is_empty() {
                continue;
            }
            if let Some(mark) = mark.filter(|m| is_inside(*m)).or_else(|| inside(words)) {
                out.hold(public(words), Why::Marked(mark));
                continue;
            }
            let text = plain(public(words));
            if !remark(words).is_empty() {
                out.hold(remark(words), Why::Marked(Mark::Private));
            }
            if text.is_empty() {
                continue;
            }
            if out.sections.last() != Some(&section) {
                out.sections.push(section);
            }
            match mark {
                // Actions, decisions and answers are listed by themselves.
                Some(Mark::Action | Mark::Decision) => {}
                Some(Mark::Question) if answer(&text).is_some() => {}
                _ if ticked.contains(&text) => out.ticked.push(text),
                Some(Mark::Question) => out.hold(&text, Why::Pending),
                mark => out.hold(&text, Why::Unticked(mark)),
            }
        }
    }
    let allowed = |mark: Mark| {
        let items = c.items(mark).into_iter();
        let open = items.filter(|text| inside(text).is_none());
        let texts = open.map(|text| plain(public(text)));
        texts
            .filter(|text| !text.is_empty() && !says_nothing(text))
            .collect::<Vec<String>>()
    };
    let lines = c.lines().map(|(_, line)| line.words());
    let narrow: BTreeSet<String> = lines
        .chain(confirmed.iter().map(|item| item.text.as_str()))
        .filter(|words| names.narrows(remark(words)))
        .map(|words| plain(public(words)))
        .collect();
    for text in allowed(Mark::Decision) {
        let pending = promised::is_pending(&text).then_some(Why::Pending);
        let inner = narrow.contains(&text) || inner::is_ours_to_know(&text, ours);
        let why = delicate(&text, inner, &names).or(pending);
        if out.lets_go(&text, why, said) {
            out.decisions.push(sentence(&text, lang));
        }
    }
    for text in allowed(Mark::Question) {
        let narrow = narrow.contains(&text);
        out.question(&text, narrow, (ours, &names), said, lang);
    }
    out
}

/// The names of a call: who was there, and our people.
fn names<'a>(c: &'a Checkin, ours: Ours<'a>) -> impl Iterator<Item = &'a str> {
    let attendees = c.wrapup.attendees.iter().map(String::as_str);
    attendees.chain(ours.colleagues().map(|p| p.name.as_str()))
}

impl Outgoing {
    /// Whether a line leaves: it may, and nobody keeps it inside, or somebody ticked it.
    fn lets_go(&mut self, text: &str, why: Option<Why>, said: Said) -> bool {
        let kept = said.withheld.contains(text).then_some(Why::Unticked(None));
        let why = match why {
            Some(why) => Some(why).filter(|_| !said.ticked.contains(text)),
            None => kept,
        };
        if let Some(why) = why {
            self.hold(text, why);
            return false;
        }
        self.free.push(text.to_owned());
        true
    }

    /// An answered question leaves, and one whose answer we promised.
    fn question(
        &mut self,
        text: &str,
        narrow: bool,
        (ours, names): (Ours, &Names),
        said: Said,
        lang: Lang,
    ) {
        let Some((question, answer)) = answer(text) else {
            return;
        };
        let promised = promised::is_promised(answer, ours);
        let bare = promised::is_pending(answer) || promised::names_ours(answer, ours);
        let pending = (promised::is_pending(answer) && !promised).then_some(Why::Pending);
        let inner = narrow || inner::is_our_answer(question, answer, ours);
        let why = delicate(text, inner, names).or(pending);
        if !self.lets_go(text, why, said) {
            return;
        }
        match promised {
            true if bare => {
                let by = promised::promised_by(answer);
                self.open.push(questions::alone(question, by, lang));
            }
            true => self.open.push(questions::answered(question, answer, lang)),
            false => self
                .answered
                .push(questions::answered(question, answer, lang)),
        }
    }

    fn hold(&mut self, line: &str, why: Why) {
        let line = line.trim().to_owned();
        self.held.push(HeldBack { line, why });
    }
}

#[cfg(test)]
mod tests;
