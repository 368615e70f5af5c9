//! The encoding of a file: a byte order mark decides, zero bytes mean UTF-16, valid UTF-8 is UTF-8,
//! and a detector decides the rest (CP932/Shift_JIS in Japanese exports).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Detects by the start of a file; `whole` when that is all of it.
pub fn detect(start: &[u8], whole: bool) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return encoding;
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
            return UTF_16LE;
        }
        if zeros(0) * 3 > sample && zeros(1) * 10 < sample {
            return UTF_16BE;
        }
    }
    match std::str::from_utf8(start) {
        Ok(_) => return UTF_8,
        // A character cut at the end of the sample is no error.
        Err(e) if !whole && e.error_len().is_none() => return UTF_8,
        Err(_) => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(start, whole);
    detector.guess(Some(b"jp"), Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_encodings_are_detected() {
        let text = "顧客ID,名前,ふりがな\n1,株式会社青葉,あおば\n";
        let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        assert_eq!(detect(&sjis, true), encoding_rs::SHIFT_JIS);
        assert_eq!(detect(text.as_bytes(), true), UTF_8);
        let utf16: Vec<u8> = "id,name\n1,Acme\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(detect(&utf16, true), UTF_16LE);
        let half_width: Vec<u8> = encoding_rs::SHIFT_JIS
            .encode("13101,\"ﾄｳｷｮｳﾄ\",\"ﾁﾖﾀﾞｸ\",\"東京都\",\"千代田区\"\n")
            .0
            .into_owned();
        assert_eq!(detect(&half_width, true), encoding_rs::SHIFT_JIS);
    }
}
