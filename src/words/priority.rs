//! Why an account needs attention, in words.

use super::{Lang, labels, words};
use crate::domain::priority::Reason;

words! {
    health(band, score): "{band} {score}", "{band} {score}";
    escalated: "escalated", "エスカレーション中";
    signals(count, worst): "{count} warning{count:#}: {worst}", "警戒{count}件: {worst}";
    renewal(days): "renews in {days} day{days:#}", "更新まで{days}日";
    silence(days): "no touch for {days} days", "{days}日間やりとりなし";
    overdue(actions): "{actions} action{actions:#} overdue", "期限超過のアクション{actions}件";
}

labels! {
    words for crate::domain::priority::Kind {
        WrapUp: "write up", "まとめ";
        Action: "due", "期限";
        Promise: "promised", "約束";
        Tell: "tell them", "伝える";
        Account: "account", "アカウント";
        Renewal: "renewal", "更新";
        Meeting: "meeting", "面談";
        Touch: "touch", "接点";
    }
}

/// Why an account needs attention.
pub fn need_reason(lang: Lang, reason: &Reason) -> String {
    match reason {
        Reason::Health { band, score } => health(
            lang,
            band.words(lang),
            score.map_or_else(|| "--".to_owned(), |n| n.to_string()),
        ),
        Reason::Escalated => escalated(lang).to_owned(),
        Reason::Signals { count, worst } => signals(lang, count, worst.words(lang)),
        Reason::Renewal { days } => renewal(lang, days),
        Reason::Silence { days } => silence(lang, days),
        Reason::Overdue { actions } => overdue(lang, actions),
    }
}
