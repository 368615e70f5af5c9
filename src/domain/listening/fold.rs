//! A line as the model reads it, and its pieces.

use unicode_normalization::UnicodeNormalization;

use super::meanings::{classes, stem};
use crate::domain::text::hash;

/// Which of the two models judges a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// With kana or kanji: pieces of one to four characters.
    Ja,
    /// Others: pieces of one to three words, and pairs of words that stand near each other.
    En,
}

impl Script {
    pub fn of(line: &str) -> Self {
        let japanese = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff66}'..='\u{ff9f}');
        if line.chars().any(japanese) {
            Script::Ja
        } else {
            Script::En
        }
    }
}

/// A line with one spelling for what sounds or means the same: half width, lower case, no apostrophes, one
/// nought for every number. Its pieces are parts of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Folded {
    pub text: String,
    pub script: Script,
    /// For each byte of the text the byte of the line that it stands for.
    from: Vec<u32>,
    /// Where each character begins, and the end.
    starts: Vec<u32>,
}

/// Reads a line.
pub fn fold(line: &str) -> Folded {
    let script = Script::of(line);
    let mut out = Folding {
        text: String::with_capacity(line.len() + 2),
        from: Vec::with_capacity(line.len() + 2),
    };
    let (open, close) = match script {
        Script::Ja => ('^', '$'),
        Script::En => (' ', ' '),
    };
    out.put(open, 0);
    for (at, original) in line.char_indices() {
        for c in std::iter::once(original)
            .nfkc()
            .flat_map(char::to_lowercase)
        {
            match script {
                Script::Ja => out.japanese(c, at),
                Script::En => out.english(c, at),
            }
        }
    }
    if script == Script::Ja || !out.text.ends_with(' ') {
        out.put(close, line.len());
    }
    let ends = std::iter::once(out.text.len() as u32);
    let starts = out.text.char_indices().map(|(i, _)| i as u32).chain(ends);
    Folded {
        starts: starts.collect(),
        text: out.text,
        script,
        from: out.from,
    }
}

struct Folding {
    text: String,
    from: Vec<u32>,
}

impl Folding {
    fn put(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.from.resize(self.text.len(), at as u32);
    }

    /// A number is one nought, however long.
    fn digit(&mut self, at: usize) {
        if !self.text.ends_with('0') {
            self.put('0', at);
        }
    }

    fn japanese(&mut self, c: char, at: usize) {
        if c.is_ascii_digit() {
            self.digit(at);
        } else if !c.is_whitespace() {
            self.put(c, at);
        }
    }

    fn english(&mut self, c: char, at: usize) {
        match c {
            '0'..='9' => self.digit(at),
            '\'' | '’' | '‘' => {}
            '?' | '!' | '%' | '$' | '£' | '€' => {
                self.blank(at);
                self.put(c, at);
                self.blank(at);
            }
            c if c.is_alphabetic() => self.put(c, at),
            _ => self.blank(at),
        }
    }

    fn blank(&mut self, at: usize) {
        if !self.text.ends_with(' ') {
            self.put(' ', at);
        }
    }
}

/// A word of a folded line.
struct Word<'a> {
    place: (u32, u32),
    stem: &'a str,
    classes: &'static [&'static str],
}

impl<'a> Word<'a> {
    fn of(text: &'a str, place: (u32, u32)) -> Self {
        let word = &text[place.0 as usize..place.1 as usize];
        Self {
            place,
            stem: stem(word),
            classes: classes(word),
        }
    }

    fn meanings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.stem).chain(self.classes.iter().copied())
    }
}

impl Folded {
    /// The pieces, each once, by their hashes, with their places in the text.
    pub fn pieces(&self) -> Vec<(u64, (u32, u32))> {
        let mut out = Vec::with_capacity(self.starts.len() * 6);
        self.each(|piece, place| out.push((hash(piece), place)));
        out.sort_unstable();
        out.dedup_by_key(|piece| piece.0);
        out
    }

    /// The pieces as the file of weights writes them, each once.
    pub fn written(&self) -> Vec<String> {
        let mut out = Vec::new();
        self.each(|piece, _| out.push(piece.to_owned()));
        out.sort_unstable();
        out.dedup();
        out
    }

    fn each(&self, mut put: impl FnMut(&str, (u32, u32))) {
        match self.script {
            Script::Ja => {
                for size in 1..=4 {
                    for w in self.starts.windows(size + 1) {
                        let place = (w[0], w[size]);
                        put(self.piece(place), place);
                    }
                }
            }
            Script::En => self.words(put),
        }
    }

    /// Words and their stems in a row, and what stands near each other: stems and classes.
    fn words(&self, mut put: impl FnMut(&str, (u32, u32))) {
        /// Words in a row, and words from the first to the last of a pair.
        const ROW: usize = 3;
        const NEAR: usize = 4;
        let blanks = self.text.match_indices(' ').map(|(i, _)| i as u32);
        let blanks: Vec<u32> = blanks.collect();
        let words: Vec<Word<'_>> = blanks
            .windows(2)
            .map(|w| Word::of(&self.text, (w[0] + 1, w[1])))
            .collect();
        let mut name = String::new();
        for size in 1..=ROW {
            for row in words.windows(size) {
                let place = (row[0].place.0, row[size - 1].place.1);
                put(self.piece((place.0 - 1, place.1 + 1)), place);
                name.clear();
                for word in row {
                    name.push(if name.is_empty() { '=' } else { ' ' });
                    name.push_str(word.stem);
                }
                put(&name, place);
            }
        }
        for (at, first) in words.iter().enumerate() {
            first
                .classes
                .iter()
                .for_each(|class| put(class, first.place));
            for second in words[at + 1..].iter().take(NEAR) {
                let place = (first.place.0, second.place.1);
                for a in first.meanings() {
                    for b in second.meanings() {
                        name.clear();
                        name.extend([a, "~", b]);
                        put(&name, place);
                    }
                }
            }
        }
    }

    pub fn piece(&self, (from, to): (u32, u32)) -> &str {
        &self.text[from as usize..to as usize]
    }

    /// The bytes of the line that a part of the text stands for.
    pub fn in_line(&self, line: &str, (from, to): (usize, usize)) -> (usize, usize) {
        let start = self.from.get(from).map_or(line.len(), |b| *b as usize);
        let last = to.checked_sub(1).and_then(|b| self.from.get(b));
        let last = last.map_or(start, |b| *b as usize);
        let size = line[last..].chars().next().map_or(0, char::len_utf8);
        (start, (last + size).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(line: &str) -> Vec<String> {
        let folded = fold(line);
        folded.written()
    }

    #[test]
    fn spellings_that_mean_the_same_fold_to_the_same() {
        for (a, b) in [
            ("We don’t need it", "we dont  need it."),
            ("ｺｽﾄ削減 １２％", "コスト削減34%"),
            ("cut by 10 %", "cut by 1,234%"),
            ("検討 中 です", "検討中です"),
        ] {
            let near = |s: &str| fold(s).text.replace("0 0", "0");
            assert_eq!(near(a), near(b), "{a} | {b}");
        }
    }

    #[test]
    fn pieces_are_parts_of_the_line_each_once() {
        let words = pieces("we are not we are");
        assert_eq!(words.iter().filter(|p| *p == " we are ").count(), 1);
        assert!(words.contains(&" not ".to_owned()) && words.contains(&"NOT".to_owned()));
        let ja = pieces("見送り見送り");
        assert_eq!(ja.iter().filter(|p| *p == "見送り").count(), 1);
        assert!(ja.contains(&"^見".to_owned()));
    }

    #[test]
    fn a_part_of_the_text_is_found_in_the_line() {
        let line = "Ｍ社：ｺｽﾄ 削減を　希望";
        let folded = fold(line);
        let at = folded.text.find("削減").expect("there");
        let (from, to) = folded.in_line(line, (at, at + "削減".len()));
        assert_eq!(&line[from..to], "削減");
    }
}
