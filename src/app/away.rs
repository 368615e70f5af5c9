//! Absences, and calendars in and out.

use super::form::{Form, FormFor, text};
use super::forms::{Kept, open_form};
use super::keep::commit;
use super::msg::Effect;
use super::overlay::{Item, Overlay, Pick, PickFor, PromptFor, Value};
use super::{Model, asks};
use crate::domain::cadence::absence::Why;
use crate::ops;
use crate::services::calendar::Busy;
use crate::words;

/// Absences and calendars: one more, or one of them to go.
pub fn absences(model: &mut Model) {
    let t = model.t();
    let mut items = vec![Item {
        label: format!("+ {}", words::absences::absence_title(t)),
        detail: String::new(),
        value: Value::Index(0),
    }];
    items.extend(model.book.absences.values().map(|a| {
        let detail = match crate::domain::cadence::absence::days(a, model.now.zone) {
            Some((from, to)) => format!(
                "{} – {} {}",
                words::dates::day(t, from, model.now.today()),
                words::dates::day(t, to, model.now.today()),
                a.cover
            ),
            None => words::importing::rows_n(t, a.spans.len()),
        };
        Item {
            label: if a.why == Why::Absence {
                format!("{} · {}", words::absences::shut_absence(t), a.person)
            } else {
                a.name.clone()
            },
            detail,
            value: Value::Text(a.name.clone()),
        }
    }));
    model.overlays.push(Overlay::Pick(Pick::new(
        PickFor::Absence,
        words::absences::absences(t),
        items,
    )));
}

pub fn absence_chosen(model: &mut Model, name: Option<&str>) {
    let t = model.t();
    match name.and_then(|n| model.book.absences.get(n)) {
        Some(away) => {
            let what = if away.why == Why::Absence {
                words::absences::shut_absence(t).to_owned()
            } else {
                away.name.clone()
            };
            model.overlays.push(Overlay::Delete {
                record: Box::new(away.clone().into()),
                what,
            });
        }
        None => {
            let fields = vec![
                text(
                    "from",
                    words::absences::field_from(t),
                    "",
                    words::common::date_hint(t),
                ),
                text(
                    "until",
                    words::absences::field_until(t),
                    "",
                    words::common::date_hint(t),
                ),
                text(
                    "cover",
                    words::absences::field_cover(t),
                    "",
                    words::absences::field_cover_hint(t),
                ),
            ];
            open_form(
                model,
                Form::new(FormFor::Absence, words::absences::absence_title(t), fields),
            );
        }
    }
}

pub(super) fn keep_absence(model: &mut Model, form: &Form, effects: &mut Vec<Effect>) -> Kept {
    let (t, today) = (model.t(), model.now.today());
    let days = ops::absences::days(&form.text("from"), &form.text("until"), today)?;
    let operation = ops::absences::absence(days, &form.text("cover"), &mut model.by());
    commit(model, operation, effects);
    model.say(words::absences::absence_said(
        t,
        words::dates::day(t, days.0, today),
        words::dates::day(t, days.1, today),
    ));
    Ok(())
}

/// Asks for the path of a calendar.
pub fn ask_calendar(model: &mut Model) {
    let t = model.t();
    asks::prompt(
        model,
        PromptFor::Calendar,
        words::calendar::ics_title(t),
        words::calendar::ics_hint(t),
        "",
    );
}

/// A calendar was read: its times are busy from now on. The same name again replaces it.
pub fn on_calendar(model: &mut Model, name: String, busy: Busy, effects: &mut Vec<Effect>) {
    let t = model.t();
    let before = model.book.absences.get(&name).cloned();
    let count = busy.spans.len();
    let operation = ops::absences::calendar(before, &name, busy.spans, &mut model.by());
    commit(model, operation, effects);
    let words = words::calendar::ics_read(t, &name, count);
    if busy.problems.is_empty() {
        return model.say(words);
    }
    let mut lines = vec![words];
    lines.extend(
        busy.problems
            .iter()
            .map(|(line, why)| words::calendar::ics_bad(t, line, why)),
    );
    model.overlays.push(Overlay::Notice {
        title: words::calendar::ics_title(t).into(),
        lines,
        scroll: 0,
    });
}

/// Writes the meetings of a year as a calendar.
pub fn give_calendar(model: &Model, effects: &mut Vec<Effect>) {
    effects.push(Effect::WriteCalendar {
        all: model.cadence.all,
    });
}
