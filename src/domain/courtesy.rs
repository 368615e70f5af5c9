//! How names address people: the endings and titles around a name.

/// Endings that address anybody.
pub const ENDINGS: [&str; 8] = ["さん", "様", "さま", "殿", "氏", "ちゃん", "君", "ご担当"];

/// Titles that stand for an ending: 「橋本部長」 is addressed as it is. A title comes before its own ending.
pub const TITLES: [&str; 34] = [
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

/// What two spellings of a person's name share: no blanks, no case, nothing that addresses them.
pub fn key(name: &str) -> String {
    let letters = bare(name).0.chars().filter(|c| !c.is_whitespace());
    letters.collect::<String>().to_lowercase()
}

/// Whether a name ends with a title that stands for an ending.
pub fn ends_with_title(name: &str) -> bool {
    TITLES.iter().any(|title| name.trim().ends_with(title))
}

fn strip(name: &str, wanted: impl Fn(&str) -> bool) -> &str {
    let mut name = name.trim();
    let endings = || TITLES.iter().chain(&ENDINGS).filter(|e| wanted(e));
    while let Some(rest) = endings().find_map(|h| name.strip_suffix(h)) {
        let rest = rest.trim();
        if rest.is_empty() {
            break;
        }
        name = rest;
    }
    name
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
            ("Dr. Ann Lee", ("Ann Lee", true)),
            ("Drew Lee", ("Drew Lee", false)),
        ] {
            assert_eq!(bare(name), want, "{name}");
        }
        assert_eq!(without_endings("橋本部長様"), "橋本部長");
        assert!(ends_with_title("橋本部長") && !ends_with_title("橋本様"));
    }
}
