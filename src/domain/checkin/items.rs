//! What a call leaves behind, line by line: the marked lines as structured items, which the wrap-up
//! confirms, mends or drops.

use super::{Checkin, Mark};

pub use super::mark::Item;

impl Checkin {
    /// Items of a kind: those the wrap-up confirmed, before that the marked lines. Private lines are
    /// never among them.
    pub fn items(&self, mark: Mark) -> Vec<&str> {
        match &self.wrapup.items {
            Some(items) => items
                .iter()
                .filter(|i| i.mark == mark && mark != Mark::Private)
                .map(|i| i.text.as_str())
                .collect(),
            None => self.marked(mark).collect(),
        }
    }

    /// The marked lines that a wrap-up asks about, in the order they were written; actions are asked
    /// for by themselves.
    pub fn to_confirm(&self) -> Vec<Item> {
        self.lines()
            .filter(|(_, l)| !l.is_private())
            .filter_map(|(_, l)| {
                Some(Item {
                    mark: l.meaning()?,
                    text: l.words().to_owned(),
                })
            })
            .filter(|i| i.mark != Mark::Action && !i.text.is_empty())
            .collect()
    }
}
