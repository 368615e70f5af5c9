//! The words of cadence: touchpoints, the rules behind them, conflicts, suggestions.

use super::{Lang, labels, words};
use chrono::NaiveDate;

use super::numbers::signed;
use crate::domain::cadence::adapt::{Evidence, Suggestion};
use crate::domain::cadence::calendar::Conflict;
use crate::domain::cadence::plan::{Due, Planned, Rule};
use crate::domain::cadence::recurrence::{On, Recurrence};
use crate::domain::cadence::{Every, Unit};

words! {
    rule_interval(every, tier, stage): "{every}: {tier} · {stage}", "{every}: {tier}・{stage}";
    rule_deviation(every): "{every} (custom)", "{every}（個別設定）";
    rule_recurrence(recurrence): "agreed: {recurrence}", "合意済み: {recurrence}";
    rule_onboarding(day): "day {day} of onboarding", "オンボーディング{day}日目";
    rule_renewal(days): "{days} day{days:#} before renewal", "更新の{days}日前";
    rule_trouble(every): "{every} (urgent)", "{every}（緊急対応中）";
    rule_floor(days): "at least every {days} day{days:#}", "少なくとも{days}日に1回";
    rule_paused: "light touch while paused", "休止中の軽い連絡";
    rule_promoter: "NPS promoter: ask within 48 hours", "NPS推奨者: 48時間以内に依頼";
    rule_milestone: "milestone reached this week", "今週マイルストーンを達成";
    rule_review: "in a healthy business review", "良好なビジネスレビューの場で";
    rule_growing: "usage growing or seats nearly full", "利用の伸び、または席数の上限";
    rule_agreed: "agreed with the customer", "お客様と合意済み";
    every_day: "every day", "毎日";
    every_week: "every week", "毎週";
    every_month: "every month", "毎月";
    every_year: "every year", "毎年";
    every_days(n): "every {n} days", "{n}日ごと";
    every_weeks(n): "every {n} weeks", "{n}週間ごと";
    every_months(n): "every {n} months", "{n}か月ごと";
    every_years(n): "every {n} years", "{n}年ごと";
    on_every_week(weekday): "every {weekday}", "毎週{weekday}曜";
    on_nth(nth, weekday, months): "{nth} {weekday}{months}", "{nth}{weekday}曜{months}";
    on_monthly(day): "day {day} of every month", "毎月{day}日";
    on_day(day, months): "day {day}{months}", "{day}日{months}";
    on_week(weekday, every): "{weekday}{every}", "{weekday}曜{every}";
    on_weeks(n): " every {n} weeks", "（{n}週間ごと）";
    on_months(n): " every {n} months", "（{n}か月ごと）";
    conflict_ours: "outside your working hours", "自分の勤務時間外";
    conflict_theirs: "outside their working hours", "先方の勤務時間外";
    conflict_busy(title): "busy: {title}", "予定あり: {title}";
    conflict_meeting(name): "meeting with {name}", "{name}との面談";
    advice_declined(count, of): "{count} of the last {of} declined", "直近{of}回のうち{count}回辞退";
    advice_no_show(count, of): "no-show at {count} of the last {of}", "直近{of}回のうち{count}回欠席";
    advice_moved(count, of): "{count} of the last {of} moved by them", "直近{of}回のうち{count}回が先方都合で変更";
    advice_attended(count): "last {count} all held", "直近{count}回すべて実施";
    advice_warm(sentiment, talks): "{sentiment} in the last {talks} conversations", "直近{talks}回の感情「{sentiment}」";
    advice_green(change): "healthy, {change} in 90 days", "健全、90日で{change}";
    advice_quiet: "no warnings", "警告なし";
    advice_goal(goal, due): "“{goal}” due {due}", "「{goal}」の期日 {due}";
    advise_to(from, to): "check-ins {from} → {to}", "チェックイン {from} → {to}";
    advise_mail(from): "check-ins {from} → email only", "チェックイン {from} → メールのみ";
    title: "Cadence", "ケイデンス";
    silent_for(days): "no contact for {days} d", "{days}日間連絡なし";
    contacted_today: "contacted today", "本日連絡あり";
    silent_unknown: "no contact on record", "連絡の記録なし";
    late_by(days): "{days}d overdue", "{days}日超過";
    due_since(days): "due {days}d ago", "目安日から{days}日経過";
    placed: "spread", "平準化済み";
    beyond(date): "no working day by {date}", "{date}までに営業日なし";
    stopped(detail): "stopped: {detail}", "停止: {detail}";
    nothing_planned: "Nothing planned in the next 12 months", "今後12か月の予定はありません";
    nothing_here: "Nothing planned", "予定はありません";
    no_suggestions: "No suggestions: every cadence fits", "提案はありません。どのケイデンスも適切です";
    no_kept: "Nothing to count yet: adherence counts from your first use on", "まだ集計対象がありません。実施率は、利用開始日以降の直近90日を集計します";
    week_load(load, budget): "Rest of the week {load} of {budget} h", "今週の残り {load} / {budget}時間";
    week_over: "No capacity left this week", "今週の稼働枠は残っていません";
    hours(hours): "{hours} h", "{hours}時間";
    over(hours): "{hours} h over", "{hours}時間超過";
    talks(count): "{count} call{count:#}", "面談{count}件";
    written(count): "{count} message{count:#}", "送付{count}件";
    more(count): "+{count}", "他{count}";
    conflicts(reasons): "Conflicts: {reasons}", "要調整: {reasons}";
    own: "Custom", "個別設定";
    rhythm_usual: "Standard cadence for its tier and stage", "ティアとステージの標準どおり（個別設定なし）";
    rhythm_agreed(recurrence): "agreed: {recurrence}", "合意済み: {recurrence}";
    rhythm_paused(until, reason): "paused until {until} {reason}", "{until}まで休止 {reason}";
    rhythm_blackout(from, to, reason): "no contact {from} to {to} {reason}", "{from}〜{to}は連絡不可 {reason}";
    rhythm_zone(zone, time): "their time zone {zone} (now {time})", "先方の時間帯 {zone}（現在{time}）";
    suggestion_line: "Suggestion", "提案";
    kept_line(done, planned, percent): "90 days: {done} of {planned} check-ins held ({percent}%)", "90日間: チェックイン実施 {done}/{planned}件（{percent}%）";
    kept_overdue(count): "{count} overdue", "期限超過{count}件";
    kept_target(percent): "target {percent}%", "目標{percent}%";
    kept_attended: "attended", "出席";
    kept_no_show: "no-show", "欠席";
    kept_moved: "moved us/them", "変更 当社/先方";
    kept_light(done, planned): "90 days: contact in {done} of {planned} months", "90日間: 連絡のあった月 {done}/{planned}";
    planned_word: "planned", "計画";
    done_word: "held", "実施";
    late_word: "held late", "遅れて実施";
    overdue_word: "overdue", "期限超過";
    skipped_word: "skipped", "未実施";
    nobody: "(no owner)", "（担当者なし）";
    mine_only: "mine", "自分";
    everybody: "everyone", "全員";
    timeline_notice(days): "last day to say no in {days} d", "解約通知期限まで{days}日";
    timeline_step(days): "renewal in {days} d", "更新まで{days}日";
    smooth_title: "Spread over weeks", "週ごとの平準化";
    smooth_head(count, before, after): "{count} touchpoint{count:#} to move · busiest week {before} h → {after} h", "{count}件を移動 · 最も多い週 {before}時間 → {after}時間";
    smooth_none: "No week is over capacity: nothing to move", "稼働枠を超える週はありません。移動は不要です";
    smooth_keys: "y or Enter apply · j/k scroll · Esc cancel", "y・Enter 適用 · j/k スクロール · Esc キャンセル";
    smooth_week(date): "week of {date}", "{date}の週";
    smooth_short(date, hours, accounts): "Week of {date}: {hours} h short. Accounts: {accounts}", "{date}の週: {hours}時間不足。対象: {accounts}";
    smooth_stale: "The plan has changed: press s again", "計画が変わりました。もう一度 s を押してください";
    diff_title: "Plan changes", "計画の変更点";
    diff_head(before, after): "{before} → {after}", "{before} → {after}";
    diff_keys: "u undo · any other key continues", "u 元に戻す · ほかのキーで続ける";
    agree_title(name): "Agreed time with {name}", "{name}との合意日時";
    agree_hint: "tue 10:00 · 12/8 14:30 · tomorrow 9:00", "火曜 10:00 · 12/8 14:30 · 明日 9:00";
    move_title(kind, name): "Move {kind} with {name} to", "{name}の{kind}の移動先";
    agreed_said(kind, name, when): "Agreed: {kind} with {name}, {when}", "合意しました: {name} {kind} {when}";
    agreed_but(kind, name, when, reasons): "Agreed: {kind} with {name}, {when}. Conflicts: {reasons}", "合意しました: {name} {kind} {when}（要調整: {reasons}）";
    outcome_title(kind, name): "Outcome of the {kind} with {name}", "{name}の{kind}の結果";
    out_held: "held", "実施";
    out_sent: "sent", "送付済み";
    out_declined: "declined by customer", "先方が辞退";
    out_no_show: "no-show", "先方が欠席";
    out_moved_them: "moved by customer", "先方の都合で変更";
    out_moved_us: "moved by us", "当社の都合で変更";
    out_off: "cancelled", "中止";
    out_said(name, outcome): "{name}: {outcome}", "{name}: {outcome}";
    move_agreed: "Agreed with the customer: use m to set a new agreed time", "お客様と合意済みです。m で新しい合意日時に変更できます";
    move_late: "Overdue: earliest is the next working day; m moves to any day", "期限を過ぎています。最短は翌営業日です。m で任意の日に移せます";
    move_refused(first, last): "Only from {first} to {last}; A sets an agreed time", "移動できるのは{first}〜{last}です（A で合意日時に固定）";
    not_movable(block): "Stopped by a preference: {block}", "プリファレンスにより停止中: {block}";
    no_touch_chosen: "No touchpoint selected", "タッチポイントが選択されていません";
    rhythm_title(name): "Cadence: {name}", "{name}のケイデンス";
    field_agreed: "Agreed days", "合意した日程";
    field_agreed_hint: "second tue 10:00 · every 2 weeks thu 15:00 · day 15 · empty for none", "第2火曜 10:00 · 隔週木曜 15:00 · 毎月15日 · 空欄でなし";
    field_pause: "Pause until", "休止の終了日";
    field_pause_reason: "Pause reason", "休止の理由";
    field_blackout: "No contact", "連絡不可期間";
    field_blackout_hint: "12/1-12/31 · 2027-01-10..2027-02-05 · several with commas · * every year", "12/1-12/31 · 2027-01-10..2027-02-05 · 複数は「,」区切り · * で毎年";
    field_zone: "Their time zone", "先方の時間帯";
    field_zone_hint: "Asia/Tokyo · America/New_York · empty: same as yours", "Asia/Tokyo · America/New_York · 空欄は自分と同じ";
    field_hours: "Their hours", "先方の勤務時間";
    field_hours_hint: "10:00-16:00 · empty: same as yours", "10:00-16:00 · 空欄は自分と同じ";
    field_place: "Link or place", "リンク・場所";
    field_reason: "Reason", "個別設定の理由";
    field_every_hint(usual): "2w · 1m · 3m · none · empty: standard ({usual})", "2w · 1m · 3m · none（なし）· 空欄は標準（{usual}）";
    no_interval: "Not an interval: try 2w, 1m, 3m or none", "間隔として読み取れません（例: 2w、1m、3m、none）";
    no_recurrence: "Not understood: try second tue 10:00, every 2 weeks thu or day 15", "読み取れません（例: 第2火曜 10:00、隔週木曜、毎月15日）";
    no_moment: "Not a time: try tue 10:00, 12/8 14:30 or tomorrow 9:00", "日時として読み取れません（例: 火曜 10:00、12/8 14:30、明日 9:00）";
    no_span: "Not a period: try 12/1-12/31 or 2027-01-10..2027-02-05", "期間として読み取れません（例: 12/1-12/31、2027-01-10..2027-02-05）";
    no_zone: "Not a time zone: try Asia/Tokyo", "時間帯として読み取れません（例: Asia/Tokyo）";
    no_hours: "Not hours: try 10:00-16:00", "時間として読み取れません（例: 10:00-16:00）";
    accepted(suggestion): "Accepted: {suggestion}", "採用しました: {suggestion}";
    dismissed: "Dismissed: no suggestion for 60 days", "見送りました。60日間は提案しません";
    no_suggestion: "No suggestion here", "ここに提案はありません";
    too_many(most): "more than {most} meetings: too many for a calendar; export one account at a time", "面談が{most}件を超えるため、カレンダーに書き出せません。アカウントごとに書き出してください";
    rule_also(rule, others): "{rule} · also {others}", "{rule}（ほか: {others}）";
    folded(count, hours): "+{count} touchpoint{count:#} beyond the day's {hours} h · z show · s spread", "ほか{count}件は1日の{hours}時間に収まりません · z 表示 · s 平準化";
    unfolded(count, hours): "{count} touchpoint{count:#} beyond the day's {hours} h · z fold · s spread", "うち{count}件は1日の{hours}時間に収まりません · z 折りたたむ · s 平準化";
    folded_short(count): "+{count} · z", "他{count} · z";
    nothing_folded: "The day holds all its touchpoints", "1日の時間にすべて収まっています";
    now_word: "now", "いま";
    no_outcome: "outcome? (x)", "結果は？(x)";
    in_minutes(minutes): "in {minutes} min", "{minutes}分後";
    since_minutes(minutes): "({minutes} min in)", "{minutes}分経過";
    note_age_minutes(minutes): "{minutes} min old", "{minutes}分経過";
    note_age_hours(hours): "{hours} h old", "{hours}時間経過";
    note_age_days(days): "{days} d old", "{days}日経過";
    with_automatic: "Showing automatic touchpoints", "自動のタッチポイントを表示しています";
    without_automatic: "Hiding automatic touchpoints", "自動のタッチポイントを非表示にしています";
    set_aside: "Snoozed until tomorrow", "明日まで後回しにしました";
    today_done: "All done for today.", "今日の分はすべて完了です。";
    not_moved_past: "Cannot move to a past day", "過去の日には移せません";
}

labels! {
    words for crate::domain::cadence::Kind {
        Checkin: "check-in", "チェックイン";
        Review: "business review", "ビジネスレビュー";
        Training: "training", "トレーニング";
        Report: "value report", "価値レポート";
        Email: "email", "メール";
        Webinar: "webinar invite", "ウェビナー案内";
        Expansion: "expansion talk", "拡張の相談";
        Advocacy: "advocacy ask", "事例・紹介依頼";
        Executive: "executive touch", "役員面談";
        Renewal: "renewal talk", "更新の相談";
    }
}

labels! {
    words for crate::domain::cadence::adapt::Advice {
        LessOften: "Less often", "頻度を下げる";
        ByMail: "Email only", "メールのみにする";
        MoreOften: "More often", "頻度を上げる";
        Project: "Project under way", "プロジェクト進行中";
        Settle: "Back to standard", "標準に戻す";
    }
}

/// An interval: "every 2 weeks".
pub fn interval(lang: Lang, every: Every) -> String {
    let n = every.n;
    match every.unit {
        Unit::Days if n == 1 => every_day(lang).to_owned(),
        Unit::Days => every_days(lang, n),
        Unit::Weeks if n == 1 => every_week(lang).to_owned(),
        Unit::Weeks => every_weeks(lang, n),
        Unit::Months if n == 12 => every_year(lang).to_owned(),
        Unit::Months if n.is_multiple_of(12) => every_years(lang, n / 12),
        Unit::Months if n == 1 => every_month(lang).to_owned(),
        Unit::Months => every_months(lang, n),
    }
}

/// How long an account has not been contacted.
pub fn silent(lang: Lang, days: i64) -> String {
    match days {
        0 => contacted_today(lang).to_owned(),
        days => silent_for(lang, days),
    }
}

fn nth_words(lang: Lang, nth: i8) -> &'static str {
    let (en, ja) = match nth {
        1 => ("first", "第1"),
        2 => ("second", "第2"),
        3 => ("third", "第3"),
        4 => ("fourth", "第4"),
        5 => ("fifth", "第5"),
        _ => ("last", "最終"),
    };
    super::Text::new(en, ja).of(lang)
}

/// "second Tue every 2 months 10:00"
pub fn recurrence(lang: Lang, r: &Recurrence) -> String {
    let every_months = || match r.every {
        0 | 1 => String::new(),
        n => on_months(lang, n),
    };
    let words = match r.on {
        On::Week { weekday } => {
            let day = super::dates::weekday(lang, weekday);
            if r.every > 1 {
                on_week(lang, day, on_weeks(lang, r.every))
            } else {
                on_every_week(lang, day)
            }
        }
        On::Nth { nth, weekday } => on_nth(
            lang,
            nth_words(lang, nth),
            super::dates::weekday(lang, weekday),
            every_months(),
        ),
        On::Day { day } if r.every <= 1 => on_monthly(lang, day),
        On::Day { day } => on_day(lang, day, every_months()),
    };
    match r.time {
        Some(time) => format!("{words} {}", time.format("%H:%M")),
        None => words,
    }
}

/// The rule that put a touchpoint into the plan, and less strict ones that ask for the same.
pub fn rule(lang: Lang, p: &Planned, agreed: Option<&Recurrence>) -> String {
    let stands = one_rule(lang, p.rule, agreed);
    let others: Vec<String> = p
        .own
        .also
        .iter()
        .map(|rule| one_rule(lang, *rule, agreed))
        .collect();
    if others.is_empty() {
        stands
    } else {
        rule_also(lang, stands, others.join(super::common::list_comma(lang)))
    }
}

fn one_rule(lang: Lang, rule: Rule, agreed: Option<&Recurrence>) -> String {
    match rule {
        Rule::Interval { every, tier, stage } => rule_interval(
            lang,
            interval(lang, every),
            tier.words(lang),
            stage.words(lang),
        ),
        Rule::Deviation { every } => rule_deviation(lang, interval(lang, every)),
        Rule::Preference { every } => super::prefs::r_preference(lang, interval(lang, every)),
        Rule::Recurrence => rule_recurrence(
            lang,
            agreed.map(|r| recurrence(lang, r)).unwrap_or_default(),
        ),
        Rule::Onboarding { day } => rule_onboarding(lang, day),
        Rule::Renewal { days } => rule_renewal(lang, days),
        Rule::Trouble { every } => rule_trouble(lang, interval(lang, every)),
        Rule::Floor { days } => rule_floor(lang, days),
        Rule::Paused => rule_paused(lang).to_owned(),
        Rule::Promoter => rule_promoter(lang).to_owned(),
        Rule::Milestone => rule_milestone(lang).to_owned(),
        Rule::HealthyReview => rule_review(lang).to_owned(),
        Rule::Growing => rule_growing(lang).to_owned(),
        Rule::Agreed => rule_agreed(lang).to_owned(),
    }
}

/// How late a touchpoint is; `None` if it is in the future.
pub fn due_words(lang: Lang, p: &Planned, today: NaiveDate) -> Option<String> {
    match p.due(today) {
        Due::Ahead => None,
        Due::Due => Some(due_since(lang, (today - p.ideal).num_days())),
        Due::Late => Some(late_by(lang, (today - p.latest).num_days())),
    }
}

/// Why a time does not suit; `name` returns the name of an account.
pub fn conflict(
    lang: Lang,
    conflict: &Conflict,
    name: impl Fn(&crate::domain::ids::AccountId) -> String,
) -> String {
    match conflict {
        Conflict::Shut(shut) => super::days_off::whose(lang, shut),
        Conflict::OurHours => conflict_ours(lang).to_owned(),
        Conflict::TheirHours => conflict_theirs(lang).to_owned(),
        Conflict::Preference(block) => super::prefs::block(lang, block),
        Conflict::Busy(title) => conflict_busy(lang, title),
        Conflict::Meeting(account) => conflict_meeting(lang, name(account)),
    }
}

pub fn advice_evidence(lang: Lang, e: &Evidence) -> String {
    match e {
        Evidence::Declined { count, of } => advice_declined(lang, count, of),
        Evidence::NoShow { count, of } => advice_no_show(lang, count, of),
        Evidence::Moved { count, of } => advice_moved(lang, count, of),
        Evidence::Attended { count } => advice_attended(lang, count),
        Evidence::Warm { sentiment, talks } => advice_warm(lang, sentiment.words(lang), talks),
        Evidence::Green { change } => advice_green(lang, signed(i64::from(*change))),
        Evidence::Quiet => advice_quiet(lang).to_owned(),
        Evidence::Goal { text, due } => advice_goal(lang, text, due),
    }
}

/// What a suggestion would change, and its evidence.
pub fn suggestion(lang: Lang, s: &Suggestion) -> String {
    let from = s.from.map(|e| interval(lang, e)).unwrap_or_default();
    let to = match s.to {
        Some(to) => advise_to(lang, &from, interval(lang, to)),
        None => advise_mail(lang, &from),
    };
    let evidence: Vec<String> = s
        .evidence
        .iter()
        .map(|e| advice_evidence(lang, e))
        .collect();
    format!("{to} ({})", evidence.join(super::common::list_comma(lang)))
}
