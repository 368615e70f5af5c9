//! A row of an outcomes table, or of the outcome columns of an accounts table.

use chrono::NaiveDate;

use crate::domain::facts::outcome::{Outcome, OutcomeKind};
use crate::domain::facts::{Oddities, Oddity};
use crate::domain::ids::{AccountId, RecordId};
use crate::services::import::Reason;
use crate::services::import::cells::{Bad, Cells};
use crate::services::import::mapping::normal;
use crate::services::import::values::{self, is_placeholder};

/// What a column asks, so that a bare Yes has a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// `churned`, 解約有無: Yes is a loss.
    Leaving,
    /// `renewal_outcome`, 更新有無: Yes is a renewal.
    Staying,
    Unclear,
}

fn asks(header: &str) -> Asks {
    const LEAVING: &[&str] = &[
        "churn",
        "cancel",
        "lost",
        "left",
        "attrition",
        "terminated",
        "解約",
        "失注",
        "離脱",
        "退会",
        "離反",
    ];
    const STAYING: &[&str] = &["renew", "retain", "stay", "更新", "継続"];
    let header = normal(header);
    let says = |words: &[&str]| words.iter().any(|w| header.contains(w));
    let denied = header.split('_').any(|w| ["not", "non", "no"].contains(&w));
    match (says(LEAVING), says(STAYING)) {
        (true, false) if denied => Asks::Staying,
        (false, true) if denied => Asks::Leaving,
        (true, false) => Asks::Leaving,
        (false, true) => Asks::Staying,
        _ => Asks::Unclear,
    }
}

const WORDS: &[(OutcomeKind, &[&str])] = &[
    (
        OutcomeKind::Churned,
        &[
            "churn",
            "lost",
            "closed lost",
            "cancelled",
            "canceled",
            "cancellation",
            "terminated",
            "not renewed",
            "non-renewal",
            "non-renewed",
            "did not renew",
            "解約",
            "解約済",
            "解約済み",
            "失注",
            "離脱",
            "退会",
            "非更新",
            "更新しない",
            "更新せず",
            "更新なし",
        ],
    ),
    (
        OutcomeKind::Renewed,
        &[
            "renewal",
            "renew",
            "closed won",
            "won",
            "retained",
            "更新",
            "更新済",
            "更新済み",
            "継続",
            "継続利用",
            "自動更新",
        ],
    ),
    (
        OutcomeKind::Downgraded,
        &[
            "downgrade",
            "downsell",
            "contraction",
            "縮小",
            "減額",
            "ダウンセル",
        ],
    ),
    (
        OutcomeKind::Expanded,
        &[
            "expansion",
            "upgrade",
            "upsell",
            "拡張",
            "拡大",
            "増額",
            "アップセル",
        ],
    ),
];

/// The outcome that a row states. A bare Yes or No has the meaning of its column, and none under a
/// header that does not say what is asked.
fn stated(cells: &Cells) -> Result<Option<OutcomeKind>, Bad> {
    let cell = cells.get("kind");
    if cell.is_empty() || is_placeholder(cell) && values::truth(cell).is_none() {
        return Ok(None);
    }
    let said = cells.key_word("kind", WORDS, OutcomeKind::ALL, OutcomeKind::key);
    let (Err(bad), Some(truth)) = (&said, values::truth(cell)) else {
        return said.map(Some);
    };
    let kind = match (asks(cells.header("kind")), truth) {
        (Asks::Leaving, true) | (Asks::Staying, false) => OutcomeKind::Churned,
        (Asks::Leaving, false) | (Asks::Staying, true) => OutcomeKind::Renewed,
        (Asks::Unclear, _) => {
            return Err(Bad {
                reason: Reason::UnclearTruth,
                ..bad.clone()
            });
        }
    };
    Ok(Some(kind))
}

pub fn outcome(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Outcome>,
    contract: Option<NaiveDate>,
) -> Result<Outcome, Bad> {
    let stated = stated(cells)?;
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
        settles: None,
        oddities: Oddities::new(),
    });
    o.kind = kind;
    lay! {
        o.date => cells.last_day("date"),
        o.reason => cells.text("reason"),
        o.comment => cells.long_text("comment"),
        o.amount => cells.money_or_blank("amount"),
    }
    o.oddities = Oddities::new();
    if o.date.zip(contract).is_some_and(|(d, c)| d < c) {
        o.oddities.push(Oddity::BeforeContract);
    }
    Ok(o)
}
