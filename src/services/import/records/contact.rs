//! A row of a contacts table.

use crate::domain::contact::{Contact, Role, Status as ContactStatus};
use crate::domain::ids::{AccountId, RecordId};
use crate::services::import::Reason;
use crate::services::import::cells::{Bad, Cells};

pub fn contact(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Contact>,
) -> Result<Contact, Bad> {
    let joined = |last: &str, first: &str| match (cells.text(last), cells.text(first)) {
        // Japanese names have the family name first.
        (Some(l), Some(f)) if l.is_ascii() => Some(format!("{f} {l}")),
        (Some(l), Some(f)) => Some(format!("{l} {f}")),
        (l, f) => l.or(f),
    };
    let name = cells
        .name("name")
        .or_else(|| joined("last_name", "first_name"))
        .or_else(|| cells.text("email"));
    let name = name.ok_or_else(|| cells.bad("name", Reason::Missing { field: "name" }))?;
    let mut c = existing
        .cloned()
        .unwrap_or_else(|| Contact::new(id, account, name.clone()));
    c.name = name;
    lay! {
        c.reading => cells.text("reading").or_else(|| joined("last_reading", "first_reading")),
        c.title => cells.text("title"),
        c.email => cells.text("email"),
        c.phone => cells.text("phone"),
        c.since => cells.day("since"),
        c.last_contacted => cells.day("last_contacted"),
        c.last_seen => cells.day("last_seen"),
        c.influence => cells.whole("influence").map(|n| n.min(5) as u8),
        c.role => cells.word("role", &[
            (Role::Champion, &["チャンピオン", "推進者"]), (Role::Sponsor, &["executive sponsor", "exec sponsor", "executive", "スポンサー", "役員"]), (Role::Decision, &["decision maker", "decision-maker", "economic buyer", "buyer", "決裁者", "意思決定者"]),
            (Role::Admin, &["administrator", "管理者"]), (Role::User, &["user", "end user", "power user", "利用者", "ユーザー"]), (Role::Billing, &["finance", "経理", "請求"]),
        ], Role::ALL, Role::key),
        c.status => cells.word("status", &[
            (ContactStatus::Active, &["在籍", "有効", "current"]), (ContactStatus::Left, &["inactive", "退職", "離職", "former"]), (ContactStatus::Moved, &["moved", "異動"]),
        ], ContactStatus::ALL, ContactStatus::key),
    }
    Ok(c)
}
