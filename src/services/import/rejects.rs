//! Rejected rows as a CSV that can be corrected and imported again: the original columns, then the
//! reason.

use super::report::{FileReport, Reject};
use crate::domain::text::clean;

/// Begins a table that is meant for a spreadsheet: without it, Excel takes UTF-8 for the encoding of its
/// country, and saves the wrong text. Our import reads over it.
pub const UTF8_MARK: &str = "\u{feff}";

/// The rejects of one source (the `index`th of the plan), in its own columns. `words` gives the
/// text of a reason.
pub fn csv(
    index: usize,
    file: &FileReport,
    rejects: &[Reject],
    words: impl Fn(&Reject) -> String,
) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(UTF8_MARK.as_bytes().to_vec());
    let mut header = file.headers.clone();
    header.extend([
        "kenshin_line".into(),
        "kenshin_column".into(),
        "kenshin_reason".into(),
    ]);
    // Writing to memory does not fail.
    let _ = writer.write_record(header.iter().map(|c| formula_safe(&clean(c)).into_owned()));
    for reject in rejects.iter().filter(|r| r.index == index) {
        let mut cells: Vec<String> = reject.cells.clone();
        // Cells without a header follow the reason: they are to be corrected as well.
        let extra = cells.split_off(cells.len().min(file.headers.len()));
        cells.resize(file.headers.len(), String::new());
        cells.extend([
            reject.line.to_string(),
            reject.column.clone(),
            words(reject),
        ]);
        cells.extend(extra);
        let _ = writer.write_record(cells.iter().map(|c| formula_safe(&clean(c)).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// The signs that begin a formula; a Japanese spreadsheet reads the wide ones as the narrow ones.
pub const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Keeps a spreadsheet from reading a cell as a formula.
pub fn formula_safe(cell: &str) -> std::borrow::Cow<'_, str> {
    let starts = cell.trim_start().chars().next();
    let number = cell.trim().parse::<f64>().is_ok();
    let is_formula = starts.is_some_and(|c| FORMULA.contains(&c)) && !number;
    if is_formula || cell.starts_with(['\t', '\r']) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

/// Columns that Kenshin added to a file of rejected rows: they hold reasons and no data.
pub fn is_own_column(header: &str) -> bool {
    header.starts_with("kenshin_")
}
