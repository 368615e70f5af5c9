//! How each date column of a file writes its dates. The order of the numbers and the periods are
//! decided by the whole column, or by the other columns where it proves nothing itself.

use csv::StringRecord;

use super::Kind;
use super::mapping::{Fit, UsageShape, normal};
use super::table::Table;
use super::term_ends::Ends;
use crate::services::dates::{Column, Evidence, Means, Order, Span};

const DATE_FIELDS: [&str; 15] = [
    "last_seen",
    "close_date",
    "created",
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
    "at",
];

/// A column of this many rows that all begin with the year never needs an order.
const ENOUGH: u64 = 5_000;

/// Reads the file once for its date columns.
pub(super) fn columns(mut table: Table, fit: &Fit) -> Vec<Column> {
    let columns: Vec<usize> = DATE_FIELDS.iter().filter_map(|f| fit.column(f)).collect();
    let facts = periods_may_stand(fit);
    let named = facts.and_then(|c| named_span(&table.headers[c]));
    let mut seen = vec![Evidence::default(); table.headers.len()];
    let mut row = StringRecord::new();
    let mut rows = 0_u64;
    let mut ends = Ends::of(fit);
    while let Some(next) = table.next(&mut row) {
        rows += 1;
        if next.is_ok() {
            if let Some(ends) = &mut ends {
                ends.see(&row);
            }
            for c in &columns {
                seen[*c].see(row.get(*c).unwrap_or(""));
            }
        }
        let settled = |c: &usize| {
            let e = &seen[*c];
            (!e.needed() || e.order().is_some())
                && !e.is_serial()
                && (facts != Some(*c) || !e.may_span())
        };
        if rows >= ENOUGH && rows.is_multiple_of(100) && columns.iter().all(settled) {
            break;
        }
    }
    let own: Vec<Option<Order>> = seen.iter().map(Evidence::order).collect();
    // A column of only ambiguous days follows the other columns of its file.
    let shared = agreed(own.iter().copied());
    let column = |(c, (e, own)): (usize, (&Evidence, Option<Order>))| {
        let follows = |o: &Order| e.needed() && e.allows(*o);
        let order = own.or(shared.filter(follows));
        let span = facts
            .filter(|fact| *fact == c)
            .and_then(|_| e.span(order, named));
        Column {
            order,
            follows: order.is_none() && !e.allows(Order::Ymd),
            span,
            serial: e.is_serial(),
            means: Means::default(),
        }
    };
    let mut columns: Vec<Column> = seen.iter().zip(own).enumerate().map(column).collect();
    if let Some(ends) = ends {
        ends.decide(&table.headers, &mut columns);
    }
    columns
}

/// The column whose days may stand for periods: of measured values, not of single events.
fn periods_may_stand(fit: &Fit) -> Option<usize> {
    let measured = match fit.layout.kind {
        Kind::Usage => fit.layout.usage != Some(UsageShape::Events),
        Kind::Surveys => true,
        Kind::Accounts
        | Kind::Contacts
        | Kind::Subscriptions
        | Kind::Tickets
        | Kind::Interactions
        | Kind::Deals
        | Kind::Outcomes => false,
    };
    measured.then(|| fit.column("date"))?
}

/// The period that a header names: `month`, `week_start`, `対象月`.
fn named_span(header: &str) -> Option<Span> {
    let header = normal(header);
    let has = |words: &[&str]| words.iter().any(|w| header.contains(w));
    if has(&["quarter", "四半期"]) {
        Some(Span::Quarter)
    } else if has(&["month", "年月", "対象月", "月次", "月度"]) || header == "月" {
        Some(Span::Month)
    } else {
        has(&["week", "週"]).then_some(Span::Week)
    }
}

/// The order that all who have one agree on.
fn agreed(orders: impl Iterator<Item = Option<Order>>) -> Option<Order> {
    let mut known = orders.flatten();
    let first = known.next()?;
    known.all(|o| o == first).then_some(first)
}

/// A file of only ambiguous days follows the other files of the import; not where its years may
/// stand first, which other files say nothing about.
pub(super) fn share_orders(columns: &mut [&mut Column]) {
    let orders = columns.iter().map(|c| c.order);
    let Some(order) = agreed(orders).filter(|o| *o != Order::Ymd) else {
        return;
    };
    for column in columns.iter_mut().filter(|c| c.follows) {
        column.order = Some(order);
    }
}
