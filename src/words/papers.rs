//! The words of exported documents: notes and minutes.

use super::words;

words! {
    note_title: "Check-in note", "チェックインメモ";
    note_date: "Date", "日時";
    note_kind: "Type", "種類";
    note_attendees: "Attendees", "参加者";
    note_topics: "Topics", "議題";
    note_quotes: "Customer quotes", "お客様の発言";
    note_insights: "Insights and concerns", "気づき・懸念";
    note_actions: "Actions", "アクション";
    note_next: "Next check-in", "次回チェックイン";
    note_sentiment: "Sentiment", "感情";
    note_judgement: "Rating", "評価";
    note_expansion: "Expansion", "拡張の機会";
    note_escalate: "Escalation", "エスカレーション";
    note_minutes(actual, planned): "{actual} of {planned} min", "{actual} / {planned}分";
    minutes_title: "Minutes", "議事録";
    minutes_marked(mark, line): "[{mark}] {line}", "【{mark}】{line}";
    minutes_subject: "Subject", "件名";
    minutes_theirs: "Customer", "出席者（先方）";
    minutes_ours: "Ours", "出席者（当社）";
    minutes_writer: "Prepared by", "記録者";
    minutes_todo: "Action items", "対応事項";
    minutes_audience: "Distribution", "取扱区分";
    minutes_inside: "internal; review before sending to the customer", "社内用（お客様へお送りする前に内容をご確認ください）";
    note_prep: "Preparation", "準備";
}
