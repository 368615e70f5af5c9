//! The words of the brief.

use super::{labels, words};

words! {
    tickets: "Solve first", "優先して解決";
    health: "Health", "ヘルス";
    usage: "Usage", "利用状況";
    support: "Support", "サポート";
    promises: "Promises and open actions", "約束・未完了アクション";
    renewal: "Renewal", "更新";
    people: "People", "お客様担当者";
    talks: "Last conversation", "前回の会話";
    voice: "Customer voice", "お客様の声";
    agenda: "Suggested check-in", "おすすめのチェックイン";
    play_green: "Amplify what works; explore expansion", "成果を広げ、拡張の機会を探る";
    play_yellow: "Find the root cause and make a plan", "根本原因を特定し、計画を立てる";
    play_red: "Save plan and escalation", "救済計画とエスカレーション";
    play_unknown: "Not enough data: ask the customer and import more", "データ不足。お客様への確認とデータの取り込みを";
    because(template, minutes, why): "{template} ({minutes} min): {why}", "{template}（{minutes}分）: {why}";
    last_talk(date, days): "last conversation {date} ({days} day{days:#} ago)", "最後の会話 {date}（{days}日前）";
    champion_missing: "no active champion", "現在のチャンピオンなし";
    not_used(features): "not used in 30 days: {features}", "30日間未使用: {features}";
    used(features): "most used: {features}", "よく使う機能: {features}";
    against(metric, month, quarter, year): "{metric}: {month} vs previous 30 days, {quarter} vs previous 90, {year} vs last year", "{metric}: 30日前比 {month}・90日前比 {quarter}・前年比 {year}";
    mine(what, who, due): "{what} · {who} · {due}", "{what} · {who} · {due}";
    out_of(score, points): "{score} (-{points} points)", "{score}（-{points}点）";
    since: "Since then", "その後の動き";
    since_score(change): "score {change}", "スコア {change}";
    since_tickets(count): "{count} ticket{count:#} opened", "新しいチケット {count}件";
    since_done(count): "{count} action{count:#} done", "完了したアクション {count}件";
    disagree: "Contradictions", "食い違い";
    context: "Business context", "事業の動き";
    since_looked(at): "Since you last looked ({at})", "前回の閲覧以降（{at}）";
    prep_clock(took): "prep {took} / 3:00", "準備 {took} / 3:00";
    unread(blocks): "unread: {blocks}", "未確認: {blocks}";
    all_read: "all read", "すべて確認済み";
    since_signal(signal): "new: {signal}", "新着: {signal}";
    since_notes(count): "{count} new note{count:#}", "新しいメモ {count}件";
    since_looked_word: "New for you", "新しい動き";
    questions: "Questions to ask", "お客様への質問";
    ask_champion: "Who on your side is driving this, and how could we get to know them?", "社内で推進の中心となっていらっしゃるのはどなたでしょうか。どのような機会にご挨拶できますでしょうか。";
    ask_overdue(what): "We are late with “{what}”, and I am sorry. What date would work for you?", "「{what}」の対応が遅れており、申し訳ございません。いつ頃までにご入り用でしょうか。";
    ask_theirs(what): "You planned to look into “{what}”. What do you need from us?", "「{what}」の件について、私どもでお手伝いできることは何でしょうか。";
}

labels! {
    words for crate::domain::checkin::propose::Why {
        Escalated: "escalated ticket open", "エスカレーション中のチケットあり";
        Red: "health is at risk", "ヘルスが危険";
        Renewal: "renewal within 120 days", "更新まで120日以内";
        Onboarding: "in onboarding", "オンボーディング中";
        ReviewDue: "business review due", "ビジネスレビューの時期";
        Regular: "regular check-in", "定期";
    }
}
