//! The bytes of a calendar file as unfolded lines. A line may be folded inside a character, so the
//! pieces are joined before they are decoded.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::services::import::encoding;

/// A line after unfolding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line of the file on which it begins, from 1.
    pub number: usize,
    pub text: String,
}

/// The unfolded lines of a file in any usual encoding. Blank lines are left out.
pub fn lines(bytes: &[u8]) -> Vec<Line> {
    let found = encoding_of(bytes);
    let mut lines = if found == UTF_16LE || found == UTF_16BE {
        wide(bytes, found == UTF_16LE)
    } else {
        let (unfolded, starts) = unfold(bytes);
        let found = encoding_of(&unfolded);
        let decode = |raw: &[u8]| decoded(raw, found);
        pieces(&unfolded, &starts, decode)
    };
    for line in &mut lines {
        if line.text.starts_with('\u{feff}') {
            line.text = line.text.trim_start_matches('\u{feff}').to_owned();
        }
    }
    joined(lines)
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    // Bytes in memory can always be read.
    encoding::of(bytes, bytes).map_or(UTF_8, |d| d.encoding)
}

fn decoded(raw: &[u8], found: &'static Encoding) -> String {
    if found != ISO_2022_JP {
        return found.decode_without_bom_handling(raw).0.into_owned();
    }
    // Where a line was folded, the encoding is left and entered again: decoders refuse that.
    let mut joined: Vec<u8> = Vec::with_capacity(raw.len());
    let left = b"\x1b(B";
    for byte in raw {
        joined.push(*byte);
        let entered = [b"\x1b(B\x1b$B", b"\x1b(B\x1b$@"];
        if entered.iter().any(|e| joined.ends_with(*e)) {
            joined.truncate(joined.len() - 2 * left.len());
        }
    }
    found.decode_without_bom_handling(&joined).0.into_owned()
}

/// The lines of a file in UTF-16.
fn wide(bytes: &[u8], little: bool) -> Vec<Line> {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| match little {
            true => u16::from_le_bytes([pair[0], pair[1]]),
            false => u16::from_be_bytes([pair[0], pair[1]]),
        })
        .collect();
    let (unfolded, starts) = unfold(&units);
    pieces(&unfolded, &starts, String::from_utf16_lossy)
}

/// Joins folded lines. Returns all units without line ends, and for each line where it begins among
/// them and its number in the file.
fn unfold<T: Copy + PartialEq + From<u8>>(units: &[T]) -> (Vec<T>, Vec<(usize, usize)>) {
    let [feed, back, space, tab] = [b'\n', b'\r', b' ', b'\t'].map(T::from);
    // Files of old programs end their lines with a carriage return alone.
    let end = if units.contains(&feed) { feed } else { back };
    let (mut out, mut starts): (Vec<T>, Vec<(usize, usize)>) =
        (Vec::with_capacity(units.len()), Vec::new());
    for (i, raw) in units.split(|u| *u == end).enumerate() {
        let mut line = raw;
        while let Some((last, before)) = line.split_last()
            && *last == back
        {
            line = before;
        }
        match line.split_first() {
            None => {}
            Some((first, rest)) if (*first == space || *first == tab) && !starts.is_empty() => {
                out.extend_from_slice(rest);
            }
            Some(_) => {
                starts.push((out.len(), i + 1));
                out.extend_from_slice(line);
            }
        }
    }
    (out, starts)
}

/// Decodes each line by itself: what one line breaks does not harm the next.
fn pieces<T>(units: &[T], starts: &[(usize, usize)], decode: impl Fn(&[T]) -> String) -> Vec<Line> {
    let ends = starts.iter().skip(1).map(|(at, _)| *at);
    starts
        .iter()
        .zip(ends.chain([units.len()]))
        .map(|(&(start, number), end)| Line {
            number,
            text: decode(units.get(start..end).unwrap_or_default()),
        })
        .collect()
}

/// Joins the lines of quoted-printable values, which end with "=" instead of being folded.
fn joined(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut open = false;
    for line in lines {
        let ends_open = line.text.ends_with('=');
        match out.last_mut() {
            Some(last) if open => {
                last.text.pop();
                last.text.push_str(&line.text);
                open = ends_open;
            }
            _ => {
                open = ends_open && is_quoted_printable(&line.text);
                out.push(line);
            }
        }
    }
    out
}

fn is_quoted_printable(line: &str) -> bool {
    let head = line.split(':').next().unwrap_or_default();
    head.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<(usize, String)> {
        lines(bytes)
            .into_iter()
            .map(|l| (l.number, l.text))
            .collect()
    }

    #[test]
    fn lines_are_joined_before_they_are_decoded() {
        let title = "SUMMARY:打ち合わせと宿泊".as_bytes();
        // Every place at which the line may be folded, also inside a character.
        for at in 1..title.len() {
            let mut folded = b"A:1\r\n".to_vec();
            folded.extend_from_slice(&title[..at]);
            folded.extend_from_slice(b"\r\n ");
            folded.extend_from_slice(&title[at..]);
            folded.extend_from_slice(b"\r\nB:2\r\n");
            let found = texts(&folded);
            assert_eq!(found[1], (2, "SUMMARY:打ち合わせと宿泊".to_owned()));
            assert_eq!(found[2], (4, "B:2".to_owned()));
        }
    }

    #[test]
    fn encodings_and_line_ends() {
        let text = "BEGIN:VCALENDAR\r\nSUMMARY:青葉商事 定例会議\r\n の続き\r\nEND:VCALENDAR\r\n";
        let right = [
            (1, "BEGIN:VCALENDAR".to_owned()),
            (2, "SUMMARY:青葉商事 定例会議の続き".to_owned()),
            (4, "END:VCALENDAR".to_owned()),
        ];
        let le = |t: &str| -> Vec<u8> { t.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let be = |t: &str| -> Vec<u8> { t.encode_utf16().flat_map(u16::to_be_bytes).collect() };
        let marked = format!("\u{feff}{text}");
        for bytes in [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            le(&marked),
            be(&marked),
            le(text),
            be(text),
            encoding_rs::SHIFT_JIS.encode(text).0.into_owned(),
            encoding_rs::EUC_JP.encode(text).0.into_owned(),
            encoding_rs::ISO_2022_JP.encode(text).0.into_owned(),
            text.replace("\r\n", "\n").into_bytes(),
            text.replace("\r\n", "\r").into_bytes(),
            text.replace("\r\n", "\r\r\n").into_bytes(),
        ] {
            assert_eq!(texts(&bytes), right);
        }
        // A surrogate pair that is cut by a fold.
        let mut units: Vec<u16> = "\u{feff}A:".encode_utf16().collect();
        let pair: Vec<u16> = "🎉".encode_utf16().collect();
        units.push(pair[0]);
        units.extend("\r\n ".encode_utf16());
        units.push(pair[1]);
        let bytes: Vec<u8> = units.into_iter().flat_map(u16::to_le_bytes).collect();
        assert_eq!(texts(&bytes), [(1, "A:🎉".to_owned())]);
    }

    #[test]
    fn quoted_printable_values_are_joined() {
        let text = b"SUMMARY;ENCODING=QUOTED-PRINTABLE:=41=\n=42\nX:a=\nY:b\n";
        assert_eq!(
            texts(text),
            [
                (1, "SUMMARY;ENCODING=QUOTED-PRINTABLE:=41=42".to_owned()),
                (3, "X:a=".to_owned()),
                (4, "Y:b".to_owned())
            ]
        );
    }
}
