//! Whether the terminal's background is light. The terminal is asked at the start; until it answers, its answer
//! of last time holds. Nothing waits for it: the answer comes among the keys, is taken out of them whenever
//! it comes, and is no text.

use std::path::Path;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use crate::store::files::{private_dir, write_atomic};

/// Asks a terminal for its background (OSC 11). One that does not know the question says nothing.
pub const QUESTION: &str = "\x1b]11;?\x1b\\";

/// What an answer begins with, after its escape character.
const HEAD: &str = "]11;";

/// No answer is longer than this.
const LONGEST: usize = 48;

/// The answer of last time, if there was one.
pub fn remembered(home: &Path) -> Option<bool> {
    match std::fs::read_to_string(file(home)).ok()?.trim() {
        "light" => Some(true),
        "dark" => Some(false),
        _ => None,
    }
}

/// Keeps an answer for the next start, if it is another one. Where that fails nothing is lost: each start
/// asks.
pub fn remember(home: &Path, light: bool) {
    if remembered(home) == Some(light) {
        return;
    }
    let word = if light { "light\n" } else { "dark\n" };
    let path = file(home);
    let dir = path.parent().unwrap_or(home);
    let _ = private_dir(dir).and_then(|()| write_atomic(&path, word.as_bytes()));
}

fn file(home: &Path) -> std::path::PathBuf {
    home.join("cache").join("background")
}

/// What an event of the terminal turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// Events of the user, to be handled in this order; none while an answer is coming in.
    Events(Vec<Event>),
    /// The answer: whether the background is light.
    Light(bool),
}

/// Finds the answer among the events of a terminal. Crossterm does not know it, and reads it as Alt-], the
/// letters of a colour, and Ctrl-G or Alt-\.
#[derive(Debug, Default)]
pub struct Answers {
    /// The events that may be an answer, and their text.
    held: Vec<Event>,
    text: String,
    /// The last event was a lone Esc: an answer that arrives in pieces begins or ends so.
    after_esc: Option<Esc>,
    answered: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Esc {
    Before,
    After,
}

impl Answers {
    /// The terminal has answered.
    pub fn has_come(&self) -> bool {
        self.answered
    }

    /// Takes the next event.
    pub fn take(&mut self, event: Event) -> Heard {
        let Event::Key(key) = event else {
            return Heard::Events(vec![event]);
        };
        let after_esc = self.after_esc.take();
        if self.held.is_empty() {
            return Heard::Events(self.outside(event, key, after_esc).into_iter().collect());
        }
        match key.code {
            KeyCode::Char('g') if key.modifiers == KeyModifiers::CONTROL => self.ends(event, key),
            KeyCode::Char('\\') if key.modifiers == KeyModifiers::ALT => self.ends(event, key),
            KeyCode::Esc => {
                self.after_esc = Some(Esc::After);
                self.ends(event, key)
            }
            KeyCode::Char(c) if self.goes_on(key, c) => {
                self.held.push(event);
                self.text.push(c);
                Heard::Events(Vec::new())
            }
            _ => self.let_go(event, key),
        }
    }

    /// A key that follows no beginning of an answer; none if it is held or dropped.
    fn outside(&mut self, event: Event, key: KeyEvent, after_esc: Option<Esc>) -> Option<Event> {
        let alt = key.modifiers == KeyModifiers::ALT;
        let plain = key.modifiers.is_empty();
        match (key.code, after_esc) {
            (KeyCode::Char('\\'), Some(Esc::After)) if plain => return None,
            (KeyCode::Char(']'), esc) if alt || (plain && esc == Some(Esc::Before)) => {
                self.held.push(event);
                self.text.push(']');
                return None;
            }
            (KeyCode::Esc, _) if !self.answered => self.after_esc = Some(Esc::Before),
            _ => {}
        }
        Some(event)
    }

    /// Whether an answer may go on with this character.
    fn goes_on(&self, key: KeyEvent, c: char) -> bool {
        let unmodified = (key.modifiers - KeyModifiers::SHIFT).is_empty();
        let fits = match HEAD.chars().nth(self.text.len()) {
            Some(expected) => c == expected,
            None => c.is_ascii_alphanumeric() || ":/#".contains(c),
        };
        unmodified && fits && self.text.len() < LONGEST
    }

    /// The end of an answer, or of what only looked like one.
    fn ends(&mut self, event: Event, key: KeyEvent) -> Heard {
        let color = self.text.strip_prefix(HEAD).and_then(is_light);
        let Some(light) = color else {
            return self.let_go(event, key);
        };
        self.held.clear();
        self.text.clear();
        self.answered = true;
        Heard::Light(light)
    }

    /// The held events were keys, and are handled with the new one. What began as an answer is no text, and
    /// is dropped.
    fn let_go(&mut self, event: Event, key: KeyEvent) -> Heard {
        let mut events = std::mem::take(&mut self.held);
        if std::mem::take(&mut self.text).starts_with(HEAD) {
            events.clear();
        }
        events.extend(self.outside(event, key, None));
        Heard::Events(events)
    }
}

/// Whether a colour as terminals write it is light: `rgb:ffff/ffff/ffff`, of one to four digits each.
fn is_light(color: &str) -> Option<bool> {
    let parts = color.strip_prefix("rgb")?.trim_start_matches('a');
    let mut parts = parts.strip_prefix(':')?.split('/');
    let mut part = || {
        let digits = parts.next().filter(|d| (1..=4).contains(&d.len()))?;
        let most = 16_u32.pow(digits.len() as u32) - 1;
        let value = u32::from_str_radix(digits, 16).ok()?;
        Some((f64::from(value) / f64::from(most)).powf(2.2))
    };
    let (red, green, blue) = (part()?, part()?, part()?);
    // From this light on, black has more contrast than white.
    Some(0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    /// The events that crossterm makes of a text, with `␛` for Alt and `␇` for Ctrl-G.
    fn events(text: &str) -> Vec<Event> {
        let mut alt = false;
        let mut out = Vec::new();
        for c in text.chars() {
            match c {
                '␛' => alt = true,
                '␇' => out.push(key('g', KeyModifiers::CONTROL)),
                '⎋' => out.push(Event::Key(KeyEvent::from(KeyCode::Esc))),
                c if std::mem::take(&mut alt) => out.push(key(c, KeyModifiers::ALT)),
                c => out.push(key(c, KeyModifiers::NONE)),
            }
        }
        out
    }

    /// The answers in a text, and the characters that are left of it.
    fn heard(text: &str) -> (Vec<bool>, String) {
        let (mut answers, mut found, mut rest) = (Answers::default(), Vec::new(), String::new());
        for event in events(text) {
            match answers.take(event) {
                Heard::Light(light) => found.push(light),
                Heard::Events(events) => rest.extend(events.iter().map(|e| match e {
                    Event::Key(key) => key.code.as_char().unwrap_or('⎋'),
                    _ => '?',
                })),
            }
        }
        (found, rest)
    }

    #[test]
    fn answers_are_taken_out_of_what_is_typed() {
        for (text, light, rest) in [
            ("␛]11;rgb:ffff/ffff/ffff␛\\", vec![true], ""),
            ("ab␛]11;rgb:1414/1818/1f1f␇cd", vec![false], "abcd"),
            ("␛]11;rgba:fd/f6/e3/ff␛\\", vec![true], ""),
            ("␛]11;rgb:00/2b/36⎋x", vec![false], "x"),
            // In pieces: Esc comes as a key of its own, before and after.
            ("⎋]11;rgb:ff/ff/ff⎋\\x", vec![true], "⎋x"),
            ("␛]11;rgb:f/f/f␇␛]11;rgb:0/0/0␇", vec![true, false], ""),
            ("␛]␛]11;rgb:ff/ff/ff␇", vec![true], "]"),
            // A colour that cannot be read is no text either.
            ("␛]11;rgb:nonsense␇a", vec![], "ga"),
        ] {
            assert_eq!(heard(text), (light, rest.to_owned()), "{text}");
        }
    }

    #[test]
    fn keys_that_only_begin_like_an_answer_stay_keys() {
        for text in ["␛]x", "␛]1x", "a]11;rgb", "␛]␛]", "⎋]", "⎋]12"] {
            let all: String = text.replace('␛', "");
            let (found, rest) = heard(&format!("{text}~"));
            assert_eq!((found, rest), (Vec::new(), format!("{all}~")), "{text}");
        }
    }

    #[test]
    fn grey_is_told_apart() {
        assert_eq!(is_light("rgb:80/80/80"), Some(true));
        assert_eq!(is_light("rgb:60/60/60"), Some(false));
        assert_eq!(is_light("rgb:60/60"), None);
        assert_eq!(is_light("#ffffff"), None);
    }
}
