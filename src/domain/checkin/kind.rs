//! The kinds of check-in.

use crate::domain::closed::closed;

closed! {
    /// The kinds of check-in; each has an agenda template.
    Kind { Health = "health", Onboarding = "onboarding", Review = "review", Risk = "risk", Growth = "growth" }
}
