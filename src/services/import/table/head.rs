//! Where a table begins: the first row that looks like a header. Titles, blank lines and `sep=;`
//! stand above it, and a header may take two rows.

use csv::StringRecord;

use crate::domain::text::clean_line;
use crate::services::import::mapping::normal;

/// Rows from the top among which the header is looked for.
pub const LOOKED_AT: usize = 30;

/// The header of a table, and its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    pub headers: Vec<String>,
    /// Filled rows before the first row of data, the header among them.
    pub rows: usize,
    /// The rows above the header: line and text.
    pub passed: Vec<(u64, String)>,
}

/// A header that could be read from the top of a table.
struct Candidate {
    headers: Vec<String>,
    first: usize,
    height: usize,
    known: usize,
}

/// Finds the header among the first rows. `known` counts the headers that some layout explains;
/// where none explains any, the header is the first row with as many cells as the table has columns.
pub fn find(rows: &[(u64, StringRecord)], known: &dyn Fn(&[String]) -> usize) -> Head {
    let candidates = rows.iter().enumerate().filter_map(|(at, (_, row))| {
        let headers = texts(row)?;
        let one = Candidate {
            known: known(&headers),
            headers,
            first: at,
            height: 1,
        };
        let two = rows.get(at + 1).and_then(|(_, below)| over_two(row, below));
        let two = two.map(|headers| Candidate {
            known: known(&headers),
            headers,
            first: at,
            height: 2,
        });
        // A second row is part of the header where it explains more, or holds only units.
        let units = rows.get(at + 1).is_some_and(|(_, below)| is_units(below));
        Some(match two {
            Some(two) if two.known > one.known || units && one.known > 0 => two,
            _ => one,
        })
    });
    let mut best: Option<Candidate> = None;
    for candidate in candidates {
        let better = best.as_ref().is_none_or(|b| candidate.known > b.known);
        if candidate.known > 0 && better {
            best = Some(candidate);
        }
    }
    let best = best.unwrap_or_else(|| unknown(rows));
    let mut head = Head {
        passed: rows[..best.first]
            .iter()
            .map(|(line, row)| (*line, joined(row)))
            .collect(),
        rows: best.first + best.height,
        headers: best.headers,
    };
    while head.headers.last().is_some_and(String::is_empty) {
        head.headers.pop();
    }
    // Survey tools write the question and an import id below the header.
    let after = &rows[head.rows.min(rows.len())..];
    if let Some(ids) = after.iter().take(2).position(|(_, row)| is_import_ids(row)) {
        for (line, row) in &after[..=ids] {
            head.passed.push((*line, joined(row)));
        }
        head.rows += ids + 1;
    }
    head
}

/// The header of a table that no layout explains.
fn unknown(rows: &[(u64, StringRecord)]) -> Candidate {
    let filled = |row: &StringRecord| row.iter().filter(|c| !c.trim().is_empty()).count();
    let most = rows.iter().map(|(_, row)| filled(row)).max().unwrap_or(0);
    let first = rows
        .iter()
        .position(|(_, row)| filled(row) * 3 >= most * 2)
        .unwrap_or(0);
    let headers = rows.get(first).map_or_else(Vec::new, |(_, row)| cells(row));
    Candidate {
        height: usize::from(!headers.is_empty()),
        headers,
        first,
        known: 0,
    }
}

fn cells(row: &StringRecord) -> Vec<String> {
    row.iter()
        .map(|c| clean_line(c.trim_start_matches('\u{feff}')))
        .collect()
}

/// The cells of a row that may be a header: words and no numbers or dates, two of them where the
/// row has several cells.
fn texts(row: &StringRecord) -> Option<Vec<String>> {
    let cells = cells(row);
    let filled = cells.iter().filter(|c| !c.is_empty()).count();
    let sound = filled >= row.len().min(2) && !cells[0].to_ascii_lowercase().starts_with("sep=");
    let is_word = |c: &String| c.is_empty() || c.chars().any(char::is_alphabetic);
    (sound && filled > 0 && cells.iter().all(is_word)).then_some(cells)
}

/// A header over two rows: a group above with blanks to its right, and its parts below.
fn over_two(above: &StringRecord, below: &StringRecord) -> Option<Vec<String>> {
    let units = is_units(below);
    let (above, below) = (
        cells(above),
        if units { cells(below) } else { texts(below)? },
    );
    if !above.iter().any(String::is_empty) && !below.iter().any(String::is_empty)
        || above.iter().all(String::is_empty)
    {
        return None;
    }
    let mut group = "";
    let columns = above.len().max(below.len());
    let blank = String::new();
    let mut out = Vec::with_capacity(columns);
    for at in 0..columns {
        let (over, under) = (
            above.get(at).unwrap_or(&blank),
            below.get(at).unwrap_or(&blank),
        );
        if !over.is_empty() {
            group = over;
        }
        out.push(
            match (over.is_empty() && under.is_empty(), under.is_empty()) {
                (true, _) => String::new(),
                (_, true) => over.clone(),
                // A cell merged over both rows.
                _ if over == under => over.clone(),
                // A unit of its own below its word: （千円）.
                _ if is_note(under) && !over.is_empty() => format!("{over}{under}"),
                _ if normal(under).is_empty() || is_note(under) => format!("{group}{under}"),
                _ => format!("{group} {under}"),
            },
        );
    }
    Some(out)
}

/// Whether a row holds nothing but notes in brackets: `,（千円）,`.
fn is_units(row: &StringRecord) -> bool {
    let mut filled = row.iter().filter(|c| !c.trim().is_empty()).peekable();
    filled.peek().is_some() && filled.all(is_note)
}

/// Whether the text is a note in brackets and nothing else.
fn is_note(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['(', '（', '[', '【']) && text.ends_with([')', '）', ']', '】'])
}

fn is_import_ids(row: &StringRecord) -> bool {
    row.iter()
        .any(|c| c.trim_start().starts_with("{\"ImportId\""))
}

/// A row as one line of text.
pub fn joined(row: &StringRecord) -> String {
    let cells = row.iter().map(clean_line).filter(|c| !c.is_empty());
    cells.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::import::mapping::{Wish, best_fit, shipped};

    fn head(rows: &[&[&str]]) -> Head {
        let all = shipped();
        let known = |headers: &[String]| {
            best_fit(headers, "t.csv", &all, &Wish::default()).map_or(0, |f| f.columns.len())
        };
        let rows: Vec<(u64, StringRecord)> = (1..)
            .zip(rows.iter().map(|row| StringRecord::from(row.to_vec())))
            .collect();
        find(&rows, &known)
    }

    #[test]
    fn titles_above_the_header_are_passed_over() {
        let found = head(&[
            &["Account report", "", ""],
            &["As of 2026-11-28", "", ""],
            &["account_id", "name", "ARR"],
            &["T1", "Tern", "1000"],
        ]);
        assert_eq!((found.rows, found.passed.len()), (3, 2));
        assert_eq!(found.headers, ["account_id", "name", "ARR"]);
        let found = head(&[&["sep=", ""], &["account_id", "name"], &["S1", "Stork"]]);
        assert_eq!((found.rows, found.passed.len()), (2, 1));
    }

    #[test]
    fn a_header_may_take_two_rows() {
        let found = head(&[
            &["会社名", "契約", "", "年間契約額"],
            &["", "開始日", "終了日", "（千円）"],
            &["甲社", "2026/4/1", "2027/3/31", "1000"],
        ]);
        assert_eq!(found.rows, 2);
        assert_eq!(
            found.headers,
            ["会社名", "契約 開始日", "契約 終了日", "年間契約額（千円）"]
        );
    }

    #[test]
    fn a_row_of_words_is_no_header_when_the_first_row_is() {
        let found = head(&[
            &["account_id", "name", "stage"],
            &["A", "Owner", "Plan"],
            &["B", "Name", "Renewal"],
        ]);
        assert_eq!((found.rows, found.headers[1].as_str()), (1, "name"));
    }
}
