//! An escalated ticket is still open.

use chrono::NaiveDate;

use super::super::{Evidence, Found, View};
use crate::domain::facts::ticket::{Priority, Ticket};

pub fn find(view: &View) -> Option<Found> {
    // When tickets stopped coming in, it is unknown which were solved.
    view.freshness.tickets.filter(|f| view.fresh(*f))?;
    let mut open: Vec<(NaiveDate, &Ticket)> = view
        .dossier
        .tickets
        .iter()
        .filter(|t| t.escalated && t.open_at(view.moment))
        .filter_map(|t| Some((view.zone.day(t.opened?), t)))
        .collect();
    open.sort_by_key(|(d, t)| (*d, t.id.clone()));
    let (date, _) = open.first()?;
    let mut found = Found::new(*date, 95, open[0].1.evidence(view.moment))
        .strong(open.len() > 1 || open.iter().any(|(_, t)| t.priority == Priority::Urgent));
    found.evidence.extend(
        open.iter()
            .skip(1)
            .take(2)
            .map(|(_, t)| t.evidence(view.moment)),
    );
    Some(found.rows("ticket", open.iter().map(|(_, t)| t.id.as_str())))
}

impl Ticket {
    pub(super) fn evidence(&self, moment: chrono::DateTime<chrono::Utc>) -> Evidence {
        let subject = if self.subject.is_empty() {
            self.category.clone()
        } else {
            self.subject.clone()
        };
        Evidence::Ticket {
            id: self.id.to_string(),
            subject,
            hours: self.opened.map_or(0, |o| (moment - o).num_hours()),
        }
    }
}
