//! The words of a check-in: agenda, live call and wrap-up.

use super::{Lang, labels, words};
use crate::domain::checkin::State;

words! {
    note_missing(list_comma): "Saved. The note lacks: {list_comma}", "保存しました。足りないもの: {list_comma}";
    wrap_up_waits: "The wrap-up waits under Check-ins", "締めくくりはチェックイン一覧で待っています";
    call_goes_on(name): "The call with {name} goes on; 3 brings you back", "{name}との通話は続いています。3 で戻れます";
    extended: "Five minutes more", "5分延長しました";
    last_section: "This is the last section. F10 ends the call.", "最後のセクションです。F10 で終了します。";
    first_section: "This is the first section", "最初のセクションです";
    agenda_empty: "The agenda has no section", "アジェンダにセクションがありません";
    sentiment_title: "Sentiment", "感情";
    choose_template(name): "Which check-in with {name}?", "{name}とのチェックインの種類";
    minutes(planned): "{planned} min", "{planned}分";
    wrap_up_of(name): "Wrap-up: {name}", "締めくくり: {name}";
    field_attendees: "Attendees", "参加者";
    field_judgement: "Your judgement", "あなたの判断";
    field_next: "Next check-in", "次回チェックイン";
    field_helpful: "Was it helpful?", "役立ちましたか";
    field_escalate: "Escalate to", "エスカレーション先";
    field_expansion: "Expansion", "拡張の機会";
    call_runs(name): "The call with {name} is running. 3 goes back to it, Ctrl-Q quits.", "{name}との通話中です。3 で戻る、Ctrl-Q で終了。";
    wrap_up_keys: "Ctrl-S done · Esc later · F7 call · Tab next · Ctrl-N new · Ctrl-X drop · ←→", "Ctrl-S 完了 · Esc 後で · F7 通話 · Enter 次 · Ctrl-N 追加 · Ctrl-X 外す · ←→";
    resume_title: "Interrupted check-in", "中断したチェックイン";
    resume_text(name, when): "The check-in with {name} from {when} is not finished.", "{name}とのチェックイン（{when}）が終わっていません。";
    resume_keys: "Enter go on · Esc later (it stays under Check-ins)", "Enter 続ける · Esc あとで（チェックイン一覧に残ります）";
    no_checkins: "No check-ins yet. Press c on an account to start one.", "チェックインはまだありません。アカウントで c を押すと始まります。";
    agenda_of(name): "Agenda · {name}", "アジェンダ · {name}";
    live_state: "live", "進行中";
    paused_state: "paused", "一時停止";
    ended_state: "awaiting a note", "記録待ち";
    done_state: "done", "完了";
    planned_state: "planned", "予定";
    left_word: "left", "残り";
    over_word: "over", "超過";
    asks: "Words", "声かけ";
    complete_note: "Check-in note", "チェックイン記録";
    missing_parts: "missing", "不足";
    ago_minutes(minutes): "{minutes} min ago", "{minutes}分前";
    ago_hours(minutes): "{minutes} h ago", "{minutes}時間前";
    parts_of(missing, full): "{missing} of {full} parts", "記入 {missing}/{full}";
    agenda_total(planned, most): "{planned} min planned, at most {most}", "予定 {planned}分・最長 {most}分";
    draft_lacks(id): "The draft needs a value for `{id}`", "下書きに必要な値がありません: {id}";
    not_a_time: "Not a time (10:30, yesterday 15:00, 2026-11-20 15:00)", "日時として読めません（10:30、昨日 15:00、2026-11-20 15:00）";
    action_lacks: "Who, by when? @owner ^date. Ctrl-S again leaves it open", "担当と期日は？ @担当 ^期日。Ctrl-S をもう一度でこのまま残します";
    really_no_action: "No action at all, really? Ctrl-N adds one, Ctrl-S again finishes without", "アクションなしで本当によいですか？ Ctrl-N で追加、Ctrl-S でこのまま完了";
    escalate_to(team, name): "{team} to answer on {name}", "{team}の回答待ち（{name}）";
    late_word: "overdue", "期限超過";
    no_lesson: "The last calls do not say so", "最近の通話からは提案がありません";
    no_call: "No call is running", "通話中ではありません";
    replan_title(left): "The time left: {left}", "残り時間: {left}";
    replan_keys: "Enter apply · Esc leave as it is", "Enter 適用 · Esc そのまま";
    replan_short(plan): "{plan} are missing even at the shortest: leave something out (Alt-C)", "最短でも{plan}足りません。どれかを外してください（Alt-C）";
    replan_same: "All is on time: nothing to change", "予定どおりです。変更はありません";
    replanned: "Planned anew", "配分し直しました";
    late_hint: "Behind time: Alt-R plans the rest anew", "遅れています: Alt-R で残りを配分し直せます";
    leave_title: "The customer must leave at", "お客様の退出時刻";
    leave_hint: "10:45 · +20 (minutes from now) · empty for none", "10:45 · +20（今から20分後） · 空欄でなし";
    leave_word(at): "leaves {at}", "{at} 退出";
    leaves_in(due): "The customer leaves in {due} min", "あと{due}分でお客様が退出されます";
    section_name: "Name of the section, minutes: pricing 5", "名前と分: 料金 5";
    add_section: "New section", "セクションの追加";
    cut(words): "Left out: {words}", "外しました: {words}";
    restored(words): "Taken in again: {words}", "戻しました: {words}";
    dismissed(words): "Not a warning any more: {words}", "今後は警告しません: {words}";
    nothing_heard: "Nothing is heard in this line", "この行に警告はありません";
    heard_ask: "ask", "聞く";
    lesson_line(took, planned, plan): "took {took} of {planned} min lately: t plans {plan}", "最近の実績 {took}分（予定 {planned}分）: t で{plan}分に";
    only_mark(mark): "only: {mark}", "絞り込み: {mark}";
    at_hand_title(name): "At hand: {name}", "手元の情報: {name}";
    at_hand_keys: "j/k scroll · Alt-I or Esc back to the call", "j/k スクロール · Alt-I か Esc で通話に戻る";
    outputs_title: "What is to come of it?", "どうしますか";
    out_md: "Note as Markdown: copy", "記録を Markdown でコピー";
    out_crm: "Packet for the CRM: copy", "CRM 用にコピー";
    out_minutes: "Minutes: copy", "議事録をコピー";
    out_mail: "Mail to the customer: copy", "お客様へのメールをコピー";
    out_eml: "Mail to the customer: .eml file", "お客様へのメール（.eml ファイル）";
    out_html: "Note as a page: .html file", "記録のページ（.html ファイル）";
    out_json: "Note as data: .json file", "記録のデータ（.json ファイル）";
    out_ics: "Actions for the calendar: .ics file", "アクションをカレンダーへ（.ics ファイル）";
    out_csv: "Actions as a table: .csv file", "アクションの表（.csv ファイル）";
    out_escalation(team): "Escalation to {team}: copy", "{team}へのエスカレーションをコピー";
    pasted_same(what): "in the CRM since {what}, unchanged", "CRM に貼り付け済み（{what}、以後変更なし）";
    pasted_changed(what): "changed since it was put into the CRM ({what})", "CRM に貼り付けた後に変更あり（{what}）";
    templates_title: "Agenda templates", "アジェンダのテンプレート";
    phrases_read(count): "Warning phrases read anew ({count})", "警告フレーズを読み直しました（{count}件）";
    start_at_title: "The talk was agreed for", "お約束の開始時刻";
    start_at_hint: "10:00 · empty for none; a late start keeps the agreed end", "10:00 · 空欄でなし。遅れて始めても終了時刻は動きません";
    starts_word(at): "starts {at}", "{at} 開始予定";
    started_late(what): "began {what} min late", "{what}分遅れて開始";
    cut_title: "Leave out or take back a section", "セクションを外す・戻す";
    cut_here: "now", "現在";
    cut_out: "left out", "外しました";
    restored_word(words): "Heard again from now on: {words}", "今後また警告します: {words}";
    heard_dismiss: "Alt-W not a warning", "Alt-W 警告しない";
    call_running(other): "The call with {other} still runs. Enter again starts this one; 3 goes back to it.", "{other}との通話がまだ進行中です。もう一度Enterで開始、3で通話一覧。";
}

labels! {
    words for crate::domain::checkin::wrapup::Sentiment {
        Frustrated: "frustrated", "苛立ち";
        Disappointed: "disappointed", "落胆";
        Cold: "cold", "冷淡";
        Sceptical: "sceptical", "懐疑的";
        Neutral: "neutral", "普通";
        Engaged: "engaged", "前向き";
        Excited: "excited", "乗り気";
        Enthusiastic: "enthusiastic", "熱心";
    }
}

labels! {
    words for crate::domain::checkin::wrapup::Judgement {
        Good: "good", "良好";
        Watch: "watch", "要観察";
        AtRisk: "at risk", "リスク";
    }
}

labels! {
    words for crate::domain::checkin::wrapup::Team {
        Product: "product", "製品";
        Sales: "sales", "営業";
        Support: "support", "サポート";
        Executives: "executives", "経営層";
    }
}

labels! {
    words for crate::domain::checkin::Mark {
        Action: "action", "アクション";
        Quote: "quote", "引用";
        Risk: "risk", "リスク";
        Opportunity: "opportunity", "機会";
        Feedback: "feedback", "要望";
        Decision: "decision", "決定";
        Question: "question", "質問";
        Private: "private", "非公開";
    }
}

labels! {
    words for crate::domain::checkin::quality::Part {
        Attendees: "attendees", "参加者";
        Topics: "topics", "話題";
        Insights: "insights or concerns", "気づき・懸念";
        Quotes: "a customer quote", "お客様の言葉";
        Actions: "actions with a date", "期日つきアクション";
        NextSteps: "next check-in", "次回";
        Judgement: "your judgement", "あなたの判断";
        Expansion: "expansion", "拡張の機会";
    }
}

labels! {
    words for crate::domain::checkin::Kind {
        Health: "regular", "定期";
        Onboarding: "onboarding", "オンボーディング";
        Review: "review", "レビュー";
        Risk: "risk", "リスク";
        Growth: "growth", "拡張・更新";
    }
}

impl State {
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            State::Planned => planned_state(lang),
            State::Live => live_state(lang),
            State::Paused => paused_state(lang),
            State::Unwritten => ended_state(lang),
            State::Done => done_state(lang),
        }
    }
}
