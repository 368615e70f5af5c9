//! The marked lines of a call as structured items, which the wrap-up confirms, corrects or drops.

use super::{Checkin, Mark, public};

pub use super::mark::Item;

impl Checkin {
    /// The items with a mark: those confirmed by the wrap-up, before it the marked lines. Private
    /// lines are never among them.
    pub fn items(&self, mark: Mark) -> Vec<&str> {
        match &self.wrapup.items {
            Some(items) => items
                .iter()
                .filter(|i| i.mark == mark && mark != Mark::Private)
                .map(|i| public(&i.text))
                .filter(|text| !text.is_empty())
                .collect(),
            None => self.marked(mark).collect(),
        }
    }

    /// The marked lines a wrap-up asks to confirm, in the order they were written. Actions have a
    /// question of their own.
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
