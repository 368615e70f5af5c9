//! The touchpoints of an account, each with its ideal and latest day and the rule that made it.
//! Derived from the account, what was agreed and the last real touches: nothing here is stored, so
//! that planning again with nothing changed changes nothing.
//! Larger than most rooms: one builder, whose steps lean on each other.

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::policy::Policy;
use super::rhythm::Rhythm;
use super::touchpoint::Touchpoint;
use super::{Every, Kind};
use crate::domain::account::{Account, Stage, Tier};
use crate::domain::health::Band;
use crate::domain::ids::RecordId;
use crate::domain::portfolio::row::Standing;
use crate::domain::prefs::{self, Block};
use crate::domain::signals::{self, Kind as Signal};
use crate::domain::text::hash;
use crate::domain::when::{Zone, add_months};

/// Why a touch is in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Rule {
    /// By tier and stage.
    Interval {
        every: Every,
        tier: Tier,
        stage: Stage,
    },
    /// By this account's own interval.
    Deviation { every: Every },
    /// By the wish of the customer for less.
    Preference { every: Every },
    /// As agreed: "second Tuesday, 10:00".
    Recurrence,
    /// So many days after the start of the contract.
    Onboarding { day: i32 },
    /// So many days before the renewal.
    Renewal { days: i32 },
    /// It burns: closer than usual.
    Trouble { every: Every },
    /// Nobody is left without a word for longer.
    Floor { days: i32 },
    /// The light touch of a pause.
    Paused,
    /// Somebody would recommend us.
    Promoter,
    /// A goal was reached.
    Milestone,
    /// Inside a healthy review.
    HealthyReview,
    /// Seats run out, or use surges.
    Growing,
    /// Agreed with the customer.
    Agreed,
}

/// A touch that is to be. A large book has millions of them in its calendar: what few have is apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub kind: Kind,
    pub ideal: NaiveDate,
    pub latest: NaiveDate,
    /// The day it is planned for: a working day from today on.
    pub date: NaiveDate,
    pub rule: Rule,
    pub own: Own,
    /// Smoothing put it on its day.
    pub placed: bool,
}

/// What few touches have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// By the clock of the user's zone.
    pub time: Option<NaiveTime>,
    /// The meeting that was agreed.
    pub agreed: Option<RecordId>,
    /// The preference that stops it: it is not to be made.
    pub blocked: Option<Block>,
}

/// How a touch stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    Ahead,
    /// Past the ideal day.
    Due,
    /// Past the latest day.
    Late,
}

impl Planned {
    pub fn due(&self, today: NaiveDate) -> Due {
        if self.own.agreed.is_some() {
            // A meeting that was agreed waits for its outcome from the day after.
            return if self.date < today {
                Due::Late
            } else {
                Due::Ahead
            };
        }
        if today > self.latest {
            Due::Late
        } else if today > self.ideal {
            Due::Due
        } else {
            Due::Ahead
        }
    }

    /// It may be put on another day without asking anybody.
    pub fn is_movable(&self) -> bool {
        self.own.agreed.is_none() && self.own.blocked.is_none() && self.rule != Rule::Recurrence
    }

    /// Who has to do something for it: it is not stopped.
    pub fn counts(&self) -> bool {
        self.own.blocked.is_none()
    }

    /// The day it is planned for lies behind the latest.
    pub fn is_beyond(&self) -> bool {
        self.date > self.latest
    }
}

/// What plans are made on.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub policy: &'a Policy,
    pub calendar: &'a Calendar,
    pub today: NaiveDate,
    pub zone: Zone,
}

/// Days for which trouble is planned ahead: by then it is over, or planned anew.
const TROUBLE_AHEAD: i64 = 28;
/// A contract so young counts its first interval from its start.
const YOUNG: i64 = 60;
/// Days after which one asks again for what was declined or missed.
const ASK_AGAIN: i64 = 5;
/// Days after which good news is old.
const MOMENT: i64 = 14;
/// A reference is asked for within 48 hours `[cadence.stage]`.
const ASK_WITHIN: i64 = 2;

/// The touches of an account up to a day, by day. One that left has only what was agreed.
pub fn plan(
    account: &Account,
    standing: &Standing,
    meetings: &[Touchpoint],
    ground: &Ground,
    until: NaiveDate,
) -> Vec<Planned> {
    // What lies shortly behind the end may serve what lies before it.
    let beyond = until + Duration::days(45);
    let mut b = Builder {
        account,
        rhythm: account.cadence.as_deref(),
        s: standing,
        g: ground,
        until: beyond,
        out: Vec::with_capacity(48),
        natural: Vec::with_capacity(48),
    };
    b.agreed(meetings);
    if standing.churned.is_none() && !standing.health.is_accepted_loss() {
        b.onboarding();
        b.renewals();
        b.events();
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
        b.floor();
        b.hold_to_preferences();
    }
    b.out.retain(|p| p.ideal <= until || p.date <= until);
    b.out.sort_by_key(|p| (p.date, p.kind, p.ideal));
    b.out.shrink_to_fit();
    b.out
}

/// The next check-in after a talk on a day: what the wrap-up proposes.
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

/// The last day a touch may be put on, by its latest day.
pub fn end_of(ground: &Ground, latest: NaiveDate) -> NaiveDate {
    if latest < ground.today {
        ground.today + Duration::days(ground.policy.catch_up)
    } else {
        latest
    }
}

struct Builder<'a> {
    account: &'a Account,
    rhythm: Option<&'a Rhythm>,
    s: &'a Standing,
    g: &'a Ground<'a>,
    until: NaiveDate,
    out: Vec<Planned>,
    /// The day each would have without smoothing: what follows from a touch must not change by where it
    /// was put.
    natural: Vec<NaiveDate>,
}

impl Builder<'_> {
    /// The stage as it will be: onboarding and adoption end by themselves.
    fn stage_on(&self, day: NaiveDate) -> Stage {
        let Some(start) = self.s.anchors.start else {
            return self.s.stage;
        };
        let age = (day - start).num_days();
        match self.s.stage {
            Stage::Onboarding if age > 365 => Stage::Growth,
            Stage::Onboarding if age > 45 => Stage::Adoption,
            Stage::Adoption if age > 365 => Stage::Growth,
            stage => stage,
        }
    }

    /// The first day from which another stage holds.
    fn next_stage(&self, after: NaiveDate) -> Option<NaiveDate> {
        let start = self.s.anchors.start?;
        [46, 366]
            .iter()
            .map(|d| start + Duration::days(*d))
            .find(|d| *d > after && self.stage_on(*d) != self.stage_on(after))
    }

    /// Reviews of the largest are never skipped `[cadence.model]`.
    fn never_skipped(&self, kind: Kind) -> bool {
        kind == Kind::Review && self.s.tier == Tier::Enterprise
    }

    fn interval(&self, kind: Kind, day: NaiveDate) -> Option<(Every, Rule)> {
        let stage = self.stage_on(day);
        let by_rule = self.g.policy.every(kind, self.s.tier, stage).map(|every| {
            (
                every,
                Rule::Interval {
                    every,
                    tier: self.s.tier,
                    stage,
                },
            )
        });
        let own = match self.rhythm.and_then(|r| r.every.get(&kind)) {
            Some(d) => match d.every {
                Some(every) => Some((every, Rule::Deviation { every })),
                None if self.never_skipped(kind) => by_rule,
                None => None,
            },
            None => by_rule,
        };
        let (every, rule) = own?;
        let wished = kind
            .message()
            .and_then(|m| self.account.prefs.spacing(m).ok().flatten());
        match wished {
            Some(days) if days > every.length() && !self.never_skipped(kind) => {
                let every = Every::days(days as u32);
                Some((every, Rule::Preference { every }))
            }
            _ => Some((every, rule)),
        }
    }

    fn is_open(&self, day: NaiveDate) -> bool {
        self.g.calendar.is_open(day) && self.rhythm.is_none_or(|r| r.blackout(day).is_none())
    }

    /// Where smoothing put a touch, while that is a day it may be on.
    fn placed(&self, kind: Kind, ideal: NaiveDate, latest: NaiveDate) -> Option<NaiveDate> {
        let placed = self
            .rhythm?
            .placed
            .iter()
            .find(|p| p.kind == kind && p.ideal == ideal)?
            .date;
        (placed >= self.g.today.max(ideal)
            && placed <= end_of(self.g, latest)
            && self.is_open(placed))
        .then_some(placed)
    }

    /// A working day for a touch: the ideal one or the next up to the latest; else one before, not
    /// before today nor farther back than as much again; else the first after.
    fn settle(&self, ideal: NaiveDate, latest: NaiveDate) -> NaiveDate {
        let today = self.g.today;
        let first = ideal.max(today);
        let mut day = first;
        while day <= latest {
            if self.is_open(day) {
                return day;
            }
            day += Duration::days(1);
        }
        let reach = (latest - ideal).num_days().max(2);
        let before = (1..=reach)
            .map(|n| ideal - Duration::days(n))
            .take_while(|d| *d >= today)
            .find(|d| self.is_open(*d));
        let after = || self.g.calendar.next(first.max(latest), |d| self.is_open(d));
        // A long blackout ends some day.
        let far = || {
            (62..400)
                .map(|n| first + Duration::days(n))
                .find(|d| self.is_open(*d))
        };
        before.or_else(after).or_else(far).unwrap_or(first)
    }

    /// What was declined or missed is asked for again after some days, not on the next morning.
    fn again(&self, kind: Kind, ideal: NaiveDate) -> Option<NaiveDate> {
        let from = self.s.anchors.refused[kind.index()]? + Duration::days(ASK_AGAIN);
        if from <= self.g.today || ideal >= from {
            return None;
        }
        self.g.calendar.next(from, |d| self.is_open(d))
    }

    fn push(&mut self, kind: Kind, ideal: NaiveDate, latest: NaiveDate, rule: Rule) {
        let natural = self
            .again(kind, ideal)
            .unwrap_or_else(|| self.settle(ideal, latest));
        let placed = self.placed(kind, ideal, latest);
        let date = placed.unwrap_or(natural);
        self.natural.push(natural);
        self.out.push(Planned {
            kind,
            ideal,
            latest,
            date,
            rule,
            own: Own {
                blocked: self.stopped(kind),
                ..Own::default()
            },
            placed: placed.is_some(),
        });
    }

    /// The preference by which a kind is not wanted at all.
    fn stopped(&self, kind: Kind) -> Option<Block> {
        let message = kind.message()?;
        if let Err(block) = self.account.prefs.spacing(message) {
            return Some(block);
        }
        self.s
            .anchors
            .nobody
            .contains(&message)
            .then_some(Block::NobodyLeft { message })
    }

    fn agreed(&mut self, meetings: &[Touchpoint]) {
        for m in meetings.iter().filter(|m| m.is_open()) {
            let local = self.g.zone.local(m.start);
            let ideal = m.ideal.unwrap_or(local.date());
            self.natural.push(local.date());
            self.out.push(Planned {
                kind: m.kind,
                ideal,
                latest: local.date(),
                date: local.date(),
                rule: Rule::Agreed,
                own: Own {
                    time: (!m.day_only).then(|| local.time()),
                    agreed: Some(m.id.clone()),
                    blocked: None,
                },
                placed: false,
            });
        }
    }

    /// Days of what is agreed or planned already and serves as one of these kinds.
    fn days_of(&self, serves: impl Fn(&Planned) -> bool) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = self
            .out
            .iter()
            .zip(&self.natural)
            .filter(|(p, _)| p.counts() && serves(p))
            .map(|(_, day)| *day)
            .collect();
        days.sort_unstable();
        days
    }

    /// The first weeks `[checkin.types]`, and sequences of mails.
    fn onboarding(&mut self) {
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
                // Done since the step before; or its time went by with the next one.
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

    /// `[renewal.timeline]`, for this renewal and those after it.
    fn renewals(&mut self) {
        let Some(first) = self.s.renewal else { return };
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
                // A talk about it shortly before counts for the step.
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

    /// What follows from good news `[cadence.stage]`.
    fn events(&mut self) {
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
            // A moment that went by is no moment any more.
            let gone = (self.g.today - latest).num_days() > MOMENT;
            let done = gone || self.s.anchors.last(kind).is_some_and(|l| l >= date);
            let there = self.out.iter().any(|p| p.kind == kind);
            if !done && !there && ideal <= self.until {
                self.push(kind, ideal, latest, rule);
            }
        }
    }

    /// A reference is asked for where all is well and one sits together anyway.
    fn healthy_reviews(&mut self) {
        if self.s.stage != Stage::Advocacy
            || self.s.health.band != Band::Green
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

    /// Where nothing of a kind is on record: a day of a grid of its own, so that a thousand accounts
    /// do not fall on one day. It is the next whose time is not over: unknown is not late.
    fn unanchored(&self, every: Every, from: Option<NaiveDate>) -> NaiveDate {
        let (length, slack) = (every.length().max(1), self.g.policy.slack(every));
        let base = from.unwrap_or_else(|| {
            NaiveDate::from_ymd_opt(2020, 1, 6).unwrap_or_default()
                + Duration::days((hash(self.account.id.as_str()) % length as u64) as i64)
        });
        let mut times = ((self.g.today - base).num_days() / (length + 1)).max(0) as u32;
        while every.after(base, times) + Duration::days(slack) < self.g.today {
            times += 1;
        }
        every.after(base, times)
    }

    /// A kind that comes again and again. `serves` are days of other talks that count as one.
    fn periodic(&mut self, kind: Kind, serves: &[NaiveDate]) {
        let today = self.g.today;
        let met = self.days_of(|p| p.kind == kind);
        let last = self.s.anchors.last(kind);
        let mut cursor = last.unwrap_or(today);
        // The first of a kind that was never touched is not an interval away from anything.
        let mut next = match (last, self.interval(kind, today)) {
            (None, Some((every, _))) => {
                let start = self
                    .s
                    .anchors
                    .start
                    .filter(|s| (today - *s).num_days() <= YOUNG || kind == Kind::Review);
                Some(self.unanchored(every, start.map(|s| every.after(s, 1))))
            }
            _ => None,
        };
        let (mut base, mut times, mut current) = (cursor, 0_u32, None);
        let mut pending: Option<NaiveDate> = None;
        // More touches than this no kind has in the years that are planned.
        for _ in 0..600 {
            let Some((every, rule)) = self.interval(kind, cursor.max(today)) else {
                match self.next_stage(cursor.max(today)) {
                    Some(day) if day <= self.until => {
                        (cursor, base, times, next) = (day, day, 0, None);
                        continue;
                    }
                    _ => break,
                }
            };
            if current != Some(every) {
                (current, base, times) = (Some(every), cursor, 0);
            }
            times += 1;
            let ideal = next.take().unwrap_or_else(|| every.after(base, times));
            if ideal != every.after(base, times) {
                (base, times) = (ideal, 0);
            }
            if ideal > self.until {
                break;
            }
            let latest = ideal + Duration::days(self.g.policy.slack(every));
            // What was agreed stands; another talk takes its place only about the day it would be.
            let about = ideal + Duration::days(every.length() / 4);
            let served = |days: &[NaiveDate], until: NaiveDate| {
                days.iter().copied().find(|d| *d > cursor && *d <= until)
            };
            if let Some(day) = served(&met, latest).or_else(|| served(serves, about)) {
                (cursor, base, times) = (day, day, 0);
                pending = None;
                continue;
            }
            cursor = ideal;
            // One overdue touch stands for all whose day went by since, and for one that would follow
            // at its heels.
            if let Some(day) = pending
                && (ideal <= today || (ideal - day).num_days() < every.length() / 2)
            {
                continue;
            }
            if self
                .rhythm
                .is_some_and(|r| r.pause(ideal.max(today)).is_some())
                && !self.never_skipped(kind)
            {
                continue;
            }
            self.push(kind, ideal, latest, rule);
            let pushed = &self.out[self.out.len() - 1];
            if pushed.own.blocked.is_some() {
                // It says once that it is stopped.
                break;
            }
            pending = (ideal <= today).then_some(self.natural[self.natural.len() - 1]);
        }
    }

    fn in_trouble(&self) -> bool {
        self.s.escalated || self.s.escalated_tickets > 0 || self.s.health.band == Band::Red
    }

    fn checkins(&mut self) {
        if let Some(every) = self
            .g
            .policy
            .trouble
            .get(&self.s.tier)
            .copied()
            .filter(|_| self.in_trouble())
        {
            self.troubled(every);
        }
        match self.rhythm.and_then(|r| r.agreed.as_ref()) {
            Some(agreed)
                if self.rhythm.is_none_or(|r| {
                    r.every
                        .get(&Kind::Checkin)
                        .is_none_or(|d| d.every.is_some())
                }) =>
            {
                let agreed = agreed.clone();
                self.recurring(&agreed);
            }
            _ => {
                let talks = self.days_of(|p| {
                    matches!(p.kind, Kind::Review | Kind::Renewal | Kind::Executive)
                        && p.kind.is_talk()
                });
                self.periodic(Kind::Checkin, &talks);
            }
        }
    }

    /// Closer talks while it burns, for the weeks one can see.
    fn troubled(&mut self, every: Every) {
        let today = self.g.today;
        let seen = signals::troubles(self.s.signals.iter())
            .map(|s| s.date)
            .min();
        let last = self.s.anchors.last(Kind::Checkin);
        let base = match (last, seen) {
            (Some(last), Some(seen)) => last.max(seen),
            (one, other) => one
                .or(other)
                .unwrap_or(today - Duration::days(every.length())),
        };
        let met = self.days_of(|p| p.kind.is_talk());
        let slack = (every.length() / 3).max(2);
        let mut shown: Option<NaiveDate> = None;
        for n in 1..=60 {
            let ideal = every.after(base, n);
            if ideal > (today + Duration::days(TROUBLE_AHEAD)).min(self.until) {
                break;
            }
            let near = |d: &NaiveDate| (*d - ideal).num_days().abs() <= slack;
            let merged = shown
                .is_some_and(|d| ideal <= today || (ideal - d).num_days() < every.length() / 2);
            let upcoming = every.after(base, n + 1) <= today;
            if merged || met.iter().any(near) || (upcoming && n > 1) {
                continue;
            }
            self.push(
                Kind::Checkin,
                ideal,
                ideal + Duration::days(slack),
                Rule::Trouble { every },
            );
            shown = self.natural.last().copied();
        }
    }

    /// Check-ins on the days that were agreed; a shut day moves its talk to the next open one.
    fn recurring(&mut self, agreed: &super::recurrence::Recurrence) {
        let today = self.g.today;
        let slack = (agreed.length() * self.g.policy.slack_percent / 100)
            .clamp(1, self.g.policy.slack_most);
        let (met, last) = (
            self.days_of(|p| p.kind == Kind::Checkin),
            self.s.anchors.last(Kind::Checkin),
        );
        let half = agreed.length() / 2;
        let before = last
            .unwrap_or(today - Duration::days(1))
            .max(today - Duration::days(agreed.length() + slack));
        let theirs = super::calendar::zone_of(self.rhythm, self.g.zone);
        let days: Vec<NaiveDate> = agreed
            .days(before)
            .take_while(|d| *d <= self.until)
            .collect();
        for (i, ideal) in days.iter().copied().enumerate() {
            // The day that went by stands until the next one comes; a talk within half a turn serves it.
            let gone = ideal < today && days.get(i + 1).is_some_and(|next| *next <= today);
            let early = last
                .is_some_and(|l| (ideal - l).num_days() < half && l > ideal - Duration::days(half));
            if gone
                || early
                || met.iter().any(|d| (*d - ideal).num_days().abs() < half)
                || self.rhythm.is_some_and(|r| r.pause(ideal).is_some())
            {
                continue;
            }
            self.push(
                Kind::Checkin,
                ideal,
                ideal + Duration::days(slack),
                Rule::Recurrence,
            );
            // A day that went by has no time any more.
            if let (Some(time), Some(pushed)) =
                (agreed.time, self.out.last_mut().filter(|_| ideal >= today))
            {
                // By the customer's clock, shown by ours.
                let at = theirs.instant(pushed.date.and_time(time));
                let local = self.g.zone.local(at);
                pushed.own.time = Some(local.time());
                if pushed.date == ideal && self.g.calendar.is_open(local.date()) {
                    pushed.date = local.date();
                }
            }
        }
    }

    /// Any account hears from us once a month, by person or machine `[cadence.model]`.
    fn floor(&mut self) {
        let (today, floor) = (self.g.today, self.g.policy.floor);
        let every = Every::days(floor as u32);
        let touched = self.days_of(|_| true);
        let mut from = self
            .s
            .last_touch
            .unwrap_or_else(|| self.unanchored(every, None) - Duration::days(floor));
        let light = [Kind::Email, Kind::Report, Kind::Webinar, Kind::Checkin]
            .into_iter()
            .find(|k| self.stopped(*k).is_none())
            .unwrap_or(Kind::Email);
        let mut touched = touched.into_iter().peekable();
        for _ in 0..60 {
            let due = from + Duration::days(floor);
            while touched.peek().is_some_and(|d| *d <= from) {
                touched.next();
            }
            match touched.peek().copied() {
                // A day or so more does no harm.
                Some(next) if next <= due.max(today) + Duration::days(2) => from = next,
                _ if due > self.until => break,
                _ => {
                    let paused = self
                        .rhythm
                        .is_some_and(|r| r.pause(due.max(today)).is_some());
                    self.push(
                        light,
                        due,
                        due + Duration::days(3),
                        if paused {
                            Rule::Paused
                        } else {
                            Rule::Floor { days: floor as i32 }
                        },
                    );
                    from = due.max(today);
                }
            }
        }
    }

    /// Frequencies and the cap over all messages together: what goes beyond is stopped, and says why.
    fn hold_to_preferences(&mut self) {
        let wishes = &self.account.prefs;
        if wishes.frequency.is_empty() && wishes.cap.is_none() {
            return;
        }
        self.out.sort_by_key(|p| (p.date, p.kind, p.ideal));
        let mut sent: Vec<NaiveDate> = self.s.anchors.messages.to_vec();
        let mut last: [Option<NaiveDate>; Kind::COUNT] = self.s.anchors.last;
        for p in self
            .out
            .iter_mut()
            .filter(|p| p.own.agreed.is_none() && p.own.blocked.is_none())
        {
            let message = p.kind.message();
            if let Some(message) =
                message.filter(|_| !(p.kind == Kind::Review && self.s.tier == Tier::Enterprise))
                && let Some(frequency) = wishes.frequency.get(&message)
                && let Some(days) = frequency.days()
            {
                let same = |k: &Kind| k.message() == Some(message);
                let before = Kind::ALL
                    .iter()
                    .filter(|k| same(k))
                    .filter_map(|k| last[k.index()])
                    .max();
                if before.is_some_and(|b| (p.date - b).num_days() < days) {
                    p.own.blocked = Some(Block::TooOften {
                        message,
                        frequency: *frequency,
                    });
                    continue;
                }
            }
            if let Some(cap) = wishes.cap.filter(|_| !p.kind.is_talk()) {
                let near = sent
                    .iter()
                    .filter(|d| (p.date - **d).num_days() < prefs::CAP_DAYS)
                    .count();
                if near >= cap as usize {
                    p.own.blocked = Some(Block::Cap { cap });
                    continue;
                }
                sent.push(p.date);
            }
            last[p.kind.index()] = Some(p.date);
        }
    }
}
