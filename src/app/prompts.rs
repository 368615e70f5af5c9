//! Lines that were asked for: taken, or refused with a reason so that they can be mended.

use std::path::PathBuf;

use super::list::ListState;
use super::msg::Effect;
use super::overlay::{Overlay, Prompt, PromptFor, Review};
use super::{Model, during, keep, touches};
use crate::keys::{Code, Key};
use crate::ops::{self, Refusal, Subject};
use crate::words;

pub(super) fn on_prompt(
    model: &mut Model,
    mut prompt: Prompt,
    key: Key,
    effects: &mut Vec<Effect>,
) {
    match key.code {
        Code::Esc if prompt.leaving || prompt.field.text() == prompt.start => return,
        Code::Esc => {
            prompt.leaving = true;
            prompt.error = Some(words::shell::unsaved_prompt(model.lang).to_owned());
        }
        Code::Enter => {
            let text = prompt.field.text();
            match submit(model, &prompt.purpose, &text, effects) {
                Ok(()) => return,
                Err(why) => prompt.error = Some(why),
            }
        }
        _ => {
            prompt.field.key(key, 200, model.now.at);
            prompt.error = None;
            prompt.leaving = false;
        }
    }
    model.overlays.push(Overlay::Prompt(prompt));
}

/// Takes the line, or says why not; then it can be mended.
fn submit(
    model: &mut Model,
    purpose: &PromptFor,
    text: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), String> {
    let t = model.t();
    let worded = |refusal: Refusal| refusal.words(t).to_owned();
    match purpose {
        PromptFor::Action(account) => {
            let contacts = model.people_of(account);
            let name = model.book.name(account).to_owned();
            let of = Subject {
                id: account,
                name: &name,
            };
            let added = ops::actions::add(of, text, &contacts, &mut model.by()).map_err(worded)?;
            // Here it can be corrected at once.
            if let Some(word) = added.unread.first() {
                return Err(words::common::date_not_read(t, word));
            }
            keep::commit(model, added.operation, effects);
        }
        PromptFor::Field(account, field) => {
            let before = keep::account(model, account)
                .ok_or_else(|| words::common::still_opening(t).to_owned())?;
            let operation =
                ops::accounts::set_field(&before, *field, text, &mut model.by()).map_err(worded)?;
            keep::commit(model, operation, effects);
        }
        PromptFor::Selected(ids) => {
            keep::edit_selected(model, ids, text, effects).map_err(worded)?
        }
        PromptFor::NewAccount => keep::new_account(model, text, effects).map_err(worded)?,
        PromptFor::ViewName => keep::view(model, text, effects).map_err(worded)?,
        PromptFor::ImportPath => {
            let paths: Vec<PathBuf> = paths(text);
            if paths.is_empty() {
                return Err(words::importing::import_hint(t).to_owned());
            }
            model.overlays.push(Overlay::Review(Review {
                paths: paths.clone(),
                planned: None,
                rows: 0,
                list: ListState::default(),
                answers: Vec::new(),
                sheet: None,
                writing: false,
                error: None,
            }));
            effects.push(Effect::PlanImport {
                paths,
                answers: Vec::new(),
                sheet: None,
            });
        }
        PromptFor::Due(id) => {
            if let Some(action) = keep::action(model, id) {
                let operation =
                    ops::actions::set_due(&action, text, &mut model.by()).map_err(worded)?;
                keep::commit(model, operation, effects);
            }
        }
        PromptFor::StartAt => during::start_at(model, text, effects)?,
        PromptFor::LeaveBy => during::leave_by(model, text, effects)?,
        PromptFor::Section => during::add_section(model, text, effects)?,
        PromptFor::Agree(account, touch) => touches::agree(model, account, touch, text, effects)?,
        PromptFor::MoveTouch(account, touch, by) => {
            touches::move_to(model, account, touch, *by, text, effects)?
        }
        PromptFor::Calendar => {
            let path = text.trim().trim_matches('"');
            if path.is_empty() {
                return Err(words::calendar::ics_hint(t).to_owned());
            }
            effects.push(Effect::TakeCalendar {
                path: PathBuf::from(path),
            });
        }
        PromptFor::TimelineFilter => {
            if let Some(state) = &mut model.account {
                state.filter = text.to_owned();
                *state.list_mut() = ListState::default();
            }
        }
    }
    Ok(())
}

/// Paths parted by blanks; one with blanks in it stands between quotation marks, or alone.
fn paths(text: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for (i, part) in text.split('"').enumerate() {
        if i % 2 == 1 {
            out.push(PathBuf::from(part));
        } else {
            out.extend(part.split_whitespace().map(PathBuf::from));
        }
    }
    out
}
