//! What a contradiction says, on both sides.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::checkin::wrapup::Judgement;
use crate::domain::closed::closed;
use crate::domain::health::Band;
use crate::domain::money::Money;
use crate::domain::signals::Kind as SignalKind;

closed! {
    Kind {
        GreenChampionLeft = "green-champion-left", ContentComplains = "content-complains", RenewalDates = "renewal-dates",
        StatedValue = "stated-value", StatedRenewal = "stated-renewal", RenewedValue = "renewed-value", LeftRunning = "left-running",
        PersonNumbers = "person-numbers", UsedAfterEnd = "used-after-end", GreenSignals = "green-signals",
    }
}

/// One side of a contradiction. The words floor phrases it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "kebab-case")]
pub enum Statement {
    Numbers {
        band: Band,
        score: Option<u8>,
    },
    ChampionLeft {
        name: String,
        date: NaiveDate,
    },
    Gave {
        score: f64,
        who: String,
        date: NaiveDate,
    },
    Wrote {
        text: String,
        date: NaiveDate,
    },
    Record {
        renewal: NaiveDate,
    },
    Person {
        judgement: Judgement,
        date: NaiveDate,
    },
    /// Early signals, the gravest first.
    Signals {
        kinds: Vec<SignalKind>,
    },
    Left {
        date: NaiveDate,
    },
    /// The yearly value in the account's own field.
    Value {
        arr: Money,
    },
    /// The yearly value that the running contracts state together.
    Contracts {
        arr: Money,
    },
    /// The yearly value at which a person recorded a renewal.
    RenewedAt {
        arr: Money,
        date: NaiveDate,
    },
    /// The next end that the running contracts state.
    ContractEnd {
        date: NaiveDate,
    },
    /// A contract that runs until it is cancelled.
    Running {
        plan: String,
        since: NaiveDate,
    },
    Used {
        date: NaiveDate,
    },
}

/// Two statements of an account's data that cannot both be true.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    pub kind: Kind,
    pub one: Statement,
    pub other: Statement,
}
