//! The grammar of a filter: words and terms that must all hold, `or` between alternatives, `-` before what must not
//! hold, parentheses, and quotes around what holds blanks.

use super::term::{self, Term, Unknown};
use crate::domain::text::{fold, half_width};

/// A part of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Term(Term),
    /// A word to search for, folded.
    Word(String),
    /// A phrase in quotes, folded: it is found as it stands.
    Phrase(String),
}

/// A piece of the line.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Open,
    Close,
    Or,
    Not,
    /// As it was typed, with the quotes around a value taken away, and whether all of it was quoted.
    Text {
        typed: String,
        quoted: bool,
    },
}

/// Reads a line: its tree, and the words that look like terms and are none.
pub(super) fn parse(line: &str) -> (Node, Vec<Unknown>) {
    let mut reader = Reader {
        tokens: tokens(line),
        at: 0,
        unknown: Vec::new(),
    };
    let node = reader.any();
    (node, reader.unknown)
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    unknown: Vec<Unknown>,
}

impl Reader {
    fn next(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    /// Alternatives, up to the end or a closing parenthesis. An `or` with nothing beside it says nothing yet.
    fn any(&mut self) -> Node {
        let mut found = Vec::new();
        loop {
            let all = self.all();
            if all != Node::All(Vec::new()) {
                found.push(all);
            }
            match self.next() {
                Some(Token::Or) => self.at += 1,
                _ => break,
            }
        }
        match found.len() {
            1 => found.remove(0),
            0 => Node::All(found),
            _ => Node::Any(found),
        }
    }

    fn all(&mut self) -> Node {
        let mut found = Vec::new();
        while let Some(token) = self.next() {
            match token {
                Token::Or | Token::Close => break,
                Token::Open | Token::Not | Token::Text { .. } => found.extend(self.one()),
            }
        }
        Node::All(found)
    }

    fn one(&mut self) -> Option<Node> {
        let token = self.next()?.clone();
        match token {
            Token::Open => {
                self.at += 1;
                let inner = self.any();
                if self.next() == Some(&Token::Close) {
                    self.at += 1;
                }
                Some(inner)
            }
            Token::Not => {
                self.at += 1;
                self.one().map(|inner| Node::Not(Box::new(inner)))
            }
            Token::Text { typed, quoted } => {
                self.at += 1;
                Some(self.text(&typed, quoted))
            }
            Token::Or | Token::Close => None,
        }
    }

    fn text(&mut self, typed: &str, quoted: bool) -> Node {
        if quoted {
            return Node::Phrase(fold(typed));
        }
        match term::read(typed) {
            Some(term) => Node::Term(term),
            None => {
                self.unknown.extend(term::unknown(typed));
                Node::Word(fold(typed))
            }
        }
    }
}

/// The line in pieces. Parentheses group only around something to group: `(株)` is a part of a name.
fn tokens(line: &str) -> Vec<Token> {
    let letters: Vec<char> = line.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        // Some keyboards type the sign of mathematics.
        let letter = half_width(letters[at]);
        let letter = if letter == '−' { '-' } else { letter };
        if letters[at].is_whitespace() || letter == '-' && at + 1 == letters.len() {
            at += 1;
        } else if letter == '(' && groups(&letters[at..]) {
            out.push(Token::Open);
            at += 1;
        } else if letter == ')' && is_open(&out) {
            out.push(Token::Close);
            at += 1;
        } else if letter == '-' && letters.get(at + 1).is_some_and(|c| !c.is_whitespace()) {
            out.push(Token::Not);
            at += 1;
        } else {
            let (typed, quoted, end) = text(&letters, at, is_open(&out));
            let is_or =
                !quoted && matches!(typed.to_lowercase().as_str(), "or" | "|" | "｜" | "または");
            out.push(match is_or {
                true => Token::Or,
                false => Token::Text { typed, quoted },
            });
            at = end;
        }
    }
    out
}

/// Whether a parenthesis is open.
fn is_open(tokens: &[Token]) -> bool {
    let count = |wanted: &Token| tokens.iter().filter(|t| *t == wanted).count();
    count(&Token::Open) > count(&Token::Close)
}

/// Whether a parenthesis stands around terms, a negation or alternatives.
fn groups(letters: &[char]) -> bool {
    let mut depth = 0;
    let end = letters.iter().position(|c| {
        match half_width(*c) {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    let inner: String = letters[1..end.unwrap_or(letters.len())].iter().collect();
    let inside = tokens(&inner);
    let is_word = |t: &Token| match t {
        Token::Text { typed, quoted } => {
            !quoted && term::read(typed).is_none() && term::unknown(typed).is_none()
        }
        Token::Or | Token::Not | Token::Open | Token::Close => false,
    };
    // Nothing stands in it yet.
    inside.is_empty() || !inside.iter().all(is_word)
}

/// The end of a quotation that begins with this sign.
fn closing(letter: char) -> Option<char> {
    match letter {
        '"' | '＂' => Some('"'),
        '“' | '”' => Some('”'),
        '「' => Some('」'),
        _ => None,
    }
}

/// A text up to the next blank, whether all of it was quoted, and its end. Quotes stand at its beginning or behind the
/// sign of a term; an open quotation ends with the line.
fn text(letters: &[char], from: usize, in_group: bool) -> (String, bool, usize) {
    let mut out = String::new();
    let mut quoted = false;
    let mut at = from;
    while at < letters.len() {
        let letter = letters[at];
        let begins = at == from || matches!(half_width(letters[at - 1]), ':' | '<' | '>' | '=');
        if let Some(close) = closing(letter).filter(|_| begins) {
            let rest = &letters[at + 1..];
            let ends = |c: &char| *c == close || half_width(*c) == close;
            let length = rest.iter().position(ends).unwrap_or(rest.len());
            out.extend(&rest[..length]);
            quoted = at == from;
            at += length + 2;
            if quoted {
                break;
            }
            continue;
        }
        if letter.is_whitespace() || in_group && half_width(letter) == ')' {
            break;
        }
        out.push(letter);
        at += 1;
    }
    (out, quoted, at.min(letters.len()))
}
