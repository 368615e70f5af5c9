//! Forms for people and actions: opened with what stands, kept when it can be.

use super::form::{Form, FormFor, choice, flag, text};
use super::keep::{action, commit};
use super::msg::Effect;
use super::overlay::Overlay;
use super::{Model, away, drafts, wishes, wrapup};
use crate::domain::account::Verdict;
use crate::domain::action::{Action, Priority, Side, Status, StepKind};
use crate::domain::contact::{Channel, Contact, Role, Status as ContactStatus};
use crate::domain::facts::touch::TouchKind;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::note::Topic;
use crate::ops::{self, Refusal, Subject};
use crate::services::capture::Talk;
use crate::services::dates;
use crate::words;

pub fn contact_form(model: &mut Model, id: Option<RecordId>) {
    let t = model.t();
    let Some(state) = &model.account else { return };
    let Some(d) = &state.dossier else { return };
    let blank = Contact::new("".into(), state.id.clone(), "");
    let c = id
        .as_ref()
        .and_then(|id| d.contacts.iter().find(|c| c.id == *id))
        .unwrap_or(&blank);
    let fields = vec![
        text("name", words::account::field_name(t), &c.name, ""),
        text("reading", words::account::field_reading(t), &c.reading, ""),
        text("title", words::account::field_title(t), &c.title, ""),
        choice(
            "role",
            words::account::field_role(t),
            Some("—"),
            &Role::all_words(t),
            c.role.map(Role::index),
        ),
        text("email", words::account::field_email(t), &c.email, ""),
        text("phone", words::account::field_phone(t), &c.phone, ""),
        choice(
            "channel",
            words::account::field_channel(t),
            Some("—"),
            &Channel::all_words(t),
            c.channel.map(Channel::index),
        ),
        choice(
            "status",
            words::actions::field_status(t),
            None,
            &ContactStatus::all_words(t),
            Some(c.status.index()),
        ),
        text(
            "since",
            words::account::field_since(t),
            &c.since.map(|d| d.to_string()).unwrap_or_default(),
            words::common::date_hint(t),
        ),
    ];
    let title = if id.is_some() {
        words::account::edit_contact(t)
    } else {
        words::account::add_contact(t)
    };
    let form = Form::new(
        FormFor::Contact {
            account: blank.account.clone(),
            id,
        },
        title,
        fields,
    );
    open_form(model, form);
}

pub fn action_form(model: &mut Model, id: Option<RecordId>) {
    let t = model.t();
    let Some(a) = id.and_then(|id| action(model, &id)) else {
        return model.refuse(words::actions::no_action_chosen(t));
    };
    let fields = vec![
        text(
            "what",
            words::actions::field_what(t),
            &a.what,
            &history(model, &a),
        ),
        choice(
            "side",
            words::actions::field_side(t),
            None,
            &Side::all_words(t),
            Some(a.side.index()),
        ),
        text("owner", words::actions::field_owner(t), &a.owner, ""),
        text(
            "due",
            words::actions::due(t),
            &a.due.map(|d| d.to_string()).unwrap_or_default(),
            words::common::date_hint(t),
        ),
        choice(
            "status",
            words::actions::field_status(t),
            None,
            &Status::all_words(t),
            Some(a.status.index()),
        ),
        choice(
            "priority",
            words::actions::field_priority(t),
            None,
            &Priority::all_words(t),
            Some(a.priority.index()),
        ),
        flag("promised", words::actions::field_promised(t), a.promised),
        text(
            "proof",
            words::actions::field_proof(t),
            &a.proof,
            words::actions::proof_hint(t),
        ),
        text(
            "told",
            words::actions::field_told(t),
            &a.informed_on.map(|d| d.to_string()).unwrap_or_default(),
            words::common::date_hint(t),
        ),
    ];
    let form = Form::new(
        FormFor::Action { id: a.id },
        words::actions::edit_action(t),
        fields,
    );
    open_form(model, form);
}

/// The talk in the composer: how, with whom, when.
pub fn talk_form(model: &mut Model, talk: Option<Talk>) {
    let t = model.t();
    let talk = talk.unwrap_or(Talk::new(TouchKind::Call));
    let at = talk
        .at
        .map(|at| {
            model
                .now
                .zone
                .local(at)
                .format("%Y-%m-%d %H:%M")
                .to_string()
        })
        .unwrap_or_default();
    let fields = vec![
        choice(
            "kind",
            words::compose::field_talk(t),
            None,
            &TouchKind::all_words(t)[..4],
            Some(talk.kind.index()),
        ),
        text("with", words::call::field_attendees(t), &talk.with, ""),
        text(
            "at",
            words::compose::field_talk_at(t),
            &at,
            words::compose::talk_at_hint(t),
        ),
    ];
    model.overlays.push(Overlay::Form(Form::new(
        FormFor::Talk,
        words::compose::talk_title(t),
        fields,
    )));
}

fn keep_talk(model: &mut Model, form: &Form) -> Kept {
    let at = match form.text("at").as_str() {
        "" => None,
        text => Some(
            dates::read_moment(text, model.now)
                .filter(|at| *at <= model.now.at)
                .ok_or_else(|| Refusal::new("at", words::compose::not_a_past_time))?,
        ),
    };
    if let Some(Overlay::Compose(compose)) = model.overlays.last_mut() {
        // The draft is written anew, though no word of the text has changed.
        compose.saved = u64::MAX;
        compose.talk = Some(Talk {
            kind: TouchKind::ALL[form.choice("kind")],
            with: crate::domain::text::clean_line(&form.text("with")),
            at,
        });
    }
    Ok(())
}

/// An entry of the context log: what happens in the customer's business.
pub fn context_form(model: &mut Model, account: AccountId) {
    let t = model.t();
    let fields = vec![
        text("text", words::account::field_happened(t), "", ""),
        choice(
            "topic",
            words::account::field_topic(t),
            None,
            &Topic::all_words(t),
            Some(0),
        ),
        text(
            "source",
            words::account::field_source(t),
            "",
            words::account::source_hint(t),
        ),
        text(
            "date",
            words::account::field_happened_on(t),
            &model.now.today().to_string(),
            words::common::date_hint(t),
        ),
    ];
    let title = words::account::context_of(t, model.book.name(&account));
    open_form(
        model,
        Form::new(FormFor::Context { account }, title, fields),
    );
}

fn keep_context(
    model: &mut Model,
    form: &Form,
    account: &AccountId,
    effects: &mut Vec<Effect>,
) -> Kept {
    let name = model.book.name(account).to_owned();
    let of = Subject {
        id: account,
        name: &name,
    };
    let happened = ops::notes::Happened {
        text: &form.text("text"),
        topic: Topic::ALL[form.choice("topic")],
        source: &form.text("source"),
        on: &form.text("date"),
    };
    let operation = ops::notes::context(of, happened, &mut model.by())?;
    commit(model, operation, effects);
    Ok(())
}

/// Health as a person sees it, over the numbers, with a reason and an end.
pub fn ruling_form(model: &mut Model, id: AccountId) {
    let t = model.t();
    let Some(account) = super::keep::account(model, &id) else {
        return;
    };
    let r = account.health_override.as_ref();
    let until = r.map_or(
        Some(model.now.today() + chrono::Duration::days(RULING_DAYS)),
        |r| r.until,
    );
    let fields = vec![
        choice(
            "verdict",
            words::health::field_verdict(t),
            Some(words::health::by_numbers(t)),
            &Verdict::all_words(t),
            r.map(|r| r.verdict.index()),
        ),
        text(
            "reason",
            words::health::field_reason(t),
            r.map_or("", |r| r.reason.as_str()),
            "",
        ),
        text(
            "until",
            words::health::field_until(t),
            &until.map(|d| d.to_string()).unwrap_or_default(),
            words::common::date_hint(t),
        ),
    ];
    let title = words::health::ruling_of(t, &account.name);
    model.overlays.push(Overlay::Form(Form::new(
        FormFor::HealthOverride { account: id },
        title,
        fields,
    )));
}

/// Days for which a health_override is proposed to stand.
const RULING_DAYS: i64 = 30;

fn keep_ruling(model: &mut Model, form: &Form, id: &AccountId, effects: &mut Vec<Effect>) -> Kept {
    let Some(before) = super::keep::account(model, id) else {
        return Ok(());
    };
    let judgement = ops::accounts::Judgement {
        verdict: form
            .choice("verdict")
            .checked_sub(1)
            .map(|i| Verdict::ALL[i]),
        reason: &form.text("reason"),
        until: &form.text("until"),
    };
    let operation = ops::accounts::override_health(&before, judgement, &mut model.by())?;
    commit(model, operation, effects);
    Ok(())
}

/// A form with the answers of last time, where it was left without being kept.
pub(super) fn open_form(model: &mut Model, mut form: Form) {
    if let Some(draft) = drafts::form_key(model, &form).and_then(|key| model.drafts.get(&key)) {
        form.restore(draft);
        model.say(words::common::draft_back(model.lang));
    }
    model.overlays.push(Overlay::Form(form));
}

/// What became of an action, newest first: shown under the form.
fn history(model: &Model, a: &Action) -> String {
    let t = model.t();
    let date = |d: Option<chrono::NaiveDate>| {
        d.map_or_else(
            || words::actions::no_due(t).to_owned(),
            |d| words::dates::day(t, d, model.now.today()),
        )
    };
    let steps = a.history.iter().rev().map(|step| {
        let what = match &step.what {
            StepKind::Status { from, to } => {
                format!("{} → {}", from.words(t), to.words(t))
            }
            StepKind::Due { from, to } => {
                format!("{} {} → {}", words::actions::due(t), date(*from), date(*to))
            }
            StepKind::Owner { from, to } => format!("{from} → {to}"),
        };
        format!(
            "{} {what}",
            words::dates::day(t, model.now.zone.day(step.at), model.now.today())
        )
    });
    steps.collect::<Vec<_>>().join(" · ")
}

/// Keeps a form, or puts it back with the field that cannot be kept.
pub fn form(model: &mut Model, mut form: Form, effects: &mut Vec<Effect>) {
    let kept = match form.purpose.clone() {
        FormFor::Contact { account, id } => keep_contact(model, &form, &account, id, effects),
        FormFor::Action { id } => keep_action(model, &form, &id, effects),
        FormFor::Talk => keep_talk(model, &form),
        FormFor::Context { account } => keep_context(model, &form, &account, effects),
        FormFor::HealthOverride { account } => keep_ruling(model, &form, &account, effects),
        FormFor::Rhythm { account } => wishes::keep_rhythm(model, &form, &account, effects),
        FormFor::Prefs { account, contact } => {
            wishes::keep_prefs(model, &form, &account, contact.as_ref(), effects)
        }
        FormFor::Absence => away::keep_absence(model, &form, effects),
        FormFor::WrapUp => wrapup::keep_wrap_up(model, &mut form, effects),
    };
    match kept {
        Err(refusal) => {
            if !refusal.field.is_empty() {
                form.refuse(refusal.field, refusal.words(model.lang).to_owned());
            }
            model.overlays.push(Overlay::Form(form));
        }
        Ok(()) => {
            if let Some(key) = drafts::form_key(model, &form)
                && model.drafts.contains_key(&key)
                && !model.discard_when_stored(key.clone())
            {
                model.drafts.remove(&key);
                effects.push(Effect::DiscardDraft { key });
            }
        }
    }
}

pub(super) type Kept = Result<(), Refusal>;

/// A record that the form is about is not there any more.
pub(super) fn gone(field: &'static str) -> Refusal {
    Refusal::new(field, words::common::gone)
}

fn keep_contact(
    model: &mut Model,
    form: &Form,
    account: &AccountId,
    id: Option<RecordId>,
    effects: &mut Vec<Effect>,
) -> Kept {
    let before = id.and_then(|id| {
        model
            .account
            .as_ref()?
            .dossier
            .as_ref()?
            .contacts
            .iter()
            .find(|c| c.id == id)
            .cloned()
    });
    let edit = ops::contacts::Edit {
        name: form.text("name"),
        reading: form.text("reading"),
        title: form.text("title"),
        email: form.text("email"),
        phone: form.text("phone"),
        role: form.choice("role").checked_sub(1).map(|i| Role::ALL[i]),
        channel: form
            .choice("channel")
            .checked_sub(1)
            .map(|i| Channel::ALL[i]),
        status: ContactStatus::ALL[form.choice("status")],
        since: form.text("since"),
    };
    let operation = ops::contacts::edit(before.as_ref(), account, edit, &mut model.by())?;
    commit(model, operation, effects);
    Ok(())
}

fn keep_action(model: &mut Model, form: &Form, id: &RecordId, effects: &mut Vec<Effect>) -> Kept {
    let before = action(model, id).ok_or_else(|| gone("what"))?;
    let edit = ops::actions::Edit {
        what: form.text("what"),
        side: Side::ALL[form.choice("side")],
        owner: form.text("owner"),
        due: form.text("due"),
        status: Status::ALL[form.choice("status")],
        priority: Priority::ALL[form.choice("priority")],
        promised: form.flag("promised"),
        proof: form.text("proof"),
        informed: form.text("told"),
    };
    let operation = ops::actions::edit(&before, edit, &mut model.by())?;
    commit(model, operation, effects);
    Ok(())
}
