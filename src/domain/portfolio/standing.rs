//! The standing of an account today, computed from its dossier. It may be cached by data version,
//! policy and date, and discarded at any time.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::conflicts;
use crate::domain::cadence::adapt;
use crate::domain::cadence::adherence;
use crate::domain::cadence::anchors;
use crate::domain::cadence::policy::Policy as Cadence;
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::steps;
use crate::domain::dossier::terms::Unsettled;
use crate::domain::facts::usage::change;
use crate::domain::freshness::DataFreshness;
use crate::domain::health::{self, history};
use crate::domain::policy::Policy;
use crate::domain::risk::policy::RiskPolicy;
use crate::domain::risk::{self, Risk};
use crate::domain::signals::gaps::{self, Family, Gap};
use crate::domain::signals::{self, PhraseMatcher, Signal, Thresholds, View, phrases};
use crate::domain::when::{Now, Zone};

pub use super::row::{GAP, Row, SPARK_WEEKS, Spark, Standing};
pub use crate::domain::dossier::churn::{Left, churned};
pub use crate::domain::dossier::effective::{
    deciding_day, effective_arr, effective_renewal, effective_seats, effective_stage,
    effective_tier, effective_value,
};
pub use crate::domain::dossier::start::contract_start;
pub use crate::domain::dossier::talks::last_touch;

/// The rules accounts are scored by: the policy and phrases a team may change.
#[derive(Clone, Copy)]
pub struct ScoringContext<'a> {
    pub policy: &'a Policy,
    /// The version of the policy, recorded in the history: a different number means different
    /// rules.
    pub rules: u64,
    pub thresholds: &'a Thresholds,
    pub phrases: &'a dyn PhraseMatcher,
    pub cadence: &'a Cadence,
    pub risk: &'a RiskPolicy,
    /// The first use of the program: nothing before it counts as missed. None: unknown, so
    /// everything counts.
    pub first_use: Option<DateTime<Utc>>,
}

/// The signals that hold at a moment, now or the end of a past day; and the families that cannot be
/// judged.
pub fn signals_of(
    dossier: &Dossier,
    freshness: DataFreshness,
    context: ScoringContext,
    now: Now,
) -> (Vec<Signal>, Vec<(Family, Gap)>) {
    let day = now.today();
    let hits = phrases::phrase_hits(dossier, context.phrases, day, now.zone);
    let view = View {
        dossier,
        freshness,
        thresholds: context.thresholds,
        tier: effective_tier(dossier, context.policy, day),
        stage: effective_stage(dossier, day),
        day,
        moment: now.at,
        zone: now.zone,
        phrase_hits: &hits,
        numbers: &[],
        setting: &context.thresholds.settings[0],
    };
    (signals::find(&view), gaps::find(&view))
}

/// Computes what lists show of an account on the day of `now`.
pub fn standing(
    dossier: &Dossier,
    freshness: DataFreshness,
    context: ScoringContext,
    now: Now,
) -> Standing {
    let health = health::score(dossier, freshness, context.policy, now.today(), now.zone);
    standing_by(health, dossier, freshness, context, now)
}

/// As [`standing`], where the day's score is known already.
pub fn standing_by(
    health: health::Score,
    dossier: &Dossier,
    freshness: DataFreshness,
    context: ScoringContext,
    now: Now,
) -> Standing {
    let (policy, day, zone) = (context.policy, now.today(), now.zone);
    let first_use = context.first_use.map(|at| zone.day(at));
    let churned = churned(dossier, day);
    // A churned customer has no early signals and no renewal.
    let (signals, gaps) = if churned.is_some() {
        Default::default()
    } else {
        signals_of(dossier, freshness, context, now)
    };
    let health = health.against(&signals);
    let judgement = judgement(dossier, day, zone);
    let open: Vec<_> = dossier.actions.iter().filter(|a| a.is_open()).collect();
    let tickets: Vec<_> = dossier.tickets.iter().filter(|t| t.is_open()).collect();
    let (tier, stage) = (
        effective_tier(dossier, policy, day),
        effective_stage(dossier, day),
    );
    let trend = history::trend(&health, &dossier.history, day);
    let known = adapt::Known {
        dossier,
        tier,
        stage,
        health: &health,
        trend,
        signals: &signals,
    };
    let suggestions = if churned.is_some() {
        Vec::new()
    } else {
        adapt::suggest(&known, context.cadence, day, zone)
    };
    let conflicts = conflicts::find(dossier, &health, &signals, judgement, day, zone).into();
    let unsettled = Unsettled::of(dossier, day, first_use);
    let renewal = renewal(dossier, &unsettled, day).filter(|_| churned.is_none());
    let standing = Standing {
        tier,
        stage,
        arr: effective_arr(dossier, day),
        value: effective_value(dossier, day),
        renewal,
        // What ended already is decided.
        decide_by: deciding_day(dossier, day).filter(|_| renewal.is_some_and(|on| on >= day)),
        step: steps::of_next(dossier, day).filter(|_| renewal.is_some()),
        seats: effective_seats(dossier, day),
        trend,
        moved: history::moved(&health, &dossier.history, day, 30).into(),
        health,
        spark: spark(dossier, day),
        usage_change: usage_change(dossier, day),
        last_touch: last_touch(dossier, day, zone),
        open_actions: open.len() as u32,
        overdue_actions: open.iter().filter(|a| a.overdue(day)).count() as u32,
        promises: open.iter().filter(|a| a.promised).count() as u32,
        open_tickets: tickets.len() as u32,
        escalated_tickets: tickets.iter().filter(|t| t.escalated).count() as u32,
        escalated: dossier.account.escalated,
        churned,
        unsettled,
        features: features(dossier, day),
        judgement,
        conflicts,
        signals: signals.into(),
        gaps: gaps.into(),
        anchors: anchors::find(dossier, day, zone, first_use),
        adherence: adherence::adherence(
            dossier,
            context.cadence,
            (tier, stage),
            (day, zone),
            first_use,
        ),
        suggestions: suggestions.into(),
        risk: None,
    };
    let risk = risk(dossier, &standing, context, day);
    Standing { risk, ..standing }
}

/// What puts an account on the board of risk; nothing of one that has left.
fn risk(
    dossier: &Dossier,
    s: &Standing,
    context: ScoringContext,
    day: NaiveDate,
) -> Option<Box<Risk>> {
    let known = risk::Known {
        dossier,
        band: s.health.band,
        trend: s.trend,
        signals: &s.signals,
        judgement: s.judgement,
        unsettled: s.unsettled,
        renewal: s.renewal,
        step: s.step,
    };
    let risk = risk::weigh(&known, context.risk, day)?;
    s.churned.is_none().then(|| Box::new(risk))
}

/// The end of a term whose outcome is not recorded, else the next renewal.
fn renewal(dossier: &Dossier, unsettled: &Unsettled, day: NaiveDate) -> Option<NaiveDate> {
    // A term that is lost already does not renew; the account's own renewal date is the day after it.
    let leaving = |day: &NaiveDate| {
        unsettled
            .leaving
            .is_some_and(|end| *day == end || *day == end + Duration::days(1))
    };
    let next = effective_renewal(dossier, day).filter(|next| !leaving(next));
    let ended = unsettled.overdue.filter(|_| next.is_none_or(|r| r > day));
    ended.or(next)
}

fn features(dossier: &Dossier, day: NaiveDate) -> Box<[String]> {
    let Some(until) = dossier.usage.features_until(day) else {
        return Box::default();
    };
    let used = dossier
        .usage
        .features()
        .filter(|(_, s)| s.sum(until, 30).is_some_and(|n| n > 0.0));
    used.map(|(name, _)| name.into()).collect()
}

/// The judgement of the last talk, while it is fresh enough to count.
fn judgement(dossier: &Dossier, day: NaiveDate, zone: Zone) -> Option<(Judgement, NaiveDate)> {
    const FRESH: i64 = 120;
    let judgements = dossier
        .checkins
        .iter()
        .filter_map(|c| Some((c.wrapup.judgement?, zone.day(c.ended()?))));
    judgements
        .filter(|(_, d)| *d <= day && (day - *d).num_days() <= FRESH)
        .max_by_key(|(_, d)| *d)
}

fn spark(dossier: &Dossier, day: NaiveDate) -> Spark {
    let mut out = [GAP; SPARK_WEEKS];
    let Some((metric, series)) = dossier.usage.headline() else {
        return out;
    };
    // The last week ends where the data ends: otherwise a nightly feed would look like a change on
    // the current day.
    let Some(last) = series
        .between(NaiveDate::MIN, day)
        .last()
        .map(|p| crate::domain::facts::usage::date_of(p.0))
    else {
        return out;
    };
    let late = (day - last).num_days().max(0) / 7 * 7;
    let weeks: Vec<Option<f64>> = (0..SPARK_WEEKS)
        .rev()
        .map(|w| {
            series.daily(
                metric,
                last + Duration::days(late) - Duration::days(7 * w as i64),
                7,
            )
        })
        .collect();
    let top = weeks.iter().flatten().fold(0.0_f64, |a, b| a.max(*b));
    for (slot, week) in out.iter_mut().zip(weeks) {
        if let Some(v) = week {
            *slot = if top > 0.0 {
                (v / top * 7.0).round() as u8
            } else {
                0
            };
        }
    }
    out
}

fn usage_change(dossier: &Dossier, day: NaiveDate) -> Option<i32> {
    let (metric, series) = dossier.usage.headline()?;
    let (now, before) = signals::level::recent(metric, series, day);
    change(now, before).map(|p| p.round() as i32)
}
