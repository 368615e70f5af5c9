//! Cadence: the touches of many accounts by month, week and day; the weekly capacity; suggestions;
//! and adherence to the plan.

mod days;
mod diff;
mod spread;
pub mod state;
mod suggestions;

use super::account::state::Tab as AccountTab;
use super::kit::list::{ListState, Move};
use super::kit::notice::{YesNo, scroll_key, yes_no};
use super::kit::scope::Scope;
use super::model::Model;
use super::msg::Screen;
use super::place::Place;
use super::touches;
use super::verb::{Effects, Face, GLOBAL, LIST, Verb, needs_store, verb};
use crate::domain::cadence::avoided::Ended;
use crate::domain::cadence::calendar::Calendars;
use crate::domain::cadence::plan::Planned;
use crate::domain::ids::AccountId;
use crate::keys::{Code, Key};
use crate::words::{self, Text, labels};
use state::{Layer, Msg, Tab};

pub use diff::show_diff;

pub const SCOPE: Scope = Scope {
    id: "cadence",
    words: Text::new("Cadence", "ケイデンス"),
    place: 120,
};

/// Offers to spread the touches; Today offers it as well.
pub const SPREAD: Verb = verb(
    "cadence.spread",
    &SCOPE,
    &["s"],
    Text::new("Spread over weeks", "平準化"),
    spread::ask,
)
.footer_when(|model| model.cadence.tab != Tab::Adherence)
.ready(needs_store);

/// Acts on a suggestion of the list, or of the open account.
const ACCEPT: Verb = verb(
    "cadence.accept",
    &touches::SCOPE,
    &["f"],
    Text::new("Accept suggestion", "提案を採用"),
    suggestions::accept,
)
.footer_when(suggestions::any)
.place(510);

const TURN_DOWN: Verb = verb(
    "cadence.turn-down",
    &touches::SCOPE,
    &["D"],
    Text::new("Dismiss suggestion", "提案を見送る"),
    suggestions::turn_down,
)
.place(510);

pub const VERBS: &[Verb] = &[
    verb(
        "cadence.next-view",
        &SCOPE,
        &["<tab>"],
        Text::new("Next view", "表示切替"),
        |model, _| turn(model, 1),
    )
    .footer(),
    verb(
        "cadence.previous-view",
        &SCOPE,
        &["<backtab>"],
        Text::new("Previous view", "前の表示"),
        |model, _| turn(model, Tab::ALL.len() - 1),
    ),
    verb(
        "cadence.previous-day",
        &SCOPE,
        &["h", "<left>"],
        Text::new("Previous day", "前の日"),
        |model, _| days::step(model, days::Step::Day, -1),
    ),
    verb(
        "cadence.next-day",
        &SCOPE,
        &["l", "<right>"],
        Text::new("Next day", "次の日"),
        |model, _| days::step(model, days::Step::Day, 1),
    ),
    verb(
        "cadence.previous-period",
        &SCOPE,
        &["["],
        Text::new("Previous period", "前の期間"),
        |model, _| days::step(model, days::Step::Period, -1),
    ),
    verb(
        "cadence.next-period",
        &SCOPE,
        &["]"],
        Text::new("Next period", "次の期間"),
        |model, _| days::step(model, days::Step::Period, 1),
    )
    .footer(),
    verb(
        "cadence.today",
        &SCOPE,
        &["."],
        Text::new("Go to today", "今日へ"),
        |model, _| days::go_to(model, model.now.today(), false),
    ),
    SPREAD,
    verb(
        "cadence.fold",
        &SCOPE,
        &["z"],
        Text::new(
            "Show / fold what a day does not hold",
            "1日に収まらない分の表示／非表示",
        ),
        |model, _| fold(model),
    )
    .footer_when(|model| model.cadence.is_over()),
    ACCEPT,
    TURN_DOWN,
    verb(
        "cadence.toggle-mine",
        &SCOPE,
        &["o"],
        Text::new("Mine / everyone", "自分／全員"),
        |model, _| toggle_mine(model),
    ),
    verb(
        "cadence.automatic",
        &SCOPE,
        &["v"],
        Text::new(
            "Show / hide automatic touchpoints",
            "自動のタッチポイントの表示／非表示",
        ),
        |model, _| toggle_automatic(model),
    ),
    verb(
        "desk.cadence",
        &GLOBAL,
        &["5"],
        Text::new("Cadence", "ケイデンス"),
        |model, _| model.goto(Screen::Cadence),
    )
    .place(170),
];

pub const FACE: Face = Face {
    scopes: |_| &[&SCOPE, &touches::SCOPE, &LIST, &GLOBAL],
    go,
    hold: |model| {
        let len = model.cadence.len();
        model.cadence.list.hold(len, model.geometry.list);
    },
    open,
    refresh: |model, _| refresh(model),
    ..Face::BLANK
};

labels! {
    words for Tab {
        Month: "Month", "月";
        Week: "Week", "週";
        Agenda: "Agenda", "日程";
        Capacity: "Capacity", "稼働枠";
        Suggestions: "Suggestions", "提案";
        Adherence: "Adherence", "実施率";
    }
}

fn refresh(model: &mut Model) {
    let mut cadence = std::mem::take(&mut model.cadence);
    let (me, rows) = (&model.author.name, model.geometry.list);
    cadence.refresh(&model.desk(), &model.book, me, rows);
    let told = |e: &&Ended| !cadence.told.contains(&e.code);
    let new: Vec<Ended> = cadence.ended.iter().filter(told).cloned().collect();
    cadence.told.extend(new.iter().map(|e| e.code.clone()));
    model.cadence = cadence;
    if !new.is_empty() {
        model.say(words::days_off::tables_end(model.lang, &new));
    }
}

fn turn(model: &mut Model, by: usize) {
    let next = (model.cadence.tab.index() + by) % Tab::ALL.len();
    model.cadence.tab = Tab::ALL[next];
    model.cadence.list = ListState::default();
}

/// Lists what the hours of a day do not hold, or folds it.
fn fold(model: &mut Model) {
    if model.cadence.folds.is_empty() {
        return model.refuse(words::cadence::nothing_folded(model.lang));
    }
    let rows = model.geometry.list;
    let day = model.cadence.entry().map(|e| e.date);
    model.cadence.unfolded = !model.cadence.unfolded;
    model.cadence.slot = 0;
    refresh(model);
    let state = &mut model.cadence;
    if let (Tab::Agenda, Some(day)) = (state.tab, day) {
        state.list.cursor = state.place(day);
        state.list.hold(state.entries.len(), rows);
    }
}

fn toggle_mine(model: &mut Model) {
    model.cadence.all = !model.cadence.all;
    model.cadence.list = ListState::default();
    model.say(if model.cadence.all {
        words::cadence::everybody(model.lang)
    } else {
        words::cadence::mine_only(model.lang)
    });
}

fn toggle_automatic(model: &mut Model) {
    model.cadence.automatic = !model.cadence.automatic;
    model.say(if model.cadence.automatic {
        words::cadence::with_automatic(model.lang)
    } else {
        words::cadence::without_automatic(model.lang)
    });
}

/// The grids move by days and slots, the lists by rows.
fn go(model: &mut Model, to: Move) {
    if matches!(model.cadence.tab, Tab::Month | Tab::Week) {
        return days::go(model, to);
    }
    let (len, rows) = (model.cadence.len(), model.geometry.rows);
    model.cadence.list.go(to, len, rows);
}

/// Enter: a day of the month or a week of the forecast opens the agenda; a touch opens its account.
fn open(model: &mut Model, _effects: &mut Effects) {
    let cadence = &model.cadence;
    let day = match cadence.tab {
        Tab::Month => cadence.day,
        Tab::Capacity => cadence.weeks.get(cadence.list.cursor).map(|w| w.monday),
        Tab::Adherence => return model.refuse(words::common::nothing_to_open(model.lang)),
        Tab::Week | Tab::Agenda | Tab::Suggestions => None,
    };
    match day {
        Some(day) => days::open_agenda(model, day),
        None => {
            model.going = model.subject().map(|id| Place::Account {
                id,
                tab: Some(AccountTab::Cadence),
            });
        }
    }
}

/// Keeps the calendars and the plan of the open account up to date.
pub fn follow(model: &mut Model) {
    let stamp = (model.book.absences_version, model.now.today());
    if model.calendars_of != Some(stamp) {
        let (today, zone) = (model.now.today(), model.now.zone);
        let absences = model.book.held.absences.values();
        model.calendars = Calendars::new(&model.config.cadence, absences, today, zone);
        model.calendars_of = Some(stamp);
    }
    let stamp = (model.book.version, model.now.today());
    let Some(pane) = &model.account else { return };
    if pane.tab != AccountTab::Cadence || pane.planned == Some(stamp) {
        return;
    }
    let plan = plan_of(model, &pane.id);
    let rows = model.geometry.list;
    if let Some(pane) = &mut model.account {
        (pane.plan, pane.planned) = (plan, Some(stamp));
        let len = pane.len();
        pane.list_mut().hold(len, rows);
    }
}

/// Length of an account's plan, in days.
pub const YEAR: chrono::Duration = chrono::Duration::days(365);

/// The plan of an account for the next twelve months.
fn plan_of(model: &Model, id: &AccountId) -> Vec<Planned> {
    let until = model.now.today() + YEAR;
    let plan = |row| model.desk().plan(&model.book, row, until);
    model.book.get(id).map(plan).unwrap_or_default()
}

pub fn on(model: &mut Model, msg: Msg, _effects: &mut Effects) {
    match msg {
        Msg::Spread(proposal) => spread::show(model, *proposal),
    }
}

pub fn layer_key(model: &mut Model, layer: Layer, key: Key, effects: &mut Effects) -> Option<Key> {
    match layer {
        // The layer does not take keys: a key other than Esc or Enter does its normal work.
        Layer::Diff { .. } => {
            let closes = matches!(key.as_command().code, Code::Esc | Code::Enter);
            return (!closes).then_some(key);
        }
        Layer::Spread { proposal, scroll } => {
            let moves = !proposal.moves.is_empty();
            match (scroll_key(key), yes_no(key)) {
                (Some(to), _) => {
                    let (most, rows) = (model.geometry.most, model.geometry.rows);
                    let scroll = to.scrolled(scroll, most, rows);
                    model.lay(Layer::Spread { proposal, scroll });
                }
                (None, Some(YesNo::Yes)) if moves => spread::apply(model, &proposal, effects),
                (None, Some(YesNo::No)) => {}
                (None, _) if key.as_command().code == Code::Enter => {}
                (None, _) => model.lay(Layer::Spread { proposal, scroll }),
            }
        }
    }
    None
}
