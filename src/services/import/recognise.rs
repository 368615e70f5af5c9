//! Recognition of a file: its kind, the field of each column, and the order of day and month in
//! each date column.

use csv::StringRecord;

use super::days::{Evidence, Order};
use super::mapping::{Fit, UsageShape, best_fit, outcome_columns};
use super::rejects::is_own_column;
use super::table::{Source, Table, Unreadable};
use super::{FileProblem, FileReport, Kind, Plan, Request};

/// A recognised file with the orders of its date columns.
pub(super) struct Recognised<'a> {
    pub source: &'a Source,
    pub headers: Vec<String>,
    pub fit: Fit,
    pub orders: Vec<Option<Order>>,
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
    if let Some(why) = source.refusal() {
        report.problem = Some(FileProblem::Refused(why.clone()));
        plan.files.push(report);
        return Vec::new();
    }
    let (reading, outcomes) = match open(source, request, &mut report) {
        Ok((table, fit, outcomes)) => {
            let place = plan.files.len();
            let reading = as_itself(source, table, fit, &mut report, place);
            (Some(reading), outcomes)
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

/// The table of a file, its layout, and the layout of its outcome columns where there are any.
fn open(
    source: &Source,
    request: &Request,
    report: &mut FileReport,
) -> Result<(Table, Fit, Option<Fit>), FileProblem> {
    let unreadable = |Unreadable { line, reason }| FileProblem::Unreadable { line, reason };
    let mut table = Table::open(source).map_err(unreadable)?;
    if table.headers.iter().all(String::is_empty) {
        // The file is empty or unreadable.
        return Err(match table.next(&mut csv::StringRecord::new()) {
            Some(Err(found)) => unreadable(found),
            Some(Ok(_)) => FileProblem::Unrecognised,
            None => FileProblem::Empty,
        });
    }
    report.headers = table.headers.clone();
    let (mappings, wish) = (request.mappings, &request.options.wish);
    let mut fit =
        best_fit(&table.headers, &source.name, mappings, wish).ok_or(FileProblem::Unrecognised)?;
    let may_hold_outcomes =
        fit.layout.kind == Kind::Accounts || fit.layout.usage == Some(UsageShape::Wide);
    let outcomes = if may_hold_outcomes {
        outcome_columns(&mut fit, &table.headers, mappings, wish)
    } else {
        None
    };
    Ok((table, fit, outcomes))
}

fn as_itself<'a>(
    source: &'a Source,
    table: Table,
    fit: Fit,
    report: &mut FileReport,
    place: usize,
) -> Recognised<'a> {
    describe(report, &fit, &table.headers);
    let wide = fit.layout.usage == Some(UsageShape::Wide);
    // The other columns of a wide table are its metrics.
    if !wide {
        let others = fit
            .others(&table.headers)
            .map(|(_, h)| h.to_owned())
            .filter(|h| !is_own_column(h));
        // Cells without a field are kept with the account.
        *(if fit.layout.kind == Kind::Accounts {
            &mut report.kept
        } else {
            &mut report.ignored
        }) = others.collect();
    }
    let headers = table.headers.clone();
    let orders = evidence(table, &fit);
    let words = if wide {
        wordy(source, &fit)
    } else {
        Vec::new()
    };
    report
        .ignored
        .extend(words.iter().map(|c| headers[*c].clone()));
    Recognised {
        source,
        headers,
        fit,
        orders,
        words,
        report: place,
    }
}

fn as_outcomes<'a>(
    source: &'a Source,
    fit: Fit,
    first: &Recognised,
    place: usize,
) -> (FileReport, Recognised<'a>) {
    let mut report = FileReport::of(source);
    report.headers = first.headers.clone();
    describe(&mut report, &fit, &first.headers);
    report.kind = Some(Kind::Outcomes);
    let orders = Table::open(source)
        .map(|table| evidence(table, &fit))
        .unwrap_or_default();
    let reading = Recognised {
        source,
        headers: first.headers.clone(),
        fit,
        orders,
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
fn wordy(source: &Source, fit: &Fit) -> Vec<usize> {
    const LOOK: usize = 200;
    let Ok(mut table) = Table::open(source) else {
        return Vec::new();
    };
    let mut seen = vec![(false, false); table.headers.len()];
    let mut row = StringRecord::new();
    for _ in 0..LOOK {
        let Some(next) = table.next(&mut row) else {
            break;
        };
        if next.is_ok() {
            for (cell, (filled, number)) in row
                .iter()
                .zip(&mut seen)
                .filter(|(cell, _)| !cell.trim().is_empty())
            {
                *filled = true;
                *number |= super::values::amount(cell).is_some();
            }
        }
    }
    let free = |c: &usize| {
        !fit.columns
            .values()
            .chain(&fit.apart)
            .any(|taken| taken == c)
    };
    (0..seen.len())
        .filter(free)
        .filter(|c| seen[*c] == (true, false) && !is_own_column(&table.headers[*c]))
        .collect()
}

const DATE_FIELDS: [&str; 11] = [
    "recorded",
    "contract_start",
    "renewal",
    "since",
    "last_contacted",
    "start",
    "end",
    "opened",
    "first_answer",
    "solved",
    "date",
];

/// Reads the file once for its date columns, because their order is decided by the whole column.
fn evidence(mut table: Table, fit: &Fit) -> Vec<Option<Order>> {
    let columns: Vec<usize> = DATE_FIELDS
        .iter()
        .chain(&["at"])
        .filter_map(|f| fit.column(f))
        .collect();
    let mut seen = vec![Evidence::default(); table.headers.len()];
    let mut row = StringRecord::new();
    // A column whose first rows all begin with the year never needs an order.
    const ENOUGH: u64 = 5_000;
    let mut rows = 0_u64;
    while let Some(next) = table.next(&mut row) {
        rows += 1;
        if next.is_ok() {
            for c in &columns {
                seen[*c].see(row.get(*c).unwrap_or(""));
            }
        }
        if rows >= ENOUGH
            && columns
                .iter()
                .all(|c| !seen[*c].needed() || seen[*c].order().is_some())
        {
            break;
        }
    }
    let own: Vec<Option<Order>> = seen.iter().map(Evidence::order).collect();
    // A column of only ambiguous days follows the other columns of its file.
    let file = [Order::Dmy, Order::Mdy]
        .into_iter()
        .filter(|o| own.contains(&Some(*o)))
        .collect::<Vec<_>>();
    let shared = if file.len() == 1 { Some(file[0]) } else { None };
    seen.iter()
        .zip(own)
        .map(|(e, order)| order.or(if e.needed() { shared } else { None }))
        .collect()
}

/// A file of only ambiguous days follows the other files of the import.
pub(super) fn share_orders(readings: &mut [Recognised]) {
    let known: Vec<Order> = readings
        .iter()
        .flat_map(|r| r.orders.iter().flatten().copied())
        .collect();
    let Some(first) = known
        .first()
        .copied()
        .filter(|f| known.iter().all(|k| k == f))
    else {
        return;
    };
    for reading in readings {
        for order in &mut reading.orders {
            order.get_or_insert(first);
        }
    }
}
