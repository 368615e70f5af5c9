//! The form of an action, with the action's history.

use chrono::NaiveDate;

use super::chosen::find;
use super::state::Reply;
use crate::app::kit::form::Form;
use crate::app::kit::handle::{Choice, Flag, Line};
use crate::app::model::Model;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::action::{Action, Priority, Side, Status, StepKind};
use crate::domain::ids::RecordId;
use crate::ops::{self, Refusal};
use crate::words;

const WHAT: Line = Line("what");
const SIDE: Choice<Side> = Choice::new("side");
const OWNER: Line = Line("owner");
const DUE: Line = Line("due");
const STATUS: Choice<Status> = Choice::new("status");
const PRIORITY: Choice<Priority> = Choice::new("priority");
const PROMISED: Flag = Flag("promised");
const PROOF: Line = Line("proof");
const INFORMED: Line = Line("told");

pub fn open(model: &mut Model, id: Option<RecordId>) {
    let t = model.lang;
    let Some(a) = id.and_then(|id| find(model, &id)) else {
        return model.refuse(words::actions::no_action_chosen(t));
    };
    let date = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let date_hint = words::common::date_hint(t);
    let fields = vec![
        WHAT.field(words::actions::field_what(t), &a.what, &history(model, &a)),
        SIDE.field(words::actions::field_side(t), a.side, t),
        OWNER.field(words::actions::field_owner(t), &a.owner, ""),
        DUE.field(words::actions::due(t), &date(a.due), date_hint),
        STATUS.field(words::actions::field_status(t), a.status, t),
        PRIORITY.field(words::actions::field_priority(t), a.priority, t),
        PROMISED.field(words::actions::field_promised(t), a.promised),
        PROOF.field(
            words::actions::field_proof(t),
            &a.proof,
            words::actions::proof_hint(t),
        ),
        INFORMED.field(
            words::actions::field_told(t),
            &date(a.informed_on),
            date_hint,
        ),
    ];
    let title = words::actions::edit_action(t);
    let draft = format!("action/{}/{}", a.id, model.author.name);
    model.open_form(Reply::Edit(a.id), title, fields, draft);
}

/// The history of an action, newest first, shown under the form.
fn history(model: &Model, action: &Action) -> String {
    let (t, today, zone) = (model.lang, model.now.today(), model.now.zone);
    let date = |d: Option<NaiveDate>| {
        d.map_or_else(
            || words::actions::no_due(t).to_owned(),
            |d| words::dates::day(t, d, today),
        )
    };
    let steps = action.history.iter().rev().map(|step| {
        let what = match &step.what {
            StepKind::Status { from, to } => format!("{} → {}", from.words(t), to.words(t)),
            StepKind::Due { from, to } => {
                let (from, to) = (date(*from), date(*to));
                format!("{} {from} → {to}", words::actions::due(t))
            }
            StepKind::Owner { from, to } => format!("{from} → {to}"),
        };
        format!("{} {what}", words::dates::day(t, zone.day(step.at), today))
    });
    steps.collect::<Vec<_>>().join(" · ")
}

pub fn save(
    model: &mut Model,
    form: &Form,
    id: &RecordId,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let before = find(model, id).ok_or_else(|| Refusal::new(WHAT.0, words::common::gone))?;
    let edit = ops::actions::Edit {
        what: WHAT.of(form),
        side: SIDE.of(form).unwrap_or(before.side),
        owner: OWNER.of(form),
        due: DUE.of(form),
        status: STATUS.of(form).unwrap_or(before.status),
        priority: PRIORITY.of(form).unwrap_or(before.priority),
        promised: PROMISED.of(form),
        proof: PROOF.of(form),
        informed: INFORMED.of(form),
    };
    let operation = ops::actions::edit(&before, edit, &mut model.by())?;
    saving::commit(model, operation, effects);
    Ok(())
}
