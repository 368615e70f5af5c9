//! English words by their stems and by what they are about: what is said in words that no line of the
//! corpus has is still heard.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A class and its words on each line.
const TEXT: &str = include_str!("../../../assets/listening/meanings.tsv");

type Classes = HashMap<&'static str, Vec<&'static str>>;

/// The classes by word, and by stem for words that are not listed.
static CLASSES: LazyLock<(Classes, Classes)> = LazyLock::new(|| {
    let (mut words, mut stems) = (Classes::new(), Classes::new());
    for line in TEXT.lines() {
        let Some((class, list)) = line.split_once('\t') else {
            continue;
        };
        for word in list.split(' ') {
            for (map, key) in [(&mut words, word), (&mut stems, stem(word))] {
                let classes = map.entry(key).or_default();
                if !classes.contains(&class) {
                    classes.push(class);
                }
            }
        }
    }
    (words, stems)
});

/// What a word in lower case is about: `CANCEL`, `MONEY`. Most words are about nothing.
pub(super) fn classes(word: &str) -> &'static [&'static str] {
    let (words, stems) = &*CLASSES;
    let listed = words.get(word).or_else(|| stems.get(stem(word)));
    listed.map_or(&[], Vec::as_slice)
}

/// A word in lower case without its ending and the second of two equal last letters: "cancelled" and "cancelling" are one.
pub(super) fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 18] = [
        "ations", "ation", "ingly", "ments", "ment", "ings", "ing", "edly", "ers", "ies", "ied",
        "ed", "es", "er", "ly", "s", "e", "y",
    ];
    const LEAST: usize = 3;
    let cut = ENDINGS
        .iter()
        .find_map(|e| word.strip_suffix(e).filter(|s| s.len() >= LEAST));
    let cut = cut.unwrap_or(word);
    // "cancell" and "cancel", "plann" and "plan" are one.
    let mut ends = cut.chars().rev();
    match (ends.next(), ends.next()) {
        (Some(last), Some(before)) if last == before && cut.len() > LEAST => {
            &cut[..cut.len() - last.len_utf8()]
        }
        _ => cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_cut_and_short_words_stay() {
        for (word, cut) in [
            ("cancellations", "cancel"),
            ("planned", "plan"),
            ("bill", "bil"),
            ("renewing", "renew"),
            ("renewed", "renew"),
            ("agencies", "agenc"),
            ("agency", "agenc"),
            ("is", "is"),
            ("été", "été"),
        ] {
            assert_eq!(stem(word), cut);
        }
    }

    #[test]
    fn a_word_is_about_what_the_list_or_its_stem_says() {
        assert!(classes("terminated").contains(&"CANCEL"));
        assert!(classes("not").contains(&"NOT"));
        assert!(classes("invoicing").contains(&"MONEY"), "by its stem");
        assert!(classes("xylophone").is_empty());
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        for line in TEXT.lines() {
            let (class, words) = line.split_once('\t').expect("a class and its words");
            assert!(class.chars().all(|c| c.is_ascii_uppercase()), "{line}");
            for word in words.split(' ') {
                assert!(classes(word).contains(&class), "{class} {word}");
            }
        }
    }
}
