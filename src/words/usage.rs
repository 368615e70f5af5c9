//! The words of usage metrics.

use super::{Lang, labels, words};
use crate::domain::facts::usage;

words! {
    seats: "Seats", "席数";
    features: "Features in use", "利用中の機能";
    active_users: "active users", "アクティブユーザー";
    weekly_users: "weekly active users", "週間アクティブユーザー";
    monthly_users: "monthly active users", "月間アクティブユーザー";
    logins: "sign-ins", "ログイン";
    events: "events", "操作数";
}

labels! {
    words for crate::domain::facts::adoption::Direction {
        Up: "up", "増加";
        Flat: "flat", "横ばい";
        Down: "down", "減少";
    }
}

labels! {
    words for crate::domain::facts::change_points::VisitFrequency {
        Daily: "daily", "毎日";
        Weekly: "weekly", "週に数回";
        Monthly: "monthly", "月に数回";
        Rarely: "rarely", "ほとんどなし";
    }
}

/// The name of a metric on screen.
pub fn metric_name(lang: Lang, metric: &str) -> String {
    match metric {
        usage::ACTIVE_USERS => active_users(lang).into(),
        usage::WEEKLY_USERS => weekly_users(lang).into(),
        usage::MONTHLY_USERS => monthly_users(lang).into(),
        usage::LOGINS => logins(lang).into(),
        usage::EVENTS => events(lang).into(),
        other => other
            .strip_prefix(usage::FEATURE)
            .or_else(|| other.strip_prefix(usage::INTEGRATION))
            .or_else(|| {
                let workflow = other.strip_prefix(usage::WORKFLOW)?;
                workflow.strip_suffix("_started")
            })
            .unwrap_or(other)
            .to_owned(),
    }
}
