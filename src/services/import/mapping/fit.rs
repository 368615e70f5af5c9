//! The layout of a file: the one that explains most of its headers.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::headers::Compared;
use super::headless;
use super::layout::{Headers, Layout, Mapping, UsageShape};
use crate::domain::money::Currency;
use crate::services::dates::Order;
use crate::services::import::Kind;
use crate::services::import::metrics::is_known_metric;

/// A layout applied to a file's headers.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    pub mapping: String,
    pub layout: Layout,
    /// Field → column.
    pub columns: BTreeMap<String, usize>,
    /// Columns that are read as another kind of record.
    pub apart: Vec<usize>,
    /// The kind of row that has these outcome columns. A row with blank outcome columns is then
    /// no outcome.
    pub outcomes_of: Option<Kind>,
    /// Headers of a wide table that name a metric the score uses.
    metrics: usize,
    score: usize,
}

impl Fit {
    pub fn column(&self, field: &str) -> Option<usize> {
        self.columns.get(field).copied()
    }

    /// The number of headers that the layout explains, for the choice of the header row.
    pub fn explained(&self) -> usize {
        self.columns.len() + self.metrics + self.layout.needs.len()
    }

    /// Whether the first row of the file is data.
    pub fn is_headless(&self) -> bool {
        !self.layout.positions.is_empty()
    }

    /// The names of the columns: the headers, or their numbers where the file has none.
    pub fn named<'h>(&self, headers: &'h [String]) -> Cow<'h, [String]> {
        if self.is_headless() {
            (1..=headers.len()).map(|n| n.to_string()).collect()
        } else {
            Cow::Borrowed(headers)
        }
    }

    /// Columns without a field; none where the columns have no names.
    pub fn others<'h>(&self, headers: &'h [String]) -> impl Iterator<Item = (usize, &'h str)> {
        headers
            .iter()
            .enumerate()
            .filter(|(i, h)| {
                !self.is_headless()
                    && !h.is_empty()
                    && !self.columns.values().any(|c| c == i)
                    && !self.apart.contains(i)
            })
            .map(|(i, h)| (i, h.as_str()))
    }
}

/// Choices the user made beforehand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wish {
    pub kind: Option<Kind>,
    pub mapping: Option<String>,
    /// Field → header, overriding the mapping. A blank header leaves the field without a column.
    pub columns: Vec<(String, String)>,
    /// Field, word in the file, and the value it means.
    pub values: Vec<(String, String, String)>,
    pub currency: Option<Currency>,
    pub date_order: Option<Order>,
    /// The day that a table without a date speaks of.
    pub as_of: Option<NaiveDate>,
    /// The choices for single files by name; they stand in for the others as a whole.
    pub files: BTreeMap<String, Wish>,
}

impl Wish {
    /// The choices for a file.
    pub fn of(&self, file: &str) -> &Wish {
        self.files.get(file).unwrap_or(self)
    }

    /// A layout with the user's choices.
    fn fixed(&self, layout: &Layout) -> Layout {
        let mut layout = layout.clone();
        for (field, header) in &self.columns {
            if layout.kind.fields().contains(&field.as_str()) {
                let wanted = match header.as_str() {
                    "" => Headers::Any(Vec::new()),
                    header => Headers::One(header.to_owned().into()),
                };
                layout.columns.insert(field.clone(), wanted);
            }
        }
        for (field, word, value) in &self.values {
            if layout.kind.fields().contains(&field.as_str()) {
                let words = layout.values.entry(field.clone()).or_default();
                words.insert(word.to_lowercase(), value.clone());
                words.insert(word.clone(), value.clone());
            }
        }
        if self.kind.is_some() || self.mapping.is_some() {
            // The user named the kind, so no header has to prove it.
            layout.weak.clear();
            layout.unless.clear();
        }
        layout.currency = self.currency.or(layout.currency);
        layout.date_order = self.date_order.or(layout.date_order);
        layout.as_of = self.as_of;
        layout
    }
}

/// The layout that explains most of the headers. `name` is the file's, in lower case; it only
/// decides between layouts that fit equally.
pub fn best_fit(headers: &[String], name: &str, mappings: &[Mapping], wish: &Wish) -> Option<Fit> {
    let normal_headers = Compared::all(headers);
    let name = name.to_lowercase();
    let mut best: Option<Fit> = None;
    for mapping in mappings
        .iter()
        .filter(|m| wish.mapping.as_ref().is_none_or(|w| *w == m.name))
    {
        for layout in mapping
            .table
            .iter()
            .filter(|l| wish.kind.is_none_or(|k| k == l.kind))
        {
            let layout = if *wish == Wish::default() {
                Cow::Borrowed(layout)
            } else {
                Cow::Owned(wish.fixed(layout))
            };
            if let Some(fit) = fit(&mapping.name, &layout, &normal_headers, &name)
                && best.as_ref().is_none_or(|b| fit.score > b.score)
            {
                best = Some(fit);
            }
        }
    }
    best
}

/// The required fields of the kind the user named that no layout finds: of each group one is needed.
pub fn missing(
    headers: &[String],
    kind: Kind,
    mappings: &[Mapping],
    wish: &Wish,
) -> Vec<&'static [&'static str]> {
    let compared = Compared::all(headers);
    let layouts = mappings
        .iter()
        .flat_map(|m| &m.table)
        .filter(|l| l.kind == kind && l.needs.is_empty());
    let lacking = layouts.map(|layout| {
        let layout = wish.fixed(layout);
        let has = |field: &&str| {
            let wanted = layout.columns.get(*field);
            wanted.is_some_and(|w| w.place(&compared).is_some())
        };
        let groups = kind.required().iter().copied();
        groups
            .filter(|any| !any.iter().any(has))
            .collect::<Vec<_>>()
    });
    lacking.min_by_key(Vec::len).unwrap_or_default()
}

/// Applies one layout to the headers; none when it does not fit.
fn fit(mapping: &str, layout: &Layout, headers: &[Compared], name: &str) -> Option<Fit> {
    if layout.needs.iter().any(|n| n.place(headers).is_none())
        || layout.unless.iter().any(|u| u.place(headers).is_some())
    {
        return None;
    }
    let mut columns = BTreeMap::new();
    if !layout.positions.is_empty() {
        columns = headless::by_position(layout, headers)?;
    }
    for (field, wanted) in &layout.columns {
        if let Some(at) = wanted.place(headers) {
            columns.insert(field.clone(), at);
        }
    }
    for (field, wanted) in &layout.inherited {
        let free = |at: &usize| !columns.values().any(|taken| taken == at);
        if !columns.contains_key(field)
            && let Some(at) = wanted.place(headers).filter(free)
        {
            columns.insert(field.clone(), at);
        }
    }
    // The user said of which day a table without dates speaks.
    let found =
        |field: &&str| columns.contains_key(*field) || *field == "date" && layout.as_of.is_some();
    if !layout
        .kind
        .required()
        .iter()
        .all(|any| any.iter().any(&found))
    {
        return None;
    }
    if layout.usage == Some(UsageShape::Long)
        && layout.needs.is_empty()
        && !(columns.contains_key("metric") || columns.contains_key("feature"))
    {
        return None;
    }
    let named = layout.kind.file_words().iter().any(|w| name.contains(w));
    let strong = columns
        .values()
        .filter(|c| !layout.weak.iter().any(|w| w.is(&headers[**c])))
        .count();
    if !layout.weak.is_empty() && (columns.len() < 2 || strong == 0 && !named) {
        return None;
    }
    // The other columns of a wide table are its metrics.
    let metrics = if layout.usage == Some(UsageShape::Wide) {
        headers.iter().filter(|h| is_known_metric(&h.full)).count()
    } else {
        0
    };
    let proofs = layout.needs.len() + layout.digits.len();
    let score = proofs * 10 + (columns.len() + metrics) * 2 + usize::from(named) * 7;
    Some(Fit {
        mapping: mapping.to_owned(),
        layout: layout.clone(),
        columns,
        apart: Vec::new(),
        outcomes_of: None,
        metrics,
        score,
    })
}

/// The outcome columns in a table of accounts or usage, such as `Churn` with Yes and No.
pub fn outcome_columns(
    table: &mut Fit,
    headers: &[String],
    mappings: &[Mapping],
    wish: &Wish,
) -> Option<Fit> {
    let layout = mappings
        .iter()
        .find(|m| m.name == table.mapping)?
        .table
        .iter()
        .find(|l| l.kind == Kind::Outcomes && !l.outcome_columns.is_empty())?;
    let normal_headers = Compared::all(headers);
    let free = |at: &usize| !table.columns.values().any(|c| c == at);
    let kind = layout
        .outcome_columns
        .iter()
        .find_map(|b| b.place(&normal_headers))
        .filter(free)?;
    let account = table
        .column("id")
        .or_else(|| table.column("account"))
        .or_else(|| table.column("name"))?;
    let mut columns = BTreeMap::from([("kind".to_owned(), kind), ("account".to_owned(), account)]);
    for field in ["date", "reason"] {
        let found = layout
            .columns
            .get(field)
            .and_then(|wanted| wanted.place(&normal_headers));
        if let Some(at) = found.filter(free) {
            columns.insert(field.to_owned(), at);
        }
    }
    table.apart = columns
        .iter()
        .filter(|(field, _)| *field != "account")
        .map(|(_, at)| *at)
        .collect();
    let layout = Layout {
        date_order: wish.date_order.or(layout.date_order),
        ..layout.clone()
    };
    Some(Fit {
        mapping: table.mapping.clone(),
        layout,
        columns,
        apart: Vec::new(),
        outcomes_of: Some(table.layout.kind),
        metrics: 0,
        score: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::super::shipped;
    use super::*;

    #[test]
    fn kinds_are_recognised_from_headers() {
        let all = shipped();
        let kind = |headers: &str, name: &str| {
            let headers: Vec<String> = headers.split(',').map(str::to_owned).collect();
            best_fit(&headers, name, &all, &Wish::default())
                .map(|f| (f.mapping, f.layout.kind, f.layout.usage))
        };
        let is = |got: Option<(String, Kind, Option<UsageShape>)>, mapping: &str, k: Kind| {
            let (m, kind, _) = got.expect("recognised");
            assert_eq!((m.as_str(), kind), (mapping, k));
        };
        is(
            kind(
                "usage_id,subscription_id,usage_date,feature_name,usage_count,usage_duration_secs,error_count,is_beta_feature",
                "x",
            ),
            "ravenstack",
            Kind::Usage,
        );
        is(
            kind(
                "顧客ID,会社名,フリガナ,担当者,契約開始日,更新日,年間契約額",
                "顧客.csv",
            ),
            "generic",
            Kind::Accounts,
        );
        is(
            kind(
                "response_id,date,customer_id,score,feedback,touchpoint,customer_segment",
                "nps_responses.csv",
            ),
            "generic",
            Kind::Surveys,
        );
        is(
            kind(
                "Ticket ID,Customer Name,Customer Email,Ticket Subject,Ticket Status,Ticket Priority",
                "t.csv",
            ),
            "generic",
            Kind::Tickets,
        );
        is(
            kind(
                "id,account,subject,status,priority,opened,solved,escalated",
                "tickets.csv",
            ),
            "generic",
            Kind::Tickets,
        );
        is(
            kind("id,account,subject,status,priority,opened", "export.csv"),
            "generic",
            Kind::Tickets,
        );
        is(
            kind("account,date,dau,logins", "usage.csv"),
            "generic",
            Kind::Usage,
        );
        assert_eq!(kind("foo,bar,baz", "x.csv"), None);
        // An id and a name prove no kind.
        assert_eq!(kind("id,name,url", "group_data.csv"), None);
        // A pipeline is no list of accounts.
        is(
            kind(
                "opportunity_id,sales_agent,product,account,deal_stage,close_value",
                "sales_pipeline.csv",
            ),
            "generic",
            Kind::Deals,
        );
        is(
            kind("id,name,url", "our accounts.csv"),
            "generic",
            Kind::Accounts,
        );
    }
}
