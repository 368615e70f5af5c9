//! The kinds of check-in.

use crate::domain::closed::closed;

closed! {
    /// `[checkin.types]`
    Kind { Health = "health", Onboarding = "onboarding", Review = "review", Risk = "risk", Growth = "growth" }
}
