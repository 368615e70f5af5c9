//! What the desk asks: a line, a choice, a note to be written.

use super::command::{Command, Scope, VERBS};
use super::msg::Effect;
use super::overlay::{Compose, Item, Overlay, Pick, PickFor, Prompt, PromptFor, Value};
use super::screens::insights::{self, Progress};
use super::text::Editor;
use super::{Model, drafts};
use crate::domain::ids::AccountId;
use crate::domain::view::Order;
use crate::services::backtest::Report;
use crate::services::backtest::fit::Fitted;
use crate::words;

pub(super) fn prompt(model: &mut Model, purpose: PromptFor, title: &str, hint: &str, text: &str) {
    model.overlays.push(Overlay::Prompt(Prompt {
        purpose,
        title: title.to_owned(),
        hint: hint.to_owned(),
        field: Editor::single(text),
        start: text.to_owned(),
        leaving: false,
        error: None,
    }));
}

pub(super) fn compose(model: &mut Model, id: AccountId, effects: &mut Vec<Effect>) {
    effects.push(Effect::Load(id.clone()));
    let name = model.book.name(&id).to_owned();
    let kept = model.drafts.get(&drafts::note_key(&id, &model.author.name));
    let draft = kept.and_then(|d| d.get("text")?.as_str().map(str::to_owned));
    let talk = kept
        .and_then(|d| serde_json::from_value(d.get("talk")?.clone()).ok())
        .flatten();
    if draft.is_some() {
        model.say(words::common::draft_back(model.lang));
    }
    let editor = Editor::new(&draft.unwrap_or_default());
    model.overlays.push(Overlay::Compose(Compose {
        account: id,
        name,
        editor,
        talk,
        note: None,
        saved: 0,
    }));
}

/// The composer on a note that stands; its draft, if there is one, comes back.
pub(super) fn edit_note(model: &mut Model, note: Option<crate::domain::note::Note>) {
    let Some(note) = note else { return };
    let name = model.book.name(&note.account).to_owned();
    let mut compose = Compose {
        account: note.account.clone(),
        name,
        editor: Editor::new(&note.text),
        talk: None,
        note: Some(note),
        saved: 0,
    };
    if let Some(text) = model
        .drafts
        .get(&drafts::compose_key(&compose, &model.author.name))
        .and_then(|d| d.get("text")?.as_str())
    {
        compose.editor = Editor::new(text);
    }
    model.overlays.push(Overlay::Compose(compose));
}

pub(super) fn pick_account(model: &mut Model, then: Command) {
    // The account one spoke with last is the likeliest.
    let mut rows: Vec<_> = model.book.rows().iter().collect();
    rows.sort_by_key(|r| std::cmp::Reverse(r.standing.last_touch));
    let items = rows
        .into_iter()
        .map(|r| Item {
            label: r.account.name.clone(),
            detail: r.account.reading.clone(),
            value: Value::Account(r.account.id.clone()),
        })
        .collect();
    let title = words::common::choose_account(model.lang);
    model.overlays.push(Overlay::Pick(Pick::new(
        PickFor::Account(then),
        title,
        items,
    )));
}

pub(super) fn palette(model: &mut Model) {
    let t = model.t();
    let mut items: Vec<Item> = Vec::new();
    for scope in model.scopes() {
        for verb in VERBS
            .iter()
            .filter(|v| v.scope == *scope && (*scope != Scope::List))
        {
            if items
                .iter()
                .any(|i| i.value == Value::Command(verb.command))
            {
                continue;
            }
            let refusal = super::command::refusal(verb.command, model, t)
                .map(|why| format!("({why})  "))
                .unwrap_or_default();
            items.push(Item {
                label: verb.command.words(t).to_owned(),
                detail: format!("{refusal}{}", verb.key()),
                value: Value::Command(verb.command),
            });
        }
    }
    model.overlays.push(Overlay::Pick(Pick::new(
        PickFor::Command,
        words::shell::palette(t),
        items,
    )));
}

pub(super) fn pick_order(model: &mut Model) {
    let t = model.t();
    let items = Order::ALL
        .iter()
        .map(|o| Item {
            label: o.words(t).into(),
            detail: String::new(),
            value: Value::Index(o.index()),
        })
        .collect();
    model.overlays.push(Overlay::Pick(Pick::new(
        PickFor::Order,
        words::portfolio::order_title(t),
        items,
    )));
}

pub(super) fn pick_view(model: &mut Model) {
    let t = model.t();
    let shipped = [
        ("band:red", words::portfolio::view_red(t)),
        ("renewal<90", words::portfolio::view_renewal(t)),
        ("touch>60", words::portfolio::view_silent(t)),
        ("usage<-20", words::portfolio::view_falling(t)),
    ];
    let mut items: Vec<Item> = model
        .book
        .views
        .values()
        .map(|v| Item {
            label: v.name.clone(),
            detail: v.query.clone(),
            value: Value::Text(v.name.clone()),
        })
        .collect();
    items.extend(shipped.iter().map(|(query, name)| Item {
        label: (*name).into(),
        detail: (*query).into(),
        value: Value::Text(format!("={query}")),
    }));
    model.overlays.push(Overlay::Pick(Pick::new(
        PickFor::View,
        words::portfolio::views(t),
        items,
    )));
}

/// Begins the back-test, with a fit of the weights or without.
pub fn backtest(model: &mut Model, fit: bool, effects: &mut Vec<Effect>) {
    model.insights.running = Some(Progress {
        done: 0,
        total: 0,
        fit,
    });
    effects.push(Effect::Backtest { first: true, fit });
}

/// A piece is done: the next is asked for, unless it was cancelled meanwhile.
pub fn backtesting(model: &mut Model, done: usize, total: usize, effects: &mut Vec<Effect>) {
    if let Some(running) = &mut model.insights.running {
        (running.done, running.total) = (done, total);
        effects.push(Effect::Backtest {
            first: false,
            fit: running.fit,
        });
    }
}

pub fn backtested(model: &mut Model, report: Box<Report>, fitted: Option<Option<Box<Fitted>>>) {
    if model.insights.running.take().is_some() {
        model.insights = insights::State {
            report: Some(report),
            fitted,
            ..Default::default()
        };
    }
}
