//! The kinds of table an import reads: their fields, and the words that identify a file.

use crate::domain::closed::closed;
use crate::words::labels;

closed! {
    /// The kinds of table, ordered by dependency.
    Kind {
        Accounts = "accounts", Contacts = "contacts", Subscriptions = "subscriptions", Deals = "deals", Tickets = "tickets",
        Surveys = "surveys", Interactions = "interactions", Outcomes = "outcomes", Usage = "usage",
    }
}

/// The fields of each kind, by their names in mappings.
const ACCOUNTS: &[&str] = &[
    "id",
    "name",
    "reading",
    "domain",
    "industry",
    "country",
    "employees",
    "tier",
    "stage",
    "owner",
    "account_manager",
    "csm_manager",
    "implementation",
    "support_lead",
    "product_contact",
    "our_sponsor",
    "arr",
    "mrr",
    "currency",
    "contract_start",
    "renewal",
    "term_months",
    "seats",
    "plan",
    "goals",
    "tags",
    "expansion",
    "lifetime_value",
    "recorded",
];
const CONTACTS: &[&str] = &[
    "id",
    "account",
    "name",
    "first_name",
    "last_name",
    "reading",
    "first_reading",
    "last_reading",
    "title",
    "role",
    "email",
    "phone",
    "status",
    "since",
    "last_contacted",
    "last_seen",
    "influence",
];
const SUBSCRIPTIONS: &[&str] = &[
    "id",
    "account",
    "plan",
    "start",
    "end",
    "arr",
    "mrr",
    "currency",
    "seats",
    "period",
    "term",
    "renews_for",
    "notice",
    "tax",
    "auto_renew",
    "trial",
    "downgraded",
    "status",
];
const DEALS: &[&str] = &[
    "id",
    "account",
    "name",
    "stage",
    "state",
    "closed",
    "won",
    "amount",
    "currency",
    "close_date",
    "kind",
    "probability",
    "owner",
    "created",
];
const TICKETS: &[&str] = &[
    "id",
    "account",
    "subject",
    "body",
    "status",
    "priority",
    "opened",
    "first_answer",
    "first_answer_minutes",
    "solved",
    "escalated",
    "category",
    "requester",
    "resolution",
    "csat",
];
const SURVEYS: &[&str] = &[
    "id",
    "account",
    "kind",
    "score",
    "date",
    "respondent",
    "comment",
];
const INTERACTIONS: &[&str] = &[
    "id",
    "account",
    "kind",
    "at",
    "summary",
    "by",
    "attendance",
    "sentiment",
];
const OUTCOMES: &[&str] = &[
    "id", "account", "kind", "date", "reason", "comment", "amount", "currency",
];
const USAGE: &[&str] = &["account", "date", "metric", "feature", "value", "user"];

impl Kind {
    /// The fields a column may be mapped to.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Kind::Accounts => ACCOUNTS,
            Kind::Contacts => CONTACTS,
            Kind::Subscriptions => SUBSCRIPTIONS,
            Kind::Deals => DEALS,
            Kind::Tickets => TICKETS,
            Kind::Surveys => SURVEYS,
            Kind::Interactions => INTERACTIONS,
            Kind::Outcomes => OUTCOMES,
            Kind::Usage => USAGE,
        }
    }

    /// At least one field of each group must have a column.
    pub(crate) fn required(self) -> &'static [&'static [&'static str]] {
        match self {
            Kind::Accounts => &[&["id", "name"]],
            Kind::Contacts => &[&["name", "last_name", "email"]],
            Kind::Subscriptions => &[
                &["account"],
                &["arr", "mrr", "start", "end"],
                &["id", "start"],
            ],
            Kind::Deals => &[&["account"], &["stage", "close_date"], &["id", "name"]],
            // Comments, logs and schedules have an id, a day and often a state.
            Kind::Tickets => &[
                &["id"],
                &["subject", "priority", "status"],
                &["subject", "priority", "opened"],
            ],
            Kind::Surveys => &[&["score"]],
            Kind::Interactions => &[&["at"], &["kind", "summary"]],
            Kind::Outcomes => &[&["account"], &["kind", "date"]],
            Kind::Usage => &[&["account"], &["date"]],
        }
    }

    /// Words in a file's name that decide between kinds that fit equally.
    pub(crate) fn file_words(self) -> &'static [&'static str] {
        match self {
            Kind::Accounts => &[
                "account",
                "compan",
                "organi",
                "customer",
                "顧客",
                "会社",
                "取引先",
            ],
            Kind::Contacts => &["contact", "user", "people", "person", "連絡先", "担当"],
            Kind::Subscriptions => &["subscription", "contract", "契約"],
            Kind::Deals => &["opportunit", "deal", "pipeline", "商談", "案件"],
            Kind::Tickets => &["ticket", "case", "support", "問い合わせ"],
            Kind::Surveys => &["survey", "nps", "csat", "ces", "response", "アンケート"],
            Kind::Interactions => &["interaction", "activit", "touch", "meeting", "活動"],
            Kind::Outcomes => &["outcome", "churn", "renewal", "解約", "結果"],
            Kind::Usage => &["usage", "event", "metric", "利用", "使用"],
        }
    }
}

labels! {
    words for Kind {
        Accounts: "accounts", "アカウント";
        Contacts: "contacts", "お客様担当者";
        Subscriptions: "subscriptions", "契約";
        Deals: "deals", "商談";
        Tickets: "tickets", "チケット";
        Surveys: "surveys", "アンケート";
        Interactions: "interactions", "連絡";
        Outcomes: "outcomes", "結果";
        Usage: "usage", "利用状況";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use crate::words::import_fields::field;

    #[test]
    fn every_field_has_a_name_in_both_languages() {
        for key in Kind::ALL.iter().flat_map(|kind| kind.fields()) {
            let ja = field(Lang::Ja, key);
            assert!(ja != *key, "{key}");
            assert!(!field(Lang::En, key).contains('_'), "{key}");
        }
    }
}
