//! An early signal as a value: kind, evidence, severity. It knows no dossier and no file of a
//! signal.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::closed::closed;
use crate::domain::facts::rhythm::Per;

closed! {
    /// By source: usage, support, feedback, behaviour, business, calendar, good news.
    Kind {
        UsageDrop = "usage-drop", LoginsFalling = "logins-falling", SeatsUnused = "seats-unused",
        FeatureUnused = "feature-unused", NoLogin = "no-login", IntegrationLost = "integration-lost",
        TicketSpike = "ticket-spike", RepeatIssue = "repeat-issue", TicketEscalated = "ticket-escalated",
        TicketOld = "ticket-old", SlowerAnswers = "slower-answers", NegativeLanguage = "negative-language",
        Detractor = "detractor", NpsFall = "nps-fall", LowCsat = "low-csat",
        CriticalComment = "critical-comment", GoneQuiet = "gone-quiet",
        ChampionLeft = "champion-left", StakeholderChange = "stakeholder-change", MeetingsMissed = "meetings-missed",
        ReviewSkipped = "review-skipped", TrainingDeclined = "training-declined", BudgetQuestion = "budget-question",
        Competitor = "competitor", ContractScrutiny = "contract-scrutiny", DoubtVoiced = "doubt-voiced", ColderTone = "colder-tone",
        UseShrinking = "use-shrinking", MailsUnopened = "mails-unopened",
        BusinessTrouble = "business-trouble",
        RenewalNear = "renewal-near", NoTouch = "no-touch", MilestoneMissed = "milestone-missed",
        UsageSurge = "usage-surge", LimitReached = "limit-reached", MilestoneReached = "milestone-reached", Promoter = "promoter",
    }
}

impl Kind {
    /// Whether the customer or the data told it: a date that comes near tells nothing.
    pub fn is_told(self) -> bool {
        !matches!(self, Kind::RenewalNear | Kind::NoTouch)
    }

    /// Whether it is good news. All other kinds are warnings.
    pub fn is_positive(self) -> bool {
        matches!(
            self,
            Kind::UsageSurge | Kind::LimitReached | Kind::MilestoneReached | Kind::Promoter
        )
    }
}

closed! {
    /// How much action it asks for, mildest first.
    Severity { Low = "low", Medium = "medium", High = "high" }
}

/// The numbers behind a signal. The words floor phrases them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Evidence {
    /// A level: four weeks against the four before, or the last number against the one before.
    Change {
        metric: String,
        before: f64,
        now: f64,
        percent: f64,
        per: Per,
    },
    /// Days a week.
    PerWeek {
        before: f64,
        now: f64,
    },
    Seats {
        used: f64,
        licensed: u32,
    },
    /// Unused for this many days.
    Idle {
        name: String,
        days: i64,
    },
    NoUse {
        days: i64,
    },
    /// A count in a window of days, and the usual count of this account where it is known.
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
    /// A warning phrase, and the kind of record that contains it.
    Words {
        words: String,
        place: String,
    },
    /// `who` gave the score; empty where that is unknown.
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
        /// The date is the last day on which the customer can say no.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        notice: bool,
    },
    /// Days since the last touch, and the most the cadence allows.
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

/// A record behind a signal: its kind (a key of `records::Kind`, or `usage`) and its id or metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub kind: String,
    pub id: String,
}

/// An observation in an account's data that says something about its future.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    pub kind: Kind,
    /// The first day on which it held.
    pub date: NaiveDate,
    pub severity: Severity,
    /// How much data supports it, 0–100.
    pub confidence: u8,
    /// What was observed.
    pub evidence: Vec<Evidence>,
    /// The records in which it was observed.
    pub rows: Vec<Source>,
}

/// What the warnings of an account ask for: one is noted, two or more need action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Call {
    Quiet,
    Note,
    Act,
}

/// The warnings that count as trouble. Good news and an approaching renewal do not.
pub fn troubles<'a>(
    signals: impl IntoIterator<Item = &'a Signal>,
) -> impl Iterator<Item = &'a Signal> {
    signals
        .into_iter()
        .filter(|s| !s.kind.is_positive() && s.kind != Kind::RenewalNear)
}

/// How urgent signals are together: one is noted, two or more ask for action.
pub fn call<'a>(signals: impl IntoIterator<Item = &'a Signal>) -> Call {
    match troubles(signals).count() {
        0 => Call::Quiet,
        1 => Call::Note,
        _ => Call::Act,
    }
}
