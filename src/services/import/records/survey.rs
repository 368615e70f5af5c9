//! A row of a surveys table.

use crate::domain::facts::feedback::{Survey, SurveyKind};
use crate::domain::facts::{Oddities, Oddity};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::text::nfkc;
use crate::domain::when::Now;
use crate::services::import::cells::{Bad, Cells};
use crate::services::import::values::is_placeholder;
use crate::services::import::{NoRecord, Reason};

/// The kind of survey that a name means.
fn scale(name: &str) -> Option<SurveyKind> {
    let name = name.to_lowercase();
    // Whole words only: "ces" also occurs in services, devices and invoices.
    let word = |wanted: &str| {
        name.split(|c: char| !c.is_alphanumeric())
            .any(|w| w == wanted)
    };
    if name.contains("csat") || name.contains("満足") {
        Some(SurveyKind::Csat)
    } else if word("ces") || name.contains("effort") {
        Some(SurveyKind::Ces)
    } else if name.contains("enps") {
        // Employees answer it, not customers.
        None
    } else {
        (name.contains("nps") || name.contains("推奨")).then_some(SurveyKind::Nps)
    }
}

/// Whether a name says that a table or a column is about a survey.
pub fn is_survey_name(name: &str) -> bool {
    let folded = name.to_lowercase();
    scale(name).is_some()
        || ["survey", "response", "feedback", "アンケート", "回答"]
            .iter()
            .any(|word| folded.contains(word))
}

/// A score as survey tools write it: `9`, `9,0`, `9 - Promoter`, `4/5`, `4 out of 5`. A share of a
/// scale (`95%`) is no score.
pub fn score(cell: &str) -> Option<f64> {
    let text = nfkc(cell.trim());
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let value = number.replace(',', ".").parse::<f64>().ok()?;
    let rest = rest.trim();
    let scale = rest
        .strip_prefix('/')
        .or_else(|| rest.strip_prefix("out of"))
        .or_else(|| rest.strip_prefix("of"));
    if let Some(scale) = scale {
        let most: f64 = scale.trim().parse().ok()?;
        return (value <= most).then_some(value);
    }
    let named = rest.is_empty()
        || rest.starts_with(['-', '–', ':', '(', '点'])
        || rest.eq_ignore_ascii_case("points");
    named.then_some(value)
}

pub fn survey(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Survey>,
    now: Now,
) -> Result<Survey, Bad> {
    // What the row says goes before the name of the column and of the file. A survey of another kind
    // has another scale.
    let stated = cells.get("kind");
    let named = if stated.is_empty() || is_placeholder(stated) {
        None
    } else {
        let word = cells.key_word("kind", &[], SurveyKind::ALL, SurveyKind::key);
        Some(word.or_else(|bad| scale(stated).ok_or(bad))?)
    };
    let kind = named
        .or_else(|| scale(cells.header("score")))
        .or_else(|| scale(cells.file))
        .unwrap_or(SurveyKind::Nps);
    let cell = cells.get("score");
    // A row without an answer is no survey.
    if cell.is_empty() || is_placeholder(cell) {
        return Err(cells.bad(
            "score",
            Reason::NoRecord {
                why: NoRecord::NoValue,
            },
        ));
    }
    let Some(score) = score(cell).or_else(|| cells.key_number("score").ok()) else {
        cells.skip(cells.bad("score", Reason::NotAScore));
        return Err(cells.bad(
            "score",
            Reason::NoRecord {
                why: NoRecord::NoValue,
            },
        ));
    };
    // An answer on a day that cannot be read is another fact.
    let date = cells.get("date");
    if !date.is_empty() && !is_placeholder(date) {
        cells.key_last_day("date")?;
    }
    let mut s = existing.cloned().unwrap_or(Survey {
        id,
        account,
        kind,
        score,
        date: None,
        respondent: String::new(),
        comment: String::new(),
        oddities: Oddities::new(),
    });
    (s.kind, s.score) = (kind, score);
    lay! {
        // A value for a quarter that is not over is dated today.
        s.date => cells.last_day("date").map(|d| if cells.is_period("date") { d.min(now.today()) } else { d }),
        s.respondent => cells.text("respondent"),
        s.comment => cells.long_text("comment"),
    }
    if !cells.has("date") {
        s.date = cells.fit.layout.as_of.or(s.date);
    }
    s.oddities = Oddities::new();
    if !s.in_range() {
        s.oddities.push(Oddity::ScoreOutOfRange);
    }
    if s.date.is_some_and(|d| d > now.today()) {
        s.oddities.push(Oddity::InFuture);
    }
    Ok(s)
}
