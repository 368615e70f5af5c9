//! The files that an import names: folders are walked, pipes are spooled, workbooks become their sheets,
//! and each file is checked for its kind before it is read.

use std::fs::{File, Metadata};
use std::io::{self, IsTerminal};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use super::spool::{self, Input};
use super::workbook::ReadSheets;
use crate::domain::failure::Failure;
use crate::services::import::table::Source;
use crate::services::import::table::foreign::{Readable, readable};
use crate::services::import::table::limits::JSON;
use crate::services::import::table::refusal::Refusal;
use crate::store::inputs::regular;

/// How files are opened.
pub struct Opening<'a> {
    /// The data folder, where what comes through a pipe is kept while it is read.
    pub home: &'a Path,
    /// The sheet to read of a workbook; otherwise every visible one.
    pub sheet: Option<&'a str>,
    /// How workbooks are read.
    pub workbooks: ReadSheets,
    /// Whether `-` means standard input. Not where a terminal is the input.
    pub standard_input: bool,
}

/// Folders within folders that are walked.
const DEPTH: usize = 64;

/// The named files; for a folder, every table in it and its subfolders. What is no table is a refused
/// source.
///
/// # Errors
/// A named path does not exist or may not be read, a folder has no tables, or a pipe cannot be kept.
pub fn sources(paths: &[PathBuf], opening: &Opening) -> Result<Vec<Source>, Failure> {
    let mut out = Vec::new();
    for path in paths {
        if let Some(input) = piped(path, opening) {
            out.extend(spooled(input, path, opening)?);
            continue;
        }
        let meta = std::fs::metadata(path).map_err(|e| Failure::io(path, &e))?;
        if meta.is_dir() {
            let mut inside = Vec::new();
            tables(path, DEPTH, &mut inside)?;
            if inside.is_empty() {
                return Err(Failure::NotFound {
                    what: format!("{}: *.csv *.tsv *.json *.jsonl *.xlsx", path.display()),
                });
            }
            inside.sort();
            out.extend(inside.iter().flat_map(|path| file(path, opening)));
        } else {
            // A path that the user typed and may not read ends the import at once.
            if meta.is_file() {
                regular(path).map_err(|e| Failure::io(path, &e))?;
            }
            out.extend(file(path, opening));
        }
    }
    Ok(out)
}

/// The tables in a folder, by their endings.
fn tables(dir: &Path, depth: usize, out: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(dir).map_err(|e| Failure::io(dir, &e))? {
        let entry = entry.map_err(|e| Failure::io(dir, &e))?;
        let path = entry.path();
        // Links to folders are not followed: a folder that contains itself would never end.
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            if depth > 0 {
                tables(&path, depth - 1, out)?;
            }
        } else if marker(&path).is_none() && has_table_ending(&path) && !path.is_dir() {
            out.push(path);
        }
    }
    Ok(())
}

/// Endings of tables, and of the spreadsheets that are named as not read.
fn has_table_ending(path: &Path) -> bool {
    const ENDINGS: [&str; 11] = [
        "csv", "tsv", "json", "jsonl", "ndjson", "xlsx", "xlsm", "xls", "xlsb", "ods", "numbers",
    ];
    let ending = path.extension().and_then(|e| e.to_str());
    ending.is_some_and(|e| ENDINGS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// A file that other programs leave beside the real ones.
fn marker(path: &Path) -> Option<Refusal> {
    let name = path.file_name()?.to_string_lossy();
    if name.starts_with("~$") || name.starts_with(".~lock.") {
        Some(Refusal::LockFile)
    } else if name.starts_with("._") || name == ".DS_Store" {
        Some(Refusal::MacFile)
    } else {
        None
    }
}

/// The name of a file in reports.
fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |n| n.to_string_lossy().into_owned(),
    )
}

/// The sources of one file.
fn file(path: &Path, opening: &Opening) -> Vec<Source> {
    let name = name_of(path);
    if let Some(why) = marker(path) {
        return vec![Source::refused(name, why)];
    }
    let refused = |e: &io::Error| Refusal::Unopened {
        reason: e.to_string(),
    };
    let checked = std::fs::metadata(path)
        .map_err(|e| refused(&e))
        .and_then(|meta| special(&meta).map_or(Ok(()), Err))
        .and_then(|()| regular(path).map_err(|e| refused(&e)));
    match checked {
        Ok(opened) => {
            let path = path.to_owned();
            read(name, opened, opening, move || regular(&path))
        }
        Err(why) => vec![Source::refused(name, why)],
    }
}

/// The sources of an opened file. `again` opens it once more.
fn read(
    name: String,
    mut opened: File,
    opening: &Opening,
    again: impl Fn() -> io::Result<File> + Send + Sync + 'static,
) -> Vec<Source> {
    match readable(&mut opened) {
        Ok(Readable::Workbook) => match (opening.workbooks)(opened, opening.sheet) {
            Ok(sheets) => sheets.sources(&name, opening.sheet),
            Err(why) => vec![Source::refused(name, why)],
        },
        Ok(Readable::Json) if opened.metadata().is_ok_and(|m| m.len() > JSON) => {
            vec![Source::refused(name, Refusal::LargeJson { limit: JSON })]
        }
        Ok(Readable::Json) => {
            Source::new(name, move || Ok(Box::new(again()?))).tables(opening.sheet)
        }
        Ok(Readable::Text) => vec![Source::new(name, move || Ok(Box::new(again()?)))],
        Err(why) => vec![Source::refused(name, why)],
    }
}

/// What is no regular file.
fn special(meta: &Metadata) -> Option<Refusal> {
    let kind = meta.file_type();
    if kind.is_fifo() {
        Some(Refusal::Pipe)
    } else if kind.is_socket() {
        Some(Refusal::Socket)
    } else if kind.is_char_device() || kind.is_block_device() {
        Some(Refusal::Device)
    } else {
        None
    }
}

/// The pipe behind a path: standard input, or one that the shell opened for us, as `<(command)` does.
fn piped(path: &Path, opening: &Opening) -> Option<Input> {
    if !opening.standard_input {
        return None;
    }
    let standard = ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].iter();
    if path == Path::new("-") {
        return Some(Input::Standard);
    }
    let is_standard = standard.into_iter().any(|name| path == Path::new(name));
    let is_ours = is_standard || path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd");
    let kind = std::fs::metadata(path)
        .ok()
        .filter(|_| is_ours)?
        .file_type();
    if is_standard && (kind.is_fifo() || kind.is_socket() || kind.is_char_device()) {
        Some(Input::Standard)
    } else {
        kind.is_fifo().then(|| Input::Path(path.to_owned()))
    }
}

/// The sources of what comes through a pipe.
fn spooled(input: Input, path: &Path, opening: &Opening) -> Result<Vec<Source>, Failure> {
    let name = match &input {
        Input::Standard => "stdin".to_owned(),
        Input::Path(path) => format!("pipe {}", name_of(path)),
    };
    // Whoever types into a terminal would wait for an answer that never comes.
    if matches!(input, Input::Standard) && io::stdin().is_terminal() {
        return Ok(vec![Source::refused(name, Refusal::Terminal)]);
    }
    let kept = match spool::keep(input, opening.home)? {
        Ok(kept) => kept,
        Err(why) => return Ok(vec![Source::refused(name, why)]),
    };
    let opened = kept.try_clone().map_err(|e| Failure::io(path, &e))?;
    let kept = std::sync::Arc::new(kept);
    let sources = match readable(&mut spool::Reader::new(kept.clone())) {
        Ok(Readable::Json | Readable::Text) => None,
        _ => Some(read(name.clone(), opened, opening, || {
            Err(io::ErrorKind::Unsupported.into())
        })),
    };
    Ok(sources.unwrap_or_else(|| {
        let again = move || Ok(Box::new(spool::Reader::new(kept.clone())) as Box<_>);
        Source::new(name, again).tables(opening.sheet)
    }))
}
