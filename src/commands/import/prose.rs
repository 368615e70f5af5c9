//! `kenshin import notes.txt`: notes that people kept elsewhere. Prints the proposed calls and imports
//! those that leave no question.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::{Value, json};

use super::confirm::confirmed;
use super::desk_data::DeskData;
use super::outcome::{imported, not_asked};
use crate::commands::arguments::given;
use crate::commands::asking::Holder;
use crate::commands::output::{print, print_json, say};
use crate::commands::session::{Done, Session};
use crate::domain::account::Account;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::ipc::Form;
use crate::ops::By;
use crate::runtime::importing::Opening;
use crate::runtime::{find_account, importing, prose};
use crate::services::import::ExistingData;
use crate::services::import::prose::{
    Call, Document, LeftOut, Proposal, Request, Unfit, day_words, propose, text_of,
};
use crate::services::import::table::Source;
use crate::services::import::values::Order;
use crate::words::{self, Lang};

/// What the paths of an import hold.
pub enum Held {
    Notes(Vec<Document>),
    Tables(Vec<Source>),
}

/// The largest text from standard input, in bytes.
const MOST: u64 = 32 << 20;

/// Reads what the paths hold. Options for tables make every file a table.
///
/// # Errors
/// If a path cannot be read, or notes and tables are mixed.
pub fn held(
    session: &Session,
    m: &ArgMatches,
    paths: &[PathBuf],
    opening: &Opening,
) -> Result<Held, Failure> {
    let lang = session.lang;
    let table = ["as", "map", "sheet"].iter().any(|o| given(m, o).is_some());
    if let [only] = paths
        && only.as_path() == Path::new("-")
    {
        return piped(lang, table, importing::sources(paths, opening)?);
    }
    if !table {
        let zone = session.clock.now().zone;
        if let Some(documents) = prose::documents(paths, zone, lang)? {
            return Ok(Held::Notes(documents));
        }
    }
    importing::sources(paths, opening).map(Held::Tables)
}

/// Standard input: notes, unless it is a table.
fn piped(lang: Lang, table: bool, sources: Vec<Source>) -> Result<Held, Failure> {
    if !table
        && let [only] = &sources[..]
        && let Some(bytes) = only.bytes(MOST)
    {
        match text_of("-", &bytes) {
            Ok(text) => return Ok(Held::Notes(vec![prose::pasted(text)])),
            Err(Unfit::Empty) => {
                return Err(Failure::Refused {
                    reason: words::prose::file_empty(lang, "-"),
                });
            }
            Err(Unfit::Table | Unfit::Binary) => {}
        }
    }
    Ok(Held::Tables(sources))
}

/// Proposes notes, and writes them where the user wants it.
pub fn run(session: &mut Session, m: &ArgMatches, documents: &[Document]) -> Done {
    if m.get_flag("dry-run") {
        let proposal = look(session, m, documents)?;
        show(session, &proposal);
        return Ok(end(session, &proposal, true, false));
    }
    let mut store = session.open_to_write()?;
    let proposal = proposed(session, m, documents, &store)?;
    show(session, &proposal);
    let ask = || {
        let question = words::prose::question(session.lang, proposal.taken());
        session.form == Form::Words && confirmed(&question)
    };
    let mut written = false;
    if proposal.taken() > 0 && (m.get_flag("yes") || ask()) {
        let mut by = By {
            author: &session.author,
            now: session.clock.now(),
            mint: &mut session.mint,
        };
        written = prose::write(&mut store, &proposal, &mut by)?.is_some();
    }
    // If the clean-end mark fails, the next start only checks the tree.
    let _ = store.leave();
    Ok(end(session, &proposal, false, written))
}

/// Proposes notes against the stored data, also while a desk holds the store.
fn look(
    session: &mut Session,
    m: &ArgMatches,
    documents: &[Document],
) -> Result<Proposal, Failure> {
    session.with_holder(|session, holder| match holder {
        Holder::Us(store) => {
            let proposal = proposed(session, m, documents, &*store)?;
            // If the clean-end mark fails, the next start only checks the tree.
            let _ = store.leave();
            Ok(Some(proposal))
        }
        Holder::Another(desk) => {
            let Some(existing) = DeskData::begin(desk)? else {
                return Ok(None);
            };
            match proposed(session, m, documents, &existing) {
                // The desk has ended, so the store is free now.
                Err(Failure::NoAnswer) => Ok(None),
                proposal => proposal.map(Some),
            }
        }
    })
}

fn proposed(
    session: &Session,
    m: &ArgMatches,
    documents: &[Document],
    existing: &dyn ExistingData,
) -> Result<Proposal, Failure> {
    let account = account(m, existing)?;
    let order = given(m, "date-order").map(|order| match order.as_str() {
        "dmy" => Order::Dmy,
        _ => Order::Mdy,
    });
    propose(&Request {
        documents,
        today: session.clock.now().today(),
        order,
        account: account.as_ref(),
        choices: &[],
        existing,
    })
}

/// The account of `--account`.
fn account(m: &ArgMatches, existing: &dyn ExistingData) -> Result<Option<AccountId>, Failure> {
    let Some(text) = given(m, "account") else {
        return Ok(None);
    };
    let all = existing.accounts()?;
    let all: Vec<&Account> = all.iter().collect();
    Ok(Some(find_account::among(&all, &text)?.id.clone()))
}

fn show(session: &Session, proposal: &Proposal) {
    if session.form == Form::Json {
        return;
    }
    let lang = session.lang;
    let several = proposal.files.len() > 1;
    for (file, name) in proposal.files.iter().enumerate() {
        let calls: Vec<&Call> = proposal.calls.iter().filter(|c| c.file == file).collect();
        let name = match name.as_str() {
            words::log::PASTED => words::prose::pasted(lang),
            name => name,
        };
        print(&format!(
            "{name}: {}",
            words::prose::calls(lang, calls.len())
        ));
        for call in calls {
            show_call(lang, call);
        }
    }
    if proposal.calls.is_empty() {
        return print(words::prose::no_calls(lang));
    }
    let mut apart = proposal.left_out.iter().peekable();
    if apart.peek().is_some() {
        print(&format!("{}:", words::prose::left_out_title(lang)));
    }
    for left in apart {
        let file = match proposal.files.get(left.file) {
            Some(name) if several => format!("{name}:"),
            _ => String::new(),
        };
        let text = crate::app::kit::wrap::fit(left.text.lines().next().unwrap_or(""), 50);
        print(&format!(
            "  {file}{} {text} ({})",
            left.line,
            left.why.words(lang)
        ));
    }
}

/// A call in the list: what it is, then what is asked and what contradicts the records.
fn show_call(lang: Lang, call: &Call) {
    let sign = match call.state_words(lang) {
        Some(_) => '=',
        None if call.is_sure() => '+',
        None => '?',
    };
    let account = match &call.account {
        Some(account) => account.name.clone(),
        None if call.said.is_empty() => "?".to_owned(),
        None => words::prose::as_written(lang, &call.said),
    };
    let mut line = format!(
        "  {sign} {:>4} {} {account}",
        call.line,
        day_words(call.day)
    );
    if !call.people.is_empty() {
        line.push_str(&format!(
            " · {}",
            words::prose::people(lang, call.with(lang))
        ));
    }
    line.push_str(&format!(" · {}", call.title));
    print(&line);
    let state = call.state_words(lang).into_iter();
    let asks = call.asks(lang).into_iter().filter(|_| call.is_asked());
    for note in state.chain(asks) {
        print(&format!("         {note}"));
    }
    for contradiction in &call.contradictions {
        print(&format!("         ⚑ {}", contradiction.words(lang)));
    }
}

/// Reports the result; the exit code is 3 where calls were left out because of questions.
fn end(session: &Session, proposal: &Proposal, dry_run: bool, written: bool) -> u8 {
    let lang = session.lang;
    if session.form == Form::Json {
        print_json(&value(lang, proposal, written));
    } else if written {
        print(imported(lang));
    } else if proposal.taken() == 0 {
        print(words::prose::nothing(lang));
    } else if !dry_run {
        say(not_asked(lang));
    }
    let asked = proposal.asked();
    if asked > 0 && session.form == Form::Words {
        say(&words::prose::left_unanswered(lang, asked));
    }
    match (proposal.calls.is_empty(), asked) {
        (true, _) => 1,
        (false, 0) => 0,
        (false, _) => 3,
    }
}

/// The proposal as JSON. A note that leaves a question is in no import of the command line.
fn value(lang: Lang, proposal: &Proposal, written: bool) -> Value {
    let file = |i: usize| proposal.files.get(i).map_or("", String::as_str);
    let notes: Vec<Value> = proposal
        .calls
        .iter()
        .map(|call| note_value(lang, file(call.file), call))
        .collect();
    let lines = proposal
        .left_out
        .iter()
        .map(|left| left_value(file(left.file), left));
    let asked = proposal.calls.iter().filter(|c| c.is_asked()).map(|call| {
        json!({
            "file": file(call.file), "line": call.line, "lines": call.lines,
            "text": call.text, "why": "question",
        })
    });
    let left_out: Vec<Value> = lines.chain(asked).collect();
    json!({ "written": written, "notes": notes, "left_out": left_out })
}

fn note_value(lang: Lang, file: &str, call: &Call) -> Value {
    let near: Vec<&str> = call.near.iter().map(|n| n.name.as_str()).collect();
    let near_ids: Vec<&AccountId> = call.near.iter().map(|n| &n.id).collect();
    let people: Vec<&str> = call.people.iter().map(|p| p.name.as_str()).collect();
    let strangers: Vec<&str> = call
        .people
        .iter()
        .filter(|p| !p.known)
        .map(|p| p.name.as_str())
        .collect();
    let contradictions: Vec<String> = call.contradictions.iter().map(|c| c.words(lang)).collect();
    let questions: Vec<&str> = call.questions.iter().map(|q| q.key()).collect();
    json!({
        "file": file, "line": call.line, "lines": call.lines, "title": call.title,
        "account": call.account.as_ref().map(|a| &a.id),
        "name": call.account.as_ref().map(|a| &a.name),
        "said": call.said, "near": near, "near_ids": near_ids, "day": call.day, "kind": call.kind.key(),
        "people": people, "unknown_people": strangers,
        "contradictions": contradictions, "questions": questions,
        "sure": call.is_sure(), "imported_before": call.is_known(), "text": call.text,
    })
}

fn left_value(file: &str, left: &LeftOut) -> Value {
    json!({
        "file": file, "line": left.line, "lines": left.lines,
        "text": left.text, "why": left.why.key(),
    })
}
