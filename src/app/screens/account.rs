//! One account: overview, usage, tickets, timeline, people, actions, notes.

use crate::words::labels;
use std::collections::BTreeSet;

use crate::app::list::ListState;
use crate::domain::account_field::AccountField;
use crate::domain::cadence::plan::Planned;
use crate::domain::closed::closed;
use crate::domain::dossier::Dossier;
use crate::domain::facts::ticket::{Repeat, repeats};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::signals::level::{Rhythm, rhythm};
use crate::domain::signals::phrases::{PhraseMatcher, strong_tickets};
use crate::domain::signals::{Signal, Source};
use crate::domain::timeline;
use crate::domain::when::{Now, Zone};

closed! {
    Tab { Overview = "overview", Signals = "signals", Usage = "usage", Tickets = "tickets", Timeline = "timeline", Cadence = "cadence", People = "people", Actions = "actions", Notes = "notes" }
}

/// Spans of the usage charts, in days.
pub const SPANS: [i64; 3] = [30, 90, 365];

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub id: AccountId,
    pub dossier: Option<Box<Dossier>>,
    /// Signals that hold, as the portfolio has them.
    pub signals: Vec<Signal>,
    pub tab: Tab,
    /// A cursor for each tab.
    pub lists: [ListState; 9],
    pub span: usize,
    /// Usage as a calendar instead of lines.
    pub heat: bool,
    pub timeline: Vec<timeline::Entry>,
    /// Features and the share of the tier's other accounts that use each.
    pub peers: std::collections::BTreeMap<String, f64>,
    /// Issues that came again.
    pub repeats: Vec<Repeat>,
    /// Tickets with angry or let-down words.
    pub strong: BTreeSet<RecordId>,
    /// The touches of the next twelve months, and of which state of the book and day they are.
    pub plan: Vec<Planned>,
    pub planned: Option<(u64, chrono::NaiveDate)>,
    /// It was shown before: what one chose stays.
    shown: bool,
    /// Words the timeline is filtered by.
    pub filter: String,
}

impl State {
    pub fn new(id: AccountId) -> Self {
        Self {
            id,
            dossier: None,
            signals: Vec::new(),
            tab: Tab::Overview,
            lists: Default::default(),
            span: 1,
            heat: false,
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
        // Of numbers a month a quarter shows three.
        if !std::mem::replace(&mut self.shown, true)
            && d.usage
                .headline()
                .is_some_and(|(_, s)| matches!(rhythm(s, now.today()), Rhythm::Spaced(20..)))
        {
            self.span = SPANS.len() - 1;
        }
        self.dossier = Some(dossier);
    }

    pub fn list(&self) -> &ListState {
        &self.lists[self.tab.index()]
    }

    pub fn list_mut(&mut self) -> &mut ListState {
        &mut self.lists[self.tab.index()]
    }

    /// Timeline entries that hold the filter's words.
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
                let text =
                    crate::domain::text::fold(&format!("{} {}", e.kind.key(), text_of(d, *e)));
                words.iter().all(|w| text.contains(w))
            })
            .collect()
    }

    /// Rows of the current tab's list.
    pub fn len(&self) -> usize {
        let Some(d) = &self.dossier else { return 0 };
        match self.tab {
            Tab::Overview => AccountField::ALL.len(),
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

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Where a record behind a signal stands in the timeline; none for a person, or what is not a single
/// thing to read.
pub fn place_of(d: &Dossier, source: &Source) -> Option<(timeline::Kind, usize)> {
    use timeline::Kind;
    let id = source.id.as_str();
    Some(match source.kind.as_str() {
        "ticket" => (
            Kind::Ticket,
            d.tickets.iter().position(|t| t.id.as_str() == id)?,
        ),
        "survey" => (
            Kind::Survey,
            d.surveys.iter().position(|s| s.id.as_str() == id)?,
        ),
        "touch" => (
            Kind::Touch,
            d.touches.iter().position(|t| t.id.as_str() == id)?,
        ),
        "note" => (
            Kind::Note,
            d.notes.iter().position(|n| n.id.as_str() == id)?,
        ),
        "checkin" => (
            Kind::Checkin,
            d.checkins.iter().position(|c| c.id.as_str() == id)?,
        ),
        "subscription" => (
            Kind::Subscription,
            d.subscriptions.iter().position(|s| s.id.as_str() == id)?,
        ),
        _ => return None,
    })
}

/// What a record behind a signal says, with its day.
pub fn source_text(d: &Dossier, source: &Source, zone: Zone) -> Option<String> {
    use timeline::Kind;
    let (day, text) = match place_of(d, source) {
        Some((kind, i)) => {
            let day = match kind {
                Kind::Ticket => d.tickets[i].opened.map(|o| zone.day(o)),
                Kind::Survey => d.surveys[i].date,
                Kind::Touch => Some(zone.day(d.touches[i].at)),
                Kind::Note => Some(zone.day(d.notes[i].at)),
                Kind::Checkin => Some(zone.day(d.checkins[i].created)),
                Kind::Subscription => d.subscriptions[i].start,
                Kind::Action | Kind::Outcome => None,
            };
            (
                day,
                text_of(
                    d,
                    timeline::Entry {
                        day: chrono::NaiveDate::MIN,
                        at: chrono::DateTime::UNIX_EPOCH,
                        kind,
                        index: i,
                    },
                ),
            )
        }
        None => {
            let c = d
                .contacts
                .iter()
                .find(|c| source.kind == "contact" && c.id.as_str() == source.id)?;
            (c.since, format!("{} {}", c.name, c.title))
        }
    };
    Some(
        format!(
            "{} {}",
            day.map(|d| d.to_string()).unwrap_or_default(),
            text.trim()
        )
        .trim()
        .to_owned(),
    )
}

/// What an entry of the timeline says, as data (kinds are worded by the screen).
pub fn text_of(d: &Dossier, e: timeline::Entry) -> String {
    use timeline::Kind;
    match e.kind {
        Kind::Note => crate::services::compose::plain(d.notes[e.index].title()),
        Kind::Checkin => d.checkins[e.index]
            .lines()
            .map(|(_, l)| l.text.trim())
            .find(|t| !t.is_empty())
            .unwrap_or("")
            .to_owned(),
        Kind::Touch => d.touches[e.index].summary.clone(),
        Kind::Ticket => {
            let t = &d.tickets[e.index];
            format!("{} {}", t.id, t.subject)
        }
        Kind::Survey => {
            let s = &d.surveys[e.index];
            format!("{} {} {}", s.kind.key().to_uppercase(), s.score, s.comment)
        }
        Kind::Outcome => {
            let o = &d.outcomes[e.index];
            [o.kind.key(), &o.reason, &o.comment]
                .iter()
                .filter(|t| !t.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join(" · ")
        }
        Kind::Action => d.actions[e.index].what.clone(),
        Kind::Subscription => {
            let s = &d.subscriptions[e.index];
            let money = s.arr.map(|m| m.exact()).unwrap_or_default();
            let seats = s.seats.map(|n| format!("×{n}")).unwrap_or_default();
            [s.plan.as_str(), &money, &seats]
                .iter()
                .filter(|t| !t.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join(" · ")
        }
    }
}

labels! {
    words for Tab {
        Overview: "Overview", "概要";
        Signals: "Signals", "シグナル";
        Usage: "Usage", "利用状況";
        Tickets: "Tickets", "チケット";
        Timeline: "Timeline", "タイムライン";
        Cadence: "Cadence", "ケイデンス";
        People: "People", "お客様";
        Actions: "Actions", "アクション";
        Notes: "Notes", "メモ";
    }
}
