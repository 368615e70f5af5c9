//! `kenshin checkin`: opens the client on a check-in.

use clap::ArgMatches;

use super::arguments::{account, given, option, or_empty};
use super::command::{Command, Run};
use super::desk;
use super::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::runtime::find_account;
use crate::words::{self, Lang, words};

words! {
    about: "Start a check-in", "チェックインを始める";
    template_help(templates): "Template: {templates}", "テンプレート: {templates}";
}

pub const COMMAND: Command = Command {
    path: &["checkin"],
    about,
    arguments,
    run: Run::Alone(run),
};

/// The built-in templates, for the help.
const SHIPPED: &str = "standard, review, risk, save, expansion, renewal, …";

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(account(lang))
        .arg(option("type", template_help(lang, SHIPPED)).value_name("T"))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let template = given(m, "type");
    if let Some(t) = &template
        && session.config.template(t).is_none()
    {
        let all = session.config.templates.iter();
        let known: Vec<&str> = all.map(|x| x.id.as_str()).collect();
        return Err(Failure::Usage {
            reason: words::problems::wrong_one_of(session.lang, known.join(", ")),
        });
    }
    desk::needs_terminal(session.lang)?;
    let found = {
        let store = session.open()?;
        find_account::one(&store, None, &or_empty(m, "account"))?.id
    };
    desk::open(session, Some((found, template)))
}
