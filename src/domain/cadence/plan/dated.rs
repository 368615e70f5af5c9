//! Touches that depend on a date: the start of the contract, a renewal, good news.

use chrono::{Datelike, Duration, NaiveDate};

use super::builder::Builder;
use super::touch::Rule;
use crate::domain::account::Stage;
use crate::domain::cadence::Kind;
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::health::Band;
use crate::domain::signals::Kind as Signal;
use crate::domain::when::add_months;

/// Days after which good news is old.
const MOMENT: i64 = 14;
/// Days within which to ask for a reference: a recommendation is best asked for within 48 hours.
const ASK_WITHIN: i64 = 2;

impl Builder<'_> {
    /// The first weeks, and mail sequences.
    pub fn onboarding(&mut self) {
        let Some(start) = self.s.anchors.start else {
            return;
        };
        let policy = self.g.policy;
        for steps in policy
            .steps
            .iter()
            .filter(|s| s.tiers.is_empty() || s.tiers.contains(&self.s.tier))
        {
            let last = self.s.anchors.last(steps.kind);
            let agreed = self.days_of(|p| p.kind == steps.kind && p.own.agreed.is_some());
            for (i, day) in steps.days.iter().enumerate() {
                let (ideal, next) = (
                    start + Duration::days(*day),
                    steps.days.get(i + 1).map(|d| start + Duration::days(*d)),
                );
                let latest = ideal + Duration::days(steps.slack);
                let before = i.checked_sub(1).map_or(start - Duration::days(1), |i| {
                    start + Duration::days(steps.days[i])
                });
                // Done since the previous step, or replaced by the next one.
                let done = last.is_some_and(|l| {
                    l > before + Duration::days((*day - (before - start).num_days()) / 2)
                });
                let met = agreed.iter().any(|d| *d > before && *d <= latest);
                let over = next.is_some_and(|n| n <= self.g.today)
                    || (next.is_none() && latest + Duration::days(14) < self.g.today);
                if !done && !met && !over && ideal <= self.until {
                    self.push(
                        steps.kind,
                        ideal,
                        latest,
                        Rule::Onboarding { day: *day as i32 },
                    );
                }
            }
        }
    }

    /// The renewal timeline, for this renewal and later ones.
    pub fn renewals(&mut self) {
        let Some(first) = self.s.deciding() else {
            return;
        };
        let (today, policy) = (self.g.today, self.g.policy);
        let term = self
            .account
            .term_months
            .filter(|m| (1..=120).contains(m))
            .unwrap_or(12) as i32;
        let until = self.until;
        for date in (0..12)
            .map(|n| add_months(first, n * term))
            .take_while(|d| *d - Duration::days(130) <= until)
        {
            if date < today
                || (date == first && self.s.is_signed())
                || self
                    .s
                    .anchors
                    .renewed
                    .is_some_and(|r| (date - r).num_days() <= 130)
            {
                continue;
            }
            let steps: Vec<_> = policy
                .renewal
                .iter()
                .filter(|s| s.tiers.is_empty() || s.tiers.contains(&self.s.tier))
                .collect();
            for (i, step) in steps.iter().enumerate() {
                let (ideal, latest) = (
                    date - Duration::days(step.days),
                    date - Duration::days(step.latest),
                );
                let over = steps
                    .get(i + 1)
                    .is_some_and(|n| date - Duration::days(n.days) <= today);
                // A talk about the renewal shortly before counts for the step.
                let lead = Duration::days((step.days - step.latest).clamp(1, 7));
                let done = self
                    .s
                    .anchors
                    .last(step.kind)
                    .is_some_and(|l| l >= ideal - lead)
                    || (step.kind != Kind::Renewal
                        && self
                            .s
                            .anchors
                            .last(Kind::Renewal)
                            .is_some_and(|l| l >= ideal));
                let met = self.out.iter().any(|p| {
                    p.own.agreed.is_some()
                        && p.kind == step.kind
                        && p.date >= ideal - lead
                        && p.date <= latest
                });
                if !over && !done && !met && ideal <= self.until {
                    self.push(
                        step.kind,
                        ideal,
                        latest,
                        Rule::Renewal {
                            days: step.days as i32,
                        },
                    );
                }
            }
        }
    }

    /// Whether the account may be asked for more: nothing is asked over a warning that tells of the
    /// customer, or of an unhappy one, and a reference only of a healthy one.
    pub fn may_ask(&self, kind: Kind) -> bool {
        let warned = || {
            let told = |k: Signal| k.is_told() && !k.is_positive();
            self.s.signals.iter().any(|s| told(s.kind))
        };
        let doubted = || {
            let said = self.s.judgement.map(|j| j.0);
            said.is_some_and(|j| j != Judgement::Good)
        };
        let well = match self.s.health.band {
            Band::Green => true,
            Band::Unknown => kind != Kind::Advocacy,
            Band::Yellow | Band::Red => false,
        };
        match kind {
            Kind::Expansion | Kind::Advocacy => {
                well && !self.in_trouble() && !doubted() && !warned()
            }
            _ => true,
        }
    }

    /// The touches that follow good news.
    pub fn good_news(&mut self) {
        let signals: Vec<(Signal, NaiveDate)> =
            self.s.signals.iter().map(|s| (s.kind, s.date)).collect();
        for (signal, date) in signals {
            let (kind, ideal, latest, rule) = match signal {
                Signal::Promoter => (
                    Kind::Advocacy,
                    date + Duration::days(1),
                    date + Duration::days(ASK_WITHIN),
                    Rule::Promoter,
                ),
                Signal::MilestoneReached => (
                    Kind::Advocacy,
                    date,
                    date + Duration::days(6 - i64::from(date.weekday().num_days_from_monday())),
                    Rule::Milestone,
                ),
                Signal::LimitReached | Signal::UsageSurge => (
                    Kind::Expansion,
                    date + Duration::days(7),
                    date + Duration::days(21),
                    Rule::Growing,
                ),
                _ => continue,
            };
            // Past its window the occasion is gone.
            let gone = (self.g.today - latest).num_days() > MOMENT || self.start.is_after(latest);
            let done = gone || self.s.anchors.last(kind).is_some_and(|l| l >= date);
            let there = self.out.iter().any(|p| p.kind == kind);
            if !done && !there && ideal <= self.until && self.may_ask(kind) {
                self.push(kind, ideal, latest, rule);
            }
        }
    }

    /// A reference is asked for in a review that takes place anyway, while the account is healthy.
    pub fn healthy_reviews(&mut self) {
        if self.s.stage != Stage::Advocacy
            || !self.may_ask(Kind::Advocacy)
            || self.out.iter().any(|p| p.kind == Kind::Advocacy)
        {
            return;
        }
        let review = self
            .out
            .iter()
            .filter(|p| p.kind == Kind::Review && p.counts())
            .min_by_key(|p| p.date)
            .map(|p| (p.date, p.latest.max(p.date)));
        if let Some((ideal, latest)) = review {
            self.push(Kind::Advocacy, ideal, latest, Rule::HealthyReview);
        }
    }
}
