//! Saving a column mapping under a name: the layout, with the columns found in the files.

use crate::commands::output::say;
use crate::commands::session::Session;
use crate::domain::failure::Failure;
use crate::runtime::importing::remember;
use crate::services::import::Plan;
use crate::services::import::mapping::{Mapping, Wish};
use crate::words;

/// Saves the recognized columns of a plan's files, with the user's choices.
///
/// # Errors
/// If the name is empty, or the file cannot be written.
pub fn save(
    session: &Session,
    name: &str,
    plan: &Plan,
    wish: &Wish,
    mappings: &[Mapping],
) -> Result<(), Failure> {
    let name: String = name
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    if name.is_empty() {
        return Err(Failure::Usage {
            reason: words::common::name_empty(session.lang).into(),
        });
    }
    let path = remember(&session.places.config, &name, plan, wish, mappings)?;
    say(&words::commands::did_written(session.lang, path.display()));
    Ok(())
}
