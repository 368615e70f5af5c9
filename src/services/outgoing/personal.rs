//! Personal matters: the health, family, pay or beliefs of a person. A line about one stays out of what others read
//! until the user puts it in. The kinds are those that Japan's APPI (要配慮個人情報) and Article 9 of the GDPR protect,
//! with family, pay and employment, which people tell a CSM in confidence too.

use std::collections::BTreeSet;

use super::inner::has_word;
use crate::domain::text::{fold, nfkc};

/// Whole words and phrases, folded; `…` at the end stands for any ending.
const ENGLISH: [&str; 94] = [
    // Health.
    "sick",
    "is ill",
    "was ill",
    "been ill",
    "fell ill",
    "seriously ill",
    "illness",
    "cancer",
    "tumo…",
    "chemo…",
    "surgery",
    "in hospital",
    "in the hospital",
    "hospitali…",
    "diagnosed",
    "heart attack",
    "had a stroke",
    "injur…",
    "broke his",
    "broke her",
    "medical leave",
    "sick leave",
    "on leave for her health",
    "on leave for his health",
    "health issue",
    "health problem",
    "health reason",
    "her health",
    "his health",
    "their health",
    "mental health",
    "depressed",
    "her depression",
    "his depression",
    "anxiety attack",
    "burnout",
    "burned out",
    "burnt out",
    "panic attack",
    "in therapy",
    "therapist",
    "rehab",
    "alcoholi…",
    "drinking problem",
    "pregnan…",
    "miscarriage",
    "ivf",
    "maternity",
    "paternity",
    "parental leave",
    "expecting a baby",
    "due date of the baby",
    "her disability",
    "his disability",
    // Family.
    "divorc…",
    "getting married",
    "wedding",
    "her husband",
    "his wife",
    "her wife",
    "his husband",
    "her partner left",
    "her boyfriend",
    "his girlfriend",
    "her son",
    "his son",
    "her daughter",
    "his daughter",
    "her kids",
    "his kids",
    "her mother",
    "his mother",
    "her father",
    "his father",
    "passed away",
    "has died",
    "funeral",
    "bereave…",
    "family reasons",
    "family emergency",
    // Pay and employment.
    "salary",
    "salaries",
    "pay rise",
    "underpaid",
    "on a pip",
    "disciplinary",
    "harass…",
    // Belief, life and law.
    "religio…",
    "sexual…",
    "arrested",
    "criminal record",
    "immigration status",
    "personal debt",
    "her visa",
];

/// Pieces of a Japanese line.
const JAPANESE: [&str; 85] = [
    // Health.
    "病気",
    "病状",
    "持病",
    "入院",
    "退院",
    "通院",
    "闘病",
    "手術",
    "癌",
    "がん治療",
    "がんと",
    "がんの",
    "腫瘍",
    "体調",
    "療養",
    "休職",
    "うつ病",
    "うつ状態",
    "鬱",
    "メンタル不調",
    "メンタルが",
    "メンタル面",
    "適応障害",
    "と診断",
    "診断書",
    "怪我",
    "ケガ",
    "骨折",
    "発熱で",
    "インフルエンザ",
    "インフルに",
    "コロナに",
    "妊娠",
    "おめでた",
    "つわり",
    "出産",
    "産休",
    "育休",
    "不妊",
    "流産",
    "障害者手帳",
    "依存症",
    "酒癖",
    "飲酒",
    // Family.
    "離婚",
    "別居",
    "結婚",
    "婚約",
    "不倫",
    "奥様",
    "奥さん",
    "ご主人",
    "旦那",
    "息子",
    "娘さん",
    "娘が",
    "娘の",
    "お子さん",
    "ご両親",
    "お母様",
    "お父様",
    "お母さん",
    "お父さん",
    "の介護",
    "介護休",
    "家庭の事情",
    "ご家庭",
    "逝去",
    "亡くな",
    "他界",
    "葬儀",
    "忌引",
    "喪中",
    // Pay and employment.
    "給料",
    "年収",
    "年俸",
    "昇給",
    "減給",
    "懲戒",
    "パワハラ",
    "セクハラ",
    // Belief and law.
    "信仰",
    "宗教",
    "逮捕",
    "自己破産",
];

/// Whether a line is about a personal matter.
pub fn is_personal(text: &str) -> bool {
    // Kana stay apart: ケガ is no part of 「それだけが」.
    let (folded, plain) = (fold(text), nfkc(text));
    let english = |word: &&str| match word.strip_suffix('…') {
        Some(stem) => begins_word(&folded, stem),
        None => has_word(&folded, word),
    };
    ENGLISH.iter().any(|word| english(word)) || JAPANESE.iter().any(|word| plain.contains(word))
}

fn begins_word(folded: &str, stem: &str) -> bool {
    let mut places = folded.match_indices(stem);
    places.any(|(at, _)| {
        let before = folded[..at].chars().last();
        !before.is_some_and(char::is_alphanumeric)
    })
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
    pub fn allows(self, line: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(lines) => lines.contains(line) || !is_personal(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_matters_are_told_from_work() {
        for text in [
            "Anna is off sick until May",
            "her mother passed away last week",
            "Jo was diagnosed with something serious",
            "he told me his salary is below market",
            "Dana is pregnant, leaves in June",
            "going through a divorce, slow to answer",
            "Burned out, wants to hand over",
            "橋本さんは来月から産休",
            "ご入院されていたとのこと",
            "お父様がご逝去",
            "体調を崩されている",
            "年収の話が出た",
            "離婚されたばかりで余裕がない",
        ] {
            assert!(is_personal(text), "{text}");
        }
        for text in [
            "the hospital group opens two wards in March",
            "health check in May",
            "they are sickened by the price", // a word of its own
            "account health is fine",
            "障害が2件続いた",
            "診断機能を使いたい",
            "がんばって進める",
            "給与計算の連携を試す",
            "daughter company in Osaka",
            "wife and husband plan of the insurer",
            "the champion leaves in March",
            "異動で4月から別の部署",
            "SSO is disabled, the server died",
            "diagnostic tool, chain of custody",
            "それだけが課題、価格もそうつたえる",
            "インフルエンサー施策",
            "reported a studied answer",
            "sponsor is promoted",
        ] {
            assert!(!is_personal(text), "{text}");
        }
        let put_in = BTreeSet::from(["入院された".to_owned()]);
        assert!(Personal::Only(&put_in).allows("入院された") && Personal::All.allows("is ill"));
        assert!(!Personal::Only(&put_in).allows("手術された"));
    }
}
