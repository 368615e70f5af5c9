//! The words of what leaves the desk: notes, minutes, drafts.

use super::words;

words! {
    note_title: "Check-in note", "チェックインノート";
    note_date: "Date", "日時";
    note_kind: "Type", "種類";
    note_attendees: "Attendees", "参加者";
    note_topics: "Topics", "話題";
    note_quotes: "Customer quotes", "お客様の言葉";
    note_insights: "Insights and concerns", "気づき・懸念";
    note_actions: "Actions", "アクション";
    note_next: "Next check-in", "次回";
    note_sentiment: "Sentiment", "感情";
    note_judgement: "Judgement", "判断";
    note_expansion: "Expansion", "拡張の機会";
    note_escalate: "Escalation", "エスカレーション";
    note_minutes(div_euclid, div_euclid_2): "{div_euclid} of {div_euclid_2} min", "{div_euclid} / {div_euclid_2}分";
    minutes_title: "Minutes", "議事録";
    minutes_subject: "Subject", "件名";
    minutes_writer: "Minutes by", "記録";
    minutes_todo: "To do", "宿題・対応事項";
    minutes_audience: "For", "取扱";
    minutes_inside: "use in the house; read before you send it to the customer", "社内用（お客様へ送る前に内容をご確認ください）";
    note_prep: "Preparation", "準備";
}
