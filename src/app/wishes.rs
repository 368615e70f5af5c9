//! Forms of an account's own rhythm, and of what it and its people want to hear.

use super::Model;
use super::form::{Form, FormFor, choice, text};
use super::forms::{Kept, open_form};
use super::keep::commit;
use super::msg::Effect;
use super::screens::Screen;
use super::screens::account::Tab;
use crate::domain::account::Account;
use crate::domain::cadence::rhythm::{Deviation, Pause, Rhythm};
use crate::domain::cadence::{Every, Kind};
use crate::domain::change::{Change, Label};
use crate::domain::contact::Channel;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::prefs::{Frequency, Message, Prefs, Quiet};
use crate::services::{dates, recurrence};
use crate::words::{self, Lang};

/// The account whose rhythm is meant.
fn account(model: &Model) -> Option<Account> {
    model
        .subject()
        .and_then(|id| model.book.get(&id))
        .map(|r| r.account.clone())
}

const KINDS: [(Kind, &str); 7] = [
    (Kind::Checkin, "every-check-in"),
    (Kind::Review, "every-review"),
    (Kind::Report, "every-report"),
    (Kind::Email, "every-email"),
    (Kind::Webinar, "every-webinar"),
    (Kind::Training, "every-training"),
    (Kind::Executive, "every-executive"),
];

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
    let t = model.t();
    let today = model.now.today();
    let before = model
        .book
        .get(id)
        .map(|r| r.account.clone())
        .ok_or_else(|| ("agreed".to_owned(), words::common::gone(t).to_owned()))?;
    let mut own: Rhythm = before.cadence.as_deref().cloned().unwrap_or_default();
    let wrong = |key: &str, why: &str| (key.to_owned(), why.to_owned());
    own.agreed = match form.text("agreed").as_str() {
        "" => None,
        typed => {
            let read = recurrence::read(typed, today)
                .ok_or_else(|| wrong("agreed", words::cadence::no_recurrence(t)))?;
            // What is left as it was keeps the day from which it is counted.
            own.agreed
                .filter(|o| (o.on, o.every, o.time) == (read.on, read.every, read.time))
                .or(Some(read))
        }
    };
    let reason = crate::domain::text::clean_line(&form.text("reason"));
    for (kind, key) in KINDS {
        let typed = form.text(key).to_lowercase();
        let every = match typed.as_str() {
            "" => {
                own.every.remove(&kind);
                continue;
            }
            "none" | "なし" => None,
            other => Some(
                Every::parse(other).ok_or_else(|| wrong(key, words::cadence::no_interval(t)))?,
            ),
        };
        match own.every.get_mut(&kind) {
            Some(held) if held.every == every => held.reason = reason.clone(),
            _ => {
                own.every.insert(
                    kind,
                    Deviation {
                        every,
                        reason: reason.clone(),
                        set: today,
                        by: model.author.name.clone(),
                    },
                );
            }
        }
    }
    own.paused = match form.text("pause").as_str() {
        "" => None,
        typed => {
            let until = dates::read(typed, today)
                .filter(|d| *d >= today)
                .ok_or_else(|| wrong("pause", words::common::not_a_date(t)))?;
            let from = own.paused.as_ref().map_or(today, |p| p.from);
            Some(Pause {
                from,
                until,
                reason: crate::domain::text::clean_line(&form.text("pause-reason")),
            })
        }
    };
    own.blackouts = recurrence::spans(&form.text("blackouts"), today)
        .ok_or_else(|| wrong("blackouts", words::cadence::no_span(t)))?;
    let zone = form.text("zone");
    if !zone.is_empty() && zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(wrong("zone", words::cadence::no_zone(t)));
    }
    own.zone = zone;
    own.hours = match form.text("hours").as_str() {
        "" => None,
        typed => Some(
            recurrence::hours(typed).ok_or_else(|| wrong("hours", words::cadence::no_hours(t)))?,
        ),
    };
    own.place = crate::domain::text::clean_line(&form.text("place"));
    keep_own(model, before, own, effects);
    Ok(())
}

pub(super) fn keep_own(model: &mut Model, before: Account, own: Rhythm, effects: &mut Vec<Effect>) {
    let after = Account {
        cadence: (!own.is_empty()).then(|| Box::new(own)),
        ..before.clone()
    };
    let field = words::cadence::title(model.lang);
    super::keep::edit_account(model, before, after, field, effects);
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
    let t = model.t();
    let mut prefs = Prefs {
        channel: form
            .choice("channel")
            .checked_sub(1)
            .map(|i| Channel::ALL[i]),
        ..Prefs::default()
    };
    for message in Message::ALL {
        match form
            .choice(message.key())
            .checked_sub(1)
            .map(|i| Frequency::ALL[i])
        {
            Some(Frequency::Never) => drop(prefs.opted_out.insert(*message)),
            Some(frequency) => drop(prefs.frequency.insert(*message, frequency)),
            None => {}
        }
    }
    prefs.quiet = match form.text("quiet").as_str() {
        "" => None,
        typed => recurrence::hours(typed)
            .map(|(from, to)| Some(Quiet { from, to }))
            .ok_or_else(|| ("quiet".to_owned(), words::cadence::no_hours(t).to_owned()))?,
    };
    prefs.cap = match form.text("cap").as_str() {
        "" => None,
        typed => Some(
            crate::domain::text::nfkc(typed)
                .parse()
                .ok()
                .filter(|n| *n <= 1_000)
                .ok_or_else(|| {
                    (
                        "cap".to_owned(),
                        super::screens::account::Wrong::Number.words(t),
                    )
                })?,
        ),
    };
    match contact {
        Some(contact) => {
            let before = model.account.as_ref().and_then(|s| {
                s.dossier
                    .as_ref()?
                    .contacts
                    .iter()
                    .find(|c| c.id == *contact)
                    .cloned()
            });
            let before =
                before.ok_or_else(|| ("channel".to_owned(), words::common::gone(t).to_owned()))?;
            let after = crate::domain::contact::Contact {
                channel: prefs.channel.or(before.channel),
                prefs,
                ..before.clone()
            };
            if after != before {
                let label = Label::Contact {
                    name: before.name.clone(),
                };
                commit(model, label, vec![Change::update(before, after)], effects);
            }
        }
        None => {
            let before = model
                .book
                .get(id)
                .map(|r| r.account.clone())
                .ok_or_else(|| ("channel".to_owned(), words::common::gone(t).to_owned()))?;
            let after = Account {
                prefs,
                ..before.clone()
            };
            super::keep::edit_account(model, before, after, words::prefs::prefs_word(t), effects);
        }
    }
    Ok(())
}
