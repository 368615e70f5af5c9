//! Amounts that are spelled in parts, as in Japanese: `1億2,000万円`.

/// A text whose number stands in parts, `1億2,000万円`, with the number in figures; `None` for any other.
pub fn in_parts(text: &str) -> Option<String> {
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let (mut rest, mut total, mut parts) = (&text[from..], 0_u64, 0);
    let mut last = u64::MAX;
    while last > 1 && rest.starts_with(|c: char| c.is_ascii_digit()) {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',');
        let (digits, after) = rest.split_at(end.unwrap_or(rest.len()));
        let units = [
            ("億", 100_000_000),
            ("千万", 10_000_000),
            ("百万", 1_000_000),
            ("万", 10_000),
            ("千", 1_000),
        ];
        let unit = units
            .iter()
            .find_map(|(word, scale)| Some((*scale, after.strip_prefix(word)?)));
        let (scale, after) = unit.unwrap_or((1, after));
        let number = digits.replace(',', "").parse::<u64>().ok()?;
        // Each part is smaller than the unit before it.
        let value = number.checked_mul(scale).filter(|v| *v < last)?;
        total = total.checked_add(value)?;
        (last, parts, rest) = (scale, parts + 1, after);
    }
    (parts > 1).then(|| format!("{}{total}{rest}", &text[..from]))
}
