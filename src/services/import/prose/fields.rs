//! Lines such as `Date: 2026-11-20`, `参加者：田中様`: the header of a mail or of a form.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::heading::{self, Who};
use super::line::Plain;
use super::names::Names;
use super::people;
use crate::services::dates::in_text::{self, Found};

/// What a field states.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    Day(Option<(Found, String)>),
    Who(Who, String),
    People(Vec<String>),
    Subject,
    /// A sender or recipient; the account, where the address is of its domain.
    Address(Who, String),
}

impl Field {
    /// Whether it names the account or the day of a call.
    pub fn is_key(&self) -> bool {
        matches!(self, Field::Day(Some(_)) | Field::Who(..))
    }
}

const KEYS: [(&str, &str); 5] = [
    (
        "day",
        r"date|day|when|日付|日時|日|実施日|面談日|訪問日|開催日|打合せ日",
    ),
    (
        "who",
        r"account|customer|company|client|顧客|顧客名|お客様|お客様名|会社|会社名|企業|企業名|取引先|社名|あかうんと",
    ),
    (
        "people",
        r"attendees?|participants?|present|with|people|contacts?|参加者|出席者|先方|先方参加者|同席者?|面談者|先方担当者?",
    ),
    ("subject", r"subject|title|re|件名|たいとる|てーま"),
    ("address", r"from|to|差出人|宛先"),
];

static FIELDS: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    let pattern = |keys: &str| format!(r"^[\s*\-・]*(?:{keys})\s*\**\s*:\s*\**\s*(.*)$");
    KEYS.iter()
        .filter_map(|(key, keys)| Some((*key, Regex::new(&pattern(keys)).ok()?)))
        .collect()
});

/// Reads a line as a field; `None` for any other line.
pub fn read(plain: &Plain, names: &Names) -> Option<Field> {
    if !plain.low.contains(':') {
        return None;
    }
    let (key, value) = FIELDS.iter().find_map(|(key, pattern)| {
        let value = pattern.captures(&plain.low)?.get(1)?;
        Some((*key, value.range()))
    })?;
    let (text, low) = (&plain.text[value.clone()], &plain.low[value]);
    let text = text.trim_end_matches('*').trim();
    Some(match key {
        "day" => {
            let found = in_text::all(low).into_iter().next();
            Field::Day(found.map(|f| {
                let said = low[f.range.clone()].to_owned();
                (f, said)
            }))
        }
        "who" => {
            let heading = heading::read(&Plain::of(text), names);
            match heading.who {
                Who::Nobody => Field::Who(Who::Unknown(names.near(text)), text.to_owned()),
                who => Field::Who(who, heading.name),
            }
        }
        "people" => Field::People(people::listed(text)),
        "subject" => Field::Subject,
        _ => {
            let hits = names.hits(text, low);
            match hits.first() {
                Some(hit) if hit.of.len() == 1 => {
                    let name = text[hit.range.clone()].to_owned();
                    Field::Address(Who::One(hit.of[0]), name)
                }
                _ => {
                    let domain = low.split_once('@').map_or("", |(_, d)| d);
                    let label = domain.split('.').next().unwrap_or("");
                    let mut near = names.near(label);
                    near.retain(|n| n.close);
                    if near.is_empty() {
                        Field::Address(Who::Nobody, String::new())
                    } else {
                        Field::Address(Who::Unknown(near), label.to_owned())
                    }
                }
            }
        }
    })
}
