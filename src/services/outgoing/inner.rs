//! What sounds as if it were for us alone: it goes to a customer only where the user says so.

use crate::domain::courtesy;
use crate::domain::ours::Ours;
use crate::domain::text::fold;

/// Words that keep any line inside until it is allowed.
const RESERVED: [&str; 14] = [
    "社外秘",
    "極秘",
    "社内限",
    "【社内】",
    "(社内)",
    "内緒",
    "口外",
    "confidential",
    "internal only",
    "[internal]",
    "(internal)",
    "do not share",
    "don't share",
    "off the record",
];

/// Words of our own work, which keep our actions and answers inside until they are allowed.
const OURS: [&str; 44] = [
    "社内",
    "内部",
    "稟議",
    "原価",
    "与信",
    "粗利",
    "競合",
    "値引",
    "割引",
    "菓子折",
    "触れない",
    "言わない",
    "伏せ",
    "法務",
    "経理",
    "上長",
    "アップセル",
    "引き止め",
    "引止め",
    "解約条項",
    "反社",
    "後任も視野",
    "internal",
    "legal",
    "finance",
    "accounting",
    "my manager",
    "our manager",
    "my boss",
    "battlecard",
    "margin",
    "floor price",
    "discount",
    "upsell",
    "competitor",
    "credit check",
    "approval from",
    "get approval",
    "flowers",
    "whether we can",
    "behind the scenes",
    "find out whether",
    "notice period",
    "churn",
];

/// Whether a line says that it is for us alone.
pub fn is_reserved(text: &str) -> bool {
    let folded = fold(text);
    RESERVED.iter().any(|word| folded.contains(&fold(word)))
}

/// Whether an action or an answer of ours sounds as if it were for us alone: it says so, is about our own work, names
/// a share in percent, or a colleague.
pub fn is_ours(text: &str, ours: Ours) -> bool {
    let folded = fold(text);
    let about = OURS.iter().any(|word| has_word(&folded, word));
    is_reserved(text) || about || names_share(&folded) || names_colleague(text, ours)
}

/// Whether a folded text has a word. An English one stands alone: "internal" is not in "international".
pub(super) fn has_word(folded: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut places = folded.match_indices(word);
    places.any(|(at, _)| {
        let behind = folded[at + word.len()..]
            .trim_start_matches("ly")
            .trim_start_matches('s');
        !word.is_ascii() || (!letter(folded[..at].chars().last()) && !letter(behind.chars().next()))
    })
}

fn names_share(folded: &str) -> bool {
    let digit = |before: &str| before.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let mut signs = folded
        .match_indices('%')
        .chain(folded.match_indices("percent"));
    signs.any(|(at, _)| digit(&folded[..at]))
}

/// Whether a word of the text is a colleague's name. The user's own name is none.
fn names_colleague(text: &str, ours: Ours) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let western =
        words.any(|w| w.chars().next().is_some_and(char::is_uppercase) && ours.find(w).is_some());
    // Japanese names stand without blanks around them.
    let japanese = ours.colleagues().any(|person| {
        let name = courtesy::bare(&person.name).0;
        let mut parts = name
            .split_whitespace()
            .filter(|p| !p.is_ascii() && p.chars().count() > 1);
        parts.any(|part| text.contains(part))
    });
    western || japanese
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::colleague::{People, Person, Role};

    #[test]
    fn what_is_for_us_alone_is_told_from_what_is_promised() {
        let mut people = People::default();
        for (role, name) in [(Role::Support, "Raj Patel"), (Role::Manager, "鈴木 健一")] {
            people.set(role, Person::read(name).expect("a person"));
        }
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
            assert!(is_ours(text, ours), "{text}");
        }
        for text in [
            "send the plan",
            "見積もりを送る",
            "Grace sends the guide",
            "share the international price list",
            "add 5 seats",
            "説明会の日程を送る",
            "share the roadmap for Q2",
        ] {
            assert!(!is_ours(text, ours), "{text}");
        }
        assert!(is_reserved("費用は据え置き（社外秘）") && is_reserved("[internal] price"));
        assert!(!is_reserved("20 % discount until May"));
    }
}
