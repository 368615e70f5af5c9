//! The strings of a value in JSON, cleaned by the names of their fields: so no field of any record can be
//! forgotten.

use serde_json::{Map, Value};

use super::{clean, clean_line, shown_line};
use crate::domain::limits::{LINE, TEXT, is_long_line};

/// Fields of several lines.
const TEXTS: [&str; 5] = ["text", "body", "resolution", "comment", "summary"];
/// Fields of one line in a person's own words, taken from a text and as long as one: a joiner is a part of
/// the writing, as in Persian.
const SENTENCES: [&str; 10] = [
    "what", "proof", "reason", "line", "words", "subject", "source", "quotes", "ja", "en",
];

/// Cleans every string in a value. In names, ids and whatever else is on a line, nothing stays that takes
/// no place.
///
/// # Errors
/// If a string is longer than its limit: the field, and the limit.
pub fn clean_fields(value: &mut Value) -> Result<(), String> {
    clean_field("", value)
}

fn clean_field(field: &str, value: &mut Value) -> Result<(), String> {
    match value {
        Value::String(text) => {
            let (clean, limit): (fn(&str) -> String, _) = match field {
                f if TEXTS.contains(&f) => (clean, TEXT),
                f if SENTENCES.contains(&f) => (clean_line, TEXT),
                _ => (shown_line, LINE),
            };
            if limit == TEXT && text.len() > TEXT {
                return Err(format!("`{field}` is longer than {} MiB", TEXT >> 20));
            }
            if limit == LINE && is_long_line(text) {
                return Err(format!("`{field}` is longer than {LINE} characters"));
            }
            *text = clean(text);
        }
        // The entries of a list are what the list is.
        Value::Array(list) => {
            for entry in list {
                clean_field(field, entry)?;
            }
        }
        Value::Object(fields) => {
            for (name, value) in &mut *fields {
                if is_long_line(name) {
                    return Err(format!(
                        "the name of a field is longer than {LINE} characters"
                    ));
                }
                clean_field(name, value)?;
            }
            // Headers of attributes are names, too.
            if fields.keys().any(|name| *name != shown_line(name)) {
                let old = std::mem::take(fields);
                *fields = old
                    .into_iter()
                    .map(|(name, value)| (shown_line(&name), value))
                    .collect::<Map<String, Value>>();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_field_is_cleaned_as_what_it_is() {
        let mut value = json!({
            "name": "A\u{200b}c\u{1b}[31mme\r\nBcc: x",
            "text": "one\r\ntwo\u{2028}three\u{202e}",
            "what": "a\nb\u{200d}c",
            "tags": ["x\u{feff}", " y\u{7} "],
            "attributes": { "he\u{ad}ader": "v\u{85}w" },
            "count": 3,
        });
        clean_fields(&mut value).expect("within the limits");
        let want = json!({
            "name": "Ac[31mme Bcc: x",
            "text": "one\ntwo\nthree",
            "what": "a b\u{200d}c",
            "tags": ["x", "y"],
            "attributes": { "header": "v w" },
            "count": 3,
        });
        assert_eq!(value, want);
    }

    #[test]
    fn a_long_string_is_named_with_its_limit() {
        let long = "x".repeat(LINE + 1);
        for (mut value, want) in [
            (
                json!({ "name": long }),
                "`name` is longer than 4000 characters",
            ),
            (
                json!({ "tags": ["a", long] }),
                "`tags` is longer than 4000 characters",
            ),
            (
                json!({ "text": "x".repeat(TEXT + 1) }),
                "`text` is longer than 1 MiB",
            ),
        ] {
            assert_eq!(clean_fields(&mut value), Err(want.to_owned()));
        }
        assert_eq!(clean_fields(&mut json!({ "text": long })), Ok(()));
    }
}
