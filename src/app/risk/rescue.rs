//! The rescue of an account: opened by hand, its steps ticked, ended.

use super::state::{Asked, Reply};
use crate::app::model::Model;
use crate::app::overlay::Item;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::account::Account;
use crate::domain::risk::board::{Board, Card};
use crate::domain::risk::case::{Ending, Step};
use crate::domain::risk::clock::Hours;
use crate::ops::{Refusal, cases};
use crate::words::cases as told;

/// Offers what can be done: to open a case, else its next steps and its endings.
pub fn offer(model: &mut Model) {
    let Some(account) = model.subject().and_then(|id| model.account_of(&id)) else {
        return;
    };
    let lang = model.lang;
    let item = |words: String, about: &str, asked| {
        Item::new(words, about, Reply::Case(Box::new(account.clone()), asked))
    };
    let row = model.book.get(&account.id);
    let risk = row.and_then(|row| row.standing.risk.as_deref());
    let items = match risk.and_then(|risk| risk.case.as_deref()) {
        None => vec![item(told::open_one(lang).to_owned(), "", Asked::Open)],
        Some(case) => {
            let hours = Hours::of(&model.desk(), &account);
            let open = |step: &&Step| case.done(**step).is_none();
            let step = |step: &Step| {
                let (due, _) = told::due_of(lang, case, *step, &hours, model.now);
                let words = told::take(lang, step.words(lang));
                item(words, &due, Asked::Take(*step))
            };
            let steps = Step::ALL.iter().filter(open).map(step);
            let end = |ending: &Ending| {
                let words = told::end(lang, ending.words(lang));
                item(words, "", Asked::End(*ending))
            };
            steps.chain(Ending::ALL.iter().map(end)).collect()
        }
    };
    model.offer(told::title(lang, &account.name), items);
}

/// Does what was chosen.
///
/// # Errors
/// As the operations, or if the case ended meanwhile.
pub fn answer(
    model: &mut Model,
    account: &Account,
    asked: Asked,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let lang = model.lang;
    let row = model.book.get(&account.id).cloned();
    let risk = row.as_ref().and_then(|row| row.standing.risk.as_deref());
    let case = risk.and_then(|risk| risk.case.as_deref());
    let name = &account.name;
    let known = || case.ok_or_else(|| Refusal::new("", told::none));
    let (operation, said) = match asked {
        Asked::Open => {
            // The screen's board may be filtered, or not made yet.
            let (rows, policy) = (model.book.rows(), &model.config.risk);
            let board = Board::of(rows, policy, model.now.today());
            let of = |card: &&Card| card.row.account.id == account.id;
            let lane = board.cards().find(of).map(|card| card.lane);
            let since = risk.and_then(|risk| risk.since);
            let opened = cases::open(account, case, (lane, since), "", &mut model.by())?;
            (opened, told::opened_said(lang, name))
        }
        Asked::Take(step) => {
            let taken = cases::take(account, known()?, step, &mut model.by())?;
            (taken, told::taken_said(lang, name, step.words(lang)))
        }
        Asked::End(how) => {
            let ended = cases::end(account, known()?, how, "", &mut model.by())?;
            (ended, told::ended_said(lang, name, how.words(lang)))
        }
    };
    saving::commit(model, operation, effects);
    model.say(said);
    Ok(())
}
