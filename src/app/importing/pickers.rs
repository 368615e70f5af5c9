//! The pickers of the review: values of a closed list, accounts, kinds of table, fields of a column.

use super::asked::{Ask, Given};
use super::state::Reply;
use crate::app::kit::pick::Pick;
use crate::app::model::Model;
use crate::app::overlay::{Item, Overlay};
use crate::domain::ids::AccountId;
use crate::services::import::Kind;
use crate::words::{self, Lang, import_fields as fields, import_review as say};

/// Opens the picker of a question over the review. `new` has the accounts that the import creates.
pub fn open(model: &mut Model, ask: Ask, new: &[(AccountId, String)]) {
    let Some((title, items)) = choices(model, &ask, new) else {
        return;
    };
    let mut pick = Pick::new(title, items);
    if let Ask::Account { name, near, .. } = &ask
        && near.is_empty()
    {
        /// More letters would hide an account whose name is spelled differently.
        const LETTERS: usize = 3;
        let letters: String = name.chars().take(LETTERS).collect();
        pick.paste(&letters, model.now.at);
    }
    model.overlays.push(Overlay::Pick(pick));
}

/// The title and the answers of a question's picker; `None` for a question that has two answers and
/// changes without a picker.
fn choices(model: &Model, ask: &Ask, new: &[(AccountId, String)]) -> Option<(String, Vec<Item>)> {
    let lang = model.lang;
    let item = |label: &str, detail: &str, given: Given| {
        let reply = Reply::Given(Box::new((ask.clone(), given)));
        Item::new(label, detail, reply)
    };
    Some(match ask {
        Ask::Word {
            column,
            field,
            word,
            allowed,
            ..
        } => {
            let values = allowed.iter().map(|v| {
                let name = fields::value(lang, field, v);
                item(&name, v, value(v))
            });
            let blank = item(say::leave_blank(lang), "", value(""));
            let items = values.chain(std::iter::once(blank)).collect();
            (say::which_value(lang, column, word), items)
        }
        Ask::Same {
            id,
            name,
            existing,
            existing_name,
            ..
        } => {
            let known = format!("{existing_name} ({existing})");
            let items = vec![
                item(&say::same(lang, existing_name), &known, Given::Yes),
                item(say::separate(lang), id, Given::No),
            ];
            (say::which_account(lang, name, existing_name), items)
        }
        Ask::Total { name, .. } => {
            let items = vec![
                item(say::is_company(lang), "", Given::Yes),
                item(say::is_total(lang), "", Given::No),
            ];
            (say::what_is(lang, name), items)
        }
        Ask::Account { name, near, .. } => {
            let accounts = accounts(model, near, new);
            let items = accounts.iter().map(|(id, name)| {
                let given = Given::Account((*id).clone(), (*name).to_owned());
                item(name, id.as_str(), given)
            });
            (words::importing::who_is(lang, name), items.collect())
        }
        Ask::Kind { file, guess } => {
            let mut kinds: Vec<Kind> = Kind::ALL.to_vec();
            kinds.sort_by_key(|k| Some(*k) != *guess);
            let items = kinds
                .iter()
                .map(|k| item(k.words(lang), k.key(), Given::Kind(*k)));
            (say::which_kind(lang, file), items.collect())
        }
        Ask::Field {
            kind, header, was, ..
        } => {
            let all = kind.fields().iter();
            let all = all.map(|f| {
                let given = Given::Field(Some((*f).to_owned()));
                item(fields::field(lang, f), f, given)
            });
            let none = item(say::not_read(lang), "", Given::Field(None));
            let title = match was {
                Some(was) => say::which_field_now(lang, header, fields::field(lang, was)),
                None => say::which_field(lang, header),
            };
            (title, all.chain(std::iter::once(none)).collect())
        }
        Ask::Column { .. } | Ask::ShortIds { .. } | Ask::Edit { .. } => return None,
    })
}

/// The accounts to choose from: similar names come first, the most similar on top.
fn accounts<'a>(
    model: &'a Model,
    near: &[String],
    new: &'a [(AccountId, String)],
) -> Vec<(&'a AccountId, &'a str)> {
    let rows = model.book.rows().iter();
    let rows = rows.map(|r| (&r.account.id, r.account.name.as_str()));
    let new = new.iter().map(|(id, name)| (id, name.as_str()));
    let mut accounts: Vec<_> = new.chain(rows).collect();
    accounts.sort_by_key(|(_, name)| {
        let place = near.iter().position(|n| n == name);
        place.unwrap_or(near.len())
    });
    accounts
}

fn value(text: &str) -> Given {
    Given::Value(text.to_owned())
}

impl Given {
    /// The answer as it stands after its question.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Given::Kind(kind) => kind.words(lang).to_owned(),
            Given::Field(Some(field)) => fields::field(lang, field).to_owned(),
            Given::Field(None) => say::not_read(lang).to_owned(),
            Given::Value(value) if value.is_empty() => say::leave_blank(lang).to_owned(),
            Given::Value(value) => value.clone(),
            Given::Yes => say::yes(lang).to_owned(),
            Given::No => say::no(lang).to_owned(),
            Given::Account(_, name) => name.clone(),
            Given::Theirs => say::the_file(lang).to_owned(),
        }
    }
}
