//! What a note says against the records. It is listed beside the note and never corrected.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};
use regex_lite::{Captures, Regex};

use super::line::Plain;
use crate::services::dates::in_text::{self, Said};
use crate::services::dates::month_en;

/// A text that two facts contradict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contradiction {
    /// The id is of one account, the name of another.
    IdName {
        id: String,
        of: String,
        said: String,
    },
    /// The day has another weekday than the text says.
    Weekday { day: NaiveDate, said: Weekday },
    /// The day of the call has not come yet.
    Future { day: NaiveDate },
    /// The text names another month for the renewal than the one recorded.
    Renewal {
        /// The line in the document, from 1.
        line: usize,
        /// The words of the text.
        said: String,
        recorded: NaiveDate,
    },
}

/// A month for the renewal, with its year where one is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Month {
    month: u32,
    year: Option<i32>,
}

const MONTHS: &str = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec";

struct Patterns {
    after: Regex,
    before: Regex,
    ja_before: Regex,
    ja_after: Regex,
    dated: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let new = |text: String| Regex::new(&text).ok();
    Some(Patterns {
        after: new(format!(
            r"\brenew(?:al|als|s)?\b[^.;!?\n]{{0,25}}?\b({MONTHS})\b\.?(?:[ ,]+((?:19|20)[0-9]{{2}}))?"
        ))?,
        before: new(format!(
            r"\b({MONTHS})\b\.?(?: ((?:19|20)[0-9]{{2}}))? renewal\b"
        ))?,
        ja_before: new(
            r"(?:((?:19|20)[0-9]{2})年)?([0-9]{1,2})月(?:[0-9]{1,2}日|末)?(?:の|に|が|で|は)?(?:契約)?更新(?:し|済)?"
                .into(),
        )?,
        ja_after: new(
            r"更新(?:日|月|時期|予定|期限)?(?:は|が|の|:|予定)?\s*(?:((?:19|20)[0-9]{2})年)?([0-9]{1,2})月"
                .into(),
        )?,
        dated: new(r"(?:\brenew(?:al|s)?(?: date| day)?\b|更新日?)\s*(?:is|on|due|:|は|が)*\s*".into())?,
    })
});

/// The months that a text names for the renewal and that differ from the recorded day, each once.
/// `first` is the line of the document where the text begins.
pub fn renewal(text: &str, first: usize, recorded: NaiveDate) -> Vec<Contradiction> {
    let mut out: Vec<Contradiction> = Vec::new();
    for (i, raw) in text.lines().enumerate() {
        let plain = Plain::of(raw);
        for (month, said) in months(&plain.low) {
            let same =
                month.month == recorded.month() && month.year.is_none_or(|y| y == recorded.year());
            let known = out.iter().any(
                |c| matches!(c, Contradiction::Renewal { said: before, .. } if *before == said),
            );
            if !same && !known {
                out.push(Contradiction::Renewal {
                    line: first + i,
                    said,
                    recorded,
                });
            }
        }
    }
    out
}

fn months(low: &str) -> Vec<(Month, String)> {
    let Some(p) = PATTERNS.as_ref() else {
        return Vec::new();
    };
    if !low.contains("renew") && !low.contains("更新") {
        return Vec::new();
    }
    let mut out = Vec::new();
    let year = |c: &Captures, i: usize| c.get(i).and_then(|y| y.as_str().parse().ok());
    for pattern in [&p.after, &p.before] {
        for c in pattern.captures_iter(low) {
            let Some(name) = c.get(1) else { continue };
            if name.as_str() == "may" && !is_month(low, name.start(), name.end()) {
                continue;
            }
            if let Some(month) = month_en(name.as_str()) {
                let year = year(&c, 2);
                let said = c[0].trim_end_matches(['.', ',', ' ']).to_owned();
                out.push((Month { month, year }, said));
            }
        }
    }
    for pattern in [&p.ja_before, &p.ja_after] {
        for c in pattern.captures_iter(low) {
            // 更新した, 更新済み: the last renewal, not the next one.
            if c[0].ends_with(['し', '済']) {
                continue;
            }
            let month = c.get(2).and_then(|m| m.as_str().parse().ok());
            if let Some(month) = month.filter(|m| (1..=12).contains(m)) {
                let year = year(&c, 1);
                out.push((Month { month, year }, c[0].trim().to_owned()));
            }
        }
    }
    for lead in p.dated.find_iter(low) {
        let rest = &low[lead.end()..];
        let Some(found) = in_text::all(rest).into_iter().find(|f| f.range.start == 0) else {
            continue;
        };
        let month = match found.said {
            Said::Day(day) => Month {
                month: day.month(),
                year: Some(day.year()),
            },
            Said::NoYear { month, .. } => Month { month, year: None },
            Said::Open { .. }
            | Said::Weekday(_)
            | Said::WeeksAgo(..)
            | Said::DaysAgo(_)
            | Said::Unclear => continue,
        };
        let words = &low[lead.start()..lead.end() + found.range.end];
        out.push((month, words.trim().to_owned()));
    }
    // One phrase may fit two patterns; the first one is kept.
    let mut kept: Vec<(Month, String)> = Vec::new();
    for (month, said) in out {
        if !kept.iter().any(|(m, _)| m.month == month.month) {
            kept.push((month, said));
        }
    }
    kept
}

/// "may" is a month before a number or the end, and after "in".
fn is_month(low: &str, start: usize, end: usize) -> bool {
    let before = low[..start].trim_end();
    let after = low[end..].trim_start();
    ["in", "is", "on", "for", "of", "next"]
        .iter()
        .any(|w| before.ends_with(w))
        || after.is_empty()
        || after.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_month_for_the_renewal_is_listed() {
        let recorded = NaiveDate::from_ymd_opt(2027, 5, 31).expect("a day");
        for (text, said) in [
            ("Their renewal is in December.", "renewal is in december"),
            (
                "The contract renews on 15 December",
                "renews on 15 december",
            ),
            ("planning the December renewal", "december renewal"),
            ("12月更新の予定", "12月更新"),
            ("契約更新は12月", "更新は12月"),
            ("更新日：2026-12-15", "更新日:2026-12-15"),
            ("renewal date: 2026-05-31", "renewal date: 2026-05-31"),
        ] {
            let found = renewal(text, 4, recorded);
            assert_eq!(
                found,
                [Contradiction::Renewal {
                    line: 4,
                    said: said.into(),
                    recorded
                }],
                "{text}"
            );
        }
        for text in [
            "renewal in May",
            "5月更新",
            "12月に更新しました",
            "the renewal may slip",
            "no renewal talk. December is busy",
            "12月に訪問",
        ] {
            assert_eq!(renewal(text, 1, recorded), [], "{text}");
        }
    }
}
