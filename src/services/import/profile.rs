//! What the first rows of a table look like, column by column: the kind that the headers propose
//! must agree with the cells, and a column that nobody asked for may be an important one.

use std::collections::HashSet;

use csv::StringRecord;

use super::mapping::{Fit, normal};
use super::numbers::{Decimal, number};
use super::rejects::is_own_column;
use super::table::{Head, Source, Table};
use super::values::is_placeholder;
use super::{Doubt, Kind, Request};
use crate::domain::text::{clean_line, fold};
use crate::domain::when::Zone;
use crate::services::dates::{self, Order};

/// Rows that are looked at.
const LOOKED_AT: usize = 300;

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    Number,
    Date,
    Word,
}

/// The first rows of a table.
#[derive(Debug, Default)]
pub struct Profile {
    rows: Vec<StringRecord>,
    columns: usize,
}

impl Profile {
    pub fn of(source: &Source, head: &Head) -> Self {
        let mut rows = Vec::new();
        let mut row = StringRecord::new();
        if let Ok(mut table) = Table::again(source, head) {
            while rows.len() < LOOKED_AT {
                match table.next(&mut row) {
                    Some(Ok(_)) => rows.push(row.clone()),
                    Some(Err(_)) => {}
                    None => break,
                }
            }
        }
        Self {
            rows,
            columns: head.headers.len(),
        }
    }

    /// The cells of a column that say something.
    fn cells(&self, column: usize) -> impl Iterator<Item = &str> + Clone {
        let cells = self.rows.iter().filter_map(move |row| row.get(column));
        cells
            .map(str::trim)
            .filter(|c| !c.is_empty() && !is_placeholder(c))
    }

    pub fn filled(&self, column: usize) -> usize {
        self.cells(column).count()
    }

    /// The share of a column's filled cells that look so, between 0 and 1.
    pub fn share(&self, column: usize, wanted: Looks) -> f64 {
        let (mut all, mut such) = (0_u32, 0_u32);
        for cell in self.cells(column) {
            all += 1;
            such += u32::from(looks(cell) == wanted);
        }
        if all == 0 {
            0.0
        } else {
            f64::from(such) / f64::from(all)
        }
    }

    /// The share of distinct cells among the filled ones, between 0 and 1.
    fn distinct(&self, column: usize) -> f64 {
        let all = self.filled(column);
        let distinct: HashSet<&str> = self.cells(column).collect();
        if all == 0 {
            1.0
        } else {
            distinct.len() as f64 / all as f64
        }
    }

    /// A few different cells of a column.
    pub fn samples(&self, column: usize) -> Vec<String> {
        const SHOWN: usize = 3;
        let mut out: Vec<String> = Vec::new();
        for cell in self.cells(column).map(clean_line) {
            if out.len() < SHOWN && !out.contains(&cell) {
                out.push(cell);
            }
        }
        out
    }
}

fn looks(cell: &str) -> Looks {
    if number(cell, Decimal::Dot)
        .or(number(cell, Decimal::Comma))
        .is_ok()
    {
        return Looks::Number;
    }
    let orders = [None, Some(Order::Dmy), Some(Order::Mdy)];
    let is_day = |order| dates::day(cell, order, Zone::utc()).is_some();
    if orders.into_iter().any(is_day) || dates::end(cell).is_some() {
        Looks::Date
    } else {
        Looks::Word
    }
}

/// What speaks against the kind that the headers propose. Nothing does where the user named the kind
/// or a mapping, or where the headers are those of a known system.
pub fn doubt(
    seen: &Profile,
    fit: &Fit,
    headers: &[String],
    file: &str,
    request: &Request,
) -> Option<Doubt> {
    /// Fewer rows prove nothing.
    const FEW: usize = 12;
    let wish = request.options.wish.of(file);
    if wish.kind.is_some() || wish.mapping.is_some() || !fit.layout.needs.is_empty() {
        return None;
    }
    let has = |field: &str| fit.column(field).is_some();
    match fit.layout.kind {
        Kind::Accounts => {
            let key = fit.column("id").or_else(|| fit.column("name"))?;
            let many = seen.filled(key) >= FEW;
            (many && seen.distinct(key) < 0.6).then_some(Doubt::Repeated)
        }
        Kind::Surveys => {
            let score = fit.column("score")?;
            let named = super::records::is_survey_name(&headers[score])
                || super::records::is_survey_name(file);
            let scores = seen
                .cells(score)
                .filter(|c| super::records::score(c).is_some());
            if seen.filled(score) > 0 && scores.count() * 2 < seen.filled(score) {
                return Some(Doubt::NoScores);
            }
            let answers = ["kind", "respondent", "comment", "id"]
                .iter()
                .any(|f| has(f));
            (!named && !answers).then_some(Doubt::FewColumns)
        }
        Kind::Contacts => {
            let more = ["account", "email", "phone", "title", "role", "last_name"];
            (!more.iter().any(|f| has(f))).then_some(Doubt::FewColumns)
        }
        Kind::Tickets => {
            let more = ["subject", "opened", "priority", "category", "requester"];
            let found = more.iter().filter(|f| has(f)).count();
            (found == 0).then_some(Doubt::FewColumns)
        }
        Kind::Interactions => no_dates(seen, fit.column("at")?),
        Kind::Usage => no_dates(seen, fit.column("date")?),
        _ => None,
    }
}

fn no_dates(seen: &Profile, column: usize) -> Option<Doubt> {
    let filled = seen.filled(column);
    let dates = seen
        .cells(column)
        .filter(|c| looks(c) == Looks::Date || dates::day(c, None, Zone::utc()).is_some())
        .count();
    (filled > 0 && dates * 2 < filled && seen.share(column, Looks::Word) > 0.5)
        .then_some(Doubt::NoDates)
}

/// Words in the header of a column of days, and the field they point to.
const DAYS: [(&str, &[&str]); 2] = [
    (
        "renewal",
        &[
            "renew", "expir", "end", "until", "更新", "満了", "終了", "期限", "期日",
        ],
    ),
    (
        "contract_start",
        &["start", "begin", "sign", "since", "開始", "契約日", "導入"],
    ),
];

const AMOUNTS: &[&str] = &[
    "value", "amount", "price", "fee", "contract", "spend", "金額", "契約", "料金", "費用", "単価",
];

const PEOPLE: &[&str] = &[
    "owner",
    "manager",
    "rep",
    "csm",
    "responsible",
    "assigned",
    "lead",
    "担当",
    "責任者",
    "主担当",
];

/// A company's own figures, which are no contract with us.
const OWN_FIGURES: &[&str] = &[
    "revenue",
    "売上",
    "年商",
    "capital",
    "資本金",
    "funding",
    "balance",
];

/// Columns without a field that look like an important field without a column.
pub fn unread_fields(
    seen: &Profile,
    fit: &Fit,
    headers: &[String],
    request: &Request,
) -> Vec<(usize, &'static str)> {
    /// Most of the cells must look like the field.
    const MOST: f64 = 0.8;
    if fit.layout.kind != Kind::Accounts {
        return Vec::new();
    }
    let mut out: Vec<(usize, &'static str)> = Vec::new();
    let owners: HashSet<String> = request
        .existing
        .accounts()
        .map(|all| {
            all.iter()
                .map(|a| fold(&a.owner))
                .filter(|o| !o.is_empty())
                .collect()
        })
        .unwrap_or_default();
    for (column, header) in fit.others(headers).filter(|(_, h)| !is_own_column(h)) {
        if column >= seen.columns || seen.filled(column) == 0 {
            continue;
        }
        let name = normal(header);
        let says = |words: &[&str]| words.iter().any(|w| name.contains(w));
        let field = if seen.share(column, Looks::Date) >= MOST {
            DAYS.iter().find(|(_, words)| says(words)).map(|(f, _)| *f)
        } else if seen.share(column, Looks::Number) >= MOST {
            (says(AMOUNTS) && !says(OWN_FIGURES)).then_some("arr")
        } else {
            let known = seen.cells(column).filter(|c| owners.contains(&fold(c)));
            let all = seen.filled(column);
            (known.count() * 2 >= all && !owners.is_empty()
                || says(PEOPLE) && seen.distinct(column) < 1.0)
                .then_some("owner")
        };
        let Some(field) = field else { continue };
        let taken = fit.column(field).is_some()
            || field == "arr" && fit.column("mrr").is_some()
            || out.iter().any(|(_, f)| *f == field);
        if !taken {
            out.push((column, field));
        }
    }
    out
}
