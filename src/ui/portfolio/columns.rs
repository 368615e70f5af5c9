//! The columns of the portfolio, and which of them have room.

use ratatui::layout::Rect;

/// A column at the right of the account's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Open actions, and whether one is overdue.
    Actions,
    /// How long ago the last touch was.
    Touch,
    /// The change of usage in percent.
    Change,
    /// Usage by week as a line of small bars.
    Usage,
    Renewal,
    Arr,
}

/// From the right to the left: the column, the least width of the list that shows it, and its columns
/// with the gap before it.
const COLUMNS: [(Column, u16, u16); 6] = [
    (Column::Actions, 98, 6),
    (Column::Touch, 88, 11),
    (Column::Change, 44, 7),
    (Column::Usage, 77, 13),
    (Column::Renewal, 52, 9),
    (Column::Arr, 64, 9),
];

/// The columns that have room in a line, from the right to the left, each with its cells.
pub fn fitting(line: Rect) -> impl Iterator<Item = (Column, Rect)> {
    let mut right = line.right() - 1;
    let fitting = COLUMNS
        .iter()
        .filter(move |(_, least, _)| line.width >= *least);
    fitting.map(move |(column, _, width)| {
        let cell = Rect {
            x: right + 1 - width,
            width: width - 1,
            ..line
        };
        right -= width;
        (*column, cell)
    })
}
