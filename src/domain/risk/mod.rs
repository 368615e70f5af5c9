//! Accounts at risk: what is at stake, how likely it is lost, whether it can be kept, and how much effort that is worth.

pub mod assessment;
pub mod board;
pub mod case;
pub mod clock;
mod evidence;
mod going_on;
pub mod policy;
mod weighed;

pub use evidence::{Evidence, Hard};
pub use weighed::{Gate, Known, Risk, Word, likelihood, weigh};

use super::closed::closed;

closed! {
    Level { High = "high", Medium = "medium", Low = "low" }
}

closed! {
    /// The chance to keep an account: over 60 %, between, under 20 %.
    Chance { Good = "good", Medium = "medium", Poor = "poor" }
}

closed! {
    /// How much effort an account gets. It is never called a tier: that word is the account's.
    Lane {
        /// Full effort, with an executive, 30 to 90 days.
        One = "1",
        /// CSM and manager, the standard playbook, 14 to 30 days.
        Two = "2",
        /// The CSM alone, one conversation, 7 to 14 days.
        Three = "3",
        /// A graceful exit, and what is learnt from it.
        Four = "4",
        /// Saved or recovering: looked at each week.
        Watch = "watch",
        /// The loss is accepted.
        Exit = "exit",
    }
}

/// The lane of an account. An unknown chance counts as medium.
pub fn lane(value: Level, chance: Option<Chance>) -> Lane {
    match (value, chance.unwrap_or(Chance::Medium)) {
        (Level::High, Chance::Good | Chance::Medium) => Lane::One,
        (Level::Medium, Chance::Good | Chance::Medium) => Lane::Two,
        (Level::High | Level::Medium, Chance::Poor) => Lane::Three,
        (Level::Low, Chance::Good | Chance::Medium) => Lane::Three,
        (Level::Low, Chance::Poor) => Lane::Four,
    }
}

#[cfg(test)]
mod tests;
