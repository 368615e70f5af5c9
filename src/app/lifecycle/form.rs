//! The form of a new account.

use super::state::Reply;
use crate::app::kit::form::Form;
use crate::app::kit::handle::{Choice, Line};
use crate::app::model::Model;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::account::{Account, Stage, Tier};
use crate::domain::account_field::AccountField;
use crate::domain::lookalike::lookalikes;
use crate::ops::{self, Refusal};
use crate::words;

const ID: Line = Line("id");
const TIER: Choice<Tier> = Choice::new("tier");
const STAGE: Choice<Stage> = Choice::new("stage");

/// The fields in their order; the name comes first.
const FIELDS: [AccountField; 15] = [
    AccountField::Name,
    AccountField::Domain,
    AccountField::Tier,
    AccountField::Stage,
    AccountField::Owner,
    AccountField::Arr,
    AccountField::Start,
    AccountField::Renewal,
    AccountField::Seats,
    AccountField::Employees,
    AccountField::Plan,
    AccountField::Reading,
    AccountField::Industry,
    AccountField::Country,
    AccountField::Tags,
];

pub fn open(model: &mut Model) {
    let lang = model.lang;
    let mut fields = Vec::new();
    for field in FIELDS {
        let label = field.words(lang);
        fields.push(match field {
            AccountField::Tier => TIER.or_none(label, "—", None, lang),
            AccountField::Stage => STAGE.or_none(label, "—", None, lang),
            AccountField::Owner => Line(field.key()).field(label, &model.author.name, ""),
            AccountField::Arr => {
                Line(field.key()).field(label, "", words::common::amount_hint(lang))
            }
            AccountField::Start | AccountField::Renewal => {
                Line(field.key()).field(label, "", words::common::date_hint(lang))
            }
            AccountField::Tags => {
                Line(field.key()).field(label, "", words::common::list_hint(lang))
            }
            AccountField::Name
            | AccountField::Reading
            | AccountField::Domain
            | AccountField::Industry
            | AccountField::Country
            | AccountField::Term
            | AccountField::Seats
            | AccountField::Employees
            | AccountField::Plan
            | AccountField::People
            | AccountField::Escalated => Line(field.key()).field(label, "", ""),
        });
        if field == AccountField::Name {
            let (label, hint) = (
                words::lifecycle::field_id(lang),
                words::lifecycle::id_hint(lang),
            );
            fields.push(ID.field(label, "", hint));
        }
    }
    let draft = format!("account/new/{}", model.author.name);
    model.open_form(Reply::New, words::lifecycle::new_title(lang), fields, draft);
}

pub fn save(model: &mut Model, form: &mut Form, effects: &mut Effects) -> Result<(), Refusal> {
    let texts: Vec<(AccountField, String)> = FIELDS
        .iter()
        .map(|field| (*field, text(*field, form)))
        .collect();
    let typed: Vec<(AccountField, &str)> = texts.iter().map(|(f, t)| (*f, t.as_str())).collect();
    let book = std::mem::take(&mut model.book);
    let drafted = {
        let taken = |id: &str| book.get(&id.into()).is_some();
        ops::lifecycle::draft(&ID.of(form), &typed, &taken, &model.by())
    };
    model.book = book;
    let account = drafted?;
    let like = like(model, &account, !ID.of(form).is_empty());
    if let Some(like) = like
        && !std::mem::replace(&mut form.insisted, true)
    {
        return Err(Refusal::new("name", |lang| {
            words::lifecycle::save_anyway(lang, like(lang))
        }));
    }
    model.portfolio.made = Some(account.id.clone());
    let operation = ops::lifecycle::create(account, &mut model.by());
    saving::commit(model, operation, effects);
    Ok(())
}

/// The answer of a field as text.
fn text(field: AccountField, form: &Form) -> String {
    match field {
        AccountField::Tier => TIER.of(form).map_or("", Tier::key).to_owned(),
        AccountField::Stage => STAGE.of(form).map_or("", Stage::key).to_owned(),
        AccountField::Name
        | AccountField::Reading
        | AccountField::Domain
        | AccountField::Industry
        | AccountField::Country
        | AccountField::Owner
        | AccountField::Arr
        | AccountField::Start
        | AccountField::Renewal
        | AccountField::Term
        | AccountField::Seats
        | AccountField::Employees
        | AccountField::Plan
        | AccountField::People
        | AccountField::Tags
        | AccountField::Escalated => Line(field.key()).of(form),
    }
}

/// The accounts that the new one looks like, in words; `None` if it looks like none. An id made from the name says no
/// more than the name.
fn like(
    model: &Model,
    account: &Account,
    stated: bool,
) -> Option<impl Fn(words::Lang) -> String + use<>> {
    /// More do not fit into the line.
    const SHOWN: usize = 2;
    let known = model.book.with_archived().iter().map(|r| &r.account);
    let id = if stated { account.id.as_str() } else { "" };
    let found: Vec<_> = lookalikes(known, id, &account.name, &account.domain)
        .into_iter()
        .take(SHOWN)
        .map(|(a, why)| (a.name.clone(), a.id.clone(), why))
        .collect();
    if found.is_empty() {
        return None;
    }
    Some(move |lang| {
        let one = |(name, id, why): &(String, _, _)| {
            words::lifecycle::candidate(lang, name, id, words::lifecycle::likeness(lang, *why))
        };
        let all: Vec<String> = found.iter().map(one).collect();
        words::lifecycle::looks_like(lang, all.join(words::common::list_comma(lang)))
    })
}
