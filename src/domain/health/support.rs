//! The support dimension: the burden of open tickets by gravity and age, less half of what the account
//! usually has open, and the same issue again. No
//! tickets are no merit: the dimension is then unknown. Tickets never raise the whole.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::Fact;
use super::dimension_score::{DimensionScore, age_weight, ageing, along};
use crate::domain::curves::Curves;
use crate::domain::dossier::Dossier;
use crate::domain::facts::rhythm::median;
use crate::domain::facts::ticket::{Priority, Ticket, same_issue};
use crate::domain::health::Input;
use crate::domain::policy::Policy;
use crate::domain::when::Zone;

/// Days of tickets that count: without any in this time and without an open one, nothing is known.
const QUARTER: i64 = 90;

pub fn score(dossier: &Dossier, policy: &Policy, day: NaiveDate, zone: Zone) -> DimensionScore {
    let end = zone.instant(
        (day + Duration::days(1))
            .and_hms_opt(0, 0, 0)
            .unwrap_or_default(),
    ) - Duration::seconds(1);
    let since = end - Duration::days(QUARTER);
    let known = |t: &&Ticket| t.opened.is_none_or(|o| o <= end);
    let all: Vec<&Ticket> = dossier.tickets.iter().filter(known).collect();
    let open: Vec<&Ticket> = all.iter().filter(|t| t.open_at(end)).copied().collect();
    let recent = |t: &&&Ticket| t.opened.is_some_and(|o| o > since);
    if open.is_empty() && all.iter().filter(recent).count() == 0 {
        return DimensionScore::unknown(Vec::new());
    }
    let newest = all
        .iter()
        .flat_map(|t| [t.opened, t.first_answer, t.solved])
        .flatten()
        .filter(|at| *at <= end)
        .max()
        .map_or(0, |at| (day - zone.day(at)).num_days());
    // An open ticket stays a fact, however long nobody wrote in it.
    if newest > policy.support_unknown && open.is_empty() {
        return DimensionScore::unknown(vec![Fact::SupportStale { days: newest }]);
    }
    let curves = &policy.curves;
    let month = end - Duration::days(30);
    let count = all
        .iter()
        .filter(|t| t.opened.is_some_and(|o| o > month))
        .count();
    let mut facts = vec![Fact::TicketsThisMonth { count }];
    let burden: f64 = open.iter().map(|t| weight(t, day, zone, curves)).sum();
    facts.extend(of_open(&open, day, zone));
    let usual = usual(&all, end, zone, curves);
    let mut points = along(&curves.burden, burden);
    if let Some(usual) = usual.filter(|u| u.burden > 0.0 && !open.is_empty()) {
        let no_news = (usual.burden * curves.usual_share).min(curves.usual_most);
        points = along(&curves.burden, burden - no_news);
        facts.push(Fact::UsuallyOpen { count: usual.open });
    }
    if let Some((subject, times)) = repeated(&all, end) {
        let repeats = along(&curves.repeats, times as f64);
        if repeats < 100.0 {
            facts.push(Fact::Repeated {
                subject,
                count: times,
            });
        }
        points = points.min(repeats);
    }
    let ratings: Vec<f64> = all
        .iter()
        .filter(|t| t.solved.or(t.opened).is_some_and(|d| d > since && d <= end))
        .filter_map(|t| t.csat.filter(|c| (1.0..=5.0).contains(c)))
        .collect();
    if !ratings.is_empty() {
        let mean = ratings.iter().sum::<f64>() / ratings.len() as f64;
        facts.push(Fact::TicketRating {
            mean,
            count: ratings.len(),
        });
        points -= if mean < 3.0 { 15.0 } else { 0.0 };
    }
    let fresh = age_weight(newest, policy.support_unknown, policy);
    facts.extend(ageing(Input::Tickets, newest, fresh));
    DimensionScore::new(points, facts)
        .fresh(fresh)
        .only(true, false)
}

/// The tickets that an account usually has open.
struct Usual {
    open: f64,
    burden: f64,
}

/// The usual load of an account: the middle of its month ends, from a quarter to a year ago. Grave and
/// escalated tickets become nobody's habit. None before it had tickets for half a year.
fn usual(all: &[&Ticket], end: DateTime<Utc>, zone: Zone, curves: &Curves) -> Option<Usual> {
    const LEAST: usize = 4;
    let first = all.iter().filter_map(|t| t.opened).min()?;
    let habit = |t: &&Ticket| {
        let plain = matches!(t.priority, Priority::Normal | Priority::Low) && !t.escalated;
        plain && t.opened.is_some()
    };
    let then = (3..=12)
        .map(|months| end - Duration::days(30 * months))
        .filter(|then| *then > first);
    let (mut open, mut burden): (Vec<f64>, Vec<f64>) = then
        .map(|then| {
            let open = all.iter().filter(|t| habit(t) && t.open_at(then));
            let weights = open.map(|t| weight(t, zone.day(then), zone, curves));
            weights.fold((0.0, 0.0), |(n, sum), w| (n + 1.0, sum + w))
        })
        .unzip();
    if open.len() < LEAST {
        return None;
    }
    Some(Usual {
        open: median(&mut open)?,
        burden: median(&mut burden)?,
    })
}

/// The burden of one open ticket: its gravity times a factor for its age in days.
fn weight(ticket: &Ticket, day: NaiveDate, zone: Zone, curves: &Curves) -> f64 {
    let days = ticket
        .opened
        .map_or(0, |o| (day - zone.day(o)).num_days().max(0));
    let age = along(&curves.ticket_age, days as f64);
    let [urgent, high, normal, low, escalated] = curves.gravity;
    match ticket.priority {
        // Who escalates does not wait for a ticket to grow old.
        _ if ticket.escalated => escalated * age.max(1.0),
        Priority::Urgent => urgent * age,
        Priority::High => high * age,
        Priority::Normal => normal * age,
        // A wish that stays on the list for long is no burden that grows.
        Priority::Low => low * age.min(1.0),
    }
}

/// What is said of open tickets.
fn of_open(open: &[&Ticket], day: NaiveDate, zone: Zone) -> Vec<Fact> {
    let mut facts = Vec::new();
    if open.is_empty() {
        return facts;
    }
    // In calendar days: a ticket of this morning is 0 days old.
    let oldest = open
        .iter()
        .filter_map(|t| t.opened)
        .min()
        .map_or(0, |o| (day - zone.day(o)).num_days());
    facts.push(Fact::OpenTickets {
        count: open.len(),
        oldest_days: oldest,
    });
    let grave = |p: &Priority| matches!(p, Priority::Urgent | Priority::High);
    let count = open.iter().filter(|t| grave(&t.priority)).count();
    if count > 0 {
        facts.push(Fact::GraveTickets { count });
    }
    let escalated = open.iter().filter(|t| t.escalated).count();
    if escalated > 0 {
        facts.push(Fact::Escalated { count: escalated });
    }
    facts
}

/// The issue that was reported most often in 60 days, with its number; none where each came once.
fn repeated(all: &[&Ticket], end: DateTime<Utc>) -> Option<(String, usize)> {
    let since = end - Duration::days(60);
    let recent = |t: &&&Ticket| t.opened.is_some_and(|o| o > since);
    let recent: Vec<&Ticket> = all.iter().filter(recent).copied().collect();
    let group = same_issue(&recent).into_iter().max_by_key(Vec::len)?;
    let last = recent[*group.last()?];
    let subject = if last.subject.is_empty() {
        &last.category
    } else {
        &last.subject
    };
    (group.len() > 1).then(|| (subject.clone(), group.len()))
}
