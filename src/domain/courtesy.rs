//! How names address people: the endings and titles around a name, and the spellings that mean one person.

use unicode_normalization::UnicodeNormalization;

use super::text::without_hidden;

/// Endings that address anybody.
pub const ENDINGS: [&str; 8] = ["さん", "様", "さま", "殿", "氏", "ちゃん", "君", "ご担当"];

/// Titles that stand for an ending: 「橋本部長」 is addressed as it is. A title comes before its own ending.
pub const TITLES: [&str; 64] = [
    "事務局長",
    "局次長",
    "総支配人",
    "支配人",
    "施設長",
    "編集長",
    "学部長",
    "学長",
    "塾長",
    "館長",
    "教頭",
    "組合長",
    "理事",
    "顧問",
    "オーナー",
    "チーフ",
    "先生",
    "代表取締役",
    "取締役",
    "執行役員",
    "監査役",
    "相談役",
    "役員",
    "部長代理",
    "課長代理",
    "支店長",
    "工場長",
    "事務長",
    "理事長",
    "会長",
    "社長",
    "専務",
    "常務",
    "部長",
    "次長",
    "課長",
    "係長",
    "室長",
    "局長",
    "院長",
    "校長",
    "園長",
    "師長",
    "所長",
    "店長",
    "主任",
    "主査",
    "参事",
    "教授",
    "助教",
    "講師",
    "医師",
    "弁護士",
    "議員",
    "監督",
    "長官",
    "補佐",
    "代理",
    "頭取",
    "総長",
    "ディレクター",
    "マネジャー",
    "マネージャー",
    "リーダー",
];

/// Titles before an English name.
const BEFORE: [&str; 19] = [
    "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Sir", "Dame", "Rev", "Fr", "Sr", "Herr",
    "Frau", "Mme", "Mlle", "Monsieur", "Madame", "Señor",
];

/// The title before an English name, and the name.
pub fn titled(name: &str) -> Option<(&str, &str)> {
    let (first, rest) = name.trim().split_once(char::is_whitespace)?;
    BEFORE
        .contains(&first.trim_end_matches('.'))
        .then_some((first, rest.trim()))
}

/// A name without the endings; a name that is nothing else stays as it is.
pub fn without_endings(name: &str) -> &str {
    strip(name, |end| ENDINGS.contains(&end))
}

/// A name without what addresses the person; the second part says whether there was something.
pub fn bare(name: &str) -> (&str, bool) {
    let name = name.trim();
    let own = titled(name).map_or(name, |t| t.1);
    let own = strip(own, |_| true);
    (own, own != name)
}

/// What two spellings of a person's name share: no blanks, case, accents or apostrophes, one form of a kanji, and
/// nothing that addresses them or stands in brackets behind them.
pub fn key(name: &str) -> String {
    let name = without_hidden(name);
    let letters = bare(unbracketed(&name)).0.nfkc();
    let kept = letters.filter(|c| !c.is_whitespace() && !"'’‘ʼ`´".contains(*c));
    kept.map(plain_letter).collect::<String>().to_lowercase()
}

/// A letter without its accent, and of the forms of a kanji in names the common one. A voiced kana is another
/// letter, not an accent.
fn plain_letter(c: char) -> char {
    /// Each name's kanji with its other forms.
    const FORMS: [(char, &str); 14] = [
        ('斎', "斉齊齋"),
        ('桜', "櫻"),
        ('高', "髙"),
        ('崎', "﨑嵜碕"),
        ('辺', "邊邉"),
        ('沢', "澤"),
        ('浜', "濱濵"),
        ('広', "廣"),
        ('島', "嶋嶌"),
        ('真', "眞"),
        ('恵', "惠"),
        ('国', "國"),
        ('条', "條"),
        ('吉', "𠮷"),
    ];
    if let Some((common, _)) = FORMS.iter().find(|(_, others)| others.contains(c)) {
        return *common;
    }
    let base = std::iter::once(c).nfd().next();
    base.filter(char::is_ascii_alphabetic).unwrap_or(c)
}

/// A name without a remark in brackets behind it.
pub fn unbracketed(name: &str) -> &str {
    let name = name.trim();
    let closed = name.strip_suffix([')', '）']);
    let open = closed.and_then(|inner| inner.rsplit_once(['(', '（']));
    open.map_or(name, |(before, _)| before.trim())
}

/// Whether a text is a position, as it stands behind a name and a comma: "Emily Stone, CMO".
pub fn is_position(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "vp",
        "svp",
        "evp",
        "director",
        "manager",
        "head",
        "lead",
        "president",
        "partner",
        "founder",
        "chair",
        "phd",
    ];
    let chief = text.len() <= 4
        && text.len() >= 3
        && text.starts_with('C')
        && text.ends_with('O')
        && text.chars().all(|c| c.is_ascii_uppercase());
    let folded = text.to_ascii_lowercase();
    let mut words = folded.split(|c: char| !c.is_ascii_alphabetic());
    chief || words.any(|w| WORDS.contains(&w))
}

/// Whether a text names one person: no number of people, no group, no address.
pub fn is_one_person(name: &str) -> bool {
    const GROUPS: [&str; 15] = [
        "others", "other", "team", "all", "everyone", "guests", "two", "three", "方々", "一同",
        "皆様", "皆さ", "ほか", "他の", "職員",
    ];
    let folded = name.to_lowercase();
    let words = folded.split(|c: char| c.is_whitespace() || c == ',');
    let group = |g: &str| {
        if g.is_ascii() {
            words.clone().any(|w| w == g)
        } else {
            folded.contains(g)
        }
    };
    !name.contains(|c: char| c.is_numeric() || c == '@')
        && !GROUPS.iter().any(|g| group(g))
        && !folded.trim().is_empty()
}

/// Whether a name ends with a title that stands for an ending.
pub fn ends_with_title(name: &str) -> bool {
    TITLES.iter().any(|title| name.trim().ends_with(title))
}

/// Whether what was typed means a name: by parts of it that stand together, or of a Latin name by any letters from its
/// beginning. 「森」 is not 「森本」.
pub fn is_meant(name: &str, typed: &str) -> bool {
    let wanted = key(typed);
    let own = bare(name).0;
    let parts: Vec<String> = own.split_whitespace().map(key).collect();
    let mut runs =
        (0..parts.len()).flat_map(|from| (from + 1..=parts.len()).map(move |to| (from, to)));
    let whole = parts.concat();
    !wanted.is_empty()
        && ((wanted.is_ascii() && whole.starts_with(&wanted))
            || runs.any(|(from, to)| parts[from..to].concat() == wanted)
            || parts.first().is_some_and(|family| is_titled(family, &key_of_typed(typed)))
            // A Japanese name in one piece shows no parts.
            || (!own.contains(char::is_whitespace) && wanted.chars().count() > 1 && whole.starts_with(&wanted)))
}

/// Whether a Japanese family name stands before a title that nobody listed: 「田中出張所長」. 「田中一郎」 is a name.
fn is_titled(family: &str, typed: &str) -> bool {
    const MOST: usize = 8;
    let title = typed.strip_prefix(family).unwrap_or_default();
    let several = ["と", "・", "ほか", "他"];
    family.chars().count() > 1
        && !family.is_ascii()
        && (2..=MOST).contains(&title.chars().count())
        && without_endings(title).ends_with('長')
        && !several.iter().any(|sign| title.contains(sign))
}

/// The letters of a name as it was typed, with what addresses the person.
fn key_of_typed(typed: &str) -> String {
    let letters = unbracketed(typed).nfkc().filter(|c| !c.is_whitespace());
    letters.map(plain_letter).collect()
}

/// What stands between a name and a title: a rank below or above it, and the department. 「橋本本部長」 is 橋本, and
/// 「田中本部長」 田中; a name that ends with 本 has two letters.
const BEFORE_TITLE: [&str; 25] = [
    "副",
    "統括",
    "看護",
    "営業",
    "総務",
    "人事",
    "経理",
    "財務",
    "法務",
    "企画",
    "事業",
    "技術",
    "製造",
    "開発",
    "品質",
    "購買",
    "広報",
    "物流",
    "生産",
    "管理",
    "業務",
    "情報",
    "システム",
    "支社",
    "グループ",
];

fn strip(name: &str, wanted: impl Fn(&str) -> bool) -> &str {
    let mut name = name.trim();
    let endings = || TITLES.iter().chain(&ENDINGS).filter(|e| wanted(e));
    while let Some((ending, rest)) = endings().find_map(|h| Some((*h, name.strip_suffix(h)?))) {
        let mut rest = rest.trim();
        if TITLES.contains(&ending) {
            let shorter = |rest: &'_ str| -> Option<usize> {
                let department = BEFORE_TITLE.iter().find_map(|w| rest.strip_suffix(w));
                let main = || {
                    rest.strip_suffix('本')
                        .filter(|b| b.trim().chars().count() > 1)
                };
                let before = department.or_else(main)?.trim_end();
                (!before.is_empty()).then_some(before.len())
            };
            while let Some(len) = shorter(rest) {
                rest = &rest[..len];
            }
        }
        if rest.is_empty() {
            break;
        }
        name = rest;
    }
    // 「上田CEO」.
    let own = name.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == 'x');
    let position = &name[own.len()..];
    let behind_kanji = own.ends_with(|c: char| !c.is_ascii());
    match behind_kanji && (2..=4).contains(&position.len()) && wanted("部長") {
        true => own,
        false => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_what_addresses_it() {
        for (name, want) in [
            ("橋本さん", ("橋本", true)),
            ("橋本 部長様", ("橋本", true)),
            ("橋本部長", ("橋本", true)),
            ("中村 執行役員", ("中村", true)),
            ("木村部長代理様", ("木村", true)),
            ("Frau Iyer", ("Iyer", true)),
            ("橋本", ("橋本", false)),
            ("さん", ("さん", false)),
            ("三浦副部長", ("三浦", true)),
            ("長谷川看護部長", ("長谷川", true)),
            ("橋本本部長", ("橋本", true)),
            ("田中本部長様", ("田中", true)),
            ("田中事務局長", ("田中", true)),
            ("上田CEO様", ("上田", true)),
            ("副社長", ("副", true)),
            ("Ann LEE", ("Ann LEE", false)),
            ("Dr. Ann Lee", ("Ann Lee", true)),
            ("Drew Lee", ("Drew Lee", false)),
        ] {
            assert_eq!(bare(name), want, "{name}");
        }
        assert_eq!(without_endings("橋本部長様"), "橋本部長");
        assert!(ends_with_title("橋本部長") && !ends_with_title("橋本様"));
    }

    #[test]
    fn spellings_of_one_person_are_one() {
        for (a, b) in [
            ("Katherine O'Brien", "katherine o’brien"),
            ("José García", "Jose Garcia"),
            ("斉藤さん", "斎藤"),
            ("櫻井取締役", "桜井様"),
            ("髙橋 真", "高橋眞"),
            ("林さん（業務改善）", "林様"),
            ("Maria (new CFO, difficult)", "Maria"),
            ("Ａｎｎ", "Ann"),
        ] {
            assert_eq!(key(a), key(b), "{a}");
        }
        for (a, b) in [("ばば", "はは"), ("かが", "かか"), ("Ann", "Anna")] {
            assert_ne!(key(a), key(b), "{a}");
        }
        for (name, typed) in [
            ("森本 千尋", "森本"),
            ("森本 千尋", "森本千尋さん"),
            ("森本 千尋", "千尋"),
            ("田中 啓介", "田中出張所長様"),
            ("Katherine Ross", "kat"),
            ("Tan Wei Ling", "Wei Ling"),
            ("石田つばさ", "石田"),
        ] {
            assert!(is_meant(name, typed), "{name} {typed}");
        }
        for (name, typed) in [
            ("森本 千尋", "森"),
            ("大森 隆", "森"),
            ("森本 千尋", "森田施設長"),
            ("田中 啓介", "田中様と佐藤様"),
            ("田中 啓介", "田中丸"),
            ("田中 啓介", "田中一郎"),
            ("田中 啓介", "田中 一郎様"),
            ("Ann Lee", "nn"),
            ("Ann Lee", ""),
        ] {
            assert!(!is_meant(name, typed), "{name} {typed}");
        }
        assert_eq!(unbracketed("(Ann)"), "");
        for one in ["Ann Lee", "一郎", "三浦 大", "東教授", "Guy Other-Smith"] {
            assert!(is_one_person(one), "{one}");
        }
        for many in [
            "3 engineers",
            "two others",
            "ほか2名",
            "院生の方々",
            "bob@x.example",
            "他の皆様",
            "",
        ] {
            assert!(!is_one_person(many), "{many}");
        }
        for (text, is) in [
            ("CMO", true),
            ("VP Sales", true),
            ("Head of IT", true),
            ("Chloe", false),
            ("Lee", false),
        ] {
            assert_eq!(is_position(text), is, "{text}");
        }
        for name in ["東教授", "南支店長代理", "桂事務長補佐"] {
            assert!(ends_with_title(name), "{name}");
        }
    }
}
