//! What the store's answers do to the desk.

use super::msg::{self, Effect};
use super::overlay::Overlay;
use super::saving::Unsaved;
use super::screens::{Screen, account};
use super::{Model, Waiting, calls, rhythm};
use crate::domain::action::Action;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::checkin::Checkin;
use crate::domain::failure::Failure;
use crate::domain::health::why::Why;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::records::{Kind, Record};
use crate::domain::signals::phrases::PhraseMatcher;
use crate::domain::when::Now;
use crate::services::why;
use crate::words;

pub fn on_opened(model: &mut Model, opened: msg::Opened, effects: &mut Vec<Effect>) {
    let held = model
        .portfolio
        .current(&model.book)
        .map(|r| r.account.id.clone());
    let version = model.book.version + 1;
    model.book = opened.book;
    model.book.version = version;
    model.today.forget();
    model.portfolio.forget();
    model.cadence.forget();
    model.ready = true;
    super::during::listen_anew(model);
    model.preview = None;
    model
        .portfolio
        .refresh(&model.book, model.now.today(), model.geometry.rows);
    if let Some(at) = held.and_then(|id| {
        model
            .portfolio
            .shown
            .iter()
            .position(|i| model.book.rows()[*i].account.id == id)
    }) {
        model.portfolio.list.cursor = at;
        model
            .portfolio
            .list
            .hold(model.portfolio.shown.len(), model.geometry.rows);
    }
    if !opened.notices.is_empty() {
        model.overlays.push(Overlay::Notice {
            title: words::shell::mended(model.lang).into(),
            lines: opened.notices,
            scroll: 0,
        });
    }
    let mine: Option<_> = model
        .book
        .unfinished()
        .into_iter()
        .find(|c| c.author == model.author.name)
        .map(|c| c.id.clone());
    if let Some(checkin) = mine
        && model.overlays.is_empty()
        && model.screen != Screen::Live
    {
        model.overlays.push(Overlay::Resume { checkin });
    } else if let Some(state) = &model.account {
        effects.push(Effect::Load(state.id.clone()));
    }
}

pub fn on_stored(
    model: &mut Model,
    operation: &Operation,
    rows: Vec<std::sync::Arc<crate::domain::standing::Row>>,
    gone: &[AccountId],
    effects: &mut Vec<Effect>,
) {
    let own = model.unsaved.iter().any(|u| u.operation.id == operation.id);
    if let Some(at) = model
        .unsaved
        .iter()
        .position(|u| u.operation.id == operation.id)
    {
        for key in model.unsaved.remove(at).drafts {
            model.drafts.remove(&key);
            // What is typed in its place meanwhile is another text.
            let place =
                super::drafts::place_of(&key).filter(|place| !model.drafts.contains_key(place));
            effects.extend(
                place
                    .into_iter()
                    .chain([key])
                    .map(|key| Effect::DiscardDraft { key }),
            );
        }
        model.saving.pending = model.unsaved.len();
        // Typed while the store was opening: the rows that came then do not know of it yet.
        if model.saving.pending == 0 {
            model.book.apply(operation);
        }
    } else {
        // Written by an undo, an import or another terminal: the desk follows.
        model.book.apply(operation);
        model.actions.follow(operation);
        if let Some(state) = &mut model.account {
            apply_to_dossier(state, operation, &*model.phrases, model.now);
        }
    }
    model.saving.last = Some(model.now.at);
    let dismissal = |c: &Change| c.record().is_some_and(|r| r.kind() == Kind::Dismissal);
    if operation.changes.iter().any(dismissal) {
        super::during::listen_anew(model);
    }
    let before = operation
        .accounts()
        .first()
        .and_then(|id| model.book.get(id))
        .cloned();
    if own {
        rhythm::show_diff(model, operation, &rows, before);
    }
    model.book.put(rows);
    model.book.remove(gone);
    if let Some(state) = &mut model.account
        && let Some(row) = model.book.get(&state.id)
    {
        state.signals = row.standing.signals.to_vec();
    }
    if let Some(state) = &model.account
        && gone.contains(&state.id)
    {
        model.account = None;
        model.back.retain(|s| *s != Screen::Account);
        if model.screen == Screen::Account {
            model.screen = Screen::Today;
        }
    }
    match &operation.label {
        Label::Undo { what, .. } => {
            let words = what
                .as_ref()
                .map_or_else(String::new, |w| words::log::label(model.t(), w));
            model.say(words::shell::undone(model.lang, &words));
        }
        Label::Redo { what, .. } => {
            let words = what
                .as_ref()
                .map_or_else(String::new, |w| words::log::label(model.t(), w));
            model.say(words::shell::redone(model.lang, &words));
        }
        // In a call the clock of the last saving says enough.
        Label::Call { .. } | Label::Mark => {}
        label => {
            let words = words::log::label(model.t(), label);
            model.say_in_passing(words::shell::saved(model.lang, &words));
        }
    }
}

/// An operation did not reach the disk: the desk goes back to what is there, and what was typed
/// stays as a draft.
pub fn on_not_stored(
    model: &mut Model,
    id: &RecordId,
    failure: &Failure,
    effects: &mut Vec<Effect>,
) {
    let mut mark = false;
    if let Some(at) = model.unsaved.iter().position(|u| u.operation.id == *id) {
        let Unsaved { operation, drafts } = model.unsaved.remove(at);
        mark = operation.label == Label::Mark;
        let back = operation.inverse(operation.id.clone(), operation.at, operation.label.clone());
        model.book.apply(&back);
        model.actions.follow(&back);
        if let Some(state) = &mut model.account {
            apply_to_dossier(state, &back, &*model.phrases, model.now);
        }
        model.actions.just_done.retain(|a| {
            !operation
                .changes
                .iter()
                .any(|c| c.after_as::<Action>().is_some_and(|x| x.id == a.id))
        });
        for change in &operation.changes {
            let (before, after) = change.typed::<Checkin>();
            if let (Some(live), Some(after)) = (&mut model.live, after)
                && live.checkin.id == after.id
            {
                live.not_stored(before);
            }
        }
        if !drafts.is_empty() {
            model.refuse(words::shell::kept_as_draft(model.lang));
        }
        super::drafts::come_back(model, drafts, effects);
    }
    model.saving.pending = model.unsaved.len();
    if mark {
        // The program could not remember what it did: nobody typed that.
        return;
    }
    let words = words::problems::failure(model.t(), failure);
    let mut lines = vec![words];
    lines.extend(words::problems::hint(model.t(), failure).map(str::to_owned));
    model.overlays.push(Overlay::Notice {
        title: words::shell::not_saved(model.lang).into(),
        lines,
        scroll: 0,
    });
}

pub fn on_dossier(
    model: &mut Model,
    dossier: Box<crate::domain::dossier::Dossier>,
    effects: &mut Vec<Effect>,
) {
    let id = dossier.account.id.clone();
    model.people = Some((id.clone(), dossier.contacts.clone()));
    match model.waiting.clone() {
        Some(Waiting::Checkin(w)) if w == id => {
            model.waiting = None;
            calls::choose_template(model, &dossier);
        }
        Some(Waiting::Start(w, template)) if w == id => {
            model.waiting = None;
            return calls::set_up(model, dossier, &template);
        }
        Some(Waiting::Brief(w)) if w == id => {
            model.waiting = None;
            calls::show_brief(model, &dossier, effects);
        }
        Some(Waiting::Live(w)) if w == id => {
            model.waiting = None;
            if let Some(state) = &mut model.live {
                state.actions = dossier
                    .actions
                    .iter()
                    .filter(|a| a.source.as_ref() == Some(&state.checkin.id))
                    .cloned()
                    .collect();
                state.dossier = Some(dossier.clone());
            }
            calls::open_wrap_up_if_due(model);
        }
        _ => {}
    }
    if let Some(state) = model.account.as_mut().filter(|s| s.id == id) {
        state.show(dossier, &*model.phrases, model.now);
        state.signals = model
            .book
            .get(&id)
            .map(|r| r.standing.signals.to_vec())
            .unwrap_or_default();
        state.peers = model.book.peers(&id);
        let (len, rows) = (state.len(), model.geometry.rows);
        state.list_mut().hold(len, rows);
    }
}

/// Keeps the open account in step with a change, without reading it again.
pub fn apply_to_dossier(
    state: &mut account::State,
    operation: &Operation,
    ear: &dyn PhraseMatcher,
    now: Now,
) {
    let Some(mut dossier) = state.dossier.take() else {
        return;
    };
    for change in &operation.changes {
        if change.record().and_then(Record::account) == Some(&state.id) {
            dossier.apply(change);
        }
    }
    state.show(dossier, ear, now);
}

/// Why a score is what it is. The store may have been busy: the answer comes to who still asks, and
/// into nobody's way.
pub fn on_why(model: &mut Model, id: &AccountId, why: &Why) {
    let asked = model
        .why
        .take()
        .is_some_and(|asked| asked == *id && model.subject() == Some(asked));
    if !asked || !model.overlays.is_empty() || model.screen == Screen::Live {
        return;
    }
    if let Some(row) = model.book.get(id) {
        let (title, lines) = (
            why::title(model.t(), &row.account, &why.now),
            why::lines(model.t(), why, &model.config.policy),
        );
        model.overlays.push(Overlay::Notice {
            title,
            lines,
            scroll: 0,
        });
    }
}
