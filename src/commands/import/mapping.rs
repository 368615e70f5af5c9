//! Saving a column mapping under a name: the layout, with the columns found in the files.

use crate::commands::output::say;
use crate::commands::session::Session;
use crate::domain::failure::Failure;
use crate::services::import::mapping::{Headers, Layout, Mapping, Wish, best_fit};
use crate::services::import::{FileReport, Plan};
use crate::store::files::{private_dir, write_atomic};
use crate::words;

/// Saves the recognized columns of a plan's files.
///
/// # Errors
/// If the name is empty, or the file cannot be written.
pub fn save(
    session: &Session,
    name: &str,
    plan: &Plan,
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
    let table: Vec<Layout> = plan
        .files
        .iter()
        .filter_map(|f| layout(f, mappings))
        .collect();
    let mapping = Mapping {
        name: name.clone(),
        shared: Default::default(),
        table,
    };
    let text = toml::to_string_pretty(&mapping).map_err(|e| Failure::Refused {
        reason: e.to_string(),
    })?;
    let dir = session.places.config.join("mappings");
    private_dir(&dir)?;
    let path = dir.join(format!("{name}.toml"));
    write_atomic(&path, text.as_bytes())?;
    say(&words::commands::did_written(session.lang, path.display()));
    Ok(())
}

/// The layout of one file, if it was recognized.
fn layout(f: &FileReport, mappings: &[Mapping]) -> Option<Layout> {
    let kind = f.kind?;
    let mapping = mappings.iter().find(|m| m.name == f.mapping)?;
    let wish = Wish {
        kind: Some(kind),
        ..Wish::default()
    };
    let base = best_fit(&f.headers, &f.name, std::slice::from_ref(mapping), &wish)
        .map(|fit| fit.layout)
        .or_else(|| mapping.table.iter().find(|l| l.kind == kind).cloned())?;
    let one = |header: &String| Headers::One(header.clone().into());
    let mut saved = base;
    saved.needs = f.columns.iter().map(|(_, h)| one(h)).collect();
    saved.columns = f.columns.iter().map(|(f, h)| (f.clone(), one(h))).collect();
    Some(saved)
}
