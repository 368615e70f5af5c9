//! The words of cadence, in both languages: kinds of touch, the rules that made them, what speaks
//! against a moment, what a suggestion rests on.
//! Larger than most rooms: it is one list in two languages.

use chrono::{NaiveDate, Weekday};

use super::{Lang, Strings, fill, signed};
use crate::domain::cadence::adapt::{Evidence, Suggestion};
use crate::domain::cadence::calendar::{Conflict, Shut};
use crate::domain::cadence::plan::{Due, Planned, Rule};
use crate::domain::cadence::recurrence::{On, Recurrence};
use crate::domain::cadence::{Every, Unit};
use crate::domain::prefs::Block;

#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    pub kinds: [&'static str; 10],
    pub states: [&'static str; 5],
    pub dues: [&'static str; 3],
    pub messages: [&'static str; 5],
    pub frequencies: [&'static str; 6],
    pub advices: [&'static str; 5],
    pub lenses: [&'static str; 6],
    pub every_day: [&'static str; 4],
    pub every_days: [&'static str; 4],
    pub r_interval: &'static str,
    pub r_deviation: &'static str,
    pub r_preference: &'static str,
    pub r_recurrence: &'static str,
    pub r_onboarding: &'static str,
    pub r_renewal: &'static str,
    pub r_trouble: &'static str,
    pub r_floor: &'static str,
    pub r_paused: &'static str,
    pub r_promoter: &'static str,
    pub r_milestone: &'static str,
    pub r_review: &'static str,
    pub r_growing: &'static str,
    pub r_agreed: &'static str,
    pub on_nth: &'static str,
    pub nths: [&'static str; 6],
    pub on_day: &'static str,
    pub on_week: &'static str,
    pub on_weeks: &'static str,
    pub on_months: &'static str,
    pub shut_weekend: &'static str,
    pub shut_absence: &'static str,
    pub shut_blackout: &'static str,
    pub c_ours: &'static str,
    pub c_theirs: &'static str,
    pub c_busy: &'static str,
    pub c_meeting: &'static str,
    pub b_opted: &'static str,
    pub b_nobody: &'static str,
    pub b_often: &'static str,
    pub b_cap: &'static str,
    pub b_quiet: &'static str,
    pub e_declined: &'static str,
    pub e_no_show: &'static str,
    pub e_moved: &'static str,
    pub e_attended: &'static str,
    pub e_warm: &'static str,
    pub e_green: &'static str,
    pub e_quiet: &'static str,
    pub e_goal: &'static str,
    pub s_to: &'static str,
    pub s_mail: &'static str,
    pub l_touchpoint: &'static str,
    pub l_smooth: &'static str,
    pub l_away: &'static str,
    // screens
    pub title: &'static str,
    pub silent: &'static str,
    pub silent_unknown: &'static str,
    pub ideal: &'static str,
    pub latest: &'static str,
    pub late_by: &'static str,
    pub due_since: &'static str,
    pub placed: &'static str,
    pub beyond: &'static str,
    pub stopped: &'static str,
    pub nothing_planned: &'static str,
    pub nothing_here: &'static str,
    pub no_suggestions: &'static str,
    pub no_kept: &'static str,
    pub week_load: &'static str,
    pub week_over: &'static str,
    pub hours: &'static str,
    pub over: &'static str,
    pub talks: &'static str,
    pub written: &'static str,
    pub day_off: &'static str,
    pub more: &'static str,
    pub conflicts: &'static str,
    pub own: &'static str,
    pub rhythm_usual: &'static str,
    pub rhythm_agreed: &'static str,
    pub rhythm_paused: &'static str,
    pub rhythm_blackout: &'static str,
    pub rhythm_zone: &'static str,
    pub prefs_line: &'static str,
    pub prefs_none: &'static str,
    pub prefs_cap: &'static str,
    pub suggestion: &'static str,
    pub kept_line: &'static str,
    pub kept_target: &'static str,
    pub kept_attended: &'static str,
    pub kept_declined: &'static str,
    pub kept_no_show: &'static str,
    pub kept_moved: &'static str,
    pub kept_light: &'static str,
    pub by_tier: &'static str,
    pub by_person: &'static str,
    pub planned_word: &'static str,
    pub done_word: &'static str,
    pub late_word: &'static str,
    pub skipped_word: &'static str,
    pub nobody: &'static str,
    pub mine_only: &'static str,
    pub everybody: &'static str,
    pub timeline_step: &'static str,
    // verbs' answers
    pub smooth_title: &'static str,
    pub smooth_head: &'static str,
    pub smooth_none: &'static str,
    pub smooth_keys: &'static str,
    pub smooth_week: &'static str,
    pub smooth_short: &'static str,
    pub smooth_stale: &'static str,
    pub diff_title: &'static str,
    pub diff_head: &'static str,
    pub diff_keys: &'static str,
    pub agree_title: &'static str,
    pub agree_hint: &'static str,
    pub move_title: &'static str,
    pub agreed_said: &'static str,
    pub agreed_but: &'static str,
    pub outcome_title: &'static str,
    pub out_held: &'static str,
    pub out_sent: &'static str,
    pub out_declined: &'static str,
    pub out_no_show: &'static str,
    pub out_moved_them: &'static str,
    pub out_moved_us: &'static str,
    pub out_off: &'static str,
    pub out_said: &'static str,
    pub move_refused: &'static str,
    pub move_agreed: &'static str,
    pub move_late: &'static str,
    pub not_movable: &'static str,
    pub no_touch_chosen: &'static str,
    pub rhythm_title: &'static str,
    pub f_agreed: &'static str,
    pub f_agreed_hint: &'static str,
    pub f_pause: &'static str,
    pub f_pause_reason: &'static str,
    pub f_blackout: &'static str,
    pub f_blackout_hint: &'static str,
    pub f_zone: &'static str,
    pub f_zone_hint: &'static str,
    pub f_hours: &'static str,
    pub f_hours_hint: &'static str,
    pub f_place: &'static str,
    pub f_reason: &'static str,
    pub f_every_hint: &'static str,
    pub no_interval: &'static str,
    pub no_recurrence: &'static str,
    pub no_moment: &'static str,
    pub no_span: &'static str,
    pub no_zone: &'static str,
    pub no_hours: &'static str,
    pub prefs_title: &'static str,
    pub prefs_word: &'static str,
    pub f_quiet: &'static str,
    pub f_cap: &'static str,
    pub f_cap_hint: &'static str,
    pub as_cadence: &'static str,
    pub absence_title: &'static str,
    pub f_from: &'static str,
    pub f_until: &'static str,
    pub f_cover: &'static str,
    pub f_cover_hint: &'static str,
    pub absence_said: &'static str,
    pub absences: &'static str,
    pub absence_none: &'static str,
    pub accepted: &'static str,
    pub dismissed: &'static str,
    pub no_suggestion: &'static str,
    pub exported: &'static str,
    pub too_many: &'static str,
    pub ics_read: &'static str,
    pub ics_bad: &'static str,
    pub ics_title: &'static str,
    pub ics_hint: &'static str,
    pub calendar_summary: &'static str,
    pub calendar_brief: &'static str,
    pub now_word: &'static str,
    pub next_word: &'static str,
    pub no_outcome: &'static str,
    pub in_minutes: &'static str,
    pub since_minutes: &'static str,
    pub note_age_minutes: &'static str,
    pub note_age_hours: &'static str,
    pub note_age_days: &'static str,
    pub week_word: &'static str,
    pub with_automatic: &'static str,
    pub without_automatic: &'static str,
    pub set_aside: &'static str,
    pub today_done: &'static str,
    pub month_format: &'static str,
    pub weekday_key: &'static str,
    pub not_moved_past: &'static str,
    pub ch_cadence: &'static str,
    pub ch_calendar: &'static str,
    pub ch_export: &'static str,
    pub ch_import: &'static str,
    pub ch_name: &'static str,
    pub ch_out: &'static str,
    pub ch_planned: &'static str,
    pub ch_account: &'static str,
}

pub const EN: Words = Words {
    kinds: [
        "check-in",
        "business review",
        "training",
        "value report",
        "email",
        "webinar invite",
        "expansion talk",
        "reference ask",
        "executive touch",
        "renewal talk",
    ],
    states: ["agreed", "held", "declined", "no-show", "called off"],
    dues: ["ahead", "due", "late"],
    messages: [
        "calls",
        "product updates",
        "education",
        "promotion",
        "training",
    ],
    frequencies: [
        "daily",
        "weekly",
        "every two weeks",
        "monthly",
        "quarterly",
        "never",
    ],
    advices: [
        "Less often",
        "By mail only",
        "More often",
        "A project runs",
        "Back to the usual",
    ],
    lenses: [
        "Month",
        "Week",
        "Agenda",
        "Capacity",
        "Suggestions",
        "Adherence",
    ],
    every_day: ["every day", "every week", "every month", "every year"],
    every_days: [
        "every {} days",
        "every {} weeks",
        "every {} months",
        "every {} years",
    ],
    r_interval: "{}: {} · {}",
    r_deviation: "{}, of this account's own",
    r_preference: "{}, as the customer wishes",
    r_recurrence: "agreed: {}",
    r_onboarding: "day {} of onboarding",
    r_renewal: "{} days before the renewal",
    r_trouble: "{} while it burns",
    r_floor: "nobody is left for {} days without a word",
    r_paused: "light touch of a pause",
    r_promoter: "a promoter: ask within 48 hours",
    r_milestone: "a goal was reached this week",
    r_review: "inside a healthy review",
    r_growing: "use grows or seats run out",
    r_agreed: "agreed with the customer",
    on_nth: "{} {}{}",
    nths: ["last", "first", "second", "third", "fourth", "fifth"],
    on_day: "day {} {}",
    on_week: "{}{}",
    on_weeks: " every {} weeks",
    on_months: " every {} months",
    shut_weekend: "weekend",
    shut_absence: "you are away",
    shut_blackout: "not to be touched ({})",
    c_ours: "outside your hours",
    c_theirs: "outside their hours",
    c_busy: "busy: {}",
    c_meeting: "meeting with {}",
    b_opted: "they want no {}",
    b_nobody: "nobody there wants {}",
    b_often: "{}: {} at the most",
    b_cap: "at most {} messages in 30 days",
    b_quiet: "quiet from {} to {}",
    e_declined: "{} of the last {} declined",
    e_no_show: "nobody came to {} of the last {}",
    e_moved: "{} of the last {} moved by them",
    e_attended: "the last {} all took place",
    e_warm: "{} in the last {} talks",
    e_green: "green, {} in 90 days",
    e_quiet: "no sign of trouble",
    e_goal: "“{}” is due on {}",
    s_to: "check-ins {} → {}",
    s_mail: "check-ins {} → by mail",
    l_touchpoint: "meeting with {}",
    l_smooth: "other days for touches ({})",
    l_away: "calendar “{}”",
    title: "Cadence",
    silent: "silent for {} d",
    silent_unknown: "no touch on record",
    ideal: "ideal",
    latest: "latest",
    late_by: "{} d late",
    due_since: "due for {} d",
    placed: "spread",
    beyond: "no working day before {}",
    stopped: "stopped: {}",
    nothing_planned: "Nothing is planned in the next twelve months",
    nothing_here: "Nothing is planned here",
    no_suggestions: "Every cadence fits: no suggestions",
    no_kept: "No check-ins on record in the last 90 days",
    week_load: "Rest of the week {} of {} h",
    week_over: "No hours left this week",
    hours: "{} h",
    over: "{} h over",
    talks: "{} talk{s}",
    written: "{} written",
    day_off: "off",
    more: "+{}",
    conflicts: "Conflicts: {}",
    own: "Its own",
    rhythm_usual: "As its tier and stage have it: nothing deviates",
    rhythm_agreed: "agreed: {}",
    rhythm_paused: "paused until {} {}",
    rhythm_blackout: "not {} to {} {}",
    rhythm_zone: "their zone {} ({})",
    prefs_line: "Wishes: {}",
    prefs_none: "Wishes: none known",
    prefs_cap: "{} messages a month at most",
    suggestion: "Suggestion",
    kept_line: "90 days: {} of {} check-ins held ({}%)",
    kept_target: "aim {}%",
    kept_attended: "attended",
    kept_declined: "declined",
    kept_no_show: "no-show",
    kept_moved: "moved us/them",
    kept_light: "90 days: {} of {} months with a touch",
    by_tier: "By tier",
    by_person: "By person",
    planned_word: "planned",
    done_word: "held",
    late_word: "late",
    skipped_word: "skipped",
    nobody: "(nobody)",
    mine_only: "mine",
    everybody: "everybody's",
    timeline_step: "renewal in {} d",
    smooth_title: "Spread over the weeks",
    smooth_head: "To move: {} · the fullest week {} h → {} h",
    smooth_none: "No week is over its budget: nothing to move",
    smooth_keys: "y or Enter apply · j/k scroll · Esc leave",
    smooth_week: "week of {}",
    smooth_short: "Week of {}: {} h are missing. It holds {}",
    smooth_stale: "Something changed meanwhile: press s again",
    diff_title: "What changes in the plan",
    diff_head: "{} → {}",
    diff_keys: "u takes the change back · any key goes on",
    agree_title: "Agreed with {}: when?",
    agree_hint: "tue 10:00 · 12/8 14:30 · tomorrow 9:00",
    move_title: "Move the {} with {} to",
    agreed_said: "Agreed: {} with {}, {}",
    agreed_but: "Agreed: {} with {}, {} — but: {}",
    outcome_title: "What became of the {} with {}?",
    out_held: "it took place",
    out_sent: "it is sent",
    out_declined: "they declined",
    out_no_show: "nobody came",
    out_moved_them: "they moved it",
    out_moved_us: "we moved it",
    out_off: "called off",
    out_said: "{}: {}",
    move_agreed: "Agreed with the customer: m moves it to where they agree",
    move_late: "Its time is over: the next working day is the nearest, m takes any day",
    move_refused: "Between {} and {} only, unless it is agreed (A)",
    not_movable: "It is stopped by a preference: {}",
    no_touch_chosen: "No touch is chosen",
    rhythm_title: "Cadence of {}",
    f_agreed: "Agreed days",
    f_agreed_hint: "second tue 10:00 · every 2 weeks thu 15:00 · day 15 · empty for none",
    f_pause: "Pause until",
    f_pause_reason: "Pause because",
    f_blackout: "Not between",
    f_blackout_hint: "12/1-12/31 · 2027-01-10..2027-02-05 · several with commas · a * for every year",
    f_zone: "Their zone",
    f_zone_hint: "Asia/Tokyo · America/New_York · empty: yours",
    f_hours: "Their hours",
    f_hours_hint: "10:00-16:00 · empty: yours",
    f_place: "Link or place",
    f_reason: "Why it deviates",
    f_every_hint: "2w · 1m · 3m · none · empty: as the rules have it ({})",
    no_interval: "Not an interval (2w, 1m, 3m, none)",
    no_recurrence: "Not read: second tue 10:00 · every 2 weeks thu · day 15",
    no_moment: "Not read: tue 10:00 · 12/8 14:30 · tomorrow 9:00",
    no_span: "Not read: 12/1-12/31 or 2027-01-10..2027-02-05",
    no_zone: "Not a time zone (one is Asia/Tokyo)",
    no_hours: "Not read: 10:00-16:00",
    prefs_title: "Wishes of {}",
    prefs_word: "Wishes",
    f_quiet: "Quiet hours",
    f_cap: "At most a month",
    f_cap_hint: "messages of all kinds in 30 days; empty: no limit",
    as_cadence: "as the cadence has it",
    absence_title: "You are away",
    f_from: "From",
    f_until: "Last day",
    f_cover: "Who stands in",
    f_cover_hint: "a colleague's name; empty: touches move around it",
    absence_said: "Away from {} to {}. s spreads what no longer fits.",
    absences: "Absences and calendars",
    absence_none: "None. O notes an absence, F takes in your calendar.",
    accepted: "Accepted: {}",
    dismissed: "Turned down: no suggestion for 60 days",
    no_suggestion: "There is no suggestion here",
    exported: "{} meeting{s} in {}",
    too_many: "more than {} meetings: no calendar takes so many. Export those of one account at a time.",
    ics_read: "{}: {} busy time{s} in the next 13 months",
    ics_bad: "line {}: {}",
    ics_title: "Take in a calendar",
    ics_hint: "the path of an .ics file: its times count as busy",
    calendar_summary: "{}: {}",
    calendar_brief: "Brief: kenshin brief {}",
    now_word: "now",
    next_word: "next",
    no_outcome: "how did it go? (x)",
    in_minutes: "in {} min",
    since_minutes: "for {} min",
    note_age_minutes: "{} min old",
    note_age_hours: "{} h old",
    note_age_days: "{} d old",
    week_word: "week",
    with_automatic: "With automatic touches",
    without_automatic: "Without automatic touches",
    set_aside: "Set aside until tomorrow",
    today_done: "All done for today.",
    month_format: "%B %Y",
    weekday_key: "{} {}",
    not_moved_past: "Not into the past",
    ch_cadence: "The touches of an account over the next twelve months, each with its rule",
    ch_calendar: "Meetings out to a calendar, or a calendar in",
    ch_export: "Write agreed meetings as iCalendar; again, they update",
    ch_import: "Take in an .ics file: its times count as busy",
    ch_name: "The calendar's name; the same name again replaces it",
    ch_out: "The file to write; without it, standard output",
    ch_planned: "With talks that are planned and not agreed yet",
    ch_account: "One account's only",
};

pub const JA: Words = Words {
    kinds: [
        "チェックイン",
        "ビジネスレビュー",
        "トレーニング",
        "価値レポート",
        "メール",
        "ウェビナー案内",
        "拡張の相談",
        "事例・紹介の依頼",
        "役員との接点",
        "更新の相談",
    ],
    states: ["合意済み", "実施", "辞退", "欠席", "取りやめ"],
    dues: ["予定", "期日", "超過"],
    messages: [
        "通話・面談",
        "製品の更新情報",
        "活用情報",
        "販促",
        "トレーニング",
    ],
    frequencies: ["毎日", "毎週", "隔週", "毎月", "四半期ごと", "不要"],
    advices: [
        "頻度を下げる",
        "メールのみにする",
        "頻度を上げる",
        "プロジェクト進行中",
        "通常に戻す",
    ],
    lenses: ["月", "週", "日程", "容量", "提案", "順守"],
    every_day: ["毎日", "毎週", "毎月", "毎年"],
    every_days: ["{}日ごと", "{}週ごと", "{}か月ごと", "{}年ごと"],
    r_interval: "{}: {}・{}",
    r_deviation: "{}（この顧客だけの設定）",
    r_preference: "{}（顧客の希望）",
    r_recurrence: "合意済み: {}",
    r_onboarding: "オンボーディング{}日目",
    r_renewal: "更新の{}日前",
    r_trouble: "{}（問題が続くあいだ）",
    r_floor: "{}日以上の無連絡を防ぐ",
    r_paused: "休止中の軽い連絡",
    r_promoter: "推奨者: 48時間以内に依頼",
    r_milestone: "今週、目標を達成",
    r_review: "良好なレビューの場で",
    r_growing: "利用増または席が上限",
    r_agreed: "顧客と合意済み",
    on_nth: "{}{}{}",
    nths: ["最終", "第1", "第2", "第3", "第4", "第5"],
    on_day: "毎月{}日{}",
    on_week: "{}{}",
    on_weeks: "（{}週ごと）",
    on_months: "（{}か月ごと）",
    shut_weekend: "休日",
    shut_absence: "不在",
    shut_blackout: "連絡不可（{}）",
    c_ours: "自分の勤務時間外",
    c_theirs: "先方の勤務時間外",
    c_busy: "予定あり: {}",
    c_meeting: "{}との面談",
    b_opted: "{}は不要とのこと",
    b_nobody: "{}を受け取る人がいません",
    b_often: "{}は{}まで",
    b_cap: "メッセージは30日に{}通まで",
    b_quiet: "{}〜{}は連絡を控える",
    e_declined: "直近{1}回のうち{0}回辞退",
    e_no_show: "直近{1}回のうち{0}回欠席",
    e_moved: "直近{1}回のうち{0}回、先方都合で変更",
    e_attended: "直近{}回すべて実施",
    e_warm: "直近{1}回の感情「{0}」",
    e_green: "健全、90日で{}",
    e_quiet: "問題の兆候なし",
    e_goal: "「{}」の期日 {}",
    s_to: "チェックイン {} → {}",
    s_mail: "チェックイン {} → メールのみ",
    l_touchpoint: "{}との面談",
    l_smooth: "{}件の接点の日程変更",
    l_away: "カレンダー「{}」",
    title: "ケイデンス",
    silent: "無連絡 {}日",
    silent_unknown: "接点の記録なし",
    ideal: "目安",
    latest: "期限",
    late_by: "{}日超過",
    due_since: "目安から{}日",
    placed: "平準化済み",
    beyond: "{}までに営業日なし",
    stopped: "停止: {}",
    nothing_planned: "今後12か月の予定はありません",
    nothing_here: "予定はありません",
    no_suggestions: "すべて適切な頻度です。提案はありません",
    no_kept: "直近90日のチェックインの記録がありません",
    week_load: "今週の残り {} / {} 時間",
    week_over: "今週の稼働時間は残っていません",
    hours: "{}時間",
    over: "{}時間超過",
    talks: "面談{}件",
    written: "文書{}件",
    day_off: "休",
    more: "他{}",
    conflicts: "重なり: {}",
    own: "独自設定",
    rhythm_usual: "ティアとステージの標準どおり（独自設定なし）",
    rhythm_agreed: "合意済み: {}",
    rhythm_paused: "{}まで休止 {}",
    rhythm_blackout: "{}〜{}は不可 {}",
    rhythm_zone: "先方の時間帯 {}（{}）",
    prefs_line: "希望: {}",
    prefs_none: "希望: 未確認",
    prefs_cap: "メッセージは月{}通まで",
    suggestion: "提案",
    kept_line: "90日: チェックイン {}/{} 実施（{}%）",
    kept_target: "目標{}%",
    kept_attended: "出席",
    kept_declined: "辞退",
    kept_no_show: "欠席",
    kept_moved: "変更 当社/先方",
    kept_light: "90日: 接点のあった月 {}/{}",
    by_tier: "ティア別",
    by_person: "担当者別",
    planned_word: "計画",
    done_word: "実施",
    late_word: "遅れ",
    skipped_word: "未実施",
    nobody: "（未設定）",
    mine_only: "自分",
    everybody: "全員",
    timeline_step: "更新まで{}日",
    smooth_title: "週への平準化",
    smooth_head: "{}件を移動。最も多い週は {}時間 → {}時間",
    smooth_none: "超過する週はありません。移動は不要です",
    smooth_keys: "y・Enter 適用 · j/k スクロール · Esc 戻る",
    smooth_week: "{}の週",
    smooth_short: "{}の週: {}時間不足。対象: {}",
    smooth_stale: "途中で内容が変わりました。もう一度 s を押してください",
    diff_title: "計画の変更点",
    diff_head: "{} → {}",
    diff_keys: "u で元に戻す · 任意のキーで続ける",
    agree_title: "{}と合意した日時",
    agree_hint: "火曜 10:00 · 12/8 14:30 · 明日 9:00",
    move_title: "{1}の{0}の移動先",
    agreed_said: "合意: {1} {0} {2}",
    agreed_but: "合意: {1} {0} {2} ― ただし {3}",
    outcome_title: "{1}の{0}の結果",
    out_held: "実施した",
    out_sent: "送付した",
    out_declined: "辞退された",
    out_no_show: "先方が欠席",
    out_moved_them: "先方の都合で変更",
    out_moved_us: "当社の都合で変更",
    out_off: "取りやめ",
    out_said: "{}: {}",
    move_agreed: "お客様と合意済みです。合意のうえ m で変更します",
    move_late: "期限を過ぎています。翌営業日が最も近く、m で任意の日に移せます",
    move_refused: "{}〜{}の範囲のみ（A で合意すれば固定できます）",
    not_movable: "希望により停止中: {}",
    no_touch_chosen: "接点が選ばれていません",
    rhythm_title: "{}のケイデンス",
    f_agreed: "合意した日",
    f_agreed_hint: "第2火曜 10:00 · 隔週木曜 15:00 · 毎月15日 · 空欄でなし",
    f_pause: "休止の期限",
    f_pause_reason: "休止の理由",
    f_blackout: "連絡不可の期間",
    f_blackout_hint: "12/1-12/31 · 2027-01-10..2027-02-05 · 複数は「,」区切り · * で毎年",
    f_zone: "先方の時間帯",
    f_zone_hint: "Asia/Tokyo · America/New_York · 空欄は自分と同じ",
    f_hours: "先方の時間",
    f_hours_hint: "10:00-16:00 · 空欄は自分と同じ",
    f_place: "リンク・場所",
    f_reason: "独自設定の理由",
    f_every_hint: "2w · 1m · 3m · none（なし）· 空欄は標準（{}）",
    no_interval: "間隔として読めません（2w, 1m, 3m, none）",
    no_recurrence: "読めません: 第2火曜 10:00 · 隔週木曜 · 毎月15日",
    no_moment: "読めません: 火曜 10:00 · 12/8 14:30 · 明日 9:00",
    no_span: "読めません: 12/1-12/31 または 2027-01-10..2027-02-05",
    no_zone: "時間帯ではありません（例: Asia/Tokyo）",
    no_hours: "読めません: 10:00-16:00",
    prefs_title: "{}の希望",
    prefs_word: "希望",
    f_quiet: "控える時間",
    f_cap: "月の上限",
    f_cap_hint: "30日間のメッセージ総数。空欄は上限なし",
    as_cadence: "標準どおり",
    absence_title: "不在",
    f_from: "開始",
    f_until: "最終日",
    f_cover: "代わりの担当",
    f_cover_hint: "同僚の名前。空欄なら前後に移動",
    absence_said: "{}〜{}は不在。s で平準化できます",
    absences: "不在とカレンダー",
    absence_none: "ありません。O で不在、F でカレンダーを取り込みます",
    accepted: "採用: {}",
    dismissed: "見送りました。60日間は提案しません",
    no_suggestion: "ここに提案はありません",
    exported: "面談{}件を{}に書き出しました",
    too_many: "面談が{}件を超えています。カレンダーには取り込めません。アカウントごとに書き出してください。",
    ics_read: "{}: 今後13か月の予定 {}件",
    ics_bad: "{}行目: {}",
    ics_title: "カレンダーの取り込み",
    ics_hint: ".icsファイルのパス（予定ありとして扱います）",
    calendar_summary: "{}: {}",
    calendar_brief: "事前準備: kenshin brief {}",
    now_word: "いま",
    next_word: "次",
    no_outcome: "結果は？(x)",
    in_minutes: "{}分後",
    since_minutes: "{}分経過",
    note_age_minutes: "{}分前",
    note_age_hours: "{}時間前",
    note_age_days: "{}日前",
    week_word: "週",
    with_automatic: "自動の接点も表示",
    without_automatic: "自動の接点は非表示",
    set_aside: "明日まで保留にしました",
    today_done: "今日の分は完了です。",
    month_format: "%Y年%-m月",
    weekday_key: "{}{}",
    not_moved_past: "過去には移せません",
    ch_cadence: "顧客の今後12か月の接点と、その根拠となる規則",
    ch_calendar: "面談をカレンダーへ書き出す・カレンダーを取り込む",
    ch_export: "合意した面談をiCalendarで書き出す（再取り込みで更新）",
    ch_import: ".icsファイルを予定ありとして取り込む",
    ch_name: "カレンダーの名前（同じ名前は置き換え）",
    ch_out: "書き出すファイル。なければ標準出力",
    ch_planned: "未合意の面談予定も含める",
    ch_account: "一社のみ",
};

impl Strings {
    pub fn touch_kind(&self, kind: crate::domain::cadence::Kind) -> &'static str {
        self.cadence.kinds[kind.index()]
    }

    fn is_ja(&self) -> bool {
        self.cadence.kinds[0] == JA.kinds[0]
    }

    fn lang(&self) -> Lang {
        if self.is_ja() { Lang::Ja } else { Lang::En }
    }

    pub fn every(&self, every: Every) -> String {
        let (i, n) = match every.unit {
            Unit::Days => (0, every.n),
            Unit::Weeks => (1, every.n),
            Unit::Months if every.n.is_multiple_of(12) => (3, every.n / 12),
            Unit::Months => (2, every.n),
        };
        if n == 1 {
            self.cadence.every_day[i].to_owned()
        } else {
            fill(self.cadence.every_days[i], &[&n])
        }
    }

    /// "second Tue, every 2 months, 10:00"
    pub fn recurrence(&self, r: &Recurrence) -> String {
        let w = &self.cadence;
        let day = |d: Weekday| self.weekdays[d.num_days_from_monday() as usize];
        let often = |template: &str| {
            if r.every > 1 {
                fill(template, &[&r.every])
            } else {
                String::new()
            }
        };
        let words = match r.on {
            On::Week { weekday } => {
                let every = if r.every > 1 {
                    often(w.on_weeks)
                } else {
                    format!(
                        "{}{}",
                        if self.is_ja() { "・" } else { " " },
                        w.every_day[1]
                    )
                };
                fill(w.on_week, &[&day(weekday), &every])
            }
            On::Nth { nth, weekday } => fill(
                w.on_nth,
                &[
                    &w.nths[usize::try_from(nth).unwrap_or(0).min(5)],
                    &day(weekday),
                    &often(w.on_months),
                ],
            ),
            On::Day { day } => fill(w.on_day, &[&day, &often(w.on_months)])
                .trim_end()
                .to_owned(),
        };
        match r.time {
            Some(time) => format!("{words} {}", time.format("%H:%M")),
            None => words,
        }
    }

    /// Why a touch is in the plan.
    pub fn rule(&self, p: &Planned, agreed: Option<&Recurrence>) -> String {
        let w = &self.cadence;
        match p.rule {
            Rule::Interval { every, tier, stage } => fill(
                w.r_interval,
                &[&self.every(every), &self.tier(tier), &self.stage(stage)],
            ),
            Rule::Deviation { every } => fill(w.r_deviation, &[&self.every(every)]),
            Rule::Preference { every } => fill(w.r_preference, &[&self.every(every)]),
            Rule::Recurrence => fill(
                w.r_recurrence,
                &[&agreed.map(|r| self.recurrence(r)).unwrap_or_default()],
            ),
            Rule::Onboarding { day } => fill(w.r_onboarding, &[&day]),
            Rule::Renewal { days } => fill(w.r_renewal, &[&days]),
            Rule::Trouble { every } => fill(w.r_trouble, &[&self.every(every)]),
            Rule::Floor { days } => fill(w.r_floor, &[&days]),
            Rule::Paused => w.r_paused.to_owned(),
            Rule::Promoter => w.r_promoter.to_owned(),
            Rule::Milestone => w.r_milestone.to_owned(),
            Rule::HealthyReview => w.r_review.to_owned(),
            Rule::Growing => w.r_growing.to_owned(),
            Rule::Agreed => w.r_agreed.to_owned(),
        }
    }

    /// How a touch stands, in few words; none when it lies ahead.
    pub fn due_words(&self, p: &Planned, today: NaiveDate) -> Option<String> {
        match p.due(today) {
            Due::Ahead => None,
            Due::Due => Some(fill(
                self.cadence.due_since,
                &[&(today - p.ideal).num_days()],
            )),
            Due::Late => Some(fill(
                self.cadence.late_by,
                &[&(today - p.latest).num_days()],
            )),
        }
    }

    pub fn shut(&self, shut: &Shut) -> String {
        let w = &self.cadence;
        match shut {
            Shut::Weekend => w.shut_weekend.to_owned(),
            Shut::Holiday(name) if self.is_ja() => name.clone(),
            Shut::Holiday(name) => holiday(name),
            Shut::Closure(words) => self.lang().pick(words).to_owned(),
            Shut::Absence => w.shut_absence.to_owned(),
            Shut::Blackout(reason) if reason.is_empty() => fill(w.shut_blackout, &[&"—"]),
            Shut::Blackout(reason) => fill(w.shut_blackout, &[reason]),
        }
    }

    pub fn block(&self, block: &Block) -> String {
        let w = &self.cadence;
        match block {
            Block::OptedOut { message } => fill(w.b_opted, &[&w.messages[message.index()]]),
            Block::NobodyLeft { message } => fill(w.b_nobody, &[&w.messages[message.index()]]),
            Block::TooOften { message, frequency } => fill(
                w.b_often,
                &[
                    &w.messages[message.index()],
                    &w.frequencies[frequency.index()],
                ],
            ),
            Block::Cap { cap } => fill(w.b_cap, &[cap]),
            Block::Quiet { from, to } => {
                fill(w.b_quiet, &[&from.format("%H:%M"), &to.format("%H:%M")])
            }
        }
    }

    /// What speaks against a moment; `name` tells accounts.
    pub fn conflict(
        &self,
        conflict: &Conflict,
        name: impl Fn(&crate::domain::ids::AccountId) -> String,
    ) -> String {
        let w = &self.cadence;
        match conflict {
            Conflict::Shut(shut) => self.shut(shut),
            Conflict::OurHours => w.c_ours.to_owned(),
            Conflict::TheirHours => w.c_theirs.to_owned(),
            Conflict::Preference(block) => self.block(block),
            Conflict::Busy(title) => fill(w.c_busy, &[title]),
            Conflict::Meeting(account) => fill(w.c_meeting, &[&name(account)]),
        }
    }

    pub fn advice_evidence(&self, e: &Evidence) -> String {
        let w = &self.cadence;
        match e {
            Evidence::Declined { count, of } => ordered(w.e_declined, &[&count, &of]),
            Evidence::NoShow { count, of } => ordered(w.e_no_show, &[&count, &of]),
            Evidence::Moved { count, of } => ordered(w.e_moved, &[&count, &of]),
            Evidence::Attended { count } => fill(w.e_attended, &[count]),
            Evidence::Warm { sentiment, talks } => {
                ordered(w.e_warm, &[&self.sentiment(*sentiment), talks])
            }
            Evidence::Green { change } => fill(w.e_green, &[&signed(i64::from(*change))]),
            Evidence::Quiet => w.e_quiet.to_owned(),
            Evidence::Goal { text, due } => fill(w.e_goal, &[text, due]),
        }
    }

    /// What a suggestion would change, and what it rests on.
    pub fn suggestion(&self, s: &Suggestion) -> String {
        let w = &self.cadence;
        let from = s.from.map(|e| self.every(e)).unwrap_or_default();
        let to = match s.to {
            Some(to) => fill(w.s_to, &[&from, &self.every(to)]),
            None => fill(w.s_mail, &[&from]),
        };
        let evidence: Vec<String> = s.evidence.iter().map(|e| self.advice_evidence(e)).collect();
        format!("{to} ({})", evidence.join(self.list_comma))
    }
}

/// As [`fill`], where a language needs its values in another order: `{1}` is the second.
pub fn ordered(template: &str, values: &[&dyn std::fmt::Display]) -> String {
    if !template.contains("{0}") && !template.contains("{1}") {
        return fill(template, values);
    }
    values
        .iter()
        .enumerate()
        .fold(template.to_owned(), |text, (i, v)| {
            text.replace(&format!("{{{i}}}"), &v.to_string())
        })
}

/// A Japanese holiday in English; a name of one's own stays as it is.
fn holiday(name: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_holiday_has_a_name_in_english() {
        let config = crate::config::Config::load(None).0;
        for name in config.cadence.holidays.values() {
            assert!(holiday(name).is_ascii(), "{name}");
        }
        assert_eq!(
            holiday("憲法記念日 振替休日"),
            "Constitution Day (observed)"
        );
        assert_eq!(holiday("創立記念日"), "創立記念日");
    }
}
