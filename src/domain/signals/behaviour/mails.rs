//! The last emails in a row were not opened.

use super::super::{Evidence, Found, View};
use crate::domain::facts::touch::{Attendance, TouchKind};

pub const NUMBERS: &[&str] = &["days", "times"];

pub fn find(view: &View) -> Option<Found> {
    let touches = view.touches(view.days("days"));
    let mails: Vec<_> = touches
        .iter()
        .filter(|(_, t)| t.kind == TouchKind::Email)
        .collect();
    let unopened = mails
        .iter()
        .rev()
        .take_while(|(_, t)| matches!(t.attendance, Attendance::NoShow | Attendance::Declined))
        .count();
    let times = (view.n("times") as usize).max(1);
    if unopened < times {
        return None;
    }
    let row = &mails[mails.len() - unopened..];
    Some(
        Found::new(
            row[times - 1].0,
            70,
            Evidence::Count {
                now: unopened,
                usual: None,
                days: view.days("days"),
            },
        )
        .rows("touch", row.iter().map(|(_, t)| t.id.as_str())),
    )
}
