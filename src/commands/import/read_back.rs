//! Importing what `kenshin export --all` wrote: the folder or the file. Identical records are left alone; others
//! are replaced.

use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::json;

use super::outcome::{imported, not_asked, nothing};
use crate::commands::export::all::FILE;
use crate::commands::output::{print, print_json, say};
use crate::commands::session::{Done, Session};
use crate::domain::change::{Change, Group, Label, Operation, UsageChange};
use crate::domain::failure::{Failure, json_reason};
use crate::domain::health::history::Entry;
use crate::domain::ids::AccountId;
use crate::domain::observed::Block;
use crate::domain::records::Record;
use crate::ipc::Form;
use crate::services::export::{Line, Manifest, VERSION, series};
use crate::store::{Store, inputs};
use crate::words;

/// Bytes of a line. The longest that is written holds the notes of one call, or years of one metric.
const LONGEST: u64 = 16 << 20;
/// Records per part of the operation.
const PART: usize = 5_000;

/// A parsed export.
struct Read {
    manifest: Manifest,
    lines: Vec<Line>,
    histories: Vec<(AccountId, Vec<Entry>)>,
    days: Vec<Block>,
    /// The error of each unreadable line.
    rejects: Vec<Failure>,
}

/// The export that a path means: a folder that holds one, or the file itself.
pub fn file(path: &Path) -> Option<PathBuf> {
    let inside = path.join(FILE);
    if inside.is_file() {
        return Some(inside);
    }
    let mut start = Vec::new();
    let file = inputs::open(path).ok()?;
    file.take(200).read_to_end(&mut start).ok()?;
    let is_export = start.starts_with(b"{\"kenshin_export\":");
    is_export.then(|| path.to_owned())
}

/// Imports an export.
///
/// # Errors
/// If it cannot be read, or the store cannot be written.
pub fn run(session: &mut Session, file: &Path, m: &ArgMatches) -> Done {
    let lang = session.lang;
    let read = read(file)?;
    for reject in &read.rejects {
        say(&words::problems::failure(lang, reject));
    }
    let (rows, rejected) = (read.lines.len(), read.rejects.len());
    let code = if rejected > 0 { 3 } else { 0 };
    let writes = m.get_flag("yes") && !m.get_flag("dry-run");
    let changed = if writes { write(session, read)? } else { 0 };
    if session.form == Form::Json {
        print_json(
            &json!({ "written": changed > 0, "changed": changed, "rows": rows, "rejected": rejected }),
        );
    } else if writes && changed == 0 {
        print(nothing(lang));
    } else if writes {
        print(imported(lang));
    } else if m.get_flag("dry-run") {
        print(&words::importing::rows_n(lang, rows));
    } else {
        say(not_asked(lang));
    }
    Ok(if writes { code } else { 0 })
}

fn read(path: &Path) -> Result<Read, Failure> {
    let fail = |e: &std::io::Error| Failure::io(path, e);
    let mut reader = BufReader::new(inputs::open(path)?);
    let mut buffer = Vec::new();
    let first = line(&mut reader, &mut buffer).map_err(|e| fail(&e))?;
    let first = first.unwrap_or(Ok("")).unwrap_or_default().to_owned();
    let bad = |line: usize, reason: String| Failure::Config {
        path: path.display().to_string(),
        line,
        column: None,
        reason,
    };
    let manifest: Manifest =
        serde_json::from_slice(first.as_bytes()).map_err(|e| bad(1, json_reason(&e, 0)))?;
    if manifest.kenshin_export > VERSION {
        return Err(Failure::Newer {
            found: manifest.kenshin_export,
            known: VERSION,
        });
    }
    let mut read = Read {
        manifest,
        lines: Vec::new(),
        histories: Vec::new(),
        days: Vec::new(),
        rejects: Vec::new(),
    };
    for number in 2.. {
        let Some(line) = line(&mut reader, &mut buffer).map_err(|e| fail(&e))? else {
            break;
        };
        match line.and_then(Line::read) {
            Ok(Line::History { history, entries }) => read.histories.push((history, entries)),
            Ok(Line::Observed { observed }) => read.days.push(observed),
            Ok(other) => read.lines.push(other),
            Err(reason) => read.rejects.push(bad(number, reason)),
        }
    }
    Ok(read)
}

/// The next line, or why it is none; `None` at the end. A line that is too long is passed over, so that no
/// line takes all memory.
fn line<'a>(
    reader: &mut impl BufRead,
    buffer: &'a mut Vec<u8>,
) -> std::io::Result<Option<Result<&'a str, String>>> {
    buffer.clear();
    let mut start = reader.by_ref().take(LONGEST + 1);
    if start.read_until(b'\n', buffer)? == 0 {
        return Ok(None);
    }
    if buffer.len() as u64 > LONGEST && buffer.last() != Some(&b'\n') {
        reader.skip_until(b'\n')?;
        return Ok(Some(Err(format!(
            "the line is longer than {} MiB",
            LONGEST >> 20
        ))));
    }
    let text = std::str::from_utf8(buffer).map_err(|e| {
        let place = e.valid_up_to() + 1;
        format!("byte {place}: it is not UTF-8")
    });
    Ok(Some(text.map(|text| text.trim_end_matches(['\n', '\r']))))
}

/// Writes the records that differ from the stored ones, as one undoable operation in parts. Answers
/// how many records and metrics were new or different; nothing is written where none was.
fn write(session: &mut Session, read: Read) -> Result<usize, Failure> {
    let mut store = session.open_to_write()?;
    let now = session.clock.now();
    let group = session.mint.next(now.at);
    let mut rest = read.lines.into_iter().peekable();
    let mut written = 0;
    // A part waits until there is a next one: only then it is known that it is not the last.
    let mut waiting: Option<Operation> = None;
    while rest.peek().is_some() {
        let (mut changes, mut usage) = (Vec::new(), Vec::new());
        for line in rest.by_ref().take(PART) {
            match line {
                Line::Record(record) => changes.extend(change(&store, &read.manifest, record)?),
                Line::Usage {
                    usage: account,
                    metric,
                    points,
                } => usage.extend(usage_change(&store, account, metric, &points)?),
                Line::History { .. } | Line::Observed { .. } => {}
            }
        }
        if changes.is_empty() && usage.is_empty() {
            continue;
        }
        written += changes.len() + usage.len();
        let part = Operation {
            id: session.mint.next(now.at),
            at: now.at,
            actor: session.author.name.clone(),
            device: session.author.device.clone(),
            label: Label::Restore,
            group: Some(Group {
                id: group.clone(),
                last: false,
            }),
            changes,
            usage,
        };
        if let Some(before) = waiting.replace(part) {
            store.commit(&before)?;
        }
    }
    if let Some(mut last) = waiting {
        last.group = Some(Group {
            id: group,
            last: true,
        });
        store.commit(&last)?;
    }
    store.record_history(&read.histories)?;
    store.add_observed(&read.days)?;
    store.sync()?;
    let _ = store.leave();
    Ok(written)
}

/// The change that a record of the export makes; none where the store has it.
fn change(store: &Store, manifest: &Manifest, record: Record) -> Result<Option<Change>, Failure> {
    let before = store.current(&record)?;
    // An export without private lines must not remove the private lines in the store.
    let is_public =
        |held: &Record| !manifest.private && held.clone().public().as_ref() == Some(&record);
    if before.as_ref() == Some(&record) || before.as_ref().is_some_and(is_public) {
        return Ok(None);
    }
    let after = Some(record);
    Ok(Some(Change { before, after }))
}

/// The days of a metric that are missing in the store, or differ from it.
fn usage_change(
    store: &Store,
    account: AccountId,
    metric: String,
    points: &[(chrono::NaiveDate, f64)],
) -> Result<Option<UsageChange>, Failure> {
    let held = store.usage(&account)?;
    let held = held.0.get(&metric);
    let fresh: Vec<_> = series(points)
        .points()
        .iter()
        .filter(|(d, v)| held.and_then(|h| h.get(*d)) != Some(*v))
        .copied()
        .collect();
    let change = UsageChange {
        before: fresh
            .iter()
            .map(|(d, _)| (*d, held.and_then(|h| h.get(*d))))
            .collect(),
        after: fresh.iter().map(|(d, v)| (*d, Some(*v))).collect(),
        account,
        metric,
    };
    Ok((!fresh.is_empty()).then_some(change))
}
