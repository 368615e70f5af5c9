//! The mappings that ship with the program.

use super::layout::{Mapping, parse};
use super::shared::inherit;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$((
            $name,
            include_str!(concat!("../../../../config/mappings/", $name, ".toml")),
        )),+]
    };
}

/// Each with its text, in the order in which they are tried: of layouts that fit equally the first
/// is used, so the common headers come last.
pub const SHIPPED: &[(&str, &str)] = files![
    "ravenstack",
    "salesforce",
    "hubspot",
    "zendesk",
    "intercom",
    "stripe",
    "gainsight",
    "kintone",
    "sansan",
    "chargebee",
    "recurly",
    "zuora",
    "qualtrics",
    "delighted",
    "pendo",
    "mixpanel",
    "amplitude",
    "freshdesk",
    "jira",
    "edinet",
    "houjin",
    "generic",
];

/// All shipped mappings.
pub fn shipped() -> Vec<Mapping> {
    let mut all: Vec<Mapping> = SHIPPED
        .iter()
        .map(|(name, text)| {
            parse(text).unwrap_or_else(|(at, reason)| {
                unreachable!("the shipped mapping {name} is checked by a test: {reason} at {at}")
            })
        })
        .collect();
    inherit(&mut all);
    all
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::{Headers, UsageShape};
    use super::*;

    fn spellings(headers: &Headers) -> Vec<&str> {
        match headers {
            Headers::One(one) => vec![&one.normal],
            Headers::Any(any) => any.iter().map(|h| h.normal.as_str()).collect(),
        }
    }

    #[test]
    fn the_common_headers_are_many_and_none_means_two_fields_of_one_kind() {
        let all = shipped();
        let generic = all.iter().find(|m| m.name == "generic").expect("it ships");
        let mut of_kind: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for layout in &generic.table {
            if layout.usage == Some(UsageShape::Events) && !layout.needs.is_empty() {
                continue;
            }
            let mut fields: BTreeMap<&str, &str> = BTreeMap::new();
            for (field, headers) in &layout.columns {
                for spelling in spellings(headers) {
                    assert!(!spelling.is_empty(), "{field} of {}", layout.kind.key());
                    let other = fields.insert(spelling, field);
                    assert!(
                        other.is_none_or(|o| o == field),
                        "{spelling} of {}: {field} and {other:?}",
                        layout.kind.key()
                    );
                }
            }
            let list = of_kind.entry(layout.kind.key()).or_default();
            list.extend(fields.into_keys());
        }
        for (kind, list) in &of_kind {
            let list: Vec<&str> = list.iter().copied().collect();
            println!("{kind} ({}): {}", list.len(), list.join(", "));
        }
        let every: BTreeSet<&str> = of_kind.values().flatten().copied().collect();
        let japanese = every.iter().filter(|s| !s.is_ascii()).count();
        assert!(every.len() >= 400, "{}", every.len());
        assert!(japanese >= 200, "{japanese}");
    }

    #[test]
    fn a_company_s_own_revenue_is_not_our_yearly_value() {
        for mapping in shipped() {
            for layout in &mapping.table {
                for field in ["arr", "mrr"] {
                    let Some(headers) = layout.columns.get(field) else {
                        continue;
                    };
                    let revenue = |s: &&str| {
                        s.contains("annual_revenue")
                            || *s == "revenue"
                            || s.contains("年商")
                            || s.contains("売上")
                            || s.contains("annualrevenue")
                    };
                    let found = spellings(headers).into_iter().find(revenue);
                    assert_eq!(found, None, "{}", mapping.name);
                }
            }
        }
    }

    #[test]
    fn the_shipped_mappings_have_no_mistakes() {
        for (name, text) in SHIPPED {
            let mapping = parse(text).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            assert_eq!(mapping.name, *name);
        }
    }
}
