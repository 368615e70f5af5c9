//! The changes an import would make, as text and as JSON. Must not depend on how they were planned.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::commands::output::{print, say};
use crate::runtime::importing;
use crate::services::import::{
    Counts, FileReport, Flag, Flagged, HandEdit, Kind, Plan, Question, Reason, UnknownWord, Update,
};
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
    for update in plan.updates.iter().take(SHOWN) {
        let Update {
            record,
            field,
            old,
            new,
            ..
        } = update;
        print(&format!(
            "  ~ {}",
            words::importing::update(lang, record, field, old, new)
        ));
    }
    let rest = plan.updates.len().saturating_sub(SHOWN);
    if rest > 0 {
        print(&format!("  {}", more(lang, rest)));
    }
    for edit in &plan.hand_edits {
        let HandEdit {
            record,
            field,
            edited,
            mine,
            theirs,
            ..
        } = edit;
        let words = match edited {
            Some(day) => {
                let day = words::dates::with_weekday(lang, *day);
                words::importing::hand_edit_of(lang, record, field, theirs, mine, day)
            }
            None => words::importing::hand_edit(lang, record, field, theirs, mine),
        };
        say(&format!("  ! {words}"));
    }
    for r in plan.rejects.iter().take(SHOWN) {
        say(&format!("  ✗ {}", importing::reject_line(lang, r)));
    }
    let rest = plan.rejected().saturating_sub(SHOWN as u64);
    if rest > 0 {
        say(&format!("  {}", more(lang, rest)));
    }
    show_flags(lang, plan);
    for words in unknown_words(lang, plan) {
        say(&format!("  ? {words}"));
    }
    for question in &plan.questions {
        say(&format!("  ? {}", question.words(lang)));
    }
    show_left_out(lang, plan);
}

/// The flags by column and reason, with their numbers.
fn show_flags(lang: Lang, plan: &Plan) {
    let mut odd: BTreeMap<(&str, String), u64> = BTreeMap::new();
    for f in &plan.flags {
        // Unknown words are listed by themselves, each with its number.
        if !matches!(f.flag, Flag::Unread(Reason::UnknownWord { .. })) {
            *odd.entry((&f.column, f.flag.words(lang))).or_default() += 1;
        }
    }
    for ((column, what), n) in odd {
        let place = if column.is_empty() {
            String::new()
        } else {
            format!("{column}: ")
        };
        say(&format!("  ⚑ {place}{what}: {n}"));
    }
}

/// The words that closed lists do not have, by column: `Stage: Live ×24, Kickoff ×3`.
pub fn unknown_words(lang: Lang, plan: &Plan) -> Vec<String> {
    let mut columns: Vec<(&UnknownWord, Vec<String>)> = Vec::new();
    for word in &plan.unknown_words {
        let said = format!("{} ×{}", word.word, word.rows);
        let same = |(first, _): &&mut (&UnknownWord, Vec<String>)| {
            first.file == word.file && first.column == word.column
        };
        match columns.iter_mut().find(same) {
            Some((_, words)) => words.push(said),
            None => columns.push((word, vec![said])),
        }
    }
    let said = columns.into_iter().map(|(first, words)| {
        let allowed = first.allowed.join(" / ");
        words::importing::unknown_word(lang, &first.column, words.join(", "), allowed)
    });
    said.collect()
}

/// Rows that are no records.
fn show_left_out(lang: Lang, plan: &Plan) {
    for left in plan.left_out.iter().take(SHOWN) {
        let place = match left.rows {
            1 => format!("{}:{}", left.file, left.line),
            n => format!("{} {}", left.file, words::importing::rows_n(lang, n)),
        };
        let what = format!("{place} {} ({})", left.text, left.why.words(lang));
        say(&format!("  – {}", words::importing::left_out(lang, what)));
    }
    let rest = plan.left_out.len().saturating_sub(SHOWN);
    if rest > 0 {
        say(&format!("  {}", more(lang, rest)));
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
    if !f.metrics.is_empty() {
        let metrics = words::importing::metrics(lang, f.metrics.join(", "));
        print(&format!("  {metrics}"));
    }
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
    let flags: Vec<Value> = plan.flags.iter().map(|f| flag_value(lang, f)).collect();
    let files: Vec<Value> = plan.files.iter().map(|f| file_value(lang, f)).collect();
    let left_out: Vec<Value> = plan
        .left_out
        .iter()
        .map(|l| json!({ "file": l.file, "line": l.line, "rows": l.rows, "text": l.text, "reason": l.why.words(lang) }))
        .collect();
    let unknown_words: Vec<Value> = plan
        .unknown_words
        .iter()
        .map(|w| json!({ "file": w.file, "kind": w.kind, "field": w.field, "column": w.column, "word": w.word, "rows": w.rows, "allowed": w.allowed }))
        .collect();
    let updates: Vec<Value> = plan
        .updates
        .iter()
        .map(|u| json!({ "kind": u.kind, "id": u.id, "record": u.record, "field": u.field, "old": u.old, "new": u.new }))
        .collect();
    let hand_edits: Vec<Value> = plan
        .hand_edits
        .iter()
        .map(|e| json!({ "file": e.file, "line": e.line, "kind": e.kind, "id": e.id, "record": e.record, "field": e.field, "edited": e.edited, "mine": e.mine, "theirs": e.theirs }))
        .collect();
    let questions: Vec<Value> = plan.questions.iter().map(|q| question(lang, q)).collect();
    json!({
        "written": written, "kinds": kinds, "rejects": rejects, "flags": flags, "left_out": left_out,
        "unknown_words": unknown_words, "questions": questions, "hand_edits": hand_edits, "updates": updates, "files": files, "rejects_files": rejects_files,
    })
}

fn flag_value(lang: Lang, f: &Flagged) -> Value {
    let oddity = match f.flag {
        Flag::Oddity(oddity) => Some(oddity),
        Flag::Unread(_)
        | Flag::Placeholder
        | Flag::Short
        | Flag::TooLong
        | Flag::MonthOnly
        | Flag::DayAfter
        | Flag::LastDay
        | Flag::LooksLike => None,
    };
    json!({ "file": f.file, "line": f.line, "column": f.column, "value": f.value, "reason": f.flag.words(lang), "oddity": oddity })
}

fn question(lang: Lang, asked: &Question) -> Value {
    let question = asked.words(lang);
    match asked {
        Question::Column {
            file,
            kind,
            column,
            field,
            samples,
        } => {
            json!({ "about": "column", "file": file, "kind": kind, "column": column, "field": field, "samples": samples, "question": question })
        }
        Question::SameAccount {
            file,
            line,
            id,
            name,
            existing,
            ..
        } => {
            json!({ "about": "account", "file": file, "line": line, "id": id, "name": name, "existing": existing, "question": question })
        }
        Question::Total { file, line, name } => {
            json!({ "about": "total", "file": file, "line": line, "name": name, "question": question })
        }
        Question::ShortIds {
            file,
            column,
            numbers,
            number,
            id,
            ..
        } => {
            json!({ "about": "short-ids", "file": file, "column": column, "numbers": numbers, "number": number, "id": id, "question": question })
        }
    }
}

fn file_value(lang: Lang, f: &FileReport) -> Value {
    let columns: BTreeMap<&str, &str> = f
        .columns
        .iter()
        .map(|(field, header)| (field.as_str(), header.as_str()))
        .collect();
    let problem = f.problem.as_ref().map(|p| p.words(lang));
    json!({ "file": f.name, "kind": f.kind, "mapping": f.mapping, "rows": f.rows, "ignored": f.ignored, "kept": f.kept, "metrics": f.metrics, "columns": columns, "problem": problem })
}
