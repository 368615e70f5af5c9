//! State of the account screen, with one list per tab.

use std::collections::BTreeSet;

use super::{beside, entries};
use crate::app::kit::about::{About, Ground};
use crate::app::kit::list::ListState;
use crate::domain::account_field::AccountField;
use crate::domain::book::Book;
use crate::domain::cadence::plan::Planned;
use crate::domain::change::Operation;
use crate::domain::closed::closed;
use crate::domain::dossier::Dossier;
use crate::domain::facts::ticket::{Repeat, repeats};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::records::Record;
use crate::domain::signals::level::{Rhythm, rhythm};
use crate::domain::signals::phrases::{PhraseMatcher, strong_tickets};
use crate::domain::signals::{Signal, Source};
use crate::domain::timeline;
use crate::domain::when::Now;

closed! {
    Tab { Overview = "overview", Signals = "signals", Usage = "usage", Tickets = "tickets", Timeline = "timeline", Cadence = "cadence", People = "people", Actions = "actions", Notes = "notes" }
}

/// Spans of the usage charts, in days.
pub const SPANS: [i64; 3] = [30, 90, 365];

/// The account that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Pane {
    pub id: AccountId,
    pub dossier: Option<Box<Dossier>>,
    /// What the overview lists below the fields.
    pub beside: Vec<beside::Line>,
    /// Signals that currently hold, taken from the portfolio.
    pub signals: Vec<Signal>,
    pub tab: Tab,
    /// One list state per tab.
    pub lists: [ListState; 9],
    pub span: usize,
    /// Usage is shown as a calendar instead of lines.
    pub calendar: bool,
    pub timeline: Vec<timeline::Entry>,
    /// Features, each with the share of the tier's other accounts that use it.
    pub peers: std::collections::BTreeMap<String, f64>,
    /// Issues that were reported again.
    pub repeats: Vec<Repeat>,
    /// Tickets with angry or disappointed wording.
    pub strong: BTreeSet<RecordId>,
    /// The touches of the next twelve months; `planned` is the book version and day they were made
    /// for.
    pub plan: Vec<Planned>,
    pub planned: Option<(u64, chrono::NaiveDate)>,
    /// The account was shown before, so the user's choices are kept.
    shown: bool,
    /// Words that the timeline is filtered by.
    pub filter: String,
}

impl Pane {
    pub fn new(id: AccountId) -> Self {
        Self {
            id,
            dossier: None,
            beside: Vec::new(),
            signals: Vec::new(),
            tab: Tab::Overview,
            lists: Default::default(),
            span: 1,
            calendar: false,
            timeline: Vec::new(),
            repeats: Vec::new(),
            strong: BTreeSet::new(),
            peers: Default::default(),
            plan: Vec::new(),
            planned: None,
            shown: false,
            filter: String::new(),
        }
    }

    pub fn show(&mut self, mut dossier: Box<Dossier>, ear: &dyn PhraseMatcher, now: Now) {
        let d = &mut *dossier;
        d.tickets
            .sort_by_key(|t| (!t.is_open(), std::cmp::Reverse(t.opened)));
        d.notes.sort_by_key(|n| std::cmp::Reverse(n.at));
        d.actions.sort_by_key(crate::domain::action::urgency);
        d.checkins
            .sort_by_key(|c| std::cmp::Reverse(c.started().unwrap_or(c.created)));
        d.contacts
            .sort_by_key(|c| (c.status, c.role, std::cmp::Reverse(c.influence)));
        self.repeats = repeats(&d.tickets);
        self.strong = strong_tickets(&d.tickets, ear, now.today(), now.zone)
            .into_iter()
            .cloned()
            .collect();
        self.timeline = timeline::entries(d, now.zone);
        self.beside = beside::lines(d, now.today());
        // With monthly values, a quarter would show only three points.
        if !std::mem::replace(&mut self.shown, true)
            && d.usage
                .headline()
                .is_some_and(|(_, s)| matches!(rhythm(s, now.today()), Rhythm::Spaced(20..)))
        {
            self.span = SPANS.len() - 1;
        }
        self.dossier = Some(dossier);
    }

    /// Takes in the account's records, and what the book knows of the account.
    pub fn read(&mut self, dossier: Box<Dossier>, book: &Book, ear: &dyn PhraseMatcher, now: Now) {
        self.show(dossier, ear, now);
        let row = book.get(&self.id);
        self.signals = row.map(|r| r.standing.signals.to_vec()).unwrap_or_default();
        self.peers = book.peers(&self.id);
    }

    /// Applies a change to the records without reading them again.
    pub fn follow(&mut self, operation: &Operation, ear: &dyn PhraseMatcher, now: Now) {
        let Some(mut dossier) = self.dossier.take() else {
            return;
        };
        for change in &operation.changes {
            if change.record().and_then(Record::account) == Some(&self.id) {
                dossier.apply(change);
            }
        }
        self.show(dossier, ear, now);
    }

    pub fn list(&self) -> &ListState {
        &self.lists[self.tab.index()]
    }

    pub fn list_mut(&mut self) -> &mut ListState {
        &mut self.lists[self.tab.index()]
    }

    /// Timeline entries that contain the filter's words.
    pub fn timeline_shown(&self) -> Vec<timeline::Entry> {
        let Some(d) = &self.dossier else {
            return Vec::new();
        };
        let words: Vec<String> = self
            .filter
            .split_whitespace()
            .map(crate::domain::text::fold)
            .collect();
        self.timeline
            .iter()
            .copied()
            .filter(|e| {
                let text = crate::domain::text::fold(&format!(
                    "{} {}",
                    e.kind.key(),
                    entries::text_of(d, *e)
                ));
                words.iter().all(|w| text.contains(w))
            })
            .collect()
    }

    /// Number of rows in the current tab's list.
    pub fn len(&self) -> usize {
        let Some(d) = &self.dossier else { return 0 };
        match self.tab {
            Tab::Overview => AccountField::ALL.len() + self.beside.len(),
            Tab::Signals => self.signals.len(),
            Tab::Usage => d.usage.0.len(),
            Tab::Tickets => d.tickets.len(),
            Tab::Timeline => self.timeline_shown().len(),
            Tab::Cadence => self.plan.len(),
            Tab::People => d.contacts.len(),
            Tab::Actions => d.actions.len(),
            Tab::Notes => d.notes.len(),
        }
    }
}

pub type State = Option<Pane>;

impl About for Pane {
    fn about(&self, _ground: &Ground) -> Option<AccountId> {
        Some(self.id.clone())
    }
}

/// Questions asked about an account.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    Field(AccountId, AccountField),
    /// Words that the timeline is filtered by.
    Filter,
    /// A record behind a signal, to be opened.
    Record(Source),
    Contact {
        account: AccountId,
        id: Option<RecordId>,
    },
    /// An event in the customer's business.
    Context(AccountId),
}
