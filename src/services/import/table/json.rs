//! JSON as rows: an array of objects, an object that contains one, or one object a line.

use std::collections::{BTreeMap, HashMap};

use csv::StringRecord;
use serde_json::Value;
use serde_json::value::RawValue;

use super::rows::{BadRow, Rows, Table};
use super::source::{Unreadable, unreadable};
use crate::domain::failure::json_reason;
use crate::domain::text::clean_line;
use crate::services::import::Reason;

/// An array of objects, an object that contains one, or one object a line.
pub fn json(text: &str) -> Result<Table, Unreadable> {
    // Parts come in order: lines are counted on from the previous part.
    let mut counted = (0_usize, 1_u64);
    let mut line_of = |part: &str| {
        let at = part.as_ptr() as usize - text.as_ptr() as usize;
        let from = if at >= counted.0 { counted } else { (0, 1) };
        counted = (
            at,
            from.1
                + text.as_bytes()[from.0..at]
                    .iter()
                    .filter(|b| **b == b'\n')
                    .count() as u64,
        );
        counted.1
    };
    let parts: Vec<Result<(u64, &str), BadRow>> =
        if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(text) {
            list.iter()
                .map(|r| Ok((line_of(r.get()), r.get())))
                .collect()
        } else if let Ok(object) = serde_json::from_str::<BTreeMap<String, &RawValue>>(text) {
            let lists = object
                .values()
                .filter_map(|raw| serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok());
            match lists.max_by_key(Vec::len) {
                Some(list) if !list.is_empty() => list
                    .iter()
                    .map(|r| Ok((line_of(r.get()), r.get())))
                    .collect(),
                _ => vec![Ok((1, text))],
            }
        } else {
            if text.trim_start().starts_with('[') {
                let e = serde_json::from_str::<Vec<&RawValue>>(text).err();
                return Err(unreadable(
                    e.as_ref().map_or(1, |e| e.line() as u64),
                    e.map_or_else(String::new, |e| json_reason(&e, 0)),
                ));
            }
            text.lines()
                .enumerate()
                .filter(|(_, l)| !l.trim().is_empty())
                .map(|(i, l)| Ok((i as u64 + 1, l)))
                .collect()
        };
    let mut headers: Vec<String> = Vec::new();
    let mut places = HashMap::new();
    let mut rows = Vec::with_capacity(parts.len());
    for part in parts {
        rows.push(
            part.and_then(|(line, raw)| match serde_json::from_str::<Value>(raw) {
                Ok(Value::Object(object)) => {
                    let mut cells: Vec<String> = vec![String::new(); headers.len()];
                    flatten("", &Value::Object(object), &mut |key, value| {
                        let index = *places.entry(key.to_owned()).or_insert_with(|| {
                            headers.push(clean_line(key));
                            headers.len() - 1
                        });
                        if cells.len() <= index {
                            cells.resize(index + 1, String::new());
                        }
                        cells[index] = value;
                    });
                    Ok((line, StringRecord::from(cells)))
                }
                Ok(_) => Err(bad(line, "not an object".to_owned())),
                Err(e) => Err(bad(line + e.line() as u64 - 1, json_reason(&e, 0))),
            }),
        );
    }
    let rows = Rows::Ready {
        rows: rows.into_iter(),
    };
    let mut table = Table::new(rows, false);
    table.headers = headers;
    Ok(table)
}

fn bad(line: u64, reason: String) -> BadRow {
    let reason = Reason::Unreadable { reason };
    BadRow { line, reason }
}

/// Nested objects become `a.b`; a list of plain values becomes one cell separated by `;`.
fn flatten(prefix: &str, value: &Value, put: &mut impl FnMut(&str, String)) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                let path = if prefix.is_empty() {
                    key.clone()
                } else {
                    format!("{prefix}.{key}")
                };
                flatten(&path, inner, put);
            }
        }
        Value::Null => {}
        Value::String(s) => put(prefix, s.clone()),
        Value::Array(list) if list.iter().all(|v| !v.is_object() && !v.is_array()) => {
            let parts: Vec<String> = list
                .iter()
                .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
                .collect();
            put(prefix, parts.join(";"));
        }
        other => put(prefix, other.to_string()),
    }
}
