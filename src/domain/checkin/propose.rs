//! Which check-in fits this account now, and why: from its state, stage and tier `[checkin.types]`.

use chrono::{Datelike, Duration, NaiveDate};

use super::Kind;
use crate::domain::account::{Stage, Tier};
use crate::domain::closed::closed;
use crate::domain::health::Band;
use crate::domain::summary::Standing;

closed! {
    Why {
        Escalated = "escalated", Red = "red", Renewal = "renewal", Onboarding = "onboarding",
        ReviewDue = "review-due", Regular = "regular",
    }
}

/// Renewal talk opens 120 days before the date.
const RENEWAL_WINDOW: i64 = 120;

/// The id of the template to propose and the reason for it. `last_review` is the day of the last
/// business review; `started` the start of the contract.
pub fn propose(standing: &Standing, last_review: Option<NaiveDate>, started: Option<NaiveDate>, today: NaiveDate) -> (&'static str, Why) {
    if standing.churned.is_some() {
        return ("standard", Why::Regular);
    }
    if standing.escalated_tickets > 0 || standing.escalated {
        return ("risk", Why::Escalated);
    }
    if standing.health.band == Band::Red {
        return ("save", Why::Red);
    }
    if standing.stage == Stage::Onboarding {
        // Week 1, weeks 2–3, weeks 4–6 `[checkin.types]`.
        let days = started.map_or(0, |s| (today - s).num_days());
        return (
            if days <= 7 {
                "onboarding-week-1"
            } else if days <= 21 {
                "onboarding-midpoint"
            } else {
                "onboarding-completion"
            },
            Why::Onboarding,
        );
    }
    if standing.renewal.is_some_and(|r| (0..=RENEWAL_WINDOW).contains(&(r - today).num_days())) {
        return ("renewal", Why::Renewal);
    }
    // `[cadence.model]`: reviews quarterly for Enterprise, half-yearly for Mid-market, yearly for SMB.
    let review_days = match standing.tier {
        Tier::Enterprise => Some(90),
        Tier::MidMarket => Some(182),
        Tier::Smb => Some(365),
        Tier::TechTouch => None,
    };
    let since = last_review.or(started).map(|d| (today - d).num_days());
    match (review_days, since) {
        (Some(days), Some(since)) if since >= days => ("review", Why::ReviewDue),
        _ => ("standard", Why::Regular),
    }
}

/// Days before a renewal on which something is due `[renewal.timeline]`.
const MILESTONES: [i64; 6] = [120, 90, 60, 30, 14, 7];

/// The date to propose for the next check-in: a week on where it burns or begins, else by tier
/// `[cadence.model]`, never past the next renewal milestone, and never on a weekend.
pub fn next_date(standing: &Standing, kind: Kind, today: NaiveDate) -> NaiveDate {
    let days = match standing.tier {
        _ if kind == Kind::Risk || standing.health.band == Band::Red || standing.stage == Stage::Onboarding => 7,
        Tier::Enterprise => 28,
        Tier::MidMarket if standing.stage == Stage::Adoption => 28,
        Tier::MidMarket => 56,
        Tier::Smb | Tier::TechTouch => 91,
    };
    let mut date = today + Duration::days(days);
    let milestone = standing.renewal.and_then(|r| MILESTONES.iter().map(|m| r - Duration::days(*m)).find(|d| *d > today + Duration::days(2)));
    if let Some(milestone) = milestone.filter(|m| *m < date) {
        date = milestone;
        // Before the milestone rather than after it.
        while date.weekday().num_days_from_monday() > 4 && date > today + Duration::days(2) {
            date -= Duration::days(1);
        }
    }
    while date.weekday().num_days_from_monday() > 4 {
        date += Duration::days(1);
    }
    date
}
