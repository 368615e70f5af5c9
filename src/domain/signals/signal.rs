//! An early signal as a value: its kind, its evidence, how severe it is. Knows no dossier and no other
//! signal's file.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::closed::closed;

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

impl Kind {
    /// Good news: it opens a door instead of warning.
    pub fn is_positive(self) -> bool {
        matches!(
            self,
            Kind::UsageSurge | Kind::LimitReached | Kind::MilestoneReached | Kind::Promoter
        )
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
        .filter(|s| !s.kind.is_positive() && s.kind != Kind::RenewalNear)
}

pub fn call<'a>(signals: impl IntoIterator<Item = &'a Signal>) -> Call {
    match troubles(signals).count() {
        0 => Call::Quiet,
        1 => Call::Note,
        _ => Call::Act,
    }
}
