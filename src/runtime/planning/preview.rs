//! A plan as the desk shows it.

use std::collections::BTreeMap;

use crate::app::importing::state::Planned;
use crate::runtime::importing;
use crate::services::import::{FileReport, Plan, Reason};
use crate::words::{self, Lang};

/// Rejected rows that the preview lists; the file of rejects holds them all.
const REJECTS_SHOWN: usize = 20;

/// The plan as the desk shows it.
pub fn preview(lang: Lang, plan: &Plan, sheets: Vec<String>) -> Planned {
    let is_unknown = |reason: &Reason| matches!(reason, Reason::UnknownAccount { .. });
    let rejects = plan.rejects.iter().filter(|r| !is_unknown(&r.reason));
    let files = plan.files.iter();
    let kinds = plan.kinds.iter();
    Planned {
        files: files
            .map(|f| (f.name.clone(), recognised(lang, f)))
            .collect(),
        kinds: kinds
            .map(|(kind, c)| {
                let counts = [c.new, c.changed, c.unchanged, c.rejected, c.flagged];
                (kind.words(lang).to_owned(), counts)
            })
            .collect(),
        samples: plan.samples.values().flatten().cloned().collect(),
        rejects: rejects
            .take(REJECTS_SHOWN)
            .map(|r| importing::reject_line(lang, r))
            .collect(),
        unknown: unknown_accounts(plan),
        sheets,
        empty: plan.is_empty(),
    }
}

/// What a file was recognised as: its kind, rows and columns, or why it was left out.
fn recognised(lang: Lang, file: &FileReport) -> String {
    if let Some(problem) = &file.problem {
        return problem.words(lang);
    }
    let Some(kind) = file.kind else {
        return String::new();
    };
    let column = |(field, header): &(String, String)| {
        if field == header {
            field.clone()
        } else {
            format!("{field}={header}")
        }
    };
    let columns: Vec<String> = file.columns.iter().map(column).collect();
    let mut text = format!(
        "{} ({}) · {} · {}",
        kind.words(lang),
        file.mapping,
        words::importing::rows_n(lang, file.rows),
        columns.join(" ")
    );
    if !file.kept.is_empty() {
        text.push_str(" · ");
        text.push_str(&words::importing::kept_columns(lang, file.kept.join(", ")));
    }
    if !file.ignored.is_empty() {
        text.push_str(" · ");
        text.push_str(&words::importing::ignored(lang, file.ignored.join(", ")));
    }
    text
}

/// Names that no account has: each with its number of rows and the accounts with a similar name.
fn unknown_accounts(plan: &Plan) -> Vec<(String, u64, Vec<String>)> {
    let mut unknown: BTreeMap<&str, (u64, &Vec<String>)> = BTreeMap::new();
    for reject in &plan.rejects {
        if let Reason::UnknownAccount { near } = &reject.reason {
            unknown.entry(&reject.value).or_insert((0, near)).0 += 1;
        }
    }
    let unknown = unknown.into_iter();
    unknown
        .map(|(name, (rows, near))| (name.to_owned(), rows, near.clone()))
        .collect()
}
