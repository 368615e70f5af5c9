//! A row of a tickets table.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::survey::score;

use crate::domain::facts::ticket::{Priority, Status, Ticket};
use crate::domain::facts::{Oddities, Oddity};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::when::Now;
use crate::services::import::Reason;
use crate::services::import::cells::{Bad, Cells};
use crate::services::import::values::is_placeholder;

/// The words of other systems for the status of a ticket.
const STATUSES: &[(Status, &[&str])] = &[
    (
        Status::Open,
        &[
            "new",
            "in progress",
            "in-progress",
            "in_progress",
            "assigned",
            "reopened",
            "to do",
            "backlog",
            "escalated",
            "investigating",
            "未対応",
            "対応中",
            "新規",
            "オープン",
            "受付",
            "処理中",
        ],
    ),
    (
        Status::Pending,
        &[
            "hold",
            "waiting on customer",
            "waiting for customer",
            "waiting on us",
            "awaiting reply",
            "awaiting customer",
            "on-hold",
            "on hold",
            "pending customer response",
            "waiting",
            "保留",
            "返信待ち",
            "回答待ち",
        ],
    ),
    (Status::Solved, &["resolved", "解決", "解決済", "解決済み"]),
    (
        Status::Closed,
        &["done", "完了", "クローズ", "終了", "クローズ済み"],
    ),
];

pub fn ticket(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Ticket>,
    contract: Option<NaiveDate>,
    now: Now,
) -> Result<Ticket, Bad> {
    let mut t = existing.cloned().unwrap_or(Ticket {
        id,
        account,
        subject: String::new(),
        body: String::new(),
        status: Status::Open,
        priority: Priority::Normal,
        opened: None,
        first_answer: None,
        solved: None,
        escalated: false,
        category: String::new(),
        requester: String::new(),
        resolution: String::new(),
        csat: None,
        oddities: Oddities::new(),
    });
    lay! {
        t.subject => cells.text("subject"),
        t.body => cells.long_text("body"),
        t.category => cells.text("category"),
        t.requester => cells.text("requester"),
        t.resolution => cells.long_text("resolution"),
        t.opened => opened(cells)?,
        t.escalated => cells.truth("escalated"),
        t.csat => csat(cells),
        t.priority => cells.word("priority", &[
            (Priority::Urgent, &["critical", "blocker", "highest", "緊急", "最高", "至急", "p1", "p0", "sev1", "sev 1", "s1"]), (Priority::High, &["major", "高", "p2", "sev2", "sev 2", "s2"]),
            (Priority::Normal, &["medium", "moderate", "中", "普通", "通常", "p3", "sev3", "sev 3", "s3"]), (Priority::Low, &["minor", "lowest", "trivial", "低", "p4", "p5", "sev4", "sev 4", "s4"]),
        ], Priority::ALL, Priority::key),
    }
    t.first_answer = cells
        .instant_after("first_answer", t.opened)
        .or(t.first_answer);
    if let (Some(minutes), Some(opened)) = (cells.number("first_answer_minutes"), t.opened) {
        let after = Duration::try_seconds((minutes * 60.0) as i64);
        match after.and_then(|after| opened.checked_add_signed(after)) {
            Some(answered) => t.first_answer = Some(answered),
            None => cells.skip(cells.bad("first_answer_minutes", Reason::NotANumber)),
        }
    }
    if cells.has("solved") {
        // A moment that cannot be read takes nothing back.
        let stated = !cells.get("solved").is_empty() && !is_placeholder(cells.get("solved"));
        t.solved = cells.instant("solved").or(t.solved.filter(|_| stated));
    }
    let status = cells.word("status", STATUSES, Status::ALL, Status::key);
    t.status = match status {
        Some(status) => status,
        None if t.solved.is_some() => Status::Solved,
        None => {
            if cells.has("status") || cells.has("solved") {
                Status::Open
            } else {
                t.status
            }
        }
    };
    t.oddities = oddities(&t, contract, now);
    Ok(t)
}

/// When the ticket was opened. A moment that is stated and cannot be read refuses the row, because
/// a ticket at another time is another fact.
fn opened(cells: &Cells) -> Result<Option<DateTime<Utc>>, Bad> {
    let cell = cells.get("opened");
    if cell.is_empty() || is_placeholder(cell) {
        return Ok(None);
    }
    cells.key_instant("opened").map(Some)
}

/// The customer's rating of the answer. A word or a share is no rating on a scale of five.
fn csat(cells: &Cells) -> Option<f64> {
    let cell = cells.get("csat");
    if cell.is_empty() || is_placeholder(cell) {
        return None;
    }
    let read = score(cell);
    if read.is_none() {
        cells.skip(cells.bad("csat", Reason::NotAScore));
    }
    read
}

/// Impossible values of a ticket; `contract` is the first day of the account's contract.
fn oddities(t: &Ticket, contract: Option<NaiveDate>, now: Now) -> Oddities {
    let mut odd = Oddities::new();
    if t.opened.zip(t.solved).is_some_and(|(o, s)| s < o) {
        odd.push(Oddity::SolvedBeforeOpened);
    }
    if t.first_answer.zip(t.solved).is_some_and(|(f, s)| s < f) {
        odd.push(Oddity::AnsweredAfterSolved);
    }
    if t.csat.is_some_and(|c| !(1.0..=5.0).contains(&c)) {
        odd.push(Oddity::ScoreOutOfRange);
    }
    if t.opened
        .zip(contract)
        .is_some_and(|(o, c)| now.zone.day(o) < c)
    {
        odd.push(Oddity::BeforeContract);
    }
    if t.opened.is_some_and(|o| o > now.at + Duration::days(1)) {
        odd.push(Oddity::InFuture);
    }
    odd
}
