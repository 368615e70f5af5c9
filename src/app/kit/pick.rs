//! A choice among items, narrowed by typing. `R` is the reply type of the feature that asks.

use chrono::{DateTime, Utc};

use crate::app::kit::editor::Editor;
use crate::app::kit::list::{ListState, Move};
use crate::domain::account::Account;
use crate::domain::search::{Haystack, Search};
use crate::domain::text::fold;
use crate::keys::{Code, Key};

/// What can be chosen in a picker.
#[derive(Debug, Clone, PartialEq)]
pub struct Item<R> {
    pub label: String,
    pub detail: String,
    /// The reply when this item is chosen.
    pub reply: R,
    /// The picker stays open, for items that are read one after the other.
    pub stays: bool,
}

impl<R> Item<R> {
    pub fn new(label: impl Into<String>, detail: impl Into<String>, reply: impl Into<R>) -> Self {
        Self {
            label: label.into(),
            detail: detail.into(),
            reply: reply.into(),
            stays: false,
        }
    }
}

/// A picker: all items, and those that match the typed text.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick<R> {
    pub title: String,
    /// Lines to read before choosing.
    pub about: Vec<String>,
    pub field: Editor,
    pub all: Vec<Item<R>>,
    /// Indices into `all`, best match first.
    pub shown: Vec<usize>,
    pub list: ListState,
    /// Requests items for the typed text; `None` if the picker filters its own items.
    pub finder: Option<R>,
    /// The reply to Tab; without it, Tab moves to the next item.
    pub tab: Option<R>,
}

/// Effect of a key on a picker.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<R> {
    Stay,
    Leave,
    /// The chosen item.
    Chosen(Item<R>),
    /// The typed text changed; this finder must look again.
    Find(R),
    Tab(R),
}

/// Wider than any terminal, so the text never wraps.
const COLUMNS: usize = 200;

impl<R: Clone> Pick<R> {
    pub fn new(title: impl Into<String>, all: Vec<Item<R>>) -> Self {
        let mut pick = Self {
            title: title.into(),
            about: Vec::new(),
            field: Editor::single(""),
            shown: Vec::new(),
            all,
            list: ListState::default(),
            finder: None,
            tab: None,
        };
        pick.refresh();
        pick
    }

    /// Ranks the items by the typed text, with the ranking of `domain::search`.
    pub fn refresh(&mut self) {
        let text = self.field.text();
        let words: Vec<String> = text.split_whitespace().map(fold).collect();
        let search = Search::new(&words);
        let mut hits: Vec<(usize, i64)> = self
            .all
            .iter()
            .enumerate()
            .filter_map(|(i, item)| {
                let hay = Haystack::of(&Account {
                    reading: item.detail.clone(),
                    domain: item.detail.clone(),
                    ..Account::new("".into(), item.label.clone())
                });
                search.rank(&hay).map(|r| (i, r))
            })
            .collect();
        if !words.is_empty() {
            hits.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        }
        self.shown = hits.into_iter().map(|(i, _)| i).collect();
        self.list = ListState::default();
    }

    /// Replaces the items by those a finder returned, and shows all of them.
    pub fn found(&mut self, items: Vec<Item<R>>) {
        self.shown = (0..items.len()).collect();
        (self.all, self.about, self.list) = (items, Vec::new(), ListState::default());
    }

    fn chosen(&self) -> Option<&Item<R>> {
        self.shown.get(self.list.cursor).map(|i| &self.all[*i])
    }

    /// `rows` is the height of the list.
    pub fn key(&mut self, key: Key, rows: usize, at: DateTime<Utc>) -> Outcome<R> {
        let mut go = |to| self.list.go(to, self.shown.len(), rows);
        match (key.code, &self.tab) {
            (Code::Tab, Some(tab)) => return Outcome::Tab(tab.clone()),
            (Code::Esc, _) => return Outcome::Leave,
            (Code::Down | Code::Tab, _) => go(Move::Down),
            (Code::Up | Code::BackTab, _) => go(Move::Up),
            (Code::PageDown, _) => go(Move::PageDown),
            (Code::PageUp, _) => go(Move::PageUp),
            (Code::Char('n'), _) if key.ctrl => go(Move::Down),
            (Code::Char('p'), _) if key.ctrl => go(Move::Up),
            (Code::Enter, _) => {
                if let Some(item) = self.chosen() {
                    return Outcome::Chosen(item.clone());
                }
            }
            _ => {
                let before = self.field.version;
                self.field.key(key, COLUMNS, at);
                if self.field.version != before {
                    return self.typed();
                }
            }
        }
        Outcome::Stay
    }

    pub fn paste(&mut self, text: &str, at: DateTime<Utc>) -> Outcome<R> {
        self.field.paste(text, at);
        self.typed()
    }

    fn typed(&mut self) -> Outcome<R> {
        match &self.finder {
            Some(finder) => Outcome::Find(finder.clone()),
            None => {
                self.refresh();
                Outcome::Stay
            }
        }
    }
}
