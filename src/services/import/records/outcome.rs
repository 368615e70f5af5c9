//! A row of an outcomes table, or of the outcome columns of an accounts table.

use chrono::NaiveDate;

use crate::domain::facts::feedback::{Outcome, OutcomeKind};
use crate::domain::facts::{Oddities, Oddity};
use crate::domain::ids::{AccountId, RecordId};
use crate::services::import::Reason;
use crate::services::import::cells::{Bad, Cells};

pub fn outcome(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Outcome>,
    contract: Option<NaiveDate>,
) -> Result<Outcome, Bad> {
    let stated = cells.word(
        "kind",
        &[
            (
                OutcomeKind::Churned,
                &[
                    "churn",
                    "yes",
                    "true",
                    "1",
                    "lost",
                    "cancelled",
                    "canceled",
                    "解約",
                    "失注",
                ],
            ),
            (
                OutcomeKind::Renewed,
                &["renewal", "no", "false", "0", "更新", "継続"],
            ),
            (
                OutcomeKind::Downgraded,
                &["downgrade", "contraction", "縮小"],
            ),
            (
                OutcomeKind::Expanded,
                &["expansion", "upgrade", "upsell", "拡張", "増額"],
            ),
        ],
        OutcomeKind::ALL,
        OutcomeKind::key,
    )?;
    // An unrecognised value never counts as churn.
    let kind = match stated {
        Some(kind) => kind,
        None if cells.names_leaving("date") => OutcomeKind::Churned,
        None => return Err(cells.bad("kind", Reason::Missing { field: "kind" })),
    };
    let mut o = existing.cloned().unwrap_or(Outcome {
        id,
        account,
        kind,
        date: None,
        reason: String::new(),
        comment: String::new(),
        amount: None,
        oddities: Oddities::new(),
    });
    o.kind = kind;
    lay! {
        o.date => cells.last_day("date")?,
        o.reason => cells.text("reason"),
        o.comment => cells.long_text("comment"),
        o.amount => cells.money("amount")?,
    }
    o.oddities = Oddities::new();
    if o.date.zip(contract).is_some_and(|(d, c)| d < c) {
        o.oddities.push(Oddity::BeforeContract);
    }
    Ok(o)
}
