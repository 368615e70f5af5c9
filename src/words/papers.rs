//! The words of exported documents: notes and minutes.

use super::{labels, words};

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
    minutes_section(name): "\n## {name}\n", "\n■ {name}\n";
    minutes_point(line): "- {line}\n", "・{line}\n";
    attendees_ours(ours): " (ours: {ours})", "（当社: {ours}）";
    next_day(day, weekday): "{day} ({weekday})", "{day}（{weekday}）";
    next_proposed(day): "{day}, proposed", "{day}（目安）";
    next_as_said: "as agreed in the call, see above", "上記で決めたとおり";
    next_day_only(day): "{day}, time open", "{day}（時間未定）";
    next_theirs(ours, city, day, time): "{ours}, there {day}{time} ({city})", "{ours}（先方 {city} では {day}{time}）";
    left_out(count): "({count} left out as personal or told in confidence; see the note itself.)", "（私事や内々のお話{count}件は載せていません。元のメモをご覧ください。）";
    with_title(name, title): "{name} ({title})", "{name}（{title}）";
    question_open(question): "{question} (open)", "{question}（未回答）";
    minutes_theirs: "Customer", "出席者（先方）";
    minutes_ours: "Ours", "出席者（当社）";
    minutes_writer: "Prepared by", "記録者";
    minutes_todo: "Action items", "対応事項";
    minutes_audience: "Distribution", "取扱区分";
    minutes_inside: "internal; not for the customer as it stands", "社内用（このままお客様へお送りしないでください）";
    note_prep: "Preparation", "準備";
}

labels! {
    words for crate::domain::checkin::crm::CrmField {
        Date: "Date", "日時";
        Account: "Account", "アカウント";
        Type: "Type", "種類";
        Attendees: "Attendees", "参加者";
        Sentiment: "Sentiment", "感情";
        Judgement: "Rating", "評価";
        Summary: "Summary", "概要";
        Decisions: "Decisions", "決定事項";
        Risks: "Risks", "リスク";
        Opportunities: "Opportunities", "機会";
        Quotes: "Customer quotes", "お客様の発言";
        Feedback: "Feedback", "ご要望";
        Questions: "Questions", "ご質問";
        Actions: "Actions", "アクション";
        Next: "Next check-in", "次回チェックイン";
    }
}
