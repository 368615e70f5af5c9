//! Gives the import of notes access to files, and writes accepted notes as one operation.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::domain::change::{Group, Label, Operation};
use crate::domain::failure::Failure;
use crate::domain::when::Zone;
use crate::ops::{By, Subject, notes};
use crate::services::import::prose::{Call, Document, Proposal, Unfit, is_by_name, text_of};
use crate::store::{Store, inputs};
use crate::words::{self, Lang};

/// The largest text that is read, in megabytes: a lifetime of notes fits.
const MEGABYTES: u64 = 32;

/// The texts of files, where they are prose: `None` where they are tables, folders or do not exist,
/// which the import of tables reads or reports.
///
/// # Errors
/// If some files are prose and some are not, or a file of notes cannot be read.
pub fn documents(
    paths: &[PathBuf],
    zone: Zone,
    lang: Lang,
) -> Result<Option<Vec<Document>>, Failure> {
    let mut out = Vec::new();
    for path in paths {
        if let Some(document) = document(path, zone, lang)? {
            out.push(document);
        }
    }
    match out.len() {
        0 => Ok(None),
        n if n < paths.len() => Err(Failure::Usage {
            reason: words::prose::mixed(lang).into(),
        }),
        _ => Ok(Some(out)),
    }
}

fn document(path: &PathBuf, zone: Zone, lang: Lang) -> Result<Option<Document>, Failure> {
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |n| n.to_string_lossy().into_owned(),
    );
    let by_name = is_by_name(&name);
    let Ok(meta) = std::fs::metadata(path) else {
        return Ok(None);
    };
    if by_name == Some(false) || !meta.is_file() {
        return Ok(None);
    }
    let refused = |reason: String| Failure::Refused { reason };
    let shown = path.display();
    let Some(bytes) = inputs::read(path, MEGABYTES << 20)? else {
        let reason = words::prose::too_large(lang, shown, MEGABYTES);
        return Err(refused(reason));
    };
    match text_of(&name, &bytes) {
        Ok(text) => Ok(Some(Document {
            name,
            text,
            day: meta
                .modified()
                .ok()
                .map(|at| zone.day(DateTime::<Utc>::from(at))),
        })),
        Err(Unfit::Empty) if by_name == Some(true) => {
            Err(refused(words::prose::file_empty(lang, shown)))
        }
        Err(Unfit::Binary) if by_name == Some(true) => {
            Err(refused(words::prose::not_text(lang, shown)))
        }
        Err(_) => Ok(None),
    }
}

/// A text without a file: from standard input, or pasted.
pub fn pasted(text: String) -> Document {
    Document {
        name: words::log::PASTED.to_owned(),
        text,
        day: None,
    }
}

/// Writes the calls of a proposal that wait for no answer, as one undoable operation. `None` if there
/// are none.
///
/// # Errors
/// If the store cannot write.
pub fn write(
    store: &mut Store,
    proposal: &Proposal,
    by: &mut By,
) -> Result<Option<Operation>, Failure> {
    let taken = proposal.calls.iter().filter(|c| c.is_taken());
    let changes: Vec<_> = taken.filter_map(|call| note(call, by)).collect();
    if changes.is_empty() {
        return Ok(None);
    }
    let label = Label::Import {
        files: proposal.files.clone(),
    };
    let group = Group {
        id: by.id(),
        last: true,
    };
    let operation = by.part(label, Some(group), changes, Vec::new());
    store.commit(&operation)?;
    Ok(Some(operation))
}

fn note(call: &Call, by: &mut By) -> Option<crate::domain::change::Change> {
    let account = call.account.as_ref()?;
    let of = Subject {
        id: &account.id,
        name: &account.name,
        account: None,
    };
    let kept = notes::Kept {
        id: call.id.as_ref()?,
        kind: call.kind,
        day: call.day?,
        text: &call.text,
    };
    Some(notes::kept(of, kept, by))
}
