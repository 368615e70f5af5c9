//! Keys as plain values with names. In commands, full-width characters count as half-width, because
//! a Japanese input method may be on. Must not depend on the terminal or the domain.

use std::fmt;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// A key with its modifiers, as the terminal reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

impl Key {
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    pub const fn ctrl(c: char) -> Self {
        Self {
            code: Code::Char(c),
            ctrl: true,
            alt: false,
            shift: false,
        }
    }

    /// The key as a command: full-width characters become half-width, and shift is part of the
    /// letter.
    #[must_use]
    pub fn as_command(self) -> Self {
        match self.code {
            Code::Char(c) => Self {
                code: Code::Char(half_width(c)),
                shift: false,
                ..self
            },
            _ => self,
        }
    }

    /// The character that the key types, if any.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Parses a script of keys: plain characters, and names such as `<ret>`, `<esc>`, `<C-e>`,
    /// `<F8>`.
    pub fn script(text: &str) -> Vec<Key> {
        let mut out = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c == '<'
                && let Some(end) = rest.find('>')
                && let Some(key) = Self::named(&rest[1..end])
            {
                out.push(key);
                rest = &rest[end + 1..];
            } else {
                out.push(Key::char(c));
                rest = &rest[c.len_utf8()..];
            }
        }
        out
    }

    fn named(name: &str) -> Option<Key> {
        let single = |rest: &str| {
            let mut chars = rest.chars();
            chars
                .next()
                .filter(|_| chars.as_str().is_empty())
                .map(Key::char)
        };
        if let Some(c) = name.strip_prefix("C-") {
            return c.chars().next().map(Key::ctrl);
        }
        if let Some(rest) = name.strip_prefix("S-") {
            return Self::named(rest).map(|k| Key { shift: true, ..k });
        }
        if let Some(rest) = name.strip_prefix("A-") {
            return Self::named(rest)
                .or_else(|| single(rest))
                .map(|k| Key { alt: true, ..k });
        }
        if let Some(n) = name.strip_prefix('F').and_then(|n| n.parse().ok()) {
            return Some(Key::plain(Code::F(n)));
        }
        let code = match name {
            "ret" => Code::Enter,
            "esc" => Code::Esc,
            "tab" => Code::Tab,
            "backtab" => Code::BackTab,
            "bs" => Code::Backspace,
            "del" => Code::Delete,
            "up" => Code::Up,
            "down" => Code::Down,
            "left" => Code::Left,
            "right" => Code::Right,
            "home" => Code::Home,
            "end" => Code::End,
            "pgup" => Code::PageUp,
            "pgdn" => Code::PageDown,
            "space" => Code::Char(' '),
            "lt" => Code::Char('<'),
            _ => return None,
        };
        Some(Key::plain(code))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if self.shift {
            f.write_str("Shift-")?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::BackTab => f.write_str("Shift-Tab"),
            Code::F(n) => write!(f, "F{n}"),
            Code::Up => f.write_str("↑"),
            Code::Down => f.write_str("↓"),
            Code::Left => f.write_str("←"),
            Code::Right => f.write_str("→"),
            other => write!(f, "{other:?}"),
        }
    }
}

/// The half-width form of a full-width symbol, letter or digit. A Japanese punctuation mark becomes
/// the ASCII character on the same key.
fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '。' => '.',
        '、' => ',',
        '・' => '/',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_keys_are_commands() {
        assert_eq!(Key::char('ｊ').as_command(), Key::char('j'));
        assert_eq!(Key::char('：').as_command(), Key::char(':'));
        assert_eq!(Key::char('／').as_command(), Key::char('/'));
        assert_eq!(Key::char('・').as_command(), Key::char('/'));
    }

    #[test]
    fn keys_and_text_agree_on_half_width_forms() {
        for c in '\u{20}'..='\u{ffff}' {
            assert_eq!(half_width(c), crate::domain::text::half_width(c), "{c:?}");
        }
    }

    #[test]
    fn a_script_reads_as_keys() {
        assert_eq!(
            Key::script("a<ret><C-e>"),
            [Key::char('a'), Key::plain(Code::Enter), Key::ctrl('e')]
        );
        assert_eq!(
            Key::script("<A-n>"),
            [Key {
                alt: true,
                ..Key::char('n')
            }]
        );
        assert_eq!(
            Key::script("a<b"),
            [Key::char('a'), Key::char('<'), Key::char('b')]
        );
    }
}
