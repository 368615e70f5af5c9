//! Spreading touches over the weeks: requested, previewed, and applied as one undoable change.

use chrono::Duration;

use super::state::{Effect, Layer};
use crate::app::model::Model;
use crate::app::msg::{Effect as AnyEffect, Screen};
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::cadence::capacity::WEEKS;
use crate::domain::cadence::schedule::AccountScope;
use crate::domain::cadence::spread::{Proposal, job};
use crate::domain::ids::AccountId;
use crate::ops::{self, By};
use crate::words;

/// Requests a spread of the touches. The result is previewed before anything moves.
pub fn ask(model: &mut Model, effects: &mut Effects) {
    let me = &model.author.name;
    let desk = model.desk();
    let until = model.now.today() + Duration::days(7 * WEEKS as i64);
    let whose = if model.cadence.all {
        AccountScope::All
    } else {
        AccountScope::mine(&model.book, me)
    };
    let entries = desk.entries(&model.book, whose, until);
    let job = job(&desk, &model.book, &entries, me);
    effects.push(AnyEffect::Cadence(Effect::Spread(Box::new(job))));
}

pub fn show(model: &mut Model, proposal: Proposal) {
    if proposal.moves.is_empty() && proposal.short.is_empty() {
        return model.say(words::cadence::smooth_none(model.lang));
    }
    let here = matches!(model.screen, Screen::Cadence | Screen::Today);
    if here && model.overlays.is_empty() {
        let proposal = Box::new(proposal);
        model.lay(Layer::Spread {
            proposal,
            scroll: 0,
        });
    }
}

pub fn apply(model: &mut Model, proposal: &Proposal, effects: &mut Effects) {
    if proposal.version != model.book.version {
        return model.refuse(words::cadence::smooth_stale(model.lang));
    }
    let book = &model.book;
    let mut by = By {
        author: &model.author,
        now: model.now,
        mint: &mut model.mint,
    };
    let account = |id: &AccountId| book.get(id).map(|r| &r.account);
    let operation = ops::cadence::spread(proposal, account, &mut by);
    saving::commit(model, operation, effects);
}
