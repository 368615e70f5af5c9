//! Moving a planned touch to another day within its allowed range.

use chrono::NaiveDate;

use super::chosen::movable;
use crate::app::model::Model;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::cadence::plan::Planned;
use crate::domain::cadence::spread::{self, Candidate};
use crate::domain::ids::AccountId;
use crate::ops;
use crate::words;

/// The touch with the days it may be on.
pub fn candidate(model: &Model, account: &AccountId, touch: &Planned) -> Option<Candidate> {
    let row = model.book.get(account)?;
    spread::candidate(&model.desk(), row, touch)
}

/// Moves a touch by a working day.
pub fn step(model: &mut Model, by: i64, effects: &mut Effects) {
    let Some((account, touch)) = movable(model) else {
        return;
    };
    let candidate = candidate(model, &account, &touch);
    match candidate.and_then(|c| spread::step(&c, by)) {
        Some(day) => put(model, &account, &touch, day, effects),
        None => {
            let late = touch.latest < touch.ideal.max(model.now.today());
            model.refuse(match &touch.own.agreed {
                Some(_) => words::cadence::move_agreed(model.lang).to_owned(),
                None if late => words::cadence::move_late(model.lang).to_owned(),
                None => refused(model, &touch, model.lang),
            });
        }
    }
}

/// Describes the days that a touch may be on.
pub fn refused(model: &Model, touch: &Planned, lang: words::Lang) -> String {
    let today = model.now.today();
    let first = words::dates::day(lang, touch.ideal.max(today), today);
    let last = words::dates::day(lang, touch.latest, today);
    words::cadence::move_refused(lang, first, last)
}

/// Moves a planned touch to another day.
pub fn put(
    model: &mut Model,
    account: &AccountId,
    touch: &Planned,
    day: NaiveDate,
    effects: &mut Effects,
) {
    let Some(before) = model.account_of(account) else {
        return;
    };
    let operation = ops::cadence::place(&before, touch, day, &mut model.by());
    saving::commit(model, operation, effects);
    let (lang, today) = (model.lang, model.now.today());
    let (kind, when) = (touch.kind.words(lang), words::dates::day(lang, day, today));
    model.cadence.go(day, today);
    model.say(format!("{} · {kind} → {when}", before.name));
}
