//! A plan as the desk shows it.

use std::collections::BTreeMap;

use crate::app::importing::asked::Ask;
use crate::app::importing::items::{Column, Group, Planned, Table, Used};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::runtime::importing;
use crate::services::import::{FileProblem, FileReport, Flag, Plan, Question, Reason, Reject};
use crate::words::{self, Lang};

/// Rows that are listed of each group, and rows left out; the file of rejects holds them all.
const LISTED: usize = 500;

/// The plan as the desk shows it.
pub fn preview(lang: Lang, plan: &Plan, sheets: Vec<String>) -> Planned {
    Planned {
        tables: plan.files.iter().map(|f| table(lang, f)).collect(),
        counts: plan.kinds.iter().map(|(kind, c)| (*kind, *c)).collect(),
        asks: asks(plan),
        updates: plan.updates.clone(),
        samples: plan.samples.values().flatten().cloned().collect(),
        new_accounts: new_accounts(plan),
        groups: groups(lang, plan),
        left_out: plan.left_out.iter().take(LISTED).cloned().collect(),
        left_out_rows: plan.left_out.iter().map(|l| l.rows).sum(),
        sheets,
        empty: plan.is_empty(),
    }
}

fn table(lang: Lang, file: &FileReport) -> Table {
    let (named, may_be_other) = match &file.problem {
        None => (file.kind, true),
        Some(FileProblem::Missing { kind, .. }) => (Some(*kind), true),
        Some(FileProblem::Unsure { kind, .. }) => (Some(*kind), true),
        Some(
            FileProblem::Unrecognised
            | FileProblem::NoTable
            | FileProblem::Other { .. }
            | FileProblem::NoColumn { .. },
        ) => (None, true),
        Some(
            FileProblem::Refused(_)
            | FileProblem::Empty
            | FileProblem::Again { .. }
            | FileProblem::Unreadable { .. },
        ) => (None, false),
    };
    Table {
        file: file.name.clone(),
        kind: named,
        mapping: file.mapping.clone(),
        rows: file.rows,
        columns: columns(file, may_be_other),
        metrics: file.metrics.clone(),
        problem: file.problem.as_ref().map(|p| problem(lang, p)),
        may_be_other,
        beside: file.beside,
    }
}

/// Why a file is not read. Where the review itself can help, it says how.
fn problem(lang: Lang, problem: &FileProblem) -> String {
    use words::import_review as say;
    match problem {
        FileProblem::Unrecognised => say::unrecognised(lang).to_owned(),
        FileProblem::Missing { kind, fields } => {
            let or = words::importing::or(lang);
            let fields: Vec<String> = fields.iter().map(|any| any.join(or)).collect();
            let fields = fields.join(words::common::list_comma(lang));
            say::missing(lang, kind.words(lang), fields)
        }
        FileProblem::Unsure { kind, doubt } => {
            say::unsure(lang, kind.words(lang), doubt.words(lang))
        }
        FileProblem::Refused(_)
        | FileProblem::NoColumn { .. }
        | FileProblem::Other { .. }
        | FileProblem::NoTable
        | FileProblem::Empty
        | FileProblem::Again { .. }
        | FileProblem::Unreadable { .. } => problem.words(lang),
    }
}

/// The columns in the order of the file. Those of metrics are named by the metrics.
fn columns(file: &FileReport, may_be_other: bool) -> Vec<Column> {
    if !may_be_other {
        return Vec::new();
    }
    let used = |header: &String| {
        if let Some((field, _)) = file.columns.iter().find(|(_, h)| h == header) {
            return Some(Used::Field(field.clone()));
        }
        if file.kept.contains(header) {
            return Some(Used::Kept);
        }
        let unread = file.ignored.contains(header) || file.problem.is_some();
        (unread && !header.is_empty() && !file.beside).then_some(Used::Unread)
    };
    let headers = file.headers.iter().enumerate();
    headers
        .filter_map(|(at, header)| {
            Some(Column {
                header: header.clone(),
                used: used(header)?,
                samples: file.samples.get(at).cloned().unwrap_or_default(),
            })
        })
        .collect()
}

/// What the import asks: first what decides on whole tables, last the edits, which have an answer.
fn asks(plan: &Plan) -> Vec<Ask> {
    let mut out = Vec::new();
    for file in &plan.files {
        let guess = match &file.problem {
            Some(FileProblem::Unsure { kind, .. }) => Some(*kind),
            Some(FileProblem::Unrecognised) => None,
            _ => continue,
        };
        out.push(Ask::Kind {
            file: file.name.clone(),
            guess,
        });
    }
    out.extend(plan.questions.iter().map(question));
    out.extend(accounts(plan));
    out.extend(plan.unknown_words.iter().map(|w| Ask::Word {
        file: w.file.clone(),
        field: w.field.clone(),
        column: w.column.clone(),
        word: w.word.clone(),
        rows: w.rows,
        allowed: w.allowed.clone(),
    }));
    out.extend(plan.hand_edits.iter().map(|e| Ask::Edit {
        id: e.id.clone(),
        field: e.field.clone(),
        record: e.record.clone(),
        edited: e.edited,
        mine: e.mine.clone(),
        theirs: e.theirs.clone(),
    }));
    out
}

fn question(asked: &Question) -> Ask {
    match asked.clone() {
        Question::Column {
            file,
            kind,
            column,
            field,
            samples,
        } => Ask::Column {
            file,
            kind,
            column,
            field,
            samples,
        },
        Question::SameAccount {
            file,
            id,
            name,
            existing,
            existing_name,
            line: _,
        } => Ask::Same {
            file,
            id,
            name,
            existing,
            existing_name,
        },
        Question::Total {
            file,
            name,
            line: _,
        } => Ask::Total { file, name },
        Question::ShortIds {
            file,
            column,
            numbers,
            number,
            id,
            name,
        } => Ask::ShortIds {
            file,
            column,
            numbers,
            example: format!("{number} → {id} {name}"),
        },
    }
}

/// Names that no account has: each with its number of rows and the accounts with a similar name.
fn accounts(plan: &Plan) -> Vec<Ask> {
    let mut unknown: BTreeMap<&str, (u64, &Vec<String>, Vec<String>)> = BTreeMap::new();
    for reject in &plan.rejects {
        if let Reason::UnknownAccount { near } = &reject.reason {
            let entry = unknown.entry(&reject.value);
            let (rows, _, files) = entry.or_insert((0, near, Vec::new()));
            *rows += 1;
            if !files.contains(&reject.file) {
                files.push(reject.file.clone());
            }
        }
    }
    let unknown = unknown.into_iter();
    unknown
        .map(|(name, (rows, near, files))| Ask::Account {
            name: name.to_owned(),
            rows,
            near: near.clone(),
            files,
        })
        .collect()
}

/// The accounts that the import creates: a name may mean one of them.
fn new_accounts(plan: &Plan) -> Vec<(AccountId, String)> {
    /// More are no list to choose from.
    const MOST: usize = 5_000;
    let new = plan.changes.iter().filter(|c| c.before.is_none());
    new.filter_map(|c| c.after_as::<Account>())
        .map(|a| (a.id.clone(), a.name.clone()))
        .take(MOST)
        .collect()
}

/// Rejected and flagged rows by column and reason. Words of closed lists and accounts that look alike
/// are asked about instead.
fn groups(lang: Lang, plan: &Plan) -> Vec<Group> {
    let mut rows = Rows::default();
    for reject in &plan.rejects {
        let reason = reason(lang, &reject.reason);
        rows.put(true, &reject.column, reason, || listed(lang, reject));
    }
    for flagged in &plan.flags {
        let words = match &flagged.flag {
            Flag::Unread(Reason::UnknownWord { .. }) | Flag::LooksLike => continue,
            Flag::Unread(unread) => reason(lang, unread),
            flag => flag.words(lang),
        };
        rows.put(false, &flagged.column, words, || {
            let place = format!("{}:{}", flagged.file, flagged.line);
            if flagged.value.is_empty() {
                place
            } else {
                format!("{place} “{}”", flagged.value)
            }
        });
    }
    rows.groups
}

/// Groups under construction, and the place of each.
#[derive(Default)]
struct Rows {
    groups: Vec<Group>,
    places: BTreeMap<(bool, String, String), usize>,
}

impl Rows {
    fn put(&mut self, rejected: bool, column: &str, reason: String, line: impl FnOnce() -> String) {
        let key = (rejected, column.to_owned(), reason);
        let at = match self.places.get(&key) {
            Some(at) => *at,
            None => {
                let (_, column, reason) = key.clone();
                self.groups.push(Group {
                    column,
                    reason,
                    rejected,
                    rows: 0,
                    lines: Vec::new(),
                });
                self.places.insert(key, self.groups.len() - 1);
                self.groups.len() - 1
            }
        };
        let group = &mut self.groups[at];
        group.rows += 1;
        if group.lines.len() < LISTED {
            group.lines.push(line());
        }
    }
}

/// A rejected row below its group.
fn listed(lang: Lang, reject: &Reject) -> String {
    importing::reject_line(lang, reject)
}

/// The reason without what differs from row to row.
fn reason(lang: Lang, reason: &Reason) -> String {
    use words::import_review as say;
    match reason {
        Reason::UnknownAccount { .. } => Reason::UnknownAccount { near: Vec::new() }.words(lang),
        Reason::ShortId { .. } => say::group_short(lang).to_owned(),
        Reason::SeveralAccounts { .. } => say::group_several(lang).to_owned(),
        Reason::Duplicate { .. } => say::group_duplicate(lang).to_owned(),
        Reason::Unclosed { .. } => say::group_unclosed(lang).to_owned(),
        Reason::ExtraCells { .. } => say::group_extra_cells(lang).to_owned(),
        Reason::OutsideTable { .. } => say::group_outside(lang).to_owned(),
        other => other.words(lang),
    }
}
