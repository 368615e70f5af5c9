//! What a person should know of the folder of their data before they work in it: others can read it, or its
//! disk is nearly full. Said once at the start of the desk, and where a command writes.

use std::path::Path;

use crate::store::files::Room;
use crate::store::privacy;
use crate::words::{self, Lang};

/// Paths that are named; the others are counted.
const NAMED: usize = 3;

/// That others can read the home, if they can.
pub fn exposed(home: &Path, lang: Lang) -> Option<String> {
    let open = privacy::exposed(home);
    let named = open.iter().take(NAMED).map(|path| {
        let inside = path.strip_prefix(home).unwrap_or(path);
        match inside.as_os_str().is_empty() {
            true => ".".to_owned(),
            false => inside.display().to_string(),
        }
    });
    let mut what = named.collect::<Vec<_>>().join(", ");
    if open.len() > NAMED {
        what = words::problems::exposed_more(lang, what, open.len() - NAMED);
    }
    (!open.is_empty()).then(|| words::problems::exposed(lang, home.display(), what))
}

/// That the disk of the home is nearly full, if it is.
pub fn nearly_full(home: &Path, lang: Lang) -> Option<String> {
    let room = Room::of(home).ok().filter(|room| room.is_low())?;
    let path = home.display().to_string();
    let files = room.files.filter(|_| !room.is_low_in_bytes());
    Some(words::problems::nearly_full(lang, &path, room.bytes, files))
}
