//! Contracts of an account, kept by hand; what follows is shown before they are saved.

pub mod state;

use super::cadence;
use super::kit::field::Field;
use super::kit::form::Form;
use super::kit::handle::{Choice, Line};
use super::kit::reading::Reads;
use super::model::Model;
use super::msg::{Effect as AnyEffect, Screen};
use super::overlay::{Answer, Item};
use super::saving;
use super::verb::{Effects, GLOBAL, Verb, needs_account_and_store, verb};
use crate::domain::cadence::plan::Rule;
use crate::domain::dossier::Dossier;
use crate::domain::facts::subscription::{Renews, Subscription, Tax};
use crate::domain::standing::{Row, deciding_day, effective_renewal};
use crate::ops::contracts::{AsTyped, Typed, field};
use crate::ops::{self, Refusal, merging};
use crate::words::{self, Lang, Text};
use state::{Effect, Held, Merger, Msg, Reply};

pub const VERBS: &[Verb] = &[verb(
    "account.contract",
    &GLOBAL,
    &["$"],
    Text::new(
        "Contracts (value, term, notice)",
        "契約（年額・期間・解約予告）",
    ),
    ask,
)
.ready(needs_account_and_store)
.place(87)];

const PRODUCT: Line = Line(field::PRODUCT);
const START: Line = Line(field::START);
const END: Line = Line(field::END);
const VALUE: Line = Line(field::VALUE);
const TAX: Choice<Tax> = Choice::new("tax");
const SEATS: Line = Line(field::SEATS);
const TERM: Line = Line(field::TERM);
const RENEWS: Choice<Renews> = Choice::new("renews");
const RENEWS_FOR: Line = Line(field::RENEWS_FOR);
const NOTICE: Line = Line(field::NOTICE);
const FROM: Line = Line(field::FROM);
const INTO: Line = Line(merging::field::INTO);
const WHY: Line = Line(field::WHY);

/// Reads the contracts of the account under the cursor; the question follows.
fn ask(model: &mut Model, effects: &mut Effects) {
    if let Some(id) = model.subject() {
        effects.push(AnyEffect::Contracts(Effect::Read(id)));
    }
}

pub fn on(model: &mut Model, msg: Msg, _effects: &mut Effects) {
    let Msg::Read(held) = msg;
    // The store may answer late: the question must not cover what the user does meanwhile.
    if !model.overlays.is_empty() || model.screen == Screen::Call {
        return;
    }
    if held.contracts.is_empty() {
        return open(model, held, None, None);
    }
    let (lang, today) = (model.lang, model.now.today());
    let title = words::contracts::which(lang, &held.account.name);
    let item = |(at, s): (usize, &Subscription)| {
        let value = s.arr_on(today).map(|m| m.short());
        let follows = words::contracts::standing(s, &held.stands[at], today, lang);
        let about: Vec<String> = [value, Some(follows)].into_iter().flatten().collect();
        let name = if s.plan.is_empty() {
            s.id.as_str()
        } else {
            s.plan.as_str()
        };
        Item::new(
            name,
            about.join(" · "),
            Reply::Contract(held.clone(), Some(at)),
        )
    };
    let mut items: Vec<Item> = held.contracts.iter().enumerate().map(item).collect();
    let new = words::contracts::new(lang);
    items.push(Item::new(new, "", Reply::Contract(held.clone(), None)));
    model.offer(title, items);
}

/// Opens the form of a contract, with what was typed before where it is typed again.
fn open(model: &mut Model, held: Box<Held>, at: Option<usize>, typed: Option<Subscription>) {
    let lang = model.lang;
    let before = at.and_then(|at| held.contracts.get(at));
    // A change that was typed and is not saved yet.
    let change = typed
        .as_ref()
        .and_then(|typed| typed.earlier.last())
        .filter(|change| before.is_none_or(|held| held.earlier.last() != Some(change)));
    let from = change
        .map(|c| c.changed_on().to_string())
        .unwrap_or_default();
    let why = change.map(|c| c.why.clone()).unwrap_or_default();
    let known = typed.or_else(|| before.cloned());
    let text = known.as_ref().map(|s| AsTyped::of(s, lang));
    let text = |of: fn(&AsTyped) -> &String| text.as_ref().map_or("", |t| of(t).as_str());
    let hint = words::common::date_hint(lang);
    let mut fields = vec![
        PRODUCT.field(
            words::contracts::field_product(lang),
            text(|t| &t.product),
            "",
        ),
        START
            .field(
                words::contracts::field_start(lang),
                text(|t| &t.start),
                hint,
            )
            .read_as(Reads::Day),
        END.field(
            words::contracts::field_end(lang),
            text(|t| &t.end),
            words::contracts::end_hint(lang),
        )
        .read_as(Reads::Day),
        VALUE.field(
            words::contracts::field_value(lang),
            text(|t| &t.value),
            words::common::amount_hint(lang),
        ),
        TAX.or_none(
            words::contracts::field_tax(lang),
            words::contracts::unknown(lang),
            known.as_ref().and_then(|s| s.tax),
            lang,
        ),
        SEATS.field(words::contracts::field_seats(lang), text(|t| &t.seats), ""),
        TERM.field(
            words::contracts::field_term(lang),
            text(|t| &t.term),
            words::contracts::months_hint(lang),
        ),
        RENEWS.or_none(
            words::contracts::field_renews(lang),
            words::contracts::unknown(lang),
            known.as_ref().and_then(Subscription::renews),
            lang,
        ),
        RENEWS_FOR.field(
            words::contracts::field_renews_for(lang),
            text(|t| &t.renews_for),
            words::contracts::same_hint(lang),
        ),
        NOTICE.field(
            words::contracts::field_notice(lang),
            text(|t| &t.notice),
            words::contracts::notice_hint(lang),
        ),
    ];
    if at.is_some() {
        fields.extend(of_change(lang, &from, &why, held.contracts.len() > 1));
    }
    let title = words::contracts::title(lang, &held.account.name);
    let contract = before.map_or("new", |s| s.id.as_str());
    let draft = format!("contract/{}/{contract}", held.account.id);
    model.open_form(Reply::Form(held, at), title, fields, draft);
}

/// The fields of a change within the term, and of a merger where there is another contract.
fn of_change(lang: Lang, from: &str, why: &str, others: bool) -> Vec<Field> {
    let hint = words::contracts::from_hint(lang);
    let from = FROM.field(words::contracts::field_from(lang), from, hint);
    let mut out = vec![
        from.read_as(Reads::Day),
        WHY.field(words::contracts::field_why(lang), why, ""),
    ];
    if others {
        let hint = words::contracts::into_hint(lang);
        out.push(INTO.field(words::contracts::field_into(lang), "", hint));
    }
    out
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Contract(held, at), Answer::Chosen) => open(model, held, at, None),
        (Reply::Back(held, at, typed), Answer::Chosen) => open(model, held, at, Some(*typed)),
        (Reply::Form(held, at), Answer::Form(form)) => confirm(model, held, at, form)?,
        (Reply::Save(held, at, contract), Answer::Chosen) => {
            save(model, &held, at, *contract, effects)
        }
        (Reply::Merge(held, at, merger), Answer::Chosen) => {
            merge(model, &held, at, &merger, effects)?;
        }
        _ => {}
    }
    Ok(())
}

/// Shows what follows from the contract that was typed, and asks.
fn confirm(
    model: &mut Model,
    held: Box<Held>,
    at: Option<usize>,
    form: &Form,
) -> Result<(), Refusal> {
    let texts = [
        PRODUCT, START, END, VALUE, SEATS, TERM, RENEWS_FOR, NOTICE, FROM, WHY,
    ];
    let into = INTO.of(form);
    let texts = texts.map(|line| line.of(form));
    let [
        product,
        start,
        end,
        value,
        seats,
        term,
        renews_for,
        notice,
        from,
        why,
    ] = texts.each_ref().map(String::as_str);
    let typed = Typed {
        product,
        start,
        end,
        value,
        tax: TAX.of(form),
        seats,
        term,
        renews_for,
        notice,
        renews: RENEWS.of(form),
        // A merger has a day of its own.
        from: if into.is_empty() { from } else { "" },
        why,
    };
    let known = at.and_then(|at| held.contracts.get(at));
    let contract = ops::contracts::contract(&held.account, known, typed, &mut model.by())?;
    let lang = model.lang;
    if let Some(at) = at.filter(|_| !into.is_empty()) {
        let (from, why) = (from.to_owned(), why.to_owned());
        return confirm_merger(model, held, at, Merger { into, from, why }, &contract);
    }
    let mut follows = words::contracts::follows(&contract, model.now.today(), lang);
    let end = steps_that_end(model, &held, at, &contract);
    if end > 0 {
        let words = words::contracts::steps_end(lang, end);
        follows = format!("{follows} · {words}");
    }
    let (save, back) = (
        words::contracts::save_it(lang),
        words::contracts::back(lang),
    );
    let title = words::contracts::title(lang, &held.account.name);
    let contract = Box::new(contract);
    let items = vec![
        Item::new(
            save,
            follows,
            Reply::Save(held.clone(), at, contract.clone()),
        ),
        Item::new(back, "", Reply::Back(held, at, contract)),
    ];
    model.offer(title, items);
    Ok(())
}

/// The planned steps of the renewal that are not due any longer with a contract, because the deciding day is another.
fn steps_that_end(model: &Model, held: &Held, at: Option<usize>, contract: &Subscription) -> usize {
    let Some(row) = model.book.get(&held.account.id) else {
        return 0;
    };
    let today = model.now.today();
    let days = |contracts: Vec<Subscription>| {
        let mut d = Dossier::new(held.account.clone());
        d.subscriptions = contracts;
        (effective_renewal(&d, today), deciding_day(&d, today))
    };
    let mut contracts = held.contracts.clone();
    match at.and_then(|at| contracts.get_mut(at)) {
        Some(known) => known.clone_from(contract),
        None => contracts.push(contract.clone()),
    }
    let (before, after) = (days(held.contracts.clone()), days(contracts));
    if before == after {
        return 0;
    }
    let mut next = row.clone();
    (next.standing.renewal, next.standing.decide_by) = after;
    let until = today + cadence::YEAR;
    let desk = model.desk();
    let steps = |row: &Row| {
        let planned = desk.plan(&model.book, row, until).into_iter();
        let steps = planned.filter(|p| matches!(p.rule, Rule::Renewal { .. }));
        steps.map(|p| (p.kind, p.date)).collect::<Vec<_>>()
    };
    let kept = steps(&next);
    let before = steps(row).into_iter();
    before.filter(|step| !kept.contains(step)).count()
}

/// Shows what follows from a merger that was typed, and asks.
fn confirm_merger(
    model: &mut Model,
    held: Box<Held>,
    at: usize,
    merger: Merger,
    typed: &Subscription,
) -> Result<(), Refusal> {
    let Some(known) = held.contracts.get(at) else {
        return Ok(());
    };
    if known.to_be_edited() != *typed {
        return Err(Refusal::new(INTO.0, words::contracts::merge_alone));
    }
    let both = merging::merged(&held.contracts, known, merger.as_typed(), &model.by())?;
    let lang = model.lang;
    let follows = merging::follows(&both, lang);
    let title = words::contracts::title(lang, &held.account.name);
    let (save, back) = (
        words::contracts::save_it(lang),
        words::contracts::back(lang),
    );
    let known = Box::new(known.clone());
    let items = vec![
        Item::new(
            save,
            follows,
            Reply::Merge(held.clone(), at, Box::new(merger)),
        ),
        Item::new(back, "", Reply::Back(held, Some(at), known)),
    ];
    model.offer(title, items);
    Ok(())
}

fn merge(
    model: &mut Model,
    held: &Held,
    at: usize,
    merger: &Merger,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let Some(known) = held.contracts.get(at) else {
        return Ok(());
    };
    let lang = model.lang;
    let by = &mut model.by();
    let both = merging::merged(&held.contracts, known, merger.as_typed(), by)?;
    let operation = merging::keep(&held.account, &held.contracts, both, by);
    saving::commit(model, operation, effects);
    model.say(words::contracts::saved(lang, &held.account.name));
    Ok(())
}

impl Merger {
    fn as_typed(&self) -> merging::Typed<'_> {
        merging::Typed {
            into: &self.into,
            from: &self.from,
            why: &self.why,
        }
    }
}

fn save(
    model: &mut Model,
    held: &Held,
    at: Option<usize>,
    contract: Subscription,
    effects: &mut Effects,
) {
    let lang = model.lang;
    let known = at.and_then(|at| held.contracts.get(at));
    match ops::contracts::keep(&held.account, known, contract, &mut model.by()) {
        Some(operation) => {
            saving::commit(model, operation, effects);
            model.say(words::contracts::saved(lang, &held.account.name));
        }
        None => model.say(words::contracts::nothing_changed(lang).to_owned()),
    }
}
