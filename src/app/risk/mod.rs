//! Risk: the accounts at risk as a board by lane of effort, and what people say of them.

pub mod rescue;
pub mod state;

use super::kit::handle::{Choice, Flag, Line};
use super::kit::list::Move;
use super::kit::reading::Reads;
use super::kit::scope::Scope;
use super::model::Model;
use super::msg::Screen;
use super::overlay::{Answer, Item};
use super::place::Place;
use super::saving;
use super::verb::{Effects, Face, GLOBAL, LIST, Reason, Verb, needs_account_and_store, verb};
use crate::domain::account::Account;
use crate::domain::facts::outcome::Cause;
use crate::domain::filter::Query;
use crate::domain::portfolio::row::Row;
use crate::domain::risk::assessment::{Voice, Why};
use crate::domain::risk::{Chance, Lane, Level};
use crate::ops::Refusal;
use crate::ops::risk::{Typed, assess, field};
use crate::words::{self, Lang, Text};
use state::Reply;

pub const SCOPE: Scope = Scope {
    id: "risk",
    words: Text::new("Risk", "リスク"),
    place: 132,
};

pub const VERBS: &[Verb] = &[
    verb(
        "risk.left",
        &SCOPE,
        &["h", "<left>"],
        Text::new("Lane to the left", "左のレーン"),
        |model, _| model.risk.turn(-1),
    ),
    verb(
        "risk.right",
        &SCOPE,
        &["l", "<right>"],
        Text::new("Lane to the right", "右のレーン"),
        |model, _| model.risk.turn(1),
    ),
    verb(
        "risk.filter",
        &SCOPE,
        &["/"],
        Text::new("Filter", "絞り込み"),
        |model, _| ask_filter(model),
    )
    .footer(),
    verb(
        "risk.move",
        &SCOPE,
        &["m"],
        Text::new("Move to another lane", "別のレーンへ移動"),
        |model, _| offer_lanes(model),
    )
    .ready(needs_card)
    .footer(),
    verb(
        "risk.explain",
        &SCOPE,
        &["w"],
        Text::new("Why it is here", "ここにある理由"),
        |model, _| {
            model.risk.explains ^= true;
            model.risk.scroll = 0;
        },
    )
    .ready(needs_card)
    .footer(),
    verb(
        "account.risk",
        &GLOBAL,
        &["*"],
        Text::new(
            "Assess risk (likelihood, save chance, cause)",
            "リスクを評価（可能性・見込み・原因）",
        ),
        |model, _| open_form(model),
    )
    .ready(needs_account_and_store)
    .place(88)
    .footer(),
    verb(
        "account.case",
        &GLOBAL,
        &["!"],
        Text::new(
            "Rescue (open a case, its steps, end it)",
            "リスク対応（開始・経過・終了）",
        ),
        |model, _| rescue::offer(model),
    )
    .ready(needs_account_and_store)
    .place(89),
    verb(
        "desk.risk",
        &GLOBAL,
        &["6"],
        Text::new("Risk (board by lane)", "リスク（レーン別ボード）"),
        |model, _| model.goto(Screen::Risk),
    )
    .place(97),
];

pub const FACE: Face = Face {
    scopes: |_| &[&SCOPE, &LIST, &GLOBAL],
    go,
    hold: |model| {
        if !model.risk.explains {
            model.risk.hold(model.geometry.list);
        }
    },
    open: |model, _| {
        let id = model.risk.current().map(|card| card.row.account.id.clone());
        model.going = id.map(|id| Place::Account { id, tab: None });
    },
    back: |model| {
        let filtered = !model.risk.query.is_empty();
        if !std::mem::take(&mut model.risk.explains) {
            model.risk.query.clear();
            return filtered;
        }
        true
    },
    refresh: |model, _| {
        // The first rows of the last session are no board: what is at stake is a share of all.
        if !model.ready || model.preview.is_some() {
            return;
        }
        let today = model.now.today();
        let policy = &model.config.risk;
        model.risk.refresh(&model.book, policy, today);
    },
    ..Face::BLANK
};

/// Counts the rescues that wait for a step: the header shows how many.
pub fn follow(model: &mut Model) {
    let version = model.book.version;
    if model.risk.rescues.0 == version {
        return;
    }
    let waits = |row: &&std::sync::Arc<Row>| {
        let risk = row.standing.risk.as_deref();
        let case = risk.and_then(|risk| risk.case.as_deref());
        case.is_some_and(|case| case.next().is_some())
    };
    let count = model.book.rows().iter().filter(waits).count();
    model.risk.rescues = (version, count);
}

fn go(model: &mut Model, to: Move) {
    if model.risk.explains {
        let (most, rows) = (model.geometry.most, model.geometry.rows);
        model.risk.scroll = to.scrolled(model.risk.scroll, most, rows);
    } else {
        model.risk.go(to, model.geometry.list);
    }
}

fn needs_card(model: &Model) -> Result<(), Reason> {
    match model.risk.current() {
        Some(_) => Ok(()),
        None => Err(words::risk::none),
    }
}

fn offer_lanes(model: &mut Model) {
    let Some(card) = model.risk.current() else {
        return;
    };
    let lang = model.lang;
    let account = Box::new(card.row.account.clone());
    let here = card.lane;
    let title = words::risk::move_title(lang, &account.name);
    let lanes = Lane::ALL.iter().copied().filter(|lane| *lane != here);
    let item = |lane: Lane| Item::new(lane.words(lang), "", Reply::To(account.clone(), lane));
    let items = lanes.map(item).collect();
    model.offer(title, items);
}

const VOICE: Choice<Voice> = Choice::new("voice");
const AT_RISK: Flag = Flag("at-risk");
const LIKELIHOOD: Choice<Level> = Choice::new("likelihood");
const CHANCE: Choice<Chance> = Choice::new("chance");
const CAUSE: Choice<Cause> = Choice::new("cause");
const VALUE: Choice<Level> = Choice::new("value");
const RIVAL: Line = Line(field::RIVAL);
const WORDS: Line = Line(field::WORDS);
const SAID_BY: Line = Line(field::SAID_BY);
const ON: Line = Line(field::ON);

/// The form of a word on the account under the cursor.
fn open_form(model: &mut Model) {
    let Some(account) = model.subject().and_then(|id| model.account_of(&id)) else {
        return;
    };
    let lang = model.lang;
    let as_before = words::risk::as_before(lang);
    let fields = vec![
        LIKELIHOOD.or_none(words::risk::field_likelihood(lang), as_before, None, lang),
        CHANCE.or_none(words::risk::field_chance(lang), as_before, None, lang),
        CAUSE.or_none(words::risk::field_cause(lang), as_before, None, lang),
        RIVAL.field(words::risk::field_rival(lang), "", ""),
        VALUE.or_none(words::risk::field_value(lang), as_before, None, lang),
        WORDS.field(words::risk::field_words(lang), "", ""),
        AT_RISK.field(words::risk::field_at_risk(lang), true),
        VOICE.field(words::risk::field_voice(lang), Voice::Csm, lang),
        SAID_BY.field(
            words::risk::field_said_by(lang),
            "",
            words::risk::said_by_hint(lang),
        ),
        ON.field(
            words::risk::field_on(lang),
            "",
            words::outcomes::today_hint(lang),
        )
        .read_as(Reads::Day),
    ];
    let title = words::risk::assess_title(lang, &account.name);
    let draft = format!("risk/{}", account.id);
    model.open_form(Reply::Form(Box::new(account)), title, fields, draft);
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Filter, Answer::Line(text)) => filter(model, text)?,
        (Reply::Case(account, asked), Answer::Chosen) => {
            rescue::answer(model, &account, asked, effects)?;
        }
        (Reply::To(account, lane), Answer::Chosen) => offer_reasons(model, &account, lane),
        (Reply::Why(account, lane, why), Answer::Chosen) => {
            let typed = Typed {
                lane: Some(lane),
                why: Some(why),
                ..Typed::default()
            };
            keep(model, &account, typed, effects)?;
        }
        (Reply::Form(account), Answer::Form(form)) => {
            let texts = [RIVAL, WORDS, SAID_BY, ON].map(|line| line.of(form));
            let [rival, words, said_by, on] = texts.each_ref().map(String::as_str);
            let typed = Typed {
                voice: VOICE.of(form).unwrap_or(Voice::Csm),
                said_by,
                on,
                at_risk: AT_RISK.of(form),
                likelihood: LIKELIHOOD.of(form),
                chance: CHANCE.of(form),
                cause: CAUSE.of(form),
                rival,
                value: VALUE.of(form),
                lane: None,
                why: None,
                words,
            };
            keep(model, &account, typed, effects)?;
        }
        _ => {}
    }
    Ok(())
}

fn ask_filter(model: &mut Model) {
    let lang = model.lang;
    let (title, hint) = (
        words::risk::filter_title(lang),
        words::problems::filter_keys(lang),
    );
    let query = model.risk.query.clone();
    model.ask(Reply::Filter, title, hint, &query);
}

/// Filters the board. Only words of rows: the others are searched in the portfolio, where the store is asked.
fn filter(model: &mut Model, text: &str) -> Result<(), Refusal> {
    let query = Query::parse(text);
    if let Some(word) = query.unknown.first() {
        return Err(Refusal::new("", |lang| words::filter::no_such(lang, word)));
    }
    let cards = model.risk.board.cards();
    let rows: Vec<&Row> = cards.map(|card| &*card.row).collect();
    if !query.beyond(rows.into_iter()).is_empty() {
        return Err(Refusal::new("", words::risk::reads_records));
    }
    text.trim().clone_into(&mut model.risk.query);
    Ok(())
}

fn offer_reasons(model: &mut Model, account: &Account, lane: Lane) {
    let lang: Lang = model.lang;
    let title = words::risk::why_title(lang, lane.words(lang));
    let item = |why: &Why| {
        let reply = Reply::Why(Box::new(account.clone()), lane, *why);
        Item::new(why.words(lang), "", reply)
    };
    model.offer(title, Why::ALL.iter().map(item).collect());
}

fn keep(
    model: &mut Model,
    account: &Account,
    typed: Typed,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let operation = assess(account, typed, &mut model.by())?;
    saving::commit(model, operation, effects);
    Ok(())
}
