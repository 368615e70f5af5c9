//! What the verbs of a running call do beyond its sections and marks: pacing, listening, the account
//! at hand.

use chrono::Duration;

use super::asks::prompt;
use super::calls::record;
use super::msg::Effect;
use super::overlay::{Item, Overlay, Pick, PickFor, PromptFor, Value};
use super::screens::live::Phase;
use super::{Model, keep};
use crate::domain::checkin::agenda::{Section, Words};
use crate::domain::checkin::{EventKind, Mark, pacing};
use crate::domain::note::Note;
use crate::ops;
use crate::words;

/// Shows how the time left would be spread, before anything changes.
pub fn replan(model: &mut Model) {
    let Some(state) = &model.live else { return };
    let plan = pacing::replan(&state.checkin, model.now.at);
    if !plan.changes() && plan.short == Duration::zero() {
        return model.say(words::call::replan_same(model.lang));
    }
    model.overlays.push(Overlay::Replan(plan));
}

pub fn apply_plan(model: &mut Model, plan: &pacing::Plan, effects: &mut Vec<Effect>) {
    let targets = plan
        .targets
        .iter()
        .map(|(section, _, seconds)| (*section, *seconds))
        .collect();
    record(model, |_| EventKind::Replanned { targets }, effects);
    model.say(words::call::replanned(model.lang));
}

/// The sections from the current one on, to be left out of the rest of the call or taken in again.
pub fn cut(model: &mut Model) {
    let Some(state) = &model.live else { return };
    let t = model.t();
    let reading = state.reading(model.now);
    let current = state.current();
    let items = (current..state.checkin.sections.len())
        .chain((0..current).filter(|i| reading.dropped[*i]))
        .map(|i| {
            let detail = if reading.dropped[i] {
                words::call::cut_out(t)
            } else if i == current {
                words::call::cut_here(t)
            } else {
                ""
            };
            Item {
                label: model.lang.pick(&state.checkin.sections[i].name).to_owned(),
                detail: detail.to_owned(),
                value: Value::Index(i),
            }
        });
    let pick = Pick::new(PickFor::Cut, words::call::cut_title(t), items.collect());
    model.overlays.push(Overlay::Pick(pick));
}

/// Leaves a section out, or takes it in again. Whoever leaves out the one that runs goes on with the
/// next; what was written under it stays.
pub fn cut_chosen(model: &mut Model, section: usize, effects: &mut Vec<Effect>) {
    let Some(state) = &model.live else { return };
    let reading = state.reading(model.now);
    let words = model
        .lang
        .pick(&state.checkin.sections[section].name)
        .to_owned();
    if reading.dropped[section] {
        record(model, |_| EventKind::Restored { section }, effects);
        return model.say(words::call::restored(model.lang, &words));
    }
    let sections = state.checkin.sections.len();
    let goes_on = (section == state.current()).then(|| {
        (section + 1..sections)
            .chain((0..section).rev())
            .find(|i| !reading.dropped[*i])
    });
    if goes_on == Some(None) {
        return model.refuse(words::call::last_section(model.lang));
    }
    record(model, |_| EventKind::Dropped { section }, effects);
    if let Some(Some(section)) = goes_on {
        record(model, |_| EventKind::Entered { section }, effects);
    }
    model.say(words::call::cut(model.lang, &words));
}

pub fn ask_section(model: &mut Model) {
    let t = model.t();
    prompt(
        model,
        PromptFor::Section,
        words::call::add_section(t),
        words::call::section_name(t),
        "",
    );
}

/// A section typed as `name minutes`, put behind the current one.
pub fn add_section(model: &mut Model, text: &str, effects: &mut Vec<Effect>) -> Result<(), String> {
    let text = crate::domain::text::nfkc(text.trim());
    let (name, minutes) = match text.rsplit_once(char::is_whitespace).and_then(|(n, m)| {
        Some((
            n.trim(),
            m.trim_end_matches(['分', 'm']).parse::<u32>().ok()?,
        ))
    }) {
        Some((name, minutes)) => (name.to_owned(), minutes.clamp(1, 240)),
        None => (text.trim().to_owned(), 5),
    };
    if name.is_empty() {
        return Err(words::common::name_empty(model.lang).to_owned());
    }
    let now = model.now;
    if let Some(state) = &mut model.live {
        let at = if state.phase == Phase::Agenda {
            state.list.cursor + 1
        } else {
            state.current() + 1
        }
        .min(state.checkin.sections.len());
        let section = Section {
            name: Words::both(name),
            min: 1,
            target: minutes * 60,
            max: minutes + 5,
            prompts: Vec::new(),
            ticket: None,
        };
        state.collect(now);
        state.checkin.insert_section(at, section);
        if state.phase != Phase::Agenda {
            state.editors.insert(
                at.min(state.editors.len()),
                crate::app::text::Editor::new(""),
            );
        }
    }
    keep::checkin(model, effects);
    Ok(())
}

pub fn ask_leave_by(model: &mut Model) {
    let t = model.t();
    let set = model
        .live
        .as_ref()
        .and_then(|l| l.checkin.leave_by())
        .map(|at| model.now.zone.local(at).format("%H:%M").to_string())
        .unwrap_or_default();
    prompt(
        model,
        PromptFor::LeaveBy,
        words::call::leave_title(t),
        words::call::leave_hint(t),
        &set,
    );
}

pub fn ask_start_at(model: &mut Model) {
    let t = model.t();
    let set = model
        .live
        .as_ref()
        .and_then(|l| l.checkin.start_at())
        .map(|at| model.now.zone.local(at).format("%H:%M").to_string())
        .unwrap_or_default();
    prompt(
        model,
        PromptFor::StartAt,
        words::call::start_at_title(t),
        words::call::start_at_hint(t),
        &set,
    );
}

/// The moment the talk was agreed for; empty takes it back.
pub fn start_at(model: &mut Model, text: &str, effects: &mut Vec<Effect>) -> Result<(), String> {
    let text = crate::domain::text::nfkc(text.trim());
    let at = match text.as_str() {
        "" => None,
        _ => Some(
            crate::services::dates::read_moment(&text, model.now)
                .ok_or_else(|| words::call::not_a_time(model.lang).to_owned())?,
        ),
    };
    record(model, |_| EventKind::StartAt { at }, effects);
    Ok(())
}

/// `10:45`, or `+20` for minutes from now; empty takes it back.
pub fn leave_by(model: &mut Model, text: &str, effects: &mut Vec<Effect>) -> Result<(), String> {
    let text = crate::domain::text::nfkc(text.trim());
    let at = if text.is_empty() {
        None
    } else if let Some(minutes) = text
        .strip_prefix('+')
        .and_then(|m| m.trim_end_matches('分').parse::<i64>().ok())
        .filter(|m| (0..=1_440).contains(m))
    {
        Some(model.now.at + Duration::minutes(minutes))
    } else {
        let found = crate::services::dates::read_moment(&text, model.now)
            .ok_or_else(|| words::call::not_a_time(model.lang).to_owned())?;
        // A time of the day that has passed is meant for tomorrow: a call around midnight.
        Some(if found < model.now.at {
            found + Duration::days(1)
        } else {
            found
        })
    };
    record(model, |_| EventKind::LeaveBy { at }, effects);
    Ok(())
}

/// What the chosen section of the agenda took in the last calls: minutes taken, planned, proposed.
pub fn lesson(model: &Model) -> Option<(u32, u32, u32)> {
    let state = model.live.as_ref().filter(|l| l.phase == Phase::Agenda)?;
    let section = state.checkin.sections.get(state.list.cursor)?;
    let past: Vec<_> = model
        .book
        .checkins
        .values()
        .filter(|c| c.author == model.author.name)
        .cloned()
        .collect();
    let took = pacing::took(&past, &state.checkin.template, &section.name.en);
    let plan = pacing::lesson(&took)?;
    (plan * 60 != section.target).then(|| {
        (
            took.iter().map(|t| t.0).sum::<u32>() / took.len() as u32,
            section.target.div_ceil(60),
            plan,
        )
    })
}

pub fn take_lesson(model: &mut Model) {
    let Some((_, _, plan)) = lesson(model) else {
        return;
    };
    if let Some(state) = &mut model.live
        && let Some(section) = state.checkin.sections.get_mut(state.list.cursor)
    {
        section.target = plan * 60;
        section.max = section.max.max(plan);
        section.min = section.min.min(plan);
    }
}

/// Dismisses the warning phrase on the caret's line as a false alarm, or hears it again.
pub fn dismiss(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(state) = &model.live else { return };
    let heard = state.heard_here().first().cloned();
    let line = state
        .editors
        .get(state.current())
        .and_then(|e| e.lines().nth(e.cursor().line))
        .map(|l| l.text.clone())
        .unwrap_or_default();
    let dismissed = model
        .phrases
        .listen(&line)
        .into_iter()
        .find_map(|h| model.book.dismissals.get(&h.words).cloned());
    let (operation, said) = match (heard, dismissed) {
        (Some(heard), _) => (
            ops::settings::dismiss(&heard.words, &mut model.by()),
            words::call::dismissed(model.lang, &heard.words),
        ),
        // The same key on the same line hears it again.
        (None, Some(dismissed)) => {
            let said = words::call::restored_word(model.lang, &dismissed.words);
            (ops::settings::restore(dismissed, &mut model.by()), said)
        }
        (None, None) => return model.refuse(words::call::nothing_heard(model.lang)),
    };
    keep::commit(model, operation, effects);
    listen_anew(model);
    model.say(said);
}

/// The lexicon, or what was dismissed of it, has changed: every line is listened to again.
pub fn listen_anew(model: &mut Model) {
    let dismissed = model.book.dismissals.keys().cloned().collect();
    model.phrases = std::sync::Arc::new(model.lexicon.without(dismissed));
    if let Some(state) = &mut model.live {
        state.heard.clear();
    }
}

/// Listens to the lines around the caret that were not listened to yet.
pub fn listen(model: &mut Model) {
    const AROUND: usize = 80;
    let lexicon = model.phrases.clone();
    let book = &model.book;
    let Some(state) = model
        .live
        .as_mut()
        .filter(|l| matches!(l.phase, Phase::Live | Phase::WrapUp))
    else {
        return;
    };
    let current = state.current();
    let Some(editor) = state.editors.get(current) else {
        return;
    };
    let from = editor.cursor().line.saturating_sub(AROUND);
    let fresh: Vec<String> = editor
        .lines()
        .skip(from)
        .take(2 * AROUND)
        .filter(|l| !l.text.trim().is_empty() && !state.heard.contains_key(&l.text))
        .map(|l| l.text.clone())
        .collect();
    // What was typed on the way to a word is not heard again.
    const KEPT: usize = 4_000;
    if state.heard.len() > KEPT {
        state.heard.clear();
    }
    for line in fresh {
        let heard = lexicon
            .listen(&line)
            .into_iter()
            .filter(|h| !book.dismissals.contains_key(&h.words))
            .collect();
        state.heard.insert(line, heard);
    }
}

/// The account, the promises first, without leaving the call.
pub fn at_hand(model: &mut Model) {
    let Some(state) = &model.live else { return };
    let (Some(d), Some(row)) = (&state.dossier, model.book.get(&state.checkin.account)) else {
        return model.refuse(words::common::still_loading(model.lang));
    };
    let proposal = (
        state.checkin.template.as_str(),
        crate::domain::checkin::propose::Why::Regular,
    );
    let mut blocks = crate::services::brief::blocks(
        (d, model.feeds),
        &row.standing,
        (model.config.scoring_context(), &model.config.templates),
        proposal,
        None,
        model.lang,
        model.now,
    );
    blocks.retain(|b| b.block != "agenda");
    let order = |key: &str| {
        ["promises", "tickets_first", "health", "usage", "people"]
            .iter()
            .position(|k| *k == key)
            .unwrap_or(9)
    };
    blocks.sort_by_key(|b| order(b.block));
    model.overlays.push(Overlay::AtHand { blocks, scroll: 0 });
}

/// A past talk of this account of which no note was made; answers whether it is one.
pub fn show_talk(model: &mut Model, id: &str) -> bool {
    let Some(d) = model.live.as_ref().and_then(|l| l.dossier.as_ref()) else {
        return false;
    };
    let Some(c) = d.checkins.iter().find(|c| c.id.as_str() == id) else {
        return false;
    };
    let text =
        crate::services::compose::markdown(c, &d.account.name, &[], model.lang, model.now.zone);
    let title = format!(
        "{} · {}",
        d.account.name,
        words::dates::day(
            model.lang,
            model.now.zone.day(c.started().unwrap_or(c.created)),
            model.now.today()
        )
    );
    model.overlays.push(Overlay::Notice {
        title,
        lines: text.lines().map(str::to_owned).collect(),
        scroll: 0,
    });
    true
}

pub fn show_note(model: &mut Model, note: &Note) {
    let day = words::dates::day(model.lang, model.now.zone.day(note.at), model.now.today());
    let title = format!("{} · {day}", model.book.name(&note.account));
    model.overlays.push(Overlay::Notice {
        title,
        lines: note.text.lines().map(str::to_owned).collect(),
        scroll: 0,
    });
}

/// Shows only lines of one kind of mark; each time the next kind, then all again.
pub fn only_marks(model: &mut Model) {
    if let Some(state) = &mut model.live {
        let present: Vec<Mark> = Mark::ALL
            .iter()
            .copied()
            .filter(|m| {
                state
                    .editors
                    .iter()
                    .any(|e| e.lines().any(|l| l.meaning() == Some(*m)))
            })
            .collect();
        state.only = match state.only {
            None => present.first().copied(),
            Some(mark) => present.iter().copied().find(|m| *m > mark),
        };
    }
}

/// The reminder before a hard stop, once for each.
pub fn remind(model: &mut Model) {
    let now = model.now;
    let Some(state) = model.live.as_mut().filter(|l| l.phase == Phase::Live) else {
        return;
    };
    let due = pacing::reminder(&state.checkin, now.at);
    if due.is_some() && due != state.reminded {
        state.reminded = due;
        let words = words::call::leaves_in(model.lang, due.unwrap_or_default());
        model.refuse(words);
    }
}

/// How a template looks: an agenda's sections, times and prompts; a draft's words.
pub fn look_at_template(model: &mut Model, id: &str) {
    if let Some(message) = model.config.messages.iter().find(|m| m.id == id) {
        let lang = model.lang;
        let mut lines = vec![lang.pick(&message.subject).to_owned(), String::new()];
        lines.extend(lang.pick(&message.body).lines().map(str::to_owned));
        return model.overlays.push(Overlay::Notice {
            title: lang.pick(&message.name).to_owned(),
            lines,
            scroll: 0,
        });
    }
    let Some(template) = model.config.template(id) else {
        return;
    };
    let mut lines = Vec::new();
    for s in &template.sections {
        lines.push(format!(
            "{}–{} · {}",
            s.min,
            words::call::minutes(model.lang, s.max),
            model.lang.pick(&s.name)
        ));
        lines.extend(
            s.prompts
                .iter()
                .map(|p| format!("    {}", model.lang.pick(p))),
        );
    }
    let title = model.lang.pick(&template.name).to_owned();
    model.overlays.push(Overlay::Notice {
        title,
        lines,
        scroll: 0,
    });
}

pub fn templates(model: &mut Model) {
    let t = model.t();
    let entry = |id: &str, name: &Words| Item {
        label: model.lang.pick(name).to_owned(),
        detail: id.to_owned(),
        value: Value::Text(id.to_owned()),
    };
    let agendas = model.config.templates.iter().map(|x| entry(&x.id, &x.name));
    let items = agendas
        .chain(model.config.messages.iter().map(|m| entry(&m.id, &m.name)))
        .collect();
    model.overlays.push(Overlay::Pick(Pick::new(
        PickFor::Look,
        words::call::templates_title(t),
        items,
    )));
}
