//! Early signals `[signals]`: what an account's data says before the customer does. Each is dated by
//! the day it first held, and carries its evidence, the rows behind it, a severity and a confidence.
//! A signal is one file and one line of the registry; its numbers are in `config/signals.toml`.

mod behaviour;
mod business;
mod feedback;
pub mod gaps;
pub mod level;
pub mod phrases;
mod positive;
mod support;
mod time;
mod usage;
mod view;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::account::{Stage, Tier};
use super::closed::closed;

pub use phrases::{Heard, PhraseMatcher};
pub use view::{Found, View};

closed! {
    /// In the order of `[signals]`.
    Kind {
        UsageDrop = "usage-drop", LoginsFalling = "logins-falling", SeatsUnused = "seats-unused",
        FeatureUnused = "feature-unused", NoLogin = "no-login", IntegrationLost = "integration-lost",
        TicketSpike = "ticket-spike", RepeatIssue = "repeat-issue", TicketEscalated = "ticket-escalated",
        TicketOld = "ticket-old", SlowerAnswers = "slower-answers", NegativeLanguage = "negative-language",
        Detractor = "detractor", NpsFall = "nps-fall", LowCsat = "low-csat",
        CriticalComment = "critical-comment", GoneQuiet = "gone-quiet",
        ChampionLeft = "champion-left", StakeholderChange = "stakeholder-change", MeetingsMissed = "meetings-missed",
        ReviewSkipped = "review-skipped", TrainingDeclined = "training-declined", BudgetQuestion = "budget-question",
        Competitor = "competitor", ContractScrutiny = "contract-scrutiny", ColderTone = "colder-tone",
        UseShrinking = "use-shrinking", MailsUnopened = "mails-unopened",
        BusinessTrouble = "business-trouble",
        RenewalNear = "renewal-near", NoTouch = "no-touch", MilestoneMissed = "milestone-missed",
        UsageSurge = "usage-surge", LimitReached = "limit-reached", MilestoneReached = "milestone-reached", Promoter = "promoter",
    }
}

closed! {
    /// How much it asks for, mildest first.
    Severity { Low = "low", Medium = "medium", High = "high" }
}

/// A number behind a signal; the words are made in `i18n`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Evidence {
    /// A level a day, four weeks against the four before (or the last number against the one before).
    Change {
        metric: String,
        before: f64,
        now: f64,
        percent: f64,
    },
    /// How often a week.
    PerWeek {
        before: f64,
        now: f64,
    },
    Seats {
        used: f64,
        licensed: u32,
    },
    /// Something not used any more, for days.
    Idle {
        name: String,
        days: i64,
    },
    NoUse {
        days: i64,
    },
    /// A count in the window against what is usual for this account; none where no usual is known.
    Count {
        now: usize,
        usual: Option<f64>,
        days: i64,
    },
    Issue {
        subject: String,
        count: usize,
    },
    Ticket {
        id: String,
        subject: String,
        hours: i64,
    },
    Hours {
        before: f64,
        now: f64,
    },
    /// Words that were heard, and where.
    Words {
        words: String,
        place: String,
    },
    /// Who gave it, where that is known.
    Score {
        before: Option<f64>,
        now: f64,
        who: String,
    },
    Person {
        name: String,
        role: String,
    },
    Meeting {
        date: NaiveDate,
        summary: String,
    },
    Renewal {
        date: NaiveDate,
        days: i64,
    },
    /// Days since the last touch, and how many the cadence allows.
    Silence {
        days: i64,
        allowed: i64,
    },
    Goal {
        text: String,
        due: Option<NaiveDate>,
    },
    Mood {
        before: f64,
        now: f64,
    },
}

/// A record behind a signal: its kind (as in `records::Kind`, or `usage`) and its id or metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub kind: String,
    pub id: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    pub kind: Kind,
    /// The first day it held.
    pub date: NaiveDate,
    pub severity: Severity,
    /// 0–100: how much data stands behind it.
    pub confidence: u8,
    /// What was seen.
    pub evidence: Vec<Evidence>,
    /// The records in which it was seen.
    pub rows: Vec<Source>,
}

/// One line of the registry.
pub struct Spec {
    pub kind: Kind,
    /// Good news.
    pub positive: bool,
    /// The names its numbers have in `config/signals.toml`.
    pub numbers: &'static [&'static str],
    find: fn(&View) -> Option<Found>,
}

const fn bad(
    kind: Kind,
    numbers: &'static [&'static str],
    find: fn(&View) -> Option<Found>,
) -> Spec {
    Spec {
        kind,
        positive: false,
        numbers,
        find,
    }
}

const fn good(
    kind: Kind,
    numbers: &'static [&'static str],
    find: fn(&View) -> Option<Found>,
) -> Spec {
    Spec {
        kind,
        positive: true,
        numbers,
        find,
    }
}

/// Every signal, in the order of [`Kind::ALL`].
pub static REGISTRY: &[Spec] = &[
    bad(Kind::UsageDrop, usage::drop::NUMBERS, usage::drop::find),
    bad(
        Kind::LoginsFalling,
        usage::logins::NUMBERS,
        usage::logins::find,
    ),
    bad(Kind::SeatsUnused, usage::seats::NUMBERS, usage::seats::find),
    bad(
        Kind::FeatureUnused,
        usage::feature::NUMBERS,
        usage::feature::find,
    ),
    bad(Kind::NoLogin, usage::nobody::NUMBERS, usage::nobody::find),
    bad(
        Kind::IntegrationLost,
        usage::integration::NUMBERS,
        usage::integration::find,
    ),
    bad(
        Kind::TicketSpike,
        support::spike::NUMBERS,
        support::spike::find,
    ),
    bad(
        Kind::RepeatIssue,
        support::repeat::NUMBERS,
        support::repeat::find,
    ),
    bad(Kind::TicketEscalated, &[], support::escalated::find),
    bad(Kind::TicketOld, support::old::NUMBERS, support::old::find),
    bad(
        Kind::SlowerAnswers,
        support::slower::NUMBERS,
        support::slower::find,
    ),
    bad(
        Kind::NegativeLanguage,
        support::negative::NUMBERS,
        support::negative::find,
    ),
    bad(
        Kind::Detractor,
        feedback::detractor::NUMBERS,
        feedback::detractor::find,
    ),
    bad(Kind::NpsFall, feedback::fall::NUMBERS, feedback::fall::find),
    bad(Kind::LowCsat, feedback::csat::NUMBERS, feedback::csat::find),
    bad(
        Kind::CriticalComment,
        feedback::comment::NUMBERS,
        feedback::comment::find,
    ),
    bad(
        Kind::GoneQuiet,
        feedback::quiet::NUMBERS,
        feedback::quiet::find,
    ),
    bad(
        Kind::ChampionLeft,
        behaviour::champion::NUMBERS,
        behaviour::champion::find,
    ),
    bad(
        Kind::StakeholderChange,
        behaviour::stakeholder::NUMBERS,
        behaviour::stakeholder::find,
    ),
    bad(
        Kind::MeetingsMissed,
        behaviour::missed::NUMBERS,
        behaviour::missed::find,
    ),
    bad(
        Kind::ReviewSkipped,
        behaviour::review::NUMBERS,
        behaviour::review::find,
    ),
    bad(
        Kind::TrainingDeclined,
        behaviour::training::NUMBERS,
        behaviour::training::find,
    ),
    bad(
        Kind::BudgetQuestion,
        behaviour::budget::NUMBERS,
        behaviour::budget::find,
    ),
    bad(
        Kind::Competitor,
        behaviour::competitor::NUMBERS,
        behaviour::competitor::find,
    ),
    bad(
        Kind::ContractScrutiny,
        behaviour::contract::NUMBERS,
        behaviour::contract::find,
    ),
    bad(
        Kind::ColderTone,
        behaviour::tone::NUMBERS,
        behaviour::tone::find,
    ),
    bad(
        Kind::UseShrinking,
        behaviour::shrinking::NUMBERS,
        behaviour::shrinking::find,
    ),
    bad(
        Kind::MailsUnopened,
        behaviour::mails::NUMBERS,
        behaviour::mails::find,
    ),
    bad(Kind::BusinessTrouble, business::NUMBERS, business::find),
    bad(
        Kind::RenewalNear,
        time::renewal::NUMBERS,
        time::renewal::find,
    ),
    bad(Kind::NoTouch, time::silence::NUMBERS, time::silence::find),
    bad(
        Kind::MilestoneMissed,
        time::milestone::NUMBERS,
        time::milestone::find,
    ),
    good(
        Kind::UsageSurge,
        positive::surge::NUMBERS,
        positive::surge::find,
    ),
    good(
        Kind::LimitReached,
        positive::limit::NUMBERS,
        positive::limit::find,
    ),
    good(
        Kind::MilestoneReached,
        positive::milestone::NUMBERS,
        positive::milestone::find,
    ),
    good(
        Kind::Promoter,
        positive::promoter::NUMBERS,
        positive::promoter::find,
    ),
];

pub fn spec(kind: Kind) -> &'static Spec {
    &REGISTRY[kind.index()]
}

/// What a team may change about one signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    pub severity: Severity,
    /// Days in which it is the same signal, even where it paused in between.
    pub cool_down: i64,
    pub off: bool,
    /// In the order of [`Spec::numbers`].
    pub numbers: Vec<f64>,
}

/// Other numbers for a tier, a stage or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    pub kind: Kind,
    pub tier: Option<Tier>,
    pub stage: Option<Stage>,
    pub setting: Setting,
}

/// `config/signals.toml`, checked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Thresholds {
    /// In the order of [`Kind::ALL`].
    pub settings: Vec<Setting>,
    /// The first that fits is used.
    pub overrides: Vec<Override>,
}

impl Thresholds {
    pub fn of(&self, kind: Kind, tier: Tier, stage: Stage) -> &Setting {
        let fits = |o: &&Override| {
            o.kind == kind && o.tier.is_none_or(|t| t == tier) && o.stage.is_none_or(|s| s == stage)
        };
        self.overrides
            .iter()
            .find(fits)
            .map_or(&self.settings[kind.index()], |o| &o.setting)
    }
}

/// All signals that hold on the view's day: bad news first, the most severe and newest first.
pub fn find(view: &View) -> Vec<Signal> {
    let mut out: Vec<Signal> = REGISTRY
        .iter()
        .filter_map(|spec| {
            let setting = view.thresholds.of(spec.kind, view.tier, view.stage);
            if setting.off {
                return None;
            }
            let found = (spec.find)(&View {
                kind: spec.kind,
                setting,
                ..*view
            })?;
            let severity = if found.strong {
                Severity::ALL[(setting.severity.index() + 1).min(2)]
            } else {
                setting.severity
            };
            Some(Signal {
                kind: spec.kind,
                date: found.date,
                severity,
                confidence: found.confidence,
                evidence: found.evidence,
                rows: found.rows,
            })
        })
        .collect();
    out.sort_by_key(|s| {
        (
            spec(s.kind).positive,
            std::cmp::Reverse(s.severity),
            std::cmp::Reverse(s.date),
            s.kind,
        )
    });
    out
}

/// How an account stands by its signals `[signals]`: one is noted, two or more ask for action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Call {
    Quiet,
    Note,
    Act,
}

/// The signals that speak of trouble: good news raises nobody, and a renewal that comes near is a
/// date.
pub fn troubles<'a>(
    signals: impl IntoIterator<Item = &'a Signal>,
) -> impl Iterator<Item = &'a Signal> {
    signals
        .into_iter()
        .filter(|s| !spec(s.kind).positive && s.kind != Kind::RenewalNear)
}

pub fn call<'a>(signals: impl IntoIterator<Item = &'a Signal>) -> Call {
    match troubles(signals).count() {
        0 => Call::Quiet,
        1 => Call::Note,
        _ => Call::Act,
    }
}
