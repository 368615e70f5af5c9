//! Steps that end an account: what they would do is said first; they are done after a confirmation. Must not know
//! which step it is.

use std::io::{BufRead, IsTerminal, Write};

use serde_json::{Value, json};

use crate::commands::asking::Answered;
use crate::commands::output::{print_answer, say};
use crate::commands::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::domain::merging::{Along, Ending, Part, Weighed};
use crate::ipc::Form;
use crate::runtime::context::Context;
use crate::runtime::ending::{Refused, end, weigh};
use crate::runtime::question::Ask;
use crate::runtime::said::{Said, Whole};
use crate::services::endings;
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    not_done: "Nothing was changed; add --yes to do it", "変更していません。実行するには --yes を付けてください";
    cancelled: "Cancelled", "キャンセルしました";
}

/// Asks twice: what the step would do, then, after `agreed`, to do it. `agreed` gets the account that would
/// disappear.
pub fn run<R: Ask>(
    session: &mut Session,
    yes: bool,
    request: impl Fn(bool) -> R,
    agreed: impl Fn(Lang) -> bool,
) -> Done {
    if yes {
        return session.answer(request(true));
    }
    let Answered::Answer(mut answer) = session.ask(request(false))? else {
        return Ok(1);
    };
    if answer.exit != 0 {
        return Ok(print_answer(&answer));
    }
    if session.form == Form::Words && std::io::stdin().is_terminal() {
        say(&answer.out);
        if agreed(session.lang) {
            return session.answer(request(true));
        }
        say(cancelled(session.lang));
        return Ok(2);
    }
    answer.error = not_done(session.lang).to_owned();
    answer.exit = 2;
    Ok(print_answer(&answer))
}

/// Reads an answer at the terminal.
pub fn typed(question: &str) -> String {
    let _ = write!(std::io::stderr(), "{question} ");
    let mut line = String::new();
    let _ = std::io::stdin().lock().read_line(&mut line);
    line.trim().to_owned()
}

/// The answer to one of the two requests.
///
/// # Errors
/// If the step is refused, or the store cannot be read or written.
pub fn answer(
    store: &mut Store,
    context: &mut Context,
    ending: &Ending,
    go: bool,
) -> Result<Said, Failure> {
    let lang = context.lang;
    let failed = |refused, context: &Context| match refused {
        Refused::Refusal(refusal) => context.refusal(&refusal),
        Refused::Failure(failure) => failure,
    };
    let weighed = weigh(store, ending).map_err(|r| failed(r, context))?;
    let mut lines = vec![endings::title(lang, &weighed)];
    lines.extend(endings::lines(lang, &weighed));
    if !go {
        return Ok(Whole::new(value(&weighed, false), lines.join("\n")).into());
    }
    let op = end(store, ending, &mut context.by()).map_err(|r| failed(r, context))?;
    lines[0] = words::log::label(lang, &op.label);
    let whole = Whole::new(value(&weighed, true), lines.join("\n"));
    Ok(whole.with_operation(Some(op)).into())
}

fn value(weighed: &Weighed, done: bool) -> Value {
    match weighed {
        Weighed::Merge {
            kept,
            other,
            along,
            differences,
            collisions,
        } => {
            let part = |part: &Part| match part {
                Part::Field(field) => field.key().to_owned(),
                Part::Attribute(header) => format!("attr.{header}"),
            };
            let differences: Vec<Value> = differences
                .iter()
                .map(|d| json!({ "field": part(&d.part), "kept": d.kept, "other": d.other }))
                .collect();
            json!({
                "merged": done, "kept": kept.id, "other": other.id, "along": counts(along), "contradictions": differences,
                "in_both": collisions.records, "usage_days_in_both": collisions.usage_days,
            })
        }
        Weighed::Delete { account, along } => {
            json!({ "deleted": done, "account": account.id, "along": counts(along) })
        }
    }
}

/// The number of records by kind, and the days of usage.
pub fn counts(along: &Along) -> Value {
    let records = along.records.iter();
    let mut out: serde_json::Map<String, Value> = records
        .map(|(kind, count)| (kind.key().to_owned(), json!(count)))
        .collect();
    out.insert("usage-days".to_owned(), json!(along.usage_days));
    Value::Object(out)
}
