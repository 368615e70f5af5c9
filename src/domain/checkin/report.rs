//! The complete note of a check-in as plain sections, the base of every format. Private lines are
//! removed here, so that no format can expose them.

use super::{Checkin, Mark, public};

/// A section of the note without private lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic<'a> {
    pub section: usize,
    pub lines: Vec<(&'a str, Option<Mark>)>,
}

/// The topics with their public lines; sections without any are left out.
pub fn topics(checkin: &Checkin) -> Vec<Topic<'_>> {
    checkin
        .notes
        .iter()
        .enumerate()
        .map(|(section, lines)| Topic {
            section,
            lines: lines
                .iter()
                .filter(|l| !l.is_private() && !public(l.words()).is_empty())
                .map(|l| {
                    (
                        public(l.words()),
                        l.meaning().filter(|m| counts(checkin, *m, l.words())),
                    )
                })
                .collect(),
        })
        .filter(|t| !t.lines.is_empty())
        .collect()
}

/// Whether a mark counts: after the wrap-up only if it was confirmed, before it always.
fn counts(checkin: &Checkin, mark: Mark, words: &str) -> bool {
    mark == Mark::Action
        || checkin.wrapup.items.as_ref().is_none_or(|items| {
            items
                .iter()
                .any(|i| i.mark == mark && i.text.trim() == words)
        })
}
