//! The fields of a check-in that are pasted into a CRM.

use crate::domain::closed::closed;

closed! {
    /// A field of the CRM packet; the order is set in `config/desk.toml`.
    CrmField {
        Date = "date", Account = "account", Type = "type", Attendees = "attendees", Sentiment = "sentiment",
        Judgement = "judgement", Summary = "summary", Decisions = "decisions", Risks = "risks",
        Opportunities = "opportunities", Quotes = "quotes", Actions = "actions", Next = "next",
    }
}
