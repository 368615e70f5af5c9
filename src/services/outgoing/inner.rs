//! What sounds as if it were for us alone: it goes to a customer only where the user says so.

use super::phrases::{WORDS, has_any};
use crate::domain::courtesy;
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
        || (asks_colleague(answer, ours) && !is_promised(answer, ours))
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

/// Whether an answer names a colleague who is asked: the customer need not know of it.
pub fn names_ours(answer: &str, ours: Ours) -> bool {
    let japanese = names_colleague_ja(answer, ours) && has_any(answer, &WORDS.inner.asks);
    japanese || words(answer).iter().any(|w| names_colleague(w, ours))
}

fn words(text: &str) -> Vec<&str> {
    let outside = |c: char| !c.is_alphanumeric() && !['\'', '’', '-'].contains(&c);
    text.split(outside).filter(|w| !w.is_empty()).collect()
}

fn names_colleague(word: &str, ours: Ours) -> bool {
    word.is_ascii() && word.starts_with(char::is_uppercase) && ours.find(word).is_some()
}

/// Japanese names stand without blanks around them. One kanji is a name only before さん, and not behind another.
fn names_colleague_ja(text: &str, ours: Ours) -> bool {
    ours.colleagues().any(|person| {
        let name = courtesy::bare(&person.name).0;
        let mut parts = name.split_whitespace().filter(|p| !p.is_ascii());
        parts.any(|part| match part.chars().count() > 1 {
            true => text.contains(part),
            false => text.match_indices(&format!("{part}さん")).any(|(at, _)| {
                let before = text[..at].chars().last();
                !before.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            }),
        })
    })
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
    use crate::domain::colleague::{People, Person, Role};

    fn people() -> People {
        let mut people = People::default();
        for (role, name) in [
            (Role::Support, "Raj Patel"),
            (Role::Manager, "鈴木 健一"),
            (Role::AccountManager, "Tom Baker"),
        ] {
            people.set(role, Person::read(name).expect("a person"));
        }
        people
    }

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
