//! Calendars as files: one written that remembers what it said before, one read for its busy times.

use std::path::Path;

use crate::domain::failure::Failure;
use crate::domain::when::Now;
use crate::services::calendar::{Busy, Meeting, PublishedMeetings as Memory, read, write};
use crate::store::{private_dir, write_atomic};
use crate::words::{self, Lang};

/// The calendar beside the store.
pub const FILE: &str = "kenshin.ics";
/// Where it is kept, beside the store, what calendars were told: thousands of meetings are no draft.
const TOLD: &str = "told.json";
/// A calendar longer than this is none.
const LONGEST: u64 = 64 << 20;

/// Writes meetings to a file, or answers the text alone; and remembers what was said.
pub fn give(
    home: &Path,
    path: Option<&Path>,
    meetings: &[Meeting],
    only: Option<&str>,
    now: Now,
    lang: Lang,
) -> Result<String, Failure> {
    let memory_path = home.join("calendar").join(TOLD);
    let known: Memory = std::fs::read(&memory_path)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let (text, memory) = write(meetings, &known, only, now, lang);
    if let Some(path) = path {
        if let Some(dir) = path
            .parent()
            .filter(|d| !d.as_os_str().is_empty() && !d.exists())
        {
            private_dir(dir)?;
        }
        write_atomic(path, text.as_bytes())?;
    }
    if memory != known {
        private_dir(&home.join("calendar"))?;
        write_atomic(
            &memory_path,
            &serde_json::to_vec(&memory).unwrap_or_default(),
        )?;
    }
    Ok(text)
}

/// Reads a calendar; its name is the file's, unless another is given.
pub fn take(
    path: &Path,
    name: Option<&str>,
    now: Now,
    lang: Lang,
) -> Result<(String, Busy), Failure> {
    let size = std::fs::metadata(path)
        .map_err(|e| Failure::io(path, &e))?
        .len();
    let unread = || Failure::Usage {
        reason: format!(
            "{}: {}",
            path.display(),
            words::importing::file_calendar(lang)
        ),
    };
    if size > LONGEST {
        return Err(unread());
    }
    let bytes = std::fs::read(path).map_err(|e| Failure::io(path, &e))?;
    let text = String::from_utf8_lossy(&bytes);
    let today = now.today();
    let busy = read(
        &text,
        now.zone,
        today - chrono::Duration::days(31),
        today + chrono::Duration::days(400),
    )
    .ok_or_else(unread)?;
    let stem = path
        .file_stem()
        .map(|s| s.to_string_lossy().into_owned())
        .unwrap_or_default();
    let name = crate::domain::text::clean_line(name.unwrap_or(&stem));
    Ok((
        if name.is_empty() {
            "calendar".to_owned()
        } else {
            name
        },
        busy,
    ))
}
