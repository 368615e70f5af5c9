//! The words of risk: the board, what is proposed and what people say.

use super::{Lang, labels, words};
use crate::domain::money::Money;
use crate::domain::portfolio::row::Standing;
use crate::domain::risk::assessment::Voice;
use crate::domain::risk::board::{Card, Part, Stake};
use crate::domain::risk::{Evidence, Gate, Hard, Level, Risk, Word};
use chrono::NaiveDate;

words! {
    title: "Risk", "リスク";
    lane(name): "Lane {name}", "レーン{name}";
    count(n): "{n} at risk", "リスクのある顧客 {n}件";
    none: "No account is at risk: none is red, has two warnings or was said to be at risk", "リスクのある顧客はありません（危険区分・警告2件以上・人の判断のいずれもなし）";
    none_here: "none", "なし";
    no_value: "value unknown", "年額不明";
    value_of(level): "value {level}", "価値 {level}";
    chance_of(chance): "save chance {chance}", "維持の見込み {chance}";
    likelihood_of(points, level): "{points} of at most 100 points: {level}", "{points}点（最大100点）: {level}";
    points_of(points, level): "{points} {level}", "{points}点 {level}";
    cause_of(cause): "cause: {cause}", "原因: {cause}";
    no_cause: "no cause proposed", "原因の候補なし";
    proposed: "proposed", "提案";
    said(voice, name, on): "{voice} {name}, {on}", "{voice} {name}・{on}";
    old: "old: assess again", "古い判断: 再評価が必要";
    disputed: "CSM and manager say different things", "担当者と上司の判断が異なります";
    moved(lane, why): "moved to lane {lane}: {why}", "レーン{lane}へ移動: {why}";
    moved_alone(lane): "moved to lane {lane}", "レーン{lane}へ移動";
    since(day): "earliest warning {day}", "最初の警告 {day}";
    say_no_by(day, days): "say no by {day} ({days}d)", "通知期限 {day}（{days}日）";
    renews(day, days): "renews {day} ({days}d)", "更新 {day}（{days}日）";
    over(day): "ended {day}", "{day}に満了";
    say_no_in(days): "say no in {days}d", "通知期限まで{days}日";
    renews_in(days): "renews in {days}d", "更新まで{days}日";
    over_for(days): "ended {days}d ago", "満了後{days}日";
    no_date: "no renewal date", "更新日なし";

    heading_why: "Why it is here", "ここにある理由";
    heading_likelihood: "Likelihood", "解約の可能性";
    heading_value: "At stake", "影響する金額";
    heading_chance: "Save chance", "維持の見込み";
    heading_words: "What people say", "人の判断";
    heading_lane: "Lane", "レーン";
    nobody_said: "nobody has assessed it (*)", "未評価（* で評価）";
    lane_from(value, chance): "value {value} × save chance {chance}", "価値 {value} × 維持の見込み {chance}";
    counted_medium: "unknown, counted as medium", "不明（中として扱う）";
    share_of(level): "{level}: by its share of the portfolio's value", "{level}（全体の金額に占める割合から）";
    by_tier(level): "{level}: by tier, its value is unknown", "{level}（年額不明のためティアから）";
    by_word(level): "{level}: a person says so", "{level}（人の判断）";
    accepted: "the loss is accepted", "解約を容認";

    evidence_band(band): "health {band}", "ヘルス区分 {band}";
    evidence_fell(points, days): "score down {points} in {days} days", "スコアが{days}日で{points}点低下";
    evidence_signal(signal, since): "{signal}, since {since}", "{signal}（{since}から）";
    evidence_notice(on): "notice received {on}", "{on}に解約通知";
    evidence_leaving(until): "loss decided, paid until {until}", "解約決定、{until}まで支払い";
    evidence_ended(on): "term ended {on} without an outcome", "{on}に満了、結果未記録";
    evidence_escalated: "escalated", "エスカレーション中";
    evidence_judged(judgement, on): "judged {judgement} on {on}", "{on}の判断: {judgement}";
    hard_decided: "poor: the loss is decided", "低: 解約が決定";
    hard_notice: "poor: the customer gave notice", "低: 解約通知あり";
    gate_said: "a person says so", "人の判断";
    gate_red: "red", "危険区分";
    gate_warnings(count): "{count} warnings", "警告{count}件";

    part_arr(money): "{money} a year", "年額 {money}";
    part_lifetime(money): "+{money} of the lifetime value", "+{money} 生涯価値から";
    part_expansion(money): "+{money} of a possible expansion", "+{money} 拡大の見込みから";
    part_strategic(money, marks): "+{money} for {marks} strategic mark{marks:#}", "+{money} 戦略的な理由{marks}件";
    part_years(money, years): "+{money} for {years} year{years:#}", "+{money} 取引{years}年";

    assess_title(name): "Risk of {name}", "{name}のリスク";
    field_voice: "Who says it", "誰の判断か";
    field_at_risk: "Still at risk", "リスクが続いている";
    field_likelihood: "Likelihood of leaving", "解約の可能性";
    field_chance: "Save chance", "維持の見込み";
    field_cause: "Cause", "原因";
    field_rival: "Rival", "競合";
    field_value: "At stake", "影響する金額";
    field_words: "Words", "補足";
    field_said_by: "Said by", "話した人";
    field_on: "Said on", "話した日";
    as_before: "as before", "変更なし";
    said_by_hint: "you, where it is empty", "空欄なら自分";
    filter_title: "Filter the board", "ボードの絞り込み";
    reads_records: "This word reads all records: filter by it in the portfolio (2)", "全記録を読む語です。ポートフォリオ（2）で絞り込んでください";
    nothing_matches: "No account at risk matches. Esc clears the filter.", "絞り込みに一致する顧客はありません。Escで解除します。";
    move_title(name): "Move {name} to", "{name}の移動先";
    why_title(lane): "To lane {lane}: why?", "レーン{lane}へ: 理由は？";
    say_something: "Say at least one thing of it", "1つ以上入力してください";
    said_later: "It cannot have been said on a day to come", "将来の日付は使えません";
    why_moved: "Say why it moves to another lane", "移動の理由を選んでください";
    recorded(name): "{name}: risk assessed", "{name}: リスクの判断を記録しました";
    off_board(name): "{name}: no longer at risk by your word", "{name}: リスクの判断を解除しました";
}

labels! {
    words for crate::domain::risk::Level {
        High: "high", "高";
        Medium: "medium", "中";
        Low: "low", "低";
    }
}

labels! {
    words for crate::domain::risk::Chance {
        Good: "good", "高";
        Medium: "medium", "中";
        Poor: "poor", "低";
    }
}

labels! {
    words for crate::domain::risk::Lane {
        One: "1 full effort", "1 最優先";
        Two: "2 playbook", "2 標準対応";
        Three: "3 one talk", "3 一度の対話";
        Four: "4 exit well", "4 円満な終了";
        Watch: "watch", "経過観察";
        Exit: "exit", "解約容認";
    }
}

labels! {
    words for crate::domain::risk::assessment::Voice {
        Csm: "CSM", "担当者";
        Manager: "manager", "上司";
    }
}

labels! {
    words for crate::domain::risk::assessment::Why {
        Heard: "the customer said so", "お客様の発言";
        Facts: "new facts", "新しい事実";
        Relationship: "relationship", "関係性";
        Strategic: "strategic value", "戦略的な価値";
        Effort: "effort not worth it", "労力に見合わない";
        Other: "another reason", "その他";
    }
}

/// The day that decides, and how far it is.
pub fn deadline(lang: Lang, s: &Standing, today: NaiveDate) -> String {
    let Some(day) = s.counts_down_to(today) else {
        return no_date(lang).to_owned();
    };
    let days = (day - today).num_days();
    match (days < 0, s.may_say_no(today)) {
        (true, _) => over(lang, day),
        (false, true) => say_no_by(lang, day, days),
        (false, false) => renews(lang, day, days),
    }
}

/// How far the day is that decides, in few columns.
pub fn days_left(lang: Lang, s: &Standing, today: NaiveDate) -> String {
    let Some(day) = s.counts_down_to(today) else {
        return no_date(lang).to_owned();
    };
    let days = (day - today).num_days();
    match (days < 0, s.may_say_no(today)) {
        (true, _) => over_for(lang, -days),
        (false, true) => say_no_in(lang, days),
        (false, false) => renews_in(lang, days),
    }
}

/// A piece of evidence.
pub fn evidence(lang: Lang, evidence: &Evidence) -> String {
    match evidence {
        Evidence::Band { band } => evidence_band(lang, band.words(lang)),
        Evidence::Fell { points, days } => evidence_fell(lang, points, days),
        Evidence::Signal { kind, since, .. } => evidence_signal(lang, kind.words(lang), since),
        Evidence::Notice { on } => evidence_notice(lang, on),
        Evidence::Leaving { until } => evidence_leaving(lang, until),
        Evidence::Ended { on } => evidence_ended(lang, on),
        Evidence::Escalated => evidence_escalated(lang).to_owned(),
        Evidence::Judged { judgement, on } => evidence_judged(lang, judgement.words(lang), on),
    }
}

fn hard(lang: Lang, hard: Hard) -> &'static str {
    match hard {
        Hard::Decided => hard_decided(lang),
        Hard::Notice => hard_notice(lang),
    }
}

/// Why an account stands on the board.
pub fn gate(lang: Lang, gate: Gate) -> String {
    match gate {
        Gate::Case => super::cases::gate(lang).to_owned(),
        Gate::Said => gate_said(lang).to_owned(),
        Gate::Accepted => accepted(lang).to_owned(),
        Gate::Red => gate_red(lang).to_owned(),
        Gate::Warnings { count } => gate_warnings(lang, count),
    }
}

fn part(lang: Lang, stake: &Stake, (part, amount): (Part, i64)) -> String {
    let money = Money {
        minor: amount,
        currency: stake.currency,
    };
    let money = money.short();
    match part {
        Part::Arr => part_arr(lang, money),
        Part::Lifetime => part_lifetime(lang, money),
        Part::Expansion => part_expansion(lang, money),
        Part::Strategic { marks } => part_strategic(lang, money, marks),
        Part::Years { years } => part_years(lang, money, years),
    }
}

/// The lines that explain a card: a heading where a part begins, and a text.
pub fn explained(
    lang: Lang,
    card: &Card,
    stakes: &[Stake],
    is_old: &dyn Fn(&Word) -> bool,
) -> Vec<(&'static str, String)> {
    let Some(risk) = card.row.standing.risk.as_deref() else {
        return Vec::new();
    };
    let mut out = vec![(heading_lane(lang), lane_words(lang, card, risk))];
    let gates: Vec<String> = risk.gates.iter().map(|g| gate(lang, *g)).collect();
    out.push((heading_why(lang), gates.join(" · ")));
    if let Some(day) = risk.since {
        out.push(("", since(lang, day)));
    }
    let level = risk.likelihood.words(lang);
    out.push((
        heading_likelihood(lang),
        likelihood_of(lang, risk.points, level),
    ));
    for (evidence_of, points) in &risk.evidence {
        out.push((
            "",
            format!(
                "{:>4}  {}",
                format!("+{points}"),
                evidence(lang, evidence_of)
            ),
        ));
    }
    let value = card.value.words(lang);
    let level = match (risk.value(), stakes.is_empty()) {
        (Some(_), _) => by_word(lang, value),
        (None, true) => by_tier(lang, value),
        (None, false) => share_of(lang, value),
    };
    out.push((heading_value(lang), level));
    for stake in stakes {
        let parts: Vec<String> = stake.parts.iter().map(|p| part(lang, stake, *p)).collect();
        out.push(("", parts.join("  ")));
    }
    let poor = risk.hard.map(|h| hard(lang, h));
    let chance = match (risk.words().find_map(|(_, w)| w.chance), poor) {
        (Some(chance), _) => chance.words(lang).to_owned(),
        (None, Some(poor)) => format!("{} {poor}", proposed(lang)),
        (None, None) => counted_medium(lang).to_owned(),
    };
    out.push((heading_chance(lang), chance));
    let cause = risk
        .cause
        .map(|c| format!("{} {}", proposed(lang), cause_of(lang, c.words(lang))));
    out.push(("", cause.unwrap_or_else(|| no_cause(lang).to_owned())));
    out.push((heading_words(lang), String::new()));
    if let Some(last) = out.last_mut()
        && risk.words().next().is_none()
    {
        nobody_said(lang).clone_into(&mut last.1);
    }
    for (voice, word) in risk.words() {
        out.push(("", word_line(lang, voice, word, is_old(word))));
        if !word.words.is_empty() {
            out.push(("", format!("“{}”", word.words)));
        }
    }
    if risk.is_disputed() {
        out.push(("", disputed(lang).to_owned()));
    }
    out
}

/// The lane of a card, and where it comes from.
fn lane_words(lang: Lang, card: &Card, risk: &Risk) -> String {
    let name = card.lane.words(lang);
    if let Some((lane, why)) = risk.words().find_map(|(_, w)| w.lane) {
        return match why {
            Some(why) => moved(lang, lane.words(lang), why.words(lang)),
            None => moved_alone(lang, lane.words(lang)),
        };
    }
    if risk.gates.contains(&Gate::Accepted) {
        return format!("{name}: {}", accepted(lang));
    }
    let chance = risk
        .chance()
        .map_or(counted_medium(lang), |c| c.words(lang));
    format!(
        "{name}: {}",
        lane_from(lang, card.value.words(lang), chance)
    )
}

/// One voice, in a line.
fn word_line(lang: Lang, voice: Voice, word: &Word, is_old: bool) -> String {
    let level = |level: Level| level.words(lang);
    let parts = [
        Some(said(lang, voice.words(lang), &word.said_by, word.on)),
        word.likelihood
            .map(|l| format!("{} {}", heading_likelihood(lang), level(l))),
        word.chance.map(|c| chance_of(lang, c.words(lang))),
        word.cause.map(|c| cause_of(lang, c.words(lang))),
        (!word.rival.is_empty()).then(|| format!("{} {}", field_rival(lang), word.rival)),
        is_old.then(|| old(lang).to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
