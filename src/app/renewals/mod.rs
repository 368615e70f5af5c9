//! Renewals: the terms of a fiscal quarter, what became of them, and what was kept.

pub mod state;

use super::kit::list::Move;
use super::kit::scope::Scope;
use super::model::Model;
use super::msg::{Effect as AnyEffect, Screen};
use super::outcomes;
use super::overlay::{Answer, Item};
use super::place::Place;
use super::verb::{Effects, Face, GLOBAL, LIST, Verb, needs_store, verb};
use crate::config::Known;
use crate::domain::renewals::Due;
use crate::domain::renewals::quarter::Grouping;
use crate::domain::text::nfkc;
use crate::domain::when::YearStart;
use crate::ops::Refusal;
use crate::services::dates;
use crate::words::{self, Text};
use state::{Effect, Line, Msg, Reply};

pub const SCOPE: Scope = Scope {
    id: "renewals",
    words: Text::new("Renewals", "更新"),
    place: 135,
};

pub const VERBS: &[Verb] = &[
    verb(
        "renewals.earlier",
        &SCOPE,
        &["[", "<left>"],
        Text::new("Earlier quarter", "前の四半期"),
        |model, effects| step(model, -1, effects),
    )
    .footer(),
    verb(
        "renewals.later",
        &SCOPE,
        &["]", "<right>"],
        Text::new("Later quarter", "次の四半期"),
        |model, effects| step(model, 1, effects),
    )
    .footer(),
    verb(
        "renewals.mark",
        &SCOPE,
        &["<space>"],
        Text::new("Mark", "選択"),
        |model, _| mark(model),
    )
    .footer(),
    verb(
        "renewals.outcome",
        &SCOPE,
        &["o"],
        Text::new(
            "Outcome of this term, or of the marked ones",
            "この契約（または選択した契約）の結果",
        ),
        settle,
    )
    .ready(needs_store)
    .footer(),
    verb(
        "renewals.group",
        &SCOPE,
        &["v"],
        Text::new(
            "Group (owner, tier …)",
            "グループ分け（担当者・ティアなど）",
        ),
        |model, _| group(model),
    )
    .footer(),
    verb(
        "renewals.define",
        &SCOPE,
        &["d"],
        Text::new("What the figures mean", "指標の定義"),
        |model, _| model.renewals.definitions ^= true,
    )
    .footer(),
    verb(
        "renewals.year",
        &SCOPE,
        &["f"],
        Text::new("Fiscal year", "会計年度の開始日"),
        |model, _| ask_year(model),
    )
    .ready(needs_store),
    verb(
        "desk.renewals",
        &GLOBAL,
        &["9"],
        Text::new("Renewals (quarter, GRR, NRR)", "更新（四半期・GRR・NRR）"),
        open,
    )
    .place(98),
];

pub const FACE: Face = Face {
    scopes: |_| &[&SCOPE, &LIST, &GLOBAL],
    go: |model, to| {
        let (len, rows) = (model.renewals.lines.len(), model.geometry.rows);
        if model.renewals.definitions {
            let most = model.geometry.most;
            model.renewals.scroll = to.scrolled(model.renewals.scroll, most, rows);
        } else {
            model.renewals.list.go(to, len, rows);
        }
    },
    hold: |model| {
        if model.renewals.definitions {
            return;
        }
        let len = model.renewals.lines.len();
        model.renewals.list.hold(len, model.geometry.list);
    },
    open: |model, _| enter(model),
    back: |model| std::mem::take(&mut model.renewals.definitions),
    refresh,
    ..Face::BLANK
};

fn open(model: &mut Model, effects: &mut Effects) {
    model.goto(Screen::Renewals);
    refresh(model, effects);
    // Which days make a quarter is asked when it is first needed; until then a year from April is said on the screen.
    if !model.config.desk.year_stated && !model.renewals.asked && model.ready {
        ask_year(model);
    }
}

/// Asks when the fiscal year begins.
fn ask_year(model: &mut Model) {
    const USUAL: [u32; 4] = [4, 1, 7, 10];
    model.renewals.asked = true;
    let lang = model.lang;
    let now = model.now.habits.year_starts;
    let item = |month: u32| {
        let start = YearStart::of_month(month);
        let about = match start == now {
            true => words::renewals::year_now(lang),
            false => "",
        };
        let words = words::renewals::year_from(lang, start.month, start.day);
        Item::new(words, about, Reply::Starts(start))
    };
    let mut items: Vec<Item> = USUAL.into_iter().map(item).collect();
    let another = words::renewals::year_another(lang);
    items.push(Item::new(another, "", Reply::Another));
    model.offer(words::renewals::year_title(lang).to_owned(), items);
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let lang = model.lang;
    let start = match (reply, answer) {
        (Reply::Starts(start), Answer::Chosen) => start,
        (Reply::Another, Answer::Chosen) => {
            let (title, hint) = (
                words::renewals::year_title(lang),
                words::renewals::year_hint(lang),
            );
            model.ask(Reply::Typed, title, hint, "");
            return Ok(());
        }
        (Reply::Typed, Answer::Line(text)) => nfkc(text)
            .trim()
            .parse()
            .map_err(|()| Refusal::new("", words::renewals::year_wrong))?,
        _ => return Ok(()),
    };
    let known = Known::YearStart(start);
    effects.push(AnyEffect::Renewals(Effect::Remember(known)));
    Ok(())
}

/// Opens the account of a term, or unfolds a group.
fn enter(model: &mut Model) {
    let state = &mut model.renewals;
    match state.lines.get(state.list.cursor) {
        Some(Line::Group(group, ..)) if group.is_folded() => {
            let group = group.clone();
            match state.unfolded.iter().position(|known| *known == group) {
                Some(at) => drop(state.unfolded.remove(at)),
                None => state.unfolded.push(group),
            }
            state.arrange();
        }
        Some(Line::Term(_)) => {
            let id = state.current().map(|row| row.account.clone());
            model.going = id.map(|id| Place::Account { id, tab: None });
        }
        Some(Line::Group(..)) | None => {}
    }
}

/// Marks the term under the cursor, or takes the mark away, and goes on to the next line.
fn mark(model: &mut Model) {
    let (rows, state) = (model.geometry.rows, &mut model.renewals);
    let Some(key) = state.current().map(Due::key) else {
        return;
    };
    match state.marked.iter().position(|known| *known == key) {
        Some(at) => drop(state.marked.remove(at)),
        None => state.marked.push(key),
    }
    state.list.go(Move::Down, state.lines.len(), rows);
}

/// Asks what became of the marked terms, else of the one under the cursor, or of all in a folded group.
fn settle(model: &mut Model, effects: &mut Effects) {
    let state = &mut model.renewals;
    let mut keys = std::mem::take(&mut state.marked);
    if keys.is_empty() {
        keys = state.chosen();
    }
    if !keys.is_empty() {
        effects.push(AnyEffect::Outcomes(outcomes::state::Effect::Find(keys)));
    }
}

fn step(model: &mut Model, by: i32, effects: &mut Effects) {
    /// Quarters in thirty years.
    const MOST: i32 = 120;
    let state = &mut model.renewals;
    state.marked.clear();
    state.step = (state.step + by).clamp(-MOST, MOST);
    state.list = Default::default();
    refresh(model, effects);
}

fn group(model: &mut Model) {
    let state = &mut model.renewals;
    let next = (state.grouping.index() + 1) % Grouping::ALL.len();
    state.grouping = Grouping::ALL[next];
    state.list = Default::default();
    state.arrange();
}

/// Reads the quarter where it is another than the one shown, or something was saved since.
fn refresh(model: &mut Model, effects: &mut Effects) {
    let (now, stored) = (model.now, model.saving.stored);
    let state = &mut model.renewals;
    let period = dates::quarter(now.today(), now.habits.year_starts, state.step);
    let asked = state.period == Some(period) && state.as_of == stored;
    let fresh = state
        .quarter
        .as_ref()
        .is_none_or(|q| q.today == now.today());
    if !model.ready || (asked && (fresh || state.reading)) {
        return;
    }
    if state.period != Some(period) {
        state.quarter = None;
        state.arrange();
    }
    (state.period, state.as_of, state.reading) = (Some(period), stored, true);
    effects.push(AnyEffect::Renewals(Effect::Read(period)));
}

pub fn on(model: &mut Model, msg: Msg, effects: &mut Effects) {
    let quarter = match msg {
        Msg::Read(quarter) => quarter,
        Msg::Remembered(known, path) => {
            known.apply(&mut std::sync::Arc::make_mut(&mut model.config).desk);
            model.now.habits = model.config.desk.habits;
            model.say(words::renewals::year_kept(model.lang, path));
            return refresh(model, effects);
        }
    };
    let state = &mut model.renewals;
    // The user may have gone on to another quarter.
    if state.period == Some(quarter.period) {
        state.reading = false;
        state.quarter = Some(quarter);
        state.arrange();
    }
}
