//! `kenshin account show`: all that is stated of an account, and who changed what last.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ending::counts;
use crate::app::kit::wrap;
use crate::commands::arguments::{account, json as json_argument, or_empty};
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::account::Account;
use crate::domain::account_field::AccountField;
use crate::domain::change::Label;
use crate::domain::failure::Failure;
use crate::domain::merging::Along;
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::services::endings;
use crate::store::{LogEntry, Store};
use crate::words::{self, Lang, words};

words! {
    about: "Show all fields of an account, and its last changes", "アカウントの全項目と最近の変更を表示";
    records: "Records", "記録";
    changes: "Last changes", "最近の変更";
}

pub const COMMAND: Command = Command {
    path: &["account", "show"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

/// Most changes shown.
const SHOWN: usize = 10;

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command.arg(account(lang)).arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: or_empty(m, "account"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
}

impl Ask for Request {
    const ASK: &'static str = "account-show";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let found = find_account::one(store, context.held, &self.account)?;
        let dossier = store.dossier(&found.id)?;
        let along = dossier.as_ref().map(Along::of).unwrap_or_default();
        let entries = store.changes_of(&found.id, &|label| is_about(label, &found), SHOWN);
        let mut json = json!(found);
        json["records"] = counts(&along);
        json["changes"] = entries
            .iter()
            .map(|e| json!({ "at": e.at, "actor": e.actor, "label": e.label, "undone": e.undone }))
            .collect::<Value>();
        let lines = lines(context, &found, &along, &entries);
        Ok(Whole::new(json, lines.join("\n")).into())
    }
}

fn lines(context: &Context, a: &Account, along: &Along, entries: &[LogEntry]) -> Vec<String> {
    let lang = context.lang;
    let line = |label: &str, value: &str| {
        let gap = " ".repeat(18_usize.saturating_sub(wrap::width(label)).max(1));
        format!("{label}{gap}{value}")
    };
    let mut out = vec![line(words::lifecycle::field_id(lang), a.id.as_str())];
    if let Some(day) = a.archived {
        out[0].push_str(&format!("  ({})", words::lifecycle::archived_on(lang, day)));
    }
    for field in AccountField::ALL {
        let value = stated(lang, *field, a);
        if !value.is_empty() {
            out.push(line(field.words(lang), &value));
        }
    }
    if !a.aliases.is_empty() {
        let names = a.aliases.join(words::common::list_comma(lang));
        out.push(line(words::lifecycle::aliases(lang), &names));
    }
    out.extend(
        a.attributes
            .iter()
            .map(|(header, value)| line(header, value)),
    );
    if !along.is_empty() {
        out.push(line(records(lang), &endings::counts(lang, along)));
    }
    if !entries.is_empty() {
        out.push(changes(lang).to_owned());
    }
    out.extend(entries.iter().map(|e| {
        let mark = if e.undone { "↶" } else { " " };
        let at = context.now.zone.local(e.at).format("%Y-%m-%d %H:%M");
        let label = words::log::label(lang, &e.label);
        format!("{mark} {at}  {}  {label}", e.actor)
    }));
    out
}

fn stated(lang: Lang, field: AccountField, a: &Account) -> String {
    match field {
        AccountField::Tier => a.tier.map(|t| t.words(lang).to_owned()).unwrap_or_default(),
        AccountField::Stage => a
            .stage
            .map(|s| s.words(lang).to_owned())
            .unwrap_or_default(),
        AccountField::People => words::account::people(lang, &a.people),
        AccountField::Escalated if !a.escalated => String::new(),
        AccountField::Escalated => words::common::yes(lang).to_owned(),
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
        | AccountField::Tags => field.typed(a),
    }
}

/// Whether a label that names an account is about this one; `None` where only the operation says it.
fn is_about(label: &Label, account: &Account) -> Option<bool> {
    let named = match label {
        Label::Edit { account, .. }
        | Label::NewAccount { account }
        | Label::Archive { account }
        | Label::Unarchive { account }
        | Label::DeleteAccount { account }
        | Label::Contract { account }
        | Label::RenewalStep { account, .. }
        | Label::Assessment { account }
        | Label::Outcome { account, .. }
        | Label::Note { account }
        | Label::Checkin { account }
        | Label::Call { account }
        | Label::Touchpoint { account } => account,
        Label::View { .. } | Label::Dismissal { .. } | Label::Mark | Label::Upgrade { .. } => {
            return Some(false);
        }
        Label::Import { .. }
        | Label::Demo
        | Label::Restore
        | Label::Merge { .. }
        | Label::EditMany { .. }
        | Label::Outcomes { .. }
        | Label::Case { .. }
        | Label::Ignored { .. }
        | Label::Action { .. }
        | Label::ActionStatus { .. }
        | Label::Aside { .. }
        | Label::Rollback { .. }
        | Label::Delete { .. }
        | Label::Contact { .. }
        | Label::Smooth { .. }
        | Label::Absence { .. }
        | Label::Undo { .. }
        | Label::Redo { .. } => return None,
    };
    // A name may be shared or have changed: a hit is certain enough only where the operation agrees.
    if *named == account.name {
        None
    } else {
        Some(false)
    }
}
