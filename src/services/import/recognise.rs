//! Recognition of a file: its kind, the field of each column, and the order of day and month in
//! each date column.

use csv::StringRecord;

use super::column_dates::columns;
use super::mapping::{
    Fit, Mapping, Unit, UsageShape, Wish, best_fit, missing, other, outcome_columns,
};
use super::metrics::is_no_usage;
use super::numbers::{self, Decimal};
use super::profile::{Looks, Profile, doubt, unread_fields};
use super::rejects::is_own_column;
use super::table::{BadRow, Head, Source, Table, Unreadable};
use super::{
    Doubt, FileProblem, FileReport, Kind, LeftOut, NoRecord, Plan, Question, Reason, Request,
};
use crate::services::dates::Column;

/// A recognised file with the orders of its date columns.
pub(super) struct Recognised<'a> {
    pub source: &'a Source,
    pub head: Head,
    pub headers: Vec<String>,
    pub fit: Fit,
    pub dates: Vec<Column>,
    /// The mark of decimals of each column.
    pub marks: Vec<Decimal>,
    /// The unit of amounts that a line above the header states: 1,000 for （単位：千円）.
    pub unit: f64,
    /// Columns of a wide table that hold words and no numbers, and so are no metrics.
    pub words: Vec<usize>,
    pub report: usize,
}

/// Opens a file, recognises it and reads its dates. A table that also states outcomes is recognised
/// twice: as itself, and as outcomes.
pub(super) fn recognise<'a>(
    source: &'a Source,
    request: &Request,
    plan: &mut Plan,
) -> Vec<Recognised<'a>> {
    let mut report = FileReport::of(source);
    let place = plan.files.len();
    if let Some(why) = source.refusal() {
        report.problem = Some(FileProblem::Refused(why.clone()));
        plan.files.push(report);
        return Vec::new();
    }
    let (reading, outcomes) = match open(source, request, &mut report) {
        Ok(opened) => {
            plan.left_out.extend(above_header(source, &opened.head));
            let outcomes = opened.outcomes.clone();
            match as_itself(source, request, opened, &mut report, place) {
                Ok((reading, questions)) => {
                    plan.questions.extend(questions);
                    (Some(reading), outcomes)
                }
                Err(problem) => {
                    report.problem = Some(problem);
                    (None, None)
                }
            }
        }
        Err(problem) => {
            report.problem = Some(problem);
            (None, None)
        }
    };
    plan.files.push(report);
    let mut out: Vec<Recognised> = reading.into_iter().collect();
    if let (Some(fit), Some(first)) = (outcomes, out.first()) {
        let (report, reading) = as_outcomes(source, fit, first, plan.files.len());
        plan.files.push(report);
        out.push(reading);
    }
    out
}

/// The rows above a header, which are no records.
fn above_header(source: &Source, head: &Head) -> Vec<LeftOut> {
    let rows = head.passed.iter();
    rows.map(|(line, text)| LeftOut {
        file: source.name.clone(),
        line: *line,
        rows: 1,
        text: text.clone(),
        why: NoRecord::AboveHeader,
    })
    .collect()
}

/// A file whose layout is known.
struct Opened {
    head: Head,
    fit: Fit,
    /// The layout of its outcome columns, where it has any.
    outcomes: Option<Fit>,
}

fn open(
    source: &Source,
    request: &Request,
    report: &mut FileReport,
) -> Result<Opened, FileProblem> {
    let unreadable = |Unreadable { line, reason }| FileProblem::Unreadable { line, reason };
    let (mappings, wish) = (request.mappings, request.options.wish.of(&source.name));
    let known = |headers: &[String]| {
        best_fit(headers, &source.name, mappings, wish).map_or(0, |fit| fit.explained())
    };
    let (mut table, mut head) = Table::open(source, &known).map_err(unreadable)?;
    if head.headers.is_empty() {
        // The file is empty or unreadable.
        return Err(match table.next(&mut StringRecord::new()) {
            Some(Err(BadRow {
                line,
                reason: Reason::Unreadable { reason },
            })) => FileProblem::Unreadable { line, reason },
            Some(_) => FileProblem::Unrecognised,
            None => FileProblem::Empty,
        });
    }
    report.headers = head.headers.clone();
    let headers = &head.headers;
    let fit = best_fit(headers, &source.name, mappings, wish);
    // What the headers are called that nobody asked for says more than a loose fit.
    if wish.kind.is_none()
        && wish.mapping.is_none()
        && fit.as_ref().is_none_or(|fit| fit.layout.needs.is_empty())
        && let Some(table) = other(headers)
    {
        return Err(FileProblem::Other { table });
    }
    let mut fit = fit.ok_or_else(|| unexplained(headers, mappings, wish))?;
    if fit.is_headless() {
        // The first row is data, and the columns are named by their numbers.
        let headers = fit.named(&head.headers).into_owned();
        let rows = head.rows.saturating_sub(1);
        head = Head {
            headers,
            rows,
            ..head
        };
        report.headers.clone_from(&head.headers);
    }
    let headers = &head.headers;
    let may_hold_outcomes =
        fit.layout.kind == Kind::Accounts || fit.layout.usage == Some(UsageShape::Wide);
    let outcomes = if may_hold_outcomes {
        outcome_columns(&mut fit, headers, mappings, wish)
    } else {
        None
    };
    Ok(Opened {
        head,
        fit,
        outcomes,
    })
}

/// Why no layout fits the headers: what is still missing where the user named the kind.
fn unexplained(headers: &[String], mappings: &[Mapping], wish: &Wish) -> FileProblem {
    match wish.kind {
        Some(kind) => {
            let fields = missing(headers, kind, mappings, wish);
            if fields.is_empty() {
                FileProblem::Unrecognised
            } else {
                FileProblem::Missing { kind, fields }
            }
        }
        None => FileProblem::Unrecognised,
    }
}

fn as_itself<'a>(
    source: &'a Source,
    request: &Request,
    opened: Opened,
    report: &mut FileReport,
    place: usize,
) -> Result<(Recognised<'a>, Vec<Question>), FileProblem> {
    let Opened { head, fit, .. } = opened;
    let headers = head.headers.clone();
    report.headers.clone_from(&headers);
    describe(report, &fit, &headers);
    let seen = Profile::of(source, &head);
    report.samples = (0..headers.len()).map(|c| seen.samples(c)).collect();
    if let Some(doubt) = doubt(&seen, &fit, &headers, &source.name, request) {
        let kind = fit.layout.kind;
        report.kind = None;
        return Err(FileProblem::Unsure { kind, doubt });
    }
    let wide = fit.layout.usage == Some(UsageShape::Wide);
    // The other columns of a wide table are its metrics.
    if !wide {
        let others = fit
            .others(&headers)
            .map(|(_, h)| h.to_owned())
            .filter(|h| !is_own_column(h));
        // Cells without a field are kept with the account.
        *(if fit.layout.kind == Kind::Accounts {
            &mut report.kept
        } else {
            &mut report.ignored
        }) = others.collect();
    }
    let questions = unread_fields(&seen, &fit, &headers, request)
        .into_iter()
        .map(|(column, field)| Question::Column {
            file: source.name.clone(),
            kind: fit.layout.kind,
            column: headers[column].clone(),
            field,
            samples: seen.samples(column),
        })
        .collect();
    let dates = Table::again(source, &head)
        .map(|table| columns(table, &fit))
        .unwrap_or_default();
    let words = if wide {
        wordy(&seen, &headers, &fit)
    } else {
        Vec::new()
    };
    report
        .ignored
        .extend(words.iter().map(|c| headers[*c].clone()));
    if wide {
        let taken = |c: &usize| fit.columns.values().chain(&fit.apart).any(|t| t == c);
        let others = (0..headers.len()).filter(|c| !taken(c) && !words.contains(c));
        let (money, metrics): (Vec<usize>, Vec<usize>) =
            others.partition(|c| is_no_usage(&headers[*c]));
        report
            .ignored
            .extend(money.iter().map(|c| headers[*c].clone()));
        if metrics.is_empty() {
            report.kind = None;
            let (kind, doubt) = (fit.layout.kind, Doubt::FewColumns);
            return Err(FileProblem::Unsure { kind, doubt });
        }
    }
    let reading = Recognised {
        source,
        marks: marks(source, &head),
        unit: stated_unit(&head),
        head,
        headers,
        fit,
        dates,
        words,
        report: place,
    };
    Ok((reading, questions))
}

fn as_outcomes<'a>(
    source: &'a Source,
    fit: Fit,
    first: &Recognised,
    place: usize,
) -> (FileReport, Recognised<'a>) {
    let mut report = FileReport::of(source);
    report.headers = first.headers.clone();
    report.beside = true;
    describe(&mut report, &fit, &first.headers);
    report.kind = Some(Kind::Outcomes);
    let dates = Table::again(source, &first.head)
        .map(|table| columns(table, &fit))
        .unwrap_or_default();
    let reading = Recognised {
        source,
        head: first.head.clone(),
        headers: first.headers.clone(),
        fit,
        dates,
        marks: first.marks.clone(),
        unit: first.unit,
        words: Vec::new(),
        report: place,
    };
    (report, reading)
}

/// Reports how a file was recognised.
fn describe(report: &mut FileReport, fit: &Fit, headers: &[String]) {
    report.kind = Some(fit.layout.kind);
    report.mapping = fit.mapping.clone();
    report.columns = fit
        .columns
        .iter()
        .map(|(f, c)| (f.clone(), headers[*c].clone()))
        .collect();
}

/// Columns of a wide table whose first rows have values and never a number.
fn wordy(seen: &Profile, headers: &[String], fit: &Fit) -> Vec<usize> {
    let taken = |c: &usize| fit.columns.values().chain(&fit.apart).any(|t| t == c);
    (0..headers.len())
        .filter(|c| !taken(c) && !is_own_column(&headers[*c]))
        .filter(|c| seen.filled(*c) > 0 && seen.share(*c, Looks::Number) == 0.0)
        .collect()
}

/// The unit that a title states for all amounts of the table: `（単位：千円）`, `in thousands of USD`.
fn stated_unit(head: &Head) -> f64 {
    let titles = head.passed.iter().map(|(_, text)| text.to_lowercase());
    let says = |text: &String| {
        let words = ["単位", "in thousands", "in millions"];
        words.iter().any(|w| text.contains(w))
    };
    let units = titles.filter(says).map(|text| Unit::of(&text).scale);
    units.into_iter().find(|scale| *scale != 1.0).unwrap_or(1.0)
}

/// The mark of decimals of each column, by the cells of the whole file where they need it.
fn marks(source: &Source, head: &Head) -> Vec<Decimal> {
    /// Rows after which columns without any open cell are taken for settled.
    const ENOUGH: u64 = 20_000;
    let mut seen = vec![numbers::Evidence::default(); head.headers.len()];
    let Ok(mut table) = Table::again(source, head) else {
        return Vec::new();
    };
    let semicolons = table.has_semicolons();
    let mut row = StringRecord::new();
    let mut rows = 0_u64;
    while let Some(next) = table.next(&mut row) {
        rows += 1;
        if next.is_ok() {
            row.iter().zip(&mut seen).for_each(|(cell, e)| e.see(cell));
        }
        if rows >= ENOUGH && rows.is_multiple_of(1_000) && !seen.iter().any(|e| e.is_open()) {
            break;
        }
    }
    numbers::marks(&seen, semicolons)
}
