//! The words of the health score: dimensions, the facts behind them, its explanation.

use super::numbers::{number, signed};
use super::{Lang, labels, words};
use crate::domain::health::{Fact, Per};

words! {
    coverage(percent): "coverage {percent}%", "データ充足率 {percent}%";
    since_30(change): "{change} vs 30 days ago", "30日前比 {change}";
    fact_usage(metric, before, now, percent): "{metric} {before} → {now} a day ({percent}%)", "{metric} {before}→{now}/日（{percent}%）";
    per_day(number): "{number} a day", "{number}/日";
    per_week(number): "{number} a week", "{number}/週";
    per_month(number): "{number} a month", "{number}/月";
    fact_level(metric, now, percent, best): "{metric} {now}: {percent}% of its best ({best})", "{metric} {now}（好調時{best}の{percent}%）";
    fact_level_season(metric, now, percent, best): "{metric} {now}: {percent}% of its usual level at this time of year ({best})", "{metric} {now}（例年この時期の{best}の{percent}%）";
    fact_recent(metric, now, before, percent): "{metric} in the last two weeks {now}, before {before} ({percent}%)", "直近2週間の{metric} {now}（それ以前は{before}、{percent}%）";
    fact_line(metric, percent, months): "{metric} on a line of {percent}% in {months} months", "{metric}は{months}か月で{percent}%のペース";
    fact_dropped(count, of, names): "{count} of {of} parts of the product out of use: {names}", "製品の{of}項目のうち{count}項目が使われなくなりました（{names}）";
    fact_grave(count): "{count} of them urgent or high", "うち緊急・高 {count}件";
    fact_repeated(subject, count): "“{subject}” reported {count} times in 60 days", "「{subject}」60日間に{count}件";
    fact_nps_undated(score): "NPS {score}", "NPS {score}";
    fact_nps_undated_mean(score, people): "NPS {score}, average of {people} people", "NPS 平均{score}（{people}名）";
    fact_undated(input): "{input}: without a date, weight 60%", "{input}は日付なし: 重み60%";
    fact_nps_fall(before, now): "NPS {before} → {now} since the answers before", "NPS 前回までの{before}→{now}";
    capped(mean, dimension, score): "{mean} by the mean, held by {dimension} {score}", "加重平均は{mean}、{dimension}{score}により抑制";
    held_signals(band, kinds): "scored {band}, but: {kinds}", "スコアでは{band}。ただし{kinds}";
    fact_seats(active, seats, percent): "{active} of {seats} seats active on busy days ({percent}%)", "多い日で{active}人／{seats}席（{percent}%）";
    fact_no_use(days): "no use for {days} day{days:#}", "{days}日間利用なし";
    fact_usage_stale(days): "usage data {days} day{days:#} old", "利用データは{days}日前";
    fact_tickets(count): "{count} ticket{count:#} in 30 days", "30日間のチケット {count}件";
    fact_open(count, days): "{count} open, oldest {days} day{days:#}", "未解決 {count}件、最長 {days}日";
    fact_escalated(count): "{count} escalated", "エスカレーション {count}件";
    fact_rating(mean, count): "ticket rating {mean} of 5 ({count})", "チケット評価 {mean}/5（{count}件）";
    fact_support_stale(days): "ticket data {days} day{days:#} old", "チケットデータは{days}日前";
    fact_nps_mean(score, people, days): "NPS {score}, average of {people} people (latest {days} day{days:#} ago)", "NPS 平均{score}（{people}名、最新は{days}日前）";
    fact_nps(score, days): "NPS {score} ({days} day{days:#} ago)", "NPS {score}（{days}日前）";
    fact_csat(mean, count): "CSAT {mean} of 5 ({count})", "CSAT {mean}/5（{count}件）";
    fact_mood(sentiment, days): "last call: {sentiment} ({days} day{days:#} ago)", "前回の感情 {sentiment}（{days}日前）";
    fact_spoke_well(days): "last talk that did not go badly: {days} day{days:#} ago", "良くない会話を除く最後の会話 {days}日前";
    fact_spoke(days): "last spoke {days} day{days:#} ago", "最後の会話 {days}日前";
    fact_never_well: "every talk on record went badly", "記録のある会話はすべて良くない結果";
    fact_never: "no conversation on record", "会話の記録なし";
    fact_champion_left(date): "champion left ({date})", "チャンピオン離任（{date}）";
    fact_no_champion: "no champion", "チャンピオン不在";
    fact_missed(count): "{count} missed or declined in 90 days", "90日間の欠席・辞退 {count}件";
    fact_goals(reached, open, slipped): "goals: {reached} reached, {open} open, {slipped} slipped", "目標: 達成 {reached}・進行 {open}・遅れ {slipped}";
    fact_paying(count): "{count} active subscription{count:#}", "有効な契約 {count}件";
    fact_past_due(count): "{count} payment{count:#} overdue", "支払い遅延 {count}件";
    fact_downgraded(count): "{count} downgrade{count:#}", "縮小 {count}件";
    fact_arr(percent): "ARR {percent}% in a year", "ARR 前年比 {percent}%";
    fact_outcome(kind, days): "{kind} {days} day{days:#} ago", "{kind}（{days}日前）";
    fact_alike(percent): "of accounts with such columns {percent}% left", "同じような属性のアカウントの{percent}%が解約";
    fact_column(column, points): "{column} ({points} points)", "{column}（{points}点）";
    fact_usually_open(count): "usually {count} open", "普段は未解決 {count}件";
    fact_ended: "all subscriptions ended", "すべての契約が終了";
    field_verdict: "Health", "ヘルス";
    by_numbers: "as scored", "スコアどおり";
    field_reason: "Reason", "理由";
    field_until: "Until", "期限";
    ruling_of(name): "Override health: {name}", "{name}のヘルスを手動で判定";
    until_past(date): "{date} has passed: choose today or later", "{date}は過ぎています。今日以降の日付を指定してください";
    reason_missing: "An override needs a reason", "手動で判定するには理由が必要です";
    held_mood(band, sentiment, days): "scored {band}; last call: {sentiment}, {days} day{days:#} ago", "スコアでは{band}。前回の感情は{sentiment}（{days}日前）";
    held_person(author, verdict, reason, until, band): "override by {author}: {verdict} ({reason}){until}; scored {band}", "{author}が手動で判定: {verdict}（{reason}）{until}。スコアでは{band}";
    held_until(date): ", until {date}", "、{date}まで";
    to_green_line(steps): "To healthy: {steps}", "健全まで: {steps}";
    to_green_part(dimension, from, to): "{dimension} {from} → {to}", "{dimension} {from}→{to}";
    fact_ageing(input, days, percent): "{input}: {days} day{days:#} old, weight {percent}%", "{input}は{days}日前のデータ: 重み{percent}%";
    fact_too_old(input, days): "{input}: {days} day{days:#} old, ignored", "{input}は{days}日前のデータ: 対象外";
    why_title(name, score, band): "{name}: why {score} {band}", "{name}: {score} {band} の理由";
    why_then(date_before, score_before, date_now, score_now): "{date_before}: {score_before}  →  {date_now}: {score_now}", "{date_before}: {score_before}  →  {date_now}: {score_now}";
    why_now_facts(facts): "now: {facts}", "現在: {facts}";
    why_then_facts(date, facts): "{date}: {facts}", "{date}: {facts}";
    why_points(dimension, score_before, score_now, points_before, points_now): "{dimension}  {score_before} → {score_now}  points {points_before} → {points_now}", "{dimension}  {score_before} → {score_now}  点数 {points_before} → {points_now}";
    why_rules(date): "Scoring rules changed on {date}: both scores use today's rules.", "{date}に採点基準を変更（点数はどちらも現在の基準）";
    why_coverage(before, now): "coverage {before} → {now}", "データ充足率 {before} → {now}";
    why_same_facts(facts): "unchanged: {facts}", "変化なし: {facts}";
    why_recorded(date, score): "Recorded on {date}: {score}. The difference comes from later data or changed rules.", "{date}の記録は{score}（差はその後に届いたデータか基準の変更によるもの）";
    why_weight(before, now): "weight {before}% → {now}%", "重み {before}%→{now}%";
    why_young(date): "Not yet a customer on {date}: showing today only.", "{date}は契約前のため、現在のみを表示";
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
        Usage: "Usage", "利用状況";
        Relationship: "Relationship", "関係";
        Support: "Support", "サポート";
        Satisfaction: "Satisfaction", "満足度";
        Outcomes: "Outcomes", "成果";
        Financial: "Financial", "財務";
        Profile: "Profile", "属性";
    }
}

labels! {
    words for crate::domain::health::Input {
        Usage: "usage", "利用状況";
        Tickets: "tickets", "チケット";
        Mood: "last call", "前回の会話";
        Surveys: "surveys", "アンケート";
        Goals: "goals", "目標";
    }
}

labels! {
    words for crate::domain::account::Verdict {
        Red: "at risk", "危険";
        Yellow: "caution", "注意";
        Green: "healthy", "健全";
        Lost: "accepted loss", "解約を容認";
    }
}

/// Why the band differs from the score: a bad call or an override.
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
        Holder::Signals { kinds } => {
            let kinds: Vec<&str> = kinds.iter().map(|k| k.words(lang)).collect();
            let kinds = kinds.join(super::common::list_comma(lang));
            held_signals(lang, held.by_numbers.words(lang), kinds)
        }
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

/// The shortest way to healthy; `None` for a healthy account, or if no way exists.
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
    match fact {
        Fact::Level { .. }
        | Fact::Recent { .. }
        | Fact::Line { .. }
        | Fact::Dropped { .. }
        | Fact::UsageChange { .. } => of_use(lang, fact),
        Fact::GraveTickets { count } => fact_grave(lang, count),
        Fact::Repeated { subject, count } => fact_repeated(lang, subject, count),
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
        Fact::Undated { input } => fact_undated(lang, input.words(lang)),
        Fact::TooOld { input, days } => fact_too_old(lang, input.words(lang), days),
        Fact::TicketsThisMonth { count } => fact_tickets(lang, count),
        Fact::OpenTickets { count, oldest_days } => fact_open(lang, count, oldest_days),
        Fact::UsuallyOpen { count } => fact_usually_open(lang, number(*count)),
        Fact::Escalated { count } => fact_escalated(lang, count),
        Fact::TicketRating { mean, count } => fact_rating(lang, format!("{mean:.1}"), count),
        Fact::SupportStale { days } => fact_support_stale(lang, days),
        Fact::Nps { .. } | Fact::NpsUndated { .. } | Fact::NpsFall { .. } | Fact::Csat { .. } => {
            of_answers(lang, fact)
        }
        Fact::Mood { sentiment, days } => fact_mood(lang, sentiment.words(lang), days),
        Fact::LastConversation { days } => fact_spoke(lang, days),
        Fact::LastGoodConversation { days } => fact_spoke_well(lang, days),
        Fact::NoConversation => fact_never(lang).into(),
        Fact::NoGoodConversation => fact_never_well(lang).into(),
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
        Fact::Alike { percent } => fact_alike(lang, percent),
        Fact::Column { column, points } => fact_column(lang, column, signed(points.round() as i64)),
    }
}

/// A number with the span it stands for.
pub fn per(lang: Lang, value: f64, span: Per) -> String {
    match span {
        Per::Day => per_day(lang, number(value)),
        Per::Week => per_week(lang, number(value)),
        Per::Month => per_month(lang, number(value)),
    }
}

/// A fact about use against the account's own normal.
fn of_use(lang: Lang, fact: &Fact) -> String {
    let name = |metric: &str| super::usage::metric_name(lang, metric);
    let share = |now: f64, of: f64| (now / of * 100.0).round();
    let percent = |now: f64, before: f64| {
        if before > 0.0 {
            signed(((now - before) / before * 100.0).round() as i64)
        } else {
            "—".into()
        }
    };
    match fact {
        Fact::Dropped { names, count, of } => {
            let names: Vec<String> = names
                .iter()
                .map(|metric| super::usage::metric_name(lang, metric))
                .collect();
            let mut names = names.join(super::common::list_comma(lang));
            if *count > 3 {
                names.push('…');
            }
            fact_dropped(lang, count, of, names)
        }
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
        Fact::Level {
            metric,
            now,
            best,
            seasonal,
            per: span,
        } => {
            let words = if *seasonal {
                fact_level_season
            } else {
                fact_level
            };
            words(
                lang,
                &name(metric),
                &per(lang, *now, *span),
                &number(share(*now, *best)),
                &per(lang, *best, *span),
            )
        }
        Fact::Recent {
            metric,
            now,
            before,
            per: span,
        } => fact_recent(
            lang,
            name(metric),
            per(lang, *now, *span),
            per(lang, *before, *span),
            signed((share(*now, *before) - 100.0) as i64),
        ),
        Fact::Line {
            metric,
            percent,
            months,
        } => fact_line(lang, name(metric), signed(percent.round() as i64), months),
        _ => String::new(),
    }
}

/// A fact about answers to surveys.
fn of_answers(lang: Lang, fact: &Fact) -> String {
    match fact {
        Fact::Nps {
            score,
            people,
            days,
        } if *people > 1 => fact_nps_mean(lang, number(*score), people, days),
        Fact::Nps { score, days, .. } => fact_nps(lang, number(*score), days),
        Fact::Csat { mean, count } => fact_csat(lang, format!("{mean:.1}"), count),
        Fact::NpsUndated { score, people } if *people > 1 => {
            fact_nps_undated_mean(lang, number(*score), people)
        }
        Fact::NpsUndated { score, .. } => fact_nps_undated(lang, number(*score)),
        Fact::NpsFall { before, now } => fact_nps_fall(lang, number(*before), number(*now)),
        _ => String::new(),
    }
}

/// What the mean would be where the weakest part holds the score down.
pub fn held_down(lang: Lang, score: &crate::domain::health::Score) -> Option<String> {
    let of = score.capped?;
    let part = score.parts[of.by.index()].score?;
    Some(capped(lang, of.mean, of.by.words(lang), part))
}
