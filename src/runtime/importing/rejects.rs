//! The rejected rows: files that can be corrected and imported again, and lines for the screen.

use std::path::{Path, PathBuf};

use crate::domain::failure::Failure;
use crate::domain::when::Now;
use crate::services::import::{Plan, Reject, rejects};
use crate::words::Lang;

/// Writes the rejected rows beside the store, one file for each source. Answers the paths.
pub fn write_rejects(home: &Path, plan: &Plan, now: Now, t: Lang) -> Result<Vec<PathBuf>, Failure> {
    let mut out = Vec::new();
    let dir = home.join("rejects");
    for (index, file) in plan
        .files
        .iter()
        .enumerate()
        .filter(|(i, _)| plan.rejects.iter().any(|r| r.index == *i))
    {
        crate::store::files::private_dir(&dir)?;
        let stem: String = file
            .name
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        let name = format!(
            "{}-{}",
            now.local().format("%Y%m%d-%H%M%S"),
            stem.trim_end_matches(".csv")
        );
        let free = (1..)
            .map(|n| {
                dir.join(if n == 1 {
                    format!("{name}.csv")
                } else {
                    format!("{name}-{n}.csv")
                })
            })
            .find(|p| !p.exists());
        let Some(path) = free else { continue };
        crate::store::files::write_atomic(
            &path,
            &rejects::csv(index, file, &plan.rejects, |r| r.reason.words(t)),
        )?;
        out.push(path);
    }
    Ok(out)
}

/// One rejected row in words.
pub fn reject_line(t: Lang, r: &Reject) -> String {
    let place = if r.column.is_empty() {
        format!("{}:{}", r.file, r.line)
    } else {
        format!("{}:{} {}", r.file, r.line, r.column)
    };
    let value = if r.value.is_empty() {
        String::new()
    } else {
        format!(" “{}”", crate::app::kit::wrap::fit(&r.value, 40))
    };
    format!("{place}{value}: {}", r.reason.words(t))
}
