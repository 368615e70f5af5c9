//! `kenshin account new`: creates an account by hand. One that looks like an existing account is asked about.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::fields;
use crate::commands::arguments::{arg, flag, given, json as json_argument, option, or_empty};
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::account::Account;
use crate::domain::account_field::AccountField;
use crate::domain::failure::Failure;
use crate::domain::lookalike::lookalikes;
use crate::ops;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "Create an account", "アカウントを作成";
    name_help: "Name", "名前";
    id_help: "ID; made from the name if omitted", "ID（省略時は名前から作成）";
    anyway_help: "Create it although it looks like an existing account", "既存のアカウントと似ていても作成";
    currency_help: "Currency of --arr", "--arr の通貨";
    created(name, id): "Created {name} ({id})", "作成しました: {name}（{id}）";
    looks_like(name): "{name} looks like an existing account; --anyway creates it:", "{name}は既存のアカウントと似ています。作成するには --anyway を付けてください:";
}

pub const COMMAND: Command = Command {
    path: &["account", "new"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

/// The options for fields, by name.
const OPTIONS: [(&str, AccountField); 14] = [
    ("reading", AccountField::Reading),
    ("domain", AccountField::Domain),
    ("industry", AccountField::Industry),
    ("country", AccountField::Country),
    ("tier", AccountField::Tier),
    ("stage", AccountField::Stage),
    ("owner", AccountField::Owner),
    ("arr", AccountField::Arr),
    ("start", AccountField::Start),
    ("renewal", AccountField::Renewal),
    ("term", AccountField::Term),
    ("seats", AccountField::Seats),
    ("plan", AccountField::Plan),
    ("tags", AccountField::Tags),
];

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let name = arg("name", name_help(lang)).required(true);
    let mut command = command
        .arg(name.value_name("NAME"))
        .arg(option("id", id_help(lang)).value_name("ID"));
    for (name, field) in OPTIONS {
        command = command.arg(option(name, field.words(lang)).value_name("VALUE"));
        if field == AccountField::Arr {
            let currency = option("currency", currency_help(lang));
            command = command.arg(currency.value_name("CODE"));
        }
    }
    command
        .arg(flag("anyway", anyway_help(lang)))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let mut typed = vec![("name".to_owned(), or_empty(m, "name"))];
    for (name, field) in OPTIONS {
        if let Some(mut value) = given(m, name) {
            if field == AccountField::Arr
                && let Some(currency) = given(m, "currency")
            {
                value = format!("{value} {currency}");
            }
            typed.push((field.key().to_owned(), value));
        }
    }
    session.answer(Request {
        id: or_empty(m, "id"),
        typed,
        anyway: m.get_flag("anyway"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    /// Empty: made from the name.
    id: String,
    /// Fields by their keys, with their texts.
    typed: Vec<(String, String)>,
    anyway: bool,
}

impl Ask for Request {
    const ASK: &'static str = "account-new";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        let mut typed = Vec::new();
        for (key, text) in &self.typed {
            typed.push((fields::read(key, lang)?, text.as_str()));
        }
        let known = context.accounts(store)?;
        let taken = |id: &str| known.iter().any(|a| a.id.as_str() == id);
        let account = ops::lifecycle::draft(&self.id, &typed, &taken, &context.by())
            .map_err(|r| context.refusal(&r))?;
        let id = if self.id.is_empty() {
            ""
        } else {
            account.id.as_str()
        };
        let like = lookalikes(known.iter(), id, &account.name, &account.domain);
        if !like.is_empty() && !self.anyway {
            return Ok(refused(lang, &account, &like).into());
        }
        let words = created(lang, &account.name, &account.id);
        let json = json!({ "created": true, "account": account });
        let op = ops::lifecycle::create(account, &mut context.by());
        store.commit(&op)?;
        Ok(Whole::new(json, words).with_operation(Some(op)).into())
    }
}

/// The accounts that the new one looks like; nothing is created.
fn refused(
    lang: Lang,
    account: &Account,
    like: &[(&Account, crate::domain::lookalike::Likeness)],
) -> Whole {
    let candidates: Vec<_> = like
        .iter()
        .map(|(a, why)| json!({ "id": a.id, "name": a.name, "why": why.key() }))
        .collect();
    let mut lines = vec![looks_like(lang, &account.name)];
    lines.extend(like.iter().map(|(a, why)| {
        let why = words::lifecycle::likeness(lang, *why);
        format!(
            "  {}",
            words::lifecycle::candidate(lang, &a.name, &a.id, why)
        )
    }));
    Whole {
        notice: lines.join("\n"),
        exit: 2,
        json: json!({ "created": false, "candidates": candidates }),
        ..Whole::default()
    }
}
