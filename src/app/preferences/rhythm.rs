//! The form of an account's own cadence.

use super::state::Reply;
use crate::app::kit::form::Form;
use crate::app::kit::handle::Line;
use crate::app::kit::reading::Reads;
use crate::app::model::Model;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::account::Account;
use crate::domain::cadence::Kind;
use crate::domain::cadence::rhythm::Rhythm;
use crate::domain::ids::AccountId;
use crate::ops::rhythm::KINDS;
use crate::ops::{self, Refusal};
use crate::services::recurrence;
use crate::words::{self, Lang};

const AGREED: Line = Line("agreed");
const REASON: Line = Line("reason");
const PAUSE: Line = Line("pause");
const PAUSE_REASON: Line = Line("pause-reason");
const BLACKOUTS: Line = Line("blackouts");
const ZONE: Line = Line("zone");
const HOURS: Line = Line("hours");
const PLACE: Line = Line("place");

/// Typed instead of an interval, stops a kind of touch.
const NEVER: &str = "none";

pub fn open(model: &mut Model) {
    let lang = model.lang;
    let account = model.subject().and_then(|id| model.account_of(&id));
    let Some(account) = account else { return };
    let own = account.cadence.as_deref().cloned().unwrap_or_default();
    let agreed = own.agreed.as_ref();
    let agreed = agreed.map(|r| recurrence::typed(r, lang == Lang::Ja));
    let mut fields = vec![AGREED.field(
        words::cadence::field_agreed(lang),
        &agreed.unwrap_or_default(),
        words::cadence::field_agreed_hint(lang),
    )];
    for (kind, key) in KINDS {
        let hint = words::cadence::field_every_hint(lang, usual(model, &account, kind));
        fields.push(Line(key).field(kind.words(lang), &typed(&own, kind), &hint));
    }
    let reasons = own.every.values().map(|d| d.reason.as_str());
    let reason = reasons.into_iter().find(|r| !r.is_empty()).unwrap_or("");
    let pause = own.paused.as_ref();
    let until = pause.map(|p| p.until.to_string()).unwrap_or_default();
    let hours = own
        .hours
        .map(|(a, b)| format!("{}-{}", a.format("%H:%M"), b.format("%H:%M")));
    fields.extend([
        REASON.field(words::cadence::field_reason(lang), reason, ""),
        PAUSE
            .field(
                words::cadence::field_pause(lang),
                &until,
                words::common::date_hint(lang),
            )
            .read_as(Reads::Day),
        PAUSE_REASON.field(
            words::cadence::field_pause_reason(lang),
            pause.map_or("", |p| p.reason.as_str()),
            "",
        ),
        BLACKOUTS.field(
            words::cadence::field_blackout(lang),
            &recurrence::typed_spans(&own.blackouts),
            words::cadence::field_blackout_hint(lang),
        ),
        ZONE.field(
            words::cadence::field_zone(lang),
            &own.zone,
            words::cadence::field_zone_hint(lang),
        ),
        HOURS.field(
            words::cadence::field_hours(lang),
            &hours.unwrap_or_default(),
            words::cadence::field_hours_hint(lang),
        ),
        PLACE.field(words::cadence::field_place(lang), &own.place, ""),
    ]);
    let title = words::cadence::rhythm_title(lang, &account.name);
    let draft = format!("rhythm/{}/{}", account.id, model.author.name);
    model.open_form(Reply::Rhythm(account.id), title, fields, draft);
}

/// The account's own interval of a kind, in the form the user types it.
fn typed(own: &Rhythm, kind: Kind) -> String {
    let written = |every: Option<_>| every.map_or_else(|| NEVER.to_owned(), |e| format!("{e}"));
    let deviation = own.every.get(&kind);
    deviation.map(|d| written(d.every)).unwrap_or_default()
}

/// The policy's interval for the account.
fn usual(model: &Model, account: &Account, kind: Kind) -> String {
    let row = model.book.get(&account.id);
    let every = row.and_then(|row| {
        let s = &row.standing;
        model.config.cadence.every(kind, s.tier, s.stage)
    });
    every.map_or_else(|| NEVER.to_owned(), |e| e.to_string())
}

pub fn save(
    model: &mut Model,
    form: &Form,
    id: &AccountId,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let gone = || Refusal::new(AGREED.0, words::common::gone);
    let before = model.account_of(id).ok_or_else(gone)?;
    let edit = ops::rhythm::Edit {
        agreed: AGREED.of(form),
        every: KINDS.map(|(_, key)| Line(key).of(form)),
        reason: REASON.of(form),
        pause: PAUSE.of(form),
        pause_reason: PAUSE_REASON.of(form),
        blackouts: BLACKOUTS.of(form),
        zone: ZONE.of(form),
        hours: HOURS.of(form),
        place: PLACE.of(form),
    };
    let operation = ops::rhythm::set(&before, &edit, &mut model.by())?;
    saving::commit(model, operation, effects);
    Ok(())
}
