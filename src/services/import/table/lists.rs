//! Lists in JSON text, read without holding their parts.

use std::collections::BTreeMap;

use serde::Deserializer as _;
use serde::de::{SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The lists of objects in an object, by their keys, where there are several: an export of a whole
/// system in one file. Each is a table of its own.
pub fn lists(text: &str) -> Vec<String> {
    let object = serde_json::from_str::<BTreeMap<String, &RawValue>>(text).unwrap_or_default();
    let has_rows = |raw: &RawValue| {
        let mut objects = false;
        let read = each(raw.get(), &mut |part| objects |= part.starts_with('{'));
        read.is_ok() && objects
    };
    let lists = object.into_iter().filter(|(_, raw)| has_rows(raw));
    let keys: Vec<String> = lists.map(|(key, _)| key).collect();
    if keys.len() > 1 { keys } else { Vec::new() }
}

/// Calls a function for each part of a list, without holding them all.
pub fn each<'a>(text: &'a str, take: &mut dyn FnMut(&'a str)) -> serde_json::Result<()> {
    struct Each<'f, 'a>(&'f mut dyn FnMut(&'a str));
    impl<'a> Visitor<'a> for Each<'_, 'a> {
        type Value = ();

        fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<(), A::Error> {
            while let Some(part) = list.next_element::<&'a RawValue>()? {
                self.0(part.get());
            }
            Ok(())
        }
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.deserialize_seq(Each(take))?;
    reader.end()
}
