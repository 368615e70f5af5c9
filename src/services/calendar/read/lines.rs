//! A line of a calendar as a property: its name, its parameters and its value.

use encoding_rs::{Encoding, UTF_8};

use super::text::Line;

/// A property, as the file writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// The line of the file, from 1.
    pub line: usize,
    /// In capitals.
    pub name: String,
    /// Names in capitals; values without their quotes.
    params: Vec<(String, String)>,
    pub value: String,
}

impl Property {
    /// Reads a line; none for a line that is no property.
    pub fn of(line: &Line) -> Option<Self> {
        let text = line.text.as_str();
        let end = text.find([';', ':'])?;
        let (name, rest) = text.split_at(end);
        // A property may stand in a group: `item1.SUMMARY`.
        let name = name.rsplit('.').next()?.trim().to_ascii_uppercase();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if name.is_empty() || !name.chars().all(plain) {
            return None;
        }
        let colon = value_at(&name, rest)?;
        let params = split(rest.get(..colon)?, ';');
        Some(Self {
            line: line.number,
            name,
            params: params.into_iter().filter_map(param).collect(),
            value: rest.get(colon + 1..)?.to_owned(),
        })
    }

    /// The value of a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether the value is the given word.
    pub fn is(&self, word: &str) -> bool {
        self.value.trim().eq_ignore_ascii_case(word)
    }

    /// The value as text: decoded, and without its escapes.
    pub fn text(&self) -> String {
        let encoding = self.param("ENCODING").unwrap_or_default();
        let bytes = match encoding.to_ascii_uppercase().as_str() {
            "QUOTED-PRINTABLE" => quoted_printable(&self.value),
            "BASE64" | "B" => match base64(&self.value) {
                Some(bytes) => bytes,
                None => return unescaped(&self.value),
            },
            _ => return unescaped(&self.value),
        };
        let charset = self.param("CHARSET").unwrap_or_default();
        let charset = Encoding::for_label(charset.as_bytes()).unwrap_or(UTF_8);
        unescaped(&charset.decode(&bytes).0)
    }
}

/// Where the value begins: at the first colon outside quotes. Old programs write zones with a colon
/// and without quotes; then it is the last one.
fn value_at(name: &str, rest: &str) -> Option<usize> {
    let mut quoted = false;
    let outside = |(_, c): &(usize, char)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    };
    let first = rest
        .char_indices()
        .find(outside)
        .map_or_else(|| rest.find(':'), |(at, _)| Some(at))?;
    let dated = matches!(
        name,
        "DTSTART" | "DTEND" | "RECURRENCE-ID" | "EXDATE" | "RDATE"
    );
    let is_date = |c: char| c.is_ascii_digit() || "TZPWDHMS:/,+-. \t".contains(c);
    if dated && !rest[first..].to_ascii_uppercase().chars().all(is_date) {
        return rest.rfind(':');
    }
    Some(first)
}

/// The parts of a text between marks that stand outside quotes.
fn split(text: &str, mark: char) -> Vec<&str> {
    let mut quoted = false;
    text.split(|c| {
        quoted ^= c == '"';
        c == mark && !quoted
    })
    .collect()
}

fn param(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    let value = value.trim();
    let bare = value
        .strip_prefix('"')
        .map_or(value, |v| v.strip_suffix('"').unwrap_or(v));
    // The escapes of parameters, after RFC 6868.
    let value = bare
        .replace("^n", "\n")
        .replace("^'", "\"")
        .replace("^^", "^");
    Some((name.trim().to_ascii_uppercase(), value))
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let code = text
            .get(at + 1..at + 3)
            .filter(|_| *byte == b'=')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    out
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for c in text
        .bytes()
        .filter(|c| !c.is_ascii_whitespace() && *c != b'=')
    {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(six)) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits & 0xff) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Property> {
        Property::of(&Line {
            number: 1,
            text: text.to_owned(),
        })
    }

    #[test]
    fn parameters_and_values() {
        for (text, name, zone, value) in [
            (
                "DTSTART;TZID=Asia/Tokyo:20261202T100000",
                "DTSTART",
                Some("Asia/Tokyo"),
                "20261202T100000",
            ),
            (
                "dtstart;tzid=\"(UTC-05:00) Eastern Time (US & Canada)\":20261202T100000",
                "DTSTART",
                Some("(UTC-05:00) Eastern Time (US & Canada)"),
                "20261202T100000",
            ),
            (
                "DTSTART;TZID=(UTC+09:00) Osaka, Sapporo, Tokyo:20261202T100000",
                "DTSTART",
                Some("(UTC+09:00) Osaka, Sapporo, Tokyo"),
                "20261202T100000",
            ),
            (
                "DTEND;VALUE=DATE-TIME;TZID=X:20261202T100000Z",
                "DTEND",
                Some("X"),
                "20261202T100000Z",
            ),
            ("SUMMARY;LANGUAGE=ja:a: b", "SUMMARY", None, "a: b"),
            ("item1.SUMMARY;X-A=\"b;c:d\":e", "SUMMARY", None, "e"),
        ] {
            let found = read(text).expect(text);
            assert_eq!(
                (
                    found.name.as_str(),
                    found.param("TZID"),
                    found.value.as_str()
                ),
                (name, zone, value),
                "{text}"
            );
        }
        for text in ["", "no property", ":", ";A=B:c", "a b:c", "SUMMARY"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn texts_in_old_encodings() {
        for (text, right) in [
            (r"SUMMARY:a\, b\; c\\ d\ne", "a, b; c\\ d\ne"),
            (
                "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E9=9D=92=E8=91=89",
                "青葉",
            ),
            (
                "SUMMARY;CHARSET=Shift_JIS;ENCODING=QUOTED-PRINTABLE:=90=C2=97t",
                "青葉",
            ),
            ("SUMMARY;ENCODING=BASE64:6Z2S6JGJ", "青葉"),
            ("SUMMARY;ENCODING=BASE64:*", "*"),
            ("SUMMARY;ENCODING=QUOTED-PRINTABLE:=4=é=", "=4=é="),
        ] {
            assert_eq!(
                read(text).map(|p| p.text()).as_deref(),
                Some(right),
                "{text}"
            );
        }
    }
}
