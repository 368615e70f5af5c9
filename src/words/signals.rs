//! The words of signals: names, evidence, contradictions and gaps. Help and questions are in
//! `signal_help`.

use super::numbers::{number, signed};
use super::{Lang, labels, words};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::conflicts::{Conflict, Statement};
use crate::domain::contact::Role;
use crate::domain::signals::gaps::{Family, Gap};
use crate::domain::signals::{Call, Evidence, Signal, call};

pub use super::signal_help::signal_question;

words! {
    seen_change(metric, before, now, percent): "{metric}: {before} → {now} ({percent}%)", "{metric}: {before} → {now}（{percent}%）";
    seen_count_change(metric, before, now, percent): "{metric}: {before} → {now} ({percent}%)", "{metric}: {before} → {now}（{percent}%）";
    seen_per_week(before, now): "{before} → {now} days a week", "週{before}日 → 週{now}日";
    seen_seats(used, licensed): "{used} of {licensed} seats in use", "{used}/{licensed}席を利用";
    seen_idle(name, days): "{name}: not used for {days} day{days:#}", "{name}: {days}日間未使用";
    seen_no_use(days): "no sign-ins for {days} day{days:#}", "{days}日間ログインなし";
    seen_count(count, days): "{count} in {days} day{days:#}", "{days}日間に{count}件";
    seen_usual(count, days, usual): "{count} in {days} day{days:#} (usually {usual})", "{days}日間に{count}件（通常{usual}件）";
    seen_in_all(count): "{count} in total", "計{count}件";
    seen_silent(days, usual): "silent for {days} day{days:#}; {usual} contacts before", "{days}日間反応なし（以前は{usual}回）";
    seen_issue(subject, count): "“{subject}” ×{count}", "「{subject}」×{count}";
    seen_ticket(id, subject, hours): "{id} · {subject} · open for {hours}", "{id} · {subject} · {hours}経過";
    seen_hours(before, now): "time to resolve {before} → {now} (median)", "解決まで {before} → {now}（中央値）";
    seen_words(words, place): "“{words}” ({place})", "「{words}」（{place}）";
    seen_score(score): "gave {score}", "{score}点";
    seen_score_fall(before, now): "{before} → {now}", "{before}点 → {now}点";
    seen_person(name, role): "{name} ({role})", "{name}（{role}）";
    seen_meeting(date, summary): "{date} {summary}", "{date} {summary}";
    seen_notice(date, days): "last day to say no {date}, in {days} day{days:#}", "解約通知期限 {date}（あと{days}日）";
    seen_renewal(date, days): "{date}, in {days} day{days:#}", "{date}（あと{days}日）";
    seen_silence(days, allowed): "{days} day{days:#} ({allowed} allowed)", "{days}日間（許容{allowed}日）";
    seen_goal(goal, due): "{goal} (due {due})", "{goal}（期日 {due}）";
    seen_mood(before, now): "{before} → {now}", "{before} → {now}";
    sure(percent): "confidence {percent}%", "確度{percent}%";
    since_day(date): "since {date}", "{date}から";
    hours_n(hours): "{hours} h", "{hours}時間";
    days_n(days): "{days} d", "{days}日";
    signals: "Signals", "シグナル";
    no_signals: "No signals", "シグナルなし";
    call_note: "1 warning: keep an eye on it", "警告1件: 様子を見る";
    call_act(count): "{count} warnings: act now", "警告{count}件: 対応が必要";
    places_ticket: "ticket", "チケット";
    places_note: "note", "メモ";
    places_checkin: "check-in", "チェックイン";
    places_touch: "conversation", "会話";
    places_survey: "survey", "アンケート";
    behind_it(count): "Evidence: {count} record{count:#}", "根拠となる記録 {count}件";
    says_numbers(band, score): "score: {band} {score}", "スコアでは{band} {score}";
    says_champion(name, date): "{name} left on {date}", "{name}が{date}に離任";
    says_gave(score, who, date): "gave {score} ({who} {date})", "{score}点（{who} {date}）";
    says_wrote(line, date): "“{line}” ({date})", "「{line}」（{date}）";
    says_record(renewal): "on record: {renewal}", "登録では{renewal}";
    says_person(rating, date): "rated {rating} ({date})", "前回の評価は{rating}（{date}）";
    says_value(value): "account states {value} a year", "アカウントの年額は {value}";
    says_contracts(value): "running contracts pay {value} a year", "有効な契約の年額は {value}";
    says_contract_end(date): "contract ends {date}", "契約の満了日は {date}";
    says_renewed(value, date): "renewed at {value} ({date}, by hand)", "{date}に{value}で更新と記録";
    says_running(since): "contract since {since} has no end", "{since}からの契約に終了日なし";
    says_running_plan(plan, since): "{plan}, since {since}, has no end", "{plan}（{since}から）に終了日なし";
    says_left(date): "churned on {date}", "{date}に解約";
    says_gone: "churned, date unknown", "解約済み（日付不明）";
    says_used(date): "used on {date}", "{date}にも利用";
    says_signals(kinds): "signals: {kinds}", "シグナル: {kinds}";
    gap_nothing: "no data", "データなし";
    gap_short(days): "only {days} day{days:#} of data", "{days}日分のみ";
    gap_stale(days): "data {days} day{days:#} old", "{days}日前のデータ";
    gap_of(family, why): "{family} ({why})", "{family}（{why}）";
    not_judged(families): "Not enough data to judge: {families}", "データ不足で判断できません: {families}";
    gap_sparse: "too rare to compare", "件数が少なく比較できない";
}

labels! {
    words for crate::domain::conflicts::Kind {
        GreenChampionLeft: "Champion left", "チャンピオン離任";
        ContentComplains: "Praise vs complaint", "高評価なのに不満の声";
        RenewalDates: "Two renewal dates", "更新時期の食い違い";
        StatedValue: "Two values", "契約額の食い違い";
        StatedRenewal: "Account vs contract end", "更新日と満了日の食い違い";
        RenewedValue: "Renewed at another value", "更新額の食い違い";
        LeftRunning: "Churned, contract open", "解約後も契約が継続中";
        PersonNumbers: "Rating vs score", "評価とスコアの差";
        UsedAfterEnd: "Churned, still used", "解約後も利用";
        GreenSignals: "Signals vs score", "シグナルとスコアの差";
    }
}

labels! {
    words for crate::domain::signals::gaps::Family {
        Usage: "usage", "利用状況";
        Support: "support", "サポート";
        Feedback: "feedback", "お客様の声";
        Talks: "conversations", "会話";
    }
}

labels! {
    words for crate::domain::signals::Kind {
        UsageDrop: "Usage down", "利用の減少";
        LoginsFalling: "Sign-ins falling", "ログイン頻度の低下";
        SeatsUnused: "Unused seats", "未使用の席";
        FeatureUnused: "Core feature unused", "主要機能の未使用";
        NoLogin: "No sign-ins", "ログインなし";
        IntegrationLost: "Integration disconnected", "連携の切断";
        TicketSpike: "Ticket spike", "チケットの急増";
        RepeatIssue: "Recurring issue", "同じ問題の繰り返し";
        TicketEscalated: "Escalated ticket", "エスカレーション中";
        TicketOld: "Ticket open too long", "チケットの長期未解決";
        SlowerAnswers: "Slower resolution", "解決の遅れ";
        NegativeLanguage: "Negative language", "チケットの強い不満";
        Detractor: "NPS detractor", "NPS批判者";
        NpsFall: "NPS fell", "NPSの低下";
        LowCsat: "Low CSAT", "CSATの低評価";
        CriticalComment: "Critical comment", "批判的なコメント";
        GoneQuiet: "Gone quiet", "反応の途絶え";
        ChampionLeft: "Champion left", "チャンピオンの離任";
        StakeholderChange: "Stakeholder change", "ステークホルダーの交代";
        MeetingsMissed: "Missed meetings", "面談の欠席・延期";
        ReviewSkipped: "Business review skipped", "ビジネスレビュー見送り";
        TrainingDeclined: "Training declined", "トレーニングの辞退";
        BudgetQuestion: "Budget questioned", "予算の話題";
        Competitor: "Competitor mentioned", "競合の話題";
        ContractScrutiny: "Contract scrutiny", "契約条件の確認";
        DoubtVoiced: "Doubts voiced", "迷い・疑問の声";
        ColderTone: "Colder tone", "感情の悪化";
        UseShrinking: "Shrinking use", "利用範囲の縮小";
        MailsUnopened: "Unopened emails", "メールの未開封";
        BusinessTrouble: "Business change", "事業環境の変化";
        RenewalNear: "Renewal approaching", "更新日の接近";
        NoTouch: "Contact overdue", "連絡の途絶え";
        MilestoneMissed: "Milestone missed", "マイルストーンの遅れ";
        UsageSurge: "Usage surge", "利用の急増";
        LimitReached: "Seat limit reached", "席数の上限";
        MilestoneReached: "Milestone reached", "マイルストーンの達成";
        Promoter: "NPS promoter", "NPS推奨者";
    }
}

labels! {
    words for crate::domain::signals::Severity {
        Low: "low", "低";
        Medium: "medium", "中";
        High: "high", "高";
    }
}

/// The kind of record in which a phrase was found.
fn place_words(lang: Lang, kind: &str) -> &'static str {
    match kind {
        "ticket" => places_ticket(lang),
        "note" => places_note(lang),
        "checkin" => places_checkin(lang),
        "survey" => places_survey(lang),
        _ => places_touch(lang),
    }
}

/// A duration: in hours, or in days from two days on.
pub fn hours(lang: Lang, hours: f64) -> String {
    if hours >= 48.0 {
        days_n(lang, number((hours / 24.0).floor()))
    } else {
        hours_n(lang, number(hours))
    }
}

/// The sentiment nearest to a number of points.
pub fn mood(lang: Lang, points: f64) -> &'static str {
    let nearest = Sentiment::ALL.iter().min_by(|a, b| {
        (a.points() - points)
            .abs()
            .total_cmp(&(b.points() - points).abs())
    });
    nearest.map_or("", |s| s.words(lang))
}

/// The evidence of a signal.
pub fn evidence(lang: Lang, evidence: &Evidence) -> String {
    match evidence {
        Evidence::Change {
            metric,
            before,
            now,
            percent,
            per: span,
        } => {
            let level = super::health::per(lang, *now, *span);
            let (before, now) = (number(*before), number(*now));
            let percent = signed(percent.round() as i64);
            match metric.as_str() {
                "seats" => seen_count_change(lang, super::usage::seats(lang), before, now, percent),
                "features" => {
                    seen_count_change(lang, super::usage::features(lang), before, now, percent)
                }
                metric => {
                    let name = super::usage::metric_name(lang, metric);
                    seen_change(lang, name, before, level, percent)
                }
            }
        }
        Evidence::PerWeek { before, now } => seen_per_week(lang, number(*before), number(*now)),
        Evidence::Seats { used, licensed } => seen_seats(lang, number(*used), licensed),
        Evidence::Idle { name, days } => seen_idle(lang, name, days),
        Evidence::NoUse { days } => seen_no_use(lang, days),
        Evidence::Count {
            now: 0,
            usual: Some(usual),
            days,
        } => seen_silent(lang, days, number(*usual)),
        Evidence::Count {
            now,
            usual: _,
            days: 0,
        } => seen_in_all(lang, now),
        Evidence::Count { now, usual, days } => match usual {
            Some(usual) => seen_usual(lang, now, days, number(*usual)),
            None => seen_count(lang, now, days),
        },
        Evidence::Issue { subject, count } => seen_issue(lang, subject, count),
        Evidence::Ticket {
            id,
            subject,
            hours: open,
        } => seen_ticket(lang, id, subject, hours(lang, *open as f64)),
        Evidence::Hours { before, now } => {
            seen_hours(lang, hours(lang, *before), hours(lang, *now))
        }
        Evidence::Words { words, place } => seen_words(lang, words, place_words(lang, place)),
        Evidence::Score { before, now, who } => {
            let gave = match before {
                Some(before) => seen_score_fall(lang, number(*before), number(*now)),
                None => seen_score(lang, number(*now)),
            };
            if who.is_empty() {
                gave
            } else {
                format!("{who}: {gave}")
            }
        }
        Evidence::Person { name, role } => {
            seen_person(lang, name, Role::parse(role).map_or("", |r| r.words(lang)))
        }
        Evidence::Meeting { date, summary } => {
            seen_meeting(lang, date, summary).trim_end().to_owned()
        }
        Evidence::Renewal { date, days, notice } => comes_near(lang, date, days, *notice),
        Evidence::Silence { days, allowed } => seen_silence(lang, days, allowed),
        Evidence::Goal { text, due } => seen_goal(
            lang,
            text,
            due.map_or_else(
                || super::common::unknown(lang).to_owned(),
                |d| d.to_string(),
            ),
        ),
        Evidence::Mood { before, now } => seen_mood(lang, mood(lang, *before), mood(lang, *now)),
    }
}

/// A renewal that comes near, or the last day to say no to it.
fn comes_near(lang: Lang, date: &chrono::NaiveDate, days: &i64, notice: bool) -> String {
    match notice {
        true => seen_notice(lang, date, days),
        false => seen_renewal(lang, date, days),
    }
}

/// States that a customer churned, with the date if known.
pub fn left(lang: Lang, left: crate::domain::standing::Left) -> String {
    left.day()
        .map_or_else(|| says_gone(lang).to_owned(), |day| says_left(lang, day))
}

/// One side of a contradiction.
pub fn saying(lang: Lang, saying: &Statement) -> String {
    match saying {
        Statement::Numbers { band, score } => says_numbers(
            lang,
            band.words(lang),
            score.map_or_else(|| "--".to_owned(), |n| n.to_string()),
        ),
        Statement::ChampionLeft { name, date } => says_champion(lang, name, date),
        Statement::Gave { score, who, date } => {
            says_gave(lang, number(*score), who, date).replace("  ", " ")
        }
        Statement::Wrote { text, date } => {
            says_wrote(lang, text.lines().next().unwrap_or_default(), date)
        }
        Statement::Record { renewal } => says_record(lang, renewal),
        Statement::Person { judgement, date } => says_person(lang, judgement.words(lang), date),
        Statement::Signals { kinds } => {
            let kinds: Vec<&str> = kinds.iter().map(|k| k.words(lang)).collect();
            says_signals(lang, kinds.join(super::common::list_comma(lang)))
        }
        Statement::Left { date } => says_left(lang, date),
        Statement::Used { date } => says_used(lang, date),
        Statement::Value { arr } => says_value(lang, arr.short()),
        Statement::Contracts { arr } => says_contracts(lang, arr.short()),
        Statement::RenewedAt { arr, date } => says_renewed(lang, arr.short(), date),
        Statement::ContractEnd { date } => says_contract_end(lang, date),
        Statement::Running { plan, since } => match plan.is_empty() {
            true => says_running(lang, since),
            false => says_running_plan(lang, plan, since),
        },
    }
}

/// Both sides of a contradiction.
pub fn sides(lang: Lang, d: &Conflict) -> String {
    format!("{} ↔ {}", saying(lang, &d.one), saying(lang, &d.other))
}

/// A signal in one line: name, date and evidence.
pub fn signal_line(lang: Lang, signal: &Signal) -> String {
    let evidence: Vec<String> = signal.evidence.iter().map(|e| evidence(lang, e)).collect();
    format!(
        "{} · {} · {}",
        signal.kind.words(lang),
        since_day(lang, signal.date),
        evidence.join(super::common::list_comma(lang))
    )
}

/// The inputs with too little data, in one line; `None` if there are none.
pub fn gaps(lang: Lang, gaps: &[(Family, Gap)]) -> Option<String> {
    let one = |(family, gap): &(Family, Gap)| {
        let why = match gap {
            Gap::Nothing => gap_nothing(lang).to_owned(),
            Gap::Sparse => gap_sparse(lang).to_owned(),
            Gap::Short { days } => gap_short(lang, days),
            Gap::Stale { days } => gap_stale(lang, days),
        };
        gap_of(lang, family.words(lang), &why)
    };
    let all: Vec<String> = gaps.iter().map(one).collect();
    (!all.is_empty()).then(|| not_judged(lang, all.join(super::common::list_comma(lang))))
}

/// What the signals call for; `None` without signals.
pub fn signal_call(lang: Lang, signals: &[Signal]) -> Option<String> {
    match call(signals) {
        Call::Quiet => None,
        Call::Note => Some(call_note(lang).to_owned()),
        Call::Act => Some(call_act(
            lang,
            crate::domain::signals::troubles(signals).count(),
        )),
    }
}
