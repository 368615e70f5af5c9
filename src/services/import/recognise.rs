//! The first look at a file: what it is, which column is which field, and the order of day and
//! month in each column of dates.

use csv::StringRecord;

use super::days::{Evidence, Order};
use super::mapping::{Fit, UsageShape, best_fit, outcome_columns};
use super::rejects::is_own_column;
use super::table::{Source, Table, Unreadable};
use super::{FileProblem, FileReport, Kind, Plan, Request};

/// A file that was recognised, with the orders its date columns have.
pub(super) struct Recognised<'a> {
    pub source: &'a Source,
    pub headers: Vec<String>,
    pub fit: Fit,
    pub orders: Vec<Option<Order>>,
    /// Columns of a wide table that hold words and no numbers: they are no metrics.
    pub words: Vec<usize>,
    pub report: usize,
}

/// Opens a file and recognises it; looks through its dates.
pub(super) fn recognise<'a>(
    source: &'a Source,
    request: &Request,
    plan: &mut Plan,
) -> Vec<Recognised<'a>> {
    let mut report = FileReport::of(source);
    let opened = Table::open(source, request.options.sheet.as_deref());
    let mut outcomes = None;
    let reading = match opened {
        Err(Unreadable { line, reason }) => {
            report.problem = Some(FileProblem::Unreadable { line, reason });
            None
        }
        Ok(mut table) if table.headers.iter().all(String::is_empty) => {
            // Nothing at all, or nothing that can be read.
            report.problem = Some(match table.next(&mut csv::StringRecord::new()) {
                Some(Err(Unreadable { line, reason })) => FileProblem::Unreadable { line, reason },
                Some(Ok(_)) => FileProblem::Unrecognised,
                None => FileProblem::Empty,
            });
            None
        }
        Ok(table) => {
            report.headers = table.headers.clone();
            match best_fit(
                &table.headers,
                &source.name,
                request.mappings,
                &request.options.wish,
            ) {
                None => {
                    report.problem = Some(FileProblem::Unrecognised);
                    None
                }
                Some(mut fit) => {
                    if fit.layout.kind == Kind::Accounts
                        || fit.layout.usage == Some(UsageShape::Wide)
                    {
                        outcomes = outcome_columns(
                            &mut fit,
                            &table.headers,
                            request.mappings,
                            &request.options.wish,
                        );
                    }
                    report.kind = Some(fit.layout.kind);
                    report.mapping = fit.mapping.clone();
                    report.columns = fit
                        .columns
                        .iter()
                        .map(|(f, c)| (f.clone(), table.headers[*c].clone()))
                        .collect();
                    // The columns of a wide table are its metrics.
                    if fit.layout.usage != Some(UsageShape::Wide) {
                        let others = fit
                            .others(&table.headers)
                            .map(|(_, h)| h.to_owned())
                            .filter(|h| !is_own_column(h));
                        // What an account's file says beyond our fields is kept with the account.
                        *(if fit.layout.kind == Kind::Accounts {
                            &mut report.kept
                        } else {
                            &mut report.ignored
                        }) = others.collect();
                    }
                    if request.options.sheet.is_none() {
                        // Only one sheet of a workbook is read: the others are named.
                        let sheets = super::table::sheets(source);
                        report
                            .ignored
                            .extend(sheets.iter().skip(1).map(|s| format!("[{s}]")));
                    }
                    let headers = table.headers.clone();
                    let orders = evidence(table, &fit);
                    let words = if fit.layout.usage == Some(UsageShape::Wide) {
                        wordy(source, request, &fit)
                    } else {
                        Vec::new()
                    };
                    report
                        .ignored
                        .extend(words.iter().map(|c| headers[*c].clone()));
                    Some(Recognised {
                        source,
                        headers,
                        fit,
                        orders,
                        words,
                        report: plan.files.len(),
                    })
                }
            }
        }
    };
    plan.files.push(report);
    let mut out: Vec<Recognised> = reading.into_iter().collect();
    if let (Some(fit), Some(first)) = (outcomes, out.first()) {
        let mut report = FileReport::of(source);
        report.headers = first.headers.clone();
        report.kind = Some(Kind::Outcomes);
        report.mapping = fit.mapping.clone();
        report.columns = fit
            .columns
            .iter()
            .map(|(f, c)| (f.clone(), first.headers[*c].clone()))
            .collect();
        let orders = Table::open(source, request.options.sheet.as_deref())
            .map(|table| evidence(table, &fit))
            .unwrap_or_default();
        out.push(Recognised {
            source,
            headers: first.headers.clone(),
            fit,
            orders,
            words: Vec::new(),
            report: plan.files.len(),
        });
        plan.files.push(report);
    }
    out
}

/// Columns of a wide table in which the first rows hold something, and never a number.
fn wordy(source: &Source, request: &Request, fit: &Fit) -> Vec<usize> {
    const LOOK: usize = 200;
    let Ok(mut table) = Table::open(source, request.options.sheet.as_deref()) else {
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

/// Reads the file once for the date columns: their order is decided for the column, never a cell.
fn evidence(mut table: Table, fit: &Fit) -> Vec<Option<Order>> {
    let columns: Vec<usize> = DATE_FIELDS
        .iter()
        .chain(&["at"])
        .filter_map(|f| fit.column(f))
        .collect();
    let mut seen = vec![Evidence::default(); table.headers.len()];
    let mut row = StringRecord::new();
    // A column whose first rows all start with the year never needs an order.
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
