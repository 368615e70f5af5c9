//! Actions: mine, overdue, promised, or all by account. The user can add, edit and finish them, and
//! mark the customer as informed.

mod chosen;
mod form;
pub mod state;

use super::account::state::Tab as AccountTab;
use super::kit::list::ListState;
use super::kit::reading::Reads;
use super::kit::scope::Scope;
use super::model::Model;
use super::msg::{Effect, Screen};
use super::overlay::Answer;
use super::place::Place;
use super::verb::{Effects, Face, GLOBAL, LIST, Verb, needs_account_and_store, needs_store, verb};
use super::{deleting, saving};
use crate::domain::action::{Action, Status};
use crate::domain::ids::{AccountId, RecordId};
use crate::ops::{self, Refusal, Subject};
use crate::words::{self, Text, labels};
use state::{Reply, Tab};

use chosen::{chosen, current};

pub use chosen::find;
pub use form::open as edit;

pub const SCOPE: Scope = Scope {
    id: "actions",
    words: Text::new("Actions", "アクション一覧"),
    place: 40,
};

/// One key finishes an action; the same key opens it again.
pub const FINISH: Verb = verb(
    "actions.finish",
    &SCOPE,
    &["x"],
    Text::new("Complete / reopen", "完了／再開"),
    finish,
)
.footer();

/// Records that the customer was informed that an action is done.
pub const MARK_INFORMED: Verb = verb(
    "actions.mark-informed",
    &SCOPE,
    &["T"],
    Text::new("Customer informed", "お客様に連絡済み"),
    |model, effects| {
        if let Some(action) = chosen(model) {
            inform(model, &action, effects);
        }
    },
)
.footer();

/// Takes back that the customer was informed.
pub const CLEAR_INFORMED: Verb = verb(
    "actions.clear-informed",
    &SCOPE,
    &["U"],
    Text::new("Customer not informed", "未連絡に戻す"),
    clear_informed,
);

pub const VERBS: &[Verb] = &[
    FINISH,
    verb(
        "actions.next-view",
        &SCOPE,
        &["<tab>"],
        Text::new("Next view", "表示切替"),
        |model, _| {
            model.actions.just_done.clear();
            let next = (model.actions.tab.index() + 1) % Tab::ALL.len();
            model.actions.tab = Tab::ALL[next];
            model.actions.list = ListState::default();
        },
    )
    .footer(),
    verb(
        "actions.edit",
        &SCOPE,
        &["e"],
        Text::new("Edit", "編集"),
        |model, _| {
            let id = current(model);
            form::open(model, id);
        },
    )
    .footer()
    .ready(needs_store),
    verb(
        "actions.due",
        &SCOPE,
        &["D"],
        Text::new("Set due date", "期日を設定"),
        |model, _| ask_due(model),
    ),
    MARK_INFORMED,
    CLEAR_INFORMED,
    verb(
        "actions.delete",
        &SCOPE,
        &["X", "<del>"],
        Text::new("Delete", "削除"),
        |model, _| {
            let action = current(model).and_then(|id| find(model, &id));
            let target = action.map(|a| (a.clone().into(), a.what));
            deleting::ask(model, target);
        },
    )
    .ready(needs_store),
    verb(
        "actions.add",
        &GLOBAL,
        &["a"],
        Text::new("Add action", "アクション追加"),
        ask_new,
    )
    .footer()
    .ready(needs_account_and_store)
    .place(60),
    verb(
        "desk.actions",
        &GLOBAL,
        &["4"],
        Text::new("Actions", "アクション一覧"),
        |model, _| {
            model.actions.just_done.clear();
            model.goto(Screen::Actions);
        },
    )
    .place(160),
];

pub const FACE: Face = Face {
    scopes: |_| &[&SCOPE, &LIST, &GLOBAL],
    go: |model, to| {
        let (len, rows) = (len(model), model.geometry.rows);
        model.actions.list.go(to, len, rows);
    },
    hold: |model| {
        let len = len(model);
        model.actions.list.hold(len, model.geometry.list);
    },
    open: |model, _| {
        model.going = model.subject().map(|id| Place::Account {
            id,
            tab: Some(AccountTab::Actions),
        });
    },
    ..Face::BLANK
};

labels! {
    words for Tab {
        Mine: "Mine", "自分";
        Overdue: "Overdue", "期限超過";
        Promised: "Promised", "お客様への約束";
        Account: "By account", "アカウント別";
    }
}

fn len(model: &Model) -> usize {
    let today = model.now.today();
    let actions = &model.actions;
    actions
        .listing(&model.book, &model.author.name, today)
        .len()
}

fn finish(model: &mut Model, effects: &mut Effects) {
    let Some(action) = chosen(model) else { return };
    let to = if action.is_open() {
        Status::Done
    } else {
        Status::Open
    };
    if model.screen == Screen::Actions && to == Status::Done {
        let done = action.with_status(to, model.now.at);
        model.actions.just_done.push(done);
    } else {
        model.actions.just_done.retain(|a| a.id != action.id);
    }
    let operation = ops::actions::set_status(&action, to, &mut model.by());
    saving::commit(model, operation, effects);
    stay_on(model, &action.id);
}

/// The account's list sorts finished actions last. The cursor follows the action, so that the same
/// key opens it again.
fn stay_on(model: &mut Model, id: &RecordId) {
    if model.screen != Screen::Account {
        return;
    }
    let Some(pane) = &mut model.account else {
        return;
    };
    let actions = pane.dossier.as_ref().map(|d| &d.actions);
    if let Some(at) = actions.and_then(|all| all.iter().position(|a| a.id == *id)) {
        pane.list_mut().cursor = at;
    }
}

pub fn inform(model: &mut Model, action: &Action, effects: &mut Effects) {
    match ops::actions::inform(action, &mut model.by()) {
        Ok(operation) => {
            saving::commit(model, operation, effects);
            model.say(words::actions::told_today(model.lang));
        }
        Err(refusal) => model.decline(&refusal),
    }
}

fn clear_informed(model: &mut Model, effects: &mut Effects) {
    let Some(action) = chosen(model) else { return };
    match ops::actions::clear_informed(&action, &mut model.by()) {
        Ok(operation) => {
            saving::commit(model, operation, effects);
            model.say(words::actions::informed_cleared(model.lang));
        }
        Err(refusal) => model.decline(&refusal),
    }
}

fn ask_due(model: &mut Model) {
    let Some(action) = chosen(model) else { return };
    let due = action.due.map(|d| d.to_string()).unwrap_or_default();
    let title = words::actions::due(model.lang);
    let hint = words::common::date_hint(model.lang);
    model.ask_read(Reads::Day, Reply::Due(action.id), title, hint, &due);
}

fn ask_new(model: &mut Model, effects: &mut Effects) {
    let Some(id) = model.subject() else { return };
    // Loads the contacts, which `@` names refer to.
    effects.push(Effect::Load(id.clone(), None));
    let title = words::actions::add_action(model.lang);
    let hint = words::actions::action_hint(model.lang);
    model.ask_read(Reads::Due, Reply::Add(id), title, hint, "");
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Add(account), Answer::Line(text)) => add(model, &account, text, effects)?,
        (Reply::Due(id), Answer::Line(text)) => {
            if let Some(action) = find(model, &id) {
                let operation = ops::actions::set_due(&action, text, &mut model.by())?;
                saving::commit(model, operation, effects);
            }
        }
        (Reply::Edit(id), Answer::Form(form)) => form::save(model, form, &id, effects)?,
        _ => {}
    }
    Ok(())
}

fn add(
    model: &mut Model,
    account: &AccountId,
    text: &str,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let contacts = model.people_of(account);
    let name = model.book.name(account).to_owned();
    let whole = model.account_of(account);
    let of = Subject {
        id: account,
        name: &name,
        account: whole.as_ref(),
    };
    let added = ops::actions::add(of, text, &contacts, &mut model.by())?;
    // The prompt is still open, so an unreadable date can be corrected at once.
    if let Some(word) = added.unread.first() {
        return Err(Refusal::new("", |lang| {
            words::common::date_not_read(lang, word)
        }));
    }
    saving::commit(model, added.operation, effects);
    Ok(())
}
