//! Personal matters: the health, family, pay or beliefs of a person, and what was told in confidence. A line about one
//! stays out of what others read until the user puts it in. The kinds are those that Japan's APPI (要配慮個人情報) and
//! Article 9 of the GDPR protect, with family, pay and employment, which people tell a CSM too.

use std::collections::BTreeSet;

use super::phrases::{WORDS, has_any, has_word};
use crate::domain::text::{fold, nfkc};

/// Words for a person.
const PERSON: [&str; 9] = ["he", "she", "his", "her", "him", "hers", "i", "my", "who"];

/// What stands behind a person's name, or for a person.
const PERSON_JA: [&str; 21] = [
    "さん",
    "様",
    "氏",
    "部長",
    "課長",
    "社長",
    "専務",
    "常務",
    "取締役",
    "係長",
    "主任",
    "室長",
    "店長",
    "理事",
    "本人",
    "彼",
    "され",
    "ご入院",
    "ご出産",
    "ご結婚",
    "ご病気",
];

/// What stands behind a name where only that person may know, or must not know.
const NARROW_JA: [&str; 7] = [
    "のみ",
    "だけ",
    "限り",
    "は知らない",
    "には言わない",
    "には知らせない",
    "には伏せ",
];

/// Forms of address for many, which name nobody.
const MANY: [&str; 9] = [
    "お客様",
    "お客さん",
    "皆様",
    "皆さん",
    "患者様",
    "患者さん",
    "利用者様",
    "会員様",
    "オーナー様",
];

/// The names of a call, by which a line is known to be about a person.
#[derive(Debug, Clone, Default)]
pub struct Names(Vec<String>);

impl Names {
    /// The parts of these names.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let parts = names.flat_map(|name| name.split_whitespace().map(fold));
        let is_name = |part: &String| part.chars().count() > 1 && !part.ends_with('.');
        let mut parts: Vec<String> = parts.filter(is_name).collect();
        parts.sort();
        parts.dedup();
        Self(parts)
    }

    /// Whether a line is about a personal matter.
    pub fn is_personal(&self, text: &str) -> bool {
        let personal = &WORDS.personal;
        let known = has_any(text, &personal.always) || has_any(text, &personal.told);
        known || (has_any(text, &personal.of_a_person) && self.names_person(text))
    }

    /// Whether a line says how a person takes something: they would not want to read it.
    pub(super) fn tells_stance(&self, text: &str) -> bool {
        has_any(text, &WORDS.inner.stance) && self.names_person(text)
    }

    /// Whether a remark says who alone may know of a line: "Jack only", "Mel doesn't know", 「木村部長のみ」.
    pub(super) fn narrows(&self, remark: &str) -> bool {
        const BEHIND: [&str; 6] = [
            "only",
            "does not know",
            "doesnt know",
            "must not know",
            "mustnt know",
            "is not to know",
        ];
        let folded = fold(remark).replace(['\'', '’'], "");
        let plain = nfkc(remark);
        self.0.iter().any(|part| match part.is_ascii() {
            true => BEHIND
                .iter()
                .any(|words| has_word(&folded, &format!("{part} {words}"))),
            false => plain.match_indices(part.as_str()).any(|(at, _)| {
                let behind = &plain[at + part.len()..];
                let title = PERSON_JA
                    .iter()
                    .find_map(|title| behind.strip_prefix(title));
                let behind = title.unwrap_or(behind);
                NARROW_JA.iter().any(|words| behind.starts_with(words))
            }),
        })
    }

    fn names_person(&self, text: &str) -> bool {
        let (folded, mut without) = (fold(text), nfkc(text));
        for many in MANY {
            without = without.replace(many, "");
        }
        let named = |part: &String| match part.is_ascii() {
            true => has_word(&folded, part),
            false => folded.contains(part.as_str()),
        };
        let mut words = folded.split(|c: char| !c.is_alphanumeric());
        words.any(|word| PERSON.contains(&word))
            || PERSON_JA.iter().any(|word| without.contains(word))
            || self.0.iter().any(named)
    }
}

/// Which lines about personal matters stand in a paper for colleagues.
#[derive(Debug, Clone, Copy)]
pub enum Personal<'a> {
    All,
    /// Those that the user put in.
    Only(&'a BTreeSet<String>),
}

impl Personal<'_> {
    /// Whether a line may stand in the paper.
    pub fn allows(self, line: &str, names: &Names) -> bool {
        match self {
            Self::All => true,
            Self::Only(lines) => lines.contains(line) || !names.is_personal(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_matters_are_told_from_work() {
        let names = Names::of(["Dana Cole", "Olivia Price", "村上 修", "大野 恵"].into_iter());
        for text in [
            "Dana is off sick until May",
            "her mother passed away last week",
            "Dana was diagnosed with something serious",
            "he told me his salary is below market",
            "Dana is pregnant, leaves in June",
            "going through a divorce, slow to answer",
            "She is burned out, wants to hand over",
            "Olivia quietly told us she has resigned",
            "Olivia on mat leave from March",
            "train the stand-in before her leave",
            "大野さんが長期休暇に入る前に引き継ぐ",
            "40 people go, not public yet",
            "橋本さんは来月から産休",
            "大野の育休中は田中が代行",
            "ご入院されていたとのこと",
            "お父様がご逝去",
            "体調を崩されている",
            "年収の話が出た",
            "離婚されたばかりで余裕がない",
            "村上様の復職後に再度ご説明",
            "来春に合併予定（未公表）",
            "血圧が高く倒れそうな勢い",
        ] {
            assert!(names.is_personal(text), "{text}");
        }
        for text in [
            "the hospital group opens two wards in March",
            "set up events workspace from the hospitality template",
            "I found out an ep was late before the host texted me",
            "health check in May",
            "they are sickened by the price",
            "I'm sick of excuses",
            "the export broke for Dana",
            "she disabled SSO",
            "Salary import moves to the 25th",
            "Maternity leave form is fixed by 15 December",
            "Add 30 seats for the cancer clinic from 1 March",
            "Surgery rooms are booked in the tool",
            "SSO is disabled, the server died",
            "diagnostic tool, chain of custody",
            "wife and husband plan of the insurer",
            "the champion leaves in March",
            "手術室の予約は対象外とする",
            "入院患者様の食事指示は対象外",
            "休職者はライセンス数に含まれますか",
            "産休・育休の申請フォームは現行のまま",
            "葬儀社の顧客台帳を移行する",
            "障害が2件続いた",
            "診断機能を使いたい",
            "がんばって進める",
            "給与計算の連携を試す",
            "それだけが課題、価格もそうつたえる",
            "インフルエンサー施策",
            "異動で4月から別の部署",
        ] {
            assert!(!names.is_personal(text), "{text}");
        }
        for text in [
            "why is Dana against it -> bad experience with us in 2023",
            "村上様は反対されている理由は",
            "she does not trust the numbers",
        ] {
            assert!(names.tells_stance(text), "{text}");
        }
        for text in [
            "反対意見の集計機能はあるか",
            "the law is against it",
            "leave requests module",
        ] {
            assert!(
                !names.tells_stance(text) && !names.is_personal(text),
                "{text}"
            );
        }
        let put_in = BTreeSet::from(["体調が悪い".to_owned()]);
        assert!(Personal::Only(&put_in).allows("体調が悪い", &names));
        assert!(Personal::All.allows("体調", &names));
        assert!(!Personal::Only(&put_in).allows("うつ病", &names));
    }

    #[test]
    fn a_remark_may_say_who_alone_may_know() {
        let names = Names::of(["Dana Cole", "Olivia Price", "村上 修", "大野 恵"].into_iter());
        for text in [
            "// Dana only!!",
            "Price doesn't know",
            "// 大野部長のみ",
            "大野さんには言わない",
        ] {
            assert!(names.narrows(text), "{text}");
        }
        for text in [
            "only if Dana asks",
            "Dana likes it",
            "大野さんに確認",
            "Mel only",
        ] {
            assert!(!names.narrows(text), "{text}");
        }
    }
}
