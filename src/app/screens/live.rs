//! A check-in from agenda to note: set up, live, wrapped up, done.

use crate::app::list::ListState;
use crate::app::msg::CallDraft;
use crate::app::text::Editor;
use crate::config::lexicon::PhraseHit as Heard;
use crate::domain::action::Action;
use crate::domain::checkin::agenda::{Section, Template};
use crate::domain::checkin::{Checkin, Event, EventKind, Line, Mark, State as CheckinState, clock};
use crate::domain::dossier::Dossier;
use crate::domain::ids::RecordId;
use crate::domain::when::Now;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Agenda,
    Live,
    /// Ended; the wrap-up form lies over the notes.
    WrapUp,
    Done,
}

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub checkin: Checkin,
    /// As the store has it, for the next change's "before"; none until it was started.
    pub stored: Option<Checkin>,
    pub name: String,
    pub phase: Phase,
    pub list: ListState,
    pub editors: Vec<Editor>,
    pub dossier: Option<Box<Dossier>>,
    /// Actions kept at the wrap-up.
    pub actions: Vec<Action>,
    /// What was heard in each line, by its text.
    pub heard: std::collections::HashMap<String, Vec<Heard>>,
    /// Prompts are put away.
    pub quiet: bool,
    /// Only lines of this mark are shown.
    pub only: Option<Mark>,
    /// The reminder before the hard stop that was given, minutes.
    pub reminded: Option<i64>,
    /// It was asked whether this call is to begin while another one runs.
    pub asked: bool,
    /// Sum of the editors' versions that is on disk as a draft.
    pub saved: u64,
}

impl State {
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
            heard: Default::default(),
            quiet: false,
            only: None,
            reminded: None,
            asked: false,
            saved: 0,
        }
    }

    /// A check-in that was interrupted, or a finished one to read.
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
            heard: Default::default(),
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

    /// What is heard in the line under the caret.
    pub fn heard_here(&self) -> &[Heard] {
        let line = self
            .editors
            .get(self.current())
            .and_then(|e| e.lines().nth(e.cursor().line));
        line.and_then(|l| self.heard.get(&l.text))
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

    /// Takes what stands in the editors into the check-in.
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
        // What was set on the agenda (a hard stop) stands before the start.
        self.record(EventKind::Started, now);
        self.phase = Phase::Live;
    }

    /// What was written last did not reach the disk: back to what stands there. The editors keep
    /// what was typed.
    pub fn not_stored(&mut self, before: Option<&Checkin>) {
        self.stored = before.cloned();
        if self.phase == Phase::Done {
            self.checkin.wrapup.finished = None;
            self.phase = Phase::WrapUp;
        }
    }

    /// The draft as it lies on disk: lines by section.
    pub fn draft(&self, now: Now) -> CallDraft {
        let notes = self.editors.iter().map(Editor::shared).collect();
        CallDraft {
            checkin: self.checkin.id.clone(),
            account: self.checkin.account.clone(),
            at: now.at,
            notes,
        }
    }

    /// Puts a draft back, if it is newer than what was stored.
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
