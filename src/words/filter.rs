//! What the words of the filter mean.

use super::{Lang, Text, words};
use crate::domain::filter::Unknown;
use crate::domain::filter::catalogue::{Cost, Kind, Unit, Word};

words! {
    not_understood(word): "not understood: {word}", "読み取れません: {word}";
    refused(word, said): "not understood: {word}: {said} (`kenshin filter words` lists what there is)", "読み取れません: {word}: {said}（一覧は kenshin filter words）";
    maybe(near): "did you mean {near}?", "{near} ですか？";
    none_like_it: "no word is like it", "似た語はありません";
    searching(percent): "searching, {percent} %", "検索中 {percent}％";
    choose(values): "one of {values}", "次のいずれか: {values}";
    yes_no: "yes or no", "yes か no";
    a_part: "a part of the text", "文字の一部";
    the_whole: "the whole text", "完全一致";
    days: "days", "日数";
    points: "points", "点";
    percent: "percent", "％";
    money: "amount in the account's currency", "顧客の通貨での金額";
    count: "number", "数";
    reads_records: "reads all records", "全記録を読む";
    not_as_of: "only as of today", "現在のみ";
    grammar: "Words must all hold. Between alternatives: or. Before what must not hold: -. Parentheses group, quotes hold blanks together.\nNumbers: renewal<90, arr>=1.5m, score:60..80, nps:unknown. What is unknown is found neither by a word nor by its negation.", "並べた語はすべて成り立つ必要があります。いずれか: or（または）。除外: 先頭に -。括弧でまとめ、空白を含む語は「」で囲みます。\n数値: renewal<90、arr>=1.5m、score:60..80、nps:unknown。値が不明な顧客は、その語でも否定でも一致しません。";
}

/// The meaning of each word, by its full name.
const MEANINGS: &[(&str, Text)] = &[
    ("band", Text::new("Health band", "ヘルス区分")),
    ("score", Text::new("Health score", "ヘルススコア")),
    (
        "score.X",
        Text::new("Score of one dimension", "観点ごとのスコア"),
    ),
    (
        "coverage",
        Text::new(
            "Share of the score's weight that rests on data",
            "スコアのうちデータに基づく割合",
        ),
    ),
    (
        "trend",
        Text::new("Change of the score over 30 days", "30日間のスコアの変化"),
    ),
    (
        "trend-90",
        Text::new("Change of the score over 90 days", "90日間のスコアの変化"),
    ),
    (
        "signal",
        Text::new("A signal that holds", "発生中のシグナル"),
    ),
    (
        "signals",
        Text::new("Warnings that hold", "発生中の警告の数"),
    ),
    (
        "severity",
        Text::new("Severity of a warning that holds", "発生中の警告の重大度"),
    ),
    (
        "gap",
        Text::new(
            "Signals that cannot be judged for want of data",
            "データ不足で判定できないシグナル",
        ),
    ),
    (
        "conflicts",
        Text::new("Contradictions between known facts", "事実の矛盾の数"),
    ),
    (
        "judgement",
        Text::new("Your judgement after the last talk", "直近の会話後の判断"),
    ),
    (
        "at-risk",
        Text::new("On the board of risk", "リスクのある顧客"),
    ),
    (
        "risk",
        Text::new(
            "Proposed likelihood of leaving, of an account at risk",
            "解約の可能性の点数（リスクのある顧客）",
        ),
    ),
    (
        "chance",
        Text::new("Chance to keep an account at risk", "維持の見込み"),
    ),
    ("cause", Text::new("Cause of a risk", "リスクの原因")),
    ("tier", Text::new("Tier", "ティア")),
    ("stage", Text::new("Stage", "ステージ")),
    ("owner", Text::new("Owner", "担当者")),
    (
        "ours.X",
        Text::new("Our person in a role", "役割ごとの社内担当者"),
    ),
    (
        "name",
        Text::new(
            "Name, reading or another name of the account",
            "顧客の名称・読み・別名",
        ),
    ),
    ("tag", Text::new("Tag", "タグ")),
    ("industry", Text::new("Industry", "業種")),
    ("country", Text::new("Country", "国")),
    ("domain", Text::new("Domain", "ドメイン")),
    (
        "attr.X",
        Text::new(
            "A column without a field of its own, by its header",
            "項目のない列（見出しで指定）",
        ),
    ),
    (
        "renewal",
        Text::new("Days until the renewal", "更新までの日数"),
    ),
    (
        "notice",
        Text::new(
            "Days until the last day to say no",
            "解約通知期限までの日数",
        ),
    ),
    (
        "step",
        Text::new("Last step of the next renewal", "次の更新の進み具合"),
    ),
    (
        "ended",
        Text::new(
            "Terms that ended without an outcome",
            "結果が未記録の満了契約",
        ),
    ),
    (
        "unconfirmed",
        Text::new(
            "Terms that renewed by contract, unconfirmed",
            "自動更新され未確認の契約",
        ),
    ),
    (
        "leaving",
        Text::new("Lost, still paying", "解約決定・支払い中"),
    ),
    ("churned", Text::new("The customer has left", "解約済み")),
    ("archived", Text::new("Archived", "アーカイブ済み")),
    ("arr", Text::new("Yearly value", "年額")),
    (
        "currency",
        Text::new("Currency in which it pays", "支払いの通貨"),
    ),
    (
        "product",
        Text::new("Product of a contract that is paid", "契約中の製品"),
    ),
    (
        "contracts",
        Text::new("Contracts that are paid", "契約中の契約数"),
    ),
    (
        "age",
        Text::new("Days since the contract began", "契約開始からの日数"),
    ),
    ("seats", Text::new("Licensed seats", "契約席数")),
    (
        "seats.used",
        Text::new(
            "Active people in percent of the seats",
            "席数に対する利用者の割合",
        ),
    ),
    (
        "usage",
        Text::new("Change of usage over 30 days", "30日間の利用の変化"),
    ),
    (
        "usage.X",
        Text::new("Level of a metric, per day", "指標の1日あたりの水準"),
    ),
    (
        "usage.X.of-normal",
        Text::new(
            "Level of a metric against its own normal of the past year",
            "過去1年の平常値に対する指標の水準",
        ),
    ),
    (
        "feature",
        Text::new(
            "A feature used in the last 30 days",
            "30日以内に使われた機能",
        ),
    ),
    (
        "touch",
        Text::new(
            "Days since the last touch; never touched is longest ago",
            "最終接触からの日数（接触なしは最長扱い）",
        ),
    ),
    (
        "kept",
        Text::new("Planned check-ins that were held", "予定どおり実施した割合"),
    ),
    (
        "met",
        Text::new(
            "Role of somebody met in the last 90 days",
            "90日以内に話した相手の役割",
        ),
    ),
    (
        "contact",
        Text::new("A role that somebody has", "在籍する連絡先の役割"),
    ),
    (
        "contacts",
        Text::new("People who are still there", "在籍する連絡先の数"),
    ),
    ("actions", Text::new("Open actions", "未完了のアクション")),
    (
        "overdue",
        Text::new("Overdue actions", "期限切れのアクション"),
    ),
    ("promises", Text::new("Open promises", "未完了の約束")),
    ("late", Text::new("Late promises", "遅れている約束")),
    ("tickets", Text::new("Open tickets", "未解決のチケット")),
    (
        "open.X",
        Text::new(
            "Open tickets of a priority; p1 is the gravest",
            "優先度ごとの未解決チケット（p1が最重要）",
        ),
    ),
    (
        "escalated",
        Text::new("The account or a ticket is escalated", "エスカレーション中"),
    ),
    (
        "nps",
        Text::new("Last NPS answer, 0 to 10", "直近のNPS回答（0〜10）"),
    ),
    (
        "csat",
        Text::new("Last CSAT answer, 1 to 5", "直近のCSAT回答（1〜5）"),
    ),
    ("goal", Text::new("A goal of the customer", "顧客の目標")),
    (
        "goals.X",
        Text::new(
            "Goals of a status; an open one past its day has slipped",
            "状態ごとの目標数（期限超過は遅延）",
        ),
    ),
    ("note", Text::new("Words in a note", "メモの文言")),
];

/// What a word means.
pub fn meaning(lang: Lang, word: &Word) -> &'static str {
    let name = word.full_name();
    let known = MEANINGS.iter().find(|(known, _)| *known == name);
    known.map_or("", |(_, text)| text.of(lang))
}

/// What may stand behind a word.
pub fn values(lang: Lang, word: &Word) -> String {
    match word.kind {
        Kind::Choice(choice) => choose(lang, (choice.keys)().join(", ")),
        Kind::YesNo => yes_no(lang).to_owned(),
        Kind::Text => a_part(lang).to_owned(),
        Kind::Tag => the_whole(lang).to_owned(),
        Kind::Number(unit) => of_unit(lang, unit).to_owned(),
    }
}

fn of_unit(lang: Lang, unit: Unit) -> &'static str {
    match unit {
        Unit::Days => days(lang),
        Unit::Points => points(lang),
        Unit::Percent => percent(lang),
        Unit::Money => money(lang),
        Unit::Count => count(lang),
    }
}

/// What a word costs and when it can be asked, where that is to be said.
pub fn limits(lang: Lang, word: &Word) -> Vec<&'static str> {
    let records = (word.cost() == Cost::Records).then(|| reads_records(lang));
    let today = (!word.as_of).then(|| not_as_of(lang));
    records.into_iter().chain(today).collect()
}

/// Why a filter on the command line is refused.
pub fn refusal(lang: Lang, unknown: &Unknown) -> String {
    let said = match (unknown.word, unknown.nearest) {
        (Some(word), _) => values(lang, word),
        (None, Some(near)) => maybe(lang, near),
        (None, None) => none_like_it(lang).to_owned(),
    };
    refused(lang, &unknown.typed, said)
}

/// What is not understood, with what may be meant, in few columns.
pub fn no_such(lang: Lang, unknown: &Unknown) -> String {
    let typed = &unknown.typed;
    match (unknown.word, unknown.nearest) {
        (Some(word), _) => format!("{typed}: {}", values(lang, word)),
        (None, Some(near)) => format!("{typed}: {}", maybe(lang, near)),
        (None, None) => not_understood(lang, typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::filter::catalogue::WORDS;

    #[test]
    fn every_word_has_a_meaning_and_no_other_has_one() {
        for word in WORDS {
            for lang in [Lang::En, Lang::Ja] {
                assert_ne!(meaning(lang, word), "", "{}", word.full_name());
            }
            assert!(
                word.full_name() == "nps" || word.japanese().is_some(),
                "{word:?}"
            );
        }
        assert_eq!(WORDS.len(), MEANINGS.len());
    }
}
