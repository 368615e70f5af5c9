//! What other systems know about an account: subscriptions, tickets, surveys, touches, outcomes
//! and usage. Facts are dated, so that a score can be computed as of any day.

pub mod adoption;
pub mod change_points;
pub mod feedback;
pub mod integrations;
pub mod level;
pub mod subscription;
pub mod ticket;
pub mod touch;
pub mod usage;
pub mod workload;

use super::closed::closed;

closed! {
    /// Data that cannot be right comes in, marked; it is never corrected in silence.
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

/// A marker for readers of a record: what an import noticed.
pub type Oddities = Vec<Oddity>;
