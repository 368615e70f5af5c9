//! The touch under the cursor, with its account and meeting.

use crate::app::account::state::Tab as AccountTab;
use crate::app::model::Model;
use crate::app::msg::Screen;
use crate::domain::account::Account;
use crate::domain::cadence::plan::Planned;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::ids::AccountId;
use crate::words;

/// The touch under the cursor, on any screen.
pub fn current(model: &Model) -> Option<(AccountId, Planned)> {
    match model.screen {
        Screen::Cadence => {
            let e = model.cadence.entry()?;
            let row = model.book.rows().get(e.row())?;
            Some((row.account.id.clone(), Planned::clone(e)))
        }
        Screen::Account => {
            let pane = model.account.as_ref();
            let pane = pane.filter(|p| p.tab == AccountTab::Cadence)?;
            let touch = pane.plan.get(pane.list().cursor)?;
            Some((pane.id.clone(), touch.clone()))
        }
        Screen::Today => {
            let item = model.today.item()?;
            let touch = item.touch.as_ref()?;
            Some((item.account.clone(), Planned::clone(touch)))
        }
        _ => None,
    }
}

/// The touch under the cursor. Tells the user if there is none.
pub fn chosen(model: &mut Model) -> Option<(AccountId, Planned)> {
    let chosen = current(model);
    if chosen.is_none() {
        model.refuse(words::cadence::no_touch_chosen(model.lang));
    }
    chosen
}

/// As [`chosen`], but a touch blocked by a preference is refused.
pub fn movable(model: &mut Model) -> Option<(AccountId, Planned)> {
    let (account, touch) = chosen(model)?;
    if let Some(block) = &touch.own.blocked {
        let why = words::prefs::block(model.lang, block);
        model.refuse(words::cadence::not_movable(model.lang, why));
        return None;
    }
    Some((account, touch))
}

/// Length of a talk for an unknown account, in minutes.
const USUAL: u32 = 30;

/// Length of a talk by its kind and tier, in minutes.
pub fn length(model: &Model, account: &AccountId, touch: &Planned) -> u32 {
    model.book.get(account).map_or(USUAL, |row| {
        let policy = &model.config.cadence;
        policy.meeting(touch.kind, row.standing.tier)
    })
}

/// The account of a touch, and the meeting agreed for it.
pub fn account_and_meeting(
    model: &Model,
    account: &AccountId,
    touch: &Planned,
) -> Option<(Account, Option<Touchpoint>)> {
    let of = model.account_of(account)?;
    let agreed = touch.own.agreed.as_ref();
    let held = agreed.and_then(|id| model.book.meeting(account, id));
    Some((of, held.cloned()))
}
