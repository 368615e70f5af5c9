//! The form of an action, with the action's history.

use chrono::NaiveDate;

use super::chosen::find;
use super::state::Reply;
use crate::app::kit::form::Form;
use crate::app::kit::handle::{Choice, Flag, Line};
use crate::app::kit::reading::Reads;
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
    let lang = model.lang;
    let Some(a) = id.and_then(|id| find(model, &id)) else {
        return model.refuse(words::actions::no_action_chosen(lang));
    };
    let date = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let date_hint = words::common::date_hint(lang);
    let fields = vec![
        WHAT.field(
            words::actions::field_what(lang),
            &a.what,
            &history(model, &a),
        ),
        SIDE.field(words::actions::field_side(lang), a.side, lang),
        OWNER.field(words::actions::field_owner(lang), &a.owner, ""),
        DUE.field(words::actions::due(lang), &date(a.due), date_hint)
            .read_as(Reads::Day),
        STATUS.field(words::actions::field_status(lang), a.status, lang),
        PRIORITY.field(words::actions::field_priority(lang), a.priority, lang),
        PROMISED.field(words::actions::field_promised(lang), a.promised),
        PROOF.field(
            words::actions::field_proof(lang),
            &a.proof,
            words::actions::proof_hint(lang),
        ),
        INFORMED
            .field(
                words::actions::field_told(lang),
                &date(a.informed_on),
                date_hint,
            )
            .read_as(Reads::PastDay),
    ];
    let title = words::actions::edit_action(lang);
    let draft = format!("action/{}/{}", a.id, model.author.name);
    model.open_form(Reply::Edit(a.id), title, fields, draft);
}

/// The history of an action, newest first, shown under the form.
fn history(model: &Model, action: &Action) -> String {
    let (lang, today, zone) = (model.lang, model.now.today(), model.now.zone);
    let date = |d: Option<NaiveDate>| {
        d.map_or_else(
            || words::actions::no_due(lang).to_owned(),
            |d| words::dates::day(lang, d, today),
        )
    };
    let steps = action.history.iter().rev().map(|step| {
        let what = match &step.what {
            StepKind::Status { from, to } => format!("{} → {}", from.words(lang), to.words(lang)),
            StepKind::Due { from, to } => {
                let (from, to) = (date(*from), date(*to));
                format!("{} {from} → {to}", words::actions::due(lang))
            }
            StepKind::Owner { from, to } => format!("{from} → {to}"),
        };
        format!(
            "{} {what}",
            words::dates::day(lang, zone.day(step.at), today)
        )
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
