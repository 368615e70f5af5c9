//! A line as the model reads it, and its pieces.

use unicode_normalization::UnicodeNormalization;

use crate::domain::text::hash;

/// Which of the two models judges a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// With kana or kanji: pieces of one to four characters.
    Ja,
    /// Others: pieces of three to five characters, and of one to three words.
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

impl Folded {
    /// The pieces, each once, by their hashes, with their places in the text.
    pub fn pieces(&self) -> Vec<(u64, (u32, u32))> {
        let mut out = Vec::with_capacity(self.starts.len() * 5);
        let (least, most) = match self.script {
            Script::Ja => (1, 4),
            Script::En => (3, 5),
        };
        for size in least..=most {
            out.extend(self.starts.windows(size + 1).map(|w| (w[0], w[size])));
        }
        if self.script == Script::En {
            const WORDS: usize = 3;
            let blanks: Vec<u32> = self
                .text
                .match_indices(' ')
                .map(|(i, _)| i as u32)
                .collect();
            for words in 1..=WORDS {
                out.extend(blanks.windows(words + 1).map(|w| (w[0], w[words] + 1)));
            }
        }
        let hashed = out
            .into_iter()
            .map(|place| (hash(self.piece(place)), place));
        let mut hashed: Vec<(u64, (u32, u32))> = hashed.collect();
        hashed.sort_unstable();
        hashed.dedup_by_key(|piece| piece.0);
        hashed
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
        let all = folded.pieces();
        all.iter().map(|p| folded.piece(p.1).to_owned()).collect()
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
        assert!(words.contains(&" not ".to_owned()) && words.contains(&"are n".to_owned()));
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
