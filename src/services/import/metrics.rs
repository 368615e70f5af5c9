//! The names of usage metrics: from headers and cells to the names the score uses.

use super::mapping::{Unit, normal};
use crate::domain::facts::usage::{
    ACTIVE_USERS, EVENTS, FEATURE, INTEGRATION, LOGINS, MONTHLY_USERS, WEEKLY_USERS, WORKFLOW,
};

/// Whether a header names a metric the score uses.
pub fn is_known_metric(header: &str) -> bool {
    let name = metric_name(header);
    [ACTIVE_USERS, WEEKLY_USERS, MONTHLY_USERS, LOGINS, EVENTS].contains(&name.as_str())
        || [FEATURE, INTEGRATION, WORKFLOW]
            .iter()
            .any(|family| name.starts_with(family))
}

/// The name of a metric, from a header or a cell.
pub fn metric_name(name: &str) -> String {
    let name = normal(name);
    match name.as_str() {
        "wau" | "weekly_active_users" | "週間アクティブユーザー" => {
            return WEEKLY_USERS.to_owned();
        }
        "mau" | "monthly_active_users" | "月間アクティブユーザー" => {
            return MONTHLY_USERS.to_owned();
        }
        "dau"
        | "active_users"
        | "daily_active_users"
        | "users"
        | "アクティブユーザー"
        | "アクティブユーザー数"
        | "利用者数" => {
            return ACTIVE_USERS.to_owned();
        }
        "logins" | "login" | "sign_ins" | "ログイン" | "ログイン数" | "ログイン回数" =>
        {
            return LOGINS.to_owned();
        }
        "events" | "actions" | "イベント数" | "操作数" => return EVENTS.to_owned(),
        _ => {}
    }
    const FAMILIES: [(&str, &str); 6] = [
        ("feature_", FEATURE),
        ("機能_", FEATURE),
        ("integration_", INTEGRATION),
        ("連携_", INTEGRATION),
        ("workflow_", WORKFLOW),
        ("ワークフロー_", WORKFLOW),
    ];
    FAMILIES
        .iter()
        .find_map(|(prefix, family)| Some(format!("{family}{}", name.strip_prefix(prefix)?)))
        .unwrap_or(name)
}

/// Money and scores are no usage, in whatever table they stand.
pub fn is_no_usage(header: &str) -> bool {
    const MONEY: [&str; 22] = [
        "amount",
        "revenue",
        "spend",
        "price",
        "cost",
        "invoice",
        "mrr",
        "arr",
        "credits",
        "tax",
        "fee",
        "subtotal",
        "balance",
        "金額",
        "売上",
        "請求",
        "料金",
        "契約額",
        "月額",
        "年額",
        "単価",
        "費用",
    ];
    const SCORES: [&str; 7] = [
        "nps",
        "csat",
        "health_score",
        "score",
        "満足度",
        "スコア",
        "rating",
    ];
    let name = normal(header);
    let words: Vec<&str> = name.split('_').collect();
    let says = |word: &&str| {
        if word.is_ascii() {
            words.contains(word) || name == **word
        } else {
            name.contains(*word)
        }
    };
    MONEY.iter().any(says) || SCORES.iter().any(says) || Unit::of(header).currency.is_some()
}
