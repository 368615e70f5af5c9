//! The words of customer preferences.

use super::{Lang, labels, words};
use crate::domain::prefs::Block;

words! {
    r_preference(every): "{every} (preference)", "{every}（プリファレンス）";
    block_opted(message): "opted out of {message}", "{message}は配信停止";
    block_nobody(message): "no one opted in to {message}", "{message}を受け取る担当者なし";
    block_often(message, frequency): "{message}: {frequency} at most", "{message}は{frequency}まで";
    block_cap(cap): "at most {cap} messages in 30 days", "メッセージは30日間に{cap}通まで";
    block_quiet(from, to): "quiet hours {from}–{to}", "{from}〜{to}は連絡を控える";
    prefs_line(preferences): "Preferences: {preferences}", "プリファレンス: {preferences}";
    prefs_none: "Preferences: not recorded", "プリファレンス: 未確認";
    prefs_cap(cap): "{cap} messages a month at most", "メッセージは月{cap}通まで";
    prefs_title(name): "Preferences: {name}", "{name}のプリファレンス";
    prefs_word: "Preferences", "プリファレンス";
    field_quiet: "Quiet hours", "連絡を控える時間";
    field_cap: "Monthly limit", "月の上限";
    field_cap_hint: "messages of all kinds in 30 days · empty for no limit", "30日間のメッセージ総数 · 空欄は上限なし";
    as_cadence: "as in the cadence", "ケイデンスどおり";
}

labels! {
    words for crate::domain::prefs::Message {
        Calls: "calls", "通話・面談";
        Updates: "product updates", "製品アップデート";
        Education: "education", "活用情報";
        Promotion: "promotion", "プロモーション";
        Training: "training", "トレーニング";
    }
}

labels! {
    words for crate::domain::prefs::Frequency {
        Daily: "daily", "毎日";
        Weekly: "weekly", "毎週";
        TwoWeekly: "every two weeks", "隔週";
        Monthly: "monthly", "毎月";
        Quarterly: "quarterly", "四半期ごと";
        Never: "never", "不要";
    }
}

/// Why a message must not be sent.
pub fn block(lang: Lang, block: &Block) -> String {
    match block {
        Block::OptedOut { message } => block_opted(lang, message.words(lang)),
        Block::NobodyLeft { message } => block_nobody(lang, message.words(lang)),
        Block::TooOften { message, frequency } => {
            block_often(lang, message.words(lang), frequency.words(lang))
        }
        Block::Cap { cap } => block_cap(lang, cap),
        Block::Quiet { from, to } => block_quiet(lang, from.format("%H:%M"), to.format("%H:%M")),
    }
}
