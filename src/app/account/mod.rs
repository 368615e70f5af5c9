//! One account: overview, signals, usage, tickets, timeline, cadence, people, actions, notes.

pub mod beside;
mod context;
mod editing;
pub mod entries;
mod opening;
mod people;
pub mod state;

use super::kit::list::{ListState, Move};
use super::kit::scope::Scope;
use super::model::Model;
use super::msg::{Effect, Screen};
use super::overlay::Answer;
use super::verb::{Effects, Face, GLOBAL, LIST, Reason, Verb, needs_account, needs_store, verb};
use super::{actions, deleting, lifecycle, touches};
use crate::domain::ids::AccountId;
use crate::ops::Refusal;
use crate::words::{self, Text, labels};
use state::{Pane, Reply, SPANS, Tab};

pub const SCOPE: Scope = Scope {
    id: "account",
    words: Text::new("Account", "アカウント"),
    place: 30,
};

pub const VERBS: &[Verb] = &[
    verb(
        "account.next-tab",
        &SCOPE,
        &["<tab>", "L"],
        Text::new("Next tab", "次のタブ"),
        |model, _| turn(model, 1),
    )
    .footer(),
    verb(
        "account.previous-tab",
        &SCOPE,
        &["<backtab>", "H"],
        Text::new("Previous tab", "前のタブ"),
        |model, _| turn(model, Tab::ALL.len() - 1),
    ),
    verb(
        "account.edit",
        &SCOPE,
        &["e"],
        Text::new("Edit", "編集"),
        |model, _| editing::edit(model),
    )
    .footer_when(|model| {
        let tabs = [Tab::Overview, Tab::People, Tab::Actions, Tab::Notes];
        tab(model).is_some_and(|t| tabs.contains(&t))
    })
    .ready(needs_store),
    verb(
        "account.period",
        &SCOPE,
        &["t"],
        Text::new("Period", "期間"),
        |model, _| {
            if let Some(pane) = &mut model.account {
                pane.span = (pane.span + 1) % SPANS.len();
            }
        },
    )
    .footer_when(|model| tab(model) == Some(Tab::Usage))
    .ready(needs_usage),
    verb(
        "account.calendar",
        &SCOPE,
        &["m"],
        Text::new("Calendar", "カレンダー"),
        |model, _| {
            if let Some(pane) = &mut model.account {
                pane.calendar = !pane.calendar;
            }
        },
    )
    .footer_when(|model| tab(model) == Some(Tab::Usage))
    .ready(needs_usage),
    verb(
        "account.filter",
        &SCOPE,
        &["/"],
        Text::new("Filter", "絞り込み"),
        |model, _| ask_filter(model),
    )
    .footer_when(|model| tab(model) == Some(Tab::Timeline)),
    verb(
        "account.add-person",
        &SCOPE,
        &["A"],
        Text::new("Add person", "お客様担当者を追加"),
        |model, _| people::open(model, None),
    )
    .footer_when(|model| tab(model) == Some(Tab::People)),
    actions::FINISH
        .also(&SCOPE, &["x"])
        .footer_when(|model| tab(model) == Some(Tab::Actions)),
    actions::MARK_INFORMED
        .also(&SCOPE, &["T"])
        .footer_when(|model| tab(model) == Some(Tab::Actions)),
    actions::CLEAR_INFORMED.also(&SCOPE, &["U"]),
    verb(
        "account.delete",
        &SCOPE,
        &["X", "<del>"],
        Text::new("Delete", "削除"),
        |model, effects| {
            if tab(model) == Some(Tab::Overview) {
                return lifecycle::ask_delete(model, effects);
            }
            let target = delete_target(model);
            deleting::ask(model, target);
        },
    )
    .ready(needs_store),
    verb(
        "account.copy",
        &SCOPE,
        &["y"],
        Text::new("Copy", "コピー"),
        copy,
    )
    .footer_when(|model| tab(model) == Some(Tab::Notes)),
    verb(
        "account.context",
        &GLOBAL,
        &["C"],
        Text::new("Record business context", "事業の動きを記録"),
        |model, _| context::open(model),
    )
    .ready(needs_account)
    .place(90),
];

pub const FACE: Face = Face {
    scopes: |model| match tab(model) {
        Some(Tab::Cadence) => &[&touches::SCOPE, &SCOPE, &LIST, &GLOBAL],
        _ => &[&SCOPE, &LIST, &GLOBAL],
    },
    go,
    hold: |model| {
        let rows = model.geometry.list;
        if let Some(pane) = &mut model.account {
            let len = pane.len();
            pane.list_mut().hold(len, rows);
        }
    },
    open: opening::open,
    opens: |model| {
        let tabs = [Tab::Signals, Tab::Tickets, Tab::Timeline, Tab::Notes];
        tab(model).is_some_and(|t| tabs.contains(&t))
    },
    ..Face::BLANK
};

labels! {
    words for Tab {
        Overview: "Overview", "概要";
        Signals: "Signals", "シグナル";
        Usage: "Usage", "利用状況";
        Tickets: "Tickets", "チケット";
        Timeline: "Timeline", "タイムライン";
        Cadence: "Cadence", "ケイデンス";
        People: "People", "お客様";
        Actions: "Actions", "アクション";
        Notes: "Notes", "メモ";
    }
}

/// Opens an account, at the given tab if there is one.
pub fn open(model: &mut Model, id: AccountId, at: Option<Tab>, effects: &mut Effects) {
    if model.account.as_ref().is_none_or(|a| a.id != id) {
        model.account = Some(Pane::new(id.clone()));
    }
    if let (Some(pane), Some(tab)) = (&mut model.account, at) {
        pane.tab = tab;
    }
    model.goto(Screen::Account);
    effects.push(Effect::Load(id, None));
}

/// The tab that is shown.
fn tab(model: &Model) -> Option<Tab> {
    model.account.as_ref().map(|pane| pane.tab)
}

fn go(model: &mut Model, to: Move) {
    let rows = model.geometry.rows;
    if let Some(pane) = &mut model.account {
        let len = pane.len();
        pane.list_mut().go(to, len, rows);
    }
}

fn turn(model: &mut Model, by: usize) {
    if let Some(pane) = &mut model.account {
        pane.tab = Tab::ALL[(pane.tab.index() + by) % Tab::ALL.len()];
    }
}

fn needs_usage(model: &Model) -> Result<(), Reason> {
    match tab(model) {
        Some(tab) if tab != Tab::Usage => Err(words::account::only_usage),
        _ => Ok(()),
    }
}

fn ask_filter(model: &mut Model) {
    let Some(pane) = &mut model.account else {
        return;
    };
    pane.tab = Tab::Timeline;
    let text = pane.filter.clone();
    model.ask(Reply::Filter, words::common::filter(model.lang), "", &text);
}

/// The record under the cursor, and the title under which the user knows it.
fn delete_target(model: &Model) -> Option<(crate::domain::records::Record, String)> {
    let pane = model.account.as_ref()?;
    let d = pane.dossier.as_ref()?;
    let cursor = pane.list().cursor;
    let record = match pane.tab {
        Tab::People => d.contacts.get(cursor)?.clone().into(),
        Tab::Actions => d.actions.get(cursor)?.clone().into(),
        Tab::Notes => d.notes.get(cursor)?.clone().into(),
        _ => return None,
    };
    let title = crate::domain::records::Record::title(&record);
    Some((record, title))
}

/// Copies the note under the cursor; on other tabs, the account's name.
fn copy(model: &mut Model, effects: &mut Effects) {
    let text = model.account.as_ref().and_then(|pane| {
        let d = pane.dossier.as_ref()?;
        match pane.tab {
            Tab::Notes => d.notes.get(pane.list().cursor).map(|n| n.text.clone()),
            _ => Some(d.account.name.clone()),
        }
    });
    effects.extend(text.map(Effect::Copy));
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Field(id, field), Answer::Line(text)) => {
            editing::set(model, &id, field, text, effects)?;
        }
        (Reply::Filter, Answer::Line(text)) => {
            if let Some(pane) = &mut model.account {
                text.clone_into(&mut pane.filter);
                *pane.list_mut() = ListState::default();
            }
        }
        (Reply::Record(source), _) => opening::open_record(model, &source, effects),
        (Reply::Contact { account, id }, Answer::Form(form)) => {
            people::save(model, form, &account, id.as_ref(), effects)?;
        }
        (Reply::Context(account), Answer::Form(form)) => {
            context::save(model, form, &account, effects)?;
        }
        _ => {}
    }
    Ok(())
}
