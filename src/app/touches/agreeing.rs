//! Touches agreed with the customer, and touches moved at someone's request.

use chrono::{DateTime, Duration, Utc};

use super::chosen::{account_and_meeting, chosen, length};
use super::offer::proposed;
use super::placing;
use super::state::Reply;
use crate::app::kit::reading::Reads;
use crate::app::model::Model;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::account::Account;
use crate::domain::action::Side;
use crate::domain::cadence::plan::{Planned, Rule};
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::ids::AccountId;
use crate::ops::touches::{Moment, Of};
use crate::ops::{self, Refusal};
use crate::services::dates;
use crate::words;

/// Asks for the agreed time of a touch.
pub fn ask(model: &mut Model) {
    let Some((account, touch)) = chosen(model) else {
        return;
    };
    let lang = model.lang;
    let title = words::cadence::agree_title(lang, model.book.name(&account));
    let text = proposed(model, &account, &touch);
    let reply = Reply::Agree(account, Box::new(touch));
    model.ask_read(
        Reads::Moment,
        reply,
        title,
        words::cadence::agree_hint(lang),
        &text,
    );
}

/// Asks for the new day of a touch.
pub fn ask_move(model: &mut Model) {
    if let Some((account, touch)) = chosen(model) {
        ask_move_of(model, account, touch, Side::Us);
    }
}

pub fn ask_move_of(model: &mut Model, account: AccountId, touch: Planned, by: Side) {
    let lang = model.lang;
    let (kind, name) = (touch.kind.words(lang), model.book.name(&account));
    let title = words::cadence::move_title(lang, kind, name);
    let text = proposed(model, &account, &touch);
    let reply = Reply::Move(account, Box::new(touch), by);
    model.ask_read(
        Reads::Moment,
        reply,
        title,
        words::cadence::agree_hint(lang),
        &text,
    );
}

/// Reads a moment, or a day alone.
fn typed(model: &Model, text: &str) -> Result<Moment, Refusal> {
    let now = model.now;
    if let Some(start) = dates::moment(text, now) {
        return Ok(Moment {
            start,
            day_only: false,
        });
    }
    let day = dates::read(text, now).ok_or_else(|| Refusal::new("", words::cadence::no_moment))?;
    Ok(Moment {
        start: now.zone.instant(day.and_time(model.config.cadence.hours.0)),
        day_only: true,
    })
}

pub fn agree(
    model: &mut Model,
    account: &AccountId,
    touch: &Planned,
    text: &str,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let at = typed(model, text)?;
    if at.start < model.now.at && !at.day_only {
        return Err(Refusal::new("", words::cadence::not_moved_past));
    }
    resolve(model, account, touch, at, Side::Us, effects);
    Ok(())
}

/// Moves a planned touch to another day, or a meeting to another time.
pub fn move_to(
    model: &mut Model,
    account: &AccountId,
    touch: &Planned,
    by: Side,
    text: &str,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let at = typed(model, text)?;
    let day = model.now.zone.day(at.start);
    if day < model.now.today() {
        return Err(Refusal::new("", words::cadence::not_moved_past));
    }
    let planned = touch.own.agreed.is_none() && touch.rule != Rule::Recurrence;
    // An unchanged proposed time counts as no time.
    let offer = proposed(model, account, touch);
    let time = offer.rsplit_once(' ').map(|(_, time)| time);
    let offered = time.is_some_and(|time| text.trim().ends_with(time));
    if planned && by == Side::Us && (at.day_only || offered) {
        let candidate = placing::candidate(model, account, touch);
        if !candidate.is_some_and(|c| c.holds(day)) {
            return Err(Refusal::new("", |lang| {
                placing::refused(model, touch, lang)
            }));
        }
        placing::put(model, account, touch, day, effects);
        return Ok(());
    }
    resolve(model, account, touch, at, by, effects);
    Ok(())
}

/// Makes a meeting from a touch, or moves its meeting.
fn resolve(
    model: &mut Model,
    account: &AccountId,
    touch: &Planned,
    at: Moment,
    by: Side,
    effects: &mut Effects,
) {
    let Some((of, held)) = account_and_meeting(model, account, touch) else {
        return;
    };
    let touch_of = Of {
        account: &of,
        touch,
        held: held.as_ref(),
        minutes: length(model, account, touch),
        summary: touch.kind.words(model.lang),
    };
    let (meeting, operation) = ops::touches::agree(touch_of, at, by, &mut model.by());
    saving::commit(model, operation, effects);
    say_agreed(model, &of, &meeting);
}

fn say_agreed(model: &mut Model, account: &Account, meeting: &Touchpoint) {
    let (lang, today) = (model.lang, model.now.today());
    let local = model.now.zone.local(meeting.start);
    let day = words::dates::day(lang, local.date(), today);
    let when = if meeting.day_only {
        day
    } else {
        format!("{day} {}", local.format("%H:%M"))
    };
    model.cadence.go(local.date(), today);
    let (kind, name) = (meeting.kind.words(lang), &account.name);
    let against = conflicts(model, meeting);
    if against.is_empty() {
        model.say(words::cadence::agreed_said(lang, kind, name, &when));
    } else {
        let against = against.join(words::common::list_comma(lang));
        model.refuse(words::cadence::agreed_but(lang, kind, name, &when, against));
    }
}

/// All conflicts of a meeting, described.
pub fn conflicts(model: &Model, meeting: &Touchpoint) -> Vec<String> {
    let found = model.desk().conflicts_of(&model.book, meeting);
    let name = |id: &AccountId| model.book.name(id).to_owned();
    found
        .iter()
        .map(|c| words::cadence::conflict(model.lang, c, name))
        .collect()
}

/// A call that starts farther away from a meeting belongs to another talk.
const ABOUT: Duration = Duration::minutes(150);

/// The meeting that a call belongs to: a talk with a time close to the start of the call.
pub fn held_by(model: &Model, account: &Account, started: DateTime<Utc>) -> Option<Touchpoint> {
    let distance = |m: &&Touchpoint| (m.start - started).abs();
    let meetings = model.book.meetings_of(&account.id).iter();
    meetings
        .filter(|m| m.kind.is_talk() && !m.day_only && distance(m) <= ABOUT)
        .min_by_key(distance)
        .cloned()
}
