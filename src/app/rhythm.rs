//! The cadence of accounts as a whole: their own rhythm and wishes, suggestions, spreading over the
//! weeks, absences, calendars in and out.

use std::sync::Arc;

use super::Model;
use super::keep::commit;
use super::msg::Effect;
use super::overlay::Overlay;
use super::screens::Screen;
use super::screens::account::Tab;
use super::screens::cadence::Lens;
use crate::domain::account::Account;
use crate::domain::cadence::calendar::Calendars;
use crate::domain::cadence::diff::{Line, diff};
use crate::domain::cadence::plan;
use crate::domain::cadence::schedule::{AccountScope as Whose, Desk};
use crate::domain::cadence::spread::{self, Proposal};
use crate::domain::change::{Label, Operation};
use crate::domain::ids::AccountId;
use crate::domain::standing::Row;
use crate::ops;
use crate::words;

impl Model {
    /// What plans are made on.
    pub fn desk(&self) -> Desk<'_> {
        Desk {
            policy: &self.config.cadence,
            calendars: &self.calendars,
            now: self.now,
        }
    }
}

/// Keeps the calendars, the cadence screen and the plan of the open account in step.
pub fn follow(model: &mut Model) {
    let stamp = (model.book.absences_version, model.now.today());
    if model.calendars_of != Some(stamp) {
        model.calendars = Calendars::new(
            &model.config.cadence,
            model.book.absences.values(),
            model.now.today(),
            model.now.zone,
        );
        model.calendars_of = Some(stamp);
    }
    if model.screen == Screen::Cadence {
        let mut state = std::mem::take(&mut model.cadence);
        state.refresh(
            &model.desk(),
            &model.book,
            &model.author.name,
            model.geometry.list,
        );
        model.cadence = state;
    }
    if let Some(id) = model
        .account
        .as_ref()
        .filter(|s| s.tab == Tab::Cadence && s.planned != Some((model.book.version, stamp.1)))
        .map(|s| s.id.clone())
    {
        let plan = plan_of(model, &id);
        if let Some(state) = &mut model.account {
            state.plan = plan;
            state.planned = Some((model.book.version, stamp.1));
            let len = state.len();
            state.list_mut().hold(len, model.geometry.list);
        }
    }
}

/// The next twelve months of an account.
pub fn plan_of(model: &Model, id: &AccountId) -> Vec<plan::Planned> {
    let until = model.now.today() + chrono::Duration::days(365);
    model
        .book
        .get(id)
        .map(|row| model.desk().plan(&model.book, row, until))
        .unwrap_or_default()
}

/// What an edit does to the plan of the one account it is about, once its row is computed anew.
pub fn show_diff(model: &mut Model, operation: &Operation, rows: &[Arc<Row>], before: Option<Row>) {
    let [change] = &operation.changes[..] else {
        return;
    };
    let ((Some(a), Some(b)), Some(old)) = (change.typed::<Account>(), before) else {
        return;
    };
    let Some(new) = rows.iter().find(|r| r.account.id == b.id) else {
        return;
    };
    let replans = a.tier != b.tier
        || a.stage != b.stage
        || a.renewal != b.renewal
        || a.prefs != b.prefs
        || a.cadence != b.cadence
        || a.term_months != b.term_months;
    if !replans
        || matches!(operation.label, Label::Smooth { .. })
        || !model.overlays.is_empty()
        || model.screen == Screen::Live
    {
        return;
    }
    let until = model.now.today() + chrono::Duration::days(365);
    let desk = model.desk();
    let old = Row {
        account: a.clone(),
        ..old
    };
    let lines = diff(
        &desk.plan(&model.book, &old, until),
        &desk.plan(&model.book, new, until),
    );
    if lines.is_empty() {
        return;
    }
    let words = lines.iter().map(|l| line(model, l)).collect();
    let title = format!("{} · {}", words::cadence::diff_title(model.lang), b.name);
    model.overlays.push(Overlay::Diff {
        title,
        lines: words,
    });
}

fn line(model: &Model, l: &Line) -> String {
    let (t, today) = (model.t(), model.now.today());
    let side = |s: &crate::domain::cadence::diff::Side| match (s.next, s.blocked) {
        (None, _) => "—".to_owned(),
        (Some(_), true) => words::cadence::stopped(t, s.count),
        (Some(day), false) => format!("{} ×{}", words::dates::day(t, day, today), s.count),
    };
    format!(
        "{}: {}",
        l.kind.words(t),
        words::cadence::diff_head(t, side(&l.before), side(&l.after))
    )
}

/// The suggestion under the cursor: of the list, or of the open account.
fn suggestion(model: &Model) -> Option<(Account, crate::domain::cadence::adapt::Suggestion)> {
    let (row, place) = match model.screen {
        Screen::Cadence if model.cadence.lens == Lens::Suggestions => {
            let (row, place) = *model.cadence.suggestions.get(model.cadence.list.cursor)?;
            (&**model.book.rows().get(row)?, place)
        }
        Screen::Account => (model.book.get(&model.account.as_ref()?.id)?, 0),
        _ => return None,
    };
    Some((
        row.account.clone(),
        row.standing.suggestions.get(place)?.clone(),
    ))
}

/// Takes a suggestion: the account has its own interval from now on, with the reason.
pub fn accept(model: &mut Model, effects: &mut Vec<Effect>) {
    let t = model.t();
    let Some((before, s)) = suggestion(model) else {
        return model.refuse(words::cadence::no_suggestion(t));
    };
    let words = words::cadence::suggestion(t, &s);
    let operation = ops::cadence::accept(&before, &s, &words, &mut model.by());
    commit(model, operation, effects);
    model.say(words::cadence::accepted(t, &words));
}

pub fn turn_down(model: &mut Model, effects: &mut Vec<Effect>) {
    let t = model.t();
    let Some((before, _)) = suggestion(model) else {
        return model.refuse(words::cadence::no_suggestion(t));
    };
    let operation = ops::cadence::turn_down(&before, &mut model.by());
    commit(model, operation, effects);
    model.say(words::cadence::dismissed(t));
}

/// Asks for touches to be spread over the weeks; the answer is shown before anything moves.
pub fn smooth(model: &mut Model, effects: &mut Vec<Effect>) {
    let me = model.author.name.clone();
    let desk = model.desk();
    let until = model.now.today()
        + chrono::Duration::days(7 * crate::domain::cadence::capacity::WEEKS as i64);
    let whose = if model.cadence.all {
        Whose::All
    } else {
        Whose::mine(&model.book, &me)
    };
    let entries = desk.entries(&model.book, whose, until);
    let job = spread::job(&desk, &model.book, &entries, &me);
    effects.push(Effect::Spread(Box::new(job)));
}

pub fn on_spread(model: &mut Model, proposal: Proposal) {
    if proposal.moves.is_empty() && proposal.short.is_empty() {
        return model.say(words::cadence::smooth_none(model.lang));
    }
    if model.screen == Screen::Cadence && model.overlays.is_empty() {
        model.overlays.push(Overlay::Spread {
            proposal: Box::new(proposal),
            scroll: 0,
        });
    }
}

/// Puts the touches where the proposal has them: one undoable change.
pub fn apply_spread(model: &mut Model, proposal: &Proposal, effects: &mut Vec<Effect>) {
    if proposal.version != model.book.version {
        return model.refuse(words::cadence::smooth_stale(model.lang));
    }
    let book = &model.book;
    let mut by = ops::By {
        author: &model.author,
        now: model.now,
        mint: &mut model.mint,
    };
    let account = |id: &AccountId| book.get(id).map(|r| &r.account);
    let operation = ops::cadence::spread(proposal, account, &mut by);
    commit(model, operation, effects);
}
