//! Data of other systems about an account: subscriptions, deals, tickets, surveys, touches, outcomes
//! and usage. Facts are dated, so that a score can be computed as of any day.

pub mod adoption;
pub mod amendment;
pub mod change_points;
pub mod deal;
pub mod feedback;
pub mod integrations;
pub mod level;
pub mod notice;
pub mod outcome;
pub mod rhythm;
pub mod step;
pub mod subscription;
pub mod ticket;
pub mod touch;
pub mod track;
pub mod usage;
pub mod workload;

use super::closed::closed;

closed! {
    /// A mark on data that cannot be right. It is imported as it is, and never corrected silently.
    Oddity {
        SolvedBeforeOpened = "solved-before-opened",
        AnsweredAfterSolved = "answered-after-solved",
        ScoreOutOfRange = "score-out-of-range",
        BeforeContract = "before-contract",
        EndBeforeStart = "end-before-start",
        InFuture = "in-future",
        Negative = "negative",
        AmbiguousDate = "ambiguous-date",
        MixedCurrencies = "mixed-currencies",
        NoCurrency = "no-currency",
    }
}

/// What an import noticed about a record.
pub type Oddities = Vec<Oddity>;
