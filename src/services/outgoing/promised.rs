//! Questions that are not answered yet: a note that there is no answer, and an answer that is promised.

use super::colleagues::{names_colleague, names_colleague_ja, words};
use super::phrases::{WORDS, has_any};
use crate::domain::ours::Ours;
use crate::domain::text::fold;

/// Whether an answer names a colleague who is asked: the customer need not know of it.
pub fn names_ours(answer: &str, ours: Ours) -> bool {
    let japanese = names_colleague_ja(answer, ours) && has_any(answer, &WORDS.inner.asks);
    japanese || words(answer).iter().any(|w| names_colleague(w, ours))
}

/// Whether a text only notes that there is no answer yet: 「確認して回答」, "TBD". A whole sentence is an answer.
pub fn is_pending(text: &str) -> bool {
    let plain = fold(text.trim());
    let polite = ["ます", "です", "ません"]
        .iter()
        .any(|end| plain.trim_end_matches(['。', '.']).ends_with(end));
    let begins = |phrase: &String| {
        let rest = plain.strip_prefix(fold(phrase).as_str());
        rest.is_some_and(|rest| !phrase.is_ascii() || !rest.starts_with(char::is_alphanumeric))
    };
    let inside = has_any(text, &WORDS.pending.anywhere);
    !polite && (inside || WORDS.pending.begins.iter().any(begins))
}

/// Whether an answer of ours only promises one: "we will check and come back", 「確認して回答」. What also answers
/// ("not yet, we will check the date") or is somebody else's to answer is none.
pub fn is_promised(answer: &str, ours: Ours) -> bool {
    let pending = &WORDS.pending;
    let mut clauses = answer
        .split([',', '.', ';', '、', '。', '，', '．'])
        .filter(|clause| clause.contains(char::is_alphanumeric))
        .peekable();
    clauses.peek().is_some()
        && !has_any(answer, &pending.others)
        && !names_somebody(answer, ours)
        && clauses.all(|clause| {
            let colleague = words(clause)
                .first()
                .is_some_and(|w| names_colleague(w, ours));
            colleague || has_any(clause, &pending.promised)
        })
}

/// By when an answer is promised, as it was typed: "by Wed", 「12月10日まで」.
pub fn promised_by(answer: &str) -> Option<&str> {
    let clauses = answer.split([',', '.', ';', '、', '。']);
    clauses.map(str::trim).find_map(|clause| {
        let english = clause
            .match_indices("by ")
            .find(|(at, _)| *at == 0 || clause[..*at].ends_with(char::is_whitespace));
        let japanese = clause.find("まで").map(|at| {
            let dated = |c: char| {
                c.is_ascii_digit() || "/()（）:年月日火水木金土曜来週今明後末中旬初頃".contains(c)
            };
            let day = clause[..at].trim_end_matches(dated).len();
            &clause[day..at + "まで".len()]
        });
        english.map(|(at, _)| &clause[at..]).or(japanese)
    })
}

/// Whether an English answer begins with a name: "Maria will check".
fn names_somebody(answer: &str, ours: Ours) -> bool {
    const OWN: [&str; 6] = ["We", "We'll", "We’ll", "I", "I'll", "I’ll"];
    let mut words = answer.split_whitespace();
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    first.is_ascii()
        && first.starts_with(char::is_uppercase)
        && !OWN.contains(&first)
        && ["will", "checks", "finds", "and"].contains(&second)
        && first != "Will"
        && !names_colleague(first, ours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::outgoing::colleagues::tests::people;

    #[test]
    fn missing_answers_and_promised_ones_are_told_from_answers() {
        let people = people();
        let ours = Ours::new("Grace Turner", &people);
        for text in [
            "TBD",
            "未定",
            "確認して回答",
            "要確認（部長）",
            "tbc w/ product",
            "持ち帰り",
            "TBD: naming",
        ] {
            assert!(is_pending(text), "{text}");
        }
        for text in [
            "確認して回答します",
            "We will check and come back",
            "未定ですが来月お知らせします",
            "tbdata export",
        ] {
            assert!(!is_pending(text), "{text}");
        }
        for text in [
            "We will check and come back",
            "We'll get back to you by Friday.",
            "will check",
            "確認して回答",
            "社内で確認して、来週回答します",
            "持ち帰り検討のうえご連絡します",
            "Raj looks, answer by next call",
            "Raj to confirm, we get back by Friday",
            "Legal has to check, back next week",
            "I ask Raj, answer by wed",
            "小林が確認、見積と一緒にご回答",
            "小林から12/4(金)までにご案内",
            "12月10日までに回答",
        ] {
            assert!(is_promised(text, ours), "{text}");
        }
        for (answer, by) in [
            ("will check w/ Mia by Wed", Some("by Wed")),
            ("need to check with Raj, answer by mon", Some("by mon")),
            ("12月10日までに回答", Some("12月10日まで")),
            (
                "小林に確認のうえ12/10(木)までに書面で回答",
                Some("12/10(木)まで"),
            ),
            ("We will check standby hours", None),
            ("確認して回答", None),
        ] {
            assert_eq!(promised_by(answer), by, "{answer}");
        }
        for text in [
            "Yes, we will let you know the date",
            "Maria will check with IT",
            "They will come back to us",
            "Not possible today, will check for May",
            "田中様が確認してご連絡くださる",
            "可能です。日程は後日ご連絡します",
            "from version 4",
            "契約書を確認していただく",
            "確認済みです",
        ] {
            assert!(!is_promised(text, ours), "{text}");
        }
    }
}
