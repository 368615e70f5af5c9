//! Applying the store's results to the model.

use std::sync::Arc;

use super::{drafting, keys};
use crate::app::kit::drafts;
use crate::app::model::Model;
use crate::app::msg::{Effect, Opened, Reply, Screen, Unsaved};
use crate::app::overlay::Answer;
use crate::app::verb::Effects;
use crate::app::{cadence, call, importing, prose};
use crate::domain::action::Action;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::checkin::Checkin;
use crate::domain::dossier::Dossier;
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::records::Kind;
use crate::domain::standing::Row;
use crate::words;

/// The store is open.
pub fn opened(model: &mut Model, opened: Opened, effects: &mut Effects) {
    let held = model
        .portfolio
        .current(&model.book)
        .map(|r| r.account.id.clone());
    let version = model.book.version + 1;
    model.book = opened.book;
    model.book.version = version;
    model.today.forget();
    model.portfolio.forget();
    model.risk.forget();
    model.cadence.forget();
    model.ready = true;
    call::listen_again(model);
    model.preview = None;
    let (today, rows) = (model.now.today(), model.geometry.rows);
    model.portfolio.refresh(&model.book, today, rows);
    if let Some(id) = held {
        model.portfolio.hold_on(&model.book, &id, rows);
    }
    if !opened.notices.is_empty() {
        model.show(words::shell::mended(model.lang), opened.notices);
    }
    let unfinished = model.book.unfinished();
    let mine = unfinished.iter().find(|c| c.author == model.author.name);
    let mine = mine.map(|c| c.id.clone());
    if let Some(checkin) = mine
        && model.overlays.is_empty()
        && model.screen != Screen::Call
    {
        model.lay(call::state::Layer::Resume(checkin));
    } else if let Some(pane) = &model.account {
        effects.push(Effect::Load(pane.id.clone(), None));
    }
}

/// An operation is on disk: the client's own, or one from undo, an import or another terminal.
pub fn stored(
    model: &mut Model,
    operation: &Operation,
    rows: Vec<Arc<Row>>,
    gone: &[AccountId],
    effects: &mut Effects,
) {
    let place = model
        .unsaved
        .iter()
        .position(|u| u.operation.id == operation.id);
    match place {
        Some(at) => {
            let unsaved = model.unsaved.remove(at);
            resolve(model, unsaved, effects);
        }
        None => model.apply(operation),
    }
    model.saving.last = Some(model.now.at);
    model.saving.stored += 1;
    let dismissal = |c: &Change| c.record().is_some_and(|r| r.kind() == Kind::Dismissal);
    if operation.changes.iter().any(dismissal) {
        call::listen_again(model);
    }
    let accounts = operation.accounts();
    let before = accounts.first().and_then(|id| model.book.get(id)).cloned();
    if place.is_some() {
        cadence::show_diff(model, operation, &rows, before);
    }
    model.book.put(rows);
    model.book.remove(gone);
    follow_account(model, gone);
    say_stored(model, &operation.label);
}

/// Discards the drafts of the client's own operation once it is on disk.
fn resolve(model: &mut Model, unsaved: Unsaved, effects: &mut Effects) {
    for key in unsaved.drafts {
        model.drafts.remove(&key);
        // A draft that was typed in its place meanwhile must stay.
        let place = drafts::place_of(&key).filter(|place| !model.drafts.contains_key(place));
        let keys = place.into_iter().chain([key]);
        effects.extend(keys.map(|key| Effect::DiscardDraft { key }));
    }
    model.saving.pending = model.unsaved.len();
    // Operations made while the store was opening are not in the rows it delivered.
    if model.saving.pending == 0 {
        model.book.apply(&unsaved.operation);
    }
}

/// Updates the signals of the open account, or closes it if it was deleted.
fn follow_account(model: &mut Model, gone: &[AccountId]) {
    let Some(pane) = &mut model.account else {
        return;
    };
    if let Some(row) = model.book.get(&pane.id) {
        pane.signals = row.standing.signals.to_vec();
    }
    if gone.contains(&pane.id) {
        model.account = None;
        model.back.retain(|s| *s != Screen::Account);
        if model.screen == Screen::Account {
            model.screen = Screen::Today;
        }
    }
}

fn say_stored(model: &mut Model, label: &Label) {
    let lang = model.lang;
    let meant = |what: &Option<Box<Label>>| {
        what.as_ref()
            .map_or_else(String::new, |w| words::log::label(lang, w))
    };
    match label {
        Label::Undo { what, .. } => model.say(words::shell::undone(lang, meant(what))),
        Label::Redo { what, .. } => model.say(words::shell::redone(lang, meant(what))),
        // During a call the time of the last save in the footer is enough.
        Label::Call { .. } | Label::Mark => {}
        label => {
            let words = words::log::label(lang, label);
            model.say_in_passing(words::shell::saved(lang, &words));
        }
    }
}

/// Reverts an operation that could not be written. The typed text stays as a draft.
pub fn not_stored(model: &mut Model, id: &RecordId, failure: &Failure, effects: &mut Effects) {
    let mut mark = false;
    if let Some(at) = model.unsaved.iter().position(|u| u.operation.id == *id) {
        let Unsaved { operation, drafts } = model.unsaved.remove(at);
        mark = operation.label == Label::Mark;
        let back = operation.inverse(operation.id.clone(), operation.at, operation.label.clone());
        model.apply(&back);
        for change in &operation.changes {
            if let Some(action) = change.after_as::<Action>() {
                model.actions.just_done.retain(|a| a.id != action.id);
            }
            let (before, after) = change.typed::<Checkin>();
            if let (Some(call), Some(after)) = (&mut model.call.open, after)
                && call.checkin.id == after.id
            {
                call.not_stored(before);
            }
        }
        if !drafts.is_empty() {
            model.refuse(words::shell::kept_as_draft(model.lang));
        }
        drafting::restore_unstored(model, drafts, effects);
    }
    model.saving.pending = model.unsaved.len();
    if mark {
        // A failed bookkeeping mark is not reported: the user did not type it.
        return;
    }
    let mut lines = vec![words::problems::failure(model.lang, failure)];
    lines.extend(words::problems::hint(model.lang, failure).map(str::to_owned));
    model.show(words::shell::not_saved(model.lang), lines);
}

/// Delivers an account to the request that waits for it, and to the open account.
pub fn dossier(
    model: &mut Model,
    dossier: Box<Dossier>,
    freshness: DataFreshness,
    reply: Option<Reply>,
    effects: &mut Effects,
) {
    model.freshness = freshness;
    model.people = Some((dossier.account.id.clone(), dossier.contacts.clone()));
    if let Some(pane) = &mut model.account
        && pane.id == dossier.account.id
    {
        pane.read(dossier.clone(), &model.book, &*model.phrases, model.now);
        let (len, rows) = (pane.len(), model.geometry.rows);
        pane.list_mut().hold(len, rows);
    }
    if reply.is_some() && model.waiting == reply {
        model.waiting = None;
        if let Some(reply) = reply {
            keys::answer(model, reply, Answer::Dossier(dossier), effects);
        }
    }
}

/// A requested effect failed.
pub fn failed(model: &mut Model, failure: &Failure) {
    let words = words::problems::failure(model.lang, failure);
    model.insights.running = None;
    // An import review on screen shows its own failure.
    if !importing::stop(model, &words) && !prose::stop(model, &words) {
        model.refuse(words);
    }
}
