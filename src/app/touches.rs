//! What is done with a touch: another day, agreed, moved, held or not. One room for the calendar, the
//! account and the day.

use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};

use super::keep::commit;
use super::msg::Effect;
use super::overlay::{Item, Overlay, Pick, PickFor, PromptFor, Value};
use super::screens::Screen;
use super::screens::account::Tab;
use super::{Model, asks};
use crate::domain::account::Account;
use crate::domain::action::Side;
use crate::domain::cadence::Kind;
use crate::domain::cadence::plan::{Planned, Rule};
use crate::domain::cadence::schedule::{Desk, Entry};
use crate::domain::cadence::spread::{self, Candidate};
use crate::domain::cadence::touchpoint::{State, Touchpoint};
use crate::domain::change::{Change, Label};
use crate::domain::closed::closed;
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
use crate::domain::ids::AccountId;
use crate::services::{dates, recurrence};
use crate::words;

closed! {
    /// What may become of a touch.
    Outcome { Held = "held", Declined = "declined", NoShow = "no-show", MovedByThem = "moved-by-them", MovedByUs = "moved-by-us", Off = "called-off" }
}

/// The touch under the cursor, wherever that is.
pub fn current(model: &Model) -> Option<(AccountId, Planned)> {
    match model.screen {
        Screen::Cadence => {
            let e = model.cadence.entry()?;
            Some((
                model.book.rows().get(e.row())?.account.id.clone(),
                Planned::clone(e),
            ))
        }
        Screen::Account => {
            let state = model.account.as_ref().filter(|s| s.tab == Tab::Cadence)?;
            Some((
                state.id.clone(),
                state.plan.get(state.list().cursor)?.clone(),
            ))
        }
        Screen::Today => {
            let item = model.today.item()?;
            Some((item.account.clone(), Planned::clone(item.touch.as_ref()?)))
        }
        _ => None,
    }
}

/// What smoothing knows of a touch: the days it may be on.
fn candidate(model: &Model, account: &AccountId, touch: &Planned) -> Option<Candidate> {
    let row = model
        .book
        .rows()
        .iter()
        .position(|r| r.account.id == *account)?;
    let desk = model.desk();
    let entries: Vec<Entry> = Entry::all(row, &Arc::new(vec![touch.clone()])).collect();
    // A touch that takes nobody's time may be moved by hand as well.
    let policy = {
        let mut policy = desk.policy.clone();
        policy.effort[touch.kind.index()].follow_up += 1;
        policy
    };
    let desk = Desk {
        policy: &policy,
        ..desk
    };
    spread::job(
        &desk,
        &model.book,
        &entries,
        &model.book.rows()[row].account.owner,
    )
    .candidates
    .into_iter()
    .next()
}

/// A working day later or earlier, within its time.
pub fn step(model: &mut Model, by: i64, effects: &mut Vec<Effect>) {
    let t = model.t();
    let Some((account, touch)) = current(model) else {
        return model.refuse(words::cadence::no_touch_chosen(t));
    };
    if let Some(block) = &touch.own.blocked {
        let why = words::cadence::not_movable(t, words::prefs::block(t, block));
        return model.refuse(why);
    }
    let (first, last) = (touch.ideal.max(model.now.today()), touch.latest);
    match candidate(model, &account, &touch).and_then(|c| spread::step(&c, by)) {
        Some(day) => put(model, &account, &touch, day, effects),
        None => {
            let today = model.now.today();
            model.refuse(match &touch.own.agreed {
                Some(_) => words::cadence::move_agreed(t).to_owned(),
                None if last < first => words::cadence::move_late(t).to_owned(),
                None => words::cadence::move_refused(
                    t,
                    words::dates::day(t, first, today),
                    words::dates::day(t, last, today),
                ),
            });
        }
    }
}

/// Puts a planned touch on another day of its time.
fn put(
    model: &mut Model,
    account: &AccountId,
    touch: &Planned,
    day: NaiveDate,
    effects: &mut Vec<Effect>,
) {
    let Some(before) = model.book.get(account).map(|r| r.account.clone()) else {
        return;
    };
    let after = spread::place(&before, touch.kind, touch.ideal, day, model.now.today());
    let t = model.t();
    let words = format!(
        "{} · {} → {}",
        before.name,
        touch.kind.words(t),
        words::dates::day(t, day, model.now.today())
    );
    commit(
        model,
        Label::Smooth { touches: 1 },
        vec![Change::update(before, after)],
        effects,
    );
    model.cadence.go(day, model.now.today());
    model.say(words);
}

/// Asks when it was agreed for.
pub fn ask_agree(model: &mut Model) {
    let t = model.t();
    let Some((account, touch)) = current(model) else {
        return model.refuse(words::cadence::no_touch_chosen(t));
    };
    let title = words::cadence::agree_title(t, model.book.name(&account));
    let text = proposed(model, &account, &touch);
    asks::prompt(
        model,
        PromptFor::Agree(account, Box::new(touch)),
        &title,
        words::cadence::agree_hint(t),
        &text,
    );
}

/// Asks where it is to go.
pub fn ask_move(model: &mut Model) {
    let Some((account, touch)) = current(model) else {
        return model.refuse(words::cadence::no_touch_chosen(model.lang));
    };
    ask_move_of(model, account, touch, Side::Us);
}

fn ask_move_of(model: &mut Model, account: AccountId, touch: Planned, by: Side) {
    let t = model.t();
    let title = words::cadence::move_title(t, touch.kind.words(t), model.book.name(&account));
    let text = proposed(model, &account, &touch);
    asks::prompt(
        model,
        PromptFor::MoveTouch(account, Box::new(touch), by),
        &title,
        words::cadence::agree_hint(t),
        &text,
    );
}

/// A time to offer: the one it has, else the first half hour from its day on against which nothing
/// speaks, or the least.
fn proposed(model: &Model, account: &AccountId, touch: &Planned) -> String {
    const HALF: i64 = 30;
    const DAYS: i64 = 20;
    let (now, hours) = (model.now, model.config.cadence.hours);
    let minutes = model.book.get(account).map_or(30, |r| {
        model
            .config
            .cadence
            .effort(touch.kind, r.standing.tier)
            .talk
            .max(15)
    });
    let written = |day: NaiveDate, time: NaiveTime| format!("{day} {}", time.format("%H:%M"));
    if let Some(time) = touch.own.time {
        return written(touch.date, time);
    }
    let slots = (hours.1 - hours.0).num_minutes() / HALF;
    let mut best: Option<(usize, String)> = None;
    'days: for day in (0..DAYS).map(|n| touch.date.max(now.today()) + Duration::days(n)) {
        for time in (0..slots).map(|n| hours.0 + Duration::minutes(n * HALF)) {
            let start = now.zone.instant(day.and_time(time));
            if start <= now.at {
                continue;
            }
            let against = model
                .desk()
                .conflicts(
                    &model.book,
                    account,
                    touch.own.agreed.as_ref(),
                    start,
                    minutes,
                )
                .len();
            // Across an ocean no hour may suit both: then the one against which the least speaks.
            if best.as_ref().is_none_or(|b| against < b.0) {
                best = Some((against, written(day, time)));
            }
            if against == 0 {
                break 'days;
            }
        }
    }
    best.map_or_else(|| written(touch.date, hours.0), |b| b.1)
}

/// What was typed for a time: a moment, or a day alone.
fn typed(model: &Model, text: &str) -> Option<(DateTime<Utc>, bool)> {
    let now = model.now;
    if let Some(at) = recurrence::moment(text, now) {
        return Some((at, false));
    }
    let day = dates::read(text, now.today())?;
    Some((
        now.zone.instant(day.and_time(model.config.cadence.hours.0)),
        true,
    ))
}

pub fn agree(
    model: &mut Model,
    account: &AccountId,
    touch: &Planned,
    text: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), String> {
    let t = model.t();
    let (start, day_only) =
        typed(model, text).ok_or_else(|| words::cadence::no_moment(t).to_owned())?;
    if start < model.now.at && !day_only {
        return Err(words::cadence::not_moved_past(t).to_owned());
    }
    settle(model, account, touch, (start, day_only), Side::Us, effects);
    Ok(())
}

/// Another day for a planned touch, or another time for a meeting.
pub fn move_to(
    model: &mut Model,
    account: &AccountId,
    touch: &Planned,
    by: Side,
    text: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), String> {
    let t = model.t();
    let (start, day_only) =
        typed(model, text).ok_or_else(|| words::cadence::no_moment(t).to_owned())?;
    let (day, today) = (model.now.zone.day(start), model.now.today());
    if day < today {
        return Err(words::cadence::not_moved_past(t).to_owned());
    }
    let planned = touch.own.agreed.is_none() && touch.rule != Rule::Recurrence;
    // The time that was offered and left as it is says nothing.
    let offer = proposed(model, account, touch);
    let offered = offer
        .rsplit_once(' ')
        .is_some_and(|(_, time)| text.trim().ends_with(time));
    if planned && by == Side::Us && (day_only || offered) {
        if !candidate(model, account, touch).is_some_and(|c| c.holds(day)) {
            return Err(words::cadence::move_refused(
                t,
                words::dates::day(t, touch.ideal.max(today), today),
                words::dates::day(t, touch.latest, today),
            ));
        }
        put(model, account, touch, day, effects);
        return Ok(());
    }
    settle(model, account, touch, (start, day_only), by, effects);
    Ok(())
}

/// A meeting as it would be made of a touch.
pub fn meeting_of(
    model: &mut Model,
    account: &AccountId,
    touch: &Planned,
    start: DateTime<Utc>,
    day_only: bool,
) -> Touchpoint {
    let row = model.book.get(account);
    let minutes = row.map_or(30, |r| {
        model
            .config
            .cadence
            .effort(touch.kind, r.standing.tier)
            .talk
            .max(15)
    });
    let place = row
        .and_then(|r| r.account.cadence.as_ref())
        .map(|c| c.place.clone())
        .unwrap_or_default();
    let owner = row
        .map(|r| r.account.owner.to_string())
        .filter(|o| !o.is_empty())
        .unwrap_or_else(|| model.author.name.clone());
    Touchpoint {
        id: model.mint.next(model.now.at),
        account: account.clone(),
        kind: touch.kind,
        start,
        day_only,
        minutes,
        state: State::Agreed,
        owner,
        place,
        ideal: Some(touch.ideal),
        moves: Vec::new(),
        created: model.now.at,
    }
}

/// Makes a meeting of a touch, or moves the meeting it is.
fn settle(
    model: &mut Model,
    account: &AccountId,
    touch: &Planned,
    (start, day_only): (DateTime<Utc>, bool),
    by: Side,
    effects: &mut Vec<Effect>,
) {
    let name = model.book.name(account).to_owned();
    let held = touch
        .own
        .agreed
        .as_ref()
        .and_then(|id| model.book.meeting(account, id))
        .cloned();
    let (change, after) = match held {
        Some(before) => {
            let start = if day_only {
                model.now.zone.instant(
                    model
                        .now
                        .zone
                        .day(start)
                        .and_time(model.now.zone.local(before.start).time()),
                )
            } else {
                start
            };
            let after = Touchpoint {
                day_only: before.day_only && day_only,
                ..before.moved(start, by, model.now.at)
            };
            (Change::update(before, after.clone()), after)
        }
        None => {
            let after = meeting_of(model, account, touch, start, day_only);
            (Change::create(after.clone()), after)
        }
    };
    // What was agreed is moved; what was only planned finds its time, unless they put it off.
    let moved = change.before.is_some() || touch.rule == Rule::Recurrence || by == Side::Customer;
    let mut changes = vec![change];
    if moved {
        changes.push(Change::create(touch_record(
            model,
            account,
            touch,
            Attendance::Moved,
            Some(by),
        )));
    }
    commit(
        model,
        Label::Touchpoint {
            account: name.clone(),
        },
        changes,
        effects,
    );
    let t = model.t();
    let local = model.now.zone.local(after.start);
    let when = if after.day_only {
        words::dates::day(t, local.date(), model.now.today())
    } else {
        format!(
            "{} {}",
            words::dates::day(t, local.date(), model.now.today()),
            local.format("%H:%M")
        )
    };
    let against: Vec<String> = conflicts(model, &after);
    let kind = after.kind.words(t);
    model.cadence.go(local.date(), model.now.today());
    if against.is_empty() {
        model.say(words::cadence::agreed_said(t, kind, &name, &when));
    } else {
        model.refuse(words::cadence::agreed_but(
            t,
            kind,
            &name,
            &when,
            against.join(words::common::list_comma(t)),
        ));
    }
}

/// All that speaks against a meeting, in words.
pub fn conflicts(model: &Model, meeting: &Touchpoint) -> Vec<String> {
    if meeting.day_only {
        return Vec::new();
    }
    let found = model.desk().conflicts(
        &model.book,
        &meeting.account,
        Some(&meeting.id),
        meeting.start,
        meeting.minutes,
    );
    found
        .iter()
        .map(|c| words::cadence::conflict(model.lang, c, |a| model.book.name(a).to_owned()))
        .collect()
}

/// Asks what became of it; what is only written is done at once.
pub fn ask_outcome(model: &mut Model, effects: &mut Vec<Effect>) {
    let t = model.t();
    let Some((account, touch)) = current(model) else {
        return model.refuse(words::cadence::no_touch_chosen(t));
    };
    if let Some(block) = &touch.own.blocked {
        let why = words::cadence::not_movable(t, words::prefs::block(t, block));
        return model.refuse(why);
    }
    if !touch.kind.is_talk() {
        return outcome(model, &account, &touch, Outcome::Held, effects);
    }
    let words = [
        words::cadence::out_held(t),
        words::cadence::out_declined(t),
        words::cadence::out_no_show(t),
        words::cadence::out_moved_them(t),
        words::cadence::out_moved_us(t),
        words::cadence::out_off(t),
    ];
    let items = Outcome::ALL
        .iter()
        .zip(words)
        .filter(|(o, _)| touch.own.agreed.is_some() || **o != Outcome::Off)
        .map(|(o, w)| Item {
            label: w.to_owned(),
            detail: String::new(),
            value: Value::Index(o.index()),
        })
        .collect();
    let title = words::cadence::outcome_title(t, touch.kind.words(t), model.book.name(&account));
    model.overlays.push(Overlay::Pick(Pick::new(
        PickFor::Outcome(account, Box::new(touch)),
        title,
        items,
    )));
}

/// Keeps what became of a touch: as a record that everything else is counted from.
pub fn outcome(
    model: &mut Model,
    account: &AccountId,
    touch: &Planned,
    what: Outcome,
    effects: &mut Vec<Effect>,
) {
    match what {
        Outcome::MovedByThem => {
            return ask_move_of(model, account.clone(), touch.clone(), Side::Customer);
        }
        Outcome::MovedByUs => return ask_move_of(model, account.clone(), touch.clone(), Side::Us),
        _ => {}
    }
    let (attendance, state) = match what {
        Outcome::Declined => (Some(Attendance::Declined), State::Declined),
        Outcome::NoShow => (Some(Attendance::NoShow), State::NoShow),
        Outcome::Off => (None, State::CalledOff),
        _ => (Some(Attendance::Held), State::Held),
    };
    let mut changes = Vec::new();
    if let Some(before) = touch
        .own
        .agreed
        .as_ref()
        .and_then(|id| model.book.meeting(account, id))
        .cloned()
    {
        let after = Touchpoint {
            state,
            ..before.clone()
        };
        changes.push(Change::update(before, after));
    }
    if let Some(attendance) = attendance {
        changes.push(Change::create(touch_record(
            model, account, touch, attendance, None,
        )));
    }
    let name = model.book.name(account).to_owned();
    commit(
        model,
        Label::Touchpoint {
            account: name.clone(),
        },
        changes,
        effects,
    );
    let t = model.t();
    let word = match what {
        Outcome::Declined => words::cadence::out_declined(t),
        Outcome::NoShow => words::cadence::out_no_show(t),
        Outcome::Off => words::cadence::out_off(t),
        _ if touch.kind.is_talk() => words::cadence::out_held(t),
        _ => words::cadence::out_sent(t),
    };
    model.say(words::cadence::out_said(t, &name, word));
}

fn touch_record(
    model: &mut Model,
    account: &AccountId,
    touch: &Planned,
    attendance: Attendance,
    moved_by: Option<Side>,
) -> Touch {
    let kind = match touch.kind {
        Kind::Training => TouchKind::Training,
        Kind::Webinar => TouchKind::Webinar,
        kind if kind.is_talk() => TouchKind::Meeting,
        _ => TouchKind::Email,
    };
    // A meeting of an earlier day took place then.
    let start = touch
        .own
        .agreed
        .as_ref()
        .and_then(|id| model.book.meeting(account, id))
        .map(|m| m.start);
    let at = start.filter(|s| *s < model.now.at).unwrap_or(model.now.at);
    Touch {
        id: model.mint.next(model.now.at),
        account: account.clone(),
        kind,
        at,
        attendance,
        summary: touch.kind.words(model.lang).to_owned(),
        by: model.author.name.clone(),
        purpose: Some(touch.kind),
        moved_by,
        oddities: Vec::new(),
    }
}

/// The meeting that a call was: of a talk, and begun about its time.
pub fn held_by(model: &Model, account: &Account, started: DateTime<Utc>) -> Option<Touchpoint> {
    const ABOUT: i64 = 150;
    let distance = |m: &&Touchpoint| (m.start - started).num_minutes().abs();
    model
        .book
        .meetings_of(&account.id)
        .iter()
        .filter(|m| m.kind.is_talk() && !m.day_only && distance(m) <= ABOUT)
        .min_by_key(distance)
        .cloned()
}
