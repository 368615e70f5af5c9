//! The words of the account: its fields, people, tickets and usage.

use super::{labels, words};

words! {
    edit_contact: "Edit person", "お客様担当者の編集";
    add_contact: "New person", "新しいお客様担当者";
    opened_on: "opened", "受付";
    solved_on: "solved", "解決";
    field_name: "Name", "名前";
    field_reading: "Reading", "フリガナ";
    field_title: "Title", "役職";
    field_role: "Role", "役割";
    field_email: "Email", "メール";
    field_phone: "Phone", "電話";
    field_channel: "Prefers", "連絡手段";
    field_since: "Since", "変更日";
    renewal_in(days): "renews in {days}d", "更新まで{days}日";
    renewal_past(days): "was due {days}d ago", "更新日を{days}日経過";
    last_touch: "last touch", "最終連絡";
    loading: "loading…", "読み込み中…";
    usage: "Usage", "利用状況";
    metric: "Daily mean", "日平均";
    this_period(days): "last {days} d", "直近{days}日";
    previous_period: "before", "その前";
    year_before: "year before", "前年";
    change: "change", "増減";
    no_usage: "No usage data. Import it with kenshin import usage.csv", "利用データがありません。kenshin import usage.csv で取り込めます";
    active_of_seats(active, seats, seats_2): "Active users: {active} of {seats} seats ({seats_2}%)", "アクティブユーザー {active}人／{seats}席（{seats_2}%）";
    features: "Features", "機能";
    weekly_mean: "7-day mean", "7日平均";
    peers_hint: "t span · m calendar · j/k metric", "t 期間 · m カレンダー · j/k 指標";
    no_tickets: "No tickets. Press I to import them.", "チケットはありません。I で取り込めます。";
    age_days(now): "{now} d", "{now}日";
    repeats: "Again and again", "繰り返し";
    no_timeline: "Nothing has happened yet", "まだ記録がありません";
    no_people: "No people yet. Press A to add one.", "お客様の担当者はまだいません。A で追加します。";
    no_actions: "No actions yet. Press a to add one.", "アクションはまだありません。a で追加します。";
    no_notes: "No notes yet. Press n to write one.", "メモはまだありません。n で書けます。";
    history: "Score history", "スコアの推移";
    this_line: "this period", "この期間";
    before_line: "the one before", "その前";
    more_below(hidden): "{hidden} more below", "ほか{hidden}件";
    only_usage: "This belongs to the tab Usage", "利用タブで使えます";
    rules_changed(today): "△ new rules {today}", "△ {today} 基準変更";
    field_topic: "What", "種類";
    field_happened: "What happened", "出来事";
    field_source: "Source", "出典";
    source_hint: "press, mail, who said so", "報道・メール・誰から";
    field_happened_on: "On", "日付";
    context_of(name): "Business of {name}", "{name}の事業の動き";
    turn(today, before, after, percent): "turned {today}: {before} → {after} ({percent}%)", "転換 {today}: {before} → {after}（{percent}%）";
    odd_day(today, value, expected): "odd {today}: {value} instead of {expected}", "異例 {today}: {value}（通常{expected}）";
    they_come(often): "they come {often}", "利用頻度: {often}";
    peers: "peers", "同ティア";
    happened_missing: "Say what happened.", "出来事を入力してください。";
    calendar_legend: "· none  ░▒▓█ little to much", "· なし  ░▒▓█ 少→多";
    spaced(gap): "a number every {gap} days", "{gap}日ごとの値";
}

labels! {
    words for crate::domain::account::Tier {
        Enterprise: "Enterprise", "エンタープライズ";
        MidMarket: "Mid-market", "ミッドマーケット";
        Smb: "SMB", "SMB";
        TechTouch: "Tech-touch", "テックタッチ";
    }
}

labels! {
    words for crate::domain::account::Stage {
        Onboarding: "Onboarding", "オンボーディング";
        Adoption: "Adoption", "アダプション";
        Growth: "Growth", "成長・維持";
        Renewal: "Renewal", "更新";
        Advocacy: "Advocacy", "アドボカシー";
    }
}

labels! {
    words for crate::domain::contact::Role {
        Champion: "champion", "チャンピオン";
        Sponsor: "executive sponsor", "スポンサー";
        Decision: "decision maker", "決裁者";
        Admin: "admin", "管理者";
        User: "end user", "利用者";
        Billing: "billing", "経理";
    }
}

labels! {
    words for crate::domain::contact::Status {
        Active: "active", "在籍";
        Left: "left", "退職";
        Moved: "changed role", "異動";
    }
}

labels! {
    words for crate::domain::contact::Channel {
        Email: "email", "メール";
        Phone: "phone", "電話";
        Chat: "chat", "チャット";
        Meeting: "meeting", "会議";
    }
}

labels! {
    words for crate::domain::facts::ticket::Status {
        Open: "open", "未解決";
        Pending: "pending", "保留";
        Solved: "solved", "解決";
        Closed: "closed", "完了";
    }
}

labels! {
    words for crate::domain::facts::ticket::Priority {
        Urgent: "urgent", "緊急";
        High: "high", "高";
        Normal: "normal", "中";
        Low: "low", "低";
    }
}

labels! {
    words for crate::domain::timeline::Kind {
        Note: "note", "メモ";
        Checkin: "check-in", "チェックイン";
        Touch: "contact", "やり取り";
        Ticket: "ticket", "チケット";
        Survey: "survey", "アンケート";
        Outcome: "outcome", "結果";
        Action: "action", "アクション";
        Subscription: "subscription", "契約";
    }
}

labels! {
    words for crate::domain::facts::feedback::OutcomeKind {
        Renewed: "renewed", "更新";
        Expanded: "expanded", "拡張";
        Downgraded: "downgraded", "縮小";
        Churned: "churned", "解約";
    }
}

labels! {
    words for crate::domain::account_field::AccountField {
        Name: "Name", "名前";
        Reading: "Reading", "フリガナ";
        Domain: "Domain", "ドメイン";
        Industry: "Industry", "業種";
        Tier: "Tier", "ティア";
        Stage: "Stage", "ステージ";
        Owner: "Owner", "担当CSM";
        Arr: "ARR", "ARR";
        Start: "Contract start", "契約開始日";
        Renewal: "Renewal", "更新日";
        Term: "Term (months)", "契約期間（月）";
        Seats: "Seats", "席数";
        Plan: "Plan", "プラン";
        Tags: "Tags", "タグ";
        Escalated: "Escalated", "エスカレ中";
    }
}

labels! {
    words for crate::domain::note::Topic {
        Funding: "funding", "資金調達";
        Growth: "growth", "成長";
        Leadership: "leadership change", "経営陣の交代";
        Launch: "product or market launch", "新製品・新市場";
        Industry: "industry trend", "業界の動向";
        Competitor: "competitor move", "競合の動き";
        Layoffs: "layoffs", "人員削減";
        Pivot: "pivot", "方針転換";
        Merger: "merger or acquisition", "合併・買収";
        Remark: "remark", "社内の声";
    }
}
