//! The portfolio: all accounts by health. The user can filter, sort, select, and edit several at
//! once.

pub mod state;
mod views;

use super::kit::editor::Editor;
use super::kit::list::Move;
use super::kit::scope::Scope;
use super::model::Model;
use super::msg::{Effect, Screen};
use super::overlay::{Answer, Item};
use super::verb::{Effects, Face, GLOBAL, LIST, Reason, Verb, needs_store, verb};
use super::{account, saving};
use crate::domain::account::Account;
use crate::domain::filter;
use crate::domain::ids::AccountId;
use crate::domain::view::Order;
use crate::keys::{Code, Key};
use crate::ops::{self, Refusal};
use crate::words::{self, Text};
use state::Reply;

pub const SCOPE: Scope = Scope {
    id: "portfolio",
    words: Text::new("Portfolio", "ポートフォリオ"),
    place: 20,
};

pub const VERBS: &[Verb] = &[
    verb(
        "portfolio.filter",
        &SCOPE,
        &["/"],
        Text::new("Filter", "絞り込み"),
        |model, _| model.portfolio.typing = Some(Editor::single(&model.portfolio.query)),
    )
    .footer(),
    verb(
        "portfolio.clear",
        &SCOPE,
        &["<bs>"],
        Text::new("Clear filter and selection", "絞り込みと選択を解除"),
        |model, _| {
            model.portfolio.query.clear();
            model.portfolio.selected.clear();
        },
    ),
    verb(
        "portfolio.sort",
        &SCOPE,
        &["s"],
        Text::new("Sort", "並び順"),
        |model, _| offer_orders(model),
    )
    .footer(),
    verb(
        "portfolio.reverse",
        &SCOPE,
        &["S"],
        Text::new("Reverse sort order", "並び順を逆にする"),
        |model, _| model.portfolio.reversed = !model.portfolio.reversed,
    ),
    verb(
        "portfolio.select",
        &SCOPE,
        &["<space>"],
        Text::new("Select", "選択"),
        |model, _| select(model),
    ),
    verb(
        "portfolio.edit",
        &SCOPE,
        &["e"],
        Text::new("Edit", "編集"),
        |model, _| edit(model),
    )
    .ready(needs_store),
    verb(
        "portfolio.views",
        &SCOPE,
        &["v"],
        Text::new("Views", "ビュー"),
        |model, _| views::offer(model),
    ),
    verb(
        "portfolio.save-view",
        &SCOPE,
        &["V"],
        Text::new("Save view", "ビューを保存"),
        |model, _| views::ask_name(model),
    )
    .ready(needs_filter),
    verb(
        "desk.portfolio",
        &GLOBAL,
        &["2"],
        Text::new("Portfolio", "ポートフォリオ"),
        |model, _| model.goto(Screen::Portfolio),
    )
    .place(140),
];

pub const FACE: Face = Face {
    scopes: |_| &[&SCOPE, &LIST, &GLOBAL],
    go,
    hold: |model| {
        let len = model.portfolio.shown.len();
        model.portfolio.list.hold(len, model.geometry.list);
    },
    open: |model, effects| {
        if let Some(id) = model.subject() {
            account::open(model, id, None, effects);
        }
    },
    back: |model| {
        let filtered = !model.portfolio.query.is_empty();
        model.portfolio.query.clear();
        filtered
    },
    refresh: |model, effects| {
        let (today, rows) = (model.now.today(), model.geometry.list);
        model.portfolio.refresh(&model.book, today, rows);
        let asks = model.portfolio.asks_the_store(&model.book);
        effects.extend(asks.map(Effect::Portfolio));
    },
    grab: filter_key,
    paste: |model, text| {
        if let Some(typing) = &mut model.portfolio.typing {
            typing.paste(text, model.now.at);
            model.portfolio.query = typing.text();
        }
    },
    ..Face::BLANK
};

fn go(model: &mut Model, to: Move) {
    let (len, rows) = (model.portfolio.shown.len(), model.geometry.rows);
    model.portfolio.list.go(to, len, rows);
}

/// Wider than any terminal, so the filter never wraps.
const COLUMNS: usize = 200;

/// Handles keys while the filter is typed. The list is updated with each key.
fn filter_key(model: &mut Model, key: Key) -> bool {
    let Some(typing) = &mut model.portfolio.typing else {
        return false;
    };
    match key.code {
        Code::Esc => {
            model.portfolio.typing = None;
            model.portfolio.query.clear();
        }
        Code::Enter => model.portfolio.typing = None,
        Code::Tab => {
            if let Some(next) = filter::complete(&model.portfolio.query).into_iter().next() {
                *typing = Editor::single(&next.line);
                model.portfolio.query = next.line;
            }
        }
        Code::Down => go(model, Move::Down),
        Code::Up => go(model, Move::Up),
        _ => {
            typing.key(key, COLUMNS, model.now.at);
            model.portfolio.query = typing.text();
        }
    }
    true
}

fn needs_filter(model: &Model) -> Result<(), Reason> {
    if model.portfolio.query.trim().is_empty() {
        return Err(words::portfolio::view_needs_filter);
    }
    Ok(())
}

fn offer_orders(model: &mut Model) {
    let lang = model.lang;
    let order = |o: &Order| Item::new(o.words(lang), "", Reply::Sort(*o));
    let items = Order::ALL.iter().map(order).collect();
    model.offer(words::portfolio::order_title(lang), items);
}

fn select(model: &mut Model) {
    if let Some(id) = model.subject() {
        if !model.portfolio.selected.remove(&id) {
            model.portfolio.selected.insert(id);
        }
        go(model, Move::Down);
    }
}

/// Asks for one change to the selected accounts, or to the one under the cursor.
fn edit(model: &mut Model) {
    let ids: Vec<AccountId> = if model.portfolio.selected.is_empty() {
        model.subject().into_iter().collect()
    } else {
        model.portfolio.selected.iter().cloned().collect()
    };
    if ids.is_empty() {
        return;
    }
    let title = words::portfolio::edit_selected(model.lang, ids.len());
    let hint = words::portfolio::edit_selected_hint(model.lang);
    model.ask(Reply::EditMany(ids), title, hint, "");
}

/// Takes what the store answered; the list is then made again.
pub fn on(model: &mut Model, msg: state::Msg, effects: &mut Effects) {
    let state::Msg::Holding { answers, done, of } = msg;
    let next = model.portfolio.answered(answers, done, of);
    effects.extend(next.map(Effect::Portfolio));
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Sort(order), _) => {
            model.portfolio.order = order;
            model.portfolio.reversed = false;
        }
        (Reply::View(name), _) => views::show(model, &name),
        (Reply::Filter(query), _) => model.portfolio.query = query,
        (Reply::ViewName, Answer::Line(name)) => views::save(model, name, effects)?,
        (Reply::EditMany(ids), Answer::Line(text)) => {
            let accounts: Vec<Account> = ids.iter().filter_map(|id| model.account_of(id)).collect();
            let operation = ops::accounts::edit_many(&accounts, text, &mut model.by())?;
            saving::commit(model, operation, effects);
            model.portfolio.selected.clear();
        }
        _ => {}
    }
    Ok(())
}
