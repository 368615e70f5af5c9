//! The kinds of touchpoint that the cadence plans. Their intervals are the policy's.

use crate::domain::closed::closed;
use crate::domain::prefs::Message;

closed! {
    /// The kinds of touchpoint. A renewal step is one step of the renewal timeline.
    Kind {
        Checkin = "check-in", Review = "review", Training = "training", Report = "value-report", Email = "email",
        Webinar = "webinar", Expansion = "expansion", Advocacy = "advocacy", Executive = "executive", Renewal = "renewal",
    }
}

impl Kind {
    /// The number of kinds.
    pub const COUNT: usize = 10;

    /// A talk with people at an agreed time; the other kinds are written.
    pub fn is_talk(self) -> bool {
        matches!(
            self,
            Kind::Checkin
                | Kind::Review
                | Kind::Training
                | Kind::Expansion
                | Kind::Executive
                | Kind::Renewal
        )
    }

    /// The message kind that decides, with the contacts' preferences, whether the touch is allowed.
    /// None for contract matters, which are never advertising.
    pub fn message(self) -> Option<Message> {
        match self {
            Kind::Checkin | Kind::Review | Kind::Executive => Some(Message::Calls),
            Kind::Training => Some(Message::Training),
            Kind::Report | Kind::Email => Some(Message::Updates),
            Kind::Webinar => Some(Message::Education),
            Kind::Expansion | Kind::Advocacy => Some(Message::Promotion),
            Kind::Renewal => None,
        }
    }
}
