//! The meaning of columns. Mappings are files: the shipped ones in `config/mappings/`, and the
//! user's own, saved by name. Headers identify a layout, never the file's name alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::headers::{Compared, normal};
use crate::domain::money::Currency;
use crate::services::dates::Order;
use crate::services::import::Kind;

/// A mapping file: one layout for each kind of export of a system.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    pub name: String,
    /// Lists of headers that several tables share. A table names one as `"@name"` among its headers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub shared: BTreeMap<String, Vec<Header>>,
    #[serde(default)]
    pub table: Vec<Layout>,
}

/// The layout of one kind of table.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    pub kind: Kind,
    /// Headers that must all be present, each as one spelling or a list of them. Without any, the
    /// kind's required fields must be found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Headers>,
    /// Headers that show the table to be of another kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<Header>,
    /// Headers common to all kinds of table: alone they prove nothing, unless the file's name
    /// helps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weak: Vec<Header>,
    /// For outcomes: headers in a table of accounts that state the outcome of each.
    #[serde(rename = "beside", default, skip_serializing_if = "Vec::is_empty")]
    pub outcome_columns: Vec<Header>,
    /// Field → header, or several headers of which the first present is used.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, Headers>,
    /// Whether fields that find no header here use the common headers of the kind. A field with an
    /// empty list of headers uses none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub common: bool,
    /// The common headers by field, where [`Self::common`] asks for them; see `shared`.
    #[serde(skip)]
    pub(super) inherited: BTreeMap<String, Headers>,
    /// For a table whose first row is data: field → number of its column, from 1. `width` and
    /// `digits` must prove it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub positions: BTreeMap<String, usize>,
    /// The number of columns of such a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<usize>,
    /// Field of such a table → how many digits its cell has, and nothing else.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub digits: BTreeMap<String, usize>,
    /// Field → (cell → value), for systems with their own words.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Amounts are in the smallest unit (cents).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub minor: bool,
    /// The account is found through another table's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Through>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<UsageShape>,
    /// The day that a table without a date speaks of; the user says it.
    #[serde(skip)]
    pub as_of: Option<NaiveDate>,
    /// Overrides the order found in the cells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<Order>,
}

/// A header as written, and in its compared form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(from = "String", into = "String")]
pub struct Header {
    pub(super) written: String,
    pub(super) normal: String,
}

impl From<String> for Header {
    fn from(written: String) -> Self {
        Self {
            normal: normal(&written),
            written,
        }
    }
}

impl From<Header> for String {
    fn from(header: Header) -> Self {
        header.written
    }
}

impl Header {
    pub(super) fn is(&self, header: &Compared) -> bool {
        self.normal == header.full || self.normal == header.bare
    }

    /// Its place among headers: one with the same words, else one with the same words but for its
    /// unit and notes.
    pub(super) fn place(&self, headers: &[Compared]) -> Option<usize> {
        let full = headers.iter().position(|h| h.full == self.normal);
        full.or_else(|| headers.iter().position(|h| h.bare == self.normal))
    }
}

/// The headers that a field of a saved mapping may have.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Headers {
    One(Header),
    Any(Vec<Header>),
}

impl Headers {
    /// The place of the first of them that is present.
    pub(super) fn place(&self, headers: &[Compared]) -> Option<usize> {
        match self {
            Headers::One(one) => one.place(headers),
            Headers::Any(any) => any.iter().find_map(|h| h.place(headers)),
        }
    }
}

/// Rows that name no account themselves, but a subscription or a contact that belongs to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Through {
    Subscription,
    Contact,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum UsageShape {
    /// A row for each account, day and metric.
    Long,
    /// A row for each account and day, a column for each metric.
    Wide,
    /// A row for each event, counted by day.
    Events,
}

/// Reads a mapping file; a mistake has its byte.
pub fn parse(text: &str) -> Result<Mapping, (usize, String)> {
    let mut mapping: Mapping = toml::from_str(text)
        .map_err(|e| (e.span().map_or(0, |s| s.start), e.message().to_owned()))?;
    mapping.expand().map_err(|name| {
        let at = text.find(&format!("\"@{name}\"")).unwrap_or(0);
        (at, format!("`{name}` is not a list of [shared]"))
    })?;
    for layout in &mapping.table {
        for field in layout.columns.keys().chain(layout.positions.keys()) {
            if !layout.kind.fields().contains(&field.as_str()) {
                let at = text.find(&format!("\n{field}")).map_or(0, |i| i + 1);
                return Err((
                    at,
                    format!(
                        "`{field}` is not a field of {}: {}",
                        layout.kind.key(),
                        layout.kind.fields().join(", ")
                    ),
                ));
            }
        }
    }
    Ok(mapping)
}
