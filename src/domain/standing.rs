//! Where an account stands today, derived from its dossier: what the portfolio shows. Never truth:
//! it may be cached by data version, policy and date, and thrown away at any time.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::account::{Account, Stage, Tier};
use super::cadence::adapt::{self, Suggestion};
use super::cadence::adherence::{self, Adherence};
use super::cadence::anchors::{self, Anchors};
use super::cadence::policy::Policy as Cadence;
use super::checkin::wrapup::Judgement;
use super::conflicts::{self, Conflict};
use super::dossier::Dossier;
use super::facts::feedback::{Outcome, OutcomeKind};
use super::facts::subscription::{self, Subscription};
use super::facts::touch::Attendance;
use super::facts::usage::change;
use super::health::{self, Dimension, Score, history};
use super::money::{Money, Totals};
use super::policy::Policy;
use super::signals::gaps::{self, Family, Gap};
use super::signals::{self, PhraseMatcher, Signal, Thresholds, View, phrases};
use super::when::{Now, Zone};
use crate::domain::freshness::DataFreshness;

/// Weeks in the portfolio's sparkline.
pub const SPARK_WEEKS: usize = 12;

/// A week's level in a sparkline: 0–7, or [`GAP`] where nothing is known.
pub type Spark = [u8; SPARK_WEEKS];
pub const GAP: u8 = u8::MAX;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    pub tier: Tier,
    pub stage: Stage,
    /// The yearly value, where it is all in one currency.
    pub arr: Option<Money>,
    /// The same by currency, for accounts that pay in several.
    #[serde(default)]
    pub value: Totals,
    pub renewal: Option<NaiveDate>,
    pub seats: Option<u32>,
    pub health: Score,
    pub trend: history::Trend,
    /// What moved the score over 30 days.
    pub moved: Box<[(Dimension, f64)]>,
    pub spark: Spark,
    /// Headline usage, 30 days against the 30 before, percent.
    pub usage_change: Option<i32>,
    pub last_touch: Option<NaiveDate>,
    pub open_actions: u32,
    pub overdue_actions: u32,
    pub promises: u32,
    pub open_tickets: u32,
    pub escalated_tickets: u32,
    /// The account itself was escalated by somebody.
    #[serde(default)]
    pub escalated: bool,
    pub churned: Option<Left>,
    /// What the person who spoke with them last thought, and when.
    #[serde(default)]
    pub judgement: Option<(Judgement, NaiveDate)>,
    /// Features used in the last 30 days of the account's data.
    #[serde(default)]
    pub features: Box<[String]>,
    /// What contradicts what.
    #[serde(default)]
    pub conflicts: Box<[Conflict]>,
    /// Early signals that hold, bad news first, the most severe first.
    pub signals: Box<[Signal]>,
    /// Families of signals that cannot be judged, and why.
    #[serde(default)]
    pub gaps: Box<[(Family, Gap)]>,
    /// What its plan of touches hangs on.
    #[serde(default)]
    pub anchors: Anchors,
    /// Check-ins that were planned against those that were held.
    #[serde(default)]
    pub adherence: Adherence,
    /// How its cadence could fit it better.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub suggestions: Box<[Suggestion]>,
}

/// The stated tier, else the one its value or size gives.
pub fn effective_tier(dossier: &Dossier, policy: &Policy, day: NaiveDate) -> Tier {
    dossier.account.tier.unwrap_or_else(|| {
        policy.tier_of(effective_arr(dossier, day), effective_seats(dossier, day))
    })
}

/// The stated stage, else by the contract's dates: 45 days of onboarding, adoption through the
/// first year, renewal in the last 120 days, growth otherwise.
pub fn effective_stage(dossier: &Dossier, day: NaiveDate) -> Stage {
    if let Some(stage) = dossier.account.stage {
        return stage;
    }
    let start = contract_start(dossier).filter(|s| *s <= day);
    let age = start.map_or(i64::MAX, |s| (day - s).num_days());
    if (0..=45).contains(&age) {
        Stage::Onboarding
    } else if effective_renewal(dossier, day)
        .is_some_and(|r| (0..=120).contains(&(r - day).num_days()))
        && age > 120
    {
        Stage::Renewal
    } else if age < 365 {
        Stage::Adoption
    } else {
        Stage::Growth
    }
}

pub fn contract_start(dossier: &Dossier) -> Option<NaiveDate> {
    dossier
        .account
        .contract_start
        .or_else(|| dossier.subscriptions.iter().filter_map(|s| s.start).min())
}

/// The stated yearly value, else what runs today, where it is all in one currency.
pub fn effective_arr(dossier: &Dossier, day: NaiveDate) -> Option<Money> {
    dossier
        .account
        .arr
        .or_else(|| subscription::arr(&dossier.subscriptions, day).single())
}

/// The yearly value by currency: stated, else of what runs today.
pub fn effective_value(dossier: &Dossier, day: NaiveDate) -> Totals {
    match dossier.account.arr {
        Some(arr) => {
            let mut totals = Totals::default();
            totals.add(arr);
            totals
        }
        None => subscription::arr(&dossier.subscriptions, day),
    }
}

/// The stated renewal date, else the next one of the subscriptions that run longest: many small
/// monthly periods must not hide a yearly date, so the longest period speaks.
pub fn effective_renewal(dossier: &Dossier, day: NaiveDate) -> Option<NaiveDate> {
    dossier.account.renewal.or_else(|| {
        let longest = dossier
            .subscriptions
            .iter()
            .filter(|s| s.next_renewal(day).is_some())
            .map(Subscription::months)
            .max()?;
        dossier
            .subscriptions
            .iter()
            .filter(|s| s.months() == longest)
            .filter_map(|s| s.next_renewal(day))
            .min()
    })
}

pub fn effective_seats(dossier: &Dossier, day: NaiveDate) -> Option<u32> {
    dossier.account.seats.or_else(|| {
        seats_on(&dossier.subscriptions, day).map(|seats| u32::try_from(seats).unwrap_or(u32::MAX))
    })
}

/// Seats of what runs and is paid for on a day; none where one of them is not known.
pub fn seats_on(subscriptions: &[Subscription], day: NaiveDate) -> Option<u64> {
    let mut running = subscriptions
        .iter()
        .filter(|s| s.active(day) && !s.trial)
        .peekable();
    running.peek()?;
    running.map(|s| s.seats.map(u64::from)).sum()
}

/// The last day we spoke with the customer: a call or meeting that took place, or a check-in.
pub fn last_conversation(dossier: &Dossier, day: NaiveDate, zone: Zone) -> Option<NaiveDate> {
    let touches = dossier
        .touches
        .iter()
        .filter(|t| t.is_conversation())
        .map(|t| zone.day(t.at));
    let checkins = dossier
        .checkins
        .iter()
        .filter_map(|c| c.ended())
        .map(|at| zone.day(at));
    let people = dossier.contacts.iter().filter_map(|c| c.last_contacted);
    touches
        .chain(checkins)
        .chain(people)
        .filter(|d| *d <= day)
        .max()
}

/// The last day anything reached the customer, mail included; what was declined or missed did not.
pub fn last_touch(dossier: &Dossier, day: NaiveDate, zone: Zone) -> Option<NaiveDate> {
    let any = dossier
        .touches
        .iter()
        .filter(|t| t.attendance == Attendance::Held)
        .map(|t| zone.day(t.at))
        .filter(|d| *d <= day)
        .max();
    any.max(last_conversation(dossier, day, zone))
}

/// What accounts are judged by: the numbers and words a team may change.
#[derive(Clone, Copy)]
pub struct ScoringContext<'a> {
    pub policy: &'a Policy,
    /// The version of the policy, for the history: another number is another way to score.
    pub rules: u64,
    pub thresholds: &'a Thresholds,
    pub ear: &'a dyn PhraseMatcher,
    pub cadence: &'a Cadence,
}

/// The signals that hold at a moment, which is now or the end of a day that is past; and what cannot
/// be judged.
pub fn signals_of(
    dossier: &Dossier,
    feeds: DataFreshness,
    lens: ScoringContext,
    now: Now,
) -> (Vec<Signal>, Vec<(Family, Gap)>) {
    let day = now.today();
    let heard = phrases::listen(dossier, lens.ear, day, now.zone);
    let view = View {
        dossier,
        feeds,
        thresholds: lens.thresholds,
        tier: effective_tier(dossier, lens.policy, day),
        stage: effective_stage(dossier, day),
        day,
        moment: now.at,
        zone: now.zone,
        heard: &heard,
        kind: signals::Kind::ALL[0],
        setting: &lens.thresholds.settings[0],
    };
    (signals::find(&view), gaps::find(&view))
}

pub fn standing(
    dossier: &Dossier,
    feeds: DataFreshness,
    lens: ScoringContext,
    now: Now,
) -> Standing {
    let (policy, day, zone) = (lens.policy, now.today(), now.zone);
    let health = health::score(dossier, feeds, policy, day, zone);
    let gone = churned(dossier, day);
    // Who has left gives no early signals any more, and renews nothing.
    let (signals, gaps) = if gone.is_some() {
        Default::default()
    } else {
        signals_of(dossier, feeds, lens, now)
    };
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
    let suggestions = if gone.is_some() {
        Vec::new()
    } else {
        adapt::suggest(&known, lens.cadence, day, zone)
    };
    let conflicts = conflicts::find(dossier, &health, &signals, judgement, day, zone).into();
    Standing {
        tier,
        stage,
        arr: effective_arr(dossier, day),
        value: effective_value(dossier, day),
        renewal: effective_renewal(dossier, day).filter(|_| gone.is_none()),
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
        churned: gone,
        features: features(dossier, day),
        judgement,
        conflicts,
        signals: signals.into(),
        gaps: gaps.into(),
        anchors: anchors::find(dossier, day, zone),
        adherence: adherence::adherence(dossier, lens.cadence, tier, stage, day, zone),
        suggestions: suggestions.into(),
    }
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
    let said = dossier
        .checkins
        .iter()
        .filter_map(|c| Some((c.wrapup.judgement?, zone.day(c.ended()?))));
    said.filter(|(_, d)| *d <= day && (day - *d).num_days() <= FRESH)
        .max_by_key(|(_, d)| *d)
}

/// That a customer left, and when. Exports often say the first alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Left {
    On(NaiveDate),
    Sometime,
}

impl Left {
    /// The day, where it is known.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Left::On(day) => Some(day),
            Left::Sometime => None,
        }
    }
}

/// Whether the customer left, if nothing runs any more. An ending without a day counts where no outcome with
/// one is known: it would be older or newer, nobody can tell.
pub fn churned(dossier: &Dossier, day: NaiveDate) -> Option<Left> {
    if dossier.subscriptions.iter().any(|s| s.active(day)) {
        return None;
    }
    let gone = |o: &Outcome| o.kind == OutcomeKind::Churned;
    match dossier
        .outcomes
        .iter()
        .filter(|o| o.date.is_some_and(|d| d <= day))
        .max_by_key(|o| o.date)
    {
        Some(last) => last.date.filter(|_| gone(last)).map(Left::On),
        None => dossier
            .outcomes
            .iter()
            .any(|o| o.date.is_none() && gone(o))
            .then_some(Left::Sometime),
    }
}

fn spark(dossier: &Dossier, day: NaiveDate) -> Spark {
    let mut out = [GAP; SPARK_WEEKS];
    let Some((metric, series)) = dossier.usage.headline() else {
        return out;
    };
    // The last week ends where the data ends: a feed that comes at night must not look like a rise
    // or a fall on the day itself.
    let Some(last) = series
        .between(NaiveDate::MIN, day)
        .last()
        .map(|p| super::facts::usage::date_of(p.0))
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

/// One line of the portfolio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub account: Account,
    pub standing: Standing,
}
