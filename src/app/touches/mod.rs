//! Acting on a touch: move it, agree on it, record its outcome. Shared by the calendar, the account
//! and Today.

mod agreeing;
mod chosen;
mod offer;
mod placing;
pub mod state;

use super::kit::scope::Scope;
use super::model::Model;
use super::overlay::{Answer, Item};
use super::saving;
use super::verb::{Effects, Verb, needs_store, verb};
use crate::domain::action::Side;
use crate::domain::cadence::plan::Planned;
use crate::domain::ids::AccountId;
use crate::ops::touches::{End, Of};
use crate::ops::{self, Refusal};
use crate::words::{self, Lang, Text};
use state::{Outcome, Reply};

pub use agreeing::{conflicts, held_by};
pub use chosen::length;
use chosen::{account_and_meeting, current, movable};

/// Touches, wherever they are listed.
pub const SCOPE: Scope = Scope {
    id: "touches",
    words: Text::new("Touchpoints", "タッチポイント"),
    place: 130,
};

pub const VERBS: &[Verb] = &[
    verb(
        "touches.agree",
        &SCOPE,
        &["A"],
        Text::new("Agree a time", "日時を合意"),
        |model, _| agreeing::ask(model),
    )
    .footer_when(any)
    .ready(needs_store),
    verb(
        "touches.later",
        &SCOPE,
        &["+", "="],
        Text::new("A day later", "1日後へ"),
        |model, effects| placing::step(model, 1, effects),
    )
    .footer_when(any),
    verb(
        "touches.earlier",
        &SCOPE,
        &["-"],
        Text::new("A day earlier", "1日前へ"),
        |model, effects| placing::step(model, -1, effects),
    ),
    verb(
        "touches.move",
        &SCOPE,
        &["m"],
        Text::new("Move to…", "日時を変更"),
        |model, _| agreeing::ask_move(model),
    )
    .footer_when(any)
    .ready(needs_store),
    verb(
        "touches.outcome",
        &SCOPE,
        &["x"],
        Text::new("Record outcome", "結果を記録"),
        ask_outcome,
    )
    .footer_when(any)
    .ready(needs_store),
];

fn any(model: &Model) -> bool {
    current(model).is_some()
}

/// In display order.
const OUTCOMES: [Outcome; 6] = [
    Outcome::Ended(End::Held),
    Outcome::Ended(End::Declined),
    Outcome::Ended(End::NoShow),
    Outcome::Moved(Side::Customer),
    Outcome::Moved(Side::Us),
    Outcome::Ended(End::CalledOff),
];

fn outcome_words(outcome: Outcome, lang: Lang) -> &'static str {
    match outcome {
        Outcome::Ended(End::Held) => words::cadence::out_held(lang),
        Outcome::Ended(End::Declined) => words::cadence::out_declined(lang),
        Outcome::Ended(End::NoShow) => words::cadence::out_no_show(lang),
        Outcome::Ended(End::CalledOff) => words::cadence::out_off(lang),
        Outcome::Moved(Side::Customer) => words::cadence::out_moved_them(lang),
        Outcome::Moved(_) => words::cadence::out_moved_us(lang),
    }
}

/// Asks for the outcome of a touch. A written touch is recorded as done at once.
pub fn ask_outcome(model: &mut Model, effects: &mut Effects) {
    let Some((account, touch)) = movable(model) else {
        return;
    };
    if !touch.kind.is_talk() {
        return end(model, &account, &touch, End::Held, effects);
    }
    let lang = model.lang;
    // Only an agreed touch can be called off.
    let agreed = touch.own.agreed.is_some();
    let offered = |o: &&Outcome| agreed || **o != Outcome::Ended(End::CalledOff);
    let item = |o: &Outcome| {
        let reply = Reply::Outcome(account.clone(), Box::new(touch.clone()), *o);
        Item::new(outcome_words(*o, lang), "", reply)
    };
    let items = OUTCOMES.iter().filter(offered).map(item).collect();
    let (kind, name) = (touch.kind.words(lang), model.book.name(&account));
    let title = words::cadence::outcome_title(lang, kind, name);
    model.offer(title, items);
}

/// Records the end of a touch. Later touches are counted from it.
fn end(model: &mut Model, account: &AccountId, touch: &Planned, how: End, effects: &mut Effects) {
    let Some((of, held)) = account_and_meeting(model, account, touch) else {
        return;
    };
    let lang = model.lang;
    let touch_of = Of {
        account: &of,
        touch,
        held: held.as_ref(),
        minutes: length(model, account, touch),
        summary: touch.kind.words(lang),
    };
    let operation = ops::touches::end(touch_of, how, &mut model.by());
    saving::commit(model, operation, effects);
    let word = if how == End::Held && !touch.kind.is_talk() {
        words::cadence::out_sent(lang)
    } else {
        outcome_words(Outcome::Ended(how), lang)
    };
    model.say(words::cadence::out_said(lang, &of.name, word));
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Agree(account, touch), Answer::Line(text)) => {
            agreeing::agree(model, &account, &touch, text, effects)?;
        }
        (Reply::Move(account, touch, by), Answer::Line(text)) => {
            agreeing::move_to(model, &account, &touch, by, text, effects)?;
        }
        (Reply::Outcome(account, touch, Outcome::Ended(how)), _) => {
            end(model, &account, &touch, how, effects);
        }
        (Reply::Outcome(account, touch, Outcome::Moved(by)), _) => {
            agreeing::ask_move_of(model, account, *touch, by);
        }
        _ => {}
    }
    Ok(())
}
