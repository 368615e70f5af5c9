//! The form that sets health by hand, with a reason and an end date.

use chrono::Duration;

use super::state::Reply;
use crate::app::kit::form::Form;
use crate::app::kit::handle::{Choice, Line};
use crate::app::kit::reading::Reads;
use crate::app::model::Model;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::account::Verdict;
use crate::domain::ids::AccountId;
use crate::ops::{self, Refusal};
use crate::words;

const VERDICT: Choice<Verdict> = Choice::new("verdict");
const REASON: Line = Line("reason");
const UNTIL: Line = Line("until");

/// Proposed duration of an override.
const PROPOSED: Duration = Duration::days(30);

pub fn open(model: &mut Model) {
    let lang = model.lang;
    let account = model.subject().and_then(|id| model.account_of(&id));
    let Some(account) = account else { return };
    let r = account.health_override.as_ref();
    let proposed = Some(model.now.today() + PROPOSED);
    let until = r.map_or(proposed, |r| r.until).map(|d| d.to_string());
    let fields = vec![
        VERDICT.or_none(
            words::health::field_verdict(lang),
            words::health::by_numbers(lang),
            r.map(|r| r.verdict),
            lang,
        ),
        REASON.field(
            words::health::field_reason(lang),
            r.map_or("", |r| r.reason.as_str()),
            "",
        ),
        UNTIL
            .field(
                words::health::field_until(lang),
                &until.unwrap_or_default(),
                words::common::date_hint(lang),
            )
            .read_as(Reads::Day),
    ];
    let title = words::health::ruling_of(lang, &account.name);
    model.open_form(Reply::Override(account.id), title, fields, None);
}

pub fn save(
    model: &mut Model,
    form: &Form,
    id: &AccountId,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let Some(before) = model.account_of(id) else {
        return Ok(());
    };
    let given = ops::accounts::Override {
        verdict: VERDICT.of(form),
        reason: &REASON.of(form),
        until: &UNTIL.of(form),
    };
    let operation = ops::accounts::override_health(&before, given, &mut model.by())?;
    saving::commit(model, operation, effects);
    Ok(())
}
