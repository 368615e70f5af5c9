//! The mappings in the configuration folder: those that the user saved, and those that remember the
//! answers of an import.

use std::path::{Path, PathBuf};

use crate::domain::failure::Failure;
use crate::domain::text::file_name;
use crate::services::import::mapping::{self, Headers, Layout, Mapping, Wish, best_fit};
use crate::services::import::{FileReport, Plan};
use crate::store::files::{private_dir, write_atomic};

/// The user's saved mappings, and the problems of those that cannot be read.
pub fn saved_mappings(config: &Path) -> (Vec<Mapping>, Vec<Failure>) {
    let (mut out, mut failures) = (Vec::new(), Vec::new());
    let Ok(entries) = std::fs::read_dir(config.join("mappings")) else {
        return (out, failures);
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    for path in paths {
        match std::fs::read_to_string(&path) {
            Ok(text) => match mapping::parse(&text) {
                Ok(mapping) => out.push(mapping),
                Err((at, reason)) => failures.push(Failure::Config {
                    path: path.display().to_string(),
                    line: crate::config::line_of(&text, at),
                    column: Some(crate::config::column_of(&text, at)),
                    reason,
                }),
            },
            Err(e) => failures.push(Failure::io(&path, &e)),
        }
    }
    (out, failures)
}

/// The name of the mapping that remembers the answers to a file: `remembered-` and the file's name
/// without its extension and sheet.
pub fn remembered_name(file: &str) -> String {
    let file = file.split(" [").next().unwrap_or(file);
    let name = Path::new(file).file_stem().unwrap_or_default();
    let name = name.to_string_lossy();
    format!("remembered-{}", file_name(&name))
}

/// Saves how a plan's tables were read as the mapping of this name: their columns, and what the user
/// said of their words, dates and amounts. The same tables are then read so again without a question.
/// `mappings` are those the plan was made with. Answers the path of the file.
///
/// # Errors
/// If the file cannot be written.
pub fn remember(
    config: &Path,
    name: &str,
    plan: &Plan,
    wish: &Wish,
    mappings: &[Mapping],
) -> Result<PathBuf, Failure> {
    save_layouts(config, name, &plan.files, wish, mappings)
}

/// Like [`remember`], for some files of a plan. What the file remembers of other tables stays.
///
/// # Errors
/// If the file cannot be written.
pub fn save_layouts(
    config: &Path,
    name: &str,
    files: &[FileReport],
    wish: &Wish,
    mappings: &[Mapping],
) -> Result<PathBuf, Failure> {
    let dir = config.join("mappings");
    let path = dir.join(format!("{name}.toml"));
    let mut table: Vec<Layout> = files
        .iter()
        .filter_map(|f| layout(f, wish.of(&f.name), mappings))
        .collect();
    let held = std::fs::read_to_string(&path).ok();
    if let Some(held) = held.and_then(|text| mapping::parse(&text).ok()) {
        let is_new = |l: &Layout| table.iter().any(|t| t.kind == l.kind && t.needs == l.needs);
        let others: Vec<Layout> = held.table.into_iter().filter(|l| !is_new(l)).collect();
        table.extend(others);
    }
    let mapping = Mapping {
        name: name.to_owned(),
        shared: Default::default(),
        table,
    };
    let text = toml::to_string_pretty(&mapping).map_err(|e| Failure::Refused {
        reason: e.to_string(),
    })?;
    private_dir(&dir)?;
    write_atomic(&path, text.as_bytes())?;
    Ok(path)
}

/// The layout of one file with the user's choices, if it was recognised.
fn layout(f: &FileReport, wish: &Wish, mappings: &[Mapping]) -> Option<Layout> {
    let kind = f.kind.filter(|_| !f.beside)?;
    let mapping = mappings.iter().find(|m| m.name == f.mapping)?;
    let fitting = Wish {
        kind: Some(kind),
        columns: wish.columns.clone(),
        values: wish.values.clone(),
        currency: wish.currency,
        date_order: wish.date_order,
        ..Wish::default()
    };
    let base = best_fit(&f.headers, &f.name, std::slice::from_ref(mapping), &fitting)
        .map(|fit| fit.layout)
        .or_else(|| mapping.table.iter().find(|l| l.kind == kind).cloned())?;
    let one = |header: &String| Headers::One(header.clone().into());
    let mut saved = base;
    saved.needs = f.columns.iter().map(|(_, h)| one(h)).collect();
    saved.columns = f.columns.iter().map(|(f, h)| (f.clone(), one(h))).collect();
    // A field that the user left without a column finds none among the common headers either.
    for (field, _) in wish.columns.iter().filter(|(_, h)| h.is_empty()) {
        let columns = saved.columns.entry(field.clone());
        columns.or_insert(Headers::Any(Vec::new()));
    }
    Some(saved)
}
