//! The keys of the review: each call can get another account or day, or be left out, before the notes
//! are written.

use super::state::{Asked, Effect, Reply, Review, Row, Source, Stage};
use crate::app::kit::list::Move;
use crate::app::model::Model;
use crate::app::msg::Effect as AnyEffect;
use crate::app::overlay::Item;
use crate::app::verb::Effects;
use crate::domain::standing::Row as StandingRow;
use crate::keys::{Code, Key};
use crate::services::import::prose::{Call, Proposal, State};
use crate::words;

/// Moves to the first call that leaves a question.
pub fn to_question(review: &mut Review, rows: usize) {
    let rows_of = review.rows();
    let len = rows_of.len();
    let at = rows_of
        .iter()
        .position(|r| matches!(r, Row::Call(call) if call.is_asked()));
    if let Some(at) = at {
        review.list.cursor = at;
        review.list.hold(len, rows);
        review.scroll = 0;
    }
}

/// Answers the source of a review that was left.
pub fn key(
    model: &mut Model,
    mut review: Review,
    key: Key,
    effects: &mut Effects,
) -> Option<Source> {
    let len = review.rows().len();
    let (rows, most) = (model.geometry.rows, model.geometry.most);
    let go = |review: &mut Review, to| {
        review.list.go(to, len, rows);
        review.scroll = 0;
    };
    match key.as_command().code {
        Code::Char('j') | Code::Down => go(&mut review, Move::Down),
        Code::Char('k') | Code::Up => go(&mut review, Move::Up),
        Code::Char('g') | Code::Home => go(&mut review, Move::Top),
        Code::Char('G') | Code::End => go(&mut review, Move::Bottom),
        Code::PageDown => review.scroll = Move::PageDown.scrolled(review.scroll, most, PAGE),
        Code::PageUp => review.scroll = Move::PageUp.scrolled(review.scroll, most, PAGE),
        _ if review.writing => {}
        Code::Esc | Code::Char('q') => return Some(review.source),
        Code::Char('y') => accept(model, &mut review, effects),
        Code::Char('x') => leave_out(model, &mut review, effects),
        Code::Enter => {
            if let Some(call) = changeable(model, &review) {
                model.lay(Stage::Review(Box::new(review)));
                ask_account(model, &call);
                return None;
            }
        }
        Code::Char('d') => {
            if let Some(call) = changeable(model, &review) {
                model.lay(Stage::Review(Box::new(review)));
                ask_day(model, &call);
                return None;
            }
        }
        _ => {}
    }
    model.lay(Stage::Review(Box::new(review)));
    None
}

/// Lines of the text that a page moves by.
const PAGE: usize = 6;

/// The call under the cursor, unless it is in the desk already; then the user is told so.
fn changeable(model: &mut Model, review: &Review) -> Option<Call> {
    match review.current() {
        Some(call) if call.is_known() => {
            model.refuse(words::prose::changes_nothing(model.lang));
            None
        }
        Some(call) => Some(call.clone()),
        None => {
            model.refuse(words::common::nothing_to_edit(model.lang));
            None
        }
    }
}

/// Leaves a call out, or takes it in again.
fn leave_out(model: &mut Model, review: &mut Review, effects: &mut Effects) {
    let Some(call) = changeable(model, review) else {
        return;
    };
    let out = call.state != State::Out;
    let effect = review.choose(&Asked::of(&call), |c| c.out = out);
    effects.push(AnyEffect::Prose(effect));
}

/// Writes the calls without questions. The first time it names those that would be left out.
fn accept(model: &mut Model, review: &mut Review, effects: &mut Effects) {
    let Some(proposal) = review.proposal.clone().filter(|_| review.error.is_none()) else {
        return;
    };
    let (lang, rows) = (model.lang, model.geometry.rows);
    match (proposal.taken(), proposal.asked()) {
        (0, 0) => model.refuse(words::prose::nothing(lang)),
        (0, _) => {
            model.refuse(words::prose::nothing_ready(lang));
            to_question(review, rows);
        }
        (_, 0) => write(review, proposal, effects),
        (_, _) if review.warned => write(review, proposal, effects),
        (_, asked) => {
            review.warned = true;
            model.refuse(words::prose::unanswered(lang, asked));
            to_question(review, rows);
        }
    }
}

fn write(review: &mut Review, shown: Proposal, effects: &mut Effects) {
    review.writing = true;
    effects.push(AnyEffect::Prose(Effect::Write {
        source: review.source.clone(),
        choices: review.choices.clone(),
        shown: Box::new(shown),
    }));
}

/// Asks for the account: the similar ones first, then all.
fn ask_account(model: &mut Model, call: &Call) {
    let asked = Asked::of(call);
    let rows = model.book.rows();
    let near = call.near.iter().map(|n| &n.id);
    let near: Vec<&StandingRow> = near.filter_map(|id| model.book.get(id)).collect();
    let others = rows
        .iter()
        .map(|r| &**r)
        .filter(|r| near.iter().all(|n| n.account.id != r.account.id));
    let items = near.iter().copied().chain(others).map(|r| {
        let id = r.account.id.clone();
        let reply = Reply::Account(asked.clone(), id.clone());
        Item::new(r.account.name.clone(), id.to_string(), reply)
    });
    let items = items.collect();
    let title = if call.said.is_empty() {
        words::prose::which_account_none(model.lang).to_owned()
    } else {
        words::prose::which_account(model.lang, &call.said)
    };
    model.offer(title, items);
}

/// Asks for the day, with the proposed one typed in.
fn ask_day(model: &mut Model, call: &Call) {
    let lang = model.lang;
    let day = call.day.map_or_else(String::new, |d| d.to_string());
    let title = format!("{} · {}", words::prose::day_title(lang), call.title);
    let hint = words::prose::day_hint(lang);
    model.ask(Reply::Day(Asked::of(call)), title, hint, &day);
}
