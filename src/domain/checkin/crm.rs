//! The fields of a check-in that are pasted into a CRM. `services/packet` writes them.

use crate::domain::closed::closed;

closed! {
    /// A field of the CRM packet. `config/desk.toml` sets their order.
    CrmField {
        Date = "date", Account = "account", Type = "type", Attendees = "attendees", Sentiment = "sentiment",
        Judgement = "judgement", Summary = "summary", Decisions = "decisions", Risks = "risks",
        Opportunities = "opportunities", Quotes = "quotes", Feedback = "feedback", Questions = "questions", Actions = "actions", Next = "next",
    }
}
