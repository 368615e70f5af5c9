//! Soft wrap: where a line of text breaks at a width, by the Unicode rules for line breaks (so no
//! row begins with 。or 」), never inside a grapheme.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns a text takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(grapheme_width).sum() }
}

/// Columns of one grapheme; at least none, at most two.
pub fn grapheme_width(g: &str) -> usize {
    UnicodeWidthStr::width(g).min(2)
}

/// Byte ranges of the rows of one line. There is always at least one row. A trailing blank stays
/// on its row, beyond the edge if need be.
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

/// Wraps text of several lines for reading.
pub fn lines(text: &str, columns: usize) -> Vec<String> {
    text.lines().flat_map(|line| rows(line, columns).into_iter().map(move |(a, b)| line[a..b].trim_end().to_owned())).collect()
}

/// Cuts a text to a width, with an ellipsis when something is lost; never through a grapheme.
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
                assert!(!text[a..b].starts_with(['。', '」', '、']), "{columns}: {}", &text[a..b]);
            }
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
