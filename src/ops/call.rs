//! Check-ins: their progress, the wrap-up as a note with actions, and the text pasted elsewhere.

use chrono::{Datelike, NaiveDate, Weekday};

use super::touches::{self, Moment, Of};
use super::{By, actions};
use crate::domain::action::{Action, Priority, Side};
use crate::domain::cadence::touchpoint::{State, Touchpoint};
use crate::domain::change::{Change, Label, Operation};
use crate::domain::checkin::items::Item;
use crate::domain::checkin::{Checkin, Mark};
use crate::domain::note::{Kind, Note};
use crate::domain::settings::dismissal::Dismissal;
use crate::domain::text::fold;
use crate::services::{capture, compose, packet};
use crate::words::{self, Lang};

/// Working days until an escalation is due.
const ESCALATION_DAYS: usize = 2;

/// The day after so many working days; weekends are none.
fn after_working_days(day: NaiveDate, days: usize) -> NaiveDate {
    let works = |d: &NaiveDate| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
    let mut later = day.iter_days().skip(1).filter(works);
    later.nth(days.saturating_sub(1)).unwrap_or(day)
}

/// Stores a check-in's current clock and notes. Undo skips this operation.
pub fn progress(before: Option<Checkin>, after: Checkin, name: &str, by: &mut By) -> Operation {
    let label = Label::Call {
        account: name.to_owned(),
    };
    by.operation(label, vec![Change::put(before, after)])
}

/// A completed wrap-up.
pub struct WrapUp<'a> {
    /// With the answers of the form.
    pub checkin: Checkin,
    /// The stored state.
    pub stored: Option<Checkin>,
    /// The account's name.
    pub name: &'a str,
    /// The marked lines, as confirmed.
    pub items: Vec<Item>,
    /// The actions, as typed.
    pub actions: &'a [capture::Item],
    /// The meeting of this call, which is now held.
    pub held: Option<Touchpoint>,
    /// The next meeting, if one was agreed.
    pub next: Option<(Of<'a>, Moment)>,
    /// Lines marked as a risk that the listening did not hear.
    pub unheard: Vec<String>,
    /// The language of the note.
    pub lang: Lang,
}

/// The results of a wrap-up.
pub struct Finished {
    pub operation: Operation,
    pub checkin: Checkin,
    pub actions: Vec<Action>,
}

/// Finishes a check-in as one undoable step: the check-in, its note, its actions, an escalation for
/// each chosen team, and the changed meetings.
pub fn finish(wrap_up: WrapUp, by: &mut By) -> Finished {
    let WrapUp { lang, name, .. } = wrap_up;
    let mut checkin = wrap_up.checkin;
    checkin.wrapup.finished = Some(by.now.at);
    checkin.wrapup.items = Some(wrap_up.items);
    let mut all: Vec<Action> = Vec::new();
    for item in wrap_up.actions {
        let mut action = actions::of_item(&checkin.account, item, by);
        action.source = Some(checkin.id.clone());
        action.promised = action.side == Side::Us && !action.inside;
        all.push(action);
    }
    // An escalation has a team, a date and a status, so it is stored as an internal action.
    for team in &checkin.wrapup.escalate {
        let item = capture::Item {
            what: words::call::escalate_to(lang, team.words(lang), name),
            side: Side::Internal,
            owner: team.words(lang).to_owned(),
            due: Some(after_working_days(by.today(), ESCALATION_DAYS)),
            promised: false,
            inside: false,
        };
        let mut action = actions::of_item(&checkin.account, &item, by);
        action.source = Some(checkin.id.clone());
        action.priority = Priority::High;
        all.push(action);
    }
    let note = Note {
        id: by.id(),
        account: checkin.account.clone(),
        kind: Kind::Checkin,
        at: by.now.at,
        author: by.name(),
        text: compose::markdown(&checkin, name, &all, lang, by.now.zone),
        tags: Vec::new(),
        quotes: checkin
            .items(Mark::Quote)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        checkin: Some(checkin.id.clone()),
        context: None,
    };
    let mut changes = vec![
        Change::put(wrap_up.stored, checkin.clone()),
        Change::create(note),
    ];
    changes.extend(all.iter().cloned().map(Change::create));
    let lesson = |line: String| {
        Change::create(Dismissal {
            words: fold(&line),
            line,
            risk: true,
            at: Some(by.now.at),
        })
    };
    changes.extend(wrap_up.unheard.into_iter().map(lesson));
    if let Some(before) = wrap_up.held {
        let after = Touchpoint {
            state: State::Held,
            ..before.clone()
        };
        changes.push(Change::update(before, after));
    }
    if let Some((of, at)) = wrap_up.next {
        changes.push(Change::create(touches::meeting(of, at, by)));
    }
    let label = Label::Checkin {
        account: name.to_owned(),
    };
    Finished {
        operation: by.operation(label, changes),
        checkin,
        actions: all,
    }
}

/// Records the text pasted into a CRM, so that a later change is noticed.
pub fn pasted(
    before: Option<Checkin>,
    mut checkin: Checkin,
    text: &str,
    name: &str,
    by: &mut By,
) -> (Checkin, Operation) {
    checkin.wrapup.pasted = Some((packet::fingerprint(text), by.now.at));
    let operation = progress(before, checkin.clone(), name, by);
    (checkin, operation)
}
