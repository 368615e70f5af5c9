//! The terms of an account's contracts, and what became of each: `[term]`, `[outcome]`. Reads one dossier; knows no
//! scores and no plans.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Dossier;
use super::churn::{AFTER, BEFORE, Left, churned};
use super::effective::contract_start;
use crate::domain::closed::closed;
use crate::domain::facts::outcome::{Outcome, OutcomeKind};
use crate::domain::facts::subscription::Subscription;
use crate::domain::ids::RecordId;
use crate::domain::money::Money;
use crate::domain::when::add_months;

/// A gap of more days is no renewal: the customer left and came back.
const GAP: i64 = 30;

/// What states a term.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    Subscription(Box<Subscription>),
    /// The account's own fields, where it has no subscription.
    Account,
}

/// A paid term of a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub source: Source,
    pub starts_on: Option<NaiveDate>,
    /// The last paid day.
    pub ends_on: NaiveDate,
    /// The yearly value.
    pub value: Option<Money>,
    /// The months for which it renews.
    pub months: Option<u32>,
    /// Whether it renews by itself; none where that is unknown.
    pub renews_itself: Option<bool>,
}

closed! {
    /// What became of a term. The first that fits.
    Status {
        Renewed = "renewed",
        Lost = "lost",
        Extended = "extended",
        /// It still runs.
        Open = "open",
        /// It ended before the first use of the program, and nobody said what became of it.
        BeforeUse = "before-use",
        /// It ended and renews by itself; nobody said otherwise.
        Unconfirmed = "unconfirmed",
        /// It ended, and nobody said what became of it.
        Overdue = "overdue",
    }
}

impl Term {
    /// The subscription's id; none for the account's own fields.
    pub fn contract(&self) -> Option<&RecordId> {
        match &self.source {
            Source::Subscription(s) => Some(&s.id),
            Source::Account => None,
        }
    }

    /// The product, where it is named.
    pub fn plan(&self) -> Option<&str> {
        match &self.source {
            Source::Subscription(s) => Some(s.plan.as_str()).filter(|plan| !plan.is_empty()),
            Source::Account => None,
        }
    }

    /// The last paid day of the next term of the same length; a year where the length is unknown.
    pub fn next_end(&self) -> NaiveDate {
        const YEAR: u32 = 12;
        let months = self.months.filter(|m| *m > 0).unwrap_or(YEAR);
        let start = self.ends_on + Duration::days(1);
        add_months(start, i32::try_from(months).unwrap_or(YEAR as i32)) - Duration::days(1)
    }
}

/// The terms with a known end, the earliest first. Trials are none, and neither are subscriptions that run until they
/// are cancelled.
pub fn terms(d: &Dossier) -> Vec<Term> {
    let stated = d.subscriptions.iter().filter(|s| !s.trial);
    let mut out: Vec<Term> = stated.filter_map(of_subscription).collect();
    if d.subscriptions.iter().all(|s| s.trial) {
        out.extend(of_account(d));
    }
    out.sort_by(|a, b| (a.ends_on, a.contract()).cmp(&(b.ends_on, b.contract())));
    out
}

fn of_subscription(s: &Subscription) -> Option<Term> {
    Some(Term {
        source: Source::Subscription(Box::new(s.clone())),
        starts_on: s.start,
        ends_on: s.end?,
        value: s.arr,
        months: s.start.and_then(|start| whole_months(start, s.end?)),
        renews_itself: s.auto_renew,
    })
}

/// Months from the first to the last paid day, where they are whole.
fn whole_months(start: NaiveDate, end: NaiveDate) -> Option<u32> {
    const MOST: u32 = 120;
    let behind = end + Duration::days(1);
    (1..=MOST).find(|months| add_months(start, *months as i32) == behind)
}

/// The contract that the account's fields state. Its renewal date is the first day after it.
fn of_account(d: &Dossier) -> Option<Term> {
    let renewal = d.account.renewal?;
    Some(Term {
        source: Source::Account,
        starts_on: contract_start(d).filter(|start| *start < renewal),
        ends_on: renewal - Duration::days(1),
        value: d.account.arr,
        months: d.account.term_months,
        renews_itself: None,
    })
}

/// What became of a term by the end of `day`. `first_use` is the day of the program's first use, where it is known.
pub fn status(d: &Dossier, term: &Term, day: NaiveDate, first_use: Option<NaiveDate>) -> Status {
    if let Some(kind) = settled(d, term, day) {
        return match kind {
            OutcomeKind::Churned => Status::Lost,
            OutcomeKind::Extended => Status::Extended,
            OutcomeKind::Renewed | OutcomeKind::Expanded | OutcomeKind::Downgraded => {
                Status::Renewed
            }
        };
    }
    if goes_on(d, term, day) {
        return Status::Renewed;
    }
    if term.ends_on >= day {
        return Status::Open;
    }
    match churned(d, day) {
        // The day may be the very end, or that of an earlier notice.
        Some(Left::On(left)) if left >= term.ends_on - Duration::days(BEFORE) => Status::Lost,
        Some(Left::Sometime) => Status::Lost,
        _ if first_use.is_some_and(|first| term.ends_on < first) => Status::BeforeUse,
        _ if term.renews_itself == Some(true) => Status::Unconfirmed,
        _ => Status::Overdue,
    }
}

/// The outcome of a term: by hand, else the imported one that is nearest to its end.
fn settled(d: &Dossier, term: &Term, day: NaiveDate) -> Option<OutcomeKind> {
    let known = |o: &&Outcome| o.date.is_none_or(|date| date <= day);
    let mut outcomes = d.outcomes.iter().filter(known);
    let by_hand = outcomes.clone().filter(|o| of_term(o, term)).last();
    let imported = || {
        let near = outcomes.by_ref().filter_map(|o| {
            let from_end = (o.date? - term.ends_on).num_days();
            let binds = o.settles.is_none() && (-BEFORE..=AFTER).contains(&from_end);
            binds.then_some((from_end.abs(), o.kind))
        });
        near.min_by_key(|(days, _)| *days).map(|(_, kind)| kind)
    };
    by_hand.map(|o| o.kind).or_else(imported)
}

/// Whether a person recorded an outcome for this term.
pub fn of_term(o: &Outcome, term: &Term) -> bool {
    let settles = o.settles.as_ref();
    settles.is_some_and(|s| s.ends_on == term.ends_on && s.contract.as_ref() == term.contract())
}

/// Whether a later subscription took over: it starts at the end of the term or within it, and runs on.
fn goes_on(d: &Dossier, term: &Term, day: NaiveDate) -> bool {
    let Source::Subscription(this) = &term.source else {
        return false;
    };
    let latest = term.ends_on + Duration::days(GAP);
    d.subscriptions.iter().any(|s| {
        let same = s.plan == this.plan;
        let starts = s.start.is_some_and(|start| {
            let within = term.starts_on.is_none_or(|first| start > first);
            // Another product within the term stands beside it; at its end it takes its place.
            let behind = start >= term.ends_on;
            start <= latest && start <= day && (behind || (same && within))
        });
        s.id != this.id && !s.trial && starts && s.end.is_none_or(|end| end > term.ends_on)
    })
}

/// The terms of an account that ended without an outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unsettled {
    /// The last paid day of the earliest overdue term.
    pub overdue: Option<NaiveDate>,
    pub overdue_terms: u16,
    /// They renew by themselves.
    pub unconfirmed: u16,
    /// They ended before the first use of the program.
    pub before_use: u16,
}

impl Unsettled {
    pub fn of(d: &Dossier, day: NaiveDate, first_use: Option<NaiveDate>) -> Self {
        let mut out = Self::default();
        for term in terms(d) {
            match status(d, &term, day, first_use) {
                Status::Overdue => {
                    out.overdue = out.overdue.or(Some(term.ends_on));
                    out.overdue_terms += 1;
                }
                Status::Unconfirmed => out.unconfirmed += 1,
                Status::BeforeUse => out.before_use += 1,
                Status::Renewed | Status::Lost | Status::Extended | Status::Open => {}
            }
        }
        out
    }

    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// The terms that may be settled, the one to be settled first at the top: overdue and unconfirmed ones, then those that
/// run, then those from before the first use.
pub fn to_settle(d: &Dossier, day: NaiveDate, first_use: Option<NaiveDate>) -> Vec<(Term, Status)> {
    let with_status = |term: Term| {
        let status = status(d, &term, day, first_use);
        (term, status)
    };
    let mut out: Vec<(Term, Status)> = terms(d).into_iter().map(with_status).collect();
    let place = |status: Status| match status {
        Status::Overdue => Some(0),
        Status::Unconfirmed => Some(1),
        Status::Open => Some(2),
        Status::BeforeUse => Some(3),
        Status::Renewed | Status::Lost | Status::Extended => None,
    };
    out.retain(|(_, status)| place(*status).is_some());
    out.sort_by_key(|(_, status)| place(*status));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::Account;
    use crate::domain::facts::outcome::Settles;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn sub(id: &str, start: &str, end: &str) -> Subscription {
        let json = format!(r#"{{"id":"{id}","account":"a","start":"{start}","end":"{end}"}}"#);
        serde_json::from_str(&json).expect("a subscription")
    }

    fn outcome(kind: OutcomeKind, date: &str) -> Outcome {
        let json = format!(
            r#"{{"id":"o{date}","account":"a","kind":"{}","date":"{date}"}}"#,
            kind.key()
        );
        serde_json::from_str(&json).expect("an outcome")
    }

    fn by_hand(kind: OutcomeKind, contract: Option<&str>, ends_on: &str, decided: &str) -> Outcome {
        Outcome {
            settles: Some(Settles {
                contract: contract.map(Into::into),
                ends_on: day(ends_on),
                due: None,
                value: None,
                until: None,
                cause: None,
                rival: String::new(),
                said_by: String::new(),
            }),
            ..outcome(kind, decided)
        }
    }

    fn with(subscriptions: Vec<Subscription>, outcomes: Vec<Outcome>) -> Dossier {
        let mut d = Dossier::new(Account::new("a".into(), "A"));
        (d.subscriptions, d.outcomes) = (subscriptions, outcomes);
        d
    }

    fn statuses(d: &Dossier, on: &str) -> Vec<Status> {
        let all = terms(d);
        all.iter().map(|t| status(d, t, day(on), None)).collect()
    }

    #[test]
    fn a_term_has_one_status() {
        let term = || sub("s", "2025-04-01", "2026-03-31");
        let on = "2026-04-10";
        let alone = with(vec![term()], vec![]);
        assert_eq!(
            statuses(&alone, "2026-03-31"),
            [Status::Open],
            "the last day is paid"
        );
        assert_eq!(statuses(&alone, "2026-04-01"), [Status::Overdue]);
        let itself = Subscription {
            auto_renew: Some(true),
            ..term()
        };
        assert_eq!(
            statuses(&with(vec![itself], vec![]), on),
            [Status::Unconfirmed]
        );
        let next = sub("t", "2026-04-01", "2027-03-31");
        let joined = with(vec![term(), next], vec![]);
        assert_eq!(statuses(&joined, on), [Status::Renewed, Status::Open]);
        let beside = Subscription {
            plan: "other".into(),
            ..sub("t", "2025-09-01", "2026-08-31")
        };
        let both = with(vec![term(), beside], vec![]);
        assert_eq!(statuses(&both, on), [Status::Overdue, Status::Open]);
        let late = sub("t", "2026-06-01", "2027-05-31");
        let returned = with(vec![term(), late], vec![]);
        assert_eq!(
            statuses(&returned, "2026-06-10"),
            [Status::Overdue, Status::Open],
            "a gap"
        );
        let first = Some(day("2026-05-01"));
        let t = &terms(&alone)[0];
        assert_eq!(
            status(&alone, t, day("2026-05-02"), first),
            Status::BeforeUse
        );
    }

    #[test]
    fn an_outcome_settles_its_term_and_a_hand_made_one_stands_over_imports() {
        let term = || vec![sub("s", "2025-04-01", "2026-03-31")];
        let on = "2026-04-10";
        for (kind, status) in [
            (OutcomeKind::Renewed, Status::Renewed),
            (OutcomeKind::Downgraded, Status::Renewed),
            (OutcomeKind::Churned, Status::Lost),
            (OutcomeKind::Extended, Status::Extended),
        ] {
            let imported = with(term(), vec![outcome(kind, "2026-03-05")]);
            assert_eq!(statuses(&imported, on), [status]);
            let hand = by_hand(kind, Some("s"), "2026-03-31", "2026-02-01");
            let said = with(term(), vec![hand.clone()]);
            assert_eq!(statuses(&said, on), [status]);
            let other = match kind {
                OutcomeKind::Churned => OutcomeKind::Renewed,
                _ => OutcomeKind::Churned,
            };
            let both = with(term(), vec![outcome(other, "2026-03-30"), hand]);
            assert_eq!(statuses(&both, on), [status], "by hand");
        }
        let far = with(term(), vec![outcome(OutcomeKind::Renewed, "2025-06-01")]);
        assert_eq!(statuses(&far, on), [Status::Overdue], "of the term before");
        let other = by_hand(OutcomeKind::Renewed, Some("t"), "2026-03-31", "2026-02-01");
        assert_eq!(statuses(&with(term(), vec![other]), on), [Status::Overdue]);
    }

    #[test]
    fn a_decided_loss_is_still_paid_until_its_last_day() {
        let lost = by_hand(OutcomeKind::Churned, Some("s"), "2026-03-31", "2026-01-31");
        let d = with(vec![sub("s", "2025-04-01", "2026-03-31")], vec![lost]);
        assert_eq!(churned(&d, day("2026-02-10")), None);
        assert_eq!(churned(&d, day("2026-03-31")), None);
        assert_eq!(
            churned(&d, day("2026-04-01")),
            Some(Left::On(day("2026-03-31")))
        );
        assert_eq!(statuses(&d, "2026-02-10"), [Status::Lost]);
    }

    #[test]
    fn the_fields_of_an_account_are_one_contract_where_there_is_no_other() {
        let mut d = with(vec![], vec![]);
        d.account.renewal = Some(day("2026-04-01"));
        d.account.term_months = Some(6);
        let all = terms(&d);
        assert_eq!((all.len(), all[0].ends_on), (1, day("2026-03-31")));
        assert_eq!(all[0].next_end(), day("2026-09-30"));
        assert_eq!(statuses(&d, "2026-04-01"), [Status::Overdue]);
        d.outcomes = vec![by_hand(
            OutcomeKind::Renewed,
            None,
            "2026-03-31",
            "2026-04-02",
        )];
        assert_eq!(statuses(&d, "2026-04-02"), [Status::Renewed]);
        d.subscriptions = vec![sub("s", "2025-04-01", "2026-03-31")];
        assert_eq!(
            terms(&d)[0].contract(),
            Some(&"s".into()),
            "a contract is the truth"
        );
    }

    #[test]
    fn the_next_term_is_as_long_as_this_one() {
        for (start, end, next) in [
            ("2025-04-01", "2026-03-31", "2027-03-31"),
            ("2025-01-31", "2025-02-27", "2025-03-27"),
            ("2024-03-01", "2025-02-28", "2026-02-28"),
            ("2025-12-01", "2026-02-28", "2026-05-31"),
            // Not whole months: a year.
            ("2025-12-05", "2026-02-17", "2027-02-17"),
        ] {
            let d = with(vec![sub("s", start, end)], vec![]);
            assert_eq!(terms(&d)[0].next_end(), day(next), "{start} to {end}");
        }
    }
}
