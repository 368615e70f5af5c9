//! What one file may take, so that no file takes all memory. The README states these numbers.

/// Columns of a table, as in Excel: the last is XFD.
pub const COLUMNS: u32 = 16_384;
/// Bytes of one cell.
pub const CELL: usize = 1 << 20;
/// Bytes of one row of delimited text, outside quotation marks.
pub const ROW: usize = 16 << 20;
/// Bytes of a JSON file, which is read whole.
pub const JSON: u64 = 128 << 20;
/// Bytes that may come through a pipe.
pub const PIPED: u64 = 4 << 30;
/// Bytes of all parts of a workbook together, as its directory states them.
pub const INFLATED: u64 = 1 << 30;
/// Filled cells of one workbook. Excel's own limit is higher; a table of so many belongs into CSV.
pub const CELLS: u64 = 5_000_000;
/// Bytes of the text of all cells of one workbook.
pub const TEXT: u64 = 128 << 20;
