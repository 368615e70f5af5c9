//! The complete note of a check-in as plain sections, from which every format is written.
//! Lines marked private are left out here, so that no writer can forget to.

use super::{Checkin, Mark};

/// One section of the note that may leave the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic<'a> {
    pub section: usize,
    pub lines: Vec<(&'a str, Option<Mark>)>,
}

/// Topics with their public lines; sections without any are left out.
pub fn topics(checkin: &Checkin) -> Vec<Topic<'_>> {
    checkin
        .notes
        .iter()
        .enumerate()
        .map(|(section, lines)| Topic {
            section,
            lines: lines
                .iter()
                .filter(|l| !l.is_private() && !l.words().is_empty())
                .map(|l| {
                    (
                        l.words(),
                        l.meaning().filter(|m| stands(checkin, *m, l.words())),
                    )
                })
                .collect(),
        })
        .filter(|t| !t.lines.is_empty())
        .collect()
}

/// Whether a mark was confirmed at the wrap-up; before it, every mark stands.
fn stands(checkin: &Checkin, mark: Mark, words: &str) -> bool {
    mark == Mark::Action
        || checkin.wrapup.items.as_ref().is_none_or(|items| {
            items
                .iter()
                .any(|i| i.mark == mark && i.text.trim() == words)
        })
}
