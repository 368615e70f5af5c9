//! What the proposals of an account's risk rest on.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::checkin::wrapup::Judgement;
use crate::domain::facts::outcome::Cause;
use crate::domain::health::Band;
use crate::domain::signals::{Kind, Severity};

/// Something that makes a loss more likely.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Evidence {
    Band {
        band: Band,
    },
    /// The score fell by so many points within so many days.
    Fell {
        points: i16,
        days: u16,
    },
    Signal {
        kind: Kind,
        severity: Severity,
        since: NaiveDate,
    },
    /// The customer gave notice.
    Notice {
        on: NaiveDate,
    },
    /// The loss is decided; it is paid until this day.
    Leaving {
        until: NaiveDate,
    },
    /// A term ended without an outcome.
    Ended {
        on: NaiveDate,
    },
    Escalated,
    Judged {
        judgement: Judgement,
        on: NaiveDate,
    },
}

/// Evidence that a save has a poor chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hard {
    /// The loss is decided.
    Decided,
    /// The customer gave notice.
    Notice,
}

/// The cause that a signal speaks for; none where it may have any.
pub(super) fn cause_of(kind: Kind) -> Option<Cause> {
    Some(match kind {
        Kind::TicketSpike
        | Kind::RepeatIssue
        | Kind::TicketEscalated
        | Kind::TicketOld
        | Kind::SlowerAnswers
        | Kind::NegativeLanguage
        | Kind::Detractor
        | Kind::NpsFall
        | Kind::LowCsat
        | Kind::CriticalComment
        | Kind::ColderTone => Cause::Service,
        Kind::UsageDrop
        | Kind::LoginsFalling
        | Kind::SeatsUnused
        | Kind::FeatureUnused
        | Kind::NoLogin
        | Kind::UseShrinking
        | Kind::TrainingDeclined => Cause::Value,
        Kind::BudgetQuestion => Cause::Price,
        Kind::Competitor => Cause::Fit,
        Kind::ChampionLeft | Kind::StakeholderChange => Cause::Situation,
        Kind::BusinessTrouble => Cause::Situation,
        Kind::IntegrationLost
        | Kind::GoneQuiet
        | Kind::MeetingsMissed
        | Kind::ReviewSkipped
        | Kind::ContractScrutiny
        | Kind::DoubtVoiced
        | Kind::MailsUnopened
        | Kind::RenewalNear
        | Kind::NoTouch
        | Kind::MilestoneMissed
        | Kind::UsageSurge
        | Kind::LimitReached
        | Kind::MilestoneReached
        | Kind::Promoter => return None,
    })
}
