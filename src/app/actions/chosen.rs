//! The action under the cursor, in its current state.

use crate::app::account::state::Tab as AccountTab;
use crate::app::model::Model;
use crate::app::msg::Screen;
use crate::domain::action::Action;
use crate::domain::ids::RecordId;
use crate::words;

/// The action under the cursor, in the action list or in the open account.
pub fn current(model: &Model) -> Option<RecordId> {
    if model.screen != Screen::Account {
        let today = model.now.today();
        let actions = &model.actions;
        let current = actions.current(&model.book, &model.author.name, today);
        return current.map(|a| a.id.clone());
    }
    let pane = model.account.as_ref();
    let pane = pane.filter(|p| p.tab == AccountTab::Actions)?;
    let actions = &pane.dossier.as_ref()?.actions;
    actions.get(pane.list().cursor).map(|a| a.id.clone())
}

/// An action in its current state, wherever the client holds it.
pub fn find(model: &Model, id: &RecordId) -> Option<Action> {
    let open = model.book.actions.get(id);
    let just = || model.actions.just_done.iter().find(|a| a.id == *id);
    let closed = || {
        let dossier = model.account.as_ref()?.dossier.as_ref()?;
        dossier.actions.iter().find(|a| a.id == *id)
    };
    open.or_else(just).or_else(closed).cloned()
}

/// The action under the cursor. Tells the user if there is none.
pub fn chosen(model: &mut Model) -> Option<Action> {
    let action = current(model).and_then(|id| find(model, &id));
    if action.is_none() {
        model.refuse(words::actions::no_action_chosen(model.lang));
    }
    action
}
