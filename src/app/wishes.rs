//! Forms of an account's own rhythm, and of what it and its people want to hear.

use super::Model;
use super::form::{Form, FormFor, choice, text};
use super::forms::{Kept, gone, open_form};
use super::keep::commit;
use super::msg::Effect;
use super::screens::Screen;
use super::screens::account::Tab;
use crate::domain::account::Account;
use crate::domain::contact::Channel;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::prefs::{Frequency, Message};
use crate::ops;
use crate::ops::rhythm::KINDS;
use crate::services::recurrence;
use crate::words::{self, Lang};

/// The account whose rhythm is meant.
fn account(model: &Model) -> Option<Account> {
    model
        .subject()
        .and_then(|id| model.book.get(&id))
        .map(|r| r.account.clone())
}

pub fn rhythm_form(model: &mut Model) {
    let t = model.t();
    let Some(account) = account(model) else {
        return model.refuse(words::common::no_account_chosen(t));
    };
    let own = account.cadence.as_deref().cloned().unwrap_or_default();
    let standing = model
        .book
        .get(&account.id)
        .map(|r| (r.standing.tier, r.standing.stage));
    let agreed = own
        .agreed
        .as_ref()
        .map(|r| recurrence::typed(r, model.lang == Lang::Ja))
        .unwrap_or_default();
    let mut fields = vec![text(
        "agreed",
        words::cadence::field_agreed(t),
        &agreed,
        words::cadence::field_agreed_hint(t),
    )];
    for (kind, key) in KINDS {
        let typed = own
            .every
            .get(&kind)
            .map(|d| d.every.map_or_else(|| "none".to_owned(), |e| e.to_string()))
            .unwrap_or_default();
        let usual =
            standing.and_then(|(tier, stage)| model.config.cadence.every(kind, tier, stage));
        let hint = words::cadence::field_every_hint(
            t,
            usual.map_or_else(|| "none".to_owned(), |e| e.to_string()),
        );
        fields.push(text(key, kind.words(t), &typed, &hint));
    }
    let reason = own
        .every
        .values()
        .map(|d| d.reason.clone())
        .find(|r| !r.is_empty())
        .unwrap_or_default();
    let pause = own.paused.as_ref();
    let zone_hours = own
        .hours
        .map(|(a, b)| format!("{}-{}", a.format("%H:%M"), b.format("%H:%M")))
        .unwrap_or_default();
    fields.extend([
        text("reason", words::cadence::field_reason(t), &reason, ""),
        text(
            "pause",
            words::cadence::field_pause(t),
            &pause.map(|p| p.until.to_string()).unwrap_or_default(),
            words::common::date_hint(t),
        ),
        text(
            "pause-reason",
            words::cadence::field_pause_reason(t),
            pause.map_or("", |p| p.reason.as_str()),
            "",
        ),
        text(
            "blackouts",
            words::cadence::field_blackout(t),
            &recurrence::typed_spans(&own.blackouts),
            words::cadence::field_blackout_hint(t),
        ),
        text(
            "zone",
            words::cadence::field_zone(t),
            &own.zone,
            words::cadence::field_zone_hint(t),
        ),
        text(
            "hours",
            words::cadence::field_hours(t),
            &zone_hours,
            words::cadence::field_hours_hint(t),
        ),
        text("place", words::cadence::field_place(t), &own.place, ""),
    ]);
    let title = words::cadence::rhythm_title(t, &account.name);
    open_form(
        model,
        Form::new(
            FormFor::Rhythm {
                account: account.id,
            },
            title,
            fields,
        ),
    );
}

pub(super) fn keep_rhythm(
    model: &mut Model,
    form: &Form,
    id: &AccountId,
    effects: &mut Vec<Effect>,
) -> Kept {
    let before = super::keep::account(model, id).ok_or_else(|| gone("agreed"))?;
    let edit = ops::rhythm::Edit {
        agreed: form.text("agreed"),
        every: KINDS.map(|(_, key)| form.text(key)),
        reason: form.text("reason"),
        pause: form.text("pause"),
        pause_reason: form.text("pause-reason"),
        blackouts: form.text("blackouts"),
        zone: form.text("zone"),
        hours: form.text("hours"),
        place: form.text("place"),
    };
    let operation = ops::rhythm::set(&before, &edit, &mut model.by())?;
    commit(model, operation, effects);
    Ok(())
}

pub fn prefs_form(model: &mut Model) {
    let t = model.t();
    let Some(account) = account(model) else {
        return model.refuse(words::common::no_account_chosen(t));
    };
    // On the list of people, of the person under the cursor.
    let contact = model
        .account
        .as_ref()
        .filter(|s| model.screen == Screen::Account && s.tab == Tab::People)
        .and_then(|s| s.dossier.as_ref()?.contacts.get(s.list().cursor).cloned());
    let (prefs, name) = contact
        .as_ref()
        .map_or((&account.prefs, account.name.clone()), |c| {
            (&c.prefs, c.name.clone())
        });
    let mut fields = vec![choice(
        "channel",
        words::account::field_channel(t),
        Some("—"),
        &Channel::all_words(t),
        prefs.channel.map(Channel::index),
    )];
    for message in Message::ALL {
        let held = if prefs.opted_out.contains(message) {
            Some(Frequency::Never)
        } else {
            prefs.frequency.get(message).copied()
        };
        fields.push(choice(
            message.key(),
            message.words(t),
            Some(words::prefs::as_cadence(t)),
            &Frequency::all_words(t),
            held.map(Frequency::index),
        ));
    }
    let quiet = prefs
        .quiet
        .map(|q| format!("{}-{}", q.from.format("%H:%M"), q.to.format("%H:%M")))
        .unwrap_or_default();
    fields.push(text(
        "quiet",
        words::prefs::field_quiet(t),
        &quiet,
        "12:00-13:00",
    ));
    fields.push(text(
        "cap",
        words::prefs::field_cap(t),
        &prefs.cap.map(|c| c.to_string()).unwrap_or_default(),
        words::prefs::field_cap_hint(t),
    ));
    let title = words::prefs::prefs_title(t, &name);
    open_form(
        model,
        Form::new(
            FormFor::Prefs {
                account: account.id,
                contact: contact.map(|c| c.id),
            },
            title,
            fields,
        ),
    );
}

pub(super) fn keep_prefs(
    model: &mut Model,
    form: &Form,
    id: &AccountId,
    contact: Option<&RecordId>,
    effects: &mut Vec<Effect>,
) -> Kept {
    let wish = |message: &Message| {
        let chosen = form.choice(message.key()).checked_sub(1)?;
        Some((*message, Frequency::ALL[chosen]))
    };
    let edit = ops::prefs::Edit {
        channel: form
            .choice("channel")
            .checked_sub(1)
            .map(|i| Channel::ALL[i]),
        frequency: Message::ALL.iter().filter_map(wish).collect(),
        quiet: form.text("quiet"),
        cap: form.text("cap"),
    };
    let operation = match contact {
        Some(contact) => {
            let dossier = model.account.as_ref().and_then(|s| s.dossier.as_ref());
            let before = dossier.and_then(|d| d.contacts.iter().find(|c| c.id == *contact));
            let before = before.cloned().ok_or_else(|| gone("channel"))?;
            ops::prefs::of_contact(&before, edit, &mut model.by())?
        }
        None => {
            let before = super::keep::account(model, id).ok_or_else(|| gone("channel"))?;
            ops::prefs::of_account(&before, edit, &mut model.by())?
        }
    };
    commit(model, operation, effects);
    Ok(())
}
