//! Absences, and calendar import and export.

pub mod state;

use std::path::PathBuf;

use super::cadence;
use super::kit::form::Form;
use super::kit::handle::Line;
use super::model::Model;
use super::msg::Effect as AnyEffect;
use super::overlay::{Answer, Item};
use super::verb::{Effects, Verb, needs_store, verb};
use super::{deleting, saving};
use crate::app::kit::reading::Reads;
use crate::domain::cadence::absence::{Absence, Why, days};
use crate::ops::{self, Refusal};
use crate::services::calendar::Busy;
use crate::words::{self, Lang, Text};
use state::{Effect, Msg, Reply};

pub const VERBS: &[Verb] = &[
    verb(
        "absences.list",
        &cadence::SCOPE,
        &["O"],
        Text::new("Absences and calendars", "不在とカレンダー"),
        |model, _| offer(model),
    )
    .ready(needs_store)
    .place(600),
    verb(
        "absences.import",
        &cadence::SCOPE,
        &["F"],
        Text::new("Import calendar (.ics)", "カレンダーの取り込み（.ics）"),
        |model, _| {
            let title = words::calendar::ics_title(model.lang);
            let hint = words::calendar::ics_hint(model.lang);
            model.ask(Reply::Path, title, hint, "");
        },
    )
    .ready(needs_store)
    .place(600),
    verb(
        "absences.export",
        &cadence::SCOPE,
        &["E"],
        Text::new("Export calendar (.ics)", "カレンダーの書き出し（.ics）"),
        |model, effects| {
            let all = model.cadence.all;
            effects.push(AnyEffect::Absences(Effect::Write { all }));
        },
    )
    .ready(needs_store)
    .place(600),
];

const FROM: Line = Line("from");
const UNTIL: Line = Line("until");
const COVER: Line = Line("cover");

/// Offers to add an absence, or to delete an existing absence or calendar.
fn offer(model: &mut Model) {
    let lang = model.lang;
    let new = format!("+ {}", words::absences::absence_title(lang));
    let mut items = vec![Item::new(new, "", Reply::Add)];
    items.extend(model.book.held.absences.values().map(|a| {
        let label = if a.why == Why::Absence {
            format!("{} · {}", title(a, lang), a.person)
        } else {
            title(a, lang)
        };
        Item::new(label, detail(model, a), Reply::Chosen(a.name.clone()))
    }));
    model.offer(words::absences::absences(lang), items);
}

/// The title under which the user knows the entry.
fn title(absence: &Absence, lang: Lang) -> String {
    match absence.why {
        Why::Absence => words::absences::shut_absence(lang).to_owned(),
        Why::Calendar => absence.name.clone(),
    }
}

/// The first and last day of an absence, or the number of busy times in a calendar.
fn detail(model: &Model, absence: &Absence) -> String {
    let (lang, today) = (model.lang, model.now.today());
    match days(absence, model.now.zone) {
        Some((from, to)) => format!(
            "{} – {} {}",
            words::dates::day(lang, from, today),
            words::dates::day(lang, to, today),
            absence.cover
        ),
        None => words::importing::rows_n(lang, absence.spans.len()),
    }
}

fn open_form(model: &mut Model) {
    let lang = model.lang;
    let date_hint = words::common::date_hint(lang);
    let cover_hint = words::absences::field_cover_hint(lang);
    let fields = vec![
        FROM.field(words::absences::field_from(lang), "", date_hint)
            .read_as(Reads::Day),
        UNTIL
            .field(words::absences::field_until(lang), "", date_hint)
            .read_as(Reads::Day),
        COVER.field(words::absences::field_cover(lang), "", cover_hint),
    ];
    let draft = format!("absence/{}", model.author.name);
    let title = words::absences::absence_title(lang);
    model.open_form(Reply::Absence, title, fields, draft);
}

fn save(model: &mut Model, form: &Form, effects: &mut Effects) -> Result<(), Refusal> {
    let (lang, today) = (model.lang, model.now.today());
    let days = ops::absences::days(&FROM.of(form), &UNTIL.of(form), model.now)?;
    let operation = ops::absences::absence(days, &COVER.of(form), &mut model.by());
    saving::commit(model, operation, effects);
    model.say(words::absences::absence_said(
        lang,
        words::dates::day(lang, days.0, today),
        words::dates::day(lang, days.1, today),
    ));
    Ok(())
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Add, _) => open_form(model),
        (Reply::Chosen(name), _) => match model.book.held.absences.get(&name) {
            Some(absence) => {
                let what = title(absence, model.lang);
                let target = (absence.clone().into(), what);
                deleting::ask(model, Some(target));
            }
            None => open_form(model),
        },
        (Reply::Absence, Answer::Form(form)) => save(model, form, effects)?,
        (Reply::Path, Answer::Line(text)) => {
            let path = text.trim().trim_matches('"');
            if path.is_empty() {
                return Err(Refusal::new("", words::calendar::ics_hint));
            }
            let path = PathBuf::from(path);
            effects.push(AnyEffect::Absences(Effect::Read { path }));
        }
        _ => {}
    }
    Ok(())
}

pub fn on(model: &mut Model, msg: Msg, effects: &mut Effects) {
    match msg {
        Msg::Read { name, busy } => take(model, &name, *busy, effects),
        Msg::Written {
            meetings,
            path,
            unrecorded,
        } => {
            let lang = model.lang;
            let exported = words::calendar::exported(lang, meetings, &path);
            model.say(match unrecorded {
                true => format!("{exported}. {}", words::calendar::unrecorded(lang)),
                false => exported,
            });
        }
    }
}

/// Stores the busy times of a calendar. A calendar of the same name is replaced.
fn take(model: &mut Model, name: &str, busy: Busy, effects: &mut Effects) {
    let lang = model.lang;
    let held = model.book.held.absences.get(name).cloned();
    let count = busy.spans.len();
    let operation = ops::absences::calendar(held, name, busy.spans, &mut model.by());
    saving::commit(model, operation, effects);
    let message = words::calendar::ics_read(lang, name, count);
    if busy.problems.is_empty() && busy.declined == 0 {
        return model.say(message);
    }
    let problems = busy.problems.iter();
    let mut lines = vec![message];
    if busy.declined > 0 {
        lines.push(words::calendar::ics_declined(lang, busy.declined));
    }
    lines.extend(problems.map(|(line, why)| words::calendar::ics_bad(lang, line, why.words(lang))));
    model.show(words::calendar::ics_title(lang), lines);
}
