//! The change that an edit makes to the plan of its account, shown once the row is computed again.

use std::sync::Arc;

use super::state::Layer;
use crate::app::model::Model;
use crate::app::msg::Screen;
use crate::domain::account::Account;
use crate::domain::cadence::diff::{Line, Side, diff};
use crate::domain::change::{Label, Operation};
use crate::domain::standing::Row;
use crate::words;

/// Shows the difference if there is one and nothing else covers the screen. `before` is the row
/// before the edit.
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
    let busy = !model.overlays.is_empty() || model.screen == Screen::Call;
    if busy || !replans(a, b) || matches!(operation.label, Label::Smooth { .. }) {
        return;
    }
    let desk = model.desk();
    let until = model.now.today() + super::YEAR;
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
    let lines = lines.iter().map(|l| line(model, l)).collect();
    let title = format!("{} · {}", words::cadence::diff_title(model.lang), b.name);
    model.lay(Layer::Diff { title, lines });
}

/// Whether an edit changes any input of a plan.
fn replans(a: &Account, b: &Account) -> bool {
    a.tier != b.tier
        || a.stage != b.stage
        || a.renewal != b.renewal
        || a.prefs != b.prefs
        || a.cadence != b.cadence
        || a.term_months != b.term_months
}

fn line(model: &Model, l: &Line) -> String {
    let (lang, today) = (model.lang, model.now.today());
    let side = |s: &Side| match (s.next, s.blocked) {
        (None, _) => "—".to_owned(),
        (Some(_), true) => words::cadence::stopped(lang, s.count),
        (Some(day), false) => format!("{} ×{}", words::dates::day(lang, day, today), s.count),
    };
    let change = words::cadence::diff_head(lang, side(&l.before), side(&l.after));
    format!("{}: {change}", l.kind.words(lang))
}
