//! `kenshin brief`: the facts to know before a check-in.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arguments::{account, json as json_argument, option, or_empty};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::checkin::{Kind, propose};
use crate::domain::failure::Failure;
use crate::domain::standing::contract_start;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::services::{brief, compose};
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "Show what to know before a check-in", "チェックイン前に確認することを表示";
    format_help: "text, md or html (printable page)", "text・md・html（印刷用ページ）";
}

pub const COMMAND: Command = Command {
    path: &["brief"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let format = option("format", format_help(lang))
        .value_name("F")
        .default_value("text")
        .value_parser(["text", "md", "html"]);
    command
        .arg(account(lang))
        .arg(format)
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: or_empty(m, "account"),
        format: or_empty(m, "format"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    /// `md`, `html`, or anything else for plain text.
    #[serde(default)]
    format: String,
}

impl Ask for Request {
    const ASK: &'static str = "brief";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let (lang, now) = (context.lang, context.now);
        let found = find_account::one(store, context.held, &self.account)?;
        let (dossier, standing) = find_account::standing(store, context, &found)?;
        let reviews = dossier.checkins.iter().filter(|c| c.kind == Kind::Review);
        let last_review = reviews
            .filter_map(|c| c.ended())
            .map(|at| now.zone.day(at))
            .max();
        let start = contract_start(&dossier);
        let proposal = propose::propose(&standing, last_review, start, now.today());
        let blocks = brief::blocks(
            (&dossier, store.freshness()),
            &standing,
            (context.config.scoring_context(), &context.config.templates),
            proposal,
            None,
            lang,
            now,
        );
        let markdown = brief::markdown(&found.name, &blocks, lang);
        let words = match self.format.as_str() {
            "md" => markdown,
            "html" => {
                let title = format!("{} · {}", words::shell::brief(lang), found.name);
                compose::html(&title, &markdown, lang)
            }
            _ => brief::plain(&found.name, &blocks, lang),
        };
        Ok(Whole::new(json!(blocks), words).into())
    }
}
