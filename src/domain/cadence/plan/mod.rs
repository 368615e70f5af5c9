//! The touches of an account, each with its ideal day, its latest day and its rule. They are
//! derived from the account, the agreed meetings and the last touches. Nothing is stored, so
//! planning again without a change gives the same plan.

mod builder;
mod checkins;
mod dated;
mod ground;
mod limits;
mod periodic;
mod settle;
mod touch;

use chrono::{Duration, NaiveDate};

use super::Kind;
use super::start::Start;
use super::theirs::Theirs;
use super::touchpoint::Touchpoint;
use crate::domain::account::Account;
use crate::domain::portfolio::row::Standing;
use builder::Builder;

pub use ground::{Ground, end_of};
pub use touch::{Due, Planned, Rule};

/// The touches of an account up to a day, by day. A churned account keeps only agreed meetings.
pub fn plan(
    account: &Account,
    standing: &Standing,
    meetings: &[Touchpoint],
    ground: &Ground,
    until: NaiveDate,
) -> Vec<Planned> {
    // A touch shortly after the end may serve one before it.
    let beyond = until + Duration::days(45);
    let mut b = Builder {
        account,
        rhythm: account.cadence.as_deref(),
        s: standing,
        g: ground,
        theirs: Theirs::of(ground.policy, account),
        start: Start::of(standing.anchors.first_use, ground.policy),
        until: beyond,
        out: Vec::with_capacity(48),
        natural: Vec::with_capacity(48),
    };
    b.agreed(meetings);
    if standing.churned.is_none() && !standing.health.is_accepted_loss() {
        b.onboarding();
        b.renewals();
        b.good_news();
        b.periodic(Kind::Review, &[]);
        b.periodic(Kind::Executive, &[]);
        b.checkins();
        for kind in [
            Kind::Training,
            Kind::Report,
            Kind::Webinar,
            Kind::Email,
            Kind::Expansion,
        ] {
            b.periodic(kind, &[]);
        }
        b.healthy_reviews();
        b.settle();
        b.floor();
        b.settle();
        b.hold_to_preferences();
    }
    b.out.retain(|p| p.ideal <= until || p.date <= until);
    b.out.sort_by_key(|p| (p.date, p.kind, p.ideal));
    b.out.shrink_to_fit();
    b.out
}

/// The next check-in after a talk on a day, as the wrap-up proposes it.
pub fn next_checkin(
    account: &Account,
    standing: &Standing,
    meetings: &[Touchpoint],
    ground: &Ground,
    spoke: NaiveDate,
    burns: bool,
) -> Option<NaiveDate> {
    let mut after = standing.clone();
    after.anchors.last[Kind::Checkin.index()] = Some(spoke);
    after.last_touch = Some(spoke);
    if burns {
        after.escalated = true;
    }
    let talk = |p: &Planned| {
        matches!(p.kind, Kind::Checkin | Kind::Review | Kind::Renewal)
            && p.kind.is_talk()
            && p.own.blocked.is_none()
            && p.date > spoke
    };
    plan(
        account,
        &after,
        meetings,
        ground,
        spoke + Duration::days(370),
    )
    .into_iter()
    .find(talk)
    .map(|p| p.date)
}
