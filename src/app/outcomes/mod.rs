//! What became of a term: renewed, extended or lost.

pub mod state;

use super::kit::form::Form;
use super::kit::handle::{Choice, Line};
use super::model::Model;
use super::msg::{Effect as AnyEffect, Screen};
use super::overlay::{Answer, Item};
use super::saving;
use super::verb::{Effects, GLOBAL, Verb, needs_account_and_store, verb};
use crate::domain::change::Label;
use crate::domain::dossier::terms::{Status, Term};
use crate::domain::facts::outcome::{Became, Cause};
use crate::domain::facts::step::StepKind;
use crate::domain::money::Totals;
use crate::ops::outcomes::{Typed, field};
use crate::ops::{self, Refusal};
use crate::words::{self, Lang, Text};
use state::{All, Chosen, Effect, Msg, Reply, Terms};

/// Records what became of a term of the account under the cursor.
pub const RECORD: Verb = verb(
    "account.outcome",
    &GLOBAL,
    &["o"],
    Text::new(
        "Contract outcome (renew, lost, churn; steps)",
        "契約の結果・経過（更新・延長・解約）",
    ),
    ask,
)
.ready(needs_account_and_store)
.place(86);

pub const VERBS: &[Verb] = &[RECORD];

const BECAME: Choice<Became> = Choice::new("became");
const STEP: Choice<StepKind> = Choice::new("step");
const VALUE: Line = Line(field::VALUE);
const UNTIL: Line = Line(field::UNTIL);
const DECIDED: Line = Line(field::DECIDED);
const CAUSE: Choice<Cause> = Choice::new("cause");
const RIVAL: Line = Line("rival");
const WORDS: Line = Line("words");
const SAID_BY: Line = Line("said-by");

/// Reads the terms of the account under the cursor; the question follows.
pub fn ask(model: &mut Model, effects: &mut Effects) {
    if let Some(id) = model.subject() {
        effects.push(AnyEffect::Outcomes(Effect::Read(id)));
    }
}

pub fn on(model: &mut Model, msg: Msg, _effects: &mut Effects) {
    let mut found = match msg {
        Msg::Read(found) => found,
        Msg::Chosen(chosen) => return chosen_terms(model, chosen),
    };
    // What is settled is offered for a correction only where nothing else can be settled.
    if found.terms.iter().any(|(_, status)| !status.is_settled()) {
        found.terms.retain(|(_, status)| !status.is_settled());
    }
    // The store may answer late: the question must not cover what the user does meanwhile.
    if !model.overlays.is_empty() || model.screen == Screen::Call {
        return;
    }
    let lang = model.lang;
    let name = &found.account.name;
    match found.terms.len() {
        0 => {
            let words = words::outcomes::nothing_to_settle(lang, name);
            model.refuse(words);
        }
        1 => open(model, found, 0),
        _ => {
            let title = words::outcomes::which_term(lang, name);
            let item = |(at, (term, status)): (usize, &(Term, Status))| {
                let ends = words::outcomes::term_ends(lang, term.ends_on);
                Item::new(
                    ends,
                    about(term, *status, lang),
                    Reply::Term(found.clone(), at),
                )
            };
            let items = found.terms.iter().enumerate().map(item).collect();
            model.offer(title, items);
        }
    }
}

/// Asks what became of terms that were chosen from a list: of one by its form, of several at once.
fn chosen_terms(model: &mut Model, mut chosen: Vec<Chosen>) {
    let lang = model.lang;
    if !model.overlays.is_empty() {
        return;
    }
    match chosen.len() {
        0 => model.refuse(words::outcomes::none_to_settle(lang)),
        1 => {
            let (found, at) = chosen.remove(0);
            open(model, Box::new(found), at);
        }
        count => {
            let mut value = Totals::default();
            let due = chosen
                .iter()
                .filter_map(|(found, at)| found.terms.get(*at)?.0.value);
            due.for_each(|m| value.add(m));
            let title = words::outcomes::several(lang, count, value.short());
            let before = chosen
                .iter()
                .all(|(found, at)| matches!(found.terms.get(*at), Some((_, Status::BeforeUse))));
            let item =
                |all: All, words: &str| Item::new(words, "", Reply::All(chosen.clone(), all));
            let mut items = vec![
                item(
                    All::Became(Became::Renewed),
                    words::outcomes::all_renewed(lang),
                ),
                item(All::Became(Became::Lost), words::outcomes::all_lost(lang)),
            ];
            if before {
                items.push(item(All::Ignored, words::outcomes::ignore_all(lang)));
            }
            model.offer(title, items);
        }
    }
}

/// Records the same of several terms, as one step. Those that cannot be settled that way are named.
fn save_all(model: &mut Model, chosen: &[Chosen], all: All, effects: &mut Effects) {
    let lang = model.lang;
    let (mut changes, mut refused, mut terms) = (Vec::new(), Vec::new(), 0);
    for (found, at) in chosen {
        let Some((term, status)) = found.terms.get(*at) else {
            continue;
        };
        let (account, typed, by) = (&found.account, Typed::default(), &mut model.by());
        let said = match all {
            All::Became(became) => {
                ops::outcomes::settle(account, &found.earlier, term, became, typed, by)
            }
            All::Ignored => {
                let ignored = StepKind::Ignored;
                ops::outcomes::step(account, &found.steps, (term, *status), ignored, typed, by)
            }
        };
        match said {
            Ok(operation) => {
                changes.extend(operation.changes);
                terms += 1;
            }
            Err(_) => refused.push(account.name.clone()),
        }
    }
    if changes.is_empty() {
        return model.refuse(words::outcomes::none_to_settle(lang));
    }
    let (label, mut said) = match all {
        All::Became(became) => {
            let kind = became.kind();
            let said = words::outcomes::recorded_all(lang, terms, became.words(lang));
            (Label::Outcomes { terms, kind }, said)
        }
        All::Ignored => {
            let said = words::outcomes::ignored_all(lang, terms);
            (Label::Ignored { terms }, said)
        }
    };
    let operation = model.by().operation(label, changes);
    saving::commit(model, operation, effects);
    if !refused.is_empty() {
        let names = refused.join(words::common::list_comma(lang));
        said = format!("{said} {}", words::outcomes::not_recorded(lang, names));
    }
    model.say(said);
}

/// How a term stands, its product and its value.
fn about(term: &Term, status: Status, lang: Lang) -> String {
    let value = term.value.map(|m| m.short());
    let status = Some(status.words(lang).to_owned());
    let parts = [status, term.plan().map(str::to_owned), value];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn open(model: &mut Model, found: Box<Terms>, at: usize) {
    let lang = model.lang;
    let Some((term, status)) = found.terms.get(at) else {
        return;
    };
    let mut steps = StepKind::ALL.to_vec();
    steps.retain(|kind| *kind != StepKind::Ignored || *status == Status::BeforeUse);
    let value = term.value.map(|m| m.short());
    let same = value.as_ref().map(|v| words::outcomes::same_value(lang, v));
    let of_value = value.map(|v| words::outcomes::of_value(lang, v));
    let (name, ends_on) = (&found.account.name, term.ends_on);
    let title = words::outcomes::title(lang, name, ends_on, of_value.unwrap_or_default());
    let until = words::outcomes::same_length(lang, term.next_end(), ends_on);
    let fields = vec![
        BECAME.or_none(
            words::outcomes::field_became(lang),
            words::outcomes::choose(lang),
            None,
            lang,
        ),
        STEP.some_or_none(
            words::outcomes::field_step(lang),
            words::outcomes::step_hint(lang),
            &steps,
            lang,
        ),
        VALUE.field(
            words::outcomes::field_value(lang),
            "",
            same.as_deref().unwrap_or(words::common::amount_hint(lang)),
        ),
        UNTIL.field(words::outcomes::field_until(lang), "", &until),
        DECIDED.field(
            words::outcomes::field_decided(lang),
            "",
            words::outcomes::today_hint(lang),
        ),
        CAUSE.or_none(words::outcomes::field_cause(lang), "—", None, lang),
        RIVAL.field(words::outcomes::field_rival(lang), "", ""),
        WORDS.field(words::outcomes::field_words(lang), "", ""),
        SAID_BY.field(words::outcomes::field_said_by(lang), "", ""),
    ];
    let contract = term.contract().map_or("", |id| id.as_str());
    let draft = format!("outcome/{}/{contract}/{ends_on}", found.account.id);
    model.open_form(Reply::Form(found, at), title, fields, draft);
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Term(found, at), Answer::Chosen) => open(model, found, at),
        (Reply::All(chosen, all), Answer::Chosen) => save_all(model, &chosen, all, effects),
        (Reply::Form(found, at), Answer::Form(form)) => save(model, &found, at, form, effects)?,
        _ => {}
    }
    Ok(())
}

fn save(
    model: &mut Model,
    found: &Terms,
    at: usize,
    form: &Form,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let Some((term, status)) = found.terms.get(at) else {
        return Ok(());
    };
    let typed = [VALUE, UNTIL, DECIDED, RIVAL, WORDS, SAID_BY].map(|line| line.of(form));
    let [value, until, decided, rival, words, said_by] = typed.each_ref().map(String::as_str);
    let typed = Typed {
        value,
        until,
        decided,
        cause: CAUSE.of(form),
        rival,
        words,
        said_by,
    };
    let (account, by) = (&found.account, &mut model.by());
    let operation = match (BECAME.of(form), STEP.of(form)) {
        (Some(_), Some(_)) => return Err(Refusal::new("step", words::outcomes::not_both)),
        (Some(became), None) => {
            ops::outcomes::settle(account, &found.earlier, term, became, typed, by)?
        }
        (None, Some(step)) => {
            ops::outcomes::step(account, &found.steps, (term, *status), step, typed, by)?
        }
        (None, None) => return Err(Refusal::new("became", words::outcomes::say_which)),
    };
    let said = ops::outcomes::said(&operation, model.lang);
    saving::commit(model, operation, effects);
    if let Some(said) = said {
        model.say(said);
    }
    Ok(())
}
