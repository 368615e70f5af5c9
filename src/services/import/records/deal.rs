//! A row of a deals table. It says nothing of its account.

use crate::domain::facts::deal::{Deal, DealKind, DealState};
use crate::domain::facts::{Oddities, Oddity};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::text::nfkc;
use crate::services::import::Reason;
use crate::services::import::cells::{Bad, Cells};
use crate::services::import::values::is_placeholder;

const KINDS: &[(DealKind, &[&str])] = &[
    (
        DealKind::New,
        &[
            "new",
            "new business",
            "newbusiness",
            "new logo",
            "new customer",
            "新規",
            "新規契約",
            "新規顧客",
            "新規ビジネス",
        ],
    ),
    (
        DealKind::Renewal,
        &[
            "renew",
            "renewals",
            "contract renewal",
            "renewal business",
            "更新",
            "継続",
            "契約更新",
            "更新契約",
        ],
    ),
    (
        DealKind::Expansion,
        &[
            "upsell",
            "up-sell",
            "cross-sell",
            "cross sell",
            "crosssell",
            "add-on",
            "addon",
            "add on",
            "upgrade",
            "existing customer - upgrade",
            "拡張",
            "増額",
            "追加",
            "追加契約",
            "増設",
            "アップセル",
            "クロスセル",
            "アップグレード",
            "既存拡大",
        ],
    ),
];

const WON: &[&str] = &[
    "won",
    "closedwon",
    "closed won",
    "signed",
    "受注",
    "受注済",
    "受注済み",
    "受注確定",
    "成約",
    "成約済",
    "成約済み",
    "成立",
    "契約締結",
    "契約済",
    "契約済み",
    "クローズ(受注)",
    "クローズ（受注）",
];
const LOST: &[&str] = &[
    "lost",
    "closedlost",
    "closed lost",
    "dead",
    "abandoned",
    "disqualified",
    "失注",
    "失注済",
    "失注済み",
    "不成立",
    "見送り",
    "見送",
    "キャンセル",
    "クローズ(失注)",
    "クローズ（失注）",
];

pub fn deal(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Deal>,
) -> Result<Deal, Bad> {
    let mut d = existing.cloned().unwrap_or(Deal {
        id,
        account,
        name: String::new(),
        stage: String::new(),
        state: DealState::Open,
        amount: None,
        close: None,
        kind: None,
        probability: None,
        owner: String::new(),
        created: None,
        oddities: Oddities::new(),
    });
    d.oddities = Oddities::new();
    lay! {
        d.name => cells.text("name"),
        d.stage => cells.text("stage"),
        d.owner => cells.text("owner"),
        d.close => cells.day("close_date"),
        d.created => cells.day("created"),
        d.probability => percent(cells),
        d.kind => cells.word("kind", KINDS, DealKind::ALL, DealKind::key),
    }
    match cells.money("amount") {
        Ok(amount) => lay! { d.amount => amount },
        // The deal is worth knowing without its value.
        Err(bad) => cells.skip(bad),
    }
    if ["state", "won", "closed", "stage"]
        .iter()
        .any(|f| cells.has(f))
    {
        d.state = state(cells, d.probability);
    }
    if d.amount.is_some_and(|m| m.minor < 0) {
        d.oddities.push(Oddity::Negative);
    }
    if d.created.zip(d.decided()).is_some_and(|(c, e)| e < c) {
        d.oddities.push(Oddity::EndBeforeStart);
    }
    Ok(d)
}

/// A probability in percent. Some systems write it as a part of 1.
fn percent(cells: &Cells) -> Option<u8> {
    let text = nfkc(cells.get("probability"));
    let digits = text.trim().trim_end_matches('%').trim();
    if digits.is_empty() || is_placeholder(digits) {
        return None;
    }
    let wrong = || {
        cells.skip(cells.bad("probability", Reason::NotANumber));
        None
    };
    let Ok(number) = digits.parse::<f64>() else {
        return wrong();
    };
    let number = if number > 0.0 && number <= 1.0 && digits.contains('.') {
        number * 100.0
    } else {
        number
    };
    if (0.0..=100.0).contains(&number) {
        Some(number.round() as u8)
    } else {
        wrong()
    }
}

/// Whether the deal is decided: as its own column says, else the marks for closed and won, else the
/// words of its stage. A deal is open until something says that it is not.
fn state(cells: &Cells, probability: Option<u8>) -> DealState {
    if let Some(stated) = of_words(cells.get("state")) {
        return stated;
    }
    let by_stage = of_words(cells.get("stage"));
    match (cells.truth("closed"), cells.truth("won")) {
        (_, Some(true)) => DealState::Won,
        (Some(true), Some(false)) => DealState::Lost,
        (Some(true), None) => match (by_stage, probability) {
            (Some(state), _) => state,
            (None, Some(100)) => DealState::Won,
            (None, Some(0)) => DealState::Lost,
            (None, _) => DealState::Open,
        },
        (Some(false), _) => DealState::Open,
        (None, Some(false) | None) => by_stage.unwrap_or(DealState::Open),
    }
}

fn of_words(text: &str) -> Option<DealState> {
    let text = nfkc(text).trim().to_lowercase();
    let is = |list: &[&str]| {
        // "Closed - Won", "6. Closed Won", "closed_won"
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        list.contains(&text.as_str()) || words.last().is_some_and(|last| list.contains(last))
    };
    match text.as_str() {
        "" => None,
        "open" | "進行中" | "商談中" => Some(DealState::Open),
        _ if is(WON) => Some(DealState::Won),
        _ if is(LOST) => Some(DealState::Lost),
        _ => None,
    }
}
