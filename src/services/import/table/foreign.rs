//! Recognises by its first bytes a file that is no table, whatever its name says: a web page under
//! `.xls`, a password-protected workbook, an archive.

use std::io::{Read, SeekFrom};

use super::directory::{Directory, Entry};
use super::limits::INFLATED;
use super::refusal::Refusal;
use super::workbook::Seekable;
use crate::services::import::encoding;

/// Bytes of the start of a file that are looked at.
pub const START: usize = 64 << 10;

/// What a file that may be read is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readable {
    /// Delimited text.
    Text,
    Json,
    Workbook,
}

/// What a file is, or why it is not read.
///
/// # Errors
/// The file is no table.
pub fn readable(file: &mut dyn Seekable) -> Result<Readable, Refusal> {
    let unopened = |e: std::io::Error| Refusal::Unopened {
        reason: e.to_string(),
    };
    let mut start = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(unopened)?;
    Read::take(&mut *file, START as u64)
        .read_to_end(&mut start)
        .map_err(unopened)?;
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return zipped(file);
    }
    if start.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        || start.starts_with(b"\xd0\xcf\x11\xe0")
    {
        return Err(compound(&start, file));
    }
    match by_signature(&start) {
        Some(refusal) => Err(refusal),
        None => of_text(&start),
    }
}

/// Files that begin with a fixed mark.
fn by_signature(start: &[u8]) -> Option<Refusal> {
    const SIGNATURES: &[(&[u8], Refusal)] = &[
        (b"\x1f\x8b", Refusal::Gzip),
        (b"BZh", Refusal::Compressed),
        (b"\xfd7zXZ\0", Refusal::Compressed),
        (b"7z\xbc\xaf\x27\x1c", Refusal::Compressed),
        (b"\x28\xb5\x2f\xfd", Refusal::Compressed),
        (b"Rar!\x1a\x07", Refusal::Compressed),
        (b"%PDF-", Refusal::Pdf),
        (b"\x89PNG\r\n\x1a\n", Refusal::Image),
        (b"\xff\xd8\xff", Refusal::Image),
        (b"GIF87a", Refusal::Image),
        (b"GIF89a", Refusal::Image),
        (b"II*\0", Refusal::Image),
        (b"MM\0*", Refusal::Image),
        (b"SQLite format 3\0", Refusal::Sqlite),
        (b"PAR1", Refusal::DataFile),
        (b"ARROW1\0", Refusal::DataFile),
        (b"Obj\x01", Refusal::DataFile),
        (b"\x00\x01\x00\x00Standard ", Refusal::Access),
        (b"{\\rtf", Refusal::Document),
    ];
    let known = SIGNATURES.iter().find(|(mark, _)| start.starts_with(mark));
    if let Some((_, refusal)) = known {
        return Some(refusal.clone());
    }
    let part = |range: std::ops::Range<usize>| start.get(range).unwrap_or_default();
    let picture = part(0..4) == b"RIFF" && part(8..12) == b"WEBP" || part(4..8) == b"ftyp";
    if picture {
        return Some(Refusal::Image);
    }
    (part(257..262) == b"ustar").then_some(Refusal::Compressed)
}

/// A file of compound documents: its streams tell an encrypted workbook from an old one.
fn compound(start: &[u8], file: &mut dyn Seekable) -> Refusal {
    let mut names = start.to_vec();
    // The names stand in the directory, whose first sector the header gives.
    let number = |at: usize, bytes: usize| {
        let found = start.get(at..at + bytes)?;
        Some(
            found
                .iter()
                .rev()
                .fold(0_u64, |n, b| n << 8 | u64::from(*b)),
        )
    };
    if let (Some(shift), Some(sector)) = (number(30, 2), number(48, 4))
        && matches!(shift, 9 | 12)
    {
        let place = (sector + 1) << shift;
        if file.seek(SeekFrom::Start(place)).is_ok() {
            // What cannot be read tells nothing.
            let _ = Read::take(&mut *file, START as u64).read_to_end(&mut names);
        }
    }
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        names.windows(wide.len()).any(|w| w == wide)
    };
    if has("EncryptedPackage") || has("EncryptionInfo") {
        Refusal::Encrypted
    } else if has("WordDocument") || has("PowerPoint Document") || has("__substg1.0_") {
        Refusal::OldOffice
    } else if has("Workbook") || has("Book") {
        Refusal::OldExcel
    } else {
        Refusal::OldOrEncrypted
    }
}

/// A zip file: a workbook, or something else that is kept in one.
fn zipped(file: &mut dyn Seekable) -> Result<Readable, Refusal> {
    let Some(Directory { entries, encrypted }) = Directory::read(file) else {
        return Err(Refusal::CutZip);
    };
    let has = |name: &str| entries.iter().any(|e| e.name.eq_ignore_ascii_case(name));
    let has_in = |folder: &str| {
        let inside = |e: &Entry| {
            e.name
                .get(..folder.len())
                .is_some_and(|s| s.eq_ignore_ascii_case(folder))
        };
        entries.iter().any(inside)
    };
    if has("xl/workbook.bin") {
        return Err(Refusal::BinaryWorkbook);
    }
    if has("[Content_Types].xml") && (has_in("word/") || has_in("ppt/") || has_in("visio/")) {
        return Err(Refusal::Document);
    }
    if has("META-INF/manifest.xml") && has("content.xml") {
        return Err(Refusal::OpenDocument);
    }
    if entries.iter().any(|e| e.name.ends_with(".iwa")) || has("Index.zip") {
        return Err(Refusal::Numbers);
    }
    // The workbook may stand elsewhere than in xl/: its relations say where.
    if !(has("_rels/.rels") && (has_in("xl/") || has("[Content_Types].xml"))) {
        return Err(Refusal::Zip);
    }
    if encrypted {
        return Err(Refusal::Encrypted);
    }
    let inflated = entries.iter().fold(0_u64, |n, e| n.saturating_add(e.size));
    if inflated > INFLATED {
        return Err(Refusal::LargeWorkbook { limit: INFLATED });
    }
    Ok(Readable::Workbook)
}

/// Text by its beginning.
fn of_text(start: &[u8]) -> Result<Readable, Refusal> {
    let decoding = encoding::of(start, start);
    let encoding = decoding.map_or(encoding_rs::UTF_8, |d| d.encoding);
    let (text, _, _) = encoding.decode(start);
    // A file of bytes has many zeros, wherever it is not UTF-16.
    let zeros = text.chars().filter(|c| *c == '\0').count();
    if zeros * 10 > text.chars().count() {
        return Err(Refusal::Binary);
    }
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if let Some(refusal) = marked_up(text) {
        return Err(refusal);
    }
    Ok(if super::is_json(text) {
        Readable::Json
    } else {
        Readable::Text
    })
}

/// HTML or XML.
fn marked_up(text: &str) -> Option<Refusal> {
    if !text.starts_with('<') {
        return None;
    }
    let head: String = text
        .chars()
        .take(4_096)
        .flat_map(char::to_lowercase)
        .collect();
    const TAGS: [&str; 9] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<table",
        "<meta",
        "<style",
        "<div",
        "<script",
    ];
    if TAGS.iter().any(|tag| head.starts_with(tag)) {
        return Some(Refusal::Html);
    }
    if head.starts_with("<!--") && TAGS.iter().any(|tag| head.contains(tag)) {
        return Some(Refusal::Html);
    }
    if !head.starts_with("<?xml") {
        return None;
    }
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        Some(Refusal::XmlSpreadsheet)
    } else if head.contains("<html") || head.contains("<!doctype html") {
        Some(Refusal::Html)
    } else {
        Some(Refusal::Xml)
    }
}
