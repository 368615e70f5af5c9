//! Whether bytes are prose, and the text they hold.

use crate::services::import::encoding;

/// Why bytes are no prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// A table, which the import of tables reads.
    Table,
    Empty,
    /// No text at all.
    Binary,
}

/// Whether a file is prose by its name; what it holds decides further. `None` where the name says
/// nothing.
pub fn is_by_name(name: &str) -> Option<bool> {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_lowercase());
    match ending.as_deref() {
        Some("md" | "markdown" | "txt" | "text") => Some(true),
        Some(_) => Some(false),
        None => None,
    }
}

/// The text of prose.
///
/// # Errors
/// If the bytes are a table, empty or no text. Markdown is never a table.
pub fn text_of(name: &str, bytes: &[u8]) -> Result<String, Unfit> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"%PDF") {
        return Err(Unfit::Binary);
    }
    let decoding = encoding::of(bytes, bytes).map_err(|_| Unfit::Binary)?;
    let (text, _, _) = decoding.encoding.decode(bytes);
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Unfit::Empty);
    }
    let control = text.chars().take(4_096).filter(|c| *c == '\0').count();
    if control > 0 {
        return Err(Unfit::Binary);
    }
    let markdown = name.to_lowercase().ends_with(".md");
    if !markdown && is_table(text) {
        return Err(Unfit::Table);
    }
    Ok(text.to_owned())
}

/// Whether a text is JSON, or lines with the same number of cells.
fn is_table(text: &str) -> bool {
    /// Lines that are looked at.
    const LINES: usize = 12;
    let trimmed = text.trim_start();
    if let Some(rest) = trimmed.strip_prefix(['{', '[']) {
        let rest = rest.trim_start();
        if rest.starts_with(['"', '{', '[', '}', ']']) {
            return true;
        }
    }
    ['\t', ',', ';', '|'].into_iter().any(|delimiter| {
        let cells = cells(text, delimiter, LINES);
        cells.len() >= 2 && cells[0] >= 1 && cells.iter().all(|n| *n == cells[0])
    })
}

/// The delimiters outside quotation marks in each of the first rows.
fn cells(text: &str, delimiter: char, most: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let (mut quoted, mut count, mut blank) = (false, 0, true);
    for c in text.chars().chain(['\n']) {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted => {
                if !blank {
                    out.push(count);
                }
                (count, blank) = (0, true);
                if out.len() == most {
                    return out;
                }
            }
            c if c == delimiter && !quoted => count += 1,
            _ => {}
        }
        blank &= c.is_whitespace() || c == '\n';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_no_prose() {
        for (name, text, fit) in [
            ("a.txt", "name,arr\nAcme,5\nGlobex,6\n", Err(Unfit::Table)),
            ("a.txt", "name\tarr\nAcme\t5\n", Err(Unfit::Table)),
            ("-", "[{\"id\": 1}]", Err(Unfit::Table)),
            ("-", "[Acme] Nov 3 call with Jane\nShe is happy", Ok(())),
            ("a.txt", "Acme, 3 Nov\nWants SSO\n", Ok(())),
            ("a.md", "a,b\n1,2\n", Ok(())),
            ("a.txt", " \n", Err(Unfit::Empty)),
            ("a.txt", "abc\0def, and more", Err(Unfit::Binary)),
        ] {
            assert_eq!(text_of(name, text.as_bytes()).map(|_| ()), fit, "{text:?}");
        }
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("■株式会社青葉 12/3\n順調とのこと");
        assert!(text_of("a.txt", &bytes).is_ok_and(|t| t.contains("青葉")));
    }
}
