//! Today: what needs the user, ranked, with the reasons; renewals; contradictory data.

pub mod state;

use super::account::state::Tab as AccountTab;
use super::kit::scope::Scope;
use super::model::Model;
use super::msg::{Effect, Screen};
use super::verb::{Effects, Face, GLOBAL, LIST, Reason, Verb, verb};
use super::{account, actions, cadence, call, outcomes, risk, saving, touches};
use crate::domain::action::{Action, Status};
use crate::domain::priority::{Item, Kind};
use crate::ops::{self, Subject};
use crate::words::{self, Text, labels};
use state::Tab;

pub const SCOPE: Scope = Scope {
    id: "today",
    words: Text::new("Today", "今日"),
    place: 110,
};

pub const VERBS: &[Verb] = &[
    verb(
        "today.next-view",
        &SCOPE,
        &["<tab>"],
        Text::new("Next view", "表示切替"),
        |model, _| next_tab(model),
    )
    .footer(),
    verb(
        "today.finish",
        &SCOPE,
        &["x"],
        Text::new("Done or snooze", "完了・後回し"),
        finish,
    )
    .footer_when(|model| model.today.item().is_some()),
    verb(
        "today.fold",
        &SCOPE,
        &["z"],
        Text::new(
            "Show / fold what the day does not hold",
            "今日に収まらない分の表示／非表示",
        ),
        fold,
    )
    .footer_when(|model| is_over(model).is_ok())
    .ready(is_over)
    .place(490),
    cadence::SPREAD
        .also(&SCOPE, &["s"])
        .footer_when(|model| is_over(model).is_ok())
        .place(490),
    verb(
        "desk.today",
        &GLOBAL,
        &["1"],
        Text::new("Today", "今日"),
        |model, _| model.goto(Screen::Today),
    )
    .place(130),
];

pub const FACE: Face = Face {
    scopes: |_| &[&SCOPE, &touches::SCOPE, &LIST, &GLOBAL],
    go: |model, to| {
        let (len, rows) = (model.today.len(), model.geometry.rows);
        model.today.list.go(to, len, rows);
    },
    hold: |model| {
        let len = model.today.len();
        model.today.list.hold(len, model.geometry.list);
    },
    open,
    refresh: |model, _| refresh(model),
    ..Face::BLANK
};

labels! {
    words for Tab {
        Needs: "To do", "要対応";
        Renewals: "Renewals", "更新";
        Disagreements: "Contradictions", "食い違い";
    }
}

fn refresh(model: &mut Model) {
    let mut today = std::mem::take(&mut model.today);
    let (me, rows) = (&model.author.name, model.geometry.list);
    today.refresh(&model.desk(), &model.book, me, rows);
    model.today = today;
}

fn next_tab(model: &mut Model) {
    let next = (model.today.tab.index() + 1) % Tab::ALL.len();
    model.today.tab = Tab::ALL[next];
    model.today.list = Default::default();
}

/// Shows the due touches that the day's hours do not hold, or folds them.
fn fold(model: &mut Model, _effects: &mut Effects) {
    model.today.unfolded = !model.today.unfolded;
    let (len, rows) = (model.today.len(), model.geometry.list);
    model.today.list.hold(len, rows);
}

/// Requires touches that the day's hours do not hold.
fn is_over(model: &Model) -> Result<(), Reason> {
    if model.today.tab == Tab::Needs && !model.today.later.is_empty() {
        Ok(())
    } else {
        Err(words::cadence::nothing_folded)
    }
}

/// Enter: opens the record or account behind an item.
fn open(model: &mut Model, effects: &mut Effects) {
    let Some(item) = model.today.item().cloned() else {
        if let Some(id) = model.subject() {
            account::open(model, id, None, effects);
        }
        return;
    };
    match item {
        Item {
            kind: Kind::WrapUp,
            record: Some(id),
            ..
        } => call::reopen(model, &id, effects),
        Item {
            kind: Kind::Meeting,
            account,
            touch: Some(touch),
            ..
        } => call::start_meeting(model, account, &touch, effects),
        Item { kind, account, .. } => {
            let tab = match kind {
                Kind::Touch => Some(AccountTab::Cadence),
                Kind::Account | Kind::Renewal | Kind::Case => None,
                _ => Some(AccountTab::Actions),
            };
            account::open(model, account, tab, effects);
        }
    }
}

/// One key to deal with an item: an action is finished, a touch gets its outcome, an account is set
/// aside until tomorrow.
fn finish(model: &mut Model, effects: &mut Effects) {
    let Some(item) = model.today.item().cloned() else {
        return model.refuse(words::common::nothing_to_open(model.lang));
    };
    match item.kind {
        Kind::WrapUp => {
            if let Some(id) = item.record {
                call::reopen(model, &id, effects);
            }
        }
        Kind::Meeting | Kind::Touch => touches::ask_outcome(model, effects),
        Kind::Tell => {
            if let Some(action) = action_of(model, &item) {
                actions::inform(model, &action, effects);
            }
        }
        Kind::Action | Kind::Promise => {
            if let Some(action) = action_of(model, &item) {
                let done = ops::actions::set_status(&action, Status::Done, &mut model.by());
                saving::commit(model, done, effects);
            }
        }
        Kind::Case => risk::rescue::offer(model),
        Kind::Renewal => outcomes::ask(model, effects),
        Kind::Account => set_aside(model, &item, effects),
    }
}

fn action_of(model: &Model, item: &Item) -> Option<Action> {
    actions::find(model, item.record.as_ref()?)
}

fn set_aside(model: &mut Model, item: &Item, effects: &mut Vec<Effect>) {
    let key = (item.account.clone(), model.author.name.clone());
    let held = model.book.held.asides.get(&key).cloned();
    let name = model.book.name(&item.account).to_owned();
    let of = Subject {
        id: &item.account,
        name: &name,
        account: None,
    };
    let operation = ops::settings::set_aside(of, held, &mut model.by());
    saving::commit(model, operation, effects);
    model.say(words::cadence::set_aside(model.lang));
}
