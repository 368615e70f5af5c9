//! A fiscal quarter as one answer: its terms, what became of them, the same quarter a year before, and what the accounts
//! pay. Both the screen and the command show it.

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};

use super::due::due;
use super::{Due, Figures, Stands, note_changes};
use crate::domain::closed::closed;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::terms::{Status, TermsOn};
use crate::domain::ids::AccountId;
use crate::domain::retention::{Moved, Retention, Unsaid, moved};
use crate::domain::when::add_months;

closed! {
    /// How the terms of a period are grouped on a screen.
    Grouping { Day = "day", Month = "month", Owner = "owner", Tier = "tier", Currency = "currency" }
}

impl Default for Grouping {
    fn default() -> Self {
        Grouping::ALL[0]
    }
}

/// From a first to a last day.
pub type Period = (NaiveDate, NaiveDate);

/// What is asked: a period as of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub period: Period,
    pub today: NaiveDate,
    /// The day of the program's first use, where it is known.
    pub first_use: Option<NaiveDate>,
}

/// The part of one account.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    rows: Vec<Due>,
    week_ago: Vec<Due>,
    at_close: Vec<Due>,
    year_before: Vec<Due>,
    moved: Vec<Moved>,
    moved_in_year: Vec<Moved>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarter {
    pub period: Period,
    pub today: NaiveDate,
    /// The terms: overdue ones first, then by day.
    pub rows: Vec<Due>,
    pub figures: Figures,
    /// As it stood when the period closed, where it did.
    pub at_close: Option<Figures>,
    /// The same period a year before: up to the same day of it, and whole.
    pub year_before: (Figures, Figures),
    /// What the accounts paid before the period and pay today, or paid at its end.
    pub moved: Vec<Moved>,
    pub retention: Retention,
    /// The last twelve months: up to the same day.
    pub year: Period,
    pub in_year: Retention,
}

impl Asked {
    /// The last day that counts: today, or the end of the period.
    fn until(self) -> NaiveDate {
        self.today.min(self.period.1)
    }

    fn year(self) -> Period {
        let until = self.until();
        (add_months(until, -12) + Duration::days(1), until)
    }

    fn year_before(self) -> Period {
        (
            add_months(self.period.0, -12),
            add_months(self.period.1 + Duration::days(1), -12) - Duration::days(1),
        )
    }

    /// The part of an account; none of an archived one.
    pub fn of(self, d: &Dossier) -> Vec<Part> {
        if d.account.archived.is_some() {
            return Vec::new();
        }
        let Asked {
            period,
            today,
            first_use,
        } = self;
        let terms = |period, day| due(d, period, day, first_use);
        let on = TermsOn::new(d, today, first_use);
        let any = |status| on.terms().iter().any(|term| on.status(term) == status);
        let unsaid = match any(Status::Overdue) {
            true => Some(Unsaid::Overdue),
            false => any(Status::BeforeUse).then_some(Unsaid::BeforeUse),
        };
        let begun = period.0 <= today;
        let moves = |period| match begun {
            true => moved(d, period, unsaid),
            false => Vec::new(),
        };
        let closed = period.1 < today;
        let part = Part {
            rows: terms(period, today),
            week_ago: terms(period, today - Duration::days(7)),
            // On the day after the last one a term that ended on it has ended.
            at_close: if closed {
                terms(period, period.1 + Duration::days(1))
            } else {
                Vec::new()
            },
            year_before: terms(self.year_before(), today),
            moved: moves((period.0, self.until())),
            moved_in_year: moves(self.year()),
        };
        vec![part]
    }

    /// The whole of the parts. `stands`: how each account stands today.
    pub fn whole(self, parts: Vec<Part>, stands: &HashMap<AccountId, Stands>) -> Quarter {
        let (mut rows, mut earlier, mut at_close) = (Vec::new(), Vec::new(), Vec::new());
        let (mut before, mut moved, mut in_year) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            rows.extend(part.rows);
            earlier.extend(part.week_ago);
            at_close.extend(part.at_close);
            before.extend(part.year_before);
            moved.extend(part.moved);
            in_year.extend(part.moved_in_year);
        }
        note_changes(&mut rows, &earlier);
        for row in &mut rows {
            row.stands = stands.get(&row.account).cloned();
        }
        let place = |r: &Due| (r.status != Status::Overdue, r.ends_on, r.account.clone());
        rows.sort_by_key(place);
        let (last, until) = (self.year_before().1, add_months(self.until(), -12));
        Quarter {
            period: self.period,
            today: self.today,
            figures: Figures::of(&rows, self.today),
            at_close: (self.period.1 < self.today).then(|| Figures::of(&at_close, self.period.1)),
            year_before: (Figures::of(&before, until), Figures::of(&before, last)),
            retention: Retention::of(&moved),
            moved,
            year: self.year(),
            in_year: Retention::of(&in_year),
            rows,
        }
    }
}
