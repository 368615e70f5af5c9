//! Soft wrap: breaks a line of text at a width by the Unicode line-breaking rules (so that no row
//! begins with 。or 」), never inside a grapheme.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::domain::text::{clean_line, is_unsafe};

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    match text.chars().map(lone_width).sum::<Option<usize>>() {
        Some(columns) => columns,
        // It is cleaned before it is drawn.
        None if text.chars().any(is_unsafe) => {
            clean_line(text).graphemes(true).map(grapheme_width).sum()
        }
        None => text.graphemes(true).map(grapheme_width).sum(),
    }
}

/// Columns of a character that is always its own grapheme next to others of this set: Latin,
/// punctuation, symbols, kana and kanji. Nearly all text consists of these, and the full grapheme
/// segmentation would take most of the drawing time.
pub fn lone_width(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' => Some(2),
        '\u{a1}'..='\u{ac}'
        | '\u{ae}'..='\u{2ff}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}'
        | '\u{20a0}'..='\u{20bf}'
        | '\u{2190}'..='\u{2bff}'
        | '\u{3000}'..='\u{3029}'
        | '\u{3030}'..='\u{303e}'
        | '\u{309b}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{ff01}'..='\u{ff9d}'
        | '\u{ffe0}'..='\u{ffe6}' => c.width(),
        _ => None,
    }
}

/// Columns of one grapheme, as the drawing counts them. The sound marks of half-width kana have a column of
/// their own in terminals, unlike in the tables of Unicode.
pub fn grapheme_width(g: &str) -> usize {
    let marks = g.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}'));
    UnicodeWidthStr::width(g) + marks.count()
}

/// Byte ranges of the rows of one line, at least one. A trailing blank stays on its row, past the
/// edge if necessary.
pub fn rows(text: &str, columns: usize) -> Vec<(usize, usize)> {
    let columns = columns.max(2);
    if width(text) <= columns {
        return vec![(0, text.len())];
    }
    let mut out = Vec::new();
    let (mut start, mut used) = (0, 0);
    let mut last_end = 0;
    for (end, _) in unicode_linebreak::linebreaks(text) {
        let word = &text[last_end..end];
        let solid = width(word.trim_end());
        if used + solid > columns && used > 0 {
            out.push((start, last_end));
            (start, used) = (last_end, 0);
        }
        if solid > columns {
            // A word longer than the row breaks between graphemes.
            for (at, g) in word.grapheme_indices(true) {
                let w = grapheme_width(g);
                if used + w > columns && used > 0 {
                    out.push((start, last_end + at));
                    (start, used) = (last_end + at, 0);
                }
                used += w;
            }
        } else {
            used += width(word);
        }
        last_end = end;
    }
    out.push((start, text.len()));
    out
}

/// Wraps a text of several lines.
pub fn lines(text: &str, columns: usize) -> Vec<String> {
    text.lines()
        .flat_map(|line| {
            rows(line, columns)
                .into_iter()
                .map(move |(a, b)| line[a..b].trim_end().to_owned())
        })
        .collect()
}

/// The rows of one line, broken as in [`phrases`]. Later rows get the indent of the first. An empty
/// line gives one empty row.
pub fn hanging(line: &str, columns: usize) -> Vec<String> {
    let text = line.trim_start_matches(' ');
    if text.is_empty() {
        return vec![String::new()];
    }
    // The indent takes at most half of the columns.
    let indent = &line[..(line.len() - text.len()).min(columns / 2)];
    phrases(text, columns.saturating_sub(indent.len()))
        .into_iter()
        .map(|row| format!("{indent}{row}"))
        .collect()
}

/// Like [`lines`], but prefers to break between phrases joined by ` · `, so that a number stays
/// with its word.
pub fn phrases(text: &str, columns: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for phrase in text.split(" · ") {
        match out.last_mut() {
            Some(last) if width(last) + 3 + width(phrase) <= columns => {
                last.push_str(" · ");
                last.push_str(phrase);
            }
            _ => out.extend(lines(phrase, columns)),
        }
    }
    out
}

/// The first `rows` of these lines. The last one ends in an ellipsis if others follow.
pub fn first(mut lines: Vec<String>, rows: usize, columns: usize) -> Vec<String> {
    if lines.len() > rows {
        lines.truncate(rows);
        if let Some(last) = lines.last_mut() {
            *last = fit(&format!("{last}…"), columns);
        }
    }
    lines
}

/// Cuts a text to a width, with an ellipsis if anything is lost; never inside a grapheme.
pub fn fit(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for g in text.graphemes(true) {
        let w = grapheme_width(g);
        if used + w + 1 > columns {
            break;
        }
        out.push_str(g);
        used += w;
    }
    if columns > 0 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_row_begins_with_a_closing_mark() {
        let text = "担当の森さんは「遅い」と発言。次回に確認する。";
        for columns in 4..40 {
            for (a, b) in rows(text, columns) {
                assert!(
                    !text[a..b].starts_with(['。', '」', '、']),
                    "{columns}: {}",
                    &text[a..b]
                );
            }
        }
    }

    #[test]
    fn lone_width_agrees_with_the_grapheme_width() {
        for c in '\u{0}'..=char::MAX {
            let Some(columns) = lone_width(c) else {
                continue;
            };
            for text in [
                format!("{c}"),
                format!("あ{c}a"),
                format!("{c}{c}"),
                format!("⚡{c}→"),
            ] {
                assert_eq!(
                    text.graphemes(true).count(),
                    text.chars().count(),
                    "{:x}",
                    c as u32
                );
            }
            assert_eq!(columns, grapheme_width(&c.to_string()), "{:x}", c as u32);
        }
    }

    proptest! {
        #[test]
        fn rows_cover_the_text_and_fit(text in "[a-z あいうガ。「」,👨‍👩‍👧é]{0,60}", columns in 2..30_usize) {
            let rows = rows(&text, columns);
            let mut at = 0;
            for (a, b) in &rows {
                prop_assert_eq!(*a, at);
                at = *b;
                prop_assert!(width(text[*a..*b].trim_end()) <= columns.max(2));
            }
            prop_assert_eq!(at, text.len());
        }

        #[test]
        fn a_fitted_text_fits(text in any::<String>(), columns in 0..20_usize) {
            prop_assert!(width(&fit(&text, columns)) <= columns);
        }
    }
}
