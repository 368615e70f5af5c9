//! `kenshin note`: a note on an account, with the actions typed in it.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arguments::{account, free_text, json as json_argument, note, note_text, or_empty};
use super::asking::{Answered, Desk, DeskReply, Holder, print_answered, through_desk};
use super::command::{Command, Run};
use super::home;
use super::output::say;
use super::session::{Done, Session};
use crate::domain::account::Account;
use crate::domain::action::Action;
use crate::domain::contact::Contact;
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::records::Record;
use crate::domain::when::Now;
use crate::ipc::Answer;
use crate::ops::{self, By};
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::runtime::spool::{Taken, Taker, take_in};
use crate::store::index::Index;
use crate::store::spool::{self, Waiting};
use crate::store::{Lock, Store, rows};
use crate::words::{self, Lang, words};

words! {
    about: "Write a note: text ! action @owner ^date #tag", "メモを書く: 本文 !アクション @担当 ^期日 #タグ";
    waits(name): "Kept on disk. The open Kenshin gives no sign of life; the note on {name} comes in when it wakes, or at the next start.", "ディスクに保存しました。開いている Kenshin が応答しないため、{name}のメモは応答が戻ったとき、または次の起動時に取り込まれます。";
    saved(name, count): "Saved note on {name} ({count} action{count:#})", "{name}のメモを保存しました（アクション {count}件）";
}

pub const COMMAND: Command = Command {
    path: &["note"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>(), Question::of::<TakeIn>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(account(lang))
        .arg(note(lang))
        .arg(json_argument(lang))
}

/// Writes the note. It is one file in the spool, on disk before it is acknowledged; whoever opens the store next takes
/// it in. Where a desk is open, that is at once. The store is opened only where the account is not found without it.
fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let text = note_text(free_text(m, &session.line), session.lang)?;
    let account = or_empty(m, "account");
    let waiting = |session: &mut Session| waiting(session, &account, None, &text);
    if let Some(answer) = at_once(session, &account, &text)? {
        return Ok(print_answered(Answered::Answer(answer)));
    }
    let mut note: Option<Waiting> = None;
    let mut request = Some(Request {
        account: account.clone(),
        text: text.clone(),
    });
    let answered = session.with_holder(|session, holder| match holder {
        Holder::Us(store) => Ok(match &note {
            // Whoever opened the store since took it in, or this opening did.
            Some(note) => {
                let id = note.id.clone();
                let answered = session.answer_on(*store, TakeIn { id });
                spool::remove(&session.places.home, &note.id)?;
                Some(answered)
            }
            None => request.take().map(|r| session.answer_on(*store, r)),
        }),
        Holder::Another(desk) => {
            // A note that waits since the attempt before may be in already: it is not put there again.
            if note.is_none() {
                let fresh = waiting(session);
                spool::put(&session.places.home, &fresh)?;
                note = Some(fresh);
            }
            note.as_ref()
                .map_or(Ok(None), |note| through_spool(session, &desk, note))
        }
    })?;
    Ok(print_answered(answered))
}

fn waiting(session: &mut Session, account: &str, known: Option<AccountId>, text: &str) -> Waiting {
    let at = session.clock.now().at;
    Waiting {
        id: session.mint.next(at),
        account: account.to_owned(),
        known,
        mint: None,
        text: text.to_owned(),
        at,
        author: session.author.name.clone(),
        device: session.author.device.clone(),
    }
}

/// Puts the note on an account that is found without opening the store into the spool; `None` where it is not, or where
/// another process holds the store. The ids in the answer are those that it will have.
fn at_once(session: &mut Session, account: &str, text: &str) -> Result<Option<Answer>, Failure> {
    let home = session.places.home.clone();
    let row = Index::current(&home).and_then(|index| index.meant(account));
    // A desk that opened in between would have looked into the spool before.
    let (Some(row), Ok(_lock)) = (row, Lock::take(&home)) else {
        return Ok(None);
    };
    if let Some(words) = home::nearly_full(&home, session.lang) {
        say(&words);
    }
    let known = Some(row.account.id.clone());
    let mut note = waiting(session, account, known, text);
    note.mint = Some(session.mint.state());
    let mut by = By {
        author: &session.author,
        now: Now {
            at: note.at,
            ..session.clock.now()
        },
        mint: &mut session.mint,
    };
    let of = (&row.account).into();
    let made = ops::notes::note_as(of, note.id.clone(), text, &[], &mut by);
    let made = made.map_err(|refusal| Failure::Usage {
        reason: refusal.words(session.lang).to_owned(),
    })?;
    spool::put(&home, &note)?;
    let taken = Taken {
        operation: made.operation,
        account: row.account.clone(),
        captured: made.captured,
    };
    let whole = written(taken, session.lang);
    Ok(Some(Answer::done(session.form, &whole.json, &whole.words)))
}

/// Gives a note to the open desk through the spool; `None` where there is none any more.
fn through_spool(
    session: &Session,
    desk: &Desk,
    note: &Waiting,
) -> Result<Option<Answered>, Failure> {
    let home = &session.places.home;
    let request = TakeIn {
        id: note.id.clone(),
    };
    match desk.ask(&request, session.form) {
        Ok(DeskReply::Answer(answer)) => {
            // What is refused is told, and does not wait. What was taken in has no file.
            spool::remove(home, &note.id)?;
            if answer.error.is_empty() {
                say(through_desk(session.lang));
            }
            Ok(Some(Answered::Answer(answer)))
        }
        // It stays on disk until the store is free.
        Ok(DeskReply::NoDesk) => Ok(None),
        Ok(DeskReply::Hung) | Err(Failure::NoAnswer) => kept(session, note).map(Some),
        Err(other) => {
            spool::remove(home, &note.id)?;
            Err(other)
        }
    }
}

/// The answer where the desk gives no sign of life: the note waits, if its account is known.
fn kept(session: &Session, note: &Waiting) -> Result<Answered, Failure> {
    let home = &session.places.home;
    let accounts = rows::cached_accounts(home);
    let all: Vec<&Account> = accounts.iter().collect();
    let found = match find_account::among(&all, &note.account) {
        Ok(found) if !all.is_empty() => found,
        Ok(_) => return Err(Failure::Hung),
        Err(failure) => {
            spool::remove(home, &note.id)?;
            return Err(if all.is_empty() {
                Failure::Hung
            } else {
                failure
            });
        }
    };
    let known = Waiting {
        known: Some(found.id.clone()),
        ..note.clone()
    };
    // The desk may have taken it in this moment: then it is known by its id, and comes in once.
    spool::put(home, &known)?;
    let words = waits(session.lang, &found.name);
    let json = json!({ "note": note.id, "account": found.id, "waiting": true });
    Ok(Answered::Answer(Answer::done(session.form, &json, &words)))
}

/// Takes a note of the spool in.
#[derive(Serialize, Deserialize)]
struct TakeIn {
    id: RecordId,
}

impl Ask for TakeIn {
    const ASK: &'static str = "note-waiting";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        let (notes, _) = spool::all(store.home());
        let Some(note) = notes.into_iter().find(|n| n.id == self.id) else {
            return taken_in_before(store, &self.id, lang);
        };
        let mut taker = Taker {
            us: context.author,
            mint: context.mint,
            now: context.now,
            lang,
            held: context.held,
        };
        Ok(match take_in(store, &note, &mut taker)? {
            Some(taken) => written(taken, lang).into(),
            None => taken_in_before(store, &self.id, lang)?,
        })
    }
}

/// The answer about a note that somebody else has taken in meanwhile.
fn taken_in_before(store: &Store, id: &RecordId, lang: Lang) -> Result<Said, Failure> {
    let missing = || Failure::NotFound {
        what: id.to_string(),
    };
    let notes = store.notes_like(id.as_str())?;
    let note = notes.first().ok_or_else(missing)?;
    let name = store.account(&note.account)?.map(|a| a.name);
    let actions: Vec<Action> = store.list(&note.account)?;
    let own = actions.iter().filter(|a| a.source.as_ref() == Some(id));
    let actions: Vec<&RecordId> = own.map(|a| &a.id).collect();
    let words = saved(lang, name.unwrap_or_default(), actions.len());
    let json =
        json!({ "note": id, "actions": actions, "account": note.account, "tags": note.tags });
    Ok(Whole::new(json, words).into())
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    text: String,
}

impl Ask for Request {
    const ASK: &'static str = "note";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let account = find_account::one(store, context.held, &self.account)?;
        let contacts = store.list::<Contact>(&account.id)?;
        let note = ops::notes::note((&account).into(), &self.text, &contacts, &mut context.by())
            .map_err(|r| context.refusal(&r))?;
        store.commit(&note.operation)?;
        let taken = Taken {
            operation: note.operation,
            account,
            captured: note.captured,
        };
        Ok(written(taken, context.lang).into())
    }
}

/// The answer about a note that is in the store.
fn written(note: Taken, lang: Lang) -> Whole {
    let Taken {
        operation,
        account,
        captured,
    } = note;
    let records = operation.changes.iter().filter_map(|c| c.record());
    let ids: Vec<&str> = records.map(Record::id).collect();
    let mut words = saved(lang, &account.name, captured.actions.len());
    if !captured.unread_dates.is_empty() {
        words.push('\n');
        let unread = captured.unread_dates.join(", ");
        words.push_str(&words::common::date_not_read(lang, unread));
    }
    let json = json!({ "note": ids[0], "actions": &ids[1..], "account": account.id, "tags": captured.tags });
    Whole::new(json, words).with_operation(Some(operation))
}
