//! The words of the account: its fields, people, tickets and usage.

use super::{Lang, labels, words};
use crate::domain::colleague::{People, Person, Role};

words! {
    edit_contact: "Edit person", "お客様担当者の編集";
    add_contact: "New person", "お客様担当者の追加";
    opened_on: "opened", "受付";
    solved_on: "solved", "解決";
    field_name: "Name", "氏名";
    field_reading: "Reading", "フリガナ";
    field_title: "Title", "役職";
    field_role: "Role", "役割";
    field_email: "Email", "メール";
    field_phone: "Phone", "電話";
    field_channel: "Channel", "連絡手段";
    field_since: "Since", "変更日";
    renewal_in(days): "renews in {days}d", "更新まで{days}日";
    by_contracts(value, stated): "{value} by contract (account: {stated})", "{value}（契約より。アカウント欄は {stated}）";
    notice_until(day, days): "notice by {day} ({days}d)", "解約通知期限 {day}（あと{days}日）";
    notice_over(day): "notice ended {day}", "解約通知期限 {day} は終了";
    renewal_past(days): "overdue by {days}d", "更新日を{days}日超過";
    last_touch: "last touch", "最終連絡";
    last_seen: "last seen", "最終利用";
    resolution: "Resolution", "解決内容";
    deals: "Deals", "商談";
    more_deals(hidden): "{hidden} more deal{hidden:#}", "ほか{hidden}件の商談";
    likely(percent): "{percent}%", "確度{percent}%";
    loading: "loading…", "読み込み中…";
    usage: "Usage", "利用状況";
    metric: "Daily average", "日平均";
    this_period(days): "last {days} d", "直近{days}日";
    previous_period: "before", "前期間";
    year_before: "last year", "前年";
    change: "change", "増減";
    no_usage: "No usage data. Import it with kenshin import usage.csv", "利用データがありません。kenshin import usage.csv で取り込めます。";
    active_of_seats(active, seats, percent): "On busy days {active} of {seats} seats ({percent}%)", "多い日で{active}人／{seats}席が利用（{percent}%）";
    features: "Features", "機能";
    weekly_mean: "7-day avg", "7日平均";
    peers_hint: "t period · m calendar · j/k metric", "t 期間 · m カレンダー · j/k 指標";
    no_tickets: "No tickets. Press I to import them.", "チケットはありません。I で取り込めます。";
    age_days(days): "{days} d", "{days}日";
    repeats: "Recurring", "繰り返し";
    no_timeline: "No history yet", "まだ履歴がありません";
    no_people: "No people yet. Press A to add one.", "お客様担当者はまだいません。A で追加できます。";
    no_actions: "No actions yet. Press a to add one.", "アクションはまだありません。a で追加できます。";
    no_notes: "No notes yet. Press n to write one.", "メモはまだありません。n で書けます。";
    history: "Score history", "スコアの推移";
    this_line: "this period", "この期間";
    before_line: "before", "前期間";
    more_below(hidden): "{hidden} more below", "ほか{hidden}件";
    people_hint: "support: Ann Lee <ann@aoba.example> 9:00-17:30; sponsor: …", "サポート: 鈴木 健 <suzuki@aoba.example> 9:00-17:30; 営業担当: …";
    only_from_files: "Comes from imported files and cannot be edited here", "取り込んだファイルの値のため、ここでは編集できません";
    only_usage: "Only on the Usage tab", "利用状況タブで使えます";
    rules_changed(date): "△ new rules {date}", "△ {date} 基準変更";
    field_topic: "Topic", "種類";
    field_happened: "What happened", "出来事";
    field_source: "Source", "出典";
    source_hint: "press, email, who told you", "報道・メール・話した方";
    field_happened_on: "Date", "日付";
    context_of(name): "Business context: {name}", "{name}の事業の動き";
    turn(date, before, after, percent): "shifted {date}: {before} → {after} ({percent}%)", "水準の変化 {date}: {before} → {after}（{percent}%）";
    odd_day(date, value, expected): "outlier {date}: {value}, expected {expected}", "外れ値 {date}: {value}（想定{expected}）";
    they_come(often): "used {often}", "利用頻度: {often}";
    peers: "peers", "同ティア";
    happened_missing: "Enter what happened", "出来事を入力してください";
    calendar_legend: "· none  ░▒▓█ low to high", "· なし  ░▒▓█ 少→多";
    spaced(days): "every {days} d", "{days}日ごと";
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
        Sponsor: "exec sponsor", "スポンサー";
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
        Meeting: "meeting", "面談";
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
    words for crate::domain::facts::deal::DealKind {
        New: "new business", "新規";
        Renewal: "renewal", "更新";
        Expansion: "expansion", "拡張";
    }
}

labels! {
    words for crate::domain::facts::deal::DealState {
        Open: "open", "進行中";
        Won: "won", "受注";
        Lost: "lost", "失注";
    }
}

labels! {
    words for crate::domain::timeline::Kind {
        Note: "note", "メモ";
        Checkin: "check-in", "チェックイン";
        Touch: "contact", "連絡";
        Ticket: "ticket", "チケット";
        Survey: "survey", "アンケート";
        Outcome: "outcome", "結果";
        Action: "action", "アクション";
        Subscription: "subscription", "契約";
        Deal: "deal", "商談";
    }
}

labels! {
    words for crate::domain::facts::outcome::OutcomeKind {
        Renewed: "renewed", "更新";
        Expanded: "expanded", "拡張";
        Downgraded: "downgraded", "縮小";
        Churned: "churned", "解約";
        Extended: "extended", "延長";
    }
}

labels! {
    words for crate::domain::facts::outcome::Cause {
        Fit: "product fit", "製品が合わない";
        Service: "service", "サービスの質";
        Value: "value not seen", "効果が出ない";
        Price: "price", "価格";
        Situation: "their situation", "先方の事情";
    }
}

labels! {
    words for crate::domain::account_field::AccountField {
        Name: "Name", "名前";
        Reading: "Reading", "フリガナ";
        Domain: "Domain", "ドメイン";
        Industry: "Industry", "業種";
        Country: "Country", "国";
        Tier: "Tier", "ティア";
        Stage: "Stage", "ステージ";
        Owner: "Owner", "担当CSM";
        People: "Our people", "社内の担当者";
        Arr: "ARR", "ARR";
        Start: "Contract start", "契約開始日";
        Renewal: "Renewal", "更新日";
        Term: "Term (months)", "契約期間（月）";
        Seats: "Seats", "席数";
        Plan: "Plan", "プラン";
        Tags: "Tags", "タグ";
        Employees: "Employees", "従業員数";
        Escalated: "Escalated", "エスカレ中";
    }
}

/// Our people for an account, by their roles.
pub fn people(lang: Lang, people: &People) -> String {
    let one = |(role, person): (Role, &Person)| format!("{}: {person}", role.words(lang));
    let all: Vec<String> = people.all().map(one).collect();
    all.join("; ")
}

labels! {
    words for Role {
        Csm: "CSM", "CSM";
        Manager: "manager", "上長";
        AccountManager: "account manager", "営業担当";
        Implementation: "implementation", "導入担当";
        Support: "support", "サポート";
        Product: "product", "プロダクト";
        Sponsor: "sponsor", "役員スポンサー";
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
        Remark: "remark", "社内コメント";
    }
}
