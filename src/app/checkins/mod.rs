//! Check-ins: unfinished ones first, then the recent ones.

pub mod state;

use super::kit::scope::Scope;
use super::model::Model;
use super::msg::Screen;
use super::verb::{Effects, Face, GLOBAL, LIST, Verb, needs_store, verb};
use super::{call, deleting};
use crate::domain::checkin::Checkin;
use crate::words::{self, Text};

pub const SCOPE: Scope = Scope {
    id: "checkins",
    words: Text::new("Check-ins", "チェックイン一覧"),
    place: 100,
};

pub const VERBS: &[Verb] = &[
    verb(
        "checkins.delete",
        &SCOPE,
        &["X", "<del>"],
        Text::new("Delete", "削除"),
        |model, _| delete(model),
    )
    .ready(needs_store),
    verb(
        "desk.checkins",
        &GLOBAL,
        &["3"],
        Text::new("Check-ins", "チェックイン一覧"),
        |model, _| model.goto(Screen::Checkins),
    )
    .place(150),
];

pub const FACE: Face = Face {
    scopes: |_| &[&SCOPE, &LIST, &GLOBAL],
    go: |model, to| {
        let (len, rows) = (model.checkins.shown(&model.book).len(), model.geometry.rows);
        model.checkins.list.go(to, len, rows);
    },
    hold: |model| {
        let len = model.checkins.shown(&model.book).len();
        model.checkins.list.hold(len, model.geometry.list);
    },
    open,
    ..Face::BLANK
};

fn current(model: &Model) -> Option<&Checkin> {
    let shown = model.checkins.shown(&model.book);
    shown.get(model.checkins.list.cursor).copied()
}

fn open(model: &mut Model, effects: &mut Effects) {
    if let Some(id) = current(model).map(|c| c.id.clone()) {
        call::reopen(model, &id, effects);
    }
}

fn delete(model: &mut Model) {
    let target = current(model).map(|c| {
        let name = words::log::checkin(model.lang, model.book.name(&c.account));
        (c.clone().into(), name)
    });
    deleting::ask(model, target);
}
