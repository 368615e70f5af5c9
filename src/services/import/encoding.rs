//! The encoding of a file: a byte order mark decides, zero bytes mean UTF-16, a file whose lines are
//! mostly valid UTF-8 is UTF-8, and a detector decides the rest (CP932/Shift_JIS in Japanese exports).

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How the bytes of a file become text.
#[derive(Debug, Clone, Copy)]
pub struct Decoding {
    pub encoding: &'static Encoding,
    /// Whether some text cannot be decoded, or holds U+FFFD where another program could not.
    pub lossy: bool,
}

/// The encoding of a file. The whole file is looked at: the first stray byte, or the first Japanese
/// name, may stand at its end. A file that is UTF-8 but for some lines is UTF-8.
///
/// # Errors
/// If the file cannot be read.
pub fn of(start: &[u8], file: impl Read) -> io::Result<Decoding> {
    let seen = Seen::of(file)?;
    if let Some(encoding) = marked(start) {
        return Ok(Decoding {
            encoding,
            lossy: seen.replacements || seen.bad_lines > 0,
        });
    }
    // Lines of another encoding are seldom valid UTF-8 by chance.
    if seen.bad_lines == 0 || seen.good_lines * 2 >= seen.bad_lines {
        return Ok(Decoding {
            encoding: UTF_8,
            lossy: seen.bad_lines > 0 || seen.replacements,
        });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&seen.sample, true);
    let mut encoding = detector.guess(Some(b"jp"), Utf8Detection::Allow);
    if misreads(encoding, &seen.sample) {
        // Without the preference for Japanese: most other files are Western.
        encoding = detector.guess(None, Utf8Detection::Allow);
    }
    Ok(Decoding {
        encoding,
        lossy: true,
    })
}

/// Whether an encoding fails on more than one in ten of the characters that are not ASCII.
fn misreads(encoding: &'static Encoding, sample: &[u8]) -> bool {
    let (text, _, errors) = encoding.decode(sample);
    if !errors {
        return false;
    }
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    let wrong = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER);
    wrong.count() * 10 > wide
}

/// What the lines of a file that are not ASCII alone look like.
#[derive(Default)]
struct Seen {
    /// Lines that are valid UTF-8 and not ASCII alone.
    good_lines: u64,
    /// Lines that are no UTF-8.
    bad_lines: u64,
    /// The file holds U+FFFD itself.
    replacements: bool,
    /// Lines that are no UTF-8, for the detector.
    sample: Vec<u8>,
}

impl Seen {
    /// Enough text for the detector to be sure.
    const SAMPLE: usize = 1 << 20;

    fn of(mut file: impl Read) -> io::Result<Self> {
        let mut seen = Self::default();
        let mut part = vec![0; 1 << 18];
        // The beginning of a line whose end is not read yet.
        let mut open: Vec<u8> = Vec::new();
        loop {
            let read = file.read(&mut part)?;
            let Some(bytes) = part.get(..read).filter(|b| !b.is_empty()) else {
                break;
            };
            // Long lines are looked at in pieces, so that memory stays bounded.
            let end = match memchr::memrchr(b'\n', bytes) {
                Some(at) => at + 1,
                None if open.len() > Self::SAMPLE => bytes.len(),
                None => 0,
            };
            let (whole, rest) = bytes.split_at(end);
            if open.is_empty() {
                seen.lines(whole);
            } else {
                open.extend_from_slice(whole);
                if end > 0 {
                    seen.lines(&std::mem::take(&mut open));
                }
            }
            open.extend_from_slice(rest);
        }
        seen.lines(&open);
        Ok(seen)
    }

    fn lines(&mut self, bytes: &[u8]) {
        if bytes.is_ascii() {
            return;
        }
        if let Ok(text) = std::str::from_utf8(bytes)
            && self.bad_lines == 0
        {
            // Only the comparison with bad lines needs the number.
            let plain = text.lines().filter(|l| !l.is_ascii()).count();
            self.good_lines += plain as u64;
            self.replacements |= text.contains('\u{fffd}');
            return;
        }
        for line in bytes.split(|b| *b == b'\n').filter(|l| !l.is_ascii()) {
            match std::str::from_utf8(line) {
                Ok(text) => {
                    self.good_lines += 1;
                    self.replacements |= text.contains('\u{fffd}');
                }
                Err(_) => {
                    self.bad_lines += 1;
                    if self.sample.len() < Self::SAMPLE {
                        self.sample.extend_from_slice(line);
                        self.sample.push(b'\n');
                    }
                }
            }
        }
    }
}

/// The encoding by a byte order mark, or by the zero bytes of UTF-16.
fn marked(start: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return Some(encoding);
    }
    // The escape sequences of the encoding of Japanese mail, whose bytes are all ASCII.
    let mail = [b"\x1b$B", b"\x1b$@"];
    if mail
        .iter()
        .any(|m| memchr::memmem::find(start, *m).is_some())
    {
        return Some(ISO_2022_JP);
    }
    // ASCII text in UTF-16 has a zero in every other byte.
    let zeros = |offset: usize| {
        start
            .iter()
            .skip(offset)
            .step_by(2)
            .take(512)
            .filter(|b| **b == 0)
            .count()
    };
    let sample = start.len().min(1_024) / 2;
    if sample > 0 {
        if zeros(1) * 3 > sample && zeros(0) * 10 < sample {
            return Some(UTF_16LE);
        }
        if zeros(0) * 3 > sample && zeros(1) * 10 < sample {
            return Some(UTF_16BE);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(bytes: &[u8]) -> &'static Encoding {
        of(bytes, bytes).expect("read").encoding
    }

    #[test]
    fn a_stray_byte_does_not_change_the_encoding_of_a_file() {
        let mut bytes = "id,name\n1,Café Zoé\n2,Aoba 青葉\n".as_bytes().to_vec();
        bytes.extend_from_slice(b"3,Ren\xe9 SA\n");
        let found = of(&bytes, &bytes[..]).expect("read");
        assert_eq!((found.encoding, found.lossy), (UTF_8, true));
        // A Western file from a spreadsheet.
        let western = b"id,name\n1,Caf\xe9 Zo\xe9\n2,Ren\xe9 SA\n3,M\xfcller\n";
        assert_eq!(detect(western), encoding_rs::WINDOWS_1252);
        // Japanese after a long beginning in ASCII.
        let mut late = b"1,Acme\n".repeat(300_000);
        late.extend_from_slice(
            &encoding_rs::SHIFT_JIS
                .encode("2,株式会社青葉\n3,港製作所\n")
                .0,
        );
        assert_eq!(detect(&late), encoding_rs::SHIFT_JIS);
    }

    #[test]
    fn japanese_encodings_are_detected() {
        let text = "顧客ID,名前,ふりがな\n1,株式会社青葉,あおば\n";
        let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        assert_eq!(detect(&sjis), encoding_rs::SHIFT_JIS);
        assert_eq!(detect(text.as_bytes()), UTF_8);
        let utf16: Vec<u8> = "id,name\n1,Acme\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(detect(&utf16), UTF_16LE);
        let half_width: Vec<u8> = encoding_rs::SHIFT_JIS
            .encode("13101,\"ﾄｳｷｮｳﾄ\",\"ﾁﾖﾀﾞｸ\",\"東京都\",\"千代田区\"\n")
            .0
            .into_owned();
        assert_eq!(detect(&half_width), encoding_rs::SHIFT_JIS);
    }
}
