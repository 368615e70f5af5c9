//! All data as JSON lines, and back: importing an `export --all` gives the same state.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::domain::account::Account;
use crate::domain::dossier::Dossier;
use crate::domain::facts::usage::{Series, date_of, day_number};
use crate::domain::failure::json_reason;
use crate::domain::health::history::Entry;
use crate::domain::ids::AccountId;
use crate::domain::limits::LIST;
use crate::domain::observed::Block;
use crate::domain::records::{Kind, Record};
use crate::domain::text::{clean_fields, shown_line};

/// The first line of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub kenshin_export: u32,
    pub program: String,
    /// Private lines are included: such an export stays with its owner.
    #[serde(default)]
    pub private: bool,
}

/// The version of the export format. Readers refuse a newer one.
pub const VERSION: u32 = 1;

/// One line of an export.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[expect(
    clippy::large_enum_variant,
    reason = "a line lives only while it is written or read"
)]
pub enum Line {
    Record(Record),
    Usage {
        usage: AccountId,
        metric: String,
        points: Vec<(chrono::NaiveDate, f64)>,
    },
    History {
        history: AccountId,
        entries: Vec<Entry>,
    },
    /// What a day was, of some accounts.
    Observed {
        observed: Block,
    },
}

impl Line {
    /// The line without private lines, as it may leave the desk; none when nothing of it may.
    pub fn public(self) -> Option<Self> {
        match self {
            Line::Record(record) => record.public().map(Line::Record),
            Line::Usage { .. } | Line::History { .. } | Line::Observed { .. } => Some(self),
        }
    }

    /// Reads a line; an error has the column and the reason. Years have four digits, because later
    /// days cannot be counted.
    pub fn read(text: &str) -> Result<Self, String> {
        let line = Self::read_any(text)?.cleaned()?;
        // A signed date is quoted and begins with its sign. Other text may look like one, so a line
        // is rejected only where the line as it would be written has one too.
        let quoted = |before: &str| before.ends_with('"') && !before.ends_with("\\\"");
        let signed = text
            .match_indices(['+', '-'])
            .map(|found| found.0)
            .find(|at| {
                quoted(text[..*at].trim_end())
                    && text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
            });
        match signed {
            Some(at)
                if serde_json::to_string(&line).is_ok_and(|written| has_signed_date(&written)) =>
            {
                Err(format!(
                    "column {}: a year of four digits is wanted",
                    at + 1
                ))
            }
            _ => Ok(line),
        }
    }

    /// The line with its strings cleaned, whoever wrote it: an export is a file like any other.
    fn cleaned(self) -> Result<Self, String> {
        let line = match self {
            Line::Record(record) => Line::Record(cleaned_record(record)?),
            Line::Usage {
                usage,
                metric,
                points,
            } => Line::Usage {
                usage: cleaned_id(&usage),
                metric: shown_line(&metric),
                points,
            },
            Line::History { history, entries } => Line::History {
                history: cleaned_id(&history),
                entries,
            },
            Line::Observed { observed } => Line::Observed {
                observed: cleaned_block(observed)?,
            },
        };
        let nameless = match &line {
            Line::Record(record) => {
                let account = record.account();
                record.id().is_empty() || account.is_some_and(|a| a.as_str().is_empty())
            }
            Line::Usage { usage, metric, .. } => usage.as_str().is_empty() || metric.is_empty(),
            Line::History { history, .. } => history.as_str().is_empty(),
            Line::Observed { observed } => {
                observed.rows.iter().any(|(id, _)| id.as_str().is_empty())
            }
        };
        if nameless {
            return Err("the id has no visible character".into());
        }
        Ok(line)
    }

    fn read_any(text: &str) -> Result<Self, String> {
        /// The fields that any of the lines may have.
        #[derive(Deserialize)]
        struct Written<'a> {
            kind: Option<Kind>,
            #[serde(borrow)]
            record: Option<&'a RawValue>,
            usage: Option<AccountId>,
            metric: Option<String>,
            points: Option<Vec<(chrono::NaiveDate, f64)>>,
            history: Option<AccountId>,
            entries: Option<Vec<Entry>>,
            observed: Option<Block>,
        }
        let written: Written =
            serde_json::from_slice(text.as_bytes()).map_err(|e| json_reason(&e, 0))?;
        match written {
            Written { kind: Some(kind), record: Some(json), .. } => {
                let before = json.get().as_ptr().addr() - text.as_ptr().addr();
                Record::read(kind, json).map(Line::Record).map_err(|e| json_reason(&e, before))
            }
            Written { usage: Some(usage), metric: Some(metric), points: Some(points), .. } => Ok(Line::Usage { usage, metric, points }),
            Written { history: Some(history), entries: Some(entries), .. } => Ok(Line::History { history, entries }),
            Written { observed: Some(observed), .. } => Ok(Line::Observed { observed }),
            _ => Err("neither a record (`kind`, `record`) nor usage (`usage`, `metric`, `points`) nor a history (`history`, `entries`) nor a day (`observed`)".into()),
        }
    }
}

fn cleaned_id(id: &AccountId) -> AccountId {
    AccountId::new(shown_line(id.as_str()))
}

/// A block with its strings cleaned.
fn cleaned_block(block: Block) -> Result<Block, String> {
    let mut value = serde_json::to_value(&block).map_err(|e| e.to_string())?;
    clean_fields(&mut value)?;
    serde_json::from_value(value).map_err(|e| e.to_string())
}

/// A record with its strings cleaned. Most are clean, and stay as they were read.
fn cleaned_record(record: Record) -> Result<Record, String> {
    if let Some(account) = record.typed::<Account>() {
        for (name, list) in [("tags", &account.tags), ("aliases", &account.aliases)] {
            if list.len() > LIST {
                return Err(format!("`{name}` has more than {LIST} entries"));
            }
        }
    }
    let read = serde_json::to_value(&record).map_err(|e| e.to_string())?;
    let mut value = read.clone();
    clean_fields(&mut value)?;
    if value == read {
        return Ok(record);
    }
    serde_json::from_value(value).map_err(|e| e.to_string())
}

/// Whether a value is a date with a sign before its year (`+262142-12-31`).
fn has_signed_date(json: &str) -> bool {
    json.match_indices(['+', '-']).any(|(at, _)| {
        let rest = json[at + 1..].trim_start_matches(|c: char| c.is_ascii_digit());
        let date = |b: &[u8]| matches!(b, [b'-', m1, m2, b'-', d1, d2, b'"' | b'T', ..] if [m1, m2, d1, d2].iter().all(|d| d.is_ascii_digit()));
        json[..at].ends_with('"') && !json[..at].ends_with("\\\"") && date(rest.as_bytes())
    })
}

/// All lines of one account.
pub fn lines(d: Dossier) -> Vec<Line> {
    let id = d.account.id.clone();
    let mut out: Vec<Line> = d.records().map(Line::Record).collect();
    for (metric, series) in d.usage.0 {
        let points = series
            .points()
            .iter()
            .map(|(day, v)| (date_of(*day), *v))
            .collect();
        out.push(Line::Usage {
            usage: id.clone(),
            metric,
            points,
        });
    }
    if !d.history.entries().is_empty() {
        out.push(Line::History {
            history: id,
            entries: d.history.entries().to_vec(),
        });
    }
    out
}

/// The series of an export line.
pub fn series(points: &[(chrono::NaiveDate, f64)]) -> Series {
    Series::from_points(points.iter().map(|(d, v)| (day_number(*d), *v)).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_year_beyond_four_digits_is_rejected_with_its_column() {
        let line = |renewal: &str| {
            format!(
                r#"{{"kind":"account","record":{{"id":"a","name":"A \"+11111-11-11\"","renewal":"{renewal}"}}}}"#
            )
        };
        assert!(Line::read(&line("9999-12-31")).is_ok());
        for far in ["+262142-12-31", "-262143-01-01", "-0044-03-15"] {
            let reason = Line::read(&line(far)).expect_err("far");
            assert_eq!(
                reason,
                format!(
                    "column {}: a year of four digits is wanted",
                    line(far).find(far).expect("there") + 1
                )
            );
        }
        for far in ["+262142-12-31", " +262142 - 1 - 1", "-025-10-23"] {
            assert!(
                Line::read(&format!(
                    r#"{{"usage":"a","metric":"m","points":[["{far}",1.0]]}}"#
                ))
                .is_err(),
                "{far}"
            );
        }
    }

    #[test]
    fn an_export_is_cleaned_as_any_file() {
        let read = |json: &str| Line::read(json);
        let line = r#"{"kind":"account","record":{"id":"a\u200b1","name":"A\u001b[2J\r\nBcc: x@y","aliases":["o\u202eld"],"tags":["t\u2066"],"goals":[{"text":"g\u0085h","status":"open"}],"attributes":{"k\ufeffey":"v\u2028w"}}}"#;
        let Ok(Line::Record(record)) = read(line) else {
            panic!("{:?}", read(line));
        };
        let account = record.typed::<Account>().expect("an account");
        assert_eq!(account.id.as_str(), "a1");
        assert_eq!(account.name, "A[2J Bcc: x@y");
        assert_eq!(
            (&account.aliases[..], &account.tags[..]),
            (&["old".to_owned()][..], &["t".to_owned()][..])
        );
        assert_eq!(account.goals[0].text, "g\nh");
        assert_eq!(
            account.attributes.get("key").map(String::as_str),
            Some("v w")
        );
        let contact = r#"{"kind":"contact","record":{"id":"c","account":"a\u200b1","name":"N","email":"a@b\r\nBcc: x@y","status":"active"}}"#;
        let Ok(Line::Record(record)) = read(contact) else {
            panic!("{:?}", read(contact));
        };
        let contact = record
            .typed::<crate::domain::contact::Contact>()
            .expect("a contact");
        assert_eq!(
            (contact.account.as_str(), contact.email.as_str()),
            ("a1", "a@b Bcc: x@y")
        );
        for nameless in [
            r#"{"kind":"account","record":{"id":"\u200b","name":"A"}}"#,
            r#"{"usage":"\u00ad","metric":"m","points":[]}"#,
        ] {
            assert_eq!(
                read(nameless),
                Err("the id has no visible character".to_owned())
            );
        }
    }

    #[test]
    fn a_field_over_its_limit_refuses_the_line() {
        let account = |field: &str, value: String| {
            Line::read(&format!(
                r#"{{"kind":"account","record":{{"id":"a","name":"A","{field}":{value}}}}}"#
            ))
        };
        let long = format!("\"{}\"", "x".repeat(10 << 20));
        assert_eq!(
            account("owner", long),
            Err("`owner` is longer than 4000 characters".to_owned())
        );
        let many = serde_json::to_string(&vec!["t"; 100_000]).expect("a list");
        assert_eq!(
            account("tags", many),
            Err("`tags` has more than 1000 entries".to_owned())
        );
    }

    proptest! {
        #[test]
        fn numbers_read_back_exactly(values in prop::collection::vec(prop_oneof![0.0..10_000.0_f64, prop::num::f64::NORMAL], 1..20)) {
            let points = values.into_iter().enumerate().map(|(i, v)| (date_of(740_000 + i as i32), v)).collect();
            let line = Line::Usage { usage: "a".into(), metric: "m".into(), points };
            prop_assert_eq!(Line::read(&serde_json::to_string(&line).expect("writes")), Ok(line));
        }
    }
}
