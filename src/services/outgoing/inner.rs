//! What sounds as if it were for us alone: it goes to a customer only where the user says so.

use super::colleagues::{names_colleague, names_colleague_ja, words};
use super::phrases::{WORDS, has_any};
use super::promised;
use crate::domain::ours::Ours;
use crate::domain::text::fold;

/// Whether a line says that it is for us alone.
pub fn is_reserved(text: &str) -> bool {
    has_any(text, &WORDS.inner.reserved)
}

/// Whether a decision sounds as if it were for us alone: it says so, or how far we would go with our price.
pub fn is_ours_to_know(text: &str, ours: Ours) -> bool {
    let inner = &WORDS.inner;
    let limit =
        names_price(text, text) && has_any(text, &inner.limit) && !has_any(text, &inner.written);
    is_reserved(text) || limit || is_settled_among_us(text, ours)
}

/// Whether an action of ours sounds as if it were for us alone: it says so, is about our own work or our price, or
/// asks a colleague. What is sent to the customer is theirs: "send the legal annex".
pub fn is_our_action(text: &str, ours: Ours) -> bool {
    let inner = &WORDS.inner;
    let sent = has_any(text, &inner.sends) && !has_any(text, &inner.inward);
    is_reserved(text)
        || has_any(text, &inner.ours)
        || (has_any(text, &inner.ours_unless_sent) && !sent)
        || names_price(text, text)
        || asks_colleague(text, ours)
}

/// Whether an answer of ours sounds as if it were for us alone.
pub fn is_our_answer(question: &str, answer: &str, ours: Ours) -> bool {
    let inner = &WORDS.inner;
    is_reserved(question)
        || is_reserved(answer)
        || has_any(answer, &inner.ours)
        || (names_price(answer, question) && !is_told(answer))
        || is_settled_among_us(answer, ours)
        // Whom we ask is left out of a promised answer.
        || (asks_colleague(answer, ours) && !promised::is_promised(answer, ours))
}

/// Whether a share in percent was told to the customer: it stands in the contract, or answers with yes or no without
/// saying how far we would go.
fn is_told(answer: &str) -> bool {
    const PLAIN: [&str; 6] = ["yes", "no", "はい", "いいえ", "可能", "不可"];
    const UP_TO: [&str; 5] = ["up to", "at most", "below", "まで", "以内"];
    let folded = fold(answer.trim());
    let plain = PLAIN.iter().any(|word| folded.starts_with(word));
    has_any(answer, &WORDS.inner.written) || (plain && !UP_TO.iter().any(|w| folded.contains(w)))
}

/// Whether a text tells what a colleague allows: "Tom would do 24", 「鈴木さん了解済み」.
fn is_settled_among_us(text: &str, ours: Ours) -> bool {
    let words = words(text);
    let western = (0..words.len()).any(|at| {
        let behind = words.get(at + 1);
        let allows = behind.is_some_and(|word| has_any(word, &WORDS.inner.approves));
        let before = words[at.saturating_sub(2)..at].join(" ");
        let agreed = ["agreed w", "agreed with"].contains(&fold(&before).as_str());
        names_colleague(words[at], ours) && (allows || agreed)
    });
    western || (names_colleague_ja(text, ours) && has_any(text, &WORDS.inner.approves))
}

/// Whether a text names a share in percent, and it or what it answers is about a price.
fn names_price(text: &str, about: &str) -> bool {
    let price = &WORDS.inner.price;
    names_share(&fold(text)) && (has_any(text, price) || has_any(about, price))
}

fn names_share(folded: &str) -> bool {
    let digit = |before: &str| before.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let mut signs = folded
        .match_indices('%')
        .chain(folded.match_indices("percent"));
    signs.any(|(at, _)| digit(&folded[..at]))
}

/// Whether a colleague is asked or told something. The user is no colleague, and whom the customer will meet is theirs
/// to know: "Ann sends the plan".
fn asks_colleague(text: &str, ours: Ours) -> bool {
    let asks = &WORDS.inner.asks;
    let words = words(text);
    let western = (1..words.len()).any(|at| {
        let named = names_colleague(words[at], ours);
        let before = words[at.saturating_sub(2)..at].join(" ");
        let last = asks.iter().any(|ask| fold(&before).ends_with(ask.as_str()));
        named && last
    });
    western || (names_colleague_ja(text, ours) && has_any(text, asks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::outgoing::colleagues::tests::people;

    #[test]
    fn what_is_for_us_alone_is_told_from_what_is_promised() {
        let people = people();
        let ours = Ours::new("Grace Turner", &people);
        for text in [
            "ask Tom whether we can give 20 %",
            "ask legal about the contract",
            "find out whether Dan is leaving",
            "ask Raj for the PDF date",
            "tell Raj it is urgent",
            "20％引きの稟議を上げる",
            "解約条項を法務に確認",
            "平井店長の件は触れない",
            "【社内】見積を確認",
            "（社内）原価を計算する",
            "鈴木部長に相談する",
        ] {
            assert!(is_our_action(text, ours), "{text}");
        }
        for text in [
            "send the plan",
            "見積もりを送る",
            "Grace sends the guide",
            "share the international price list",
            "add 5 seats",
            "説明会の日程を送る",
            "share the roadmap for Q2",
            "Send the legal annex",
            "Raj sends the fix version",
            "call Ann Patel-Brown",
            "値引き後の見積書を送付",
            "社内説明会用の資料を送付",
            "内部統制の資料を共有",
            "鈴木部長がお詫びに伺う",
        ] {
            assert!(!is_our_action(text, ours), "{text}");
        }
    }

    #[test]
    fn decisions_and_answers_for_us_alone_are_told_from_those_of_the_customer() {
        let people = people();
        let ours = Ours::new("Grace Turner", &people);
        for text in [
            "値引きは5%まで、先方には言わない",
            "障害の真因は先方には伏せ、「高負荷」と説明する",
            "Tom would do 24 for 3 years",
            "We leave Niamh out, agreed w/ Tom after the call",
            "If he still cancels we offer 2 months free",
            "万一、解約と言われたら3か月無償まで切ってよい",
            "1か月分までは返す、と鈴木さん了解済み",
            "最終的には18%まで出せる(鈴木さん枠)",
            "dont tell them before May",
            "If he pushes, we can go to 20% credit",
            "Keep the discount below 12% internally",
            "Floor is 105k, don't go below",
            "We do not mention Zendra to Helen",
            "Keep this between us",
            "値引きの下限は8%",
            "解約を防ぐため毎週フォローする",
        ] {
            assert!(is_ours_to_know(text, ours), "{text}");
        }
        for text in [
            "10 % discount until 31 March",
            "5%割引を3月末の更新に適用",
            "Maria shares the results internally",
            "Uptime stays at 99.9%",
            "温度の下限は5度",
            "Dana can go to the training",
        ] {
            assert!(!is_ours_to_know(text, ours), "{text}");
        }
        for (question, answer) in [
            ("割引は", "社内で検討中。10%が限度"),
            ("discount", "ask Raj, up to 20 %"),
            ("discount", "yes, don't make it a habit"),
            ("price", "not below 40k"),
            ("担当変更は", "鈴木部長に相談"),
            (
                "直近の診断で指摘は",
                "ないと回答。実際は1件が未修正なので言わずに済ませた",
            ),
            (
                "List price for 210",
                "Tom would do 24 if 3 yr, told them only that we quote",
            ),
        ] {
            assert!(is_our_answer(question, answer, ours), "{answer}");
        }
        for (question, answer) in [
            ("Uptime", "99.9%"),
            ("VAT", "19%"),
            (
                "does the discount stay over 50 seats",
                "yes, 40% stays, limit is 100 seats",
            ),
            (
                "does search respect the walls",
                "yes, hidden matters dont show even in counts",
            ),
            ("印刷して出せる?", "期間を指定してPDFにまとめられます"),
            (
                "price cap at renewal",
                "yes max 5% p.a., goes in the contract",
            ),
            (
                "can US staff see files",
                "need to check with Raj, answer by mon",
            ),
            ("管理者は非公開ボードの中身も見られるか", "見られません"),
            ("Storage used", "40% of the quota"),
            ("Who trains us", "Raj Patel"),
            ("責任者は誰ですか", "弊社部長の鈴木です"),
            ("請求書の宛名は", "弊社経理部です"),
            ("支払いサイトは", "社内で確認して回答します"),
        ] {
            assert!(!is_our_answer(question, answer, ours), "{answer}");
        }
        assert!(is_reserved("費用は据え置き（社外秘）") && is_reserved("[internal] price"));
        assert!(!is_reserved("20 % discount until May"));
    }
}
