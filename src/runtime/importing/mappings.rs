//! The mappings that the user saved in the configuration folder.

use std::path::{Path, PathBuf};

use crate::domain::failure::Failure;
use crate::services::import::mapping::{self, Mapping};

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
                    reason,
                }),
            },
            Err(e) => failures.push(Failure::io(&path, &e)),
        }
    }
    (out, failures)
}
