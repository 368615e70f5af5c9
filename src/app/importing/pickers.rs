//! The pickers of the review: values of a closed list, accounts, kinds of table, fields of a column.

use super::asked::{Ask, Given};
use super::state::Reply;
use crate::app::kit::pick::Pick;
use crate::app::model::Model;
use crate::app::overlay::{Item, Overlay};
use crate::domain::ids::AccountId;
use crate::services::import::Kind;
use crate::words::{self, Lang, import_review as say};

/// Opens the picker of a question over the review. `new` has the accounts that the import creates.
pub fn open(model: &mut Model, ask: Ask, new: &[(AccountId, String)]) {
    let lang = model.lang;
    let item = |label: &str, detail: &str, given: Given| {
        let reply = Reply::Given(Box::new((ask.clone(), given)));
        Item::new(label, detail, reply)
    };
    let mut letters = String::new();
    let (title, items): (String, Vec<Item>) = match &ask {
        Ask::Word {
            column,
            word,
            allowed,
            ..
        } => {
            let values = allowed.iter().map(|v| item(v, "", value(v)));
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
            /// More letters would hide an account whose name is spelled differently.
            const LETTERS: usize = 3;
            if near.is_empty() {
                letters = name.chars().take(LETTERS).collect();
            }
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
            let fields = kind.fields().iter();
            let fields = fields.map(|f| item(f, "", Given::Field(Some((*f).to_owned()))));
            let none = item(say::not_read(lang), "", Given::Field(None));
            let title = match was {
                Some(was) => say::which_field_now(lang, header, was),
                None => say::which_field(lang, header),
            };
            (title, fields.chain(std::iter::once(none)).collect())
        }
        // These change to their other answer without a picker.
        Ask::Column { .. } | Ask::Edit { .. } => return,
    };
    let mut pick = Pick::new(title, items);
    if !letters.is_empty() {
        pick.paste(&letters, model.now.at);
    }
    model.overlays.push(Overlay::Pick(pick));
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
            Given::Field(Some(field)) => field.clone(),
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
