//! Takes the notes of the spool in: each becomes a note like one that was written here, once, by its id.

use crate::domain::account::Account;
use crate::domain::change::Operation;
use crate::domain::contact::Contact;
use crate::domain::failure::Failure;
use crate::domain::ids::Mint;
use crate::domain::note::Note;
use crate::domain::when::Now;
use crate::ops::{self, Author, By};
use crate::runtime::find_account;
use crate::runtime::portfolio::Portfolio;
use crate::services::capture::Captured;
use crate::store::Store;
use crate::store::spool::{self, Waiting};
use crate::words::Lang;

/// A note that was taken in.
pub struct Taken {
    pub operation: Operation,
    pub account: Account,
    pub captured: Captured,
}

/// Who takes notes in, and how.
pub struct Taker<'a> {
    /// Our people; the author and the device are the note's own.
    pub us: &'a Author,
    pub mint: &'a mut Mint,
    pub now: Now,
    pub lang: Lang,
    /// The rows of the open desk, which finds accounts in them.
    pub held: Option<&'a Portfolio>,
}

/// Takes a note in, and removes its file once the journal has it. `None` where it had been taken in already.
///
/// # Errors
/// If its account is not found or its text is refused, or the store cannot be written. The file stays.
pub fn take_in(
    store: &mut Store,
    note: &Waiting,
    by: &mut Taker,
) -> Result<Option<Taken>, Failure> {
    let home = store.home().to_owned();
    let account = match &note.known {
        Some(id) => store.account(id)?,
        None => Some(find_account::one(store, by.held, &note.account)?),
    };
    let account = account.ok_or_else(|| Failure::NoSuchAccount {
        text: note.account.clone(),
        near: Vec::new(),
    })?;
    if store
        .list::<Note>(&account.id)?
        .iter()
        .any(|n| n.id == note.id)
    {
        spool::remove(&home, &note.id)?;
        return Ok(None);
    }
    let author = Author {
        name: note.author.clone(),
        device: note.device.clone(),
        ours: by.us.ours.clone(),
    };
    let lang = by.lang;
    let mut told = note.mint.map(Mint::again);
    let mut by = By {
        author: &author,
        now: Now {
            at: note.at,
            ..by.now
        },
        mint: told.as_mut().unwrap_or(by.mint),
    };
    let contacts = store.list::<Contact>(&account.id)?;
    let (of, id) = ((&account).into(), note.id.clone());
    let written = ops::notes::note_as(of, id, &note.text, &contacts, &mut by);
    let written = written.map_err(|refusal| Failure::Usage {
        reason: refusal.words(lang).to_owned(),
    })?;
    store.commit(&written.operation)?;
    spool::remove(&home, &note.id)?;
    Ok(Some(Taken {
        operation: written.operation,
        account,
        captured: written.captured,
    }))
}

/// Takes all notes in. Those that cannot be are returned with the reason and stay; so do files that cannot be
/// read. A store that lost data takes nothing in before the user has decided.
pub fn take_all_in(store: &mut Store, by: &mut Taker) -> Vec<(String, Failure)> {
    if store.lost().is_some() {
        return Vec::new();
    }
    let home = store.home().to_owned();
    let (notes, unread) = spool::all(&home);
    let mut left: Vec<(String, Failure)> = Vec::new();
    for path in unread {
        let path = path.display().to_string();
        let reason = "a checksum is wrong".to_owned();
        left.push((path.clone(), Failure::Damaged { path, reason }));
    }
    for note in notes {
        if let Err(failure) = take_in(store, &note, by) {
            left.push((spool::path(&home, &note.id).display().to_string(), failure));
        }
    }
    left
}
