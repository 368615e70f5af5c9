//! The meaning of columns. Mappings are files: the shipped ones in `config/mappings/`, and the
//! user's own, saved by name. Headers identify a layout, never the file's name alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::money::Currency;
use crate::domain::text::nfkc;
use crate::services::dates::Order;
use crate::services::import::Kind;

/// A mapping file: one layout for each kind of export of a system.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    pub name: String,
    #[serde(default)]
    pub table: Vec<Layout>,
}

/// The layout of one kind of table.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    pub kind: Kind,
    /// Headers that must all be present. Without any, the kind's required fields must be found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Header>,
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
    pub columns: BTreeMap<String, Headers>,
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
    /// Overrides the order found in the cells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<Order>,
}

/// A header as written, and in its compared form.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(from = "String", into = "String")]
pub struct Header {
    written: String,
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
    /// Its place among headers in compared form.
    pub(super) fn place(&self, headers: &[String]) -> Option<usize> {
        headers.iter().position(|h| *h == self.normal)
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
    pub(super) fn place(&self, headers: &[String]) -> Option<usize> {
        match self {
            Headers::One(one) => one.place(headers),
            Headers::Any(any) => any.iter().find_map(|h| h.place(headers)),
        }
    }
}

/// Rows that name no account themselves, but a subscription or a contact that belongs to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
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

/// The shipped mappings, in the order in which they are tried.
pub const SHIPPED: &[(&str, &str)] = &[
    (
        "ravenstack",
        include_str!("../../../../config/mappings/ravenstack.toml"),
    ),
    (
        "zendesk",
        include_str!("../../../../config/mappings/zendesk.toml"),
    ),
    (
        "hubspot",
        include_str!("../../../../config/mappings/hubspot.toml"),
    ),
    (
        "intercom",
        include_str!("../../../../config/mappings/intercom.toml"),
    ),
    (
        "stripe",
        include_str!("../../../../config/mappings/stripe.toml"),
    ),
    (
        "mixpanel",
        include_str!("../../../../config/mappings/mixpanel.toml"),
    ),
    (
        "generic",
        include_str!("../../../../config/mappings/generic.toml"),
    ),
];

/// Reads a mapping file; a mistake has its byte.
pub fn parse(text: &str) -> Result<Mapping, (usize, String)> {
    let mapping: Mapping = toml::from_str(text)
        .map_err(|e| (e.span().map_or(0, |s| s.start), e.message().to_owned()))?;
    for layout in &mapping.table {
        for field in layout.columns.keys() {
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

/// All shipped mappings.
pub fn shipped() -> Vec<Mapping> {
    SHIPPED
        .iter()
        .map(|(name, text)| {
            parse(text).unwrap_or_else(|(at, reason)| {
                unreachable!("the shipped mapping {name} is checked by a test: {reason} at {at}")
            })
        })
        .collect()
}

/// The compared form of a header: NFKC, lower case, every run of other characters one underscore.
pub fn normal(header: &str) -> String {
    let folded = nfkc(header.trim()).to_lowercase();
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('_') {
            out.push('_');
        }
    }
    out.trim_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_mappings_have_no_mistakes() {
        for (name, text) in SHIPPED {
            let mapping = parse(text).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            assert_eq!(mapping.name, *name);
        }
    }
}
