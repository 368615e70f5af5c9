//! `kenshin signals`: early signals of one account, or of all accounts with any, those most in need
//! first.

use std::sync::Arc;

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arguments::{arg, given, json as json_argument};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::domain::standing::Row;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::listing::{List, Listing};
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::Said;
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "List early signals of one account, or of all", "早期シグナルを表示（省略時は全アカウント）";
    account_help: "Only this account: id, name or part of the name", "このアカウントのみ（ID・名前・名前の一部）";
}

pub const COMMAND: Command = Command {
    path: &["signals"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(arg("account", account_help(lang)).value_name("ACCOUNT"))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: given(m, "account"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: Option<String>,
}

impl Ask for Request {
    const ASK: &'static str = "signals";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        let (rows, unjudged) = match self.account.as_deref() {
            Some(text) => {
                let found = find_account::one(store, context.held, text)?;
                let standing = find_account::standing(store, context, &found)?.1;
                let unjudged = words::signals::gaps(lang, &standing.gaps);
                (
                    vec![Arc::new(Row {
                        account: found,
                        standing,
                    })],
                    unjudged,
                )
            }
            None => (
                context
                    .rows(store)?
                    .into_iter()
                    .filter(|r| r.standing.churned.is_none())
                    .collect(),
                None,
            ),
        };
        let make = move |out: &mut Listing| {
            let mut any = false;
            for Row { account, standing } in rows
                .iter()
                .map(|r| &**r)
                .filter(|r| !r.standing.signals.is_empty())
            {
                any = true;
                out.line(&|| {
                    format!(
                        "{}{}",
                        account.name,
                        words::signals::signal_call(lang, &standing.signals)
                            .map(|c| format!("  {c}"))
                            .unwrap_or_default()
                    )
                })?;
                for s in &standing.signals {
                    out.line(&|| {
                        format!(
                            "  {} {}",
                            s.severity.words(lang),
                            words::signals::signal_line(lang, s)
                        )
                    })?;
                    out.value(&|| {
                    let words: Vec<String> = s.evidence.iter().map(|e| words::signals::evidence(lang, e)).collect();
                    json!({
                        "signal": s.kind, "account": account.id, "name": account.name, "date": s.date, "severity": s.severity, "confidence": s.confidence,
                        "positive": s.kind.is_positive(), "evidence": words, "numbers": s.evidence, "rows": s.rows,
                    })
                })?;
                }
            }
            if let Some(unjudged) = unjudged {
                if !any {
                    out.line(&|| words::signals::no_signals(lang).to_owned())?;
                }
                out.line(&|| unjudged.clone())?;
            }
            Ok(())
        };
        Ok(Said::List(List::new(
            context.form,
            words::signals::no_signals(lang),
            make,
        )))
    }
}
