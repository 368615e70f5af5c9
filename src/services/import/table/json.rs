//! JSON as rows: an array of objects, an object that contains one, or one object a line.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::Value;
use serde_json::value::RawValue;

use super::block::{Block, BlockRows};
use super::limits::{CELL, COLUMNS};
use super::lists::each;
use super::rows::{Rows, Table};
use super::unreadable::{Unreadable, unreadable};
use crate::domain::failure::json_reason;
use crate::domain::text::clean_line;

/// Columns of one file; a file with more keys than this is no table.
const KEYS: usize = COLUMNS as usize;

/// An array of objects, an object that contains one, or one object a line. `list` names one of several
/// (see `lists`).
pub fn json(text: &str, list: Option<&str>) -> Result<Table, Unreadable> {
    let mut rows = JsonRows::new(text);
    if each(text, &mut |raw| rows.add(raw)).is_ok() {
        return Ok(rows.table());
    }
    let mut rows = JsonRows::new(text);
    if let Ok(object) = serde_json::from_str::<BTreeMap<String, &RawValue>>(text) {
        let length = |raw: &RawValue| {
            let mut n = 0_usize;
            each(raw.get(), &mut |_| n += 1).map(|()| n).unwrap_or(0)
        };
        let longest = || object.values().max_by_key(|raw| length(raw));
        match list.and_then(|key| object.get(key)).or_else(longest) {
            // It was read as a list to be counted, so it is one.
            Some(list) if length(list) > 0 => drop(each(list.get(), &mut |raw| rows.add(raw))),
            _ => rows.add_at(1, text),
        }
        return Ok(rows.table());
    }
    if text.trim_start().starts_with('[') {
        let e = each(text, &mut |_| {}).err();
        return Err(unreadable(
            e.as_ref().map_or(1, |e| e.line() as u64),
            e.map_or_else(String::new, |e| json_reason(&e, 0)),
        ));
    }
    for (i, line) in text.lines().enumerate() {
        if !line.trim().is_empty() {
            rows.add_at(i as u64 + 1, line);
        }
    }
    Ok(rows.table())
}

/// The rows of a JSON file as they are read.
struct JsonRows<'a> {
    text: &'a str,
    /// The place up to which lines were counted, and the line there: parts come in order.
    counted: (usize, u64),
    headers: Vec<String>,
    places: HashMap<String, u32>,
    rows: Block,
}

impl<'a> JsonRows<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            counted: (0, 1),
            headers: Vec::new(),
            places: HashMap::new(),
            rows: Block::default(),
        }
    }

    /// Adds a part of the text.
    fn add(&mut self, part: &str) {
        let at = part.as_ptr() as usize - self.text.as_ptr() as usize;
        let (from, line) = if at >= self.counted.0 {
            self.counted
        } else {
            (0, 1)
        };
        let between = &self.text.as_bytes()[from..at];
        let line = line + between.iter().filter(|b| **b == b'\n').count() as u64;
        self.counted = (at, line);
        self.add_at(line, part);
    }

    /// Adds what stands on a line.
    fn add_at(&mut self, line: u64, raw: &str) {
        match serde_json::from_str::<Value>(raw) {
            Ok(object @ Value::Object(_)) => self.object(line, &object),
            Ok(_) => self.rows.push_unreadable(line, "not an object"),
            Err(e) => self
                .rows
                .push_unreadable(line + e.line() as u64 - 1, &json_reason(&e, 0)),
        }
    }

    fn object(&mut self, line: u64, object: &Value) {
        let (headers, places) = (&mut self.headers, &mut self.places);
        let mut cells: BTreeMap<u32, String> = BTreeMap::new();
        let mut refused = None;
        flatten("", object, &mut |key, value| {
            let place = match places.get(key) {
                Some(place) => *place,
                None if headers.len() < KEYS => {
                    let place = headers.len() as u32;
                    headers.push(clean_line(key));
                    places.insert(key.to_owned(), place);
                    place
                }
                None => {
                    refused = Some(format!("more than {KEYS} different keys in the file"));
                    return;
                }
            };
            if value.len() > CELL {
                refused = Some(format!(
                    "the value of {key:?} is longer than {} MiB",
                    CELL >> 20
                ));
            } else if !value.is_empty() {
                cells.insert(place, value);
            }
        });
        match refused {
            Some(reason) => self.rows.push_unreadable(line, &reason),
            None => {
                let cells: Vec<(u32, String)> = cells.into_iter().collect();
                self.rows.push(line, &cells);
            }
        }
    }

    fn table(self) -> Table {
        let rows = BlockRows::new(Arc::new(self.rows));
        let mut table = Table::new(Rows::Block { rows }, false);
        table.headers = self.headers;
        table
    }
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
