//! The kinds of touchpoint that the cadence plans.

use crate::domain::closed::closed;
use crate::domain::prefs::Message;

closed! {
    /// The kinds of touchpoint `[cadence.model]`; a renewal step is one of `[renewal.timeline]`.
    Kind {
        Checkin = "check-in", Review = "review", Training = "training", Report = "value-report", Email = "email",
        Webinar = "webinar", Expansion = "expansion", Advocacy = "advocacy", Executive = "executive", Renewal = "renewal",
    }
}

impl Kind {
    /// How many kinds there are.
    pub const COUNT: usize = 10;

    /// A talk with people, at a time that was agreed; the others are written.
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

    /// The kind of message by which a person's preferences judge it `[prefs]`. None for what the
    /// contract is about: it is never advertising.
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
