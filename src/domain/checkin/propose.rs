//! The check-in that fits an account now, and the reason: from its standing, stage and tier.

use chrono::NaiveDate;

use crate::domain::account::{Stage, Tier};
use crate::domain::closed::closed;
use crate::domain::health::Band;
use crate::domain::portfolio::row::Standing;

closed! {
    Why {
        Escalated = "escalated", Red = "red", Renewal = "renewal", Onboarding = "onboarding",
        ReviewDue = "review-due", Regular = "regular",
    }
}

/// Renewal talks begin this many days before the date.
const RENEWAL_WINDOW: i64 = 120;

/// The id of the proposed template, and the reason. `last_review` is the day of the last business
/// review, `started` the start of the contract.
pub fn propose(
    standing: &Standing,
    last_review: Option<NaiveDate>,
    started: Option<NaiveDate>,
    today: NaiveDate,
) -> (&'static str, Why) {
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
        // Onboarding calls: week 1, weeks 2–3, weeks 4–6.
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
    if standing
        .counts_down_to(today)
        .is_some_and(|r| (0..=RENEWAL_WINDOW).contains(&(r - today).num_days()))
    {
        return ("renewal", Why::Renewal);
    }
    // Reviews are quarterly for Enterprise, half-yearly for Mid-market, yearly for SMB.
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
