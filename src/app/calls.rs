//! What the verbs of a check-in do: choosing, setting up, the call itself, its end.

use super::command::Command;
use super::msg::Effect;
use super::overlay::{Item, Overlay, Pick, PickFor, Value};
use super::screens::live::Phase;
use super::screens::{Screen, brief, live};
use super::{Model, Waiting, keep, verbs, wrapup};
use crate::domain::cadence::Kind as Touch;
use crate::domain::cadence::plan::Planned;
use crate::domain::checkin::{EventKind, Kind, Mark, agenda, propose};
use crate::domain::dossier::Dossier;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::settings::look::Glance;
use crate::keys::{Code, Key};
use crate::ops::{self, Subject};
use crate::services::calendar::template_of;
use crate::words;

/// Offers the templates, the proposed one first with its reason.
pub fn choose_template(model: &mut Model, dossier: &Dossier) {
    let t = model.t();
    let id = dossier.account.id.clone();
    let (wanted, why) = proposal(model, dossier);
    let mut items: Vec<Item> = model
        .config
        .templates
        .iter()
        .map(|template| {
            let (planned, most) = agenda::total(&template.sections);
            let minutes = if planned == most {
                words::call::minutes(t, planned)
            } else {
                words::call::minutes(t, format!("{planned}–{most}"))
            };
            let reason = if template.id == wanted {
                format!("  ★ {}", why.words(t))
            } else {
                String::new()
            };
            Item {
                label: model.lang.pick(&template.name).to_owned(),
                detail: format!("{minutes}{reason}"),
                value: Value::Text(template.id.clone()),
            }
        })
        .collect();
    items.sort_by_key(|i| i.value != Value::Text(wanted.to_owned()));
    let title = words::call::choose_template(t, &dossier.account.name);
    model.overlays.push(Overlay::Pick(Pick::new(
        PickFor::Template(id),
        title,
        items,
    )));
}

fn proposal(model: &Model, dossier: &Dossier) -> (&'static str, propose::Why) {
    let today = model.now.today();
    let review = dossier
        .checkins
        .iter()
        .filter(|c| c.kind == crate::domain::checkin::Kind::Review)
        .filter_map(|c| c.ended())
        .map(|at| model.now.zone.day(at))
        .max();
    match model.book.get(&dossier.account.id) {
        Some(row) => propose::propose(
            &row.standing,
            review,
            crate::domain::standing::contract_start(dossier),
            today,
        ),
        None => ("standard", propose::Why::Regular),
    }
}

pub fn start_with(model: &mut Model, id: AccountId, template: String, effects: &mut Vec<Effect>) {
    model.waiting = Some(Waiting::Start(id.clone(), template));
    effects.push(Effect::Load(id));
}

/// One key from a meeting to its call: with the agenda that fits, and the start that was agreed.
pub fn start_meeting(model: &mut Model, id: AccountId, touch: &Planned, effects: &mut Vec<Effect>) {
    let proposed = model.book.get(&id).map(|r| {
        propose::propose(
            &r.standing,
            r.standing.anchors.last(Touch::Review),
            r.standing.anchors.start,
            model.now.today(),
        )
        .0
    });
    let template = match (touch.kind, proposed) {
        // In trouble and in the first weeks a check-in has an agenda of its own.
        (Touch::Checkin, Some(proposed)) if proposed != "review" && proposed != "renewal" => {
            proposed
        }
        (kind, _) => template_of(kind).unwrap_or("standard"),
    };
    let agreed = touch
        .own
        .time
        .map(|t| model.now.zone.instant(touch.date.and_time(t)));
    model.starts = agreed
        .filter(|at| (*at - model.now.at).num_hours().abs() < 12)
        .map(|at| (id.clone(), at));
    start_with(model, id, template.to_owned(), effects);
}

pub fn set_up(model: &mut Model, dossier: Box<Dossier>, template: &str) {
    let config = model.config.clone();
    let Some(template) = config.template(template).or(config.templates.first()) else {
        return;
    };
    let sections = agenda::build(template, &dossier);
    let id = model.mint.next(model.now.at);
    let account = dossier.account.id.clone();
    let mut state = live::State::set_up(
        id,
        template,
        sections,
        dossier,
        &model.author.name,
        model.now,
    );
    if let Some((_, at)) = model.starts.take().filter(|s| s.0 == account) {
        state.record(EventKind::StartAt { at: Some(at) }, model.now);
    }
    model.live = Some(state);
    model.goto(Screen::Live);
}

pub fn show_brief(model: &mut Model, dossier: &Dossier, effects: &mut Vec<Effect>) {
    let (template, why) = proposal(model, dossier);
    let standing = model
        .book
        .get(&dossier.account.id)
        .map(|r| r.standing.clone());
    let Some(standing) = standing else { return };
    let looked = looked(model, dossier, standing.health.score, effects);
    let blocks = crate::services::brief::blocks(
        (dossier, model.feeds),
        &standing,
        (model.config.scoring_context(), &model.config.templates),
        (template, why),
        looked,
        model.lang,
        model.now,
    );
    let kind = model
        .config
        .template(template)
        .map_or(Kind::Health, |x| x.kind);
    let account = dossier.account.id.clone();
    // Shown anew (a note came in), it is the same preparation.
    const ONE: i64 = 15;
    let same = model.brief.as_ref().filter(|b| {
        b.account == account
            && (model.screen == Screen::Brief || (model.now.at - b.opened).num_minutes() < ONE)
    });
    let (opened, seen) = same.map_or((model.now.at, 0), |b| (b.opened, b.seen));
    model.brief = Some(brief::State {
        account,
        name: dossier.account.name.clone(),
        blocks,
        scroll: 0,
        seen,
        kind,
        opened,
        template: template.to_owned(),
    });
    model.goto(Screen::Brief);
}

/// What the reader saw at the last look but this one; remembers that they look now.
fn looked(
    model: &mut Model,
    dossier: &Dossier,
    score: Option<u8>,
    effects: &mut Vec<Effect>,
) -> Option<Glance> {
    let me = &model.author.name;
    let held = dossier.looks.iter().find(|l| l.author == *me);
    let of = Subject::from(&dossier.account);
    let (before, mark) = ops::settings::look(of, held, score, &mut model.by());
    keep::commit(model, mark, effects);
    before
}

pub fn start(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.screen == Screen::Brief {
        if let Some(state) = &model.brief {
            let (id, template) = (state.account.clone(), state.template.clone());
            start_with(model, id, template, effects);
        }
        return;
    }
    let now = model.now;
    // Who read the brief before was preparing until now.
    const NO_PREPARATION: i64 = 3_600;
    let brief = model
        .brief
        .as_ref()
        .map(|b| (b.account.clone(), (now.at - b.opened).num_seconds()));
    let Some(state) = &mut model.live else { return };
    if let Some((account, took)) = brief
        && account == state.checkin.account
        && (0..NO_PREPARATION).contains(&took)
    {
        state.checkin.prepared = Some(took as u32);
    }
    if state.checkin.sections.is_empty() {
        return model.refuse(words::call::agenda_empty(model.lang));
    }
    // Two calls at once are most often a mistake: asked once.
    let other = model.book.checkins.values().find(|c| {
        c.author == model.author.name
            && c.id != state.checkin.id
            && c.state() == crate::domain::checkin::State::Live
    });
    if let Some(other) = other
        && !std::mem::replace(&mut state.asked, true)
    {
        let words = words::call::call_running(model.lang, model.book.name(&other.account));
        return model.refuse(words);
    }
    state.begin(now);
    keep::checkin(model, effects);
}

pub fn agenda_edit(model: &mut Model, command: Command) {
    let Some(state) = &mut model.live else { return };
    let at = state.list.cursor;
    let sections = &mut state.checkin.sections;
    let Some(section) = sections.get_mut(at) else {
        return;
    };
    match command {
        Command::Longer => {
            section.target = (section.target / 60 * 60 + 60).min(240 * 60);
            section.max = section.max.max(section.target.div_ceil(60));
        }
        Command::Shorter => {
            section.target = (section.target.div_ceil(60) * 60)
                .saturating_sub(60)
                .max(60);
            section.min = section.min.min(section.target / 60);
        }
        Command::Earlier if at > 0 => {
            sections.swap(at, at - 1);
            state.list.cursor -= 1;
        }
        Command::Later if at + 1 < sections.len() => {
            sections.swap(at, at + 1);
            state.list.cursor += 1;
        }
        Command::Drop => {
            sections.remove(at);
            state
                .list
                .hold(state.checkin.sections.len(), model.geometry.rows);
        }
        _ => {}
    }
}

pub fn section(model: &mut Model, by: isize, effects: &mut Vec<Effect>) {
    let Some(state) = &model.live else { return };
    let reading = state.reading(model.now);
    let (current, all) = (state.current(), state.checkin.sections.len());
    // What was left out is passed over.
    let to = if by > 0 {
        (current + 1..all).find(|i| !reading.dropped[*i])
    } else {
        (0..current).rev().find(|i| !reading.dropped[*i])
    };
    match to {
        Some(section) => record(model, |_| EventKind::Entered { section }, effects),
        None => model.refuse(if by > 0 {
            words::call::last_section(model.lang)
        } else {
            words::call::first_section(model.lang)
        }),
    }
}

pub fn record(
    model: &mut Model,
    what: impl FnOnce(&live::State) -> EventKind,
    effects: &mut Vec<Effect>,
) {
    let now = model.now;
    if let Some(state) = &mut model.live {
        let event = what(state);
        state.record(event, now);
        state.collect(now);
        keep::checkin(model, effects);
    }
}

pub fn mark(model: &mut Model, mark: Mark) {
    let at = model.now.at;
    if let Some(editor) = model.live.as_mut().and_then(live::State::editor) {
        editor.mark(mark, at);
    }
}

pub fn end(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.live.as_ref().is_some_and(|l| l.phase == Phase::Live) {
        record(model, |_| EventKind::Ended, effects);
        if let Some(state) = &mut model.live {
            state.phase = Phase::WrapUp;
        }
    }
    open_wrap_up_if_due(model);
}

/// The wrap-up form, once the call has ended and the people are known.
pub fn open_wrap_up_if_due(model: &mut Model) {
    if model
        .live
        .as_ref()
        .is_some_and(|l| l.phase == Phase::WrapUp)
        && model.overlays.is_empty()
    {
        wrapup::wrap_up_form(model);
    }
}

/// In a live call every key that is no verb is text.
pub fn text(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let (columns, at) = (model.geometry.columns, model.now.at);
    // An ended call whose form is not there yet: it can be left.
    if key.code == Code::Esc
        && model.screen == Screen::Live
        && model
            .live
            .as_ref()
            .is_some_and(|l| l.phase == Phase::WrapUp)
    {
        return verbs::back(model);
    }
    let Some(state) = model
        .live
        .as_mut()
        .filter(|l| model.screen == Screen::Live && l.phase == Phase::Live)
    else {
        return;
    };
    // One writes into all lines, not into a choice of them; Esc leaves the choice first.
    let choice = state.only.take().is_some();
    if key.code == Code::Esc {
        if !choice {
            leave_live(model, effects);
        }
    } else if let Some(editor) = state.editor() {
        editor.key(key, columns, at);
    }
}

/// Esc in a live call leaves the screen; the clock runs on and the call is offered again.
pub fn leave_live(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now;
    if let Some(state) = &mut model.live {
        state.collect(now);
        keep::checkin(model, effects);
        let name = model
            .live
            .as_ref()
            .map(|l| l.name.clone())
            .unwrap_or_default();
        model.say(words::call::call_goes_on(model.lang, &name));
    }
    verbs::back(model);
}

/// Goes on with a check-in, or shows a finished one.
pub fn reopen(model: &mut Model, id: &RecordId, effects: &mut Vec<Effect>) {
    let Some(checkin) = model.book.checkins.get(id).cloned() else {
        return;
    };
    let account = checkin.account.clone();
    // Its account was taken back: there is nobody to write of, until `Ctrl-R` brings it again.
    if checkin.state() != crate::domain::checkin::State::Done && model.book.get(&account).is_none()
    {
        return model.refuse(words::common::gone(model.lang));
    }
    let name = model.book.name(&account).to_owned();
    let mut state = live::State::reopen(checkin, name);
    if matches!(state.phase, Phase::Live | Phase::WrapUp)
        && let Some(draft) = model.drafts.get(&state.draft_key())
    {
        state.restore(draft);
    }
    model.live = Some(state);
    model.goto(Screen::Live);
    model.waiting = Some(Waiting::Live(account.clone()));
    effects.push(Effect::Load(account));
}

/// Back into a call that was ended by mistake: the clock goes on.
pub fn resume(model: &mut Model, effects: &mut Vec<Effect>) {
    record(model, |_| EventKind::Resumed, effects);
    if let Some(state) = &mut model.live {
        state.phase = Phase::Live;
    }
}
