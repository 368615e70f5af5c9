//! The mappings that ship with the program.

use super::layout::{Mapping, parse};

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
    "zendesk",
    "hubspot",
    "intercom",
    "stripe",
    "mixpanel",
    "generic",
];

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
