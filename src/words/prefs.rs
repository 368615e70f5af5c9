//! The words of what customers want to hear.

use super::{Lang, labels, words};
use crate::domain::prefs::Block;

words! {
    r_preference(every): "{every}, as the customer wishes", "{every}（顧客の希望）";
    block_opted(message): "they want no {message}", "{message}は不要とのこと";
    block_nobody(message): "nobody there wants {message}", "{message}を受け取る人がいません";
    block_often(message, frequency): "{message}: {frequency} at the most", "{message}は{frequency}まで";
    block_cap(cap): "at most {cap} messages in 30 days", "メッセージは30日に{cap}通まで";
    block_quiet(what, to): "quiet from {what} to {to}", "{what}〜{to}は連絡を控える";
    prefs_line(list_comma): "Wishes: {list_comma}", "希望: {list_comma}";
    prefs_none: "Wishes: none known", "希望: 未確認";
    prefs_cap(what): "{what} messages a month at most", "メッセージは月{what}通まで";
    prefs_title(name): "Wishes of {name}", "{name}の希望";
    prefs_word: "Wishes", "希望";
    field_quiet: "Quiet hours", "控える時間";
    field_cap: "At most a month", "月の上限";
    field_cap_hint: "messages of all kinds in 30 days; empty: no limit", "30日間のメッセージ総数。空欄は上限なし";
    as_cadence: "as the cadence has it", "標準どおり";
}

labels! {
    words for crate::domain::prefs::Message {
        Calls: "calls", "通話・面談";
        Updates: "product updates", "製品の更新情報";
        Education: "education", "活用情報";
        Promotion: "promotion", "販促";
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
