//! Characters that take no place on the screen. In a name or an id they make two of what looks like one,
//! or carry a text that nobody sees. In an emoji some of them have a duty, and stay.

/// Whether a character takes no place, whatever it does: joiners, marks of direction, selectors of
/// variants, tags, fillers, soft hyphens.
pub fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The text without hidden characters, except those that hold an emoji together: a joiner between two
/// pictures, a selector after one, the tags of a flag.
pub fn without_hidden(text: &str) -> String {
    if text.is_ascii() || !text.chars().any(is_hidden) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let rest = &chars[at + 1..];
        let before = out.chars().next_back();
        match c {
            BLACK_FLAG => {
                out.push(c);
                let tags = flag_tags(rest);
                out.extend(&rest[..tags]);
                at += tags;
            }
            JOINER if before.is_some_and(may_join) => {
                // Hidden characters between the joiner and its picture go.
                let next = rest.iter().find(|c| !is_hidden(**c));
                if next.is_some_and(|c| is_picture(*c)) {
                    out.push(c);
                }
            }
            TEXT_FORM | PICTURE_FORM if before.is_some_and(|b| has_forms(b, rest)) => out.push(c),
            c if is_hidden(c) => {}
            c => out.push(c),
        }
        at += 1;
    }
    out
}

const JOINER: char = '\u{200d}';
const TEXT_FORM: char = '\u{fe0e}';
const PICTURE_FORM: char = '\u{fe0f}';
const KEYCAP: char = '\u{20e3}';
/// Begins the flags of England, Scotland and Wales, whose letters are tags.
const BLACK_FLAG: char = '\u{1f3f4}';
const END_OF_TAGS: char = '\u{e007f}';
/// Letters of a flag: a country and its part.
const LONGEST_FLAG: usize = 6;

/// How many of these characters spell a flag; 0 where they spell none, whatever they hide.
fn flag_tags(rest: &[char]) -> usize {
    let is_tag = |c: &&char| matches!(**c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}');
    let letters = rest.iter().take_while(is_tag).count();
    let whole = (3..=LONGEST_FLAG).contains(&letters) && rest.get(letters) == Some(&END_OF_TAGS);
    if whole { letters + 1 } else { 0 }
}

/// Whether a picture can be joined to the next after this character.
fn may_join(before: char) -> bool {
    before == PICTURE_FORM || is_picture(before)
}

/// Whether a selector of text or picture has a meaning after this character.
fn has_forms(before: char, rest: &[char]) -> bool {
    let keycap = matches!(before, '0'..='9' | '#' | '*') && rest.first() == Some(&KEYCAP);
    keycap || is_picture(before)
}

/// Whether a character is a picture, or a sign that has the form of one.
fn is_picture(c: char) -> bool {
    matches!(
        c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21aa}'
            | '\u{2300}'..='\u{23ff}' | '\u{24c2}' | '\u{25a0}'..='\u{27bf}' | '\u{2934}' | '\u{2935}'
            | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_takes_no_place_goes() {
        for (text, want) in [
            ("Ac\u{200b}me", "Acme"),
            ("Ac\u{ad}me\u{feff}", "Acme"),
            ("\u{202e}emcA\u{2066}", "emcA"),
            ("ACC\u{e0041}\u{e0042}-1", "ACC-1"),
            ("葛\u{e0100}城", "葛城"),
            ("a\u{fe0f}b\u{fe0e}1\u{fe0f}", "ab1"),
            ("x\u{200d}y", "xy"),
            ("\u{3164}\u{115f}\u{2800}", ""),
            ("👩\u{200d}", "👩"),
            ("🏴\u{e0068}\u{e0069}", "🏴"),
            (
                "🏴\u{e0068}\u{e0069}\u{e0064}\u{e0064}\u{e0065}\u{e006e}\u{e0073}\u{e007f}",
                "🏴",
            ),
            ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}"),
        ] {
            assert_eq!(without_hidden(text), want, "{text:?}");
        }
    }

    #[test]
    fn emoji_stay_whole() {
        for text in [
            "👩\u{200d}👩\u{200d}👧\u{200d}👦",
            "🏳\u{fe0f}\u{200d}🌈",
            "👩🏽\u{200d}🚀",
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "🇯🇵 ｶﾞｽ e\u{301}",
        ] {
            assert_eq!(without_hidden(text), text);
        }
    }

    proptest! {
        #[test]
        fn a_second_pass_finds_nothing(
            pieces in proptest::collection::vec(
                prop_oneof![
                    any::<char>(),
                    proptest::sample::select(vec!['\u{200d}', '\u{fe0f}', '\u{1f3f4}', '\u{e0067}', '\u{e007f}', '❤', '1', '👩', '\u{20e3}']),
                ],
                0..20,
            )
        ) {
            let text: String = pieces.into_iter().collect();
            let once = without_hidden(&text);
            prop_assert_eq!(without_hidden(&once), once);
        }
    }
}
