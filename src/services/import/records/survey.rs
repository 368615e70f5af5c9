//! A row of a surveys table.

use crate::domain::facts::feedback::{Survey, SurveyKind};
use crate::domain::facts::{Oddities, Oddity};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::when::Now;
use crate::services::import::Reason;
use crate::services::import::cells::{Bad, Cells};

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
    } else {
        (name.contains("nps") || name.contains("推奨")).then_some(SurveyKind::Nps)
    }
}

pub fn survey(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Survey>,
    now: Now,
) -> Result<Survey, Bad> {
    let score = cells
        .number("score")?
        .ok_or_else(|| cells.bad("score", Reason::Missing { field: "score" }))?;
    let named = cells.word("kind", &[], SurveyKind::ALL, SurveyKind::key)?;
    // The column decides, else the file's name.
    let kind = named
        .or_else(|| scale(cells.header("score")))
        .or_else(|| scale(cells.file))
        .unwrap_or(SurveyKind::Nps);
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
        s.date => cells.last_day("date")?.map(|d| if cells.is_period("date") { d.min(now.today()) } else { d }),
        s.respondent => cells.text("respondent"),
        s.comment => cells.long_text("comment"),
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
