//! The words of cadence: touches, the rules that made them, what speaks against a moment, suggestions.

use super::{Lang, labels, words};
use chrono::NaiveDate;

use super::numbers::signed;
use crate::domain::cadence::adapt::{Evidence, Suggestion};
use crate::domain::cadence::calendar::{Conflict, Shut};
use crate::domain::cadence::plan::{Due, Planned, Rule};
use crate::domain::cadence::recurrence::{On, Recurrence};
use crate::domain::cadence::{Every, Unit};

words! {
    rule_interval(every, tier, stage): "{every}: {tier} · {stage}", "{every}: {tier}・{stage}";
    rule_deviation(every): "{every}, of this account's own", "{every}（この顧客だけの設定）";
    rule_recurrence(recurrence): "agreed: {recurrence}", "合意済み: {recurrence}";
    rule_onboarding(day): "day {day} of onboarding", "オンボーディング{day}日目";
    rule_renewal(days): "{days} days before the renewal", "更新の{days}日前";
    rule_trouble(every): "{every} while it burns", "{every}（問題が続くあいだ）";
    rule_floor(days): "nobody is left for {days} days without a word", "{days}日以上の無連絡を防ぐ";
    rule_paused: "light touch of a pause", "休止中の軽い連絡";
    rule_promoter: "a promoter: ask within 48 hours", "推奨者: 48時間以内に依頼";
    rule_milestone: "a goal was reached this week", "今週、目標を達成";
    rule_review: "inside a healthy review", "良好なレビューの場で";
    rule_growing: "use grows or seats run out", "利用増または席が上限";
    rule_agreed: "agreed with the customer", "顧客と合意済み";
    every_day: "every day", "毎日";
    every_week: "every week", "毎週";
    every_month: "every month", "毎月";
    every_year: "every year", "毎年";
    every_days(n): "every {n} days", "{n}日ごと";
    every_weeks(n): "every {n} weeks", "{n}週ごと";
    every_months(n): "every {n} months", "{n}か月ごと";
    every_years(n): "every {n} years", "{n}年ごと";
    on_every_week(weekday): "{weekday} every week", "{weekday}・毎週";
    on_nth(nth, weekday, on_months): "{nth} {weekday}{on_months}", "{nth}{weekday}{on_months}";
    on_day(day, on_months): "day {day} {on_months}", "毎月{day}日{on_months}";
    on_week(weekday, every): "{weekday}{every}", "{weekday}{every}";
    on_weeks(what): " every {what} weeks", "（{what}週ごと）";
    on_months(what): " every {what} months", "（{what}か月ごと）";
    shut_weekend: "weekend", "休日";
    shut_blackout(reason): "not to be touched ({reason})", "連絡不可（{reason}）";
    conflict_ours: "outside your hours", "自分の勤務時間外";
    conflict_theirs: "outside their hours", "先方の勤務時間外";
    conflict_busy(title): "busy: {title}", "予定あり: {title}";
    conflict_meeting(name): "meeting with {name}", "{name}との面談";
    advice_declined(count, of_): "{count} of the last {of_} declined", "直近{of_}回のうち{count}回辞退";
    advice_no_show(count, of_): "nobody came to {count} of the last {of_}", "直近{of_}回のうち{count}回欠席";
    advice_moved(count, of_): "{count} of the last {of_} moved by them", "直近{of_}回のうち{count}回、先方都合で変更";
    advice_attended(count): "the last {count} all took place", "直近{count}回すべて実施";
    advice_warm(sentiment, talks): "{sentiment} in the last {talks} talks", "直近{talks}回の感情「{sentiment}」";
    advice_green(change): "green, {change} in 90 days", "健全、90日で{change}";
    advice_quiet: "no sign of trouble", "問題の兆候なし";
    advice_goal(text, due): "“{text}” is due on {due}", "「{text}」の期日 {due}";
    advise_to(from, to): "check-ins {from} → {to}", "チェックイン {from} → {to}";
    advise_mail(from): "check-ins {from} → by mail", "チェックイン {from} → メールのみ";
    title: "Cadence", "ケイデンス";
    silent(today): "silent for {today} d", "無連絡 {today}日";
    silent_unknown: "no touch on record", "接点の記録なし";
    late_by(latest): "{latest} d late", "{latest}日超過";
    due_since(ideal): "due for {ideal} d", "目安から{ideal}日";
    placed: "spread", "平準化済み";
    beyond(today): "no working day before {today}", "{today}までに営業日なし";
    stopped(count): "stopped: {count}", "停止: {count}";
    nothing_planned: "Nothing is planned in the next twelve months", "今後12か月の予定はありません";
    nothing_here: "Nothing is planned here", "予定はありません";
    no_suggestions: "Every cadence fits: no suggestions", "すべて適切な頻度です。提案はありません";
    no_kept: "No check-ins on record in the last 90 days", "直近90日のチェックインの記録がありません";
    week_load(load, budget): "Rest of the week {load} of {budget} h", "今週の残り {load} / {budget} 時間";
    week_over: "No hours left this week", "今週の稼働時間は残っていません";
    hours(budget): "{budget} h", "{budget}時間";
    over(over): "{over} h over", "{over}時間超過";
    talks(talks): "{talks} talk{talks:#}", "面談{talks}件";
    written(written): "{written} written", "文書{written}件";
    more(left): "+{left}", "他{left}";
    conflicts(list_comma): "Conflicts: {list_comma}", "重なり: {list_comma}";
    own: "Its own", "独自設定";
    rhythm_usual: "As its tier and stage have it: nothing deviates", "ティアとステージの標準どおり（独自設定なし）";
    rhythm_agreed(recurrence): "agreed: {recurrence}", "合意済み: {recurrence}";
    rhythm_paused(today, reason): "paused until {today} {reason}", "{today}まで休止 {reason}";
    rhythm_blackout(today, today_2, reason): "not {today} to {today_2} {reason}", "{today}〜{today_2}は不可 {reason}";
    rhythm_zone(zone, there): "their zone {zone} ({there})", "先方の時間帯 {zone}（{there}）";
    suggestion_line: "Suggestion", "提案";
    kept_line(what, value, other): "90 days: {what} of {value} check-ins held ({other}%)", "90日: チェックイン {what}/{value} 実施（{other}%）";
    kept_target(target): "aim {target}%", "目標{target}%";
    kept_attended: "attended", "出席";
    kept_no_show: "no-show", "欠席";
    kept_moved: "moved us/them", "変更 当社/先方";
    kept_light(done, planned): "90 days: {done} of {planned} months with a touch", "90日: 接点のあった月 {done}/{planned}";
    planned_word: "planned", "計画";
    done_word: "held", "実施";
    late_word: "late", "遅れ";
    skipped_word: "skipped", "未実施";
    nobody: "(nobody)", "（未設定）";
    mine_only: "mine", "自分";
    everybody: "everybody's", "全員";
    timeline_step(what): "renewal in {what} d", "更新まで{what}日";
    smooth_title: "Spread over the weeks", "週への平準化";
    smooth_head(count, before, after): "To move: {count} · the fullest week {before} h → {after} h", "{count}件を移動。最も多い週は {before}時間 → {after}時間";
    smooth_none: "No week is over its budget: nothing to move", "超過する週はありません。移動は不要です";
    smooth_keys: "y or Enter apply · j/k scroll · Esc leave", "y・Enter 適用 · j/k スクロール · Esc 戻る";
    smooth_week(today): "week of {today}", "{today}の週";
    smooth_short(today, minutes, list_comma): "Week of {today}: {minutes} h are missing. It holds {list_comma}", "{today}の週: {minutes}時間不足。対象: {list_comma}";
    smooth_stale: "Something changed meanwhile: press s again", "途中で内容が変わりました。もう一度 s を押してください";
    diff_title: "What changes in the plan", "計画の変更点";
    diff_head(before, after): "{before} → {after}", "{before} → {after}";
    diff_keys: "u takes the change back · any key goes on", "u で元に戻す · 任意のキーで続ける";
    agree_title(name): "Agreed with {name}: when?", "{name}と合意した日時";
    agree_hint: "tue 10:00 · 12/8 14:30 · tomorrow 9:00", "火曜 10:00 · 12/8 14:30 · 明日 9:00";
    move_title(kind, name): "Move the {kind} with {name} to", "{name}の{kind}の移動先";
    agreed_said(kind, name, when): "Agreed: {kind} with {name}, {when}", "合意: {name} {kind} {when}";
    agreed_but(kind, name, when, list_comma): "Agreed: {kind} with {name}, {when} — but: {list_comma}", "合意: {name} {kind} {when} ― ただし {list_comma}";
    outcome_title(kind, name): "What became of the {kind} with {name}?", "{name}の{kind}の結果";
    out_held: "it took place", "実施した";
    out_sent: "it is sent", "送付した";
    out_declined: "they declined", "辞退された";
    out_no_show: "nobody came", "先方が欠席";
    out_moved_them: "they moved it", "先方の都合で変更";
    out_moved_us: "we moved it", "当社の都合で変更";
    out_off: "called off", "取りやめ";
    out_said(name, word): "{name}: {word}", "{name}: {word}";
    move_agreed: "Agreed with the customer: m moves it to where they agree", "お客様と合意済みです。合意のうえ m で変更します";
    move_late: "Its time is over: the next working day is the nearest, m takes any day", "期限を過ぎています。翌営業日が最も近く、m で任意の日に移せます";
    move_refused(today, today_2): "Between {today} and {today_2} only, unless it is agreed (A)", "{today}〜{today_2}の範囲のみ（A で合意すれば固定できます）";
    not_movable(block): "It is stopped by a preference: {block}", "希望により停止中: {block}";
    no_touch_chosen: "No touch is chosen", "接点が選ばれていません";
    rhythm_title(name): "Cadence of {name}", "{name}のケイデンス";
    field_agreed: "Agreed days", "合意した日";
    field_agreed_hint: "second tue 10:00 · every 2 weeks thu 15:00 · day 15 · empty for none", "第2火曜 10:00 · 隔週木曜 15:00 · 毎月15日 · 空欄でなし";
    field_pause: "Pause until", "休止の期限";
    field_pause_reason: "Pause because", "休止の理由";
    field_blackout: "Not between", "連絡不可の期間";
    field_blackout_hint: "12/1-12/31 · 2027-01-10..2027-02-05 · several with commas · a * for every year", "12/1-12/31 · 2027-01-10..2027-02-05 · 複数は「,」区切り · * で毎年";
    field_zone: "Their zone", "先方の時間帯";
    field_zone_hint: "Asia/Tokyo · America/New_York · empty: yours", "Asia/Tokyo · America/New_York · 空欄は自分と同じ";
    field_hours: "Their hours", "先方の時間";
    field_hours_hint: "10:00-16:00 · empty: yours", "10:00-16:00 · 空欄は自分と同じ";
    field_place: "Link or place", "リンク・場所";
    field_reason: "Why it deviates", "独自設定の理由";
    field_every_hint(usual): "2w · 1m · 3m · none · empty: as the rules have it ({usual})", "2w · 1m · 3m · none（なし）· 空欄は標準（{usual}）";
    no_interval: "Not an interval (2w, 1m, 3m, none)", "間隔として読めません（2w, 1m, 3m, none）";
    no_recurrence: "Not read: second tue 10:00 · every 2 weeks thu · day 15", "読めません: 第2火曜 10:00 · 隔週木曜 · 毎月15日";
    no_moment: "Not read: tue 10:00 · 12/8 14:30 · tomorrow 9:00", "読めません: 火曜 10:00 · 12/8 14:30 · 明日 9:00";
    no_span: "Not read: 12/1-12/31 or 2027-01-10..2027-02-05", "読めません: 12/1-12/31 または 2027-01-10..2027-02-05";
    no_zone: "Not a time zone (one is Asia/Tokyo)", "時間帯ではありません（例: Asia/Tokyo）";
    no_hours: "Not read: 10:00-16:00", "読めません: 10:00-16:00";
    accepted(words): "Accepted: {words}", "採用: {words}";
    dismissed: "Turned down: no suggestion for 60 days", "見送りました。60日間は提案しません";
    no_suggestion: "There is no suggestion here", "ここに提案はありません";
    too_many(most): "more than {most} meetings: no calendar takes so many. Export those of one account at a time.", "面談が{most}件を超えています。カレンダーには取り込めません。アカウントごとに書き出してください。";
    now_word: "now", "いま";
    no_outcome: "how did it go? (x)", "結果は？(x)";
    in_minutes(minutes): "in {minutes} min", "{minutes}分後";
    since_minutes(minutes): "for {minutes} min", "{minutes}分経過";
    note_age_minutes(what): "{what} min old", "{what}分前";
    note_age_hours(what): "{what} h old", "{what}時間前";
    note_age_days(days): "{days} d old", "{days}日前";
    with_automatic: "With automatic touches", "自動の接点も表示";
    without_automatic: "Without automatic touches", "自動の接点は非表示";
    set_aside: "Set aside until tomorrow", "明日まで保留にしました";
    today_done: "All done for today.", "今日の分は完了です。";
    not_moved_past: "Not into the past", "過去には移せません";
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
        Advocacy: "reference ask", "事例・紹介の依頼";
        Executive: "executive touch", "役員との接点";
        Renewal: "renewal talk", "更新の相談";
    }
}

labels! {
    words for crate::domain::cadence::adapt::Advice {
        LessOften: "Less often", "頻度を下げる";
        ByMail: "By mail only", "メールのみにする";
        MoreOften: "More often", "頻度を上げる";
        Project: "A project runs", "プロジェクト進行中";
        Settle: "Back to the usual", "通常に戻す";
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

/// "second Tue, every 2 months, 10:00"
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
        On::Day { day } => on_day(lang, day, every_months()).trim_end().to_owned(),
    };
    match r.time {
        Some(time) => format!("{words} {}", time.format("%H:%M")),
        None => words,
    }
}

/// Why a touch is in the plan.
pub fn rule(lang: Lang, p: &Planned, agreed: Option<&Recurrence>) -> String {
    match p.rule {
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

/// How a touch stands, in few words; none when it lies ahead.
pub fn due_words(lang: Lang, p: &Planned, today: NaiveDate) -> Option<String> {
    match p.due(today) {
        Due::Ahead => None,
        Due::Due => Some(due_since(lang, (today - p.ideal).num_days())),
        Due::Late => Some(late_by(lang, (today - p.latest).num_days())),
    }
}

pub fn closure(lang: Lang, shut: &Shut) -> String {
    match shut {
        Shut::Weekend => shut_weekend(lang).to_owned(),
        Shut::Holiday(name) if lang == Lang::Ja => name.clone(),
        Shut::Holiday(name) => holiday(name),
        Shut::Closure(words) => lang.pick(words).to_owned(),
        Shut::Absence => super::absences::shut_absence(lang).to_owned(),
        Shut::Blackout(reason) if reason.is_empty() => shut_blackout(lang, "—"),
        Shut::Blackout(reason) => shut_blackout(lang, reason),
    }
}

/// What speaks against a moment; `name` tells accounts.
pub fn conflict(
    lang: Lang,
    conflict: &Conflict,
    name: impl Fn(&crate::domain::ids::AccountId) -> String,
) -> String {
    match conflict {
        Conflict::Shut(shut) => closure(lang, shut),
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

/// What a suggestion would change, and what it rests on.
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

/// A Japanese holiday in English; a name of one's own stays as it is.
pub fn holiday(name: &str) -> String {
    const NAMES: [(&str, &str); 17] = [
        ("元日", "New Year's Day"),
        ("成人の日", "Coming of Age Day"),
        ("建国記念の日", "National Foundation Day"),
        ("天皇誕生日", "Emperor's Birthday"),
        ("春分の日", "Vernal Equinox"),
        ("昭和の日", "Showa Day"),
        ("憲法記念日", "Constitution Day"),
        ("みどりの日", "Greenery Day"),
        ("こどもの日", "Children's Day"),
        ("海の日", "Marine Day"),
        ("山の日", "Mountain Day"),
        ("敬老の日", "Respect for the Aged Day"),
        ("秋分の日", "Autumnal Equinox"),
        ("スポーツの日", "Sports Day"),
        ("文化の日", "Culture Day"),
        ("勤労感謝の日", "Labour Thanksgiving Day"),
        ("国民の休日", "Citizens' Holiday"),
    ];
    let (plain, substitute) = name
        .strip_suffix(" 振替休日")
        .map_or((name, ""), |n| (n, " (observed)"));
    match NAMES.iter().find(|(ja, _)| *ja == plain) {
        Some((_, en)) => format!("{en}{substitute}"),
        None => name.to_owned(),
    }
}
