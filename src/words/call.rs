//! The words of a check-in: agenda, live call and wrap-up.

use super::{Lang, labels, words};
use crate::domain::checkin::State;

words! {
    note_missing(parts): "Saved. Missing from the note: {parts}", "保存しました。メモの不足: {parts}";
    wrap_up_waits: "Finish the wrap-up later from Check-ins", "締めくくりはチェックイン一覧から再開できます";
    call_goes_on(name): "The call with {name} continues; 3 returns to it", "{name}との通話は続いています。3 で戻れます";
    extended: "Extended by 5 minutes", "5分延長しました";
    last_section: "Last section. F10 ends the call.", "最後のセクションです。F10 で終了します。";
    first_section: "First section", "最初のセクションです";
    agenda_empty: "The agenda has no sections", "アジェンダにセクションがありません";
    sentiment_title: "Sentiment", "感情";
    choose_template(name): "Check-in type for {name}", "{name}とのチェックインの種類";
    minutes(minutes): "{minutes} min", "{minutes}分";
    wrap_up_of(name): "Wrap-up: {name}", "締めくくり: {name}";
    field_attendees: "Attendees", "参加者";
    field_judgement: "Your rating", "あなたの評価";
    field_next: "Next check-in", "次回チェックイン";
    field_helpful: "Was it helpful?", "役立ちましたか";
    field_escalate: "Escalate to", "エスカレーション先";
    field_expansion: "Expansion", "拡張の機会";
    call_runs(name): "Call with {name} in progress. 3 returns to it, Ctrl-Q quits.", "{name}との通話中です。3 で戻る、Ctrl-Q で終了。";
    wrap_up_keys: "Ctrl-S done · Esc later · F7 call · Tab next · Ctrl-N new · Ctrl-X drop · ←→", "Ctrl-S 完了 · Esc 後で · F7 通話 · Enter 次 · Ctrl-N 追加 · Ctrl-X 外す · ←→";
    resume_title: "Interrupted check-in", "中断したチェックイン";
    resume_text(name, when): "The check-in with {name} ({when}) was interrupted.", "{name}とのチェックイン（{when}）が中断されています。";
    resume_keys: "Enter resume · Esc later (stays under Check-ins)", "Enter 再開 · Esc 後で（チェックイン一覧に残ります）";
    no_checkins: "No check-ins yet. Press c on an account to start one.", "チェックインはまだありません。アカウントで c を押すと開始できます。";
    agenda_of(name): "Agenda · {name}", "アジェンダ · {name}";
    live_state: "live", "進行中";
    paused_state: "paused", "一時停止";
    ended_state: "note pending", "メモ未作成";
    done_state: "done", "完了";
    planned_state: "planned", "予定";
    left_word: "left", "残り";
    over_word: "over", "超過";
    asks: "Prompt", "声かけ";
    complete_note: "Check-in note", "チェックインメモ";
    missing_parts: "missing", "不足";
    ago_minutes(minutes): "{minutes} min ago", "{minutes}分前";
    ago_hours(minutes): "{minutes} h ago", "{minutes}時間前";
    parts_of(filled, full): "{filled} of {full} parts", "記入 {filled}/{full}";
    agenda_total(length, least, most): "{length} min ({least}–{most})", "{length}分（{least}–{most}分）";
    agenda_over(over): "{over} too long: r fits it", "{over}超過: r で調整";
    agenda_under(left): "{left} left: r hands it out", "残り{left}: r で配分";
    fitted(length): "The sections add up to {length} min", "セクションの合計を{length}分にしました";
    not_fitted: "The sections cannot add up to that: their ranges are too narrow", "各セクションの範囲では、その長さにできません";
    draft_endless: "Cannot write the draft: its template never ends. Mend it in messages.toml", "ひな形の処理が終わらないため、下書きを作成できません。messages.toml を直してください";
    draft_too_long(limit): "Cannot write the draft: it gets longer than {limit} MiB. Mend its template in messages.toml", "下書きが {limit} MiB を超えるため作成できません。messages.toml のひな形を直してください";
    draft_wrong(reason): "Cannot write the draft: {reason}. Mend its template in messages.toml", "下書きを作成できません（{reason}）。messages.toml のひな形を直してください";
    draft_lacks(field): "Cannot write the draft: no value for `{field}`", "`{field}` の値がないため、下書きを作成できません";
    not_a_time: "Not a time: try 10:30, yesterday 15:00 or 2026-11-20 15:00", "日時として読み取れません（例: 10:30、昨日 15:00、2026-11-20 15:00）";
    action_lacks: "Who, and by when? @owner ^date. Ctrl-S again saves it as it is", "担当と期日は？ @担当 ^期日。Ctrl-S をもう一度でこのまま保存";
    which_one(names): "Which one: {names}? Ctrl-S again saves it as it is", "どなたですか: {names}。Ctrl-S をもう一度でこのまま保存";
    really_no_action: "No actions? Ctrl-N adds one, Ctrl-S again finishes without", "アクションなしで完了しますか？ Ctrl-N で追加、Ctrl-S でこのまま完了";
    escalate_to(team, name): "Get an answer from {team} on {name}", "{name}の件で{team}の回答を得る";
    late_word: "overdue", "期限超過";
    no_lesson: "Recent calls suggest no change of times", "最近の通話から提案できる時間配分はありません";
    no_call: "No call in progress", "通話中ではありません";
    replan_title(left): "Time left: {left}", "残り時間: {left}";
    replan_keys: "Enter apply · Esc cancel", "Enter 適用 · Esc キャンセル";
    replan_short(missing): "{missing} short even at the minimum: skip a section (Alt-c)", "最短でも{missing}足りません。セクションを外してください（Alt-c）";
    replan_same: "On schedule: nothing to change", "予定どおりです。変更はありません";
    replanned: "Time left re-planned", "残り時間を配分し直しました";
    late_hint: "Behind schedule: Alt-r re-plans the time left", "遅れています。Alt-r で残り時間を配分し直せます";
    leave_title: "Customer must leave at", "お客様の退出時刻";
    leave_hint: "10:45 · +20 (minutes from now) · empty for none", "10:45 · +20（今から20分後） · 空欄でなし";
    leave_word(at): "leaves {at}", "{at} 退出";
    leaves_in(minutes): "Customer leaves in {minutes} min", "あと{minutes}分でお客様が退出されます";
    section_name: "Section name and minutes: pricing 5", "セクション名と分: 料金 5";
    add_section: "New section", "セクションの追加";
    cut(section): "Skipped: {section}", "外しました: {section}";
    restored(section): "Restored: {section}", "戻しました: {section}";
    dismissed(words): "No longer a warning: {words}", "今後は警告しません: {words}";
    nothing_heard: "No warning on this line", "この行に警告はありません";
    heard_ask: "ask", "質問";
    lesson_line(took, planned, plan): "recently {took} of {planned} min: t sets {plan}", "最近の実績 {took}分（予定 {planned}分）: t で{plan}分に";
    only_mark(mark): "only: {mark}", "絞り込み: {mark}";
    at_hand_title(name): "Account: {name}", "アカウント情報: {name}";
    at_hand_keys: "j/k scroll · Alt-i or Esc back to call", "j/k スクロール · Alt-i か Esc で通話に戻る";
    outputs_title: "Send or save", "送付・保存";
    out_md: "Copy note as Markdown", "メモを Markdown でコピー";
    out_crm: "Copy note for CRM", "メモを CRM 用にコピー";
    out_minutes: "Copy minutes", "議事録をコピー";
    preview_title(allowed, held): "Email to the customer: {allowed} allowed, {held} stay inside", "お客様へのメール — 許可 {allowed}行、社内のみ {held}行";
    preview_allowed: "goes to the customer", "お客様に送る";
    preview_unticked: "stays inside — choose it to send it", "社内のみ（選ぶと送る）";
    preview_inside(mark): "{mark}: stays inside", "{mark}：社内のみ";
    preview_company: "Set our company…", "自社名を設定する…";
    preview_company_why: "to sign with it; written to desk.toml", "署名に使います（desk.toml に保存）";
    company_title: "Our company", "自社名";
    company_hint: "as mails to customers name it", "お客様へのメールでの名乗り";
    colleague_title(team): "Who takes it at {team}?", "{team}の宛先";
    colleague_hint: "Name <mail> 9:00-17:30 · empty: the team", "名前 <メール> 9:00-17:30 · 空欄: チーム宛て";
    escalation_off(name, from, to): "{name}, off now, works {from}–{to}", "{name}（時間外、勤務 {from}–{to}）";
    remembered(path): "Written to {path}", "{path} に保存しました";
    mail_city(city): " ({city} time)", "（{city}時間）";
    mail_both(ours, day, time): " (there; {ours} {day}{time})", "（現地時間。{ours}では{day}{time}）";
    mail_day(weekday, day): "{weekday} {day}", "{day}（{weekday}）";
    japan_time: "Japan time", "日本時間";
    our_time: "our time", "弊社の時間";
    preview_personal: "personal — choose it to send it", "私事のようです（選ぶと送る）";
    preview_pending: "no answer yet — choose it to send it", "まだ回答がありません（選ぶと送る）";
    preview_personal_in: "personal, in the paper", "私事（載せる）";
    preview_personal_out: "personal — choose it to put it in", "私事（選ぶと載せる）";
    preview_paper_title(out): "For colleagues: {out} left out as personal", "社内向け — 私事に関わる{out}行は載せない";
    preview_inner: "sounds internal — choose it to send it", "社内向けの内容のようです（選ぶと送る）";
    mail_moment(day, time, zone): "{day} at {time}{zone}", "{day}{time}{zone}";
    out_mail: "Copy email to customer", "お客様へのメールをコピー";
    out_eml: "Save email to customer (.eml)", "お客様へのメールを保存（.eml）";
    out_html: "Save note as a page (.html)", "メモをページとして保存（.html）";
    out_json: "Save note as data (.json)", "メモをデータとして保存（.json）";
    out_ics: "Save actions as calendar to-dos (.ics)", "アクションをカレンダー用に保存（.ics）";
    out_csv: "Save actions as a table (.csv)", "アクションを表として保存（.csv）";
    out_escalation(team): "Copy escalation to {team}", "{team}へのエスカレーションをコピー";
    pasted_same(when): "in CRM since {when}, unchanged", "CRM に貼り付け済み（{when}、以後変更なし）";
    pasted_changed(when): "changed since pasted into CRM ({when})", "CRM への貼り付け後に変更あり（{when}）";
    templates_title: "Templates", "テンプレート";
    phrases_read(count): "Warning phrases reloaded ({count})", "警告フレーズを再読み込みしました（{count}件）";
    start_at_title: "Agreed start time", "お約束の開始時刻";
    start_at_hint: "10:00 · empty for none; a late start keeps the agreed end", "10:00 · 空欄でなし。遅れて始めても終了時刻は変わりません";
    starts_word(at): "starts {at}", "{at} 開始予定";
    started_late(minutes): "started {minutes} min late", "{minutes}分遅れて開始";
    cut_title: "Skip or restore a section", "セクションを外す・戻す";
    cut_here: "now", "現在";
    cut_out: "skipped", "除外";
    restored_word(words): "A warning again: {words}", "再び警告します: {words}";
    heard_dismiss: "Alt-w not a warning", "Alt-w 警告しない";
    call_running(name): "A call with {name} is in progress. Enter again starts this one; 3 returns to it.", "{name}との通話中です。もう一度 Enter で開始、3 で通話一覧。";
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
        Watch: "watch", "様子見";
        AtRisk: "concerned", "懸念";
    }
}

labels! {
    words for crate::domain::checkin::wrapup::Team {
        Product: "product", "プロダクト";
        Sales: "sales", "営業";
        Support: "support", "サポート";
        Executives: "executives", "経営層";
    }
}

labels! {
    words for crate::domain::checkin::Mark {
        Action: "action", "アクション";
        Quote: "quote", "発言";
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
        Topics: "topics", "議題";
        Insights: "insights or concerns", "気づき・懸念";
        Quotes: "customer quote", "お客様の発言";
        Actions: "actions with a due date", "期日つきアクション";
        NextSteps: "next check-in", "次回チェックイン";
        Judgement: "your rating", "あなたの評価";
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
