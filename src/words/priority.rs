//! The words of priorities: why an account needs attention.

use super::{Lang, labels, words};
use crate::domain::priority::{Reason, Renewal};

words! {
    health(band, score): "{band} {score}", "{band} {score}";
    escalated: "escalated", "エスカレーション中";
    signals(count, worst): "{count} warning{count:#}: {worst}", "警告{count}件: {worst}";
    notice(days): "last day to say no in {days} day{days:#}", "解約通知期限まで{days}日";
    no_until(day): "last day to say no; renews {day}", "解約通知期限・更新 {day}";
    renews_on(day): "renews {day}", "更新 {day}";
    renewal(days): "renews in {days} day{days:#}", "更新まで{days}日";
    silence(days): "no contact for {days} day{days:#}", "{days}日間連絡なし";
    overdue(count): "{count} action{count:#} overdue", "期限超過のアクション{count}件";
}

labels! {
    words for crate::domain::priority::Kind {
        WrapUp: "note due", "メモ作成";
        Case: "rescue", "リスク対応";
        Action: "due", "期日";
        Promise: "promised", "約束";
        Tell: "inform", "要連絡";
        Account: "account", "アカウント";
        Renewal: "renewal", "更新";
        Meeting: "meeting", "面談";
        Touch: "touch", "連絡";
    }
}

/// When a term renews, or that it ended without an outcome.
pub fn renewal_in(lang: Lang, days: i64) -> String {
    match days {
        0.. => renewal(lang, days),
        _ => super::outcomes::ended(lang, -days),
    }
}

/// What comes near: a renewal, or the last day to say no to it.
pub fn renewal_of(lang: Lang, renewal: &Renewal) -> String {
    match renewal.renews_on {
        Some(day) => format!("{} · {}", notice(lang, renewal.days), renews_on(lang, day)),
        None => renewal_in(lang, renewal.days),
    }
}

/// Why an account needs attention.
pub fn priority_reason(lang: Lang, reason: &Reason) -> String {
    match reason {
        Reason::Health { band, score } => health(
            lang,
            band.words(lang),
            score.map_or_else(|| "--".to_owned(), |n| n.to_string()),
        ),
        Reason::Escalated => escalated(lang).to_owned(),
        Reason::Signals { count, worst } => signals(lang, count, worst.words(lang)),
        Reason::Renewal { days } => renewal_in(lang, *days),
        Reason::Notice { days } => notice(lang, days),
        Reason::Silence { days } => silence(lang, days),
        Reason::Case {
            step,
            due,
            late,
            today,
        } => super::cases::step_due(lang, *step, *due, *late, *today),
        Reason::Ended { days, terms } => {
            let more = (*terms > 1).then(|| super::outcomes::more_terms(lang, terms));
            format!(
                "{}{}",
                super::outcomes::ended(lang, days),
                more.unwrap_or_default()
            )
        }
        Reason::Overdue { actions } => overdue(lang, actions),
    }
}
