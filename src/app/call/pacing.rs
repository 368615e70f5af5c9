//! The time of a call: replanning, reminders, and durations learned from past calls.

use chrono::Duration;

use super::sections;
use super::state::{Layer, Phase};
use crate::app::model::Model;
use crate::app::verb::{Effects, Reason};
use crate::domain::checkin::{EventKind, pacing};
use crate::words;

/// Shows how the remaining time would be spread, before anything changes.
pub fn replan(model: &mut Model) {
    let Some(call) = &model.call.open else { return };
    let plan = pacing::replan(&call.checkin, model.now.at);
    if !plan.changes() && plan.short == Duration::zero() {
        return model.say(words::call::replan_same(model.lang));
    }
    model.lay(Layer::Replan(plan));
}

pub fn apply(model: &mut Model, plan: &pacing::Plan, effects: &mut Effects) {
    let targets = plan
        .targets
        .iter()
        .map(|(section, _, seconds)| (*section, *seconds))
        .collect();
    sections::record(model, |_| EventKind::Replanned { targets }, effects);
    model.say(words::call::replanned(model.lang));
}

/// Shows each reminder before a hard stop once.
pub fn remind(model: &mut Model) {
    let now = model.now.at;
    let Some(call) = model.call.running_mut() else {
        return;
    };
    let due = pacing::reminder(&call.checkin, now);
    if let Some(minutes) = due
        && due != call.reminded
    {
        call.reminded = due;
        model.refuse(words::call::leaves_in(model.lang, minutes));
    }
}

/// How long the selected agenda section took in the author's last calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Learned {
    /// The mean, in minutes.
    pub took: u32,
    pub planned: u32,
    pub proposed: u32,
}

/// `None` if too few calls are known, or if the plan already fits.
pub fn learned(model: &Model) -> Option<Learned> {
    let call = model.call.open.as_ref();
    let call = call.filter(|c| c.phase == Phase::Agenda)?;
    let section = call.checkin.sections.get(call.list.cursor)?;
    let past: Vec<_> = model
        .book
        .checkins
        .values()
        .filter(|c| c.author == model.author.name)
        .cloned()
        .collect();
    let took = pacing::took(&past, &call.checkin.template, &section.name.en);
    let proposed = pacing::lesson(&took)?;
    let sum: u32 = took.iter().map(|t| t.0).sum();
    (proposed * 60 != section.target).then(|| Learned {
        took: sum / took.len() as u32,
        planned: section.target.div_ceil(60),
        proposed,
    })
}

pub fn needs_past_calls(model: &Model) -> Result<(), Reason> {
    match learned(model) {
        Some(_) => Ok(()),
        None => Err(words::call::no_lesson),
    }
}

/// Sets the selected section to the time it took before.
pub fn use_actual_time(model: &mut Model) {
    let Some(Learned { proposed, .. }) = learned(model) else {
        return;
    };
    if let Some(call) = &mut model.call.open
        && let Some(section) = call.checkin.sections.get_mut(call.list.cursor)
    {
        section.target = proposed * 60;
        section.max = section.max.max(proposed);
        section.min = section.min.min(proposed);
    }
}
