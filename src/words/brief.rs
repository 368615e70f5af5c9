//! The words of the brief.

use super::{labels, words};

words! {
    tickets: "Solve first", "まず解決";
    health: "Health", "ヘルス";
    usage: "Usage", "利用状況";
    support: "Support", "サポート";
    promises: "Promised and open", "約束・未完了アクション";
    renewal: "Renewal", "更新";
    people: "People", "お客様担当者";
    talks: "Last conversation", "前回の会話";
    voice: "In their words", "お客様の声";
    agenda: "Suggested check-in", "おすすめのチェックイン";
    play_green: "Amplify what works; explore expansion", "成果を広げ、拡張の機会を探る";
    play_yellow: "Find the root cause and make a plan", "根本原因を見つけ、計画を立てる";
    play_red: "Save plan and escalation", "救済計画とエスカレーション";
    play_unknown: "Too little is known: ask, and bring in data", "情報不足。聞き取りとデータ取り込みを";
    because(name, total, why): "{name} ({total} min): {why}", "{name}（{total}分）: {why}";
    last_talk(day, today): "last conversation {day} ({today} days ago)", "最後の会話 {day}（{today}日前）";
    champion_missing: "no active champion", "現任のチャンピオンなし";
    not_used(idle): "not used in 30 days: {idle}", "30日間未使用: {idle}";
    used(top): "most used: {top}", "よく使う機能: {top}";
    against(metric, month, percent, year): "{metric}: {month} vs previous 30 days, {percent} vs previous 90, {year} vs a year ago", "{metric}: 30日前比 {month}・90日前比 {percent}・前年比 {year}";
    mine(what, who, due): "{what} · {who} · {due}", "{what} · {who} · {due}";
    out_of(score, value): "{score} · costs {value} points", "{score}（{value}点の減点）";
    since: "Since then", "その後の動き";
    since_score(what): "score {what}", "スコア {what}";
    since_tickets(opened): "tickets opened: {opened}", "新しいチケット {opened}件";
    since_done(count): "actions done: {count}", "完了したアクション {count}件";
    disagree: "Contradictions", "食い違い";
    context: "Their business", "事業の動き";
    since_looked(at): "Since you last looked ({at})", "前回見てから（{at}）";
    prep_clock(took): "prep {took} / 3:00", "準備 {took} / 3:00";
    unread(list_comma): "unread: {list_comma}", "未読: {list_comma}";
    all_read: "all read", "すべて確認済み";
    since_signal(signal_line): "new: {signal_line}", "新着: {signal_line}";
    since_notes(notes): "{notes} new note{notes:#}", "新しいメモ {notes}件";
    since_looked_word: "New to you", "新しい動き";
    questions: "Questions", "聞くこと";
    ask_champion: "Who there wants this to succeed, and whom should we know?", "社内で一番の推進役はどなたですか。ご紹介いただけますか。";
    ask_overdue(what): "We owe you “{what}”: what date helps you?", "「{what}」が遅れています。いつまでに必要ですか。";
    ask_theirs(what): "You wanted to see to “{what}”: what do you need from us?", "「{what}」の件、こちらで何かお手伝いできますか。";
}

labels! {
    words for crate::domain::checkin::propose::Why {
        Escalated: "an escalated ticket is open", "エスカレーション中のチケットあり";
        Red: "health is red", "ヘルスが危険";
        Renewal: "renewal within 120 days", "更新まで120日以内";
        Onboarding: "in onboarding", "オンボーディング中";
        ReviewDue: "a business review is due", "ビジネスレビューの時期";
        Regular: "regular rhythm", "定期";
    }
}
