//! Suggestions to touch an account more or less often: accepted or dismissed.

use super::state::Tab;
use crate::app::model::Model;
use crate::app::msg::Screen;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::account::Account;
use crate::domain::cadence::adapt::Suggestion;
use crate::ops;
use crate::words;

/// Whether the current view has a suggestion.
pub fn any(model: &Model) -> bool {
    match model.screen {
        Screen::Account => {
            let pane = model.account.as_ref();
            let row = pane.and_then(|pane| model.book.get(&pane.id));
            row.is_some_and(|r| !r.standing.suggestions.is_empty())
        }
        screen => screen == Screen::Cadence && model.cadence.tab == Tab::Suggestions,
    }
}

/// The suggestion under the cursor, in the list or in the open account.
fn chosen(model: &Model) -> Option<(Account, Suggestion)> {
    let (row, place) = match model.screen {
        Screen::Cadence if model.cadence.tab == Tab::Suggestions => {
            let cursor = model.cadence.list.cursor;
            let (row, place) = *model.cadence.suggestions.get(cursor)?;
            (&**model.book.rows().get(row)?, place)
        }
        Screen::Account => (model.book.get(&model.account.as_ref()?.id)?, 0),
        _ => return None,
    };
    let suggestion = row.standing.suggestions.get(place)?;
    Some((row.account.clone(), suggestion.clone()))
}

/// Gives the account its own interval, with the reason.
pub fn accept(model: &mut Model, effects: &mut Effects) {
    let lang = model.lang;
    let Some((before, suggestion)) = chosen(model) else {
        return model.refuse(words::cadence::no_suggestion(lang));
    };
    let reason = words::cadence::suggestion(lang, &suggestion);
    let operation = ops::cadence::accept(&before, &suggestion, &reason, &mut model.by());
    saving::commit(model, operation, effects);
    model.say(words::cadence::accepted(lang, &reason));
}

pub fn turn_down(model: &mut Model, effects: &mut Effects) {
    let Some((before, _)) = chosen(model) else {
        return model.refuse(words::cadence::no_suggestion(model.lang));
    };
    let operation = ops::cadence::turn_down(&before, &mut model.by());
    saving::commit(model, operation, effects);
    model.say(words::cadence::dismissed(model.lang));
}
