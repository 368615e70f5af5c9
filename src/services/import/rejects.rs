//! Rejected rows as a CSV that can be mended and imported again: the original columns, then why.

use super::report::{FileReport, Reject};

/// One file of rejects for one source (the `index`th of the plan), in its own columns. `words` gives the reason's text.
pub fn csv(
    index: usize,
    file: &FileReport,
    rejects: &[Reject],
    words: impl Fn(&Reject) -> String,
) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let mut header = file.headers.clone();
    header.extend([
        "kenshin_line".into(),
        "kenshin_column".into(),
        "kenshin_reason".into(),
    ]);
    // Writing to memory does not fail.
    let _ = writer.write_record(header.iter().map(|c| formula_safe(c).into_owned()));
    for reject in rejects.iter().filter(|r| r.index == index) {
        let mut cells: Vec<String> = reject.cells.clone();
        // Cells without a header stay behind the reason: they are what has to be mended.
        let extra = cells.split_off(cells.len().min(file.headers.len()));
        cells.resize(file.headers.len(), String::new());
        cells.extend([
            reject.line.to_string(),
            reject.column.clone(),
            words(reject),
        ]);
        cells.extend(extra);
        let _ = writer.write_record(cells.iter().map(|c| formula_safe(c).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that a spreadsheet would take for a formula is written as text.
pub fn formula_safe(cell: &str) -> std::borrow::Cow<'_, str> {
    let starts = cell.trim_start().chars().next();
    let number = cell.trim().parse::<f64>().is_ok();
    if matches!(starts, Some('=' | '+' | '-' | '@')) && !number || cell.starts_with(['\t', '\r']) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

/// Columns that a file of rejected rows was given: they say what was wrong, and are no data.
pub fn is_own_column(header: &str) -> bool {
    header.starts_with("kenshin_")
}
