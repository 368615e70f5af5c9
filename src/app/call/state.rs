//! State of a check-in from agenda to note.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::app::kit::about::{About, Ground};
use crate::app::kit::editor::Editor;
use crate::app::kit::list::ListState;
use crate::config::lexicon::PhraseHit;
use crate::config::{Known, Lexicon};
use crate::domain::action::Action;
use crate::domain::checkin::agenda::{self, Section, Template};
use crate::domain::checkin::pacing::Plan;
use crate::domain::checkin::wrapup::{Sentiment, Team};
use crate::domain::checkin::{Checkin, Event, EventKind, Line, Mark, State as CheckinState, clock};
use crate::domain::closed::closed;
use crate::domain::dossier::Dossier;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::when::Now;
use crate::services::brief::Block;

/// Phase of a check-in, from agenda to note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Agenda,
    Live,
    /// Ended; the wrap-up form covers the notes.
    WrapUp,
    Done,
}

/// A check-in in progress.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub checkin: Checkin,
    /// The stored state, used as "before" of the next change; `None` until the call starts.
    pub stored: Option<Checkin>,
    pub name: String,
    pub phase: Phase,
    pub list: ListState,
    pub editors: Vec<Editor>,
    pub dossier: Option<Box<Dossier>>,
    /// Actions kept at the wrap-up.
    pub actions: Vec<Action>,
    /// Warning phrases found in each line, by the line's text.
    pub phrase_hits: std::collections::HashMap<String, Vec<PhraseHit>>,
    /// Lines that the customer may read, as ticked in the preview of the mail.
    pub ticked: std::collections::BTreeSet<String>,
    /// Actions that the customer does not read, as chosen there.
    pub withheld: std::collections::BTreeSet<String>,
    /// Lines about personal matters that papers for colleagues hold, as chosen in their preview.
    pub personal: std::collections::BTreeSet<String>,
    /// Prompts are hidden.
    pub quiet: bool,
    /// Only lines with this mark are shown.
    pub only: Option<Mark>,
    /// The last reminder shown before the hard stop, in minutes before it.
    pub reminded: Option<i64>,
    /// The user was warned that another call is running.
    pub asked: bool,
    /// Sum of the editors' versions at the last saved draft.
    pub saved: u64,
}

impl Call {
    pub fn set_up(
        id: RecordId,
        template: &Template,
        sections: Vec<Section>,
        dossier: Box<Dossier>,
        author: &str,
        now: Now,
    ) -> Self {
        let checkin = Checkin {
            id,
            account: dossier.account.id.clone(),
            kind: template.kind,
            template: template.id.clone(),
            title: Some(template.name.clone()),
            author: author.to_owned(),
            created: now.at,
            sections,
            events: Vec::new(),
            notes: Vec::new(),
            prepared: None,
            noted: None,
            wrapup: Default::default(),
        };
        let name = dossier.account.name.clone();
        Self {
            checkin,
            stored: None,
            name,
            phase: Phase::Agenda,
            list: ListState::default(),
            editors: Vec::new(),
            dossier: Some(dossier),
            actions: Vec::new(),
            phrase_hits: Default::default(),
            ticked: Default::default(),
            withheld: Default::default(),
            personal: Default::default(),
            quiet: false,
            only: None,
            reminded: None,
            asked: false,
            saved: 0,
        }
    }

    /// Opens an interrupted check-in, or a finished one for reading.
    pub fn reopen(checkin: Checkin, name: String) -> Self {
        let phase = match checkin.state() {
            CheckinState::Planned => Phase::Agenda,
            CheckinState::Live | CheckinState::Paused => Phase::Live,
            CheckinState::Unwritten => Phase::WrapUp,
            CheckinState::Done => Phase::Done,
        };
        let editors = (0..checkin.sections.len())
            .map(|i| Editor::of_lines(checkin.notes.get(i).map_or(&[][..], Vec::as_slice)))
            .collect();
        Self {
            stored: Some(checkin.clone()),
            checkin,
            name,
            phase,
            list: ListState::default(),
            editors,
            dossier: None,
            actions: Vec::new(),
            phrase_hits: Default::default(),
            ticked: Default::default(),
            withheld: Default::default(),
            personal: Default::default(),
            quiet: false,
            only: None,
            reminded: None,
            asked: false,
            saved: 0,
        }
    }

    pub fn draft_key(&self) -> String {
        format!(
            "checkin/{}/{}/{}",
            self.checkin.account, self.checkin.id, self.checkin.author
        )
    }

    /// Warning phrases in the caret's line.
    pub fn phrase_hits_here(&self) -> &[PhraseHit] {
        let line = self
            .editors
            .get(self.current())
            .and_then(|e| e.lines().nth(e.cursor().line));
        line.and_then(|l| self.phrase_hits.get(&l.text))
            .map_or(&[], Vec::as_slice)
    }

    pub fn version(&self) -> u64 {
        self.editors.iter().map(|e| e.version).sum()
    }

    pub fn current(&self) -> usize {
        self.checkin
            .events
            .iter()
            .rev()
            .find_map(|e| {
                if let EventKind::Entered { section } = e.what {
                    Some(section)
                } else {
                    None
                }
            })
            .unwrap_or(0)
            .min(self.checkin.sections.len().saturating_sub(1))
    }

    pub fn editor(&mut self) -> Option<&mut Editor> {
        let current = self.current();
        self.editors.get_mut(current)
    }

    pub fn reading(&self, now: Now) -> clock::Reading {
        clock::read(&self.checkin, now.at)
    }

    pub fn record(&mut self, what: EventKind, now: Now) {
        self.checkin.events.push(Event { at: now.at, what });
    }

    /// Copies the text of the editors into the check-in.
    pub fn collect(&mut self, now: Now) {
        self.checkin.noted = Some(now.at);
        self.checkin.notes = self
            .editors
            .iter()
            .map(|e| {
                e.to_lines()
                    .into_iter()
                    .filter(|l| !l.text.trim().is_empty() || l.mark.is_some())
                    .collect::<Vec<Line>>()
            })
            .collect();
    }

    pub fn begin(&mut self, now: Now) {
        self.editors = self
            .checkin
            .sections
            .iter()
            .map(|_| Editor::new(""))
            .collect();
        // Events recorded on the agenda, such as a hard stop, come before the start.
        // From here on the sections add up to the meeting's length.
        let minutes = self.checkin.length();
        agenda::fit(&mut self.checkin.sections, minutes);
        self.record(EventKind::Length { minutes }, now);
        self.record(EventKind::Started, now);
        self.phase = Phase::Live;
    }

    /// Goes back to the stored state after the last write failed. The editors keep the typed text.
    pub fn not_stored(&mut self, before: Option<&Checkin>) {
        self.stored = before.cloned();
        if self.phase == Phase::Done {
            self.checkin.wrapup.finished = None;
            self.phase = Phase::WrapUp;
        }
    }

    /// The draft as written to disk: lines by section.
    pub fn draft(&self, now: Now) -> CallDraft {
        let notes = self.editors.iter().map(Editor::shared).collect();
        CallDraft {
            checkin: self.checkin.id.clone(),
            account: self.checkin.account.clone(),
            at: now.at,
            notes,
        }
    }

    /// Restores a draft if it is newer than the stored check-in.
    pub fn restore(&mut self, draft: &serde_json::Value) {
        let at = draft.get("at").and_then(|at| {
            serde_json::from_value::<chrono::DateTime<chrono::Utc>>(at.clone()).ok()
        });
        if at <= self.checkin.noted {
            return;
        }
        if let Some(notes) = draft
            .get("notes")
            .and_then(|n| serde_json::from_value::<Vec<Vec<Line>>>(n.clone()).ok())
        {
            for (editor, lines) in self.editors.iter_mut().zip(notes) {
                *editor = Editor::of_lines(&lines);
            }
        }
    }
}

/// A call's notes on the way to a draft: lines by section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CallDraft {
    pub checkin: RecordId,
    pub account: AccountId,
    pub at: DateTime<Utc>,
    pub notes: Vec<Vec<Arc<Line>>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// The check-in that is being set up, in progress or just finished.
    pub open: Option<Call>,
    /// The agreed start of the call that is being set up.
    pub starts: Option<(AccountId, DateTime<Utc>, Option<u32>)>,
}

impl State {
    /// The call whose clock runs.
    pub fn running(&self) -> Option<&Call> {
        self.open.as_ref().filter(|c| c.phase == Phase::Live)
    }

    pub fn running_mut(&mut self) -> Option<&mut Call> {
        self.open.as_mut().filter(|c| c.phase == Phase::Live)
    }
}

impl About for State {
    fn about(&self, _ground: &Ground) -> Option<AccountId> {
        self.open.as_ref().map(|c| c.checkin.account.clone())
    }
}

closed! {
    /// Documents that can be made from a finished check-in.
    Output { Crm = "crm", Mail = "mail", Minutes = "minutes", Markdown = "md", Eml = "eml", Ics = "ics", Csv = "csv", Html = "html", Json = "json" }
}

/// Questions that a call asks, and data it waits for.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The dossier of the account whose template is to be chosen.
    Choose,
    /// The template chosen for an account.
    Template(AccountId, String),
    /// The dossier of the account to call with this template.
    SetUp(String),
    /// The dossier of the account of a resumed check-in.
    GoOn,
    Mood(Sentiment),
    /// A section to be skipped or restored.
    Cut(usize),
    Section,
    StartAt,
    LeaveBy,
    /// An agenda or message template to be previewed.
    Look(String),
    Output(Output),
    /// A line of the mail's preview to be allowed, or kept inside again.
    Tick(Output, String),
    /// A line that cannot be allowed.
    Kept(Output),
    /// The previewed mail is copied or written.
    Send(Output),
    /// The message to a team the check-in is escalated to.
    Escalation(Team),
    /// Our company, for the mail's signature.
    AskCompany(Output),
    /// Our company, as typed.
    Company(Output),
    /// The colleague who answers for a team, as typed.
    Colleague(Team),
    WrapUp,
}

/// Messages from the runtime for the call.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// The lexicon of warning phrases was changed.
    Phrases(Arc<Lexicon>),
    /// What a paper lacked is in this file now; the paper can be made.
    Remembered(Known, String, Paper),
}

/// Work for the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Writes what the user said into `desk.toml`, for the paper that lacked it.
    Remember(Known, Paper),
}

/// A paper that asked for what it lacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// The preview of the mail to the customer.
    Preview(Output),
    /// The message to a team.
    Escalation(Team),
}

/// Layers of a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// The proposed plan for the remaining time.
    Replan(Plan),
    /// The account's facts during the call.
    AtHand { blocks: Vec<Block>, scroll: usize },
    /// Asks whether to resume an interrupted check-in.
    Resume(RecordId),
}
