//! A row of a tickets table.

use chrono::{Duration, NaiveDate};

use crate::domain::facts::ticket::{Priority, Status, Ticket};
use crate::domain::facts::{Oddities, Oddity};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::when::Now;
use crate::services::import::Reason;
use crate::services::import::cells::{Bad, Cells};

/// The words of other systems for the status of a ticket.
const STATUSES: &[(Status, &[&str])] = &[
    (
        Status::Open,
        &["new", "in progress", "未対応", "対応中", "新規", "オープン"],
    ),
    (
        Status::Pending,
        &[
            "hold",
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
    (Status::Closed, &["完了", "クローズ", "終了"]),
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
        csat: None,
        oddities: Oddities::new(),
    });
    lay! {
        t.subject => cells.text("subject"),
        t.body => cells.long_text("body"),
        t.category => cells.text("category"),
        t.requester => cells.text("requester"),
        t.opened => cells.instant("opened")?,
        t.escalated => cells.truth("escalated")?,
        t.csat => cells.number("csat")?,
        t.priority => cells.word("priority", &[
            (Priority::Urgent, &["critical", "緊急", "最高", "p1"]), (Priority::High, &["高", "p2"]), (Priority::Normal, &["medium", "中", "普通", "通常", "p3"]), (Priority::Low, &["低", "p4"]),
        ], Priority::ALL, Priority::key)?,
    }
    t.first_answer = cells
        .instant_after("first_answer", t.opened)?
        .or(t.first_answer);
    if let (Some(minutes), Some(opened)) = (cells.number("first_answer_minutes")?, t.opened) {
        let answered = Duration::try_seconds((minutes * 60.0) as i64)
            .and_then(|after| opened.checked_add_signed(after));
        t.first_answer =
            Some(answered.ok_or_else(|| cells.bad("first_answer_minutes", Reason::NotANumber))?);
    }
    if cells.has("solved") {
        t.solved = cells.instant("solved")?;
    }
    let status = cells.word("status", STATUSES, Status::ALL, Status::key)?;
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
