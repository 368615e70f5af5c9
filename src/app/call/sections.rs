//! The sections of a running call, and the events recorded in it.

use super::state::{Call, Phase, Reply};
use crate::app::kit::editor::Editor;
use crate::app::model::Model;
use crate::app::overlay::Item;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::checkin::EventKind;
use crate::domain::checkin::agenda::{Section, Words};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::text::nfkc;
use crate::ops::{self, Refusal};
use crate::words;

/// Records an event of the call, together with the current notes.
pub fn record(model: &mut Model, event: impl FnOnce(&Call) -> EventKind, effects: &mut Effects) {
    let now = model.now;
    if let Some(call) = &mut model.call.open {
        let event = event(call);
        call.record(event, now);
        call.collect(now);
        store(model, effects);
    }
}

/// Stores the check-in in its current state: events and notes.
pub fn store(model: &mut Model, effects: &mut Effects) {
    let Some(call) = &mut model.call.open else {
        return;
    };
    if call.phase == Phase::Agenda || call.stored.as_ref() == Some(&call.checkin) {
        return;
    }
    let before = call.stored.replace(call.checkin.clone());
    let (after, name) = (call.checkin.clone(), call.name.clone());
    let operation = ops::call::progress(before, after, &name, &mut model.by());
    saving::commit(model, operation, effects);
}

pub fn next(model: &mut Model, effects: &mut Effects) {
    let Some(call) = &model.call.open else { return };
    let dropped = call.reading(model.now).dropped;
    let all = call.checkin.sections.len();
    // Skipped sections are passed over.
    let to = (call.current() + 1..all).find(|i| !dropped[*i]);
    enter(model, to, words::call::last_section, effects);
}

pub fn previous(model: &mut Model, effects: &mut Effects) {
    let Some(call) = &model.call.open else { return };
    let dropped = call.reading(model.now).dropped;
    let to = (0..call.current()).rev().find(|i| !dropped[*i]);
    enter(model, to, words::call::first_section, effects);
}

fn enter(
    model: &mut Model,
    to: Option<usize>,
    none: crate::app::verb::Reason,
    effects: &mut Effects,
) {
    match to {
        Some(section) => record(model, |_| EventKind::Entered { section }, effects),
        None => model.refuse(none(model.lang)),
    }
}

/// Offers to skip the current and later sections, and to restore skipped ones.
pub fn offer_cuts(model: &mut Model) {
    let Some(call) = &model.call.open else { return };
    let lang = model.lang;
    let dropped = call.reading(model.now).dropped;
    let current = call.current();
    let item = |i: usize| {
        let detail = if dropped[i] {
            words::call::cut_out(lang)
        } else if i == current {
            words::call::cut_here(lang)
        } else {
            ""
        };
        let name = lang.pick(&call.checkin.sections[i].name);
        Item::new(name, detail, Reply::Cut(i))
    };
    let items = (current..call.checkin.sections.len())
        .chain((0..current).filter(|i| dropped[*i]))
        .map(item)
        .collect();
    model.offer(words::call::cut_title(lang), items);
}

/// Skips a section, or restores it. Skipping the running section moves to the next one. Its notes
/// are kept.
pub fn cut_chosen(model: &mut Model, section: usize, effects: &mut Effects) {
    let Some(call) = &model.call.open else { return };
    let dropped = call.reading(model.now).dropped;
    let name = model.lang.pick(&call.checkin.sections[section].name);
    let name = name.to_owned();
    if dropped[section] {
        record(model, |_| EventKind::Restored { section }, effects);
        return model.say(words::call::restored(model.lang, &name));
    }
    let all = call.checkin.sections.len();
    let goes_on = (section == call.current()).then(|| {
        (section + 1..all)
            .chain((0..section).rev())
            .find(|i| !dropped[*i])
    });
    if goes_on == Some(None) {
        return model.refuse(words::call::last_section(model.lang));
    }
    record(model, |_| EventKind::Dropped { section }, effects);
    if let Some(Some(section)) = goes_on {
        record(model, |_| EventKind::Entered { section }, effects);
    }
    model.say(words::call::cut(model.lang, &name));
}

/// Minutes of a section typed without a number.
const MINUTES: u32 = 5;
/// Longest section, in minutes.
const LONGEST: u32 = 240;

/// Adds a section, typed as `name minutes`, after the current one.
pub fn add(model: &mut Model, text: &str, effects: &mut Effects) -> Result<(), Refusal> {
    let text = nfkc(text.trim());
    let typed = text
        .rsplit_once(char::is_whitespace)
        .and_then(|(name, minutes)| {
            let minutes = minutes.trim_end_matches(['分', 'm']).parse::<u32>().ok()?;
            Some((name.trim().to_owned(), minutes.clamp(1, LONGEST)))
        });
    let (name, minutes) = typed.unwrap_or_else(|| (text.trim().to_owned(), MINUTES));
    if name.is_empty() {
        return Err(Refusal::new("", words::common::name_empty));
    }
    let now = model.now;
    if let Some(call) = &mut model.call.open {
        let agenda = call.phase == Phase::Agenda;
        let here = if agenda {
            call.list.cursor
        } else {
            call.current()
        };
        let at = (here + 1).min(call.checkin.sections.len());
        call.collect(now);
        call.checkin.insert_section(
            at,
            Section {
                // What the user typed is for the user.
                customer: Some(Words::both("")),
                name: Words::both(name),
                min: 1,
                target: minutes * 60,
                max: minutes + MINUTES,
                prompts: Default::default(),
                ticket: None,
            },
        );
        if !agenda {
            let at = at.min(call.editors.len());
            call.editors.insert(at, Editor::new(""));
        }
    }
    store(model, effects);
    Ok(())
}

pub fn ask_sentiment(model: &mut Model) {
    let lang = model.lang;
    let item = |s: &Sentiment| Item::new(s.words(lang), "", Reply::Mood(*s));
    let items = Sentiment::ALL.iter().map(item).collect();
    model.offer(words::call::sentiment_title(lang), items);
}

pub fn feel(model: &mut Model, sentiment: Sentiment, effects: &mut Effects) {
    if let Some(call) = &mut model.call.open {
        call.checkin.wrapup.sentiment = Some(sentiment);
    }
    record(model, |_| EventKind::Mood { sentiment }, effects);
}
