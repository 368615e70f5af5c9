//! Actions for calendar programs and spreadsheets.

use icalendar::{Calendar, Component, Todo, TodoStatus};

use crate::domain::action::{Action, Priority, Status};
use crate::domain::checkin::public;
use crate::domain::text::{clean, clean_line};
use crate::domain::when::Now;
use crate::services::import::rejects::{UTF8_MARK, formula_safe};

/// Actions as to-dos for a calendar program; importing them again replaces them.
pub fn ics(actions: &[Action], name: impl Fn(&Action) -> String, now: Now) -> String {
    let mut calendar = Calendar::new();
    for a in actions {
        let mut todo = Todo::new();
        // The package escapes LF alone: what ends a line elsewhere would begin a property.
        todo.uid(&clean_line(&format!("{}@kenshin", a.id)))
            .summary(&clean_line(&format!("{}: {}", name(a), public(&a.what))))
            .timestamp(now.at);
        todo.sequence(a.history.len() as u32);
        todo.add_property("CREATED", a.created.format("%Y%m%dT%H%M%SZ").to_string());
        todo.priority(match a.priority {
            Priority::High => 1,
            Priority::Normal => 5,
            Priority::Low => 9,
        });
        todo.status(match a.status {
            Status::Open | Status::Waiting => TodoStatus::NeedsAction,
            Status::Doing => TodoStatus::InProcess,
            Status::Done => TodoStatus::Completed,
            Status::Dropped => TodoStatus::Cancelled,
        });
        if let Some(due) = a.due {
            todo.due(due);
        }
        if !a.owner.is_empty() {
            todo.description(&clean_line(&a.owner));
        }
        calendar.push(todo.done());
    }
    calendar.done().to_string()
}

/// Actions as a file for a spreadsheet; no cell is read as a formula.
pub fn csv(actions: &[Action], name: impl Fn(&Action) -> String) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(UTF8_MARK.as_bytes().to_vec());
    // Writing to memory does not fail.
    let _ = writer.write_record([
        "id",
        "account",
        "what",
        "side",
        "owner",
        "due",
        "first_due",
        "slips",
        "status",
        "priority",
        "promised",
        "told",
        "proof",
    ]);
    let day = |d: Option<chrono::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    for a in actions {
        let cells = [
            a.id.to_string(),
            name(a),
            public(&a.what).to_owned(),
            a.side.key().to_owned(),
            a.owner.to_string(),
            day(a.due),
            day(a.first_due()),
            a.slips().to_string(),
            a.status.key().to_owned(),
            a.priority.key().to_owned(),
            a.promised.to_string(),
            day(a.informed_on),
            a.proof.to_string(),
        ];
        let _ = writer.write_record(cells.iter().map(|c| formula_safe(&clean(c)).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}
