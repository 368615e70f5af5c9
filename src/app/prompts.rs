//! Lines that were asked for: taken, or refused with a reason so that they can be mended.

use std::path::PathBuf;

use super::list::ListState;
use super::msg::Effect;
use super::overlay::{Overlay, Prompt, PromptFor, Review};
use super::screens::account;
use super::{Model, during, keep, touches};
use crate::keys::{Code, Key};
use crate::services::{capture, dates};
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
    match purpose {
        PromptFor::Action(account) => {
            let contacts = model.people_of(account);
            let context = capture::Context {
                me: &model.author.name,
                contacts: &contacts,
                now: model.now,
            };
            let (items, unread) = capture::action_line(text, context);
            if items.is_empty() {
                return Err(words::actions::action_empty(t).to_owned());
            }
            if let Some(word) = unread.first() {
                return Err(words::common::date_not_read(t, word));
            }
            keep::new_actions(model, account, &items, effects);
        }
        PromptFor::Field(account, field) => {
            let before = keep::account(model, account)
                .ok_or_else(|| words::common::still_opening(t).to_owned())?;
            let after =
                account::set_field(&before, *field, text, model.now).map_err(|w| w.words(t))?;
            keep::edit_account(model, before, after, field.words(t), effects);
        }
        PromptFor::Selected(ids) => keep::edit_selected(model, ids, text, effects)?,
        PromptFor::NewAccount => {
            let name = crate::domain::text::clean_line(text);
            if name.is_empty() {
                return Err(words::common::name_empty(t).to_owned());
            }
            keep::new_account(model, name, effects);
        }
        PromptFor::ViewName => {
            let name = crate::domain::text::clean_line(text);
            if name.is_empty() {
                return Err(words::common::name_empty(t).to_owned());
            }
            keep::view(model, name, effects);
        }
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
            let due = if text.trim().is_empty() {
                None
            } else {
                Some(
                    dates::read(text, model.now.today())
                        .ok_or_else(|| words::common::not_a_date(t).to_owned())?,
                )
            };
            if let Some(action) = keep::action(model, id) {
                let next = action.with_due(due, model.now.at);
                keep::change_action(model, &action, next, effects);
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
