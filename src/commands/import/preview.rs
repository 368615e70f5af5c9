//! The changes an import would make, as text and as JSON. Must not depend on how they were planned.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::commands::output::{print, say};
use crate::runtime::importing;
use crate::services::import::{Counts, FileReport, Kind, Plan};
use crate::words::{self, Lang, words};

words! {
    more(count): "… and {count} more", "… ほか {count} 件";
}

/// Most rejects shown; all are in the rejects file.
const SHOWN: usize = 10;

/// Prints the plan: files, counts, samples, rejects, flags.
pub fn show(lang: Lang, plan: &Plan) {
    for f in &plan.files {
        show_file(lang, f);
    }
    for (kind, c) in &plan.kinds {
        print(&counts(lang, *kind, c));
        for sample in plan.samples.get(kind).into_iter().flatten().take(2) {
            print(&format!("  + {sample}"));
        }
    }
    for r in plan.rejects.iter().take(SHOWN) {
        say(&format!("  ✗ {}", importing::reject_line(lang, r)));
    }
    let rest = plan.rejected().saturating_sub(SHOWN as u64);
    if rest > 0 {
        say(&format!("  {}", more(lang, rest)));
    }
    let mut odd: BTreeMap<&str, u64> = BTreeMap::new();
    for f in &plan.flags {
        *odd.entry(f.oddity.words(lang)).or_default() += 1;
    }
    for (what, n) in odd {
        say(&format!("  ⚑ {what}: {n}"));
    }
}

fn show_file(lang: Lang, f: &FileReport) {
    if let Some(problem) = &f.problem {
        return say(&format!("{}: {}", f.name, problem.words(lang)));
    }
    let Some(kind) = f.kind else { return };
    let columns: Vec<String> = f
        .columns
        .iter()
        .map(|(field, header)| {
            if field == header {
                field.clone()
            } else {
                format!("{field}={header}")
            }
        })
        .collect();
    print(&format!(
        "{}: {} ({}) · {}\n  {}",
        f.name,
        kind.words(lang),
        f.mapping,
        words::importing::rows_n(lang, f.rows),
        columns.join(" ")
    ));
    if !f.kept.is_empty() {
        let kept = words::importing::kept_columns(lang, f.kept.join(", "));
        print(&format!("  {kept}"));
    }
    if !f.ignored.is_empty() {
        let ignored = words::importing::ignored(lang, f.ignored.join(", "));
        print(&format!("  {ignored}"));
    }
}

fn counts(lang: Lang, kind: Kind, c: &Counts) -> String {
    format!(
        "{}: {} {} · {} {} · {} {} · {} {} · {} {}",
        kind.words(lang),
        words::importing::new(lang),
        c.new,
        words::importing::changed(lang),
        c.changed,
        words::importing::unchanged(lang),
        c.unchanged,
        words::importing::rejected(lang),
        c.rejected,
        words::importing::flagged(lang),
        c.flagged
    )
}

/// The plan as JSON; `rejects_files` are the files that were written.
pub fn value(lang: Lang, plan: &Plan, written: bool, rejects_files: &[PathBuf]) -> Value {
    let kinds: Map<String, Value> = plan
        .kinds
        .iter()
        .map(|(k, c)| (k.key().to_owned(), json!({ "new": c.new, "changed": c.changed, "unchanged": c.unchanged, "rejected": c.rejected, "flagged": c.flagged })))
        .collect();
    let rejects: Vec<Value> = plan
        .rejects
        .iter()
        .map(|r| json!({ "file": r.file, "line": r.line, "column": r.column, "value": r.value, "reason": r.reason.words(lang) }))
        .collect();
    let flags: Vec<Value> = plan
        .flags
        .iter()
        .map(|f| json!({ "file": f.file, "line": f.line, "reason": f.oddity.words(lang), "oddity": f.oddity }))
        .collect();
    let files: Vec<Value> = plan.files.iter().map(|f| file_value(lang, f)).collect();
    json!({ "written": written, "kinds": kinds, "rejects": rejects, "flags": flags, "files": files, "rejects_files": rejects_files })
}

fn file_value(lang: Lang, f: &FileReport) -> Value {
    let columns: BTreeMap<&str, &str> = f
        .columns
        .iter()
        .map(|(field, header)| (field.as_str(), header.as_str()))
        .collect();
    let problem = f.problem.as_ref().map(|p| p.words(lang));
    json!({ "file": f.name, "kind": f.kind, "mapping": f.mapping, "rows": f.rows, "ignored": f.ignored, "kept": f.kept, "columns": columns, "problem": problem })
}
