//! The words of the health score: dimensions, facts behind them, why a score is what it is.

use super::numbers::{number, signed};
use super::{Lang, labels, words};
use crate::domain::health::Fact;

words! {
    coverage(coverage): "coverage {coverage}%", "データ充足率 {coverage}%";
    since_30(what): "{what} vs 30 days ago", "30日前比 {what}";
    fact_usage(metric, before, now, before_2): "{metric} {before} → {now} a day ({before_2}%)", "{metric} {before}→{now}/日（{before_2}%）";
    fact_seats(active, seats, seats_2): "{active} of {seats} seats active ({seats_2}%)", "{active}人／{seats}席（{seats_2}%）";
    fact_no_use(days): "no use for {days} day{days:#}", "{days}日間利用なし";
    fact_usage_stale(days): "usage data is {days} days old", "利用データが{days}日前";
    fact_tickets(count): "{count} ticket{count:#} in 30 days", "30日で{count}件";
    fact_open(count, oldest_days): "{count} open, oldest {oldest_days} days", "未解決 {count}件、最古 {oldest_days}日";
    fact_escalated(count): "{count} escalated", "エスカレーション {count}件";
    fact_rating(what, count): "ticket rating {what} of 5 ({count})", "チケット評価 {what}/5（{count}件）";
    fact_support_stale(days): "ticket data is {days} days old", "チケットデータが{days}日前";
    fact_nps_mean(score, people, days): "NPS {score} on average of {people} people (last {days} days ago)", "NPS 平均{score}（{people}名、最新は{days}日前）";
    fact_nps(score, days): "NPS {score} ({days} days ago)", "NPS {score}（{days}日前）";
    fact_csat(what, count): "CSAT {what} of 5 ({count})", "CSAT {what}/5（{count}件）";
    fact_mood(sentiment, days): "customer {sentiment} on the last call ({days} days ago)", "前回の印象 {sentiment}（{days}日前）";
    fact_spoke(days): "spoke {days} day{days:#} ago", "最後の会話 {days}日前";
    fact_never: "no conversation on record", "会話の記録なし";
    fact_champion_left(unknown): "champion left ({unknown})", "チャンピオン退職（{unknown}）";
    fact_no_champion: "no champion", "チャンピオン不在";
    fact_missed(count): "{count} missed or declined in 90 days", "90日で欠席・辞退 {count}件";
    fact_goals(reached, open, slipped): "goals: {reached} reached, {open} open, {slipped} slipped", "目標: 達成 {reached}・進行 {open}・遅れ {slipped}";
    fact_paying(subscriptions): "running subscriptions: {subscriptions}", "有効な契約 {subscriptions}件";
    fact_past_due(count): "{count} payment{count:#} past due", "支払い遅延 {count}件";
    fact_downgraded(count): "{count} downgraded", "縮小 {count}件";
    fact_arr(percent): "ARR {percent}% in a year", "ARR 前年比 {percent}%";
    fact_outcome(kind, days): "{kind} {days} days ago", "{kind}（{days}日前）";
    fact_ended: "every subscription has ended", "すべての契約が終了";
    field_verdict: "Health", "健康";
    by_numbers: "by the numbers", "数値どおり";
    field_reason: "Reason", "理由";
    field_until: "Until", "期限";
    ruling_of(name): "Health of {name}, as you see it", "{name}の健康（あなたの判断）";
    until_past(over): "{over} is over: a judgement stands until a day to come", "{over} は過ぎています。判断の期限は今日以降の日付にしてください";
    reason_missing: "A judgement over the numbers needs its reason.", "数値と異なる判断には理由が必要です。";
    held_mood(by_numbers, sentiment, days): "by the numbers {by_numbers}; last talk: {sentiment}, {days} day{days:#} ago", "数値では{by_numbers}。前回の印象: {sentiment}（{days}日前）";
    held_person(author, verdict, reason, until, by_numbers): "{author}: {verdict} ({reason}){until}; by the numbers {by_numbers}", "{author}の判断: {verdict}（{reason}）{until}。数値では{by_numbers}";
    held_until(what): ", until {what}", "、{what}まで";
    to_green_line(list_comma): "Green with {list_comma}", "健全になるには {list_comma}";
    to_green_part(dimension, from, to): "{dimension} {from} → {to}", "{dimension} {from}→{to}";
    fact_ageing(input, days, percent): "{input}: {days} days old, counts {percent}%", "{input}は{days}日前のもの: 重み{percent}%";
    fact_too_old(input, days): "{input}: {days} days old, not counted", "{input}は{days}日前のもの: 対象外";
    why_title(name, score, band): "{name}: why {score} {band}", "{name}: {score} {band} の理由";
    why_then(before, score, day, score_2): "{before}: {score}  →  {day}: {score_2}", "{before}: {score}  →  {day}: {score_2}";
    why_now_facts(new): "now: {new}", "現在: {new}";
    why_then_facts(before, old): "{before}: {old}", "{before}: {old}";
    why_points(what, value, other, more, rest): "{what}  {value} → {other}  points {more} → {rest}", "{what}  {value} → {other}  点数 {more} → {rest}";
    why_rules(day): "Other rules since {day}: both scores above are by today's rules.", "{day}から採点基準が変更（上の点数はどちらも今の基準）";
    why_coverage(coverage, coverage_2): "coverage {coverage} → {coverage_2}", "データ充足率 {coverage} → {coverage_2}";
    why_same_facts(same): "as before: {same}", "変わらず: {same}";
    why_recorded(before, score): "Recorded on {before}: {score}. Data that came later, or other rules, make the difference.", "{before}の記録は{score}（その後に届いたデータか基準の変更による差）";
    why_weight(then, now): "weight {then}% → {now}%", "重み {then}%→{now}%";
    why_young(before): "No customer yet on {before}: only today is shown.", "{before}はまだ契約前（現在だけを表示）";
}

labels! {
    words for crate::domain::health::Band {
        Red: "at risk", "危険";
        Yellow: "caution", "注意";
        Green: "healthy", "健全";
        Unknown: "unknown", "不明";
    }
}

labels! {
    words for crate::domain::health::Dimension {
        Usage: "Usage", "利用";
        Relationship: "Relationship", "関係";
        Support: "Support", "サポート";
        Satisfaction: "Satisfaction", "満足度";
        Outcomes: "Outcomes", "成果";
        Financial: "Financial", "財務";
    }
}

labels! {
    words for crate::domain::health::Input {
        Usage: "usage", "利用";
        Tickets: "tickets", "チケット";
        Mood: "last talk", "前回の会話";
        Surveys: "surveys", "アンケート";
    }
}

labels! {
    words for crate::domain::account::Verdict {
        Red: "at risk", "危険";
        Yellow: "watch", "注意";
        Green: "healthy", "健全";
        Lost: "accepted loss", "離脱を受容";
    }
}

/// What holds a band away from its numbers, in words.
pub fn held(lang: Lang, score: &crate::domain::health::Score) -> Option<String> {
    use crate::domain::health::Holder;
    let held = score.held.as_ref()?;
    Some(match &held.by {
        Holder::Mood { sentiment, days } => held_mood(
            lang,
            held.by_numbers.words(lang),
            sentiment.words(lang),
            days,
        ),
        Holder::Person(r) => {
            let until = r.until.map(|u| held_until(lang, u)).unwrap_or_default();
            held_person(
                lang,
                &r.author,
                r.verdict.words(lang),
                &r.reason,
                &until,
                held.by_numbers.words(lang),
            )
        }
    })
}

/// What would make an account green, in words; none where it is, or nothing would.
pub fn to_green(
    lang: Lang,
    score: &crate::domain::health::Score,
    policy: &crate::domain::policy::Policy,
) -> Option<String> {
    let steps = score.to_green(policy);
    let parts: Vec<String> = steps
        .iter()
        .map(|(d, from, to)| to_green_part(lang, d.words(lang), from, to))
        .collect();
    (!parts.is_empty()).then(|| to_green_line(lang, parts.join(super::common::list_comma(lang))))
}

/// A fact behind a score, with its numbers.
pub fn fact(lang: Lang, fact: &Fact) -> String {
    let percent = |now: f64, before: f64| {
        if before > 0.0 {
            signed(((now - before) / before * 100.0).round() as i64)
        } else {
            "—".into()
        }
    };
    match fact {
        Fact::UsageChange {
            metric,
            before,
            now,
        } => fact_usage(
            lang,
            super::usage::metric_name(lang, metric),
            number(*before),
            number(*now),
            percent(*now, *before),
        ),
        Fact::SeatUse { active, seats } => fact_seats(
            lang,
            number(*active),
            seats,
            number(active / f64::from(*seats) * 100.0),
        ),
        Fact::NoUseFor { days } => fact_no_use(lang, days),
        Fact::UsageStale { days } => fact_usage_stale(lang, days),
        Fact::Ageing {
            input,
            days,
            percent,
        } => fact_ageing(lang, input.words(lang), days, percent),
        Fact::TooOld { input, days } => fact_too_old(lang, input.words(lang), days),
        Fact::TicketsThisMonth { count } => fact_tickets(lang, count),
        Fact::OpenTickets { count, oldest_days } => fact_open(lang, count, oldest_days),
        Fact::Escalated { count } => fact_escalated(lang, count),
        Fact::TicketRating { mean, count } => fact_rating(lang, format!("{mean:.1}"), count),
        Fact::SupportStale { days } => fact_support_stale(lang, days),
        Fact::Nps {
            score,
            people,
            days,
        } if *people > 1 => fact_nps_mean(lang, number(*score), people, days),
        Fact::Nps { score, days, .. } => fact_nps(lang, number(*score), days),
        Fact::Csat { mean, count } => fact_csat(lang, format!("{mean:.1}"), count),
        Fact::Mood { sentiment, days } => fact_mood(lang, sentiment.words(lang), days),
        Fact::LastConversation { days } => fact_spoke(lang, days),
        Fact::NoConversation => fact_never(lang).into(),
        Fact::ChampionLeft { date } => fact_champion_left(
            lang,
            date.map_or_else(
                || super::common::unknown(lang).to_owned(),
                |d| d.to_string(),
            ),
        ),
        Fact::NoChampion => fact_no_champion(lang).into(),
        Fact::Missed { count } => fact_missed(lang, count),
        Fact::Goals {
            reached,
            open,
            slipped,
        } => fact_goals(lang, reached, open, slipped),
        Fact::Paying { subscriptions } => fact_paying(lang, subscriptions),
        Fact::PastDue { count } => fact_past_due(lang, count),
        Fact::Downgraded { count } => fact_downgraded(lang, count),
        Fact::ArrChange { percent } => fact_arr(lang, signed(percent.round() as i64)),
        Fact::AllEnded => fact_ended(lang).into(),
        Fact::Outcome { kind, days } => fact_outcome(lang, kind.words(lang), days),
    }
}
